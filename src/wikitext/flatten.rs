//! What readers see of a stretch of source: text without markup.

use super::document::{Document, Node, NodeKind, Template};
use super::entities;
use super::inline::{self, Inline, Namespace};
use super::slice::Slice;
use super::visible::Visible;

/// Constructs within constructs that are looked into.
const DEEPEST: usize = 60;

/// The text of an article without markup, and where its references are marked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkedText {
    /// Paragraphs, each on one line, with an empty line between; list items, table cells, captions and the values of boxes are
    /// paragraphs of their own.
    pub text: String,
    /// Reference marks, by `tag`.
    pub marks: Vec<Mark>,
}

/// Where a reference is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// First byte of the `<ref>` tag in the source.
    pub tag: usize,
    /// Byte of [`MarkedText::text`] before which the mark stands.
    pub at: usize,
}

/// What a template is in the text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateRole {
    /// Holds the reference list: what is in it is no text.
    List,
    /// Marks a reference where it stands, as a `<ref>` tag does.
    Mark,
    /// Anything else.
    Other,
}

/// The text of a parameter's value or a link's label: on one line, markup removed.
///
/// Links become their labels; small templates what readers see of them, others nothing; references
/// and comments nothing. White space is collapsed.
///
/// # Examples
///
/// ```
/// use citecheck::wikitext::plain_text;
///
/// assert_eq!(plain_text("''The [[New York City|City]]'' &ndash; {{lang|de|Straße}}"), "The City – Straße");
/// ```
#[must_use]
pub fn plain_text(value: &str) -> String {
    let document = Document::parse(value);
    plain_text_of(&document, document.slice(0, value.len()))
}

/// [`plain_text`] of a part of a source that is parsed already.
#[must_use]
pub fn plain_text_of(document: &Document<'_>, part: Slice<'_>) -> String {
    let mut flattener = Flattener::new(document, false, &|_| TemplateRole::Other);
    flattener.stretch(part.start(), part.end());
    flattener.out.into_text()
}

/// The text of a whole article, with its reference marks.
///
/// `is_list` tells templates that hold the reference list: what is in them is no text.
#[must_use]
pub fn marked_text(
    document: &Document<'_>,
    is_list: &dyn Fn(&Template<'_, '_>) -> bool,
) -> MarkedText {
    marked_text_by(document, &|template| {
        if is_list(template) {
            TemplateRole::List
        } else {
            TemplateRole::Other
        }
    })
}

/// [`marked_text`] where more templates than `{{r}}` are reference marks.
#[must_use]
pub fn marked_text_by(
    document: &Document<'_>,
    role: &dyn Fn(&Template<'_, '_>) -> TemplateRole,
) -> MarkedText {
    let mut flattener = Flattener::new(document, true, role);
    flattener.stretch(0, document.source().len());
    while let Some((label, value)) = flattener.later.pop() {
        flattener.out.paragraph();
        if let Some(label) = label {
            flattener.stretch(label.start(), label.end());
            flattener.out.push_str(": ");
        }
        flattener.stretch(value.start(), value.end());
    }
    let (mut marks, text) = (flattener.marks, flattener.out.into_text());
    marks.sort_unstable();
    for mark in &mut marks {
        mark.at = mark.at.min(text.len()); // white space at the end is gone
    }
    MarkedText { text, marks }
}

struct Flattener<'d, 's> {
    document: &'d Document<'s>,
    role: &'d dyn Fn(&Template<'_, '_>) -> TemplateRole,
    /// Whether a whole article is read: lines have a meaning, references leave marks.
    article: bool,
    out: Visible,
    marks: Vec<Mark>,
    /// Captions and values that hold references: read after the text they would interrupt.
    later: Vec<(Option<Slice<'s>>, Slice<'s>)>,
    depth: usize,
}

impl<'d, 's> Flattener<'d, 's> {
    fn new(
        document: &'d Document<'s>,
        article: bool,
        role: &'d dyn Fn(&Template<'_, '_>) -> TemplateRole,
    ) -> Self {
        Self {
            document,
            role,
            article,
            out: Visible::new(article),
            marks: Vec::new(),
            later: Vec::new(),
            depth: 0,
        }
    }

    fn stretch(&mut self, start: usize, end: usize) {
        if DEEPEST <= self.depth {
            return;
        }
        self.depth += 1;
        let mut at = start;
        for node in self.document.nodes_in(start, end) {
            if node.start < at || end < node.end {
                continue;
            }
            self.text(at, node.start);
            self.node(node);
            at = node.end;
        }
        self.text(at, end);
        self.depth -= 1;
    }

    fn text(&mut self, start: usize, end: usize) {
        let slice = self.document.slice(start, end);
        let next = self.document.source().as_bytes().get(end).copied();
        self.out.wikitext(slice.text(), next);
    }

