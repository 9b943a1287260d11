//! `LNK001` dead-link.

use jiff::Timestamp;

use super::archive_fix;
use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::model::{
    Evidence, FailureKind, FetchResult, Finding, LinkFacts, LinkHistory, LinkVerdict, Severity,
    UrlStatus,
};

declare_rule! {
    /// ## What it does
    /// Reports references whose URL is gone: the server says so (404, 410), the host name no
    /// longer exists, or the history confirms that it has failed for long (link rot).
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
    /// A link that answers 503 is confirmed dead at the third failure, each at least three days
    /// after the one counted before it, with no page in between (`confirm` in `[history]`).
    ///
    /// ## Limits
    /// Answers that may pass (timeouts, 5xx, refused connections) are left to `unstable-link`
    /// until the history confirms them; without a history they stay there. Refusals of robots
    /// (403, 429) are left to `blocked-by-site`: they prove nothing, however often they come.
    ///
    /// ## Fix
    /// For review: a site may be back tomorrow, and readers are then sent past it. Where an archive
    /// was asked and has a copy that shows the page, the fix cites it.
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
    let history = ctx.link.and_then(|link| link.history.as_deref());
    let message = if matches!(verdict.link, LinkVerdict::Gone | LinkVerdict::NoSuchHost) {
        format!("dead link: {}", verdict.reason)
    } else if let Some(confirmed) = confirmed(ctx) {
        format!("dead link: {}; {confirmed}", verdict.reason)
    } else {
        return Vec::new();
    };
    let citation = &ctx.source.citation;
    let mut finding = ctx.finding_at(&DEAD_LINK, "url", message);
    finding.evidence.clone_from(&verdict.evidence);
    finding.evidence.extend(history.into_iter().flat_map(told));
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
    archive_fix::offer(ctx, &mut finding);
    vec![finding]
}

/// What confirms that failures that may pass have not: `confirmed: 3 failures since 2026-03-01`.
///
/// Only of a link that fails today as well, in a way that leaves readers without the page: the
/// verdicts that a history counts.
pub(super) fn confirmed(ctx: &SourceContext<'_>) -> Option<String> {
    let (history, since) = confirmation(ctx.link?, ctx.verdict?.link)?;
    let failures = history.failures;
    let s = if failures == 1 { "" } else { "s" };
    Some(format!(
        "confirmed: {failures} failure{s} since {}",
        day(since)
    ))
}

/// Whether the history confirms that a link judged so is dead, though its failure may pass.
#[must_use]
pub fn is_confirmed_dead(link: &LinkFacts, verdict: LinkVerdict) -> bool {
    confirmation(link, verdict).is_some()
}

fn confirmation(link: &LinkFacts, verdict: LinkVerdict) -> Option<(&LinkHistory, Timestamp)> {
    let fails = verdict.may_pass()
        && (verdict != LinkVerdict::Unstable || !has_page(link) && !may_be_our_network(link))
        && (verdict != LinkVerdict::TlsError || !has_certificate_fault(link));
    let history = link
        .history
        .as_deref()
        .filter(|history| history.confirmed)?;
    let since = history.dead_since?;
    (fails && since <= link.outcome.fetched_at).then_some((history, since))
}

/// Whether the server says that it gave the page, whatever the page tells: only reading judges it.
fn has_page(link: &LinkFacts) -> bool {
    match &link.outcome.result {
        FetchResult::Response(response) => (200..300).contains(&response.status),
        FetchResult::Failed(_) | FetchResult::Skipped(_) => false,
    }
}

/// Whether the name could not be looked up just now, or there is no way to the host: as likely our
/// own trouble.
fn may_be_our_network(link: &LinkFacts) -> bool {
    match &link.outcome.result {
        FetchResult::Failed(failure) => matches!(
            failure.kind,
            FailureKind::DnsTemporary | FailureKind::Unreachable
        ),
        FetchResult::Response(_) | FetchResult::Skipped(_) => false,
    }
}

/// Whether a certificate is what keeps the page away: browsers let readers through.
fn has_certificate_fault(link: &LinkFacts) -> bool {
    match &link.outcome.result {
        FetchResult::Failed(failure) => matches!(
            failure.kind,
            FailureKind::TlsExpired | FailureKind::TlsWrongHost | FailureKind::TlsUnknownIssuer
        ),
        FetchResult::Response(_) | FetchResult::Skipped(_) => false,
    }
}

/// What the history tells of a link that fails.
pub(super) fn told(history: &LinkHistory) -> Vec<Evidence> {
    let Some(since) = history.dead_since else {
        return Vec::new();
    };
    let alive = history
        .last_alive
        .map_or_else(|| "not since it was first seen".to_owned(), day);
    vec![
        Evidence::new("failing since", day(since), "history"),
        Evidence::new("counted failures", history.failures.to_string(), "history"),
        Evidence::new("last alive", alive, "history"),
    ]
}

/// The day of an instant, UTC.
fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}
