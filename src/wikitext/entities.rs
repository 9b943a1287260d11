//! Character references: `&nbsp;`, `&#8211;`, `&#x2013;`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Longest reference that is looked for, `&` and `;` included.
const LONGEST: usize = 12;

static NAMED: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    include_str!("data/entities.tsv")
        .lines()
        .filter_map(|line| {
            let (name, code) = line.split_once('\t')?;
            let code = u32::from_str_radix(code, 16).ok()?;
            Some((name, char::from_u32(code)?))
        })
        .collect()
});

/// The character that the reference at the start of `text` stands for, and the reference's length
/// in bytes; `None` when `text` does not begin with one.
pub(super) fn decode(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = rest.get(..end)?;
    let character = match name.strip_prefix('#') {
        Some(digits) => {
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => digits.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => *NAMED.get(name)?,
    };
    Some((character, end + 2))
}

/// Replaces the character references in a text.
#[must_use]
pub fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.find('&').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(before);
        let (character, length) = decode(after).unwrap_or(('&', 1));
        out.push(character);
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::decode_entities;

    #[test]
    fn references_become_characters_and_anything_else_stays() {
        for (text, expect) in [
            ("a&ndash;b &amp; c", "a–b & c"),
            ("&#8222;x&#x201C;", "„x“"),
            ("AT&T; R&D &nosuch; &", "AT&T; R&D &nosuch; &"),
            ("&#x110000;", "&#x110000;"),
            ("Müller &eacute;", "Müller é"),
        ] {
            assert_eq!(decode_entities(text), expect);
        }
    }
}
