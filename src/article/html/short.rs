//! Short footnotes: entries that name a work by author and year and link to it.

use std::collections::HashMap;

use scraper::ElementRef;

use super::entries::Entry;
use super::sources::citations;
use super::visible::{Step, decoded, is_aside, walk};
use crate::model::{Reference, ReferenceKind};

/// The fragments of links to citations of the same page (`#CITEREFVale2019`), each once.
pub(super) fn targets(body: ElementRef<'_>) -> Vec<String> {
    let mut targets: Vec<String> = Vec::new();
    walk(body, &mut |step| {
        let Step::Enter(inner) = step else {
            return false;
        };
        let fragment = inner
            .value()
            .attr("href")
            .and_then(|href| href.split_once('#'))
            .map(|(_, fragment)| decoded(fragment))
            .filter(|fragment| fragment.starts_with("CITEREF"));
        if let Some(fragment) = fragment
            && targets.len() < MOST_TARGETS
            && !targets.contains(&fragment)
        {
            targets.push(fragment);
        }
        is_aside(&inner)
    });
    targets
}

/// Works that one entry points to; more is no short footnote.
const MOST_TARGETS: usize = 20;

/// Whether an entry is a short footnote: the wiki names it so, or its text begins with the link.
pub(super) fn is_short(entry: &Entry<'_>, body: ElementRef<'_>) -> bool {
    let id = entry.id.as_deref().unwrap_or_default();
    if id.starts_with("cite_note-FOOTNOTE") {
        return true;
    }
    let mut first = None;
    walk(body, &mut |step| {
        match step {
            Step::Text(text) if !text.trim().is_empty() => {
                first.get_or_insert(false);
            }
            Step::Enter(inner) => {
                let leads = |href: &str| href.contains("#CITEREF");
                if inner.value().attr("href").is_some_and(leads) {
                    first.get_or_insert(true);
                }
            }
            Step::Text(_) | Step::Leave(_) => {}
        }
        first.is_some()
    });
    first == Some(true)
}

/// Where the citations with an `id` of their own are: the number of their reference.
pub(super) fn numbers(entries: &[Entry<'_>], numbers: &[u32]) -> HashMap<String, u32> {
    let mut found = HashMap::new();
    for (entry, number) in entries.iter().zip(numbers) {
        for cite in citations(entry.element) {
            if let Some(id) = cite.value().attr("id") {
                found.entry(id.to_owned()).or_insert(*number);
            }
        }
    }
    found
}

/// Makes a reference point to the works that its links lead to.
pub(super) fn point(reference: &mut Reference, targets: &[String], works: &HashMap<String, u32>) {
    let numbers: Vec<u32> = targets
        .iter()
        .filter_map(|target| works.get(target))
        .copied()
        .collect();
    let Some(first) = reference.sources.first().cloned() else {
        return;
    };
    if reference.kind == ReferenceKind::ShortFootnote && 1 < targets.len() {
        let more = targets.len().saturating_sub(reference.sources.len());
        reference.sources.extend(std::iter::repeat_n(first, more));
    }
    for (source, number) in reference.sources.iter_mut().zip(numbers) {
        source.cites = Some(number);
    }
}
