//! What is known of a source, and how the report tells it.

use super::excerpt::entry;
use crate::model::{
    CheckedReference, CheckedSource, FetchResult, LinkFacts, LinkHop, LinkReport, PageEvidence,
    Reference, ReferenceLanguage, Verdict,
};

/// What was found out about one source.
#[derive(Default)]
pub(super) struct Seen<'f> {
    pub(super) verdict: Option<Verdict>,
    pub(super) link: Option<&'f LinkFacts>,
    /// What stands for `link` where nothing is known; let go once rules have seen it, so that a
    /// run that asked nothing does not hold it for all references at once.
    pub(super) not_asked: Option<Box<LinkFacts>>,
    pub(super) copy: Option<&'f LinkFacts>,
    pub(super) language: Option<ReferenceLanguage>,
}

impl Seen<'_> {
    /// The page, if it is the one that is cited.
    pub(super) fn cited_page(&self) -> Option<&PageEvidence> {
        let verdict = self.verdict.as_ref()?.link;
        self.page().filter(|_| verdict.is_cited_page())
    }

    /// What was read from the body of a success.
    fn page(&self) -> Option<&PageEvidence> {
        let link = self.link?;
        let success = matches!(
            &link.outcome.result,
            FetchResult::Response(response) if (200..300).contains(&response.status)
        );
        link.page.as_deref().filter(|_| success)
    }
}

/// `text` is the source that the reference was read from.
pub(super) fn checked_reference(
    reference: Reference,
    seen: Vec<Seen<'_>>,
    text: &str,
) -> CheckedReference {
    let points_to = reference.sources.iter().find_map(|source| source.cites);
    let mut sources = reference
        .sources
        .into_iter()
        .zip(seen)
        .map(|(source, seen)| CheckedSource {
            template: source.template,
            citation: source.citation,
            span: source.span,
            link: link_report(&seen),
            page: seen.page().cloned(),
            language: seen.language,
        });
    let main = sources.next();
    let further = sources.collect();
    let (template, citation, language, link, page) = main.map_or_else(
        || (None, crate::model::Citation::default(), None, None, None),
        |main| {
            (
                main.template,
                main.citation,
                main.language,
                main.link,
                main.page,
            )
        },
    );
    CheckedReference {
        number: reference.number,
        kind: reference.kind,
        details: reference.details,
        main: reference.main.or(points_to),
        names: reference.names,
        group: reference.group,
        uses: reference.uses,
        template,
        citation,
        span: reference.span,
        source: entry(text, reference.span),
        claims: reference.claims,
        language,
        link,
        page,
        further,
    }
}

fn link_report(seen: &Seen<'_>) -> Option<LinkReport> {
    let verdict = seen.verdict.as_ref()?;
    let mut report = LinkReport {
        verdict: verdict.link,
        reason: verdict.reason.clone(),
        confidence: verdict.confidence,
        evidence: verdict.evidence.clone(),
        status: None,
        final_url: None,
        hops: Vec::new(),
        attempts: 0,
        checked_at: None,
        history: None,
        copies: Vec::new(),
        copy_search: None,
    };
    // A link that was not asked has nothing to add to its verdict.
    let Some(link) = seen.link else {
        return Some(report);
    };
    let outcome = &link.outcome;
    report.history = link.history.as_deref().cloned();
    report.copies.clone_from(&link.copies);
    report.copy_search = link.copy_search;
    let hop = |hop: &crate::model::Hop| LinkHop {
        url: hop.url.to_string(),
        status: hop.status,
    };
    report.hops = outcome.hops.iter().map(hop).collect();
    report.attempts = outcome.attempts;
    match &outcome.result {
        FetchResult::Skipped(_) => return Some(report),
        FetchResult::Failed(_) => {}
        FetchResult::Response(response) => report.status = Some(response.status),
    }
    report.final_url = Some(outcome.landed.to_string());
    report.checked_at = Some(outcome.fetched_at);
    Some(report)
}
