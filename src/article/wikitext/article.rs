//! The article as a whole.

use std::collections::HashMap;

use super::entries::{Definition, Entry};
use super::sources::{self, Within};
use super::{anchors, counts, ignores, language, tags};
use crate::article::ReadOptions;
use crate::article::catalogue::TemplateKind;
use crate::article::claims::Claims;
use crate::article::fields::Reading;
use crate::model::{Article, InputFormat, Packed, Problem, Reference, ReferenceKind};
use crate::wikitext::{Document, MarkedText, Places, TemplateRole, marked_text_by};

/// Reads an article in wikitext.
///
/// References are numbered as readers see them: in the order of first use, other groups after the
/// nameless one, entries that are never used last in their group; then works that no footnote
/// holds.
pub(in crate::article) fn read(input: &str, text: &str, options: &ReadOptions) -> Article {
    let document = Document::parse(text);
    let places = Places::new(text);
    let any = Reading::new(options.language.clone());
    let marked = article_text(&document, &any);
    let language = options
        .language
        .clone()
        .or_else(|| language::of(&document, &marked.text));
    let reading = Reading::new(language.clone());
    let (collected, date_style) = tags::entries(&document, &places, &reading);
    let claims = Claims::new(&marked);
    let reader = Reader {
        document: &document,
        places: &places,
        reading: &reading,
    };
    let mut problems = collected.problems;
    let entries = numbered(&collected.entries);
    let (mut references, aside) = Packed::of_places(entries.len(), |at| {
        let entry = entries.get(at);
        let read = entry.map(|entry| reader.reference(entry, &claims));
        let (reference, problem) = read.unwrap_or_default();
        let linked = anchors::concern(&reference, &reading);
        (reference, (problem, linked))
    });
    let linked = aside.iter().any(|(_, linked)| *linked);
    problems.extend(aside.into_iter().filter_map(|(problem, _)| problem));
    if linked {
        problems.extend(anchors::link(&mut references, &document, &reading));
    }
    problems.extend(faults(&document, &places));
    problems.sort();
    Article {
        input: input.to_owned(),
        format: InputFormat::Wikitext,
        text: text.to_owned(),
        title: None,
        language,
        references,
        problems,
        undefined: collected.undefined,
        ignores: ignores::marks(&document, &places, &stretches(&entries)),
        date_style,
        counts: Some(counts::counts(&document)),
    }
}

/// Where the references stand.
fn stretches(entries: &[Numbered<'_, '_>]) -> Vec<ignores::Stretch> {
    let stretches = entries.iter().map(|entry| {
        let whole = entry.definition.whole;
        (entry.number, whole.start(), whole.end())
    });
    stretches.collect()
}

struct Reader<'d, 's> {
    document: &'d Document<'s>,
    places: &'d Places<'s>,
    reading: &'d Reading,
}

/// An entry that says something, with its number and that of the whole that it is a part of.
struct Numbered<'e, 's> {
    entry: &'e Entry<'s>,
    definition: Definition<'s>,
    number: u32,
    main: Option<u32>,
}

fn numbered<'e, 's>(entries: &'e [Entry<'s>]) -> Vec<Numbered<'e, 's>> {
    let mut numbers: HashMap<usize, u32> = HashMap::new();
    let mut numbered: Vec<Numbered<'e, 's>> = Vec::with_capacity(entries.len());
    for entry in entries {
        let number = count(numbered.len() + 1);
        numbers.insert(entry.id, number);
        let main = entry.main.and_then(|main| numbers.get(&main).copied());
        if let Some(definition) = entry.definition {
            numbered.push(Numbered {
                entry,
                definition,
                number,
                main,
            });
        }
    }
    numbered
}

impl Reader<'_, '_> {
    /// The reference that an entry is, and what is wrong with its content.
    fn reference(
        &self,
        numbered: &Numbered<'_, '_>,
        claims: &Claims<'_>,
    ) -> (Reference, Option<Problem>) {
        let Numbered { entry, main, .. } = numbered;
        let Definition { whole, content } = numbered.definition;
        let within = if entry.kind == ReferenceKind::Note {
            Within::Note
        } else {
            Within::Tag
        };
        let (mut sources, problem) =
            sources::of(self.document, self.places, content, within, self.reading);
        if entry.kind == ReferenceKind::Work {
            sources.truncate(1);
        }
        for source in sources.iter_mut().filter(|_| main.is_some()) {
            source.cites = *main; // the work is that of the whole
        }
        let reference = Reference {
            number: numbered.number,
            kind: entry.kind,
            uses: count(entry.uses.len()),
            names: entry.names.clone(),
            group: entry.group.clone(),
            details: entry.details.clone(),
            main: *main,
            span: self.places.span(whole.start(), whole.end()),
            claims: claims.of(&entry.uses),
            sources,
        };
        (reference, problem)
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn article_text(document: &Document<'_>, reading: &Reading) -> MarkedText {
    marked_text_by(document, &|template| match tags::kind(template, reading) {
        Some(TemplateKind::ReferenceList(_)) => TemplateRole::List,
        Some(
            TemplateKind::Note(_)
            | TemplateKind::Footnote
            | TemplateKind::Use
            | TemplateKind::ShortFootnote
            | TemplateKind::ShortCitation,
        ) => TemplateRole::Mark,
        Some(
            TemplateKind::Citation
            | TemplateKind::Archive
            | TemplateKind::DeadLink
            | TemplateKind::Anchor
            | TemplateKind::DateStyle(_)
            | TemplateKind::Language
            | TemplateKind::Other,
        )
        | None => TemplateRole::Other,
    })
}

fn faults(document: &Document<'_>, places: &Places<'_>) -> Vec<Problem> {
    let faults = document.faults().iter();
    faults
        .map(|fault| {
            let (line, column) = places.line_and_column(fault.at);
            Problem {
                line,
                column,
                message: fault.message.to_owned(),
            }
        })
        .collect()
}
