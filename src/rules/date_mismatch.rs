//! `DAT001` date-mismatch.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use super::verify::{Answer, DateMismatch, verify_date};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a cited date that the page's own publication date contradicts.
    ///
    /// ## Why it matters
    /// A wrong date often means the wrong page, or the day of access written in its place.
    ///
    /// ## Example
    /// `|date=3 November 2023` where the page's JSON-LD says `datePublished: 2024-11-03`.
    ///
    /// ## Limits
    /// Fires only when the page states its date in a place made for it and the cited date occurs
    /// nowhere on the page, not even a day apart (time zones). Compared at the precision cited:
    /// "2019" agrees with any day of 2019.
    DATE_MISMATCH {
        code: "DAT001",
        name: "date-mismatch",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let (Some(cited), Some(page)) = (citation.date, ctx.page) else {
        return Vec::new();
    };
    let verified = verify_date(cited, citation.access_date, page);
    let (Answer::Contradicted, Some(found)) = (verified.answer, verified.by) else {
        return Vec::new();
    };
    let kind = match verified.kind {
        Some(DateMismatch::AccessDate) => "; the cited date is the access-date",
        Some(DateMismatch::WrongYear) => "; only the year differs",
        Some(DateMismatch::DayMonthSwapped) => "; day and month are swapped",
        None => "",
    };
    let message = format!("cited as {cited}, but the page says {}{kind}", found.value);
    let mut finding = ctx.finding_at(&DATE_MISMATCH, "date", message);
    finding.evidence.extend(ctx.cited("date"));
    finding.evidence.push(found);
    vec![finding]
}
