//! A cited date against the dates of a page.

use jiff::ToSpan;
use serde::Serialize;

use super::Verification;
use crate::model::{CitedDate, DatePoint, Evidence, PageEvidence};

/// How a cited date that the page contradicts comes to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateMismatch {
    /// Day and month change places.
    DayMonthSwapped,
    /// Day and month are right, the year is not.
    WrongYear,
    /// The day on which the editor read the page.
    AccessDate,
}

/// Below this the page's date is too doubtful to contradict an editor.
const TRUSTED: f64 = 0.7;

/// Holds a cited date against everything that a page says of its dates. `access` is the day on
/// which the page was read, which editors write in the date's place.
///
/// # Examples
///
/// ```
/// use citecheck::model::CitedDate;
/// use citecheck::page::{PageInput, read};
/// use citecheck::rules::verify::{Answer, verify_date};
///
/// let body = "<meta property='article:published_time' content='2024-11-03T10:00:00+02:00'>";
/// let page = read(&PageInput { body: body.as_bytes(), ..PageInput::default() });
/// let cited = CitedDate::day(jiff::civil::date(2023, 11, 3));
/// assert_eq!(verify_date(cited, None, &page).answer, Answer::Contradicted);
/// ```
#[must_use]
pub fn verify_date(
    cited: CitedDate,
    access: Option<CitedDate>,
    page: &PageEvidence,
) -> Verification<DateMismatch> {
    if let Some(found) = page.dates.iter().find(|found| agree(cited, found.date)) {
        let by = Evidence::new("date", found.date.to_string(), found.source.clone());
        return Verification::supported(by);
    }
    let Some(published) = &page.published else {
        return Verification::unknown();
    };
    let by = Evidence::new(
        "published",
        published.date.to_string(),
        published.source.clone(),
    );
    if agree(cited, published.date) {
        return Verification::supported(by);
    }
    if cited.approximate || published.confidence < TRUSTED {
        return Verification::unknown();
    }
    let kind = kind(cited, access, published.date);
    Verification::contradicted(by).of_kind(kind)
}

fn kind(cited: CitedDate, access: Option<CitedDate>, published: CitedDate) -> Option<DateMismatch> {
    match access {
        Some(access) if access.as_day().is_some() && access == cited => {
            Some(DateMismatch::AccessDate)
        }
        _ if cited.earliest().year() != published.earliest().year()
            && same_day_of_year(cited, published) =>
        {
            Some(DateMismatch::WrongYear)
        }
        _ if day_and_month_swapped(cited, published) => Some(DateMismatch::DayMonthSwapped),
        _ => None,
    }
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
