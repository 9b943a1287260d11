//! `CIT010` identifier-in-url.

use super::cs1;
use super::parameters::{given, is_plain, parameter};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::identifier;
use crate::model::{Evidence, Finding, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a `url` that is only the landing page of an identifier (DOI, PMID, PMC, arXiv,
    /// JSTOR, ISBN …) which the citation does not give as such.
    ///
    /// ## Why it matters
    /// An identifier outlives addresses, and tools and readers look for it under its own name.
    ///
    /// ## Example
    /// `|url=https://doi.org/10.1000/182`: the fix adds `|doi=10.1000/182`.
    ///
    /// ## Limits
    /// Only citation templates that take CS1's names. The identifier must be sound by its check
    /// digit (ISBN) or shape. Full texts under such addresses stay linked: the fix adds and takes
    /// nothing away.
    IDENTIFIER_IN_URL {
        code: "CIT010",
        name: "identifier-in-url",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(url) = given(ctx, "url").filter(|url| cs1::is_rendered(ctx) && is_plain(&url.value))
    else {
        return Vec::new();
    };
    let Some(found) = identifier(&url.value) else {
        return Vec::new();
    };
    let names: &[&str] = match found.parameter {
        "arxiv" => &["arxiv", "eprint"],
        "isbn" => &["isbn", "isbn13"],
        _ => &[found.parameter],
    };
    let known = given(ctx, found.parameter).is_some()
        || names.iter().any(|name| parameter(ctx, name).is_some());
    if known {
        return Vec::new();
    }
    let name = found.parameter;
    let message =
        format!("url is the page of an identifier that the citation does not give: {name}");
    let mut finding = ctx.finding_at(&IDENTIFIER_IN_URL, "url", message);
    finding.evidence.extend(ctx.cited("url"));
    finding
        .evidence
        .push(Evidence::new(name, found.value.clone(), "url"));
    let edit = ctx.added(name, &found.value, url);
    let description = format!("add the {name}");
    finding.fix = ctx.fix(&description, Safety::Review, edit.into_iter().collect());
    vec![finding]
}
