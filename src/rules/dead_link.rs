//! `LNK001` dead-link.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{Evidence, Finding, LinkVerdict, Severity, UrlStatus};

declare_rule! {
    /// ## What it does
    /// Reports references whose URL is gone: the server says so (404, 410) or the host name no
    /// longer exists (link rot).
    ///
    /// ## Why it matters
    /// Readers cannot verify the statement that the reference supports.
    ///
    /// ## Example
    /// `{{cite web |url=https://news.example/2019/quake |title=Quake}}` where the server answers
    /// 404: an error. With `|archive-url=` at hand readers are sent to the copy, and the finding is
    /// a note; if the citation still says `|url-status=live` it is a warning, and the fix is
    /// `|url-status=dead`.
    ///
    /// ## Limits
    /// Answers that may pass (timeouts, 5xx, refused connections) are left to `unstable-link`, and
    /// refusals of robots (403, 429) to `blocked-by-site`: neither is proof that a page is gone.
    ///
    /// ## Fix
    /// For review: a site may be back tomorrow, and readers are then sent past it.
    DEAD_LINK {
        code: "LNK001",
        name: "dead-link",
        severity: Severity::Error,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(verdict) = ctx.verdict else {
        return Vec::new();
    };
    if !matches!(verdict.link, LinkVerdict::Gone | LinkVerdict::NoSuchHost) {
        return Vec::new();
    }
    let citation = &ctx.source.citation;
    let mut finding = ctx.finding_at(&DEAD_LINK, "url", format!("dead link: {}", verdict.reason));
    finding.evidence.clone_from(&verdict.evidence);
    if let Some(archive) = &citation.archive_url {
        finding
            .evidence
            .push(Evidence::new("archived copy", archive.clone(), "citation"));
        if citation.url_status == Some(UrlStatus::Live) {
            finding
                .message
                .push_str("; an archived copy is at hand, but the citation says live");
            finding.severity = Severity::Warning;
            finding.fix = ctx.replace_field(
                "say that the original is dead",
                "url-status",
                "dead".to_owned(),
            );
        } else {
            finding
                .message
                .push_str("; readers are sent to the archived copy");
            finding.severity = Severity::Note;
        }
    }
    vec![finding]
}
