//! Pieces of text: cutting and white space.

/// Longest value kept of an attribute or a script's text, in bytes.
const MAX_VALUE_BYTES: usize = 4_000;

/// White space, and the characters that pages put in its place or between letters.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

/// Whether a byte is white space or the first of a character that may be.
fn maybe_space(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, 0xc2 | 0xe1..=0xe3 | 0xef)
}

/// Parts a text into runs of words with one space between each, and tells of each whether white
/// space stands before it; says whether some stands behind the last.
pub(super) fn each_run(text: &str, mut take: impl FnMut(&str, bool)) -> bool {
    let bytes = text.as_bytes();
    let (mut run, mut at, mut spaced) = (0usize, 0usize, false);
    let find = |at: usize| bytes.iter().skip(at).position(|byte| maybe_space(*byte));
    while let Some(found) = find(at) {
        let here = at + found;
        let next = bytes.get(here + 1);
        let single = bytes.get(here) == Some(&b' ') && next.is_some_and(|b| !maybe_space(*b));
        if single && run < here {
            at = here + 1;
            continue;
        }
        let Some(c) = text.get(here..).and_then(|rest| rest.chars().next()) else {
            break;
        };
        at = here + c.len_utf8();
        if is_space(c) {
            if run < here {
                take(text.get(run..here).unwrap_or_default(), spaced);
            }
            spaced = true;
            run = at;
        }
    }
    if run < text.len() {
        take(text.get(run..).unwrap_or_default(), spaced);
        return false;
    }
    spaced
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_parted_where_more_than_one_space_stands() {
        for (text, expect, behind) in [
            ("", "", false),
            (" ", "", true),
            ("a b c", "a b c", false),
            (" a  b\n", "_a_b", true),
            ("a\u{a0}b ", "a_b", true),
            ("für é c\u{3000}東京 ", "für é c_東京", true),
        ] {
            let mut runs = String::new();
            let spaced = each_run(text, |run, spaced| {
                runs.push_str(if spaced { "_" } else { "" });
                runs.push_str(run);
            });
            assert_eq!((runs.as_str(), spaced), (expect, behind), "{text:?}");
        }
    }

    #[test]
    fn every_space_begins_with_a_byte_that_says_so() {
        for c in ('\0'..=char::MAX).filter(|c| is_space(*c)) {
            let first = c.encode_utf8(&mut [0; 4]).bytes().next();
            assert!(first.is_some_and(maybe_space), "{c:?}");
        }
    }
}
