//! Whether a log-in form stands in the page's place.

use url::Url;

use super::answer::{Answer, evidence, verdict};
use super::confidence::{HALF_SEEN, MARK, WORDS};
use crate::links::{LoginAddress, leads_back, login_address};
use crate::model::{Evidence, LinkVerdict, PageSignal, SignalKind, Verdict};

/// By the address that redirects lead to.
pub(super) fn by_address(answer: Answer<'_>) -> Option<Verdict> {
    let to = &answer.outcome.landed;
    if !leads_to_login(answer, to) {
        return None;
    }
    let reason = "the address leads to a log-in page";
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
        .chain(sent_on(answer))
        .map(|signal| (signal, confidence(signal)));
    let (signal, confidence) = weighed.reduce(|a, b| if a.1 < b.1 { b } else { a })?;
    let reason = if signal.kind == SignalKind::LeadsOn {
        "the page sends the visitor on to a log-in page"
    } else {
        "a log-in form stands in the page's place"
    };
    let mut wall = verdict(LinkVerdict::LoginWall, reason, confidence);
    wall.evidence.push(evidence(signal));
    Some(wall)
}

/// A page that only sends the browser on to a log-in page.
fn sent_on(answer: Answer<'_>) -> Option<&PageSignal> {
    let landed = &answer.outcome.landed;
    answer.signals(SignalKind::LeadsOn).find(|signal| {
        let to = landed.join(&signal.excerpt);
        to.is_ok_and(|to| leads_to_login(answer, &to))
    })
}

/// By how plainly the page asks.
fn confidence(signal: &PageSignal) -> f64 {
    match signal.source.as_str() {
        "heading" | "visible text" => MARK,
        // The page shows a form and does not speak of it, or the other way round.
        "form" | "source" | "<template>" | "script" => HALF_SEEN,
        _ => WORDS,
    }
}

/// Whether the cited address leads on to one where sites ask who the visitor is.
fn leads_to_login(answer: Answer<'_>, to: &Url) -> bool {
    let from = &answer.outcome.requested;
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
