//! `LNK011` usurped-domain.

use super::archive_fix;
use super::original_status;
use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Reports links under which another owner shows gambling and the like in the place of the source.
    ///
    /// ## Why it matters
    /// Lapsed domains are bought for the links that lead to them. Readers are sent to a business that
    /// the article never meant to recommend.
    ///
    /// ## Example
    /// A citation of "Minutes of the harbour council" whose page is titled, described and headed as an
    /// online casino.
    ///
    /// ## Limits
    /// Several signs have to agree: the cited title is known and nowhere on the page, title, description
    /// and headings advertise such a trade, and citation and address have no word of it. Citations
    /// without a title are never judged so. Look at the page before you accuse anybody.
    ///
    /// ## Fix
    /// For review: with `|archive-url=` at hand, `|url-status=usurped`.
    /// Without one, the archived copy that a search found and read, where archives are asked.
    USURPED_DOMAIN {
        code: "LNK011",
        name: "usurped-domain",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let found = ctx.finding_if(&USURPED_DOMAIN, LinkVerdict::Usurped, |reason| {
        format!("another owner's page stands under this address: {reason}")
    });
    let Some(mut finding) = found else {
        return Vec::new();
    };
    original_status::propose(ctx, &mut finding, "usurped");
    archive_fix::offer(ctx, &mut finding);
    vec![finding]
}
