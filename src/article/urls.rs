//! Lists of addresses, one on each line: no article, but what link checkers are often given.

use super::read::ReadOptions;
use crate::model::{Article, Citation, Field, FieldSource, InputFormat, Problem};
use crate::model::{Packed, Reference, Source, Span};

/// Reads a list of addresses: each line that is neither blank nor a comment (`#`) is a reference
/// with its number in the list and a `url`. A line that is no address is told.
pub(super) fn read(input: &str, text: &str, options: &ReadOptions) -> Article {
    let mut references = Packed::new();
    let mut problems = Vec::new();
    for (line, start, address) in entries(text) {
        let column = 1 + leading(text, start);
        if is_address(address) {
            let span = Span {
                start,
                end: start + address.len(),
                line,
                column,
            };
            let number = u32::try_from(references.len()).unwrap_or(u32::MAX);
            references.push(reference(number.saturating_add(1), address, span));
        } else {
            problems.push(Problem {
                line,
                column,
                message: "not an address that begins with http:// or https://".to_owned(),
            });
        }
    }
    Article {
        input: input.to_owned(),
        format: InputFormat::Urls,
        title: None,
        language: options.language.clone(),
        references,
        undefined: Vec::new(),
        date_style: None,
        counts: None,
        problems,
    }
}

/// Whether a text is such a list: addresses, one on each line, and nothing else.
pub(super) fn is_list(text: &str) -> bool {
    let mut entries = entries(text).peekable();
    entries.peek().is_some() && entries.all(|(_, _, entry)| is_address(entry))
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
    line.chars().count()
}

fn is_address(entry: &str) -> bool {
    let begins = |scheme: &str| {
        entry
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    (begins("http://") || begins("https://")) && !entry.contains(char::is_whitespace)
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
