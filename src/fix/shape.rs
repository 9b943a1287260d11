//! What a fix must leave as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::{CheckedArticle, CheckedReference, Edit, ReferenceKind};

/// Whether an article that was edited has the same references as before, and no new fault.
///
/// References keep their number, their names, groups and uses, and each cites as many works as it
/// did; those that no edit touches say what they said. One that an edit replaces whole, as where
/// two of one content become one, may go; its names too if it has no use. `edits` are those of the
/// text `before`.
pub(super) fn is_kept(before: &CheckedArticle, edits: &[Edit], after: &CheckedArticle) -> bool {
    let mut gone = 0;
    let mut kinds: Vec<Kind<'_>> = Vec::new();
    let mut contents: BTreeMap<u64, usize> = BTreeMap::new();
    let mut needed: BTreeSet<Name<'_>> = BTreeSet::new();
    for reference in &before.references {
        let touch = touch(reference, edits);
        if !matches!(touch, Touch::Replaced) || 0 < reference.uses {
            needed.extend(names(reference));
        }
        match touch {
            Touch::Replaced => gone += 1,
            Touch::Edited => kinds.push(kind(reference)),
            Touch::None => {
                kinds.push(kind(reference));
                *contents.entry(content(reference)).or_default() += 1;
            }
        }
    }
    let mut kinds_after: Vec<Kind<'_>> = after.references.iter().map(kind).collect();
    kinds.sort_unstable();
    kinds_after.sort_unstable();
    for reference in &after.references {
        if let Some(count) = contents.get_mut(&content(reference)) {
            *count = count.saturating_sub(1);
        }
    }
    let uses = |article: &CheckedArticle| -> u64 {
        let uses = article.references.iter();
        uses.map(|reference| u64::from(reference.uses)).sum()
    };
    // A note that is replaced whole may hold others.
    let same_uses = uses(before) == uses(after) || (0 < gone && uses(before) <= uses(after));
    kinds == kinds_after
        && same_uses
        && contents.values().all(|count| *count == 0)
        && needed.is_subset(&after.references.iter().flat_map(names).collect())
        && has_no_more_faults(before, after)
}

type Kind<'a> = (Option<&'a str>, ReferenceKind, usize);

fn kind(reference: &CheckedReference) -> Kind<'_> {
    (
        reference.group.as_deref(),
        reference.kind,
        reference.further.len(),
    )
}

/// What edits do to a reference.
enum Touch {
    None,
    Edited,
    Replaced,
}

fn touch(reference: &CheckedReference, edits: &[Edit]) -> Touch {
    let (start, end) = (reference.span.start, reference.span.end);
    // Edits are in order and apart: only those from here on end behind the reference's start.
    let first = edits.partition_point(|edit| edit.end < start);
    let mut near = edits
        .get(first..)
        .unwrap_or_default()
        .iter()
        .take_while(|edit| edit.start <= end)
        .peekable();
    if near.peek().is_none() {
        Touch::None
    } else if near.any(|edit| edit.start <= start && end <= edit.end) {
        Touch::Replaced
    } else {
        Touch::Edited
    }
}

fn content(reference: &CheckedReference) -> u64 {
    let mut hasher = DefaultHasher::new();
    for work in reference.works() {
        work.template.hash(&mut hasher);
        work.citation.raw.hash(&mut hasher);
    }
    hasher.finish()
}

type Name<'a> = (Option<&'a str>, &'a str);

fn names(reference: &CheckedReference) -> impl Iterator<Item = Name<'_>> {
    let group = reference.group.as_deref();
    let names = reference.names.iter();
    names.map(move |name| (group, name.as_str()))
}

fn has_no_more_faults(before: &CheckedArticle, after: &CheckedArticle) -> bool {
    let count = |article: &CheckedArticle| {
        let mut faults: BTreeMap<String, usize> = BTreeMap::new();
        for problem in &article.problems {
            *faults.entry(problem.message.clone()).or_default() += 1;
        }
        faults
    };
    let known = count(before);
    let no_more = |(message, count): (&String, &usize)| {
        known.get(message).is_some_and(|known| count <= known)
    };
    count(after).iter().all(no_more)
}
