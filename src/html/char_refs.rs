//! Character references: `&amp;`, `&#8211;`.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Where a text stands decides how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextPlace {
    /// Between tags, or in an element such as `<title>`.
    Content,
    Attribute,
    /// In a script or another element whose text holds no references.
    Raw,
}

/// The longest name that needs no semicolon: `&frac12`, `&middot`.
const MAX_BARE_NAME: usize = 6;

/// Longer than any name.
const MAX_NAME: usize = 40;

/// A text with its references read, line ends as `\n` and U+0000 as U+FFFD.
pub(crate) fn decoded(text: &str, place: TextPlace) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let Some(mut special) = memchr::memchr3(b'&', b'\r', 0, bytes) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    loop {
        out.push_str(text.get(from..special).unwrap_or_default());
        let rest = text.get(special..).unwrap_or_default();
        from = special + take(rest, place, &mut out);
        let next = bytes.get(from..).unwrap_or_default();
        match memchr::memchr3(b'&', b'\r', 0, next) {
            Some(at) => special = from + at,
            None => break,
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// Reads what a text starts with; says how many bytes that was.
fn take(rest: &str, place: TextPlace, out: &mut String) -> usize {
    match rest.as_bytes() {
        [b'\r', b'\n', ..] => {
            out.push('\n');
            2
        }
        [b'\r', ..] => {
            out.push('\n');
            1
        }
        [0, ..] => {
            out.push('\u{fffd}');
            1
        }
        [b'&', b'#', ..] if place != TextPlace::Raw => numeric(rest, out),
        [b'&', next, ..] if next.is_ascii_alphanumeric() && place != TextPlace::Raw => {
            named(rest, place, out)
        }
        _ => {
            out.push('&');
            1
        }
    }
}

fn numeric(rest: &str, out: &mut String) -> usize {
    let bytes = rest.as_bytes();
    let (start, base) = match bytes.get(2) {
        Some(b'x' | b'X') => (3, 16),
        _ => (2, 10),
    };
    let digits = bytes.get(start..).unwrap_or_default();
    let digits = digits
        .iter()
        .map_while(|byte| char::from(*byte).to_digit(base));
    let (mut code, mut length) = (0u32, 0usize);
    for digit in digits {
        code = code.saturating_mul(base).saturating_add(digit);
        length += 1;
    }
    if length == 0 {
        out.push('&');
        return 1;
    }
    let c1 = code
        .checked_sub(0x80)
        .and_then(|at| C1_REPLACEMENTS.get(at as usize));
    let replaced = c1.copied().flatten();
    let character = replaced.or_else(|| char::from_u32(code).filter(|c| *c != '\0'));
    out.push(character.unwrap_or('\u{fffd}'));
    let end = start + length;
    end + usize::from(bytes.get(end) == Some(&b';'))
}

fn named(rest: &str, place: TextPlace, out: &mut String) -> usize {
    let bytes = rest.as_bytes();
    let letters = bytes.iter().skip(1).take(MAX_NAME);
    let letters = letters
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    if bytes.get(letters + 1) == Some(&b';') && push_entity(rest.get(1..letters + 2), out) {
        return letters + 2;
    }
    for length in (2..=letters.min(MAX_BARE_NAME)).rev() {
        let next = bytes.get(length + 1);
        let goes_on = next.is_some_and(|byte| *byte == b'=' || byte.is_ascii_alphanumeric());
        // `?a=1&copy=2` in an attribute is an address.
        if !(place == TextPlace::Attribute && goes_on) && push_entity(rest.get(1..=length), out) {
            return length + 1;
        }
    }
    out.push('&');
    1
}

fn push_entity(name: Option<&str>, out: &mut String) -> bool {
    // Beginnings of names are listed too, as no character.
    let known = name.and_then(|name| NAMED_ENTITIES.get(name));
    let Some((first, second)) = known.copied().filter(|(first, _)| *first != 0) else {
        return false;
    };
    let characters = [first, second].into_iter().filter(|code| *code != 0);
    out.extend(characters.filter_map(char::from_u32));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_the_standard_says() {
        for (text, expect) in [
            ("a & b", "a & b"),
            ("a&amp;b&lt;&nbsp;", "a&b<\u{a0}"),
            ("&copy 2024 &notit; &notin;", "© 2024 ¬it; ∉"),
            ("&#8211;&#x2013&#150;", "–––"),
            ("&#0;&#xd800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&#; &#x; &; &xnothing;", "&#; &#x; &; &xnothing;"),
            ("a\r\nb\rc\0", "a\nb\nc\u{fffd}"),
            ("&acE;", "\u{223e}\u{333}"),
        ] {
            assert_eq!(decoded(text, TextPlace::Content), expect, "{text:?}");
        }
    }

    #[test]
    fn addresses_in_attributes_are_left_alone() {
        let attribute = |text| decoded(text, TextPlace::Attribute);
        assert_eq!(attribute("?a=1&copy=2&regx&lt"), "?a=1&copy=2&regx<");
        assert_eq!(attribute("?a=1&amp;b"), "?a=1&b");
        assert_eq!(decoded("a &amp; b\r\n", TextPlace::Raw), "a &amp; b\n");
    }
}
