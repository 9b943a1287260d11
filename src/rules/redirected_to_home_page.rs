//! `LNK004` redirected-to-home-page.

use super::archive_fix;
use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Reports URLs of a page that now lead to a site's front page.
    ///
    /// ## Why it matters
    /// Sites send addresses that they no longer know to the front page; the source is gone though
    /// the link answers.
    ///
    /// ## Example
    /// `https://news.example/2019/quake` → 302 → `https://news.example/`.
    ///
    /// ## Limits
    /// Silent when the front page bears the cited title. A visitor from elsewhere may be sent on
    /// differently, so this is a warning.
    REDIRECTED_TO_HOME_PAGE {
        code: "LNK004",
        name: "redirected-to-home-page",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let found = ctx.finding_if(
        &REDIRECTED_TO_HOME_PAGE,
        LinkVerdict::RedirectedToHomePage,
        |reason| format!("the page is no longer there: {reason}"),
    );
    let Some(mut finding) = found else {
        return Vec::new();
    };
    archive_fix::offer(ctx, &mut finding);
    vec![finding]
}
