//! `LNK010` parked-domain.

use super::archive_fix;
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
    /// Without one, the archived copy that a search found and read, where archives are asked.
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
    let found = ctx.finding_if(&PARKED_DOMAIN, LinkVerdict::Parked, |reason| {
        format!("the source is gone: {reason}")
    });
    let Some(mut finding) = found else {
        return Vec::new();
    };
    original_status::propose(ctx, &mut finding, "unfit");
    archive_fix::offer(ctx, &mut finding);
    vec![finding]
}
