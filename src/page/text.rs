//! Pieces of text: cutting and white space.

/// Longest value kept of an attribute or a script's text, in bytes.
const MAX_VALUE_BYTES: usize = 4_000;

/// White space, and the characters that pages put in its place or between letters.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// The start of a value, cut at a character boundary.
pub(super) fn bounded(text: &str) -> &str {
    head(text, MAX_VALUE_BYTES)
}

/// At most so many bytes of a text, cut at a character boundary.
pub(super) fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// White space folded to single spaces.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
