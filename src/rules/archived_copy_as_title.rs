//! `TTL008` archived-copy-as-title.

use super::generic;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a title that only says "Archived copy".
    ///
    /// ## Why it matters
    /// A robot wrote it where an editor gave no title: the archived copy is at hand, and its title
    /// can be looked up.
    ///
    /// ## Example
    /// `|title=Archived copy |archive-url=https://web.archive.org/web/20190503/…`.
    ///
    /// ## Limits
    /// Knows what the robots of 35 wikis write (`src/rules/data/generic-titles.tsv`).
    ARCHIVED_COPY_AS_TITLE {
        code: "TTL008",
        name: "archived-copy-as-title",
        severity: Severity::Note,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let title = citation.title.as_deref();
    if !title.is_some_and(generic::is_archived_copy) {
        return Vec::new();
    }
    let message = "the title only says that there is an archived copy; look up its own";
    let mut finding = ctx.finding_at(&ARCHIVED_COPY_AS_TITLE, "title", message);
    finding.evidence.extend(ctx.cited("title"));
    finding.evidence.extend(ctx.cited("archive-url"));
    vec![finding]
}
