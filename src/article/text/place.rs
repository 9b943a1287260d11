//! Where things stand: an entry's joined lines back to bytes of the input.

use std::ops::Range;

use crate::model::Span;

/// Byte offsets at which the lines of the input start.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The input's text at a range.
    pub(super) fn text(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let line = self.starts.partition_point(|start| *start <= range.start);
        let start = line.checked_sub(1).and_then(|at| self.starts.get(at));
        let before = self.text.get(start.copied().unwrap_or(0)..range.start);
        Span {
            start: range.start,
            end: range.end,
            line: line.max(1),
            column: before.map_or(0, |before| before.chars().count()) + 1,
        }
    }
}

/// An entry's text with its lines joined by single spaces, and where each piece came from.
#[derive(Debug, Default)]
pub(super) struct Joined {
    pub(super) text: String,
    /// Start in `text`, start in the input; ascending.
    pieces: Vec<(usize, usize)>,
}

impl Joined {
    /// Adds a piece of a line; `at` is where it starts in the input.
    pub(super) fn push(&mut self, piece: &str, at: usize) {
        if piece.is_empty() {
            return;
        }
        if !self.text.is_empty() && !is_one_word(&self.text, piece) {
            self.text.push(' ');
        }
        self.pieces.push((self.text.len(), at));
        self.text.push_str(piece);
    }

    /// The bytes of the input that a range of `text` came from.
    pub(super) fn in_input(&self, range: &Range<usize>) -> Range<usize> {
        let map = |offset: usize, pieces: usize| {
            let piece = pieces.checked_sub(1).and_then(|at| self.pieces.get(at));
            piece.map_or(offset, |(text, input)| offset - text + input)
        };
        let pieces_at_start = self.pieces.partition_point(|(at, _)| *at <= range.start);
        let pieces_at_end = self.pieces.partition_point(|(at, _)| *at < range.end);
        map(range.start, pieces_at_start)..map(range.end, pieces_at_end.max(pieces_at_start))
    }
}

/// Whether a line that ends with `before` was broken inside a word: behind a hyphen or dash that no
/// space precedes, inside an address, between characters of scripts without spaces.
fn is_one_word(before: &str, next: &str) -> bool {
    let tail = boundary(before, before.len().saturating_sub(400));
    let word = before.get(tail..).unwrap_or_default();
    let word = word.rsplit(char::is_whitespace).next().unwrap_or_default();
    let Some((last, first)) = before.chars().next_back().zip(next.chars().next()) else {
        return false;
    };
    if word.contains("://") {
        let goes_on = matches!(
            last,
            '/' | '-' | '_' | '?' | '&' | '=' | '%' | '#' | '+' | '~'
        );
        return goes_on && (first.is_alphanumeric() || "/?&=%#_-".contains(first));
    }
    let east_asian = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let hyphen = matches!(last, '-' | '–' | '\u{2010}' | '\u{ad}')
        && 1 < word.chars().count()
        && first.is_alphanumeric();
    hyphen || east_asian(last) && (east_asian(first) || matches!(first, '「' | '『' | '。' | '、'))
}

/// White space, and the marks of direction that wikis print beside it.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2060}' | '\u{feff}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The range without white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    stripped(text, range, is_blank)
}

/// The range without characters of a kind at its ends.
pub(super) fn stripped(
    text: &str,
    range: Range<usize>,
    kind: impl Fn(char) -> bool,
) -> Range<usize> {
    let Some(inner) = text.get(range.clone()) else {
        return range.start..range.start;
    };
    let start = range.start + (inner.len() - inner.trim_start_matches(&kind).len());
    let end = range.end - (inner.len() - inner.trim_end_matches(&kind).len());
    start..end.max(start)
}

/// The largest character boundary at or before `offset`.
pub(super) fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The text of a range; empty when there is none.
pub(super) fn cut(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// The character that ends before `offset`.
pub(super) fn char_before(text: &str, offset: usize) -> Option<char> {
    text.get(..offset)?.chars().next_back()
}

/// The character that starts at `offset`.
pub(super) fn char_at(text: &str, offset: usize) -> Option<char> {
    text.get(offset..)?.chars().next()
}
