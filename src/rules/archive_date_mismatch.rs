//! `DAT005` archive-date-mismatch.

use super::cs1_dates::any_rejected;
use super::date_order::wayback_day;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{CitedDate, Evidence, Finding, Fix, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an `archive-date` that is not the day in the Wayback Machine address beside it.
    ///
    /// ## Why it matters
    /// Readers are told of a copy of another day than the one that they get; Wikipedia shows an
    /// error ("timestamp mismatch").
    ///
    /// ## Example
    /// `|archive-url=https://web.archive.org/web/20240102030405/… |archive-date=2 January 2023`.
    ///
    /// ## Limits
    /// Compares calendar days in UTC as CS1 does, for full dates and full timestamps of the
    /// Wayback Machine, and not where CS1 rejects one of the citation's dates.
    ///
    /// ## Fix
    /// Safe: the day stands in the address. It is written as the old one is, in CS1's form or in the
    /// words of the article's language; where that is not understood, no fix is offered.
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
    let captured = citation.archive_url.as_deref().and_then(wayback_day);
    let cited = citation.archive_date.and_then(CitedDate::as_day);
    let (Some(captured), Some(cited)) = (captured, cited) else {
        return Vec::new();
    };
    if captured == cited {
        return Vec::new();
    }
    let fields = ctx.article.cs1_dates(ctx.source);
    if fields.is_some_and(|fields| any_rejected(&fields)) {
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
    let description = "give the day of the archived copy";
    let fix = ctx.replace_date(description, "archive-date", captured);
    finding.fix = fix.map(|fix| Fix {
        // The address is the copy that readers get, and its timestamp is its day.
        safety: Safety::Safe,
        ..fix
    });
    vec![finding]
}
