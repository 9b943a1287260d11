//! Phrases of many languages, found in text whatever its case and punctuation.

use std::cmp::Reverse;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Longest excerpt of a signal, in characters.
const EXCERPT_CHARS: usize = 120;

/// A set of phrases from a data file of lines `language <TAB> phrase`.
pub(super) struct Phrases {
    search: Option<AhoCorasick>,
}

impl Phrases {
    pub(super) fn read(data: &'static str) -> Self {
        Self::read_where(data, |_| true)
    }

    /// The phrases of those lines whose third column, if there is one, is wanted.
    pub(super) fn read_where(data: &'static str, wanted: impl Fn(Option<&str>) -> bool) -> Self {
        let phrases: Vec<String> = data
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .map(|(_, rest)| {
                rest.split_once('\t')
                    .map_or((rest, None), |(a, b)| (a, Some(b)))
            })
            .filter(|(_, mark)| wanted(*mark))
            .map(|(phrase, _)| fold(phrase))
            .filter(|phrase| !phrase.is_empty())
            .collect();
        let search = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build(phrases)
            .ok();
        Self { search }
    }

    /// Where the longest phrase stands in the folded text: start and end. Phrases are parts of each
    /// other, and the longest says most.
    pub(super) fn find(&self, text: &str) -> Option<(usize, usize)> {
        self.find_folded(&fold(text))
    }

    /// As [`find`](Self::find) in a text that is folded already.
    pub(super) fn find_folded(&self, folded: &str) -> Option<(usize, usize)> {
        let whole = |start: usize, end: usize| {
            let before = folded
                .get(..start)
                .and_then(|head| head.chars().next_back());
            let after = folded.get(end..).and_then(|tail| tail.chars().next());
            !joins(before) && !joins_after(after)
        };
        self.search
            .as_ref()?
            .find_overlapping_iter(folded)
            .map(|found| (found.start(), found.end()))
            .filter(|(start, end)| whole(*start, *end))
            .max_by_key(|(start, end)| (end - start, Reverse(*start)))
    }

    /// Whether a word of the text begins as one of the phrases does, whatever its ending.
    pub(super) fn begins_in(&self, text: &str) -> bool {
        let folded = fold(text);
        self.search.as_ref().is_some_and(|search| {
            search.find_overlapping_iter(folded.as_str()).any(|found| {
                let before = folded.get(..found.start());
                !joins(before.and_then(|head| head.chars().next_back()))
            })
        })
    }
}

/// Whether a neighbouring character continues a word, in scripts that part words by spaces.
pub(super) fn joins(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphabetic() && c < '\u{0e00}')
}

/// As [`joins`]; endings may follow in the scripts whose languages decline by them.
fn joins_after(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphabetic() && c < '\u{0530}')
}

/// Lower case, one space between words, punctuation as space, typographic variants as one: so
/// that phrase and text compare.
pub(super) fn fold(text: &str) -> String {
    // Letters with marks are written in one piece or in two.
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => folded(text.chars(), text.len()),
        IsNormalized::No | IsNormalized::Maybe => folded(text.nfc(), text.len()),
    }
}

fn folded(text: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length);
    for c in text {
        match c {
            '’' | '‘' | 'ʼ' | '`' | '´' | 'ʻ' | '\'' => out.push('\''),
            // Joiners, soft hyphen and the dot that Turkish capital İ leaves.
            '\u{200c}' | '\u{200d}' | '\u{ad}' | '\u{307}' | '\u{640}' => {}
            'ي' | 'ى' => out.push('ی'),
            'ك' => out.push('ک'),
            'ё' | 'Ё' => out.push('е'),
            // Capital I lowers to i in other languages than Turkish.
            'ı' => out.push('i'),
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            _ if c.is_alphanumeric() || is_mark(c) => out.extend(c.to_lowercase()),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    // The combining dot of a lowered İ is dropped again.
    out.retain(|c| c != '\u{307}');
    out.truncate(out.trim_end().len());
    out
}

/// Vowel and tone signs, which belong to the letter before.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036f}' | '\u{0591}'..='\u{05c7}' | '\u{064b}'..='\u{065f}'
        | '\u{0900}'..='\u{0dff}' | '\u{0e31}'..='\u{0e4e}' | '\u{0eb1}'..='\u{0ece}'
        | '\u{0f18}'..='\u{0fbc}' | '\u{102b}'..='\u{109d}' | '\u{135d}'..='\u{135f}'
        | '\u{17b4}'..='\u{17d3}' | '\u{07a6}'..='\u{07b0}' | '\u{3099}'..='\u{309a}')
}

/// The start of a text on one line, at most [`EXCERPT_CHARS`] characters.
pub(super) fn excerpt(text: &str) -> String {
    let mut out = String::new();
    let mut chars = 0usize;
    for c in text.chars() {
        let space = c.is_whitespace() || c.is_control();
        if space && (out.ends_with(' ') || out.is_empty()) {
            continue;
        }
        chars += 1;
        if EXCERPT_CHARS < chars {
            out.pop();
            out.push('…');
            break;
        }
        out.push(if space { ' ' } else { c });
    }
    out.truncate(out.trim_end().len());
    out
}
