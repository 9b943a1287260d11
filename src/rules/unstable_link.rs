//! `LNK006` unstable-link.

use super::archive_fix;
use super::dead_link::{confirmed, told};
use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Reports links that gave no page today for reasons that may pass: server errors (5xx),
    /// timeouts, refused or broken connections, certificate faults.
    ///
    /// ## Why it matters
    /// Readers may fail as well. Seen again and again it becomes link rot.
    ///
    /// ## Example
    /// `https://news.example/2019/quake` answers 503 three times; or its certificate has expired,
    /// so that browsers warn.
    ///
    /// ## Limits
    /// One run cannot tell an outage from an end, so this is never an error: the link is suspect.
    /// With a history, failures over several days are confirmed, and `dead-link` reports them.
    UNSTABLE_LINK {
        code: "LNK006",
        name: "unstable-link",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(verdict) = ctx.verdict.filter(|verdict| verdict.link.may_pass()) else {
        return Vec::new();
    };
    let opening = if verdict.link == LinkVerdict::TlsError {
        "browsers warn of this link"
    } else {
        "no page today, which may pass"
    };
    if confirmed(ctx).is_some() {
        return Vec::new();
    }
    let message = format!("{opening}: {}", verdict.reason);
    let mut finding = ctx.finding_at(&UNSTABLE_LINK, "url", message);
    finding.evidence.clone_from(&verdict.evidence);
    let history = ctx.link.and_then(|link| link.history.as_deref());
    finding.evidence.extend(history.into_iter().flat_map(told));
    archive_fix::offer(ctx, &mut finding);
    vec![finding]
}
