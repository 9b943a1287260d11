//! `ARC005` url-status-without-archive.

use super::cs1;
use super::invalid_parameter_value::is_invalid;
use super::parameters::{given, parameter};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports `url-status` in a citation without an `archive-url` (CS1 maint: url-status).
    ///
    /// ## Why it matters
    /// It only says which of two links comes first, and there is but one: CS1 ignores it, and
    /// `dead` marks a page that should have an archived copy.
    ///
    /// ## Example
    /// `|url=https://news.example/quake |url-status=live`: the fix takes it away.
    ///
    /// ## Limits
    /// Only templates of CS1. `live` can go without loss; other words are left for the editor, who
    /// may find a copy.
    URL_STATUS_WITHOUT_ARCHIVE {
        code: "ARC005",
        name: "url-status-without-archive",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(status) = parameter(ctx, "url-status").filter(|_| cs1::is_rendered(ctx)) else {
        return Vec::new();
    };
    let archived = given(ctx, "archive-url").is_some() || given(ctx, "archive-date").is_some();
    // Without a URL, and with a word that CS1 does not know, that is what is wrong.
    let has_url = given(ctx, "url").is_some() || given(ctx, "chapter-url").is_some();
    if archived || !has_url || is_invalid(status) {
        return Vec::new();
    }
    let message = format!(
        "url-status is `{}`, and there is no archive-url",
        status.value
    );
    let mut finding = ctx.finding(&URL_STATUS_WITHOUT_ARCHIVE, message);
    finding.span = Some(status.value_span);
    finding.evidence.extend(ctx.cited("url-status"));
    if status.value.eq_ignore_ascii_case("live") {
        let description = "take away what says nothing";
        finding.fix = ctx.removal(description, Safety::Safe, &[status]);
    }
    vec![finding]
}
