//! Entries that cite several works one after the other.

use std::ops::Range;

use super::phrases::WORDS;
use super::place::{char_before, cut, trimmed};
use super::quotes::closers;
use super::reading::{self, Reading};
use super::scan::Scan;
use crate::model::LanguageTag;

/// Most works of one entry that are told apart.
const MOST: usize = 8;
/// Most places that are tried.
const MOST_TRIED: usize = 24;

/// The ranges of the works that an entry cites, in order; all of it where they are not surely
/// several.
///
/// A work ends before a semicolon, or behind the dates with which templates end, when it has a
/// title and a date and what follows begins with a title in quotation marks, or with its authors
/// and their date, and has a work and a date of its own. A quotation that ends an entry has neither.
pub(super) fn split(text: &str, language: Option<&LanguageTag>) -> Vec<Range<usize>> {
    let whole = 0..text.len();
    let plain = language.is_some_and(|tag| {
        WORDS.plain_titles.contains(tag.primary()) || WORDS.commas_of(Some(tag))
    });
    let mut parts = Vec::new();
    let mut start = 0;
    let ends = if plain {
        Vec::new()
    } else {
        ends(text, language)
    };
    for end in ends.into_iter().take(MOST_TRIED) {
        let (before, behind) = (cut(text, start..end), cut(text, end..text.len()));
        let next = behind.trim_start_matches([';', '.', ' ']);
        if MOST <= parts.len() + 1 || !begins(next) {
            continue;
        }
        let first = reading::read(before, language);
        let second = reading::read(next, language);
        if is_whole(&first) && is_whole(&second) && is_told(&second, next) {
            parts.push(trimmed(text, start..end));
            start = text.len() - next.len();
        }
    }
    if parts.is_empty() {
        return vec![whole];
    }
    parts.push(trimmed(text, start..text.len()));
    parts
}

/// Where a work may end: before semicolons, and behind the last phrase of a row.
fn ends(text: &str, language: Option<&LanguageTag>) -> Vec<usize> {
    let semicolons = text.match_indices("; ").map(|(at, _)| at);
    let behind_quote = semicolons.filter(|at| {
        let next = cut(text, at + 2..text.len());
        next.starts_with(|c| closers(c).is_some())
    });
    let scan = Scan::new(text, language);
    let phrases = scan.roles.iter().filter_map(|(_, _, phrase)| {
        let rest = cut(text, phrase.end..text.len());
        let stop = usize::from(rest.starts_with('.'));
        (0 < stop || rest.starts_with(';')).then_some(phrase.end + stop)
    });
    let mut ends: Vec<usize> = behind_quote.take(MOST_TRIED).chain(phrases).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// Whether a text begins as a citation can.
fn begins(text: &str) -> bool {
    text.starts_with(|c: char| closers(c).is_some() || c.is_uppercase())
}

/// Whether what was read has what a citation has.
fn is_whole(reading: &Reading) -> bool {
    let dated = reading.date.is_some() || reading.access_date.is_some();
    let within = reading.work.is_some() || reading.publisher.is_some();
    reading.title.is_some() && dated && within
}

/// Whether a citation begins with a title in marks, or with authors whom its date follows.
fn is_told(reading: &Reading, text: &str) -> bool {
    let Some(title) = reading.title.as_ref() else {
        return false;
    };
    let marked = char_before(text, title.start).is_some_and(|c| closers(c).is_some());
    let dated = reading
        .date
        .as_ref()
        .is_some_and(|(_, at)| at.end < title.start);
    let named = reading.authors_at.is_some() || reading.editors_at.is_some();
    named && dated || marked && title.start <= 4
}
