//! What a URL that cannot exist tells of its host (Bar-Yossef et al., "Sic transit gloria telae",
//! 2004), and when it is worth a request.

use super::answer::Answer;
use super::redirects::is_home;
use super::soft_404;
use super::verdict::judge;
use crate::model::{
    Citation, Evidence, FetchResult, LinkFacts, LinkVerdict, PageEvidence, SignalKind,
};

/// From this likeness on, two answers are one page with other times and counts.
const SAME: f64 = 0.9;

/// Points that the same body for a URL that cannot exist has: enough, since only a site that
/// answers everything gives it.
const POINTS: u32 = 3;

/// The same where a wall that nobody listed, or a page that a script fills, may be what answers
/// every address alike.
const POINTS_AT_A_DOOR: u32 = 1;

/// A page with fewer words, and characters, may be an error page in words that nobody listed.
const FEW_WORDS: usize = 100;
const FEW_CHARS: usize = 2_500;

/// Whether a URL that cannot exist should be asked on the same host, before the link is judged.
///
/// Only for a page that answers, shows some text and has a clue that it is an error page, or too
/// few words to tell. Walls, log-in forms and pages that only a script fills are the same for
/// every address, and front pages have no sibling.
#[must_use]
pub fn wants_probe(facts: &LinkFacts) -> bool {
    let FetchResult::Response(response) = &facts.outcome.result else {
        return false;
    };
    let Some(page) = facts.page.as_ref().filter(|_| facts.probe.is_none()) else {
        return false;
    };
    if facts.fingerprint.is_none() || is_home(&facts.outcome.requested) {
        return false;
    }
    let citation = Citation::default();
    let verdict = judge(facts, &citation).link;
    if !matches!(verdict, LinkVerdict::Alive | LinkVerdict::Moved) {
        return false;
    }
    let answer = Answer {
        facts,
        outcome: &facts.outcome,
        response,
        page: Some(page),
        citation: &citation,
    };
    0 < soft_404::points(answer) || has_few_words(page)
}

fn has_few_words(page: &PageEvidence) -> bool {
    page.media_type == "text/html" && page.words < FEW_WORDS && page.text_chars < FEW_CHARS
}

/// The clue that the probe gives, if it found the same page. A probe that was refused, or led to
/// another page, says nothing: the host is honest, and the page is judged by itself.
pub(super) fn same_page(answer: Answer<'_>) -> Option<((u32, &'static str), Evidence)> {
    let probe = answer.facts.probe.as_ref()?;
    let answered = probe
        .status
        .is_some_and(|status| (200..300).contains(&status));
    if !answered || probe.similarity < SAME || answer.has(SignalKind::ScriptOnly) {
        return None;
    }
    let points = if answer.has(SignalKind::SameForAll) {
        POINTS_AT_A_DOOR
    } else {
        POINTS
    };
    let clue = (
        points,
        "the host answers the same to an address that cannot exist",
    );
    let evidence = Evidence::new("answers the same", probe.url.to_string(), "probe");
    Some((clue, evidence))
}
