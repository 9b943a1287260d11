//! The page as a whole.

use std::collections::HashMap;
use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use super::entries::{self, Entry};
use super::locate::Locator;
use super::page::{self, selector};
use super::visible::{Step, is_aside, is_entry, walk};
use super::{cite, parsoid, visible};
use crate::article::ReadOptions;
use crate::article::archive;
use crate::article::claims::Claims;
use crate::article::fields::{self, Reading};
use crate::article::read::beginning;
use crate::article::wikitext;
use crate::languages;
use crate::model::{
    Article, Citation, Field, FieldSource, InputFormat, Problem, Reference, Source, Span,
};
use crate::wikitext::{MarkedText, Places};

/// How much text the page's language is read from when nothing declares it, in bytes.
const SAMPLE: usize = 20_000;

/// Reads a rendered article.
///
/// Each entry's fields come from the template call that Parsoid keeps, else from the machine-readable
/// copy beside the citation (`COinS`) and its visible text. Spans are those of the list items: the
/// fields have no bytes of their own.
pub(in crate::article) fn read(input: &str, source: &str, options: &ReadOptions) -> Article {
    let page = Html::parse_document(source);
    let locator = Locator::new(source);
    let entries = entries::find(&page, &locator);
    let ids: HashMap<String, usize> = entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| Some((entry.id.clone()?, index)))
        .collect();
    let marked = visible::article(&page, &ids);
    let language = options
        .language
        .clone()
        .or_else(|| page::language(&page))
        .or_else(|| {
            let sample = beginning(&marked.text, SAMPLE);
            languages::detect(sample, &[]).map(|detected| detected.tag)
        });
    let reading = Reading::new(language.clone());
    let places = Places::new(source);
    let mut problems = Vec::new();
    if entries.is_empty() {
        problems.push(Problem {
            line: 1,
            column: 1,
            message: "page has no reference list".to_owned(),
        });
    }
    let marks = entries::first_marks(&page, &ids);
    let uses = Uses::new(&marked);
    let mut references: Vec<Reference> = entries
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let span = places.span(entry.place.0, entry.place.1);
            let from_mark = marks
                .get(&index)
                .and_then(|mark| entries::group_of_mark(mark));
            Reference {
                number: 0,
                names: entry
                    .id
                    .as_deref()
                    .and_then(entries::name)
                    .into_iter()
                    .collect(),
                group: entry.group.clone().or(from_mark),
                uses: uses.count(index, entry),
                claims: uses.claims(index),
                sources: sources(entry, &reading, span),
                span,
                ..Reference::default()
            }
        })
        .collect();
    number(&mut references);
    Article {
        input: input.to_owned(),
        format: InputFormat::Html,
        title: page::title(&page),
        language,
        references,
        problems,
        undefined: Vec::new(),
        date_style: None,
        counts: None,
    }
}

/// Numbers the entries of the nameless group first, as readers see them, then those of others.
fn number(references: &mut [Reference]) {
    references.sort_by_key(|reference| reference.group.is_some());
    for (number, reference) in (1..).zip(references) {
        reference.number = number;
    }
}

/// The marks of the page, by entry.
struct Uses<'t> {
    claims: Claims<'t>,
    marks: HashMap<usize, Vec<usize>>,
}

impl<'t> Uses<'t> {
    fn new(marked: &'t MarkedText) -> Self {
        let mut marks: HashMap<usize, Vec<usize>> = HashMap::new();
        for mark in &marked.marks {
            marks.entry(mark.tag).or_default().push(mark.at);
        }
        Self {
            claims: Claims::new(marked),
            marks,
        }
    }

