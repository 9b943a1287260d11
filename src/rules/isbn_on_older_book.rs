//! `DAT009` isbn-on-older-book.

use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a book with an ISBN whose `date` is before 1965.
    ///
    /// ## Why it matters
    /// There were no ISBNs (nor the SBNs before them): the ISBN is that of another edition, and
    /// its pages may be numbered otherwise.
    ///
    /// ## Example
    /// `|date=1927 |isbn=978-0-15-662870-9`: give the year of the edition, and the first one as
    /// `orig-date`.
    ///
    /// ## Limits
    /// A note, as on Wikipedia ("ISBN / Date incompatibility"). Dates with "circa" pass.
    ISBN_ON_OLDER_BOOK {
        code: "DAT009",
        name: "isbn-on-older-book",
        severity: Severity::Note,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

/// The first year of the Standard Book Number, from which the ISBN grew.
const FIRST_YEAR: i16 = 1965;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let numbered = citation
        .fields
        .get("isbn")
        .is_some_and(|field| field.value.contains(|c: char| c.is_ascii_digit()));
    let Some(date) = citation.date.filter(|date| numbered && !date.approximate) else {
        return Vec::new();
    };
    if FIRST_YEAR <= date.latest().year() {
        return Vec::new();
    }
    let message = format!("the book has an ISBN, but its date {date} is before there were any");
    let mut finding = ctx.finding_at(&ISBN_ON_OLDER_BOOK, "isbn", message);
    finding.evidence.extend(ctx.cited("date"));
    finding.evidence.extend(ctx.cited("year"));
    finding.evidence.extend(ctx.cited("isbn"));
    vec![finding]
}
