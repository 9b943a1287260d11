//! Whether an error page is served as if it were the page.
//!
//! Several weak clues together decide; none does alone, since articles about error pages exist.

use super::answer::{Answer, evidence, verdict};
use super::confidence::{ENOUGH_POINTS, of_points};
use super::probe;
use super::redirects::leads_to_error_path;
use crate::model::{Evidence, LinkVerdict, SignalKind, Verdict};

/// By what the page says and shows itself.
pub(super) fn by_itself(answer: Answer<'_>) -> Option<Verdict> {
    decide(answer, Vec::new())
}

/// As [`by_itself`], with what a URL that cannot exist gave on the same host.
///
/// A page with hardly any text that says nothing of an error and misses no title may be the whole
/// of a site that answers every path alike.
pub(super) fn by_probe(answer: Answer<'_>) -> Option<Verdict> {
    let said = probe::same_page(answer)?;
    let only_empty = answer.has(SignalKind::NearEmpty) && points(answer) <= 1;
    if only_empty {
        return None;
    }
    decide(answer, vec![said])
}

/// Points that speak for an error page.
pub(super) fn points(answer: Answer<'_>) -> u32 {
    if answer.bears_title() {
        return 0;
    }
    clues(answer).iter().map(|clue| clue.0).sum()
}

/// A clue: its points, and what it says.
type Clue = (u32, &'static str);

fn clues(answer: Answer<'_>) -> Vec<Clue> {
    let words = |in_text: bool| {
        answer
            .signals(SignalKind::NotFoundWords)
            .any(|signal| (signal.source == "main text") == in_text)
    };
    let empty = answer.has(SignalKind::NearEmpty);
    let error_path = leads_to_error_path(&answer.outcome.requested, &answer.outcome.landed);
    let clues = [
        (
            2,
            answer.has(SignalKind::NotFound),
            "it says so and nothing else",
        ),
        (1, words(false) || words(true), "words for it are there"),
        (1, words(false) && words(true), "in heading and text"),
        (
            2,
            answer.has(SignalKind::NotFoundMarkup),
            "its source is marked as one",
        ),
        (2, error_path, "the address leads to an error page"),
        (
            1,
            answer.has(SignalKind::ErrorHeading),
            "its heading tells of an error",
        ),
        (1, empty, "there is hardly any text"),
        (
            1,
            answer.has(SignalKind::LittleText) && !empty,
            "it has little text of its own",
        ),
        (
            1,
            answer.has(SignalKind::NotIndexed),
            "it asks not to be listed",
        ),
        (1, answer.title_is_cited(), "the cited title is not there"),
    ];
    let present = clues.into_iter().filter(|clue| clue.1);
    present.map(|(points, _, says)| (points, says)).collect()
}

fn decide(answer: Answer<'_>, probed: Vec<(Clue, Evidence)>) -> Option<Verdict> {
    // The cited work may be about error pages.
    if answer.bears_title() {
        return None;
    }
    let error_path = leads_to_error_path(&answer.outcome.requested, &answer.outcome.landed);
    let said: Vec<_> = [
        SignalKind::NotFound,
        SignalKind::NotFoundWords,
        SignalKind::NotFoundMarkup,
    ]
    .into_iter()
    .flat_map(|kind| answer.signals(kind))
    .collect();
    if said.is_empty() && !error_path && probed.is_empty() {
        return None;
    }
    let clues: Vec<Clue> = clues(answer)
        .into_iter()
        .chain(probed.iter().map(|(clue, _)| *clue))
        .collect();
    let points: u32 = clues.iter().map(|clue| clue.0).sum();
    if points < ENOUGH_POINTS {
        return None;
    }
    let reasons: Vec<&str> = clues.iter().map(|clue| clue.1).collect();
    let mut error_page = verdict(LinkVerdict::Soft404, reasons.join(", "), of_points(points));
    error_page.evidence.extend(said.into_iter().map(evidence));
    if error_path {
        let landed = answer.outcome.landed.to_string();
        error_page
            .evidence
            .push(Evidence::new("final URL", landed, "redirects"));
    }
    error_page
        .evidence
        .extend(probed.into_iter().map(|(_, evidence)| evidence));
    Some(error_page)
}
