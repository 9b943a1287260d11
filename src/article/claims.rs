//! The sentences of an article that its reference marks stand behind.

use std::collections::BTreeMap;
use std::ops::Range;

use super::sentences::Sentences;
use crate::wikitext::MarkedText;

/// Most claims kept per reference; a source that a whole article rests on needs no more.
pub(super) const MOST: usize = 100;

/// The sentences of an article, for looking up the marks in it.
pub(super) struct Claims<'t> {
    text: &'t str,
    sentences: Sentences,
    places: BTreeMap<usize, usize>,
}

impl<'t> Claims<'t> {
    /// Finds the sentences of an article's text.
    pub(super) fn new(marked: &'t MarkedText) -> Self {
        let mut positions: Vec<usize> = marked.marks.iter().map(|mark| mark.at).collect();
        positions.sort_unstable();
        positions.dedup();
        Self {
            text: &marked.text,
            sentences: Sentences::new(&marked.text, &positions),
            places: marked
                .marks
                .iter()
                .map(|mark| (mark.tag, mark.at))
                .collect(),
        }
    }

    /// The sentences that the marks of those tags stand behind, in order, each once.
    pub(super) fn of(&self, tags: &[usize]) -> Vec<String> {
        let places = tags.iter().filter_map(|tag| self.places.get(tag).copied());
        self.at(&places.collect::<Vec<_>>())
    }

    /// The sentences that marks at those places of the text stand behind, in order, each once.
    pub(super) fn at(&self, places: &[usize]) -> Vec<String> {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for place in places {
            if let Some(sentence) = self.sentences.supporting(*place)
                && ranges.last() != Some(&sentence)
                && ranges.len() < MOST
            {
                ranges.push(sentence);
            }
        }
        let texts = ranges.into_iter().filter_map(|range| self.text.get(range));
        texts
            .map(without_gaps)
            .filter(|text| !text.is_empty())
            .collect()
    }
}

/// A sentence without the brackets and spaces that a template left behind.
pub(super) fn without_gaps(sentence: &str) -> String {
    let mut text = sentence
        .replace("( )", "")
        .replace("()", "")
        .replace("（）", "");
    for mark in [".", ","] {
        text = text.replace(&format!(" {mark}"), mark);
    }
    let text = text.replace("( ", "(");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
