//! `DAT005` archive-date-mismatch.

use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use super::wayback::capture_day;
use crate::model::{Evidence, Finding, Fix, Safety, Severity};

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
    /// Wayback Machine.
    ///
    /// ## Fix
    /// Safe: the day stands in the address. It is written as the old one is, in the same order and
    /// with the same form of the month's name; where that is not understood, no fix is offered.
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
    let fix = ctx.replace_date(
        "give the day of the archived copy",
        "archive-date",
        captured,
    );
    finding.fix = fix.map(|fix| Fix {
        safety: Safety::Safe,
        ..fix
    });
    vec![finding]
}
