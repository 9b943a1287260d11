//! Citations whose parts commas separate (CS2), where a comma may as well belong to a part.

use std::ops::Range;

use super::names;
use super::phrases::{WORDS, leading_word};
use super::place::{char_before, cut, trimmed};
use super::quotes::inside;
use super::rest::Rest;
use super::segments::{self, Cuts, Kind};

/// Longest list of a collection's editors, in bytes.
const LONGEST_EDITORS: usize = 400;

impl Rest<'_, '_> {
    /// Whether commas stand before all that shows the entry to be a citation, although nothing
    /// before the title did: `Title, Press, 2004, retrieved 4 May 2019`.
    pub(super) fn has_comma_tail(&self, from: usize) -> bool {
        let scan = self.scan;
        if self.commas || self.is_plain() {
            return false;
        }
        let mut phrases = scan.roles.iter().map(|(_, _, phrase)| phrase.start);
        if let Some(phrase) = phrases.find(|start| from < *start) {
            return is_behind_comma(scan.text, phrase) && self.has_comma_phrases(from);
        }
        let cuts = Cuts {
            whole: self.whole(),
            ..scan.plain_cuts()
        };
        let end = scan.shown(&(from..scan.end)).trim_end().ends_with('.');
        let one = segments::split(scan.text, from..scan.end, &cuts).len() == 1;
        let told = |at: usize| {
            let rest = cut(scan.text, at + 2..scan.end);
            let part = rest.split(", ").next().unwrap_or_default();
            matches!(segments::kind(part), Kind::Identifier | Kind::Pages)
        };
        let mut commas = scan.shown(&(from..scan.end)).match_indices(", ");
        one && !end && commas.any(|(at, _)| told(from + at))
    }

    /// Whether nothing but commas separates, so that a full stop belongs to a part.
    pub(super) fn is_unstopped(&self, from: usize) -> bool {
        let scan = self.scan;
        let mut phrases = scan
            .roles
            .iter()
            .filter(|(_, _, phrase)| from <= phrase.start);
        let stopped = || scan.shown(&(from..scan.end)).trim_end().ends_with('.');
        let told = if phrases.next().is_some() {
            self.has_comma_phrases(from)
        } else {
            !stopped()
        };
        self.commas && !self.is_plain() && told
    }

    fn has_comma_phrases(&self, from: usize) -> bool {
        let mut phrases = self.scan.roles.iter();
        phrases.all(|(_, _, phrase)| {
            phrase.start < from || is_behind_comma(self.scan.text, phrase.start)
        })
    }

    /// Whether the language's citations print commas of their own, or titles without marks.
    fn is_plain(&self) -> bool {
        WORDS.commas_of(self.scan.language)
            || self.scan.language.is_some_and(|tag| {
                WORDS.plain_titles.contains(tag.primary()) || matches!(tag.primary(), "zh" | "ja")
            })
    }

    /// Takes the editors of ", in Osei, Kofi (ed.), The book of waters"; gives where the text goes
    /// on.
    pub(super) fn editors_between(&mut self, from: usize) -> usize {
        let scan = self.scan;
        let start = super::head::skip(scan.text, from);
        let rest = cut(scan.text, start..scan.end);
        let Some(names) = leading_word(rest, &WORDS.r#in)
            .filter(|length| cut(rest, *length..rest.len()).starts_with(' '))
            .map(|length| start + length)
        else {
            return from;
        };
        let mut groups = scan.groups.iter().filter(|group| names < group.start);
        let mark = groups.find(|group| {
            let shown = scan.shown(&inside(scan.text, group)).to_lowercase();
            group.start - names <= LONGEST_EDITORS && WORDS.editors.contains(&shown)
        });
        let Some(mark) = mark else {
            return from;
        };
        let at = trimmed(scan.text, names..mark.end);
        let named = names::read(scan.shown(&at), scan.language);
        self.reading.names.editors = named.editors.into_iter().chain(named.authors).collect();
        self.reading.editors_at = Some(at);
        mark.end
    }

    /// Joins what "and" or a lower-case word continues: "Women, Water, and War".
    pub(super) fn join_listed(&self, texts: &mut Vec<Range<usize>>) {
        let scan = self.scan;
        if !self.commas {
            return;
        }
        let continues = |range: &Range<usize>| {
            let shown = scan.shown(range);
            let word = shown.split(' ').next().unwrap_or_default();
            matches!(word, "&" | "and") && shown.contains(' ')
        };
        let adjoins = |at: usize| {
            let pair = texts.get(at).zip(texts.get(at + 1));
            pair.is_some_and(|(a, b)| cut(scan.text, a.end..b.start).trim() == ",")
        };
        let last = texts.iter().take(5).rposition(continues);
        let Some(last) = last.filter(|last| 0 < *last && (0..*last).all(adjoins)) else {
            return;
        };
        if let (Some(first), Some(end)) = (texts.first(), texts.get(last)) {
            let whole = first.start..end.end;
            texts.splice(..=last, [whole]);
        }
    }
}

fn is_behind_comma(text: &str, at: usize) -> bool {
    let before = cut(text, 0..at).trim_end();
    matches!(char_before(before, before.len()), Some(',' | '،'))
}
