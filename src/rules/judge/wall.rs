//! Bot checks and refusals, whatever the status they come with.

use super::answer::{Answer, evidence, is_mark, verdict};
use super::confidence::{MARK, OBSERVED, WORDS};
use crate::model::{Evidence, LinkVerdict, PageSignal, SignalKind, Verdict};

/// Headers that the product sends with its challenge and with nothing else.
const HEADERS: [(&str, &str, &[&str]); 3] = [
    ("cf-mitigated", "Cloudflare", &["challenge"]),
    ("x-amzn-waf-action", "AWS WAF", &["challenge", "captcha"]),
    ("x-vercel-mitigated", "Vercel", &["challenge", "deny"]),
];

/// Looks for a header or a mark of a wall.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    by_header(answer).or_else(|| by_page(answer))
}

fn by_header(answer: Answer<'_>) -> Option<Verdict> {
    let (name, vendor, value) = HEADERS.into_iter().find_map(|(name, vendor, values)| {
        let value = answer.response.header(name)?.trim();
        let says = values.iter().any(|known| value.eq_ignore_ascii_case(known));
        says.then_some((name, vendor, value))
    })?;
    let reason = format!("a bot check of {vendor} stands before the page");
    let mut wall = verdict(LinkVerdict::Blocked, reason, OBSERVED);
    let source = format!("HTTP {name}");
    wall.evidence
        .push(Evidence::new("bot check", value.to_owned(), source));
    Some(wall)
}

fn by_page(answer: Answer<'_>) -> Option<Verdict> {
    let success = (200..300).contains(&answer.response.status);
    // A short article under the cited title may speak of robots and refusals; the words of one
    // product's wall are another matter.
    let signal = if success {
        answer.standing(SignalKind::Challenge)?
    } else {
        answer.signal(SignalKind::Challenge)?
    };
    // Log-in forms have captchas, too.
    let is_form =
        |form: &PageSignal| matches!(form.source.as_str(), "heading" | "main text" | "form");
    let form = answer.signals(SignalKind::LoginForm).any(is_form);
    if success && signal.source == "markup" && form {
        return None;
    }
    let vendor = signal.excerpt.split_once(": ").map(|(vendor, _)| vendor);
    let (reason, confidence) = match vendor.filter(|_| is_mark(signal)) {
        Some(vendor) => (
            format!("a bot check of {vendor} stands before the page"),
            MARK,
        ),
        None => ("the page turns the visitor away".to_owned(), WORDS),
    };
    // The status says the same again.
    let refused = matches!(answer.response.status, 401 | 403 | 429 | 451 | 503);
    let confidence = if refused {
        confidence.max(MARK)
    } else {
        confidence
    };
    let mut wall = verdict(LinkVerdict::Blocked, reason, confidence);
    wall.evidence.push(evidence(signal));
    Some(wall)
}
