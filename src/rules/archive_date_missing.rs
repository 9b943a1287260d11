//! `ARC007` archive-date-missing.

use jiff::civil::Date;

use super::cs1;
use super::deprecated_archive::is_deprecated;
use super::parameters::{fill, fix, given};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::{archive, wayback_fault};
use crate::model::{CitedDate, DateStyle, Finding, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an `archive-url` without an `archive-date` (CS1: `|archive-url=` requires
    /// `|archive-date=`).
    ///
    /// ## Why it matters
    /// CS1 shows an error in place of the link to the copy.
    ///
    /// ## Example
    /// `|archive-url=https://web.archive.org/web/20240102030405/https://news.example/quake`: the fix
    /// adds `|archive-date=2 January 2024` where the citation's other dates are written so.
    ///
    /// ## Limits
    /// Only templates of CS1. Where CS1 rejects the address itself (`malformed-archive-url`,
    /// `archive-url-without-timestamp`, `invalid-url`) or hides it (`deprecated-archive`), that is
    /// the finding. The date is written as the access-date or date of the citation is, then as the
    /// article says that its dates are, else as year-month-day.
    ARCHIVE_DATE_MISSING {
        code: "ARC007",
        name: "archive-date-missing",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

/// The ways in which CS1 writes a day.
const FORMS: [&str; 5] = [
    "%Y-%m-%d",
    "%-d %B %Y",
    "%B %-d, %Y",
    "%-d %b %Y",
    "%b %-d, %Y",
];

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let copy = given(ctx, "archive-url").filter(|_| cs1::is_rendered(ctx));
    let Some(copy) = copy.filter(|_| given(ctx, "archive-date").is_none()) else {
        return Vec::new();
    };
    let rejected = wayback_fault(&copy.value).is_some() || is_deprecated(&copy.value);
    let repeated = ["url", "chapter-url"]
        .iter()
        .any(|field| given(ctx, field).is_some_and(|url| url.value == copy.value));
    if rejected || repeated {
        return Vec::new();
    }
    let message = "archive-url without an archive-date";
    let mut finding = ctx.finding(&ARCHIVE_DATE_MISSING, message);
    finding.span = Some(copy.value_span);
    finding.evidence.extend(ctx.cited("archive-url"));
    let day = archive::read(&copy.value).and_then(|copy| copy.date);
    // A misspelt name may hold the date already.
    let mut unknown = ctx
        .source
        .parameters
        .iter()
        .filter(|own| own.field.is_none());
    let misspelt = unknown.any(|own| {
        own.name
            .as_deref()
            .is_some_and(|name| name.contains("date"))
    });
    if let Some(day) = day.and_then(CitedDate::as_day).filter(|_| !misspelt) {
        let date = day.strftime(form(ctx)).to_string();
        let edits = vec![fill(ctx, "archive-date", &date, copy)];
        finding.fix = fix(ctx, "add the copy's date", Safety::Safe, edits);
    }
    vec![finding]
}

/// How the citation writes its days.
fn form(ctx: &SourceContext<'_>) -> &'static str {
    let citation = &ctx.source.citation;
    let days = [
        ("access-date", citation.access_date),
        ("date", citation.date),
    ];
    let own = days.into_iter().find_map(|(field, date)| {
        let written = &citation.fields.get(field)?.value;
        written_as(date.and_then(CitedDate::as_day)?, written)
    });
    own.unwrap_or(match ctx.article.article.date_style {
        Some(DateStyle::DayMonthYear) => "%-d %B %Y",
        Some(DateStyle::MonthDayYear) => "%B %-d, %Y",
        Some(DateStyle::YearMonthDay) | None => "%Y-%m-%d",
    })
}

fn written_as(day: Date, written: &str) -> Option<&'static str> {
    let mut forms = FORMS.into_iter();
    forms.find(|form| day.strftime(form).to_string() == written)
}
