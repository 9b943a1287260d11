//! What the status alone says, and answers that hold nothing to judge.

use super::answer::{Answer, verdict};
use super::confidence::{OBSERVED, SAID, SAID_FOR_GOOD};
use crate::model::{Evidence, LinkVerdict, SignalKind, Truncation, Verdict};

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
    // Titles are read from markup, which no coding leaves.
    let plain = answer.page.is_some_and(|page| !page.titles.is_empty());
    if let Some(coding) = unknown.filter(|_| !plain) {
        let shown: String = coding.chars().take(40).collect();
        let reason = format!("the answer is in a coding that is not known ({shown})");
        return Some(verdict(LinkVerdict::Unknown, reason, OBSERVED));
    }
    let no_content = matches!(answer.response.status, 204 | 205);
    let nothing = answer.page.is_none();
    if nothing && let Some(early) = broke_off(answer) {
        return Some(early);
    }
    (no_content || nothing || answer.has(SignalKind::Blank))
        .then(|| verdict(LinkVerdict::Unknown, "the answer is empty", OBSERVED))
}

/// Visible characters of a page that broke off before it said anything.
const BEFORE_ANYTHING: usize = 120;

/// A page of which so little came that nobody can tell what it would have been.
pub(super) fn cut_short(answer: Answer<'_>) -> Option<Verdict> {
    let page = answer.page?;
    let is_text = matches!(page.media_type.as_str(), "text/html" | "text/plain");
    let little = is_text && page.text_chars < BEFORE_ANYTHING;
    if little && !answer.bears_title() {
        broke_off(answer)
    } else {
        None
    }
}

/// A connection that breaks, and a server that is too slow, may do better next time; what is too
/// large before its first words stays so.
fn broke_off(answer: Answer<'_>) -> Option<Verdict> {
    let (link, how) = match answer.response.truncated? {
        Truncation::Disconnect => (LinkVerdict::Unstable, "the answer breaks off"),
        Truncation::TimeLimit => (LinkVerdict::Unstable, "the answer comes too slowly"),
        Truncation::SizeLimit => (LinkVerdict::Unknown, "the answer reaches the size limit"),
        Truncation::Unread => return None,
    };
    let reason = format!("{how} before it says anything");
    Some(verdict(link, reason, OBSERVED))
}

fn is_known(coding: &str) -> bool {
    const KNOWN: [&str; 8] = [
        "", "identity", "gzip", "x-gzip", "deflate", "br", "zstd", "utf-8",
    ];
    KNOWN.iter().any(|known| coding.eq_ignore_ascii_case(known))
}
