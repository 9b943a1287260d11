//! What is known of a site → what its answer means.

use crate::links::quirks::{self, Quirk};
use crate::model::{Evidence, HttpResponse, LinkFacts, LinkVerdict, Verdict};

/// How sure a verdict is that rests on what a site is known to do: it may do otherwise by now.
const KNOWN: f64 = 0.9;

/// The verdict on an answer of a site whose answers mean something else than others'; `None`
/// where nothing is known.
pub(super) fn known_site(facts: &LinkFacts, response: &HttpResponse) -> Option<Verdict> {
    let outcome = &facts.outcome;
    if let Some(other) = &facts.other_form
        && let Some(status) = other.status
        && let Some((link, quirk)) = quirks::meaning_of_other_form(&outcome.requested, status)
    {
        let evidence = Evidence::new(
            "asked as well",
            other.url.to_string(),
            format!("HTTP {status}"),
        );
        return Some(verdict(link, quirk, evidence));
    }
    let (link, quirk) = quirks::meaning(&outcome.landed, response.status)?;
    let evidence = Evidence::new(
        "known site",
        quirk.host.trim_start_matches('.'),
        format!("as of {}", quirk.since),
    );
    Some(verdict(link, quirk, evidence))
}

fn verdict(link: LinkVerdict, quirk: Quirk, evidence: Evidence) -> Verdict {
    Verdict {
        link,
        reason: quirk.why.to_owned(),
        confidence: KNOWN,
        evidence: vec![evidence],
    }
}
