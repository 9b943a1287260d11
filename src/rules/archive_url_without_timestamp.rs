//! `ARC002` archive-url-without-timestamp.

use super::cs1;
use super::parameters::given;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::{WaybackFault, archive, wayback_fault};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports the address of an archived copy that does not say which copy: without a timestamp,
    /// or with one of fewer than 14 digits (CS1: `|archive-url=` is malformed: timestamp).
    ///
    /// ## Why it matters
    /// The archive chooses a copy of its own, and another one next year; CS1 shows no link at all.
    ///
    /// ## Example
    /// `|archive-url=https://web.archive.org/web/https://news.example/quake`.
    ///
    /// ## Limits
    /// A warning where CS1 makes the citation and the copy is the Wayback Machine's; elsewhere a
    /// note. Archives that name their copies otherwise need no
    /// timestamp.
    ARCHIVE_URL_WITHOUT_TIMESTAMP {
        code: "ARC002",
        name: "archive-url-without-timestamp",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(url) = ctx.source.citation.archive_url.as_deref() else {
        return Vec::new();
    };
    let (message, wayback) = match wayback_fault(url) {
        Some(WaybackFault::NoTimestamp) => ("archive-url has no timestamp", true),
        Some(WaybackFault::ShortTimestamp) => {
            ("archive-url has a timestamp of fewer than 14 digits", true)
        }
        Some(
            WaybackFault::SaveCommand
            | WaybackFault::LiveWeb
            | WaybackFault::Calendar
            | WaybackFault::ImpossibleTimestamp
            | WaybackFault::Path
            | WaybackFault::Flag,
        ) => return Vec::new(),
        None => {
            let copy = archive::read(url);
            let lost = copy.is_some_and(|copy| {
                copy.service.stamped && copy.stamp.is_none() && copy.original.is_some()
            });
            if !lost {
                return Vec::new();
            }
            ("archive-url has no timestamp", false)
        }
    };
    let message = format!("{message}: the archive chooses a copy");
    let mut finding = ctx.finding_at(&ARCHIVE_URL_WITHOUT_TIMESTAMP, "archive-url", message);
    if !(wayback && cs1::is_rendered(ctx) && given(ctx, "archive-url").is_some()) {
        finding.severity = Severity::Note;
    }
    finding.evidence.extend(ctx.cited("archive-url"));
    vec![finding]
}
