//! `RUN001` unused-ignore.

use super::rule::{Check, FixAvailability, Needs, declare_rule};
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an `[[ignore]]` entry of the settings that matched no finding.
    ///
    /// ## Why it matters
    /// The fault it hid is mended or its address has changed; left standing it will hide the next
    /// one.
    ///
    /// ## Example
    /// An ignore of `dead-link` for `https://news.example/` after the link was replaced.
    ///
    /// ## Limits
    /// Silent for ignores of link rules when the run is offline, is partial, or skipped the link:
    /// what was not checked cannot match.
    UNUSED_IGNORE {
        code: "RUN001",
        name: "unused-ignore",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
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
