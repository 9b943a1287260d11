//! Whether the page tells of a fault of its server.

use super::answer::{Answer, evidence, verdict};
use super::confidence::{WORDS, of_points};
use crate::model::{LinkVerdict, SignalKind, Verdict};

/// A heading that names a fault decides; one that only says that something went wrong needs a page
/// with hardly any text.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    if answer.bears_title() {
        return None;
    }
    let named = answer
        .signal(SignalKind::ServerTrouble)
        .map(|signal| (signal, WORDS));
    let vague = || {
        let signal = answer.signal(SignalKind::ErrorHeading)?;
        answer
            .has(SignalKind::NearEmpty)
            .then(|| (signal, of_points(1)))
    };
    let (signal, confidence) = named.or_else(vague)?;
    let mut trouble = verdict(
        LinkVerdict::Unstable,
        "the page tells of a fault",
        confidence,
    );
    trouble.evidence.push(evidence(signal));
    Some(trouble)
}
