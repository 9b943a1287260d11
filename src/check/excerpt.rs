//! What the source says where a finding stands.

use crate::model::{Excerpt, Span};

/// Longest entry that a report holds as written, in bytes.
const ENTRY_BYTES: usize = 16 << 10;

/// Most bytes of a line that are shown before a finding's place and after its end.
const AROUND_BYTES: usize = 120;

/// Most bytes that are shown of a finding's place itself.
const PLACE_BYTES: usize = 400;

/// An entry as written; `None` where there is no source, or far too much of it.
pub(super) fn entry(text: &str, span: Span) -> Option<String> {
    let entry = span.text(text).filter(|entry| !entry.is_empty())?;
    (entry.len() <= ENTRY_BYTES).then(|| entry.to_owned())
}

/// The line of a place, cut around it where it is long; `None` where there is no source.
pub(super) fn excerpt(text: &str, span: Span) -> Option<Excerpt> {
    let (before, from) = text.split_at_checked(span.start)?;
    if text.is_empty() {
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
    fn without_a_source_there_is_nothing() {
        assert_eq!(excerpt("", Span::default()), None);
        assert_eq!(entry("", Span::default()), None);
    }
}
