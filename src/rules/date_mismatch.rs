//! `DAT001` date-mismatch.

use jiff::ToSpan;

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{CitedDate, DatePoint, Evidence, Finding, Severity};

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

/// Below this the page's date is too doubtful to contradict an editor.
const TRUSTED: f64 = 0.7;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let (Some(cited), Some(page)) = (ctx.source.citation.date, ctx.page) else {
        return Vec::new();
    };
    let Some(published) = page
        .published
        .as_ref()
        .filter(|date| TRUSTED <= date.confidence)
    else {
        return Vec::new();
    };
    let supported = cited.approximate
        || agree(cited, published.date)
        || page
            .dates
            .iter()
            .any(|candidate| agree(cited, candidate.date));
    if supported {
        return Vec::new();
    }
    let kind = match ctx.source.citation.access_date {
        Some(access) if access.as_day().is_some() && access == cited => {
            "; the cited date is the access-date"
        }
        _ if cited.earliest().year() != published.date.earliest().year()
            && same_day_of_year(cited, published.date) =>
        {
            "; only the year differs"
        }
        _ if day_and_month_swapped(cited, published.date) => "; day and month are swapped",
        _ => "",
    };
    let message = format!(
        "cited as {cited}, but the page says {}{kind}",
        published.date
    );
    let mut finding = ctx.finding_at(&DATE_MISMATCH, "date", message);
    finding.evidence.extend(ctx.cited("date"));
    finding.evidence.push(Evidence::new(
        "published",
        published.date.to_string(),
        published.source.clone(),
    ));
    vec![finding]
}

/// Whether two dates can mean one day, give or take one: a page in another time zone says the day
/// before or after.
fn agree(cited: CitedDate, found: CitedDate) -> bool {
    let widened_from = found.earliest().saturating_sub(1.day());
    let widened_to = found.latest().saturating_add(1.day());
    cited.earliest() <= widened_to && widened_from <= cited.latest()
}

fn same_day_of_year(a: CitedDate, b: CitedDate) -> bool {
    match (a.as_day(), b.as_day()) {
        (Some(a), Some(b)) => (a.month(), a.day()) == (b.month(), b.day()),
        _ => false,
    }
}

fn day_and_month_swapped(a: CitedDate, b: CitedDate) -> bool {
    match (a.from, b.from) {
        (DatePoint::Day(a), DatePoint::Day(b)) => {
            a.year() == b.year() && a.month() == b.day() && a.day() == b.month()
        }
        _ => false,
    }
}
