//! `CIT009` empty-citation.

use super::cs1;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a CS1 citation in which nothing is filled in.
    ///
    /// ## Why it matters
    /// It cites nothing; Wikipedia shows an error.
    ///
    /// ## Example
    /// `<ref>{{cite web |url= |title=}}</ref>`.
    ///
    /// ## Limits
    /// Only the templates of CS1, in wikitext. Such a citation is not reported for its missing
    /// title as well.
    EMPTY_CITATION {
        code: "CIT009",
        name: "empty-citation",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let filled = ctx.source.parameters.iter().any(cs1::is_set)
        || !citation.fields.is_empty()
        || citation.title.is_some()
        || citation.url.is_some()
        || citation.raw.values().any(|value| !value.is_empty());
    if filled || !cs1::is_cs1(ctx.source) {
        return Vec::new();
    }
    vec![ctx.finding(&EMPTY_CITATION, "the citation is empty")]
}
