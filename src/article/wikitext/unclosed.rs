//! What is never closed: a template in a reference is read as if it ended with it, a tag as if it
//! ended with the paragraph.

use crate::article::read::beginning;
use crate::model::{Problem, Source, Span};
use crate::wikitext::{Document, NodeKind, Places, Slice};

/// More templates than these are not closed for the editor.
const MOST: usize = 20;
/// Longest text that an unclosed tag is given, in bytes.
const LONGEST: usize = 16_000;
/// Longest tag that counts as one, in bytes.
const LONGEST_TAG: usize = 1000;

/// The content of a reference in which some template is never closed.
pub(super) struct Unclosed {
    /// The content with the braces that are missing.
    pub(super) mended: String,
    /// First byte of the first such template.
    opened: usize,
}

impl Unclosed {
    /// `None` when all templates of a reference's content are closed.
    pub(super) fn of(document: &Document<'_>, content: Slice<'_>) -> Option<Self> {
        memchr::memmem::find(content.text().as_bytes(), b"{{")?;
        let (mut at, mut opened, mut count) = (content.start(), None, 0);
        let mut look = |start: usize, end: usize| {
            let text = document.slice(start, end).text();
            for (found, _) in text.match_indices("{{") {
                opened.get_or_insert(start + found);
                count += 1;
            }
        };
        for node in document.nodes_in(content.start(), content.end()) {
            let hides = match node.kind {
                NodeKind::Link => false,
                NodeKind::Comment
                | NodeKind::Raw
                | NodeKind::Ref
                | NodeKind::EmptyRef
                | NodeKind::References
                | NodeKind::Template
                | NodeKind::Argument => true,
            };
            if hides && at <= node.start {
                look(at, node.start);
                at = node.end;
            }
        }
        look(at, content.end());
        let opened = opened?;
        let text = content.text().trim_end();
        let half_closed = usize::from(text.ends_with('}') && !text.ends_with("}}"));
        let braces = (2 * count.min(MOST)).saturating_sub(half_closed);
        Some(Self {
            mended: format!("{text}{}", "}".repeat(braces)),
            opened,
        })
    }

    /// What is wrong, for the editor.
    pub(super) fn problem(&self, places: &Places<'_>) -> Problem {
        let (line, column) = places.line_and_column(self.opened);
        Problem {
            line,
            column,
            message: "template is never closed; it is read up to the end of the reference"
                .to_owned(),
        }
    }
}

/// Moves the spans of a source that was read from mended content to where it stands; values end
/// where the content does.
pub(super) fn shift(
    source: &mut Source,
    document: &Document<'_>,
    content: Slice<'_>,
    places: &Places<'_>,
) {
    let shift = |span: &mut Span, value: Option<&mut String>| {
        let place = |at: usize| (at + content.start()).min(content.end());
        let is_whole = span.end <= content.text().len();
        *span = places.span(place(span.start), place(span.end));
        if let Some(value) = value.filter(|_| !is_whole) {
            document
                .slice(span.start, span.end)
                .text()
                .clone_into(value);
        }
    };
    shift(&mut source.span, None);
    for field in source.citation.fields.values_mut() {
        shift(&mut field.span, Some(&mut field.value));
    }
    for parameter in &mut source.parameters {
        shift(&mut parameter.span, None);
        shift(&mut parameter.value_span, Some(&mut parameter.value));
    }
}

/// A `<ref>` tag that nothing closes.
pub(super) struct UnclosedTag<'s> {
    pub(super) name: Option<Slice<'s>>,
    pub(super) group: Option<Slice<'s>>,
    /// What is left of the paragraph, up to the next reference.
    pub(super) content: Slice<'s>,
}

/// The unclosed tag at a place; `None` when not even the tag itself has an end.
pub(super) fn tag<'s>(document: &Document<'s>, at: usize) -> Option<UnclosedTag<'s>> {
    /// What ends a paragraph, or begins another reference.
    const ENDS: [&str; 8] = ["<ref", "</ref", "<!--", "\n\n", "\n*", "\n#", "\n:", "\n="];
    let source = document.source();
    let head = beginning(source.get(at..)?, LONGEST_TAG);
    let tag = head.get(..head.find('>')? + 1)?;
    if tag.get(1..)?.contains(['<', '\n']) {
        return None;
    }
    let inner = at + tag.len();
    let rest = beginning(source.get(inner..)?, LONGEST);
    // Shorter with every end: a source full of such tags is looked through once.
    let content = ENDS.iter().fold(rest, |content, end| {
        content
            .find(end)
            .and_then(|end| content.get(..end))
            .unwrap_or(content)
    });
    // `Document` reads attributes of whole tags only.
    let closed = format!("{tag}.</ref>");
    let parsed = Document::parse(&closed);
    let node = parsed.nodes().first()?;
    let attributes = parsed.attributes(node);
    let slice = |name: &str| {
        let value = attributes.get(name)?;
        Some(document.slice(at + value.start(), at + value.end()))
    };
    Some(UnclosedTag {
        name: slice("name"),
        group: slice("group"),
        content: document.slice(inner, inner + content.len()),
    })
}
