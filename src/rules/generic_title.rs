//! `TTL003` generic-title.

use super::generic;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a title that is an error page's or an archive's, not the source's.
    ///
    /// ## Why it matters
    /// A tool took the title from a page that was already gone, or from a wall in front of it:
    /// nothing says what was cited.
    ///
    /// ## Example
    /// `|title=Page not found`, `|title=Seite nicht gefunden – Beispielzeitung`.
    ///
    /// ## Limits
    /// Knows the titles that CS1 rejects and what error pages say in 50 languages
    /// (`src/rules/data/generic-titles.tsv`). Those of other languages count only as the whole
    /// title or a part of it beside the site's name. `((Page not found))` says that the title is
    /// meant so.
    GENERIC_TITLE {
        code: "TTL003",
        name: "generic-title",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(title) = &ctx.source.citation.title else {
        return Vec::new();
    };
    if !generic::is_generic_title(title) {
        return Vec::new();
    }
    let message = "the title is that of an error page or an archive, not of the source";
    let mut finding = ctx.finding_at(&GENERIC_TITLE, "title", message);
    finding.evidence.extend(ctx.cited("title"));
    vec![finding]
}
