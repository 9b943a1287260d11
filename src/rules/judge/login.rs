//! Whether a log-in form stands in the page's place.

use url::Url;

use super::answer::{Answer, evidence, verdict};
use super::confidence::{HALF_SEEN, MARK, WORDS};
use super::redirects::words_of;
use crate::model::{Evidence, LinkVerdict, PageSignal, SignalKind, Verdict};

/// By the address that the link leads to, or by a form that stands alone on the page.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    let (from, to) = (&answer.outcome.requested, &answer.outcome.landed);
    if leads_to_login(from, to) {
        let reason = "the address leads to a log-in page";
        let mut wall = verdict(LinkVerdict::LoginWall, reason, MARK);
        wall.evidence
            .push(Evidence::new("final URL", to.to_string(), "redirects"));
        return Some(wall);
    }
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

fn leads_to_login(from: &Url, to: &Url) -> bool {
    from != to && is_login(to) && !is_login(from)
}

fn is_login(url: &Url) -> bool {
    let words = words_of(url);
    let single = words.iter().any(|word| {
        matches!(
            word.as_str(),
            "login" | "signin" | "sso" | "logon" | "authwall" | "oauth" | "oauth2" | "saml"
        )
    });
    // `/users/sign_in`, `/log-in`
    let pairs = words.iter().zip(words.iter().skip(1));
    let mut pairs = pairs.map(|(a, b)| (a.as_str(), b.as_str()));
    single || pairs.any(|pair| matches!(pair, ("sign" | "log", "in")))
}