    fn count(&self, entry: usize, item: &Entry<'_>) -> u32 {
        let marks = self.marks.get(&entry).map_or(0, Vec::len);
        let count = if self.marks.is_empty() {
            item.back_links
        } else {
            marks
        };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    fn claims(&self, entry: usize) -> Vec<String> {
        let places = self.marks.get(&entry);
        self.claims
            .at(places.map(Vec::as_slice).unwrap_or_default())
    }
}

/// The works that an entry cites; never empty.
fn sources(entry: &Entry<'_>, reading: &Reading, span: Span) -> Vec<Source> {
    let body = body(entry.element);
    if let Some(calls) = parsoid::wikitext(body) {
        let sources = wikitext::sources_of(&calls, reading);
        if !sources.is_empty() {
            return sources
                .into_iter()
                .map(|source| placed(source, span))
                .collect();
        }
    }
    let cites = citations(body);
    let mut sources: Vec<Source> = cites
        .iter()
        .map(|cite| rendered(*cite, reading, span))
        .collect();
    if sources.is_empty() {
        sources.push(rendered(body, reading, span));
    }
    further(&mut sources, body, span);
    sources
}

/// The part of an entry that is its text.
fn body(entry: ElementRef<'_>) -> ElementRef<'_> {
    const TEXT: [&str; 3] = ["reference-text", "mw-reference-text", "pcs-ref-body"];
    let mut found = None;
    walk(entry, &mut |step| {
        if let Step::Enter(element) = step {
            if element.value().classes().any(|class| TEXT.contains(&class)) {
                found.get_or_insert(element);
            }
            return found.is_some() || is_entry(&element);
        }
        false
    });
    found.unwrap_or(entry)
}

/// The rendered citations in an element; none within another one. French pages print only the
/// title in `cite`, the whole in `.ouvrage`.
fn citations(body: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let mut cites = Vec::new();
    walk(body, &mut |step| {
        let Step::Enter(element) = step else {
            return false;
        };
        let value = element.value();
        let has = |class: &str| value.classes().any(|own| own == class);
        let cites_a_work = value.name() == "cite" || has("ouvrage") || has("citation");
        if cites_a_work {
            cites.push(element);
        }
        cites_a_work || is_aside(&element)
    });
    cites
}

fn rendered(element: ElementRef<'_>, reading: &Reading, span: Span) -> Source {
    let copy = machine_readable(element);
    Source {
        template: None,
        citation: cite::read(element, copy, reading.language.as_ref(), span),
        span,
        ..Source::default()
    }
}

/// The `COinS` of a citation: in it or right after it.
fn machine_readable(element: ElementRef<'_>) -> Option<&str> {
    static COPY: LazyLock<Selector> = LazyLock::new(|| selector("span.Z3988[title]"));
    let is_copy = |element: &ElementRef<'_>| {
        element.value().name() == "span" && element.value().classes().any(|class| class == "Z3988")
    };
    let inner = element.select(&COPY).next();
    let beside = || {
        element
            .next_siblings()
            .find_map(ElementRef::wrap)
            .filter(is_copy)
    };
    inner.or_else(beside)?.value().attr("title")
}

/// Adds the links that stand beside the citations: archived copies to the last of them, others as
/// sources of their own.
fn further(sources: &mut Vec<Source>, body: ElementRef<'_>, span: Span) {
    let known: Vec<String> = sources
        .iter()
        .flat_map(|source| {
            [
                source.citation.url.clone(),
                source.citation.archive_url.clone(),
            ]
        })
        .flatten()
        .collect();
    let cited: Vec<String> = citations(body)
        .into_iter()
        .flat_map(cite::links)
        .map(|link| link.url)
        .collect();
    for link in cite::links(body) {
        if known.contains(&link.url) || cited.contains(&link.url) || cite::is_resolver(&link.url) {
            continue;
        }
        let field = Field {
            parameter: None,
            value: link.url.clone(),
            span,
            source: FieldSource::Link,
        };
        if let Some(copy) = archive::read(&link.url) {
            if let Some(last) = sources.last_mut() {
                fields::add_archive(&mut last.citation, &link.url, copy.date, field);
            }
            continue;
        }
        let label = fields::without_outer_quotes(&link.label).to_owned();
        let mut citation = fields::text_citation(&link.label);
        citation.title = Some(label).filter(|label| !label.is_empty() && !label.contains("://"));
        citation.url = Some(link.url);
        citation.fields.insert("url".to_owned(), field);
        sources.push(Source {
            template: None,
            citation,
            span,
            ..Source::default()
        });
    }
}

/// A source with the list item's span for all of it.
fn placed(mut source: Source, span: Span) -> Source {
    source.span = span;
    let citation: &mut Citation = &mut source.citation;
    for field in citation.fields.values_mut() {
        field.span = span;
    }
    source
}
