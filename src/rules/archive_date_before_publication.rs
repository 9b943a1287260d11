//! `ARC001` archive-date-before-publication.

use super::date_order::{before_publication, wayback_day};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{CitedDate, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an `archive-date` that is earlier than the cited `date`.
    ///
    /// ## Why it matters
    /// A copy made before the publication cannot hold what is cited: it is of an older page at the
    /// same address, or one of the two dates is wrong.
    ///
    /// ## Example
    /// `|date=3 November 2024 |archive-date=1 November 2023`.
    ///
    /// ## Limits
    /// One day apart is only a note: the page may be from a time zone ahead. A `date` without a
    /// day counts from its first possible day. Where the archived copy itself is not of an earlier
    /// day, only `archive-date-mismatch` says what is wrong.
    ARCHIVE_DATE_BEFORE_PUBLICATION {
        code: "ARC001",
        name: "archive-date-before-publication",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let archived = citation.archive_date;
    let captured = citation.archive_url.as_deref().and_then(wayback_day);
    let late_enough = |date: CitedDate| captured.is_some_and(|day| date.earliest() <= day);
    if citation.date.is_some_and(late_enough) {
        return Vec::new();
    }
    let rule = &ARCHIVE_DATE_BEFORE_PUBLICATION;
    let found = before_publication(ctx, rule, ("archive-date", "archived"), archived);
    found.into_iter().collect()
}
