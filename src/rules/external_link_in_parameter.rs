//! `URL002` external-link-in-parameter.

use super::cs1;
use super::edits::set;
use super::parameters::{given, is_plain};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::{self, embedded_url, url_fault};
use crate::model::{Evidence, Finding, Fix, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an external link in `title`, `chapter`, `work` (or `website`, `newspaper` …) or
    /// `publisher` (CS1: External link in `|title=`).
    ///
    /// ## Why it matters
    /// The template links the title itself; a link within breaks it, and the address is lost to
    /// whatever looks for it in `url`.
    ///
    /// ## Example
    /// `|title=[https://news.example/quake Quake]`: the fix makes it `|title=Quake
    /// |url=https://news.example/quake`.
    ///
    /// ## Limits
    /// Only templates of CS1, and the parameters that it looks at.
    EXTERNAL_LINK_IN_PARAMETER {
        code: "URL002",
        name: "external-link-in-parameter",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_rendered(ctx) {
        return Vec::new();
    }
    let fields = ["title", "chapter", "work", "publisher"].into_iter();
    let found = fields.filter_map(|field| {
        let parameter = given(ctx, field)?;
        let text = cs1::given(&parameter.value);
        let url = embedded_url(&text).filter(|url| url_fault(url).is_none())?;
        let name = parameter.name.as_deref().unwrap_or(field);
        let message = format!("{name} holds an external link; an address belongs in url");
        let mut finding = ctx.finding(&EXTERNAL_LINK_IN_PARAMETER, message);
        finding.span = Some(parameter.value_span);
        let written = format!("|{name}=");
        finding
            .evidence
            .push(Evidence::new("cited", parameter.value.clone(), written));
        finding.fix = correction(ctx, field, parameter, url);
        Some(finding)
    });
    found.collect()
}

/// A link with a label becomes its label; an address alone becomes the name of its site.
fn correction(
    ctx: &SourceContext<'_>,
    field: &str,
    parameter: &Parameter,
    url: &str,
) -> Option<Fix> {
    let value = parameter.value.as_str();
    if !is_plain(value) {
        return None;
    }
    if value == url {
        let names_site = matches!(field, "work" | "publisher");
        let site = links::host(url).filter(|_| names_site)?;
        let description = "name the site without its address";
        return ctx.replacement(description, Safety::Review, parameter, site);
    }
    let inner = value
        .strip_prefix('[')?
        .strip_suffix(']')?
        .strip_prefix(url)?;
    let label = inner.trim();
    if label.is_empty() || label.contains(['[', ']']) {
        return None;
    }
    let mut edits = vec![set(parameter, label.to_owned())];
    if ctx.source.citation.url.is_none() {
        let title = (field == "title").then_some(parameter)?;
        edits.push(ctx.added("url", url, title)?);
    }
    ctx.fix("keep the label of the link", Safety::Review, edits)
}
