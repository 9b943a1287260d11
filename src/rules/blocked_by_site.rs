//! `LNK005` blocked-by-site.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Reports sites that turn citecheck away: 401, 403, 407, 429, 451, 999, bot checks, refusals
    /// for legal reasons or by country, and what some well-known sites answer to robots instead
    /// (503, 418 and others).
    ///
    /// ## Why it matters
    /// Nothing is known about the link; a reader with a browser will often see the page. It is
    /// listed so that nobody takes it for checked.
    ///
    /// ## Example
    /// `https://journal.example/article/7` answers 403 with a Cloudflare challenge.
    ///
    /// ## Limits
    /// Never says that the page exists or does not.
    BLOCKED_BY_SITE {
        code: "LNK005",
        name: "blocked-by-site",
        severity: Severity::Note,
        fix: FixAvailability::Never,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let found = ctx.finding_if(&BLOCKED_BY_SITE, LinkVerdict::Blocked, |reason| {
        format!("the site turns robots away ({reason}); check by hand")
    });
    found.into_iter().collect()
}
