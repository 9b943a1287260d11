//! The visible text of an element, with the bytes of the source that it came from.

use std::ops::Range;

use scraper::ElementRef;

use super::italics::is_italic;
use super::source::Page;
use super::visible::{Step, is_block, is_hidden, walk};
use crate::wikitext::decode_entities;

/// Longest character reference that is looked for, in bytes.
const LONGEST: usize = 40;

/// Visible text, white space collapsed; marks, back-links and complaints left out.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) text: String,
    /// By place in the text.
    pieces: Vec<Piece>,
    nodes: usize,
    /// What of the text is italic, by place.
    italics: Vec<Range<usize>>,
}

/// Characters that stand in the source one after another.
#[derive(Debug)]
struct Piece {
    shown: Range<usize>,
    source: Range<usize>,
    /// The text node that they are in.
    node: usize,
}

impl Piece {
    /// Whether the source has the characters as they are shown.
    fn is_literal(&self) -> bool {
        self.shown.len() == self.source.len()
    }
}

impl Shown {
    /// Reads an element of a page.
    pub(super) fn of(page: &Page<'_>, element: ElementRef<'_>) -> Self {
        let mut shown = Self::default();
        let mut at = page.tag(element).map(|tag| tag.end);
        let mut open: Vec<usize> = Vec::new();
        walk(element, &mut |step| match step {
            Step::Text(text) => {
                at = shown.add(page.source, text, at);
                false
            }
            Step::Enter(inner) => {
                let hidden = is_hidden(&inner);
                if !hidden && is_block(&inner) || inner.value().name() == "br" {
                    shown.push(' ', None);
                }
                at = if hidden {
                    page.range(inner).map(|range| range.end)
                } else {
                    page.tag(inner).map(|tag| tag.end)
                };
                if !hidden && is_italic(&inner) {
                    open.push(shown.text.len());
                }
                hidden
            }
            Step::Leave(inner) => {
                if is_italic(&inner)
                    && let Some(start) = open.pop()
                {
                    shown.italics.push(start..shown.text.len());
                }
                if is_block(&inner) {
                    shown.push(' ', None);
                }
                false
            }
        });
        if shown.text.ends_with(' ') {
            shown.text.pop();
        }
        shown
    }

    /// The bytes of the source that a range of the text came from; `None` unless they are one
    /// stretch of text between two tags.
    pub(super) fn in_source(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let piece = |at: usize| {
            let index = self.pieces.partition_point(|piece| piece.shown.end <= at);
            self.pieces.get(index).filter(|p| p.shown.contains(&at))
        };
        let first = piece(range.start)?;
        let last = piece(range.end.checked_sub(1)?)?;
        if first.node != last.node {
            return None;
        }
        let start = if first.is_literal() {
            first.source.start + (range.start - first.shown.start)
        } else {
            first.source.start
        };
        let end = if last.is_literal() {
            last.source.end - (last.shown.end - range.end)
        } else {
            last.source.end
        };
        Some(start..end)
    }

    /// The bytes of the source that show a value for the first time.
    pub(super) fn find(&self, value: &str) -> Option<Range<usize>> {
        if value.is_empty() {
            return None;
        }
        let at = self.text.find(value)?;
        self.in_source(&(at..at + value.len()))
    }

    /// Whether a value stands in italics where it is shown for the first time; `None` when it is
    /// not shown.
    pub(super) fn is_italic(&self, value: &str) -> Option<bool> {
        let at = self.text.find(value)?;
        let end = at + value.len();
        let mut italics = self.italics.iter();
        Some(italics.any(|italic| italic.start <= at && end <= italic.end))
    }

    /// Adds a text node that starts at a byte of the source or behind end tags there; gives where
    /// it ends.
    fn add(&mut self, source: &str, text: &str, at: Option<usize>) -> Option<usize> {
        self.nodes += 1;
        let mut at = at.map(|at| behind_ends(source, at));
        for c in text.chars() {
            let place = at.and_then(|at| Some(at..at + written(source.get(at..)?, c)?));
            at = place.as_ref().map(|place| place.end);
            self.push(c, place);
        }
        at
    }

    fn push(&mut self, c: char, place: Option<Range<usize>>) {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && (self.text.is_empty() || self.text.ends_with(' ')) {
            return;
        }
        let start = self.text.len();
        self.text.push(c);
        let Some(source) = place else { return };
        let shown = start..self.text.len();
        let literal = shown.len() == source.len();
        if let Some(last) = self.pieces.last_mut()
            && literal
            && last.is_literal()
            && last.node == self.nodes
            && last.source.end == source.start
            && last.shown.end == shown.start
        {
            last.source.end = source.end;
            last.shown.end = shown.end;
            return;
        }
        self.pieces.push(Piece {
            shown,
            source,
            node: self.nodes,
        });
    }
}

/// The first byte behind the end tags and comments that start at a byte.
fn behind_ends(source: &str, mut at: usize) -> usize {
    while let Some(rest) = source.get(at..) {
        let close = if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("</") {
            rest.find('>').map(|end| end + 1)
        } else {
            None
        };
        let Some(close) = close else { break };
        at += close;
    }
    at
}

/// How many bytes at the start of a source stand for a character.
pub(super) fn written(source: &str, c: char) -> Option<usize> {
    if source.starts_with(c) && c != '&' {
        return Some(c.len_utf8());
    }
    if c == '\n' && source.starts_with('\r') {
        return Some(if source.starts_with("\r\n") { 2 } else { 1 });
    }
    let reference = source.strip_prefix('&')?;
    let end = reference
        .bytes()
        .take(LONGEST)
        .position(|byte| byte == b';');
    let decoded = end.and_then(|end| {
        let length = end + 2;
        let decoded = decode_entities(source.get(..length)?);
        let mut characters = decoded.chars();
        (characters.next() == Some(c) && characters.next().is_none()).then_some(length)
    });
    decoded.or((c == '&').then_some(1))
}
