//! `CIT001` bare-url.

use unicode_segmentation::UnicodeSegmentation;

use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Citation, Finding, InputFormat, Severity};

/// One word may be "retrieved", or a label such as "PDF".
const FEWEST_WORDS: usize = 2;

declare_rule! {
    /// ## What it does
    /// Reports a reference that is a URL and nothing else.
    ///
    /// ## Why it matters
    /// When the link dies, nothing says what was cited (link rot).
    ///
    /// ## Example
    /// `<ref>https://news.example/2019/quake</ref>`: give title, work and date.
    ///
    /// ## Limits
    /// Text beside the URL counts as a description. Silent on lists of addresses.
    BARE_URL {
        code: "CIT001",
        name: "bare-url",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    // Of a list of addresses nothing else is expected.
    if ctx.article.article.format == InputFormat::Urls {
        return Vec::new();
    }
    let citation = &ctx.source.citation;
    let described = ctx.source.template.is_some()
        || citation.title.is_some()
        || citation.work.is_some()
        || !citation.authors.is_empty();
    // A template that is never closed is listed as such; its parameters are a description.
    let broken = citation.raw.values().any(|text| text.contains("{{"));
    if described || broken || citation.url.is_none() || has_text(citation) {
        return Vec::new();
    }
    let message = "the reference is a bare URL; give at least a title";
    let mut finding = ctx.finding_at(&BARE_URL, "url", message);
    finding.evidence.extend(ctx.cited("url"));
    let title = ctx.page.and_then(|page| page.titles.first());
    finding.evidence.extend(title.map(|title| {
        crate::model::Evidence::new("page title", title.value.clone(), title.source.clone())
    }));
    vec![finding]
}

/// Whether words stand beside the URL, besides when it was looked at.
fn has_text(citation: &Citation) -> bool {
    let Some(text) = citation.raw.get("text") else {
        return false;
    };
    let looked_at = citation.fields.get("access-date");
    let looked_at = looked_at.map(|field| field.value.as_str());
    let known = [citation.url.as_deref(), looked_at].into_iter().flatten();
    let rest = known.fold(text.clone(), |rest, value| rest.replace(value, " "));
    rest.unicode_words().count() >= FEWEST_WORDS
}
