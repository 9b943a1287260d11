//! `ARC011` dead-archive.

use super::archive_fix;
use super::deprecated_archive::is_deprecated;
use super::judge::judge;
use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{
    Citation, CopySearch, Evidence, FetchResult, Finding, LinkFacts, LinkVerdict, Severity, Verdict,
};

declare_rule! {
    /// ## What it does
    /// Reports an `archive-url` whose copy does not show the page: the archive has none there, or it
    /// is a copy of an error page, a bot check, a log-in form or a front page.
    ///
    /// ## Why it matters
    /// The copy is what readers are left with once the page is gone; archives copy "page not found"
    /// as faithfully as pages.
    ///
    /// ## Example
    /// `|archive-url=https://web.archive.org/web/20240102030405/https://news.example/quake` where the
    /// archived page answered 404. With another copy at hand that shows the page, the fix cites that.
    ///
    /// ## Limits
    /// Only copies that the run asked for: archives are asked rarely, those of dead links first. An
    /// archive that does not answer proves nothing. Of archives that do not date their copies
    /// (`Memento-Datetime`), only pages that are gone are noticed.
    ///
    /// ## Fix
    /// For review: the other copy may be of another state of the page.
    DEAD_ARCHIVE {
        code: "ARC011",
        name: "dead-archive",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let copy = ctx.source.citation.archive_url.as_deref().zip(ctx.copy);
    let Some((address, facts)) = copy.filter(|(address, _)| !is_deprecated(address)) else {
        return Vec::new();
    };
    let verdict = judge(facts, &ctx.source.citation);
    let Some(fault) = fault(facts, &verdict) else {
        return Vec::new();
    };
    let message = format!("the archived copy does not show the page: {fault}");
    let mut finding = ctx.finding_at(&DEAD_ARCHIVE, "archive-url", message);
    let cited = Evidence::new("cited archive-url", address.to_owned(), "citation");
    finding.evidence.push(cited);
    finding.evidence.extend(verdict.evidence);
    archive_fix::offer_another(ctx, &mut finding);
    vec![finding]
}

/// What is wrong with an archived copy, by what playing it gave: a lowercase fragment; `None` for sound
/// copies and where nothing is proven.
///
/// `citation` tells which title the page should bear.
#[must_use]
pub fn copy_fault(facts: &LinkFacts, citation: &Citation) -> Option<String> {
    fault(facts, &judge(facts, citation))
}

fn fault(facts: &LinkFacts, verdict: &Verdict) -> Option<String> {
    let FetchResult::Response(response) = &facts.outcome.result else {
        let no_host = verdict.link == LinkVerdict::NoSuchHost;
        return no_host.then(|| verdict.reason.clone());
    };
    if facts.copy_search == Some(CopySearch::NoneFound) {
        return Some(match response.status {
            404 => "the archive has no copy there".to_owned(),
            300..400 => "its redirects lead nowhere".to_owned(),
            _ => "the archive answers with a page of its own".to_owned(),
        });
    }
    let archived = response.header("memento-datetime").is_some();
    match verdict.link {
        LinkVerdict::Gone if archived => Some(format!("an archived {}", response.status)),
        LinkVerdict::Unstable | LinkVerdict::Blocked | LinkVerdict::LoginWall if archived => {
            Some(format!("as archived, {}", verdict.reason))
        }
        LinkVerdict::Gone
        | LinkVerdict::Soft404
        | LinkVerdict::Parked
        | LinkVerdict::Usurped
        | LinkVerdict::RedirectedToHomePage => Some(verdict.reason.clone()),
        LinkVerdict::Alive
        | LinkVerdict::Moved
        | LinkVerdict::NoSuchHost
        | LinkVerdict::Refused
        | LinkVerdict::TlsError
        | LinkVerdict::Unstable
        | LinkVerdict::Blocked
        | LinkVerdict::LoginWall
        | LinkVerdict::Paywalled
        | LinkVerdict::ConsentWall
        | LinkVerdict::Drifted
        | LinkVerdict::UnsupportedScheme
        | LinkVerdict::PrivateAddress
        | LinkVerdict::Skipped
        | LinkVerdict::Unknown => None,
    }
}
