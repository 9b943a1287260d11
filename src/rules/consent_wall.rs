//! `LNK015` consent-wall.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Reports links at which a question for consent stands in the page's place: cookies, tracking, or
    /// payment instead.
    ///
    /// ## Why it matters
    /// The page behind it was not read; nobody should take it for checked.
    ///
    /// ## Example
    /// `https://video.example/watch/7` leads to `https://consent.video.example/`.
    ///
    /// ## Limits
    /// Never says that the page behind it exists or does not. A banner on an article is no wall.
    CONSENT_WALL {
        code: "LNK015",
        name: "consent-wall",
        severity: Severity::Note,
        fix: FixAvailability::Never,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let found = ctx.finding_if(&CONSENT_WALL, LinkVerdict::ConsentWall, |reason| {
        format!("{reason}; check by hand")
    });
    found.into_iter().collect()
}
