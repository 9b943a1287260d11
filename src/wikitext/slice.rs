//! A stretch of the source that knows where it stands.

/// Part of a source text together with its byte offset in it.
///
/// Borrowed: making one copies nothing. All operations stay on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice<'s> {
    text: &'s str,
    start: usize,
}

impl<'s> Slice<'s> {
    /// The bytes `start..end` of `source`; empty at `start` when that is no valid range.
    #[must_use]
    #[inline]
    pub fn of(source: &'s str, start: usize, end: usize) -> Self {
        let text = source.get(start..end).unwrap_or_default();
        Self { text, start }
    }

    /// The text.
    #[must_use]
    #[inline]
    pub const fn text(self) -> &'s str {
        self.text
    }

    /// First byte in the source.
    #[must_use]
    #[inline]
    pub const fn start(self) -> usize {
        self.start
    }

    /// One past the last byte in the source.
    #[must_use]
    #[inline]
    pub const fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// Without white space at both ends.
    #[must_use]
    #[inline]
    pub fn trim(self) -> Self {
        let right = self.text.trim_ascii_end();
        let text = right.trim_ascii_start();
        let slice = Self {
            text,
            start: self.start + right.len() - text.len(),
        };
        let plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
        let bytes = text.as_bytes();
        if plain(bytes.first()) && plain(bytes.last()) {
            slice // most values: no character needs decoding
        } else {
            slice.trim_characters()
        }
    }

    fn trim_characters(self) -> Self {
        let right = self.text.trim_end();
        let text = right.trim_start();
        Self {
            text,
            start: self.start + right.len() - text.len(),
        }
    }

    /// Whether it covers nothing but white space.
    #[must_use]
    #[inline]
    pub fn is_blank(self) -> bool {
        self.text.trim_start().is_empty()
    }

    /// The part before byte `at` of the source and the part from there on; `None` outside the
    /// slice or inside a character.
    #[must_use]
    #[inline]
    pub fn split_at(self, at: usize) -> Option<(Self, Self)> {
        let (left, right) = self.text.split_at_checked(at.checked_sub(self.start)?)?;
        Some((
            Self {
                text: left,
                start: self.start,
            },
            Self {
                text: right,
                start: at,
            },
        ))
    }

    /// The parts before and after the ASCII character at byte `at` of the source.
    #[inline]
    pub(super) fn around(self, at: usize) -> Option<(Self, Self)> {
        let before = self.text.get(..at.checked_sub(self.start)?)?;
        let after = self.text.get(before.len() + 1..)?;
        let slice = |text, start| Self { text, start };
        Some((slice(before, self.start), slice(after, at + 1)))
    }
}
