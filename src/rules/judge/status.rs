//! What the status alone says, and answers that hold nothing to judge.

use super::answer::{Answer, verdict};
use super::confidence::{OBSERVED, SAID, SAID_FOR_GOOD};
use crate::model::{Evidence, LinkVerdict, Verdict};

/// Judges by the status; `None` for success, which the page has to confirm.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    let said = |link, what: &str, confidence| {
        let status = answer.response.status;
        let reason = format!("the server answers {status}{what}");
        Some(verdict(link, reason, confidence))
    };
    match answer.response.status {
        200..=299 => None,
        404 => said(LinkVerdict::Gone, " (not found)", SAID),
        410 => said(LinkVerdict::Gone, " (gone)", SAID_FOR_GOOD),
        401 => asks_for_credentials(answer).or_else(|| said(LinkVerdict::Blocked, "", OBSERVED)),
        402 => said(LinkVerdict::Paywalled, " (payment required)", OBSERVED),
        451 => said(LinkVerdict::Blocked, " (legal reasons)", OBSERVED),
        403 | 405 | 406 | 407 | 429 | 999 => said(LinkVerdict::Blocked, "", OBSERVED),
        408 | 425 | 500..=599 => said(LinkVerdict::Unstable, "", OBSERVED),
        _ => said(LinkVerdict::Unknown, "", OBSERVED),
    }
}

/// 401 as HTTP means it (RFC 9110, 15.5.2) names what would let the reader in.
fn asks_for_credentials(answer: Answer<'_>) -> Option<Verdict> {
    let asks = answer.response.header("www-authenticate")?;
    let reason = "the server asks for a user name (401)";
    let mut wall = verdict(LinkVerdict::LoginWall, reason, OBSERVED);
    let source = "HTTP www-authenticate";
    let scheme = asks.split([' ', ',']).next().unwrap_or_default();
    wall.evidence
        .push(Evidence::new("asks for", scheme.to_owned(), source));
    Some(wall)
}

/// Success without a page that could be read.
pub(super) fn unreadable(answer: Answer<'_>) -> Option<Verdict> {
    let coding = answer.response.header("content-encoding").into_iter();
    let unknown = coding
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .find(|coding| !is_known(coding));
    if let Some(coding) = unknown {
        let shown: String = coding.chars().take(40).collect();
        let reason = format!("the answer is in a coding that is not known ({shown})");
        return Some(verdict(LinkVerdict::Unknown, reason, OBSERVED));
    }
    let no_content = matches!(answer.response.status, 204 | 205);
    (no_content || answer.page.is_none())
        .then(|| verdict(LinkVerdict::Unknown, "the answer is empty", OBSERVED))
}

fn is_known(coding: &str) -> bool {
    const KNOWN: [&str; 8] = [
        "", "identity", "gzip", "x-gzip", "deflate", "br", "zstd", "utf-8",
    ];
    KNOWN.iter().any(|known| coding.eq_ignore_ascii_case(known))
}
