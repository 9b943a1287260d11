//! What a page may be called: every title as written and every stretch of one between two joints,
//! equal ones together.

use std::collections::{BTreeMap, BTreeSet};

use super::title_parts::{Joint, Parts, key};
use super::title_site::{Likeness, SiteNames};
use super::title_sources::{Heading, Place, Written};

/// Of a title of more parts only beginnings and ends are taken.
const MAX_PARTS_FOR_MIDDLES: usize = 5;

/// Candidates weighed of one page.
const MAX_CANDIDATES: usize = 200;

/// A text that may be the page's title.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) key: String,
    pub(super) text: String,
    /// Where it stands whole.
    pub(super) wholes: BTreeSet<Place>,
    /// Where it stands whole or as a stretch.
    pub(super) places: BTreeSet<Place>,
    /// The place that names it.
    pub(super) place: Place,
    pub(super) source: &'static str,
    /// How it was cut out, where nothing is cut off in the best case; `None` when it stands whole
    /// somewhere.
    pub(super) cut: Option<Cut>,
    /// What stands between its parts.
    pub(super) joints: Vec<Joint>,
    /// Whether its last part is the site's name.
    pub(super) ends_in_site: bool,
    /// Of the first `<h1>` that it is.
    pub(super) heading: Option<Heading>,
    /// Whether a machine's title of several parts begins with it.
    pub(super) begins_another: bool,
}

/// What was cut off a title to get a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cut {
    /// Parts that nothing shows to be the site's name.
    pub(super) unknown: usize,
    /// Whether such parts were cut off at a dash.
    pub(super) dash: bool,
    /// Whether such parts were cut off before it at a colon.
    pub(super) colon_before: bool,
    /// Whether such parts were cut off behind it at a colon.
    pub(super) colon_behind: bool,
}

/// All candidates, ascending by key.
pub(super) fn candidates(written: &[Written], site: &SiteNames) -> Vec<Candidate> {
    let mut all: BTreeMap<String, Candidate> = BTreeMap::new();
    for title in written {
        let parts = Parts::of(&title.text);
        let names: Vec<Likeness> = match parts.len() {
            0 | 1 => Vec::new(),
            count => (0..count)
                .map(|at| parts.text(at, at))
                .map(|text| site.likeness(text, &key(text)))
                .collect(),
        };
        let is_site = |part: usize| names.get(part) == Some(&Likeness::Same);
        for (from, to) in stretches(parts.len()) {
            let text = parts.text(from, to);
            let name = key(text);
            if name.chars().count() < 2 {
                continue;
            }
            let full = MAX_CANDIDATES <= all.len();
            if full && !all.contains_key(&name) {
                continue;
            }
            let whole = to + 1 - from == parts.len();
            let found = Candidate {
                key: name.clone(),
                text: text.to_owned(),
                wholes: whole.then_some(title.place).into_iter().collect(),
                places: BTreeSet::from([title.place]),
                place: title.place,
                source: title.source,
                cut: (!whole).then(|| cut(&parts, &names, from, to)),
                joints: parts.joints_within(from, to).to_vec(),
                ends_in_site: from < to && is_site(to),
                heading: title.heading.filter(|_| whole),
                begins_another: from == 0
                    && from == to
                    && !whole
                    && matches!(
                        title.place,
                        Place::OpenGraph | Place::Twitter | Place::Title
                    ),
            };
            match all.get_mut(&name) {
                Some(known) => known.merge(found),
                None => {
                    all.insert(name, found);
                }
            }
        }
    }
    all.into_values().collect()
}

/// First and last part of each stretch that is a candidate.
fn stretches(parts: usize) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for from in 0..parts {
        for to in from..parts {
            let middle = 0 < from && to + 1 < parts;
            if parts <= MAX_PARTS_FOR_MIDDLES || !middle {
                all.push((from, to));
            }
        }
    }
    all
}

fn cut(parts: &Parts<'_>, names: &[Likeness], from: usize, to: usize) -> Cut {
    let unknown = |name: &&Likeness| **name == Likeness::None;
    let before = names.iter().take(from).filter(unknown).count();
    let behind = names.iter().skip(to + 1).filter(unknown).count();
    let joint = |part: Option<usize>| part.and_then(|part| parts.joint_after(part));
    let is_colon = |part: Option<usize>| joint(part) == Some(Joint::Colon);
    let is_dash = |part: Option<usize>| joint(part) == Some(Joint::Dash);
    Cut {
        unknown: before + behind,
        dash: 0 < before && is_dash(from.checked_sub(1)) || 0 < behind && is_dash(Some(to)),
        colon_before: before == from && is_colon(from.checked_sub(1)),
        colon_behind: behind + to + 1 == parts.len() && is_colon(Some(to)),
    }
}

impl Candidate {
    /// Takes in an equal one. Whichever stands whole names both, and among those the better place.
    fn merge(&mut self, other: Self) {
        let better = (other.cut, other.place) < (self.cut, self.place);
        self.wholes.extend(other.wholes);
        self.places.extend(other.places);
        self.heading = self.heading.or(other.heading);
        self.begins_another |= other.begins_another;
        if better {
            self.key = other.key;
            self.text = other.text;
            self.place = other.place;
            self.source = other.source;
            self.joints = other.joints;
            self.ends_in_site = other.ends_in_site;
            self.cut = other.cut;
        }
    }
}
