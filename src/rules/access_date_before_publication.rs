//! `DAT003` access-date-before-publication.

use super::date_order::before_publication;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an `access-date` that is earlier than the cited `date`.
    ///
    /// ## Why it matters
    /// Nobody read the page before it was published: one of the two dates is wrong, or the page
    /// was exchanged for a later one.
    ///
    /// ## Example
    /// `|date=3 November 2024 |access-date=1 November 2023`.
    ///
    /// ## Limits
    /// One day apart is only a note: the page may be from a time zone ahead. A `date` without a
    /// day counts from its first possible day.
    ACCESS_DATE_BEFORE_PUBLICATION {
        code: "DAT003",
        name: "access-date-before-publication",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let accessed = ctx.source.citation.access_date;
    let rule = &ACCESS_DATE_BEFORE_PUBLICATION;
    let found = before_publication(ctx, rule, ("access-date", "accessed"), accessed);
    found.into_iter().collect()
}
