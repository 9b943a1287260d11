//! `ARC009` malformed-archive-url.

use super::cs1;
use super::edits::in_field;
use super::parameters::given;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::{WaybackFault, wayback_fault};
use crate::model::{Finding, Fix, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a Wayback Machine address that leads to no copy: the save command, a calendar
    /// (`*`), `liveweb`, an impossible timestamp, a wrong path or flag (CS1: `|archive-url=` is
    /// malformed).
    ///
    /// ## Why it matters
    /// Readers get a list, an error or a new copy of a dead page instead of what was cited; CS1
    /// shows no link at all.
    ///
    /// ## Example
    /// `|archive-url=https://web.archive.org/save/https://news.example/quake`.
    ///
    /// ## Limits
    /// Reads addresses as CS1 does. Missing and short timestamps are
    /// `archive-url-without-timestamp`. A note where CS1 does not make the citation.
    MALFORMED_ARCHIVE_URL {
        code: "ARC009",
        name: "malformed-archive-url",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(url) = ctx.source.citation.archive_url.as_deref() else {
        return Vec::new();
    };
    let Some(fault) = wayback_fault(url) else {
        return Vec::new();
    };
    let reason = match fault {
        WaybackFault::SaveCommand => "it makes a new copy with every click",
        WaybackFault::LiveWeb => "liveweb.archive.org is gone",
        WaybackFault::Calendar => "it leads to a list of copies",
        WaybackFault::ImpossibleTimestamp => "its timestamp is of no day since 1996",
        WaybackFault::Path => "`web/` belongs before the timestamp",
        WaybackFault::Flag => "what follows the timestamp is no flag",
        WaybackFault::NoTimestamp | WaybackFault::ShortTimestamp => return Vec::new(),
    };
    let message = format!("archive-url leads to no copy: {reason}");
    let mut finding = ctx.finding_at(&MALFORMED_ARCHIVE_URL, "archive-url", message);
    if !(cs1::is_rendered(ctx) && given(ctx, "archive-url").is_some()) {
        finding.severity = Severity::Note;
    }
    finding.evidence.extend(ctx.cited("archive-url"));
    if matches!(fault, WaybackFault::Path | WaybackFault::Flag) {
        finding.fix = plain_form(ctx);
    }
    vec![finding]
}

/// The same copy in the form `web/TIMESTAMP/URL`.
fn plain_form(ctx: &SourceContext<'_>) -> Option<Fix> {
    let field = ctx.source.citation.fields.get("archive-url")?;
    let mut at = 0;
    let segments = field.value.split('/').map(|segment| {
        let start = at;
        at += segment.len() + 1;
        (start, segment)
    });
    let mut segments = segments.skip(3).peekable();
    let first = segments.peek()?.0;
    let (start, stamped) = segments.find(|(_, segment)| {
        let digits = segment.bytes().take_while(u8::is_ascii_digit).count();
        digits == 14
    })?;
    let stamp = stamped.get(..14)?;
    let edit = in_field(field, first..start + stamped.len(), &format!("web/{stamp}"));
    let description = "write the address as web/TIMESTAMP/URL";
    ctx.fix(description, Safety::Review, edit.into_iter().collect())
}
