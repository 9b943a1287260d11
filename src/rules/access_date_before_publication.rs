//! `DAT003` access-date-before-publication.

use jiff::ToSpan;

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
    let citation = &ctx.source.citation;
    let (Some(date), Some(access)) = (citation.date, citation.access_date) else {
        return Vec::new();
    };
    if date.approximate || date.earliest() <= access.latest() {
        return Vec::new();
    }
    let message = format!("accessed {access}, before the cited publication {date}");
    let mut finding = ctx.finding_at(&ACCESS_DATE_BEFORE_PUBLICATION, "access-date", message);
    if date.earliest() <= access.latest().saturating_add(1.day()) {
        finding.severity = Severity::Note;
        finding.message.push_str("; one day may be a time zone");
    }
    finding.evidence.extend(ctx.cited("date"));
    finding.evidence.extend(ctx.cited("access-date"));
    vec![finding]
}
