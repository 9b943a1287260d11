//! `ARC010` unknown-url-status.

use super::cs1;
use super::parameters::given;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Severity, UrlStatus};

declare_rule! {
    /// ## What it does
    /// Reports `url-status=bot: unknown`: a bot added an archived copy and could not tell whether
    /// the page still lives (CS1 maint: bot: original URL status unknown).
    ///
    /// ## Why it matters
    /// It waits for an editor who looks. CS1 does not link the page meanwhile.
    ///
    /// ## Example
    /// `|archive-url=… |url-status=bot: unknown`: look, then write `live`, `dead`, `deviated`,
    /// `unfit` or `usurped`.
    ///
    /// ## Limits
    /// Only templates of CS1, and only beside an `archive-url`; without one `url-status` says
    /// nothing (`url-status-without-archive`).
    UNKNOWN_URL_STATUS {
        code: "ARC010",
        name: "unknown-url-status",
        severity: Severity::Note,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let unknown = ctx.source.citation.url_status == Some(UrlStatus::BotUnknown);
    if !unknown || !cs1::is_rendered(ctx) || given(ctx, "archive-url").is_none() {
        return Vec::new();
    }
    let message = "a bot could not tell whether the page still lives; look and say so";
    let mut finding = ctx.finding_at(&UNKNOWN_URL_STATUS, "url-status", message);
    finding.evidence.extend(ctx.cited("url-status"));
    vec![finding]
}
