//! `LNK012` content-drift.

use super::archive_fix;
use super::original_status;
use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Reports addresses that now hold another page than the one cited: title and text are about
    /// something else.
    ///
    /// ## Why it matters
    /// The link answers, and no longer supports what it is cited for.
    ///
    /// ## Example
    /// `|title=Quake shakes the northern coast |access-date=3 May 2019` where the page is headed "Ten
    /// quick dinners for the week" and was published in 2024.
    ///
    /// ## Limits
    /// Edited and translated titles are no drift: no word of the cited titles may be on the page's, in
    /// the same language, and the date of publication or the path of redirects has to show it, too.
    /// Where only the titles differ, `title-mismatch` speaks.
    ///
    /// ## Fix
    /// For review: with `|archive-url=` at hand, `|url-status=deviated`.
    /// Without one, the archived copy that a search found and read, where archives are asked.
    CONTENT_DRIFT {
        code: "LNK012",
        name: "content-drift",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let found = ctx.finding_if(&CONTENT_DRIFT, LinkVerdict::Drifted, |reason| {
        format!("the address holds another page: {reason}")
    });
    let Some(mut finding) = found else {
        return Vec::new();
    };
    original_status::propose(ctx, &mut finding, "deviated");
    archive_fix::offer(ctx, &mut finding);
    vec![finding]
}
