//! Passes of fixes until nothing is left to fix.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::apply::{Unapplied, apply};
use super::compose::Pieces;
use super::trial::{Readings, try_fixes};
use crate::model::{CheckedArticle, Edit, Finding, Fix, Safety};

/// Passes over one article; each conflict of two fixes takes one.
const MOST_ROUNDS: usize = 100;

/// How often all is begun again without the fixes that did no good.
const MOST_RESTARTS: usize = 20;

/// Times that a settled text is fixed once more, to see that nothing changes.
const MOST_CONFIRMATIONS: usize = 4;

/// Which fixes are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Also those that an editor should review.
    pub review: bool,
    /// Names of the rules whose fixes are made; empty for all.
    pub rules: Vec<String>,
}

/// A fix that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedFix {
    /// Name of the rule.
    pub rule: String,
    /// Number of the reference when it was made.
    pub reference: Option<u32>,
    /// What it does.
    pub description: String,
}

/// A fix that was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedFix {
    /// The fix.
    pub fix: AppliedFix,
    /// Why it was not made.
    pub why: Dropped,
}

/// Why a fix was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dropped {
    /// Its edits lie outside the text or change nothing.
    Invalid,
    /// With it, the article does not have the same references any more, or has a new fault.
    Harmful,
    /// Its finding stays, or comes back.
    Useless,
    /// The article had been read too often when its turn came; a further run may make it.
    Untried,
}

/// An article when nothing is left to fix.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// The text.
    pub text: String,
    /// The edits of the first text that give it, by place; none where nothing was fixed.
    pub edits: Vec<Edit>,
    /// The fixes made, in the order made.
    pub applied: Vec<AppliedFix>,
    /// Those that were not.
    pub dropped: Vec<DroppedFix>,
    /// The article as it is now.
    pub article: CheckedArticle,
}

/// Makes the selected fixes, pass by pass, until none is left.
///
/// `judge` reads a text and says what the rules find in it. After each pass the article must have
/// the same references and no new fault, else the fixes that are to blame are dropped; so are those
/// that leave their finding as it was, and those that undo each other. The article is read a few
/// hundred times at most, fewer if it is long; where that is too few, what is left is
/// [`Dropped::Untried`]. Else settling the settled text changes nothing.
pub fn settle(
    text: &str,
    selection: &Selection,
    judge: &mut dyn FnMut(&str) -> CheckedArticle,
) -> Settled {
    let first = judge(text);
    let mut readings = Readings::of(text.len(), judge);
    let mut settled = settle_once(text, first, selection, &mut readings);
    for _ in 0..MOST_CONFIRMATIONS {
        if readings.are_out() || settled.dropped.is_empty() || settled.edits.is_empty() {
            break;
        }
        // What was dropped may do good now.
        let first = settled.article.clone();
        let again = settle_once(&settled.text, first, selection, &mut readings);
        if again.edits.is_empty() {
            break;
        }
        let mut pieces = Pieces::whole(text.len());
        pieces.edit(&settled.edits);
        pieces.edit(&again.edits);
        settled.edits = pieces.edits(text);
        settled.text = again.text;
        settled.applied.extend(again.applied);
        settled.dropped = again.dropped;
        settled.article = again.article;
    }
    settled
}

fn settle_once(
    text: &str,
    first: CheckedArticle,
    selection: &Selection,
    readings: &mut Readings<'_>,
) -> Settled {
    let mut blocked = Blocked::default();
    for _ in 0..MOST_RESTARTS {
        let mut run = Run::of(text, first.clone());
        if run.settles(selection, &mut blocked, readings) {
            return Settled {
                edits: run.pieces.edits(text),
                text: run.text,
                applied: run.applied,
                dropped: blocked.dropped,
                article: run.article,
            };
        }
    }
    // Fixes that never come to rest are left to the editor, all of them.
    Settled {
        text: text.to_owned(),
        edits: Vec::new(),
        applied: Vec::new(),
        dropped: blocked.dropped,
        article: first,
    }
}

/// A fix, told apart from all others by what it does to which bytes of the first text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    rule: String,
    origin: usize,
    edits: Vec<(String, String)>,
}

/// The fixes that are not made any more.
#[derive(Debug, Default)]
struct Blocked {
    keys: BTreeSet<Key>,
    dropped: Vec<DroppedFix>,
}

impl Blocked {
    fn block(&mut self, candidate: &Candidate, why: Dropped) {
        if self.keys.insert(candidate.key.clone()) {
            let fix = candidate.shown.clone();
            self.dropped.push(DroppedFix { fix, why });
        }
    }
}

/// A fix of the text as it is now.
#[derive(Debug, Clone)]
struct Candidate {
    key: Key,
    shown: AppliedFix,
    fix: Fix,
}

/// The passes over one text.
struct Run {
    text: String,
    pieces: Pieces,
    article: CheckedArticle,
    applied: Vec<AppliedFix>,
    /// What was made, by its key.
    done: BTreeMap<Key, Candidate>,
    /// Hashes of the texts that came up.
    seen: BTreeSet<u64>,
}

/// What a pass made of the text.
struct Pass {
    text: String,
    edits: Vec<Edit>,
    article: CheckedArticle,
    made: Vec<Candidate>,
}

