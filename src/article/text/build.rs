//! Puts the article together from its parts.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lines::Label;
use super::list::{self, Entry};
use super::phrases::WORDS;
use super::place::{Lines, boundary, cut};
use super::reading::{self, Reading};
use super::{marks, marks::Uses, several};
use crate::article::ReadOptions;
use crate::languages;
use crate::model::{
    Article, Citation, Field, FieldSource, InputFormat, LanguageTag, Problem, Reference,
    ReferenceKind, Source, Span,
};

/// Longest entry that is read, in bytes; a longer one is not a citation.
const LONGEST_ENTRY: usize = 40_000;
/// Longest first line that is a title, in bytes.
const LONGEST_TITLE: usize = 300;
/// How much of the prose its language is read from, in bytes.
const LANGUAGE_SAMPLE: usize = 20_000;

/// Reads text as copied from a rendered page: a whole article followed by its reference list, or
/// the list alone.
///
/// Entries are numbered (`1.`, `[1]`, `1. ^ a b`, `↑ 1,0 1,1`) or at least begin with `^`;
/// wrapped lines are joined and missing numbers survived. Marks `[n]` in the prose give `uses` and
/// `claims`. Fields are told apart by the order and the phrases in which the citation templates
/// print them (CS1, Help:Citation Style 1, and those of some fifty other Wikipedias); one that is
/// not certain is left out. `input` is only carried over.
///
/// # Examples
///
/// ```
/// use citecheck::article::{self, ReadOptions};
///
/// let text = "1. ^ Vale, Ann (3 May 2019). \"A day\". The Gazette. Retrieved 4 May 2019.";
/// let article = article::text::read("list.txt", text, &ReadOptions::default());
/// let citation = &article.references[0].sources[0].citation;
/// assert_eq!(citation.title.as_deref(), Some("A day"));
/// assert_eq!(citation.work.as_deref(), Some("The Gazette"));
/// ```
#[must_use]
pub fn read(input: &str, text: &str, options: &ReadOptions) -> Article {
    let list = list::find(text);
    let lines = Lines::new(text);
    let prose = cut(text, 0..list.prose_end);
    let language = options
        .language
        .clone()
        .or_else(|| language(text, prose, &list));
    let mut uses = marks::read(prose);
    let mut numbers = Numbers::default();
    let mut references: Vec<Reference> = Vec::with_capacity(list.entries.len());
    // Notes and parts of references are numbered behind the references of the list.
    let (main, other): (Vec<&Entry>, Vec<&Entry>) = list
        .entries
        .iter()
        .partition(|entry| entry.label == Label::Number);
    for entry in main.into_iter().chain(other) {
        let number = numbers.next(entry.number);
        let used = match entry.label {
            Label::Number => uses.remove(&number).unwrap_or_default(),
            Label::Letter | Label::Part(_) => Uses::default(),
        };
        references.push(reference(number, entry, used, &lines, language.as_ref()));
    }
    let problems = if references.is_empty() {
        vec![Problem {
            line: 1,
            column: 1,
            message: "no reference list found; entries begin with `1.`, `[1]` or `^`".to_owned(),
        }]
    } else {
        Vec::new()
    };
    Article {
        input: input.to_owned(),
        format: InputFormat::Text,
        text: String::new(),
        title: title(prose),
        language,
        references: references.into(),
        problems,
        undefined: Vec::new(),
        ignores: Vec::new(),
        date_style: None,
        counts: None,
    }
}

/// Numbers of the references, unique in the article.
#[derive(Debug, Default)]
struct Numbers {
    last: u32,
}

impl Numbers {
    fn next(&mut self, printed: Option<u32>) -> u32 {
        let following = self.last.saturating_add(1);
        self.last = printed
            .filter(|number| following <= *number)
            .unwrap_or(following);
        self.last
    }
}

fn reference(
    number: u32,
    entry: &Entry,
    used: Uses,
    lines: &Lines<'_>,
    language: Option<&LanguageTag>,
) -> Reference {
    let whole = entry.body.text.as_str();
    let limit = boundary(whole, LONGEST_ENTRY);
    let text = whole.get(..limit).unwrap_or_default();
    let place = |range: &Range<usize>| {
        let range = entry.body.in_input(range);
        (lines.span(range.clone()), range)
    };
    let whole_entry = lines.span(entry.range.clone());
    let sources = several::split(text, language).into_iter().map(|part| {
        let shown = cut(text, part.clone());
        let moved = |range: &Range<usize>| range.start + part.start..range.end + part.start;
        Source {
            template: None,
            citation: fill(shown, &reading::read(shown, language), &|range| {
                let (span, range) = place(&moved(range));
                (span, lines.text(range))
            }),
            span: if part.is_empty() {
                whole_entry
            } else {
                place(&part).0
            },
            ..Source::default()
        }
    });
    let (kind, group) = match entry.label {
        Label::Letter => (ReferenceKind::Note, Some("lower-alpha".to_owned())),
        Label::Number | Label::Part(_) => (ReferenceKind::Footnote, None),
    };
    let main = match entry.label {
        Label::Part(main) => Some(main),
        Label::Number | Label::Letter => None,
    };
    Reference {
        number,
        kind,
        names: Vec::new(),
        group,
        details: main.map(|_| text.trim().to_owned()),
        main,
        uses: used.count.max(entry.back_links).max(1),
        span: whole_entry,
        claims: used.claims,
        sources: sources.collect(),
    }
}

