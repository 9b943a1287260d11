//! `URL003` wikilink-in-url-title.

use super::cs1;
use super::parameters::{given, is_plain};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Evidence, Finding, Fix, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a title that links to an article while the citation gives a URL (CS1:
    /// URL–wikilink conflict).
    ///
    /// ## Why it matters
    /// A title can be one link only: CS1 shows the brackets as text and an error beside them.
    ///
    /// ## Example
    /// `|title=[[Earthquake|Quakes]] |url=https://news.example/quake`: the fix takes the wikilink
    /// away; taking the URL away may be what is meant.
    ///
    /// ## Limits
    /// Only templates of CS1. `title-link` beside `url` is the same conflict.
    WIKILINK_IN_URL_TITLE {
        code: "URL003",
        name: "wikilink-in-url-title",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_rendered(ctx) {
        return Vec::new();
    }
    let pairs = [("title", "url"), ("chapter", "chapter-url")].into_iter();
    let found = pairs.filter_map(|(field, url)| {
        given(ctx, url)?;
        let title = given(ctx, field)?;
        let text = cs1::given(&title.value);
        let (_, linked) = text.split_once("[[")?;
        let fix = linked.contains("]]").then(|| unlinked(ctx, title))?;
        Some(told(ctx, title, fix))
    });
    let mut findings: Vec<Finding> = found.collect();
    if findings.is_empty()
        && let Some(link) = given(ctx, "title-link")
        && given(ctx, "url").is_some()
        && given(ctx, "title").is_some()
    {
        let fix = ctx.removal("take the title-link away", Safety::Review, &[link]);
        findings.push(told(ctx, link, fix));
    }
    findings
}

fn told(ctx: &SourceContext<'_>, parameter: &Parameter, fix: Option<Fix>) -> Finding {
    let name = parameter.name.as_deref().unwrap_or_default();
    let message = format!("{name} links to an article, and the url links it to the source");
    let mut finding = ctx.finding(&WIKILINK_IN_URL_TITLE, message);
    finding.span = Some(parameter.value_span);
    let written = format!("|{name}=");
    finding
        .evidence
        .push(Evidence::new("cited", parameter.value.clone(), written));
    finding.fix = fix;
    finding
}

/// The title with every wikilink replaced by what readers see of it.
fn unlinked(ctx: &SourceContext<'_>, title: &Parameter) -> Option<Fix> {
    if !is_plain(&title.value) {
        return None;
    }
    let mut plain = String::with_capacity(title.value.len());
    let mut rest = title.value.as_str();
    while let Some((before, after)) = rest.split_once("[[") {
        let (link, behind) = after.split_once("]]")?;
        plain.push_str(before);
        plain.push_str(link.split_once('|').map_or(link, |(_, label)| label));
        rest = behind;
    }
    plain.push_str(rest);
    let description = "take the wikilink out of the title";
    ctx.replacement(description, Safety::Review, title, plain)
}
