//! `DAT007` date-range-hyphen.

use super::cs1_dates::{any_rejected, finding_at, replace};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a range of dates that is written with a hyphen instead of an en dash.
    ///
    /// ## Why it matters
    /// Wikipedia prints the en dash in its place and lists the article for maintenance
    /// ("CS1 maint: date format").
    ///
    /// ## Example
    /// `|date=May-June 2024`: `May–June 2024`.
    ///
    /// ## Limits
    /// Only in the templates of English Wikipedia (CS1, CS2), and not where it rejects one of the
    /// citation's dates.
    DATE_RANGE_HYPHEN {
        code: "DAT007",
        name: "date-range-hyphen",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let fields = ctx.article.cs1_dates(ctx.source).unwrap_or_default();
    if any_rejected(&fields) {
        return Vec::new();
    }
    let hyphened = fields.iter().filter(|field| {
        let accepted = field.verdict.accepted();
        accepted.is_some_and(|accepted| accepted.hyphen)
    });
    hyphened
        .map(|field| {
            let right = field.value.replace('-', "–");
            let message = format!("a range of dates takes an en dash: {right}");
            let mut finding = finding_at(ctx, &DATE_RANGE_HYPHEN, field, message);
            finding.fix = replace(field, "write an en dash", right, Safety::Safe);
            finding
        })
        .collect()
}
