//! Byte offsets to lines and columns.

use crate::model::Span;

/// Bytes between two remembered places: a look-up counts at most this many.
const STRIDE: usize = 1024;

/// Finds line and column of any byte of a text in constant time.
///
/// Remembers the place of every 1024th byte, so that a file of one endless line costs no more
/// than any other.
#[derive(Debug)]
pub struct Places<'s> {
    source: &'s str,
    /// Line breaks, and characters since the last of them, before byte `index * STRIDE`.
    marks: Vec<(usize, usize)>,
}

impl<'s> Places<'s> {
    /// Measures a text.
    #[must_use]
    pub fn new(source: &'s str) -> Self {
        let (mut lines, mut column) = (0, 0);
        let marks = source
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let mark = (lines, column);
                (lines, column) = advance(mark, chunk);
                mark
            })
            .collect();
        Self { source, marks }
    }

    /// Line and column of byte `at`, both from 1; columns count Unicode scalar values.
    #[must_use]
    pub fn line_and_column(&self, at: usize) -> (usize, usize) {
        let block = (at / STRIDE).min(self.marks.len().saturating_sub(1));
        let mark = self.marks.get(block).copied().unwrap_or_default();
        let end = at.min(self.source.len());
        let bytes = self.source.as_bytes().get(block * STRIDE..end);
        let (lines, column) = advance(mark, bytes.unwrap_or_default());
        (lines + 1, column + 1)
    }

    /// The span of the bytes `start..end`.
    #[must_use]
    pub fn span(&self, start: usize, end: usize) -> Span {
        let (line, column) = self.line_and_column(start);
        Span {
            start,
            end,
            line,
            column,
        }
    }
}

fn advance((mut lines, mut column): (usize, usize), bytes: &[u8]) -> (usize, usize) {
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'\n', rest) {
        lines += 1;
        column = 0;
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    // Every byte but the continuation bytes 0b10xx_xxxx begins a character.
    column += rest
        .iter()
        .filter(|byte| **byte & 0b1100_0000 != 0b1000_0000)
        .count();
    (lines, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_on_the_line() {
        let text = "aé\n日本語x\n";
        let places = Places::new(text);
        assert_eq!(places.line_and_column(0), (1, 1));
        assert_eq!(places.line_and_column(3), (1, 3));
        assert_eq!(places.line_and_column(text.find('x').unwrap()), (2, 4));
        assert_eq!(places.line_and_column(text.len()), (3, 1));
    }

    #[test]
    fn places_after_the_first_stride_agree_with_counting() {
        let text = "ä語b\n".repeat(900);
        let places = Places::new(&text);
        for (at, _) in text.char_indices().step_by(7) {
            let before = text.get(..at).unwrap();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
            assert_eq!(places.line_and_column(at), (line, column));
        }
    }
}
