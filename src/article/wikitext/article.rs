//! The article as a whole.

use std::collections::HashMap;

use super::entries::{Definition, Entry};
use super::sources::{self, Within};
use super::{anchors, counts, language, tags};
use crate::article::ReadOptions;
use crate::article::catalogue::TemplateKind;
use crate::article::claims::Claims;
use crate::article::fields::Reading;
use crate::model::{Article, InputFormat, Problem, Reference, ReferenceKind};
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
    let mut numbers: HashMap<usize, u32> = HashMap::new();
    let mut references: Vec<Reference> = Vec::with_capacity(collected.entries.len());
    for entry in collected.entries {
        let number = count(references.len() + 1);
        numbers.insert(entry.id, number);
        let main = entry.main.and_then(|main| numbers.get(&main).copied());
        let claims = claims.of(&entry.uses);
        if let Some((reference, problem)) = reader.reference(entry, main) {
            problems.extend(problem);
            references.push(Reference {
                number,
                claims,
                ..reference
            });
        }
    }
    problems.extend(anchors::link(&mut references, &document, &reading));
    problems.extend(faults(&document, &places));
    problems.sort();
    Article {
        input: input.to_owned(),
        format: InputFormat::Wikitext,
        title: None,
        language,
        references,
        problems,
        undefined: collected.undefined,
        date_style,
        counts: Some(counts::counts(&document)),
    }
}

struct Reader<'d, 's> {
    document: &'d Document<'s>,
    places: &'d Places<'s>,
    reading: &'d Reading,
}

impl Reader<'_, '_> {
    /// The reference that an entry is, and what is wrong with its content.
    fn reference(
        &self,
        entry: Entry<'_>,
        main: Option<u32>,
    ) -> Option<(Reference, Option<Problem>)> {
        let Definition { whole, content } = entry.definition?;
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
            source.cites = main; // the work is that of the whole
        }
        let reference = Reference {
            kind: entry.kind,
            uses: count(entry.uses.len()),
            names: entry.names,
            group: entry.group,
            details: entry.details,
            main,
            span: self.places.span(whole.start(), whole.end()),
            sources,
            ..Reference::default()
        };
        Some((reference, problem))
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
