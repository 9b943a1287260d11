//! Whether only a script would fill the page.

use super::answer::{Answer, evidence, verdict};
use super::confidence::OBSERVED;
use crate::model::{LinkVerdict, SignalKind, Verdict};

/// A shell without text is the same for every address and tells nothing; a title that is the cited
/// one tells enough.
pub(super) fn judge(answer: Answer<'_>) -> Option<Verdict> {
    let signal = answer.signal(SignalKind::ScriptOnly)?;
    let untitled = answer.page.is_some_and(|page| page.titles.is_empty());
    if answer.bears_title() || !(untitled || answer.has(SignalKind::NearEmpty)) {
        return None;
    }
    let reason = "only a script fills the page";
    let mut unknown = verdict(LinkVerdict::Unknown, reason, OBSERVED);
    unknown.evidence.push(evidence(signal));
    Some(unknown)
}
