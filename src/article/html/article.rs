//! The page as a whole.

use std::collections::HashMap;

use super::embedded::Embedded;
use super::entries::{self, Entry};
use super::place::Place;
use super::reftags::{self, RefTag};
use super::source::Page;
use super::sources::{self, Reader};
use super::{page, short, visible};
use crate::article::ReadOptions;
use crate::article::claims::Claims;
use crate::article::fields::{self, Reading};
use crate::article::read::beginning;
use crate::languages;
use crate::model::{Article, InputFormat, Problem, Reference, ReferenceKind, Source};
use crate::wikitext::MarkedText;

/// How much text the page's language is read from when nothing declares it, in bytes.
const SAMPLE: usize = 20_000;

/// Reads a rendered article.
///
/// Each entry's fields come from the template call that Parsoid keeps (`data-mw`), else from the
/// machine-readable copy beside the citation (`COinS`), elements whose class tells what they hold,
/// links, and the visible text, in this order; [`Field::source`](crate::model::Field) says which.
/// A field's span is that of its exact bytes where the source has them as one text or attribute
/// value, character references aside; else that of the entry.
///
/// Entries of the nameless group come first, then those of others, sub-references, and the
/// citations that stand in no entry.
pub(in crate::article) fn read(input: &str, source: &str, options: &ReadOptions) -> Article {
    let page = Page::new(source);
    let tags = reftags::read(&page.html);
    let entries = entries::find(&page, &tags);
    let ids: HashMap<String, usize> = entries
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.kind != ReferenceKind::Work)
        .filter_map(|(index, entry)| Some((entry.id.clone()?, index)))
        .collect();
    let marked = visible::article(&page.html, &ids);
    let language = options
        .language
        .clone()
        .or_else(|| page::language(&page.html))
        .or_else(|| {
            let sample = beginning(&marked.text, SAMPLE);
            languages::detect(sample, &[]).map(|detected| detected.tag)
        });
    let reading = Reading::new(language.clone());
    let references = References {
        page: &page,
        entries: &entries,
        tags: &tags,
        uses: Uses::new(&marked),
        marks: entries::first_marks(&page, &ids),
        reader: Reader {
            reading: &reading,
            embedded: &Embedded::collect(&page.html, &reading),
        },
    };
    Article {
        input: input.to_owned(),
        format: InputFormat::Html,
        text: String::new(),
        title: page::title(&page.html),
        language,
        references: references.read().into(),
        problems: problems(&entries, &tags),
        undefined: Vec::new(),
        ignores: Vec::new(),
        date_style: None,
        counts: None,
    }
}

fn problems(entries: &[Entry<'_>], tags: &[RefTag<'_>]) -> Vec<Problem> {
    let problem = |message: &str| {
        let (line, column) = (1, 1);
        let message = message.to_owned();
        vec![Problem {
            line,
            column,
            message,
        }]
    };
    let without_text = |entry: &Entry<'_>| {
        let tag = entry.unlisted.and_then(|tag| tags.get(tag));
        tag.is_some_and(|tag| tag.html.is_none())
    };
    if entries.is_empty() {
        problem("page has no reference list")
    } else if entries.iter().any(without_text) {
        problem("page has no reference list: the text of some references is not in it")
    } else {
        Vec::new()
    }
}

/// All that the references of a page are read from.
struct References<'r, 'p> {
    page: &'p Page<'p>,
    entries: &'r [Entry<'p>],
    tags: &'r [RefTag<'p>],
    uses: Uses<'r>,
    marks: HashMap<usize, String>,
    reader: Reader<'r>,
}