impl Run {
    fn of(text: &str, article: CheckedArticle) -> Self {
        Self {
            text: text.to_owned(),
            pieces: Pieces::whole(text.len()),
            article,
            applied: Vec::new(),
            done: BTreeMap::new(),
            seen: BTreeSet::from([hash(text)]),
        }
    }

    /// Goes on until nothing is left to fix; `false` when a fix turned out to do no good and all
    /// must be begun again without it.
    fn settles(
        &mut self,
        selection: &Selection,
        blocked: &mut Blocked,
        readings: &mut Readings<'_>,
    ) -> bool {
        for _ in 0..MOST_ROUNDS {
            let mut candidates = self.candidates(selection);
            candidates.retain(|candidate| !blocked.keys.contains(&candidate.key));
            let mut repeated = candidates
                .iter()
                .filter(|candidate| self.done.contains_key(&candidate.key))
                .peekable();
            if repeated.peek().is_some() {
                repeated.for_each(|candidate| blocked.block(candidate, Dropped::Useless));
                return false;
            }
            let Some(pass) = self.pass(&candidates, blocked, readings) else {
                return true;
            };
            if !self.seen.insert(hash(&pass.text)) {
                let circle = self.done.values().chain(&pass.made);
                circle.for_each(|candidate| blocked.block(candidate, Dropped::Useless));
                return false;
            }
            self.take(pass);
        }
        // Each pass gave cause for another one.
        let last = self.candidates(selection);
        let endless = self.done.values().chain(&last);
        endless.for_each(|candidate| blocked.block(candidate, Dropped::Useless));
        false
    }

    fn take(&mut self, pass: Pass) {
        self.pieces.edit(&pass.edits);
        self.text = pass.text;
        self.article = pass.article;
        for candidate in pass.made {
            self.applied.push(candidate.shown.clone());
            self.done.insert(candidate.key.clone(), candidate);
        }
    }

    /// The selected fixes of the article as it is now.
    fn candidates(&self, selection: &Selection) -> Vec<Candidate> {
        let mut chosen: Vec<(&Finding, &Fix)> = self
            .article
            .findings
            .iter()
            .filter(|finding| selection.takes_rule(&finding.name))
            .filter_map(|finding| Some((finding, finding.fix.as_ref()?)))
            .filter(|(_, fix)| selection.review || fix.safety == Safety::Safe)
            .collect();
        let start = |fix: &Fix| fix.edits.iter().map(|edit| edit.start).min().unwrap_or(0);
        chosen.sort_by_key(|(_, fix)| start(fix));
        let starts: Vec<usize> = chosen.iter().map(|(_, fix)| start(fix)).collect();
        let origins = self.pieces.origins(&starts);
        let of = |edit: &Edit| {
            let old = self.text.get(edit.start..edit.end).unwrap_or_default();
            (old.to_owned(), edit.replacement.clone())
        };
        chosen
            .into_iter()
            .zip(origins)
            .map(|((finding, fix), origin)| Candidate {
                key: Key {
                    rule: finding.name.to_string(),
                    origin,
                    edits: fix.edits.iter().map(of).collect(),
                },
                shown: AppliedFix {
                    rule: finding.name.to_string(),
                    reference: finding.reference,
                    description: fix.description.clone(),
                },
                fix: fix.clone(),
            })
            .collect()
    }

    /// Makes one pass; `None` where nothing is made.
    fn pass(
        &self,
        candidates: &[Candidate],
        blocked: &mut Blocked,
        readings: &mut Readings<'_>,
    ) -> Option<Pass> {
        let fixes: Vec<Fix> = candidates.iter().map(|one| one.fix.clone()).collect();
        let fixed = apply(&self.text, &fixes);
        for skipped in &fixed.skipped {
            match skipped.reason {
                Unapplied::Invalid | Unapplied::NoChange => {
                    if let Some(candidate) = candidates.get(skipped.fix) {
                        blocked.block(candidate, Dropped::Invalid);
                    }
                }
                Unapplied::Conflict => {}
            }
        }
        if fixed.applied.is_empty() {
            return None;
        }
        let tried = try_fixes(&self.article, &self.text, (&fixes, fixed.applied), readings);
        for (positions, why) in [
            (&tried.harmful, Dropped::Harmful),
            (&tried.untried, Dropped::Untried),
        ] {
            let found = positions.iter().filter_map(|at| candidates.get(*at));
            found.for_each(|candidate| blocked.block(candidate, why));
        }
        let good = tried.good?;
        let made = good.made.iter().filter_map(|at| candidates.get(*at));
        Some(Pass {
            text: good.text,
            edits: good.edits,
            article: good.article,
            made: made.cloned().collect(),
        })
    }
}

impl Selection {
    fn takes_rule(&self, name: &str) -> bool {
        self.rules.is_empty() || self.rules.iter().any(|rule| rule == name)
    }

    /// How many fixes of an article this leaves to an editor.
    #[must_use]
    pub fn left_for_review(&self, article: &CheckedArticle) -> usize {
        let fixes = article
            .findings
            .iter()
            .filter(|finding| self.takes_rule(&finding.name))
            .filter_map(|finding| finding.fix.as_ref());
        let left = fixes.filter(|fix| fix.safety == Safety::Review && !self.review);
        left.count()
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
