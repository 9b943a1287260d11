//! `LNK007` unchecked-link.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Finding, LinkVerdict, Severity};

declare_rule! {
    /// ## What it does
    /// Reports URLs about which nothing can be said: not a web address, a private address, an
    /// answer that is not understood, a circle of redirects.
    ///
    /// ## Why it matters
    /// A link that was not checked must not pass for one that was.
    ///
    /// ## Example
    /// `|url=ftp://files.example/report.pdf`, or `|url=http://192.168.0.7/`.
    ///
    /// ## Limits
    /// Silent for links skipped because the run is offline, ended early or without a network, or
    /// replays a recording that lacks them: the summary counts those.
    UNCHECKED_LINK {
        code: "LNK007",
        name: "unchecked-link",
        severity: Severity::Note,
        fix: FixAvailability::Never,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(verdict) = ctx.verdict else {
        return Vec::new();
    };
    if !matches!(
        verdict.link,
        LinkVerdict::Unknown | LinkVerdict::UnsupportedScheme | LinkVerdict::PrivateAddress
    ) {
        return Vec::new();
    }
    let message = format!("the link could not be judged: {}", verdict.reason);
    let mut finding = ctx.finding_at(&UNCHECKED_LINK, "url", message);
    finding.evidence.clone_from(&verdict.evidence);
    vec![finding]
}
