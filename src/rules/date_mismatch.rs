//! `DAT001` date-mismatch.

use super::other_calendar::OtherYear;
use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use super::verify::{Answer, DateMismatch, verify_date};
use crate::model::{Evidence, Finding, Severity};

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
    /// Fires only when the page's own date of publication is likely right and the cited date is
    /// none of the page's: days of events, of comments and of other articles listed beside it are
    /// not, nor are those of which only its text speaks. A day before or after agrees (time
    /// zones), as does a date at the precision cited: "2019" agrees with any day of 2019. A note,
    /// not a warning, where the page's date is less than likely (0.7), and where the cited day is
    /// that of the page's last change.
    DATE_MISMATCH {
        code: "DAT001",
        name: "date-mismatch",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

/// Where citations have their date, the most exact first.
const DATE_FIELDS: [&str; 3] = ["date", "publication-date", "year"];

/// Below this the page's own date is too doubtful for more than a note.
const SURE: f64 = 0.7;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let (Some(cited), Some(page)) = (citation.date, ctx.page) else {
        return Vec::new();
    };
    let verified = verify_date(cited, citation.access_date, page);
    let Some(found) = verified.by else {
        return Vec::new();
    };
    let (severity, message) = match (verified.answer, verified.kind) {
        (Answer::Contradicted, kind) => {
            let trusted = page.published.as_ref().map(|date| date.confidence);
            let sure = trusted.is_some_and(|confidence| SURE <= confidence);
            let how = match kind {
                Some(DateMismatch::AccessDate) => "; the cited date is the access-date",
                Some(DateMismatch::WrongYear) => "; only the year differs",
                Some(DateMismatch::DayMonthSwapped) => "; day and month are swapped",
                Some(DateMismatch::ModifiedDate | DateMismatch::OffByADay) | None => "",
            };
            let severity = if sure {
                DATE_MISMATCH.severity
            } else {
                Severity::Note
            };
            let published = page.published.as_ref();
            let other = published.and_then(|page| OtherYear::of_page(cited, page.date));
            let how = other.map_or_else(|| how.to_owned(), OtherYear::hint);
            let message = format!("cited as {cited}, but the page says {}{how}", found.value);
            (severity, message)
        }
        (Answer::Supported, Some(DateMismatch::ModifiedDate)) => {
            let Some(published) = page
                .published
                .as_ref()
                .filter(|date| SURE <= date.confidence)
            else {
                return Vec::new();
            };
            let message = format!(
                "cited as {cited}, the day of the page's last change ({}); it was published on {}",
                found.source, published.date
            );
            (Severity::Note, message)
        }
        (Answer::Supported | Answer::Unknown, _) => return Vec::new(),
    };
    let written = |field: &&str| citation.fields.contains_key(*field);
    let field = DATE_FIELDS.into_iter().find(written).unwrap_or("date");
    let mut finding = ctx.finding_at(&DATE_MISMATCH, field, message);
    finding.severity = severity;
    finding.evidence.extend(ctx.cited(field));
    finding.evidence.push(found);
    if verified.answer == Answer::Supported {
        let published = page.published.iter();
        finding
            .evidence
            .extend(published.map(|date| {
                Evidence::new("published", date.date.to_string(), date.source.clone())
            }));
    }
    vec![finding]
}