/// Reads the visible text of one citation, without number and back-links.
///
/// Spans are relative to `text`: a reader of pages without structure moves them to where the text
/// came from. `language` is the article's.
#[must_use]
pub fn citation(text: &str, language: Option<&LanguageTag>) -> Citation {
    let lines = Lines::new(text);
    let limit = boundary(text, LONGEST_ENTRY);
    let read = text.get(..limit).unwrap_or_default();
    fill(read, &reading::read(read, language), &|range| {
        (lines.span(range.clone()), lines.text(range.clone()))
    })
}

fn fill<'a>(
    text: &str,
    reading: &Reading,
    place: &dyn Fn(&Range<usize>) -> (Span, &'a str),
) -> Citation {
    let mut fields = BTreeMap::new();
    let doubt = &reading.doubt;
    let mut note = |name: &str, range: Option<&Range<usize>>| -> Option<String> {
        let range = range.filter(|range| !range.is_empty())?;
        let (span, written) = place(range);
        let doubtful = match name {
            "title" => doubt.title,
            "work" => doubt.work,
            "publisher" => doubt.publisher,
            _ => false,
        };
        let field = Field {
            parameter: None,
            value: written.to_owned(),
            span,
            source: if doubtful {
                FieldSource::Guess
            } else {
                FieldSource::Text
            },
        };
        fields.insert(name.to_owned(), field);
        Some(cut(text, range.clone()).to_owned())
    };
    let dated = |date: &Option<(_, Range<usize>)>| date.as_ref().map(|(_, range)| range.clone());
    note("author", reading.authors_at.as_ref());
    note("editor", reading.editors_at.as_ref());
    note("date", dated(&reading.date).as_ref());
    note("access-date", dated(&reading.access_date).as_ref());
    note("archive-date", dated(&reading.archive_date).as_ref());
    note(
        "language",
        reading.languages.as_ref().map(|(_, range)| range),
    );
    Citation {
        quote: None,
        trans_quote: None,
        title: note("title", reading.title.as_ref()),
        trans_title: note("trans-title", reading.trans_title.as_ref()),
        script_title: None,
        authors: reading.names.authors.clone(),
        editors: reading.names.editors.clone(),
        work: note("work", reading.work.as_ref()),
        publisher: note("publisher", reading.publisher.as_ref()),
        agency: note("agency", reading.agency.as_ref()),
        via: note("via", reading.via.as_ref()),
        date: reading.date.as_ref().and_then(|(date, _)| *date),
        access_date: reading.access_date.as_ref().and_then(|(date, _)| *date),
        archive_url: note("archive-url", reading.archive_url.as_ref()),
        archive_date: reading.archive_date.as_ref().and_then(|(date, _)| *date),
        language: reading
            .languages
            .as_ref()
            .map_or_else(Vec::new, |(tags, _)| tags.clone()),
        url: note("url", reading.url.as_ref()),
        url_status: None,
        raw: BTreeMap::from([("text".to_owned(), text.to_owned())]),
        fields,
    }
}

/// The article's language: by the phrases of its citations, its heading, or its prose.
fn language(text: &str, prose: &str, list: &list::List) -> Option<LanguageTag> {
    let votes = WORDS.votes(text.get(list.prose_end..).unwrap_or_default());
    let most = votes.first().copied();
    let tied = votes
        .get(1)
        .is_some_and(|(_, count)| most.is_some_and(|(_, best)| *count == best));
    if let Some((language, _)) = most.filter(|_| !tied) {
        return LanguageTag::parse(language);
    }
    if let Some(language) = list.heading_language {
        return LanguageTag::parse(language);
    }
    let sample = prose.get(..boundary(prose, LANGUAGE_SAMPLE))?;
    languages::detect(sample, &[]).map(|detected| detected.tag)
}

/// The first line of an article that has more lines before its list.
fn title(prose: &str) -> Option<String> {
    let mut lines = prose.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?.trim_start_matches('\u{feff}');
    lines.next()?;
    let is_title = first.len() <= LONGEST_TITLE && !first.ends_with(['.', '。', '۔', '।']);
    let first = first.strip_suffix(" - Wikipedia").unwrap_or(first);
    (is_title && !first.is_empty()).then(|| first.to_owned())
}
