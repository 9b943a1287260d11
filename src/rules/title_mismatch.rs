//! `TTL001` title-mismatch.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use super::verify::{Answer, CitedTitles, verify_title};
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a cited title that shares next to nothing with any title of the page.
    ///
    /// ## Why it matters
    /// The address now holds another page (content drift), or the citation was pasted together
    /// from two sources.
    ///
    /// ## Example
    /// `|title=Quake shakes the coast` where the page is headed "Best hotels of the coast".
    ///
    /// ## Limits
    /// Shortened, edited and re-punctuated titles pass, and so do Cyrillic, Greek, Georgian and
    /// Armenian ones that are cited in Latin letters. A title cited in another language than the
    /// page's, or in another script in any other way, cannot be compared. Titles of a word or two,
    /// PDFs, whose own titles are often those of their templates, and error pages are passed over.
    TITLE_MISMATCH {
        code: "TTL001",
        name: "title-mismatch",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(page) = ctx.page else {
        return Vec::new();
    };
    let cited = CitedTitles::of(&ctx.source.citation);
    let verified = verify_title(cited, page);
    let (Answer::Contradicted, Some(found)) = (verified.answer, verified.by) else {
        return Vec::new();
    };
    let title = cited.script_title.or(cited.title).unwrap_or_default();
    let message = format!("the page is titled “{}”, not “{title}”", found.value);
    let mut finding = ctx.finding_at(&TITLE_MISMATCH, "title", message);
    finding.evidence.extend(ctx.cited("title"));
    finding.evidence.extend(
        page.titles
            .iter()
            .map(|title| Evidence::new("page title", title.value.clone(), title.source.clone())),
    );
    vec![finding]
}
