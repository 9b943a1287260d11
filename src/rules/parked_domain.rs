//! `LNK010` parked-domain.

use super::original_status;
use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Reports links to domains that are for sale, have lapsed, or show only advertisements.
    ///
    /// ## Why it matters
    /// The source is gone, and readers are led to advertisers; whoever buys the domain may show them
    /// worse.
    ///
    /// ## Example
    /// `https://oldpaper.example/2009/quake` shows "This domain is for sale" and sponsored listings.
    ///
    /// ## Limits
    /// Told by marks of parking companies, or by such words on a page that holds hardly anything else. A
    /// domain may be renewed, so this is a warning.
    ///
    /// ## Fix
    /// For review: with `|archive-url=` at hand, `|url-status=unfit`, by which readers are no longer sent
    /// to the domain.
    PARKED_DOMAIN {
        code: "LNK010",
        name: "parked-domain",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(verdict) = ctx
        .verdict
        .filter(|verdict| verdict.link == LinkVerdict::Parked)
    else {
        return Vec::new();
    };
    let message = format!("the source is gone: {}", verdict.reason);
    let mut finding = ctx.finding_at(&PARKED_DOMAIN, "url", message);
    finding.evidence.clone_from(&verdict.evidence);
    original_status::propose(ctx, &mut finding, "unfit");
    vec![finding]
}
