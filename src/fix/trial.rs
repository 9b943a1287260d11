//! Which fixes of one pass do no harm, found in few readings.

use std::collections::VecDeque;

use super::apply::apply;
use super::shape;
use crate::model::{CheckedArticle, Edit, Fix};

/// Readings of the article in all, however short.
const MOST_READINGS: usize = 300;

/// Readings of the article in all, however long.
const LEAST_READINGS: usize = 40;

/// Bytes read in all, between those bounds.
const MOST_BYTES: usize = 32 << 20;

/// What reads the article, as often as it may.
pub(super) struct Readings<'a> {
    judge: &'a mut dyn FnMut(&str) -> CheckedArticle,
    left: usize,
}

impl<'a> Readings<'a> {
    /// As many as are sensible for a text of so many bytes.
    pub(super) fn of(bytes: usize, judge: &'a mut dyn FnMut(&str) -> CheckedArticle) -> Self {
        let left = (MOST_BYTES / bytes.max(1)).clamp(LEAST_READINGS, MOST_READINGS);
        Self { judge, left }
    }

    /// Reads a text; `None` when that was done too often.
    pub(super) fn read(&mut self, text: &str) -> Option<CheckedArticle> {
        self.left = self.left.checked_sub(1)?;
        Some((self.judge)(text))
    }

    pub(super) fn are_out(&self) -> bool {
        self.left == 0
    }
}

/// A text with fixes made that do no harm together.
pub(super) struct Good {
    /// The text.
    pub(super) text: String,
    /// The edits that give it.
    pub(super) edits: Vec<Edit>,
    /// What it says.
    pub(super) article: CheckedArticle,
    /// Positions of the fixes made, in the list given, ascending.
    pub(super) made: Vec<usize>,
}

/// What became of fixes that were tried.
#[derive(Default)]
pub(super) struct Tried {
    /// What was made; `None` where nothing was.
    pub(super) good: Option<Good>,
    /// Positions of the fixes that do harm.
    pub(super) harmful: Vec<usize>,
    /// Positions of those for which no reading was left.
    pub(super) untried: Vec<usize>,
}

/// Fixes that are made together or not at all.
struct Group {
    fixes: Vec<usize>,
    /// How many fixes were made when this and the next group did harm together; `None` where the
    /// next is not its other half.
    apart_at: Option<usize>,
    /// How many fixes are made when it is known to do harm.
    harmful_at: Option<usize>,
}

/// Makes all of `fixes`, positions in `list` of fixes that do not conflict, that do no harm.
///
/// All are tried at once; those that do harm are halved, the largest groups first, so that what is
/// left when the readings run out is small. One half of the readings stays for later passes.
pub(super) fn try_fixes(
    article: &CheckedArticle,
    text: &str,
    (list, fixes): (&[Fix], Vec<usize>),
    readings: &mut Readings<'_>,
) -> Tried {
    let mut tried = Tried::default();
    let mut share = readings.left.div_ceil(2);
    let mut open = VecDeque::from([Group {
        fixes,
        apart_at: None,
        harmful_at: None,
    }]);
    while let Some(group) = open.pop_front() {
        let made = tried.good.as_ref().map_or(&[][..], |good| &good.made);
        let count = made.len();
        if group.harmful_at != Some(count) {
            let all: Vec<usize> = made.iter().chain(&group.fixes).copied().collect();
            let chosen: Vec<Fix> = all.iter().filter_map(|at| list.get(*at).cloned()).collect();
            let fixed = apply(text, &chosen);
            let after = if share == 0 {
                None
            } else {
                readings.read(&fixed.text)
            };
            let Some(after) = after else {
                tried.untried.extend(group.fixes);
                continue;
            };
            share -= 1;
            if shape::is_kept(article, &fixed.edits, &after) {
                tried.good = Some(Good {
                    text: fixed.text,
                    edits: fixed.edits,
                    article: after,
                    made: all,
                });
                // The other half is then to blame.
                if let (true, Some(other)) = (group.apart_at == Some(count), open.front_mut()) {
                    other.harmful_at = Some(count + group.fixes.len());
                }
                continue;
            }
        }
        match group.fixes.split_at_checked(group.fixes.len() / 2) {
            Some((left, right)) if !left.is_empty() => {
                open.push_back(Group {
                    fixes: left.to_vec(),
                    apart_at: Some(count),
                    harmful_at: None,
                });
                open.push_back(Group {
                    fixes: right.to_vec(),
                    apart_at: None,
                    harmful_at: None,
                });
            }
            Some(_) | None => tried.harmful.extend(group.fixes),
        }
    }
    if let Some(good) = &mut tried.good {
        good.made.sort_unstable();
    }
    tried
}
