//! A day that should not be before the cited publication.

use jiff::ToSpan;
use jiff::civil::Date;

use super::other_calendar::OtherYear;
use super::rule::{Rule, SourceContext};
use crate::links::capture_day;
use crate::model::{CitedDate, Finding, Severity};

/// A finding that `happened` is before the cited `date`; a note where they are one day apart,
/// since the page may be from a time zone ahead.
pub(super) fn before_publication(
    ctx: &SourceContext<'_>,
    rule: &'static Rule,
    (field, verb): (&'static str, &str),
    happened: Option<CitedDate>,
) -> Option<Finding> {
    let date = ctx.source.citation.date?;
    let happened = happened?;
    if date.approximate || date.earliest() <= happened.latest() {
        return None;
    }
    // A year of another calendar; `date-in-future` says so.
    if OtherYear::of_future(date, ctx.article.today()).is_some() {
        return None;
    }
    let message = format!("{verb} {happened}, before the cited publication {date}");
    let mut finding = ctx.finding_at(rule, field, message);
    if date.earliest() <= happened.latest().saturating_add(1.day()) {
        finding.severity = Severity::Note;
        finding.message.push_str("; one day may be a time zone");
    }
    finding.evidence.extend(ctx.cited("date"));
    finding.evidence.extend(ctx.cited(field));
    Some(finding)
}

/// The UTC day of capture that an address of the Wayback Machine tells. CS1 knows the machine by
/// this name of it alone.
pub(super) fn wayback_day(archive_url: &str) -> Option<Date> {
    if !archive_url.contains("//web.archive.org/") {
        return None;
    }
    // An address may leave the scheme to the page: `//web.archive.org/web/…`.
    let whole = format!("https:{archive_url}");
    capture_day(if archive_url.starts_with("//") {
        &whole
    } else {
        archive_url
    })
}
