//! `CIT002` missing-url.

use super::addressing::{NoUrl, no_url};
use super::cs1;
use super::ignored_text::is_address;
use super::missing_pipe::swallowed;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a citation of a web page that gives no URL.
    ///
    /// ## Why it matters
    /// A page without its address cannot be checked by anyone.
    ///
    /// ## Example
    /// `{{cite web |title=Quake |access-date=3 November 2024}}`.
    ///
    /// ## Limits
    /// Books, journals and newspapers may be cited without a URL: only templates for web pages need
    /// one. CS1 wants it whatever identifiers are given (`{{cite web}}`, `{{cite podcast}}`,
    /// `{{cite mailing list}}`, and `{{citation}}` with `website`); for other wikis' templates an
    /// identifier is enough. Plain text copied from a page carries no URLs, so there the rule is
    /// silent and the summary tells how to add them.
    MISSING_URL {
        code: "CIT002",
        name: "missing-url",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(template) = &ctx.source.template else {
        return Vec::new();
    };
    // A citation without any field is empty, or its text has lost its names.
    let lost = ctx.source.citation.fields.is_empty() || hides_url(ctx);
    if lost || no_url(ctx) != Some(NoUrl::WebPage) {
        return Vec::new();
    }
    let message = format!("{{{{{template}}}}} cites a web page but gives no URL");
    let mut finding = ctx.finding(&MISSING_URL, message);
    finding.evidence.extend(ctx.cited("access-date"));
    vec![finding]
}

/// Whether an address stands where CS1 does not see it, which is another rule's finding: without
/// its name, or behind a missing pipe.
fn hides_url(ctx: &SourceContext<'_>) -> bool {
    let parameters = ctx.source.parameters.iter();
    let mut hidden = parameters.map(|parameter| {
        let unnamed = cs1::name(parameter).is_none() && is_address(&cs1::given(&parameter.value));
        unnamed || swallowed(&parameter.value).is_some_and(|(_, name)| name == "url")
    });
    cs1::is_cs1(ctx.source) && hidden.any(|hidden| hidden)
}
