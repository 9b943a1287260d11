//! `LNK014` paywalled.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Notes pages that only subscribers read whole: the page says so to search engines
    /// (`isAccessibleForFree` of schema.org), or the server asks for payment (402).
    ///
    /// ## Why it matters
    /// Sources behind a paywall are welcome, and readers like to know before they follow the link.
    ///
    /// ## Example
    /// A newspaper's article whose JSON-LD has `"isAccessibleForFree": false`.
    ///
    /// ## Limits
    /// Silent where the citation says so already. Sites that let a few articles be read for free say the
    /// same of all of them.
    ///
    /// ## Fix
    /// For review: `|url-access=subscription`; a page may ask for a free registration instead.
    PAYWALLED {
        code: "LNK014",
        name: "paywalled",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(verdict) = ctx
        .verdict
        .filter(|verdict| verdict.link == LinkVerdict::Paywalled)
    else {
        return Vec::new();
    };
    if ctx.source.citation.fields.contains_key("url-access") {
        return Vec::new();
    }
    let mut finding = ctx.finding_at(&PAYWALLED, "url", verdict.reason.clone());
    finding.evidence.clone_from(&verdict.evidence);
    finding.fix = ctx.add_fields(
        "say that readers need a subscription",
        &[("url-access", "subscription")],
    );
    vec![finding]
}
