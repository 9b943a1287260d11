//! What the source says where a finding stands.

use super::credentials::has_credentials;
use crate::model::{Excerpt, Span};

/// Longest entry that a report holds as written, in bytes.
const ENTRY_BYTES: usize = 16 << 10;

/// Most bytes of a line that are shown before a finding's place and after its end.
const AROUND_BYTES: usize = 120;

/// How far beyond an excerpt an address may begin or end whose password reaches into it.
const PASSWORD_BYTES: usize = 500;

/// Most bytes that are shown of a finding's place itself.
const PLACE_BYTES: usize = 400;

/// An entry as written; `None` where there is no source, far too much of it, or a password in it:
/// reports are passed on, and without it the places in the entry would be others.
pub(super) fn entry(text: &str, span: Span) -> Option<String> {
    let entry = span.text(text).filter(|entry| !entry.is_empty())?;
    (entry.len() <= ENTRY_BYTES && !has_credentials(entry)).then(|| entry.to_owned())
}

/// The line of a place, cut around it where it is long; `None` where there is no source, or a
/// password stands in it.
pub(super) fn excerpt(text: &str, span: Span) -> Option<Excerpt> {
    let (before, from) = text.split_at_checked(span.start)?;
    if text.is_empty() {
        return None;
    }
    let around = first(
        from,
        span.len().min(PLACE_BYTES) + AROUND_BYTES + PASSWORD_BYTES,
    );
    let lead = last(before, AROUND_BYTES + PASSWORD_BYTES);
    if has_credentials(&format!("{lead}{around}")) {
        return None;
    }
    let before = last(before, AROUND_BYTES);
    let cut_before = before.rfind('\n').is_none() && before.len() < span.start;
    let before = before.rsplit('\n').next().unwrap_or_default();
    let line = from.split('\n').next().unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    let place = first(line, span.len().min(PLACE_BYTES));
    let rest = line.get(place.len()..).unwrap_or_default();
    let after = first(rest, AROUND_BYTES);
    Some(Excerpt {
        text: format!("{before}{place}{after}"),
        start: before.len(),
        end: before.len() + place.len(),
        cut_before,
        cut_after: after.len() < rest.len(),
    })
}

/// As many of the first bytes as end with a character.
fn first(text: &str, bytes: usize) -> &str {
    let mut ends = (0..=bytes.min(text.len())).rev();
    ends.find_map(|end| text.get(..end)).unwrap_or_default()
}

/// As many of the last bytes as begin with a character.
fn last(text: &str, bytes: usize) -> &str {
    let mut starts = text.len().saturating_sub(bytes)..=text.len();
    starts
        .find_map(|start| text.get(start..))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, place: &str) -> Excerpt {
        let start = text.find(place).unwrap();
        let span = Span {
            start,
            end: start + place.len(),
            ..Span::default()
        };
        excerpt(text, span).unwrap()
    }

    #[test]
    fn an_excerpt_is_the_line() {
        let found = at("Перше\r\nдруге слово\r\nтретє", "слово");
        assert_eq!(found.text, "друге слово");
        assert_eq!(found.text.get(found.start..found.end), Some("слово"));
        assert!(!found.cut_before && !found.cut_after);
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("{}HERE{}", "ї".repeat(500), "川".repeat(500));
        let found = at(&text, "HERE");
        assert_eq!(found.text.get(found.start..found.end), Some("HERE"));
        assert!(found.cut_before && found.cut_after);
        assert!(found.text.len() <= 4 + 2 * AROUND_BYTES);
    }

    #[test]
    fn places_of_several_lines_are_cut_at_the_first() {
        let found = at("a {{cite\n|x}} b", "{{cite\n|x}}");
        assert_eq!(found.text, "a {{cite");
        assert_eq!((found.start, found.end), (2, 8));
    }

    #[test]
    fn lines_with_passwords_are_not_passed_on() {
        let place = |text: &str| {
            let end = text.len();
            let span = Span {
                end,
                ..Span::default()
            };
            (excerpt(text, span).is_some(), entry(text, span).is_some())
        };
        assert_eq!(place("https://me:secret@a.example/x"), (false, false));
        assert_eq!(place("see https://me@a.example"), (false, false));
        let far = format!("https://me:{}@a.example HERE", "x".repeat(200));
        let start = far.find("HERE").unwrap();
        let (line, column) = (1, 1);
        let end = far.len();
        assert_eq!(
            excerpt(
                &far,
                Span {
                    start,
                    end,
                    line,
                    column
                }
            ),
            None
        );
        assert_eq!(place("https://a.example/@me?to=b@c.example"), (true, true));
        assert_eq!(place("a@b.example https://c.example"), (true, true));
    }

    #[test]
    fn without_a_source_there_is_nothing() {
        assert_eq!(excerpt("", Span::default()), None);
        assert_eq!(entry("", Span::default()), None);
    }
}
