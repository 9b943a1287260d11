//! `TTL001` title-mismatch.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use super::titles::TitleWords;
use crate::languages;
use crate::model::{Citation, Evidence, Finding, PageEvidence, Severity};

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
    /// Shortened, edited and re-punctuated titles pass. A title cited in another language or
    /// script than the page's cannot be compared, and pages whose only title is a word or two are
    /// left alone.
    TITLE_MISMATCH {
        code: "TTL001",
        name: "title-mismatch",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

/// From this likeness on, two titles may be one.
const ALIKE: f64 = 0.25;

/// A title of fewer words says too little to contradict.
const FEWEST_WORDS: usize = 3;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(page) = ctx.page else {
        return Vec::new();
    };
    let citation = &ctx.source.citation;
    let Some(cited) = citation.script_title.as_ref().or(citation.title.as_ref()) else {
        return Vec::new();
    };
    if any_alike(citation, page) || !comparable(cited, page) {
        return Vec::new();
    }
    let Some(best) = page.titles.first() else {
        return Vec::new();
    };
    let message = format!("the page is titled “{}”, not “{cited}”", best.value);
    let mut finding = ctx.finding_at(&TITLE_MISMATCH, "title", message);
    finding.evidence.extend(ctx.cited("title"));
    finding.evidence.extend(
        page.titles
            .iter()
            .map(|title| Evidence::new("page title", title.value.clone(), title.source.clone())),
    );
    vec![finding]
}

/// Whether any cited title may be any title of the page.
pub(super) fn any_alike(citation: &Citation, page: &PageEvidence) -> bool {
    let cited: Vec<TitleWords> = [
        &citation.title,
        &citation.script_title,
        &citation.trans_title,
    ]
    .into_iter()
    .flatten()
    .map(|title| TitleWords::new(title))
    .collect();
    page.titles.iter().any(|title| {
        let found = TitleWords::new(&title.value);
        cited.iter().any(|words| ALIKE <= words.likeness(&found))
    })
}

/// Whether the cited title and the page's titles are long enough and in one language.
fn comparable(cited: &str, page: &PageEvidence) -> bool {
    let long = |title: &str| FEWEST_WORDS <= TitleWords::new(title).len();
    if !long(cited) || !page.titles.iter().any(|title| long(&title.value)) {
        return false;
    }
    match (languages::detect(cited, &[]), &page.language) {
        (Some(cited), Some(found)) => languages::same_language(&cited.tag, &found.tag),
        _ => false,
    }
}
