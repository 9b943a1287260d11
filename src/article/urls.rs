//! Lists of addresses, one on each line: no article, but what link checkers are often given.

use super::read::ReadOptions;
use crate::model::{Article, Citation, Field, FieldSource, InputFormat, Problem};
use crate::model::{Packed, Reference, Source, Span};

/// Reads a list of addresses: each of a line that is neither blank nor a comment (`#`) is a
/// reference with its number in the list and a `url`. What else a line holds is told.
pub(super) fn read(input: &str, text: &str, options: &ReadOptions) -> Article {
    let mut references = Packed::new();
    let mut problems = Vec::new();
    for (line, start, entry) in entries(text) {
        let (mut column, mut counted) = (1 + leading(text, start), 0);
        let mut odd = None;
        for (at, word) in words(entry) {
            let between = entry.get(counted..at).unwrap_or_default();
            column += between.chars().count();
            counted = at;
            if !is_address(word) {
                odd = odd.or(Some(column));
                continue;
            }
            let span = Span {
                start: start + at,
                end: start + at + word.len(),
                line,
                column,
            };
            let number = u32::try_from(references.len()).unwrap_or(u32::MAX);
            references.push(reference(number.saturating_add(1), word, span));
        }
        problems.extend(odd.map(|column| Problem {
            line,
            column,
            message: "no address that begins with http:// or https://".to_owned(),
        }));
    }
    Article {
        input: input.to_owned(),
        format: InputFormat::Urls,
        text: String::new(),
        title: None,
        language: options.language.clone(),
        references,
        undefined: Vec::new(),
        ignores: Vec::new(),
        date_style: None,
        counts: None,
        problems,
    }
}

/// Whether a text is such a list: lines of addresses and nothing else, but for one in three that
/// went wrong.
pub(super) fn is_list(text: &str) -> bool {
    let (mut sound, mut all) = (0usize, 0usize);
    for (_, _, entry) in entries(text) {
        all += 1;
        sound += usize::from(words(entry).all(|(_, word)| is_address(word)));
    }
    0 < sound && 2 * all <= 3 * sound
}

/// The words of a line up to a comment, each with its first byte.
fn words(entry: &str) -> impl Iterator<Item = (usize, &str)> {
    let pieces = entry.split(char::is_whitespace).scan(0, |next, word| {
        let at = *next;
        let behind = entry
            .get(at + word.len()..)
            .and_then(|rest| rest.chars().next());
        *next = at + word.len() + behind.map_or(0, char::len_utf8);
        Some((at, word))
    });
    pieces
        .filter(|(_, word)| !word.is_empty())
        .take_while(|(_, word)| !word.starts_with('#'))
}

/// Lines that are neither blank nor comments, trimmed: number, first byte, text.
fn entries(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut next = 0;
    let lines = text
        .split_inclusive('\n')
        .enumerate()
        .map(move |(at, line)| {
            let start = next;
            next += line.len();
            let begun = line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            let start = start + line.len() - begun.len();
            (at + 1, start, begun.trim_end())
        });
    lines.filter(|(_, _, entry)| !entry.is_empty() && !entry.starts_with('#'))
}

/// Characters of the line before a byte.
fn leading(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.chars().filter(|c| *c != '\u{feff}').count()
}

fn is_address(entry: &str) -> bool {
    let begins = |scheme: &str| {
        entry
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    (begins("http://") || begins("https://")) && !entry.contains(char::is_control)
}

fn reference(number: u32, address: &str, span: Span) -> Reference {
    let field = Field {
        parameter: None,
        value: address.to_owned(),
        span,
        source: FieldSource::Text,
    };
    let citation = Citation {
        url: Some(address.to_owned()),
        raw: [("text".to_owned(), address.to_owned())].into(),
        fields: [("url".to_owned(), field)].into(),
        ..Citation::default()
    };
    Reference {
        number,
        uses: 1,
        span,
        sources: vec![Source {
            citation,
            span,
            ..Source::default()
        }],
        ..Reference::default()
    }
}
