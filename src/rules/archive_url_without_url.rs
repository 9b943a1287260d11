//! `ARC008` archive-url-without-url.

use super::addressing::{NoUrl, no_url};
use super::edits::page_address;
use super::parameters::given;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::archive;
use crate::model::{Finding, Fix, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an `archive-url` without a `url` (CS1: `|archive-url=` requires `|url=`).
    ///
    /// ## Why it matters
    /// The page itself is not named: it cannot be read while it lives, nor looked up in other
    /// archives. CS1 shows an error instead of a link.
    ///
    /// ## Example
    /// `{{cite web |title=Quake
    /// |archive-url=https://web.archive.org/web/20240102030405/https://news.example/quake}}`: the fix
    /// adds `|url=https://news.example/quake`.
    ///
    /// ## Limits
    /// Only templates of CS1. The fix needs an archive whose addresses hold the page's own.
    ARCHIVE_URL_WITHOUT_URL {
        code: "ARC008",
        name: "archive-url-without-url",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if no_url(ctx) != Some(NoUrl::ArchiveAlone) {
        return Vec::new();
    }
    let message = "archive-url without a url: of which page is the copy?";
    let mut finding = ctx.finding_at(&ARCHIVE_URL_WITHOUT_URL, "archive-url", message);
    finding.evidence.extend(ctx.cited("archive-url"));
    finding.fix = given(ctx, "archive-url").and_then(|copy| original(ctx, copy));
    vec![finding]
}

fn original(ctx: &SourceContext<'_>, copy: &Parameter) -> Option<Fix> {
    let original = archive::read(&copy.value)?.original?;
    let original = page_address(&original)?;
    let edit = ctx.added_before("url", &original, copy)?;
    ctx.fix("add the page's own address", Safety::Review, vec![edit])
}
