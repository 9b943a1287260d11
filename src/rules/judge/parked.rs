//! Whether the domain is for sale, lapsed, or shows only advertisements.

use super::answer::{Answer, evidence, is_mark, verdict};
use super::confidence::{MARK, WORDS};
use crate::model::{LinkVerdict, SignalKind, Verdict};

/// Marks of a parking company decide; words do on pages that hold little else, unless the cited
/// title is there.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    let signal = answer.standing(SignalKind::Parked)?;
    let confidence = if is_mark(signal) { MARK } else { WORDS };
    let reason = "the domain is for sale or shows only advertisements";
    let mut parked = verdict(LinkVerdict::Parked, reason, confidence);
    parked.evidence.push(evidence(signal));
    Some(parked)
}
