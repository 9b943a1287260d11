//! Whether only subscribers read all of the page.

use super::answer::{Answer, evidence, verdict};
use super::confidence::MARK;
use crate::model::{LinkVerdict, SignalKind, Verdict};

/// The page is there and its evidence counts; what is missing is the rest of the text.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    let signal = answer.signal(SignalKind::Paywall)?;
    let reason = "the page answers; only subscribers read all of it";
    let mut paid = verdict(LinkVerdict::Paywalled, reason, MARK);
    paid.evidence.push(evidence(signal));
    Some(paid)
}
