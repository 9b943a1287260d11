//! `ARC007` archive-date-missing.

use super::cs1;
use super::deprecated_archive::is_deprecated;
use super::parameters::given;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::cs1::dates::{DayForm, day, write_day};
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
    // A misspelt name may hold the date already, or a comment stand in its place.
    let mut unknown = ctx
        .source
        .parameters
        .iter()
        .filter(|own| match own.field.as_deref() {
            None => true,
            Some(field) => field == "archive-date" && !own.value.is_empty(),
        });
    let misspelt = unknown.any(|own| {
        own.name
            .as_deref()
            .is_some_and(|name| name.contains("date"))
    });
    if let Some(day) = day.and_then(CitedDate::as_day).filter(|_| !misspelt) {
        let edit = ctx.added("archive-date", &write_day(day, form(ctx)), copy);
        let edits = edit.into_iter().collect();
        finding.fix = ctx.fix("add the copy's date", Safety::Safe, edits);
    }
    vec![finding]
}

/// How the citation writes its days, else how the article says that it does.
fn form(ctx: &SourceContext<'_>) -> DayForm {
    let fields = &ctx.source.citation.fields;
    let mut own = ["access-date", "date"].into_iter();
    let own = own.find_map(|field| day(&fields.get(field)?.value));
    own.map_or_else(
        || DayForm {
            style: (ctx.article.article.date_style).unwrap_or(DateStyle::YearMonthDay),
            short: false,
        },
        |(_, form)| form,
    )
}
