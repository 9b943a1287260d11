//! Whether a question for consent stands in the page's place.

use url::Url;

use super::answer::{Answer, evidence, is_mark, verdict};
use super::confidence::{MARK, WORDS};
use crate::model::{Evidence, LinkVerdict, SignalKind, Verdict};

/// By the address that the link leads to, or by what the page holds.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    let reason = "a question for consent stands before the page";
    let (from, to) = (&answer.outcome.requested, &answer.outcome.landed);
    if from != to && asks_consent(to) && !asks_consent(from) {
        let mut wall = verdict(LinkVerdict::ConsentWall, reason, MARK);
        wall.evidence
            .push(Evidence::new("final URL", to.to_string(), "redirects"));
        return Some(wall);
    }
    let signal = answer.standing(SignalKind::ConsentQuestion)?;
    // A log-in page has a banner, too.
    if !is_mark(signal) && answer.has(SignalKind::LoginForm) {
        return None;
    }
    let confidence = if is_mark(signal) { MARK } else { WORDS };
    let mut wall = verdict(LinkVerdict::ConsentWall, reason, confidence);
    wall.evidence.push(evidence(signal));
    Some(wall)
}

fn asks_consent(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let path = url.path().to_ascii_lowercase();
    let first = host.split('.').next().unwrap_or_default();
    let segments = ["collectconsent", "consent", "cookie-consent", "cookiewall"];
    matches!(first, "consent" | "guce" | "cookiewall" | "myprivacy")
        || path.split('/').any(|segment| segments.contains(&segment))
}
