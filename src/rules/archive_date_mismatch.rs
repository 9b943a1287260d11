//! `DAT005` archive-date-mismatch.

use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use super::wayback::capture_day;
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an `archive-date` that is not the day in the Wayback Machine address beside it.
    ///
    /// ## Why it matters
    /// Readers are told of a copy of another day than the one that they get.
    ///
    /// ## Example
    /// `|archive-url=https://web.archive.org/web/20240102030405/… |archive-date=2 January 2023`.
    ///
    /// ## Limits
    /// Compares calendar days in UTC as CS1 does, for full dates and full timestamps of the
    /// Wayback Machine. The fix is offered where the date is written as year-month-day.
    ARCHIVE_DATE_MISMATCH {
        code: "DAT005",
        name: "archive-date-mismatch",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let captured = citation.archive_url.as_deref().and_then(capture_day);
    let cited = citation
        .archive_date
        .and_then(crate::model::CitedDate::as_day);
    let (Some(captured), Some(cited)) = (captured, cited) else {
        return Vec::new();
    };
    if captured == cited {
        return Vec::new();
    }
    let message = format!("archive-date says {cited}, the archived copy is of {captured}");
    let mut finding = ctx.finding_at(&ARCHIVE_DATE_MISMATCH, "archive-date", message);
    finding.evidence.extend(ctx.cited("archive-date"));
    finding.evidence.push(Evidence::new(
        "captured",
        captured.to_string(),
        "archive URL",
    ));
    let written = citation
        .fields
        .get("archive-date")
        .map(|field| field.value.as_str());
    if written == Some(cited.to_string().as_str()) {
        finding.fix = ctx.replace_field(
            "give the day of the archived copy",
            "archive-date",
            captured.to_string(),
        );
    }
    vec![finding]
}
