//! `ARC006` archive-date-without-archive-url.

use super::cs1;
use super::deprecated_archive::is_deprecated;
use super::edits::{page_address, set};
use super::parameters::{given, is_plain};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::archive;
use crate::model::{Finding, Fix, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an `archive-date` without an `archive-url` (CS1: `|archive-date=` requires
    /// `|archive-url=`).
    ///
    /// ## Why it matters
    /// A copy is said to exist, and nobody can find it.
    ///
    /// ## Example
    /// `|url=https://news.example/quake |archive-date=2 January 2024`.
    ///
    /// ## Limits
    /// Only templates of CS1. Where `url` itself is the address of an archived copy, the fix moves it
    /// to `archive-url` and gives the page's own address in `url`.
    ARCHIVE_DATE_WITHOUT_ARCHIVE_URL {
        code: "ARC006",
        name: "archive-date-without-archive-url",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let date = given(ctx, "archive-date");
    let Some(date) = date.filter(|_| cs1::is_rendered(ctx) && given(ctx, "archive-url").is_none())
    else {
        return Vec::new();
    };
    let message = "archive-date without an archive-url: where is the copy?";
    let mut finding = ctx.finding(&ARCHIVE_DATE_WITHOUT_ARCHIVE_URL, message);
    finding.span = Some(date.value_span);
    finding.evidence.extend(ctx.cited("archive-date"));
    finding.fix = copy_in_url(ctx);
    vec![finding]
}

fn copy_in_url(ctx: &SourceContext<'_>) -> Option<Fix> {
    let url = given(ctx, "url").filter(|url| is_plain(&url.value) && !is_deprecated(&url.value))?;
    let original = archive::read(&url.value)?.original?;
    let copy = ctx.added("archive-url", &url.value, url)?;
    let edits = vec![set(url, page_address(&original)?), copy];
    let description = "move the copy's address to archive-url";
    ctx.fix(description, Safety::Review, edits)
}
