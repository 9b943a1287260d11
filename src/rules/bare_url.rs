//! `CIT001` bare-url.

use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, InputFormat, Severity};

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
    if described || broken || citation.url.is_none() {
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
