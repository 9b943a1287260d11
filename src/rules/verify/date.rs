//! A cited date against the dates of a page.

use jiff::ToSpan;
use serde::Serialize;

use super::Verification;
use crate::model::{
    CitedDate, DateCandidate, DateKind, DatePoint, Evidence, PageDate, PageEvidence,
};

/// How a cited date comes to differ from the page's.
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
    /// The day of the page's last change: supported, and not the day of publication.
    ModifiedDate,
    /// The day before or after: supported, for pages seldom say in which time zone a day is.
    OffByADay,
}

/// From this confidence on, a page's date of publication contradicts another.
const TRUSTED: f64 = 0.6;

/// A date of the page below this is the date of something else: of an event in the text, of an
/// article that is linked beside it.
const OWN: f64 = 0.01;

/// A change below this, and not the page's last, is one of a comment.
const OWN_CHANGE: f64 = 0.1;

/// A month or year below this is one that the text speaks of.
const OWN_VAGUE: f64 = 0.1;

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
    let published = page.published.as_ref();
    let trusted = published.filter(|date| TRUSTED <= date.confidence && is_said(date, page));
    if let Some(published) = published.filter(|published| overlap(cited, published.date)) {
        return Verification::supported(said("published", published.date, &published.source));
    }
    let own = |found: &&DateCandidate| {
        let said = if found.date.as_day().is_none() {
            // A month that is called the publication's bears out a month, and no day of it where
            // the page has a day.
            let issue = found.kind == DateKind::Published && cited.as_day().is_none();
            OWN_VAGUE <= found.confidence && (trusted.is_none() || issue)
        } else {
            match found.kind {
                DateKind::Modified => is_change(found, page) || OWN_CHANGE <= found.confidence,
                DateKind::Published | DateKind::Created | DateKind::Unknown => {
                    OWN <= found.confidence
                }
            }
        };
        said && agree(cited, found)
    };
    let likeliest = |a: &&DateCandidate, b: &&DateCandidate| a.confidence.total_cmp(&b.confidence);
    if let Some(found) = page.dates.iter().filter(own).max_by(likeliest) {
        let changed = |found: &DateCandidate| found.kind == DateKind::Modified;
        let only_changed = page.dates.iter().filter(own).all(changed);
        let told_apart = only_changed && trusted.is_some() && cited.as_day().is_some();
        let what = if told_apart { "modified" } else { "date" };
        return Verification::supported(said(what, found.date, &found.source))
            .of_kind(told_apart.then_some(DateMismatch::ModifiedDate));
    }
    let Some(published) = published else {
        return Verification::unknown();
    };
    let by = said("published", published.date, &published.source);
    if published.date.as_day().is_some() && near(cited, published.date) {
        return Verification::supported(by).of_kind(Some(DateMismatch::OffByADay));
    }
    if cited.approximate || trusted.is_none() {
        return Verification::unknown();
    }
    let kind = kind(cited, access, published.date);
    Verification::contradicted(by).of_kind(kind)
}

/// Whether the page calls the day anything but that of a change: where only "updated" stands, nobody
/// knows when it came out.
fn is_said(published: &PageDate, page: &PageEvidence) -> bool {
    let mut told = page
        .dates
        .iter()
        .filter(|found| found.date == published.date);
    let any = told.clone().next().is_some();
    !any || told.any(|found| found.kind != DateKind::Modified)
}

/// Whether a date is the page's last change: not that of a comment below it, nor one before the
/// page came out.
fn is_change(found: &DateCandidate, page: &PageEvidence) -> bool {
    let last = page.modified.as_ref().map(|modified| modified.date);
    let early = |published: &PageDate| found.date.latest() < published.date.earliest();
    found.kind == DateKind::Modified
        && last == Some(found.date)
        && !page.published.as_ref().is_some_and(early)
}

fn said(what: &'static str, date: CitedDate, source: &str) -> Evidence {
    Evidence::new(what, date.to_string(), source.to_owned())
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

/// Whether a date of the page can mean the day cited: an instant in UTC is of the day before or
/// after, elsewhere.
fn agree(cited: CitedDate, found: &DateCandidate) -> bool {
    overlap(cited, found.date) || found.utc && near(cited, found.date)
}

fn overlap(a: CitedDate, b: CitedDate) -> bool {
    a.earliest() <= b.latest() && b.earliest() <= a.latest()
}

/// Whether two dates can mean one day, give or take one.
fn near(cited: CitedDate, found: CitedDate) -> bool {
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
