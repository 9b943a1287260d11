//! `ARC004` deprecated-archive.

use super::archive_fix;
use super::cs1;
use super::parameters::addresses;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::archive;
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a link to archive.today or one of its other names (`archive.is`, `archive.ph` …).
    ///
    /// ## Why it matters
    /// The English Wikipedia has deprecated the service in 2026: CS1 hides such links there and
    /// everything that depends on them.
    ///
    /// ## Example
    /// `|archive-url=https://archive.today/2019.01.02-030405/https://news.example/quake`: look for a
    /// copy in another archive.
    ///
    /// ## Limits
    /// A warning in CS1's citations of English articles, where readers lose the link; elsewhere a
    /// note.
    ///
    /// ## Fix
    /// For review: where another archive was asked and has a copy that shows the page, the fix cites
    /// that one.
    DEPRECATED_ARCHIVE {
        code: "ARC004",
        name: "deprecated-archive",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

/// Whether an address is of an archive whose links are hidden.
pub(super) fn is_deprecated(url: &str) -> bool {
    archive::read(url).is_some_and(|copy| copy.service.deprecated)
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let copy = ctx.source.citation.archive_url.as_deref();
    let found = addresses(ctx).filter_map(|(name, field)| {
        // A template beside the citation holds more than the address.
        let url = copy.filter(|_| name == "archive-url");
        let url = url.unwrap_or(&field.value);
        is_deprecated(url).then_some((name, url))
    });
    let told = found.map(|(name, url)| {
        let message = format!("{name} leads to an archive that the English Wikipedia hides");
        let mut finding = ctx.finding_at(&DEPRECATED_ARCHIVE, name, message);
        if !(cs1::is_rendered(ctx) && cs1::in_english(ctx)) {
            finding.severity = Severity::Note;
        }
        let evidence = Evidence::new("cited url", url, "citation");
        finding.evidence.push(evidence);
        if name == "archive-url" {
            archive_fix::offer_another(ctx, &mut finding);
        }
        finding
    });
    told.collect()
}
