//! One pass of edits.

use std::collections::BTreeMap;

use crate::model::{Edit, Fix};

/// A text with fixes applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The text; byte for byte the old one outside the edits.
    pub text: String,
    /// Positions of the fixes that were applied, in the list given, ascending.
    pub applied: Vec<usize>,
    /// Those that were not, in the order of the list.
    pub skipped: Vec<Skipped>,
    /// The edits made, by place.
    pub edits: Vec<Edit>,
}

/// A fix that was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// Its position in the list given.
    pub fix: usize,
    /// Why.
    pub reason: Unapplied,
}

/// Why a fix was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unapplied {
    /// Another fix edits the same place; it may be applied to the text that this one left.
    Conflict,
    /// Its edits lie outside the text, inside a character, or over each other.
    Invalid,
    /// Its edits change nothing.
    NoChange,
}

/// Applies the fixes that do not conflict.
///
/// Fixes are taken by the place of their first edit, then in the order given; one that edits what
/// another has edited, or inserts where another inserts or edits beside it, is skipped. A fix is
/// applied whole or not at all. No fix gives back the text byte for byte.
///
/// # Examples
///
/// ```
/// use citecheck::fix::apply;
/// use citecheck::model::{Edit, Fix, Safety};
///
/// let edit = Edit { start: 2, end: 3, replacement: "в".to_owned() };
/// let fix = Fix { description: "mend".to_owned(), safety: Safety::Safe, edits: vec![edit], summary: String::new() };
/// assert_eq!(apply("a-b-c", &[fix]).text, "a-в-c");
/// ```
#[must_use]
pub fn apply(text: &str, fixes: &[Fix]) -> Fixed {
    let mut order: Vec<(usize, &Fix)> = fixes.iter().enumerate().collect();
    order.sort_by_key(|(at, fix)| (fix.edits.iter().map(|edit| edit.start).min(), *at));
    let mut taken = Taken::default();
    let (mut applied, mut skipped) = (Vec::new(), Vec::new());
    for (at, fix) in order {
        match taken.take(text, fix) {
            Ok(()) => applied.push(at),
            Err(reason) => skipped.push(Skipped { fix: at, reason }),
        }
    }
    applied.sort_unstable();
    skipped.sort_by_key(|skipped| skipped.fix);
    let edits = taken.into_edits();
    Fixed {
        text: edited(text, &edits),
        applied,
        skipped,
        edits,
    }
}

/// The text with edits made that are in order and do not overlap.
pub(super) fn edited(text: &str, edits: &[Edit]) -> String {
    let mut result = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        result.push_str(text.get(at..edit.start).unwrap_or_default());
        result.push_str(&edit.replacement);
        at = edit.end;
    }
    result.push_str(text.get(at..).unwrap_or_default());
    result
}

/// The edits taken so far, by first and last byte.
#[derive(Default)]
struct Taken<'f>(BTreeMap<(usize, usize), &'f Edit>);

impl<'f> Taken<'f> {
    fn take(&mut self, text: &str, fix: &'f Fix) -> Result<(), Unapplied> {
        let mut edits: Vec<&Edit> = fix.edits.iter().collect();
        edits.sort_by_key(|edit| (edit.start, edit.end));
        let valid = |edit: &&Edit| text.get(edit.start..edit.end).is_some();
        let apart = edits.windows(2).all(|pair| match pair {
            [a, b] => are_apart((a.start, a.end), (b.start, b.end)),
            _ => true,
        });
        if edits.is_empty() || !apart || !edits.iter().all(valid) {
            return Err(Unapplied::Invalid);
        }
        let same = |edit: &&Edit| text.get(edit.start..edit.end) == Some(&edit.replacement);
        if edits.iter().all(same) {
            return Err(Unapplied::NoChange);
        }
        if edits.iter().any(|edit| self.is_taken(edit)) {
            return Err(Unapplied::Conflict);
        }
        for edit in edits {
            self.0.insert((edit.start, edit.end), edit);
        }
        Ok(())
    }

    fn is_taken(&self, edit: &Edit) -> bool {
        let place = (edit.start, edit.end);
        let before = self.0.range(..=place).next_back();
        let after = self.0.range(place..).next();
        // An insertion can stand just before an edit that begins where it does.
        [before, after]
            .into_iter()
            .flatten()
            .any(|(other, _)| !are_apart(*other, place) && !are_apart(place, *other))
    }

    fn into_edits(self) -> Vec<Edit> {
        self.0.into_values().cloned().collect()
    }
}

/// Whether the first stretch ends before the second: they may touch where both hold something.
const fn are_apart(first: (usize, usize), second: (usize, usize)) -> bool {
    let empty = first.0 == first.1 || second.0 == second.1;
    first.1 < second.0 || (first.1 == second.0 && !empty)
}
