//! `RUN002` stale-baseline.

use super::rule::{Check, FixAvailability, declare_rule};
use crate::model::{Evidence, Finding, Severity};

/// Most entries that are quoted.
const QUOTED: usize = 10;

declare_rule! {
    /// ## What it does
    /// Reports, once for a run, that a baseline holds findings that are found no more.
    ///
    /// ## Why it matters
    /// They were mended, or left the article with their reference. Left in the baseline they hide the
    /// same fault when it comes back; `--update-baseline` removes them.
    ///
    /// ## Example
    /// A baseline that knows a `dead-link` whose address was replaced since.
    ///
    /// ## Limits
    /// Silent about what the run did not look at: articles that are not among its inputs, links that
    /// were not asked or did not answer for good, pages that were not read; and altogether when it is
    /// partial, had trouble with the network, or was limited to a part.
    STALE_BASELINE {
        code: "RUN002",
        name: "stale-baseline",
        severity: Severity::Note,
        fix: FixAvailability::Never,
        check: Check::Run,
    }
}

/// The finding about entries of the baseline `name` that matched nothing; `None` if there are none.
#[must_use]
pub fn stale_baseline(name: &str, entries: &[String]) -> Option<Finding> {
    let message = match entries.len() {
        0 => return None,
        1 => format!("an entry of {name} is found no more; --update-baseline removes it"),
        many => {
            format!("{many} entries of {name} are found no more; --update-baseline removes them")
        }
    };
    let mut finding = STALE_BASELINE.run_finding(message);
    let quoted = entries.iter().take(QUOTED);
    (finding.evidence)
        .extend(quoted.map(|entry| Evidence::new("found no more", entry.clone(), name.to_owned())));
    Some(finding)
}
