//! The order in which the questions are asked.

use super::answer::{Answer, verdict};
use super::confidence::{OBSERVED, UNREAD, of_alive};
use super::{
    consent, drifted, failure, host_gone, login, parked, paywall, redirects, script_only, soft_404,
    status, trouble, usurped, wall,
};
use crate::model::{Citation, Evidence, FetchResult, LinkFacts, LinkVerdict, Truncation, Verdict};
use crate::rules::known_site::known_site;

/// Judges a link by what happened when it was asked and by what the page shows.
///
/// `citation` tells which title the page should bear. Judging again under new rules needs no new
/// request.
#[must_use]
pub fn judge(facts: &LinkFacts, citation: &Citation) -> Verdict {
    let outcome = &facts.outcome;
    match &outcome.result {
        FetchResult::Skipped(reason) => verdict(LinkVerdict::Skipped, reason.as_str(), OBSERVED),
        FetchResult::Failed(failure) => failure::judge(failure),
        FetchResult::Response(response) => {
            let answer = Answer {
                facts,
                outcome,
                response,
                page: facts.page.as_deref(),
                citation,
            };
            let known = known_site(facts, response);
            let mut verdict = known.unwrap_or_else(|| of_answer(answer));
            let status = Evidence::new("status", response.status.to_string(), "HTTP");
            verdict.evidence.insert(0, status);
            verdict
        }
    }
}

/// A wall may come with any status; other statuses than success speak for themselves.
fn of_answer(answer: Answer<'_>) -> Verdict {
    wall::judge(answer)
        .or_else(|| status::judge(answer))
        .unwrap_or_else(|| of_success(answer))
}

/// A success whose page nobody wanted: an error page or a wall may stand there.
fn of_unread(answer: Answer<'_>) -> Verdict {
    let by_address = login::by_address(answer)
        .or_else(|| redirects::home(answer))
        .or_else(|| redirects::moved(answer));
    let mut seen = by_address.unwrap_or_else(|| alive(answer));
    seen.confidence = seen.confidence.min(UNREAD);
    seen
}

/// What a page says of itself comes before what its address and its host's other pages say.
fn of_success(answer: Answer<'_>) -> Verdict {
    if answer.response.truncated == Some(Truncation::Unread) {
        return of_unread(answer);
    }
    let questions: [fn(Answer<'_>) -> Option<Verdict>; 15] = [
        status::unreadable,
        parked::judge,
        host_gone::judge,
        soft_404::by_itself,
        login::by_address,
        redirects::home,
        consent::judge,
        login::by_page,
        trouble::judge,
        script_only::judge,
        status::cut_short,
        soft_404::by_probe,
        usurped::judge,
        drifted::judge,
        redirects::moved,
    ];
    questions
        .into_iter()
        .find_map(|question| question(answer))
        .or_else(|| paywall::judge(answer))
        .unwrap_or_else(|| alive(answer))
}

fn alive(answer: Answer<'_>) -> Verdict {
    let reason = match answer.response.truncated {
        None => "the page answers",
        Some(Truncation::SizeLimit) => "the page answers; its beginning was read",
        Some(Truncation::TimeLimit) => "the page answers, too slowly to be read to its end",
        Some(Truncation::Disconnect) => "the page answers, and breaks off",
        Some(Truncation::Unread) => "the server answers; the page was not read",
    };
    let bears_title = answer
        .title_is_cited()
        .then(|| answer.title_is_there())
        .filter(|_| answer.page.is_some_and(|page| !page.titles.is_empty()));
    let against = soft_404::points(answer);
    verdict(LinkVerdict::Alive, reason, of_alive(bears_title, against))
}
