//! `LNK002` soft-404.

use super::archive_fix;
use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Reports pages that answer as if all were well but are error pages: "page not found" served
    /// with status 200, or a host that says that it has no such site.
    ///
    /// ## Why it matters
    /// The link looks alive to every tool that trusts the status, and supports nothing.
    ///
    /// ## Example
    /// `https://news.example/2019/quake` answers 200 with the title "Seite nicht gefunden" and
    /// hardly any text.
    ///
    /// ## Limits
    /// Several weak signals have to agree; one phrase alone never decides, because articles about
    /// error pages exist. A page with some of them, and not enough, is compared with what its host
    /// answers to an address that cannot exist: one request more for each such host. Error pages
    /// without known phrases on hosts that were not asked pass as alive.
    SOFT_404 {
        code: "LNK002",
        name: "soft-404",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let found = ctx.finding_if(&SOFT_404, LinkVerdict::Soft404, |reason| {
        format!("the page is an error page served as success: {reason}")
    });
    let Some(mut finding) = found else {
        return Vec::new();
    };
    archive_fix::offer(ctx, &mut finding);
    vec![finding]
}
