//! `RUN001` unused-ignore.

use super::rule::{Check, FixAvailability, Needs, declare_rule};
use crate::model::{Evidence, Finding, Fix, Severity, Span};

declare_rule! {
    /// ## What it does
    /// Reports an `[[ignore]]` entry of the settings, or a `citecheck-ignore` comment of the article,
    /// that matched no finding.
    ///
    /// ## Why it matters
    /// The fault it hid is mended or its address has changed; left standing it will hide the next
    /// one.
    ///
    /// ## Example
    /// An ignore of `dead-link` for `https://news.example/` after the link was replaced.
    /// `<!-- citecheck-ignore: dead-link -- the host is slow -->` beside a link that answers again; the
    /// fix removes the comment.
    ///
    /// ## Limits
    /// Silent where what the ignore is about was not checked: rules about links and pages when the
    /// run is offline, is partial or took a part of the links, when the link was skipped, turned away
    /// or out of order, or the page could not be read; entries without `article` when no input cites
    /// their address. `{{cbignore}}` speaks to bots as well and is never called unused.
    UNUSED_IGNORE {
        code: "RUN001",
        name: "unused-ignore",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Run,
    }
}

/// The finding about an ignore that matched nothing.
///
/// `entry` is the entry for people (`dead-link at https://…`), `reason` what its author gave, and
/// `place` where it stands (`citecheck.toml:12`).
#[must_use]
pub fn unused_ignore(entry: &str, reason: &str, place: &str) -> Finding {
    let message = format!("the ignore of {entry} matched nothing; remove it");
    let mut finding = UNUSED_IGNORE.run_finding(message);
    finding
        .evidence
        .push(Evidence::new("reason given", reason, place.to_owned()));
    finding
}

/// The finding about a comment in the article by which nothing of those rules was ignored.
///
/// `place` is the reference that it is meant for and the comment.
#[must_use]
pub fn unused_inline_ignore(
    rules: &[&str],
    reason: Option<&str>,
    place: (u32, Span),
    fix: Option<Fix>,
) -> Finding {
    let message = format!(
        "the ignore of {} matched nothing; remove it",
        rules.join(", ")
    );
    let mut finding = UNUSED_IGNORE.run_finding(message);
    let (reference, span) = place;
    finding.reference = Some(reference);
    finding.span = Some(span);
    let reason = reason.map(|reason| Evidence::new("reason given", reason, "citecheck-ignore"));
    finding.evidence.extend(reason);
    finding.fix = fix;
    finding
}
