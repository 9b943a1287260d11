//! The article as a whole.

use super::{language, sources, tags};
use crate::article::ReadOptions;
use crate::article::catalogue::TemplateKind;
use crate::article::claims::Claims;
use crate::article::fields::Reading;
use crate::model::{Article, InputFormat, Problem, Reference};
use crate::wikitext::{Document, MarkedText, Node, NodeKind, Places, marked_text};

/// Reads an article in wikitext.
///
/// References are numbered as readers see them: in the order of first use, other groups after the
/// nameless one, entries that are never used last in their group.
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
    let (entries, mut problems) = tags::entries(&document, &places, &reading);
    let claims = Claims::new(&marked);
    let mut references: Vec<Reference> = Vec::with_capacity(entries.len());
    for entry in entries {
        let Some(node) = entry.definition else {
            continue;
        };
        problems.extend(unclosed_template(&document, &places, &node));
        references.push(Reference {
            number: count(references.len() + 1),
            uses: count(entry.uses.len()),
            claims: claims.of(&entry.uses),
            names: entry.names,
            group: entry.group,
            span: places.span(node.start, node.end),
            sources: sources::of(&document, &places, &node, &reading),
            ..Reference::default()
        });
    }
    problems.extend(faults(&document, &places));
    problems.sort();
    Article {
        input: input.to_owned(),
        format: InputFormat::Wikitext,
        title: None,
        language,
        references,
        problems,
        undefined: Vec::new(),
        date_style: None,
        counts: None,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn article_text(document: &Document<'_>, reading: &Reading) -> MarkedText {
    let is_list =
        |node: &Node| tags::kind(document, node, reading) == Some(TemplateKind::ReferenceList);
    marked_text(document, &|template| is_list(template.node()))
}

/// A reference that begins a template and never ends it: only its links are read.
fn unclosed_template(document: &Document<'_>, places: &Places<'_>, node: &Node) -> Option<Problem> {
    let inner = document.inner(node);
    let opened = inner.start() + inner.text().find("{{")?;
    let read = document.nodes_in(inner.start(), inner.start() + inner.text().len());
    let known = [
        NodeKind::Template,
        NodeKind::Argument,
        NodeKind::Raw,
        NodeKind::Comment,
    ];
    if read.iter().any(|node| known.contains(&node.kind)) {
        return None;
    }
    let (line, column) = places.line_and_column(opened);
    let message = "template is never closed; only the links in it are read".to_owned();
    Some(Problem {
        line,
        column,
        message,
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
