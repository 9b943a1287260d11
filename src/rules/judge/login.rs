//! Whether a log-in form stands in the page's place.

use super::answer::{Answer, evidence, verdict};
use super::confidence::{HALF_SEEN, MARK, WORDS};
use crate::links::{LoginAddress, leads_back, login_address};
use crate::model::{Evidence, LinkVerdict, PageSignal, SignalKind, Verdict};

/// By the address that redirects lead to.
pub(super) fn by_address(answer: Answer<'_>) -> Option<Verdict> {
    if !leads_to_login(answer) {
        return None;
    }
    let reason = "the address leads to a log-in page";
    let to = &answer.outcome.landed;
    let mut wall = verdict(LinkVerdict::LoginWall, reason, MARK);
    wall.evidence
        .push(Evidence::new("final URL", to.to_string(), "redirects"));
    Some(wall)
}

/// By a form that stands alone on the page.
pub(super) fn by_page(answer: Answer<'_>) -> Option<Verdict> {
    // A short article may have a form in a corner.
    if answer.bears_title() {
        return None;
    }
    let weighed = answer
        .signals(SignalKind::LoginForm)
        .map(|signal| (signal, confidence(signal)));
    let (signal, confidence) = weighed.reduce(|a, b| if a.1 < b.1 { b } else { a })?;
    let reason = "a log-in form stands in the page's place";
    let mut wall = verdict(LinkVerdict::LoginWall, reason, confidence);
    wall.evidence.push(evidence(signal));
    Some(wall)
}

/// By how plainly the page asks.
fn confidence(signal: &PageSignal) -> f64 {
    match signal.source.as_str() {
        "heading" | "visible text" => MARK,
        // The page shows a form and does not speak of it, or the other way round.
        "form" | "source" | "<template>" => HALF_SEEN,
        _ => WORDS,
    }
}

/// Whether redirects lead from the cited address to one where sites ask who the visitor is.
fn leads_to_login(answer: Answer<'_>) -> bool {
    let (from, to) = (&answer.outcome.requested, &answer.outcome.landed);
    // Who cites a log-in page is not led there.
    if from == to || login_address(from) == Some(LoginAddress::Sure) {
        return false;
    }
    match login_address(to) {
        Some(LoginAddress::Sure) => true,
        Some(LoginAddress::Perhaps) => leads_back(from, to) && !answer.bears_title(),
        None => false,
    }
}