    fn node(&mut self, node: &Node) {
        match node.kind {
            NodeKind::Comment | NodeKind::References => {}
            NodeKind::Raw => self.raw(node),
            NodeKind::Ref | NodeKind::EmptyRef => self.mark(node),
            NodeKind::Argument => {
                let default = self.document.parts(*node).nth(1);
                if let Some((part, _)) = default {
                    self.stretch(part.start(), part.end());
                }
            }
            NodeKind::Link => self.link(node),
            NodeKind::Template => self.template(node),
        }
    }

    fn raw(&mut self, node: &Node) {
        let tag = self.document.slice(node.start + 1, node.inner_start).text();
        let is = |name: &str| {
            let head = tag.get(..name.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(name))
        };
        if is("nowiki") || (!self.article && (is("pre") || is("syntax"))) {
            let text = entities::decode_entities(self.document.inner(node).text());
            self.out.push_str(&text);
        }
    }

    fn link(&mut self, node: &Node) {
        let mut parts = self.document.parts(*node).map(|(part, _)| part);
        let Some(target) = parts.next() else { return };
        let caption = parts.next_back();
        let name = target.text().trim();
        match inline::namespace(name).map(|(namespace, _)| namespace) {
            Some(Namespace::Category) => return,
            Some(Namespace::File) => {
                if let Some(caption) = caption.filter(|_| self.article) {
                    self.later.push((None, caption));
                }
                return;
            }
            None => {}
        }
        if let Some(label) = self.document.parts(*node).nth(1) {
            self.stretch(label.0.start(), node.inner_end);
        } else if let Some((_, label)) = name.split_once(' ').filter(|(url, _)| url.contains("//"))
        {
            self.out.push_str(label); // [[http://… label]], meant as an external link
        } else if !name.contains("//") {
            let shown = name.strip_prefix(':').unwrap_or(name);
            self.out.push_str(&entities::decode_entities(shown));
        }
    }

    fn template(&mut self, node: &Node) {
        let Some(template) = self.document.template(node) else {
            return;
        };
        if self.article && (self.role)(&template) == TemplateRole::Mark {
            self.mark(node);
            self.values_with_marks(&template);
            return;
        }
        let argument = |wanted: usize| {
            let positional = template.parameters().filter(|p| p.name.is_none());
            let found = positional.take(wanted).last();
            found.map(|parameter| parameter.value)
        };
        match inline::inline(template.name().text()) {
            Inline::Text(text) => self.out.push_str(text),
            Inline::Argument(number) => self.value(argument(number)),
            Inline::Last => self.value(argument(usize::MAX)),
            Inline::Two => {
                let first = argument(1);
                self.value(first);
                if let Some(second) = argument(2).filter(|second| Some(*second) != first) {
                    self.out.push_str(" ");
                    self.value(Some(second));
                }
            }
            Inline::Date => match date(&template) {
                Some(date) => self.out.push_str(&date),
                None => self.value(argument(1)),
            },
            Inline::Mark => self.mark(node),
            Inline::Nothing => self.values_with_marks(&template),
        }
    }

    fn mark(&mut self, node: &Node) {
        if self.article {
            let at = self.out.mark();
            self.marks.push(Mark {
                tag: node.start,
                at,
            });
        }
    }

    fn value(&mut self, value: Option<Slice<'s>>) {
        if let Some(value) = value {
            self.stretch(value.start(), value.end());
        }
    }

    /// Keeps the values of a box, quotation or note that hold references, for later: the template
    /// may stand in the middle of a sentence.
    fn values_with_marks(&mut self, template: &Template<'_, 's>) {
        if !self.article || (self.role)(template) == TemplateRole::List {
            return;
        }
        let marks = |value: &Slice<'_>| {
            let nodes = self.document.nodes_in(value.start(), value.end());
            nodes
                .iter()
                .any(|node| matches!(node.kind, NodeKind::Ref | NodeKind::EmptyRef))
        };
        if !marks(&template.whole()) {
            return;
        }
        let held: Vec<_> = template.parameters().filter(|p| marks(&p.value)).collect();
        for parameter in held {
            // A short value ("3,500,000") says nothing without the name of its parameter.
            let text = parameter.value.text();
            let before = text.find("<ref").and_then(|at| text.get(..at));
            let short = before.is_some_and(|before| before.len() < 60);
            self.later
                .push((parameter.name.filter(|_| short), parameter.value));
        }
    }
}

/// The date that a template's first arguments give as year, month and day: `2019-05-03`.
fn date(template: &Template<'_, '_>) -> Option<String> {
    let positional = template.parameters().filter(|p| p.name.is_none());
    let mut parts = positional.take(3).map(|parameter| parameter.value.text());
    let is_number = |text: &&str| {
        (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let year = parts.next().filter(is_number)?;
    let mut date = format!("{year:0>4}");
    for part in parts.take_while(is_number) {
        date.push('-');
        date.push_str("0".get(part.len() - 1..).unwrap_or_default());
        date.push_str(part);
    }
    Some(date)
}
