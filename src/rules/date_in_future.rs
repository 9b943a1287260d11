//! `DAT002` date-in-future.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::other_calendar::OtherYear;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{CitedDate, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a `date`, `access-date` or `archive-date` that has not come yet.
    ///
    /// ## Why it matters
    /// Nobody has read a page tomorrow; most often the year is mistyped.
    ///
    /// ## Example
    /// `|access-date=3 November 2042`. `|date=3 May 2562` may be of a page that counts years as the
    /// Buddhist calendar does: it is told which year that is, and no other rule speaks of it.
    ///
    /// ## Limits
    /// One day ahead passes (time zones). Journals and books are dated ahead, so a `date` without
    /// a day, or not of a web page, may lie up to the end of next year.
    DATE_IN_FUTURE {
        code: "DAT002",
        name: "date-in-future",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let today = ctx.article.now.to_zoned(TimeZone::UTC).date();
    let tomorrow = today.saturating_add(1.day());
    let citation = &ctx.source.citation;
    let next_year_ends = Date::new(today.year().saturating_add(1), 12, 31).unwrap_or(Date::MAX);
    let date_limit = match citation.date {
        // A page that is read on a day was there on that day.
        Some(date) if date.as_day().is_some() && citation.access_date.is_some() => tomorrow,
        _ => next_year_ends,
    };
    let fields = [
        ("date", citation.date, date_limit),
        ("access-date", citation.access_date, tomorrow),
        ("archive-date", citation.archive_date, tomorrow),
    ];
    fields
        .into_iter()
        .filter_map(|(field, date, limit)| {
            date.filter(|date: &CitedDate| limit < date.earliest())
                .map(|date| (field, date))
        })
        .map(|(field, date)| {
            let message = format!("{field} {date} lies in the future");
            let mut finding = ctx.finding_at(&DATE_IN_FUTURE, field, message);
            finding.evidence.extend(ctx.cited(field));
            if let Some(other) = OtherYear::of_future(date, today) {
                finding.message.push_str(&other.hint());
                finding.evidence.push(other.evidence());
            }
            finding
        })
        .collect()
}
