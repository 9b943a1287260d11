//! Whether a hosting product says that it has no such site.

use super::answer::{Answer, evidence, is_mark, verdict};
use super::confidence::{MARK, WORDS};
use crate::model::{LinkVerdict, SignalKind, Verdict};

/// As for parked domains: a product's text decides, common words yield to the cited title.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    let signal = answer.standing(SignalKind::HostGone)?;
    let confidence = if is_mark(signal) { MARK } else { WORDS };
    let mut gone = verdict(
        LinkVerdict::Soft404,
        "the host has no such site",
        confidence,
    );
    gone.evidence.push(evidence(signal));
    Some(gone)
}