impl References<'_, '_> {
    fn read(&self) -> Vec<Reference> {
        let groups: Vec<Option<String>> = (0..).zip(self.entries).map(|e| self.group(e)).collect();
        // As readers see them: the nameless group, others, parts of references, works.
        let mut order: Vec<usize> = (0..self.entries.len()).collect();
        order.sort_by_key(|index| {
            let entry = self.entries.get(*index);
            let is_work = entry.is_some_and(|entry| entry.kind == ReferenceKind::Work);
            let is_part = entry.is_some_and(|entry| entry.main.is_some());
            (
                is_work,
                is_part,
                matches!(groups.get(*index), Some(Some(_))),
            )
        });
        let mut numbers = vec![0_u32; self.entries.len()];
        for (number, index) in (1..).zip(&order) {
            if let Some(slot) = numbers.get_mut(*index) {
                *slot = number;
            }
        }
        let works = short::numbers(self.entries, &numbers);
        order
            .into_iter()
            .filter_map(|index| {
                let entry = self.entries.get(index)?;
                let mut reference = self.reference(index, entry, &works);
                reference.number = numbers.get(index).copied().unwrap_or_default();
                reference.group = groups.get(index).cloned().flatten();
                reference.main = entry.main.and_then(|main| numbers.get(main)).copied();
                if is_note(&reference) {
                    reference.kind = ReferenceKind::Note;
                }
                let explains = reference.kind == ReferenceKind::Note
                    || reference.kind == ReferenceKind::ShortFootnote
                    || reference.main.is_some();
                if explains {
                    reference.sources.iter_mut().for_each(without_prose);
                }
                Some(reference)
            })
            .collect()
    }

    fn group(&self, (index, entry): (usize, &Entry<'_>)) -> Option<String> {
        let shown = || entries::group_of_mark(self.marks.get(&index)?);
        entry.group.clone().or_else(shown)
    }

    fn reference(
        &self,
        index: usize,
        entry: &Entry<'_>,
        works: &HashMap<String, u32>,
    ) -> Reference {
        let item = self.page.span(&entry.range);
        let place = Place {
            page: self.page,
            item,
            own: true,
        };
        let mut reference = Reference {
            kind: entry.kind,
            names: entry.name.clone().into_iter().collect(),
            uses: self.uses.count(index, entry),
            claims: self.uses.claims(index),
            span: item,
            ..Reference::default()
        };
        if let Some(tag) = entry.unlisted.and_then(|tag| self.tags.get(tag)) {
            reference.sources = self.unlisted(tag, &place);
            reference.details.clone_from(&entry.details);
            return reference;
        }
        let body = sources::body(entry.element);
        reference.sources = self.reader.of(entry.element, entry.name.as_deref(), &place);
        if entry.main.is_some() {
            let shown = || super::shown::Shown::of(self.page, body).text;
            reference.details = Some(entry.details.clone().unwrap_or_else(shown));
        }
        if entry.kind == ReferenceKind::Footnote && sources::citations(body).is_empty() {
            let targets = short::targets(body);
            if !targets.is_empty() && short::is_short(entry, body) {
                reference.kind = ReferenceKind::ShortFootnote;
            }
            short::point(&mut reference, &targets, works);
        }
        reference
    }

    /// The works cited by a tag whose text no list shows.
    fn unlisted(&self, tag: &RefTag<'_>, place: &Place<'_>) -> Vec<Source> {
        let Some(html) = &tag.html else {
            return vec![Source {
                citation: fields::text_citation(""),
                span: place.item,
                ..Source::default()
            }];
        };
        let page = Page::new(html);
        let place = Place {
            page: &page,
            item: place.item,
            own: false,
        };
        let root = page.html.root_element();
        self.reader.of(root, tag.name.as_deref(), &place)
    }
}

/// Whether an entry explains: its group is counted with letters or named, and it cites nothing.
fn is_note(reference: &Reference) -> bool {
    let Some(group) = reference.group.as_deref() else {
        return false;
    };
    let is_counted = ["lower-", "upper-"]
        .iter()
        .any(|kind| group.starts_with(kind));
    let cites = |source: &Source| {
        source.template.is_some() || source.citation.url.is_some() || source.cites.is_some()
    };
    reference.kind == ReferenceKind::Footnote
        && reference.main.is_none()
        && (is_counted || !reference.sources.iter().any(cites))
}

/// A text that is no citation has no title: nothing but itself was read of it.
fn without_prose(source: &mut Source) {
    let citation = &mut source.citation;
    let whole = citation.raw.get("text");
    let is_prose = source.template.is_none() && citation.url.is_none();
    if is_prose && whole.is_some() && citation.title.as_ref() == whole {
        citation.title = None;
        citation.fields.remove("title");
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
