//! `DAT004` invalid-date.

use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::dates::{self, DateReading};
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a `date`, `access-date` or `archive-date` that no calendar has.
    ///
    /// ## Why it matters
    /// The day cannot be right, and Wikipedia shows an error in its place.
    ///
    /// ## Example
    /// `|date=31 April 2024`, `|access-date=2024-13-02`.
    ///
    /// ## Limits
    /// A text that is no date in any form known here is a note: it may be a form of the wiki's
    /// own. Numeric dates that can be read two ways pass. CS1's rules on style are not tested.
    INVALID_DATE {
        code: "DAT004",
        name: "invalid-date",
        severity: Severity::Error,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    ["date", "access-date", "archive-date"]
        .into_iter()
        .filter_map(|at| field(ctx, at))
        .collect()
}

fn field(ctx: &SourceContext<'_>, name: &'static str) -> Option<Finding> {
    let citation = &ctx.source.citation;
    let read = match name {
        "date" => citation.date,
        "access-date" => citation.access_date,
        _ => citation.archive_date,
    };
    let field = citation.fields.get(name)?;
    // Markup in the value is another template's business, and an empty value says nothing.
    if read.is_some() || field.value.is_empty() || field.value.contains(['{', '<', '[']) {
        return None;
    }
    let mut finding = match dates::read(&field.value, ctx.article.article.language.as_ref()) {
        DateReading::Impossible(reason) => {
            let message = format!("{name} is no date of any calendar: {reason}");
            let mut finding = ctx.finding_at(&INVALID_DATE, name, message);
            finding
                .evidence
                .push(Evidence::new("reason", reason, "calendar"));
            finding
        }
        DateReading::Unrecognised => {
            let message = format!("{name} cannot be read as a date");
            let mut finding = ctx.finding_at(&INVALID_DATE, name, message);
            finding.severity = Severity::Note;
            finding
        }
        DateReading::Date(_) | DateReading::Ambiguous(..) | DateReading::Undated => return None,
    };
    finding.evidence.extend(ctx.cited(name));
    Some(finding)
}
