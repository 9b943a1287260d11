//! The text that readers see, with the places of reference marks.

use std::collections::HashMap;

use scraper::node::Node;
use scraper::{ElementRef, Html};

use crate::wikitext::{Mark, MarkedText};

/// Elements that end a paragraph.
const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];
/// Elements that show no text of the article.
const HIDDEN: [&str; 9] = [
    "head", "script", "style", "template", "noscript", "nav", "svg", "math", "button",
];
/// Classes of what is no text of a citation: back-links, machine-readable copies, complaints.
const ASIDE: [&str; 12] = [
    "mw-cite-backlink",
    "pcs-ref-backlink-container",
    "Z3988",
    "cs1-maint",
    "cs1-hidden-error",
    "cs1-visible-error",
    "mw-subreference-list",
    "mw-editsection",
    "mw-linkback-text",
    "noprint",
    "citation-comment",
    "mw-ext-cite-error",
];

/// Whether an element shows nothing of the text around it.
pub(super) fn is_aside(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    HIDDEN.contains(&value.name())
        || is_entry(element)
        || value.classes().any(|class| ASIDE.contains(&class))
        || value.attr("rel") == Some("mw:referencedBy")
        || value
            .attr("style")
            .filter(|_| value.name() == "span")
            .is_some_and(|style| {
                let style = style.replace(' ', "");
                style.contains("display:none")
            })
}

/// Whether an element is an entry of the reference list: an entry within another one (a
/// sub-reference) is read by itself.
pub(super) fn is_entry(element: &ElementRef<'_>) -> bool {
    let id = element
        .value()
        .attr("id")
        .filter(|_| element.value().name() == "li");
    id.is_some_and(|id| id.starts_with("cite_note"))
}

/// Whether an element ends a paragraph.
pub(super) fn is_block(element: &ElementRef<'_>) -> bool {
    BLOCKS.contains(&element.value().name())
}

/// Whether an element is no part of the text of a citation: an aside, or a mark.
pub(super) fn is_hidden(element: &ElementRef<'_>) -> bool {
    is_aside(element) || is_mark_like(element)
}

/// The text of the page in paragraphs, with the marks of the entries: `entries` gives the number
/// of each entry's id. What is in an entry is no text.
pub(super) fn article(page: &Html, entries: &HashMap<String, usize>) -> MarkedText {
    let mut out = Collapsed::default();
    let mut marks = Vec::new();
    walk(page.root_element(), &mut |step| match step {
        Step::Text(text) => {
            out.push(text);
            false
        }
        Step::Enter(element) => {
            let value = element.value();
            if is_aside(&element) || value.attr("id").is_some_and(|id| entries.contains_key(id)) {
                return true;
            }
            if let Some(entry) = mark(&element, entries) {
                let at = out.text.trim_end_matches(' ').len();
                marks.push(Mark { tag: entry, at });
                out.marked = true;
                return true;
            }
            if BLOCKS.contains(&value.name()) {
                out.paragraph();
            } else if value.name() == "br" {
                out.push(" ");
            }
            is_mark_like(&element) && !holds_mark(&element, entries)
        }
        Step::Leave(element) => {
            if BLOCKS.contains(&element.value().name()) {
                out.paragraph();
            }
            false
        }
    });
    let end = out.text.trim_end().len();
    out.text.truncate(end);
    for mark in &mut marks {
        mark.at = mark.at.min(end);
    }
    MarkedText {
        text: out.text,
        marks,
    }
}

/// The entry that a link leads to.
fn mark(element: &ElementRef<'_>, entries: &HashMap<String, usize>) -> Option<usize> {
    if element.value().name() != "a" {
        return None;
    }
    entry_of(element.value().attr("href")?, entries)
}

/// The entry that an address names after its `#`.
pub(super) fn entry_of(href: &str, entries: &HashMap<String, usize>) -> Option<usize> {
    let (_, fragment) = href.split_once('#')?;
    let known = entries.get(fragment);
    known.or_else(|| entries.get(&decoded(fragment))).copied()
}

/// A fragment without its percent-encoding.
pub(super) fn decoded(fragment: &str) -> String {
    // Form decoding takes `+` for a space, which a fragment does not.
    let fragment = fragment.replace('+', "%2B");
    let (decoded, _) = url::form_urlencoded::parse(fragment.as_bytes())
        .next()
        .unwrap_or_default();
    decoded.into_owned()
}

fn is_mark_like(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    let is_reference = |class: &str| matches!(class, "reference" | "mw-ref" | "Inline-Template");
    matches!(value.name(), "sup" | "span") && value.classes().any(is_reference)
}

fn holds_mark(element: &ElementRef<'_>, entries: &HashMap<String, usize>) -> bool {
    let inner = element.descendants().filter_map(ElementRef::wrap);
    inner.take(20).any(|inner| mark(&inner, entries).is_some())
}

/// A step of a walk through the page.
pub(super) enum Step<'a> {
    Text(&'a str),
    Enter(ElementRef<'a>),
    Leave(ElementRef<'a>),
}

/// Walks through an element in document order, without recursion; a visit of [`Step::Enter`] that
/// gives `true` skips what is in that element.
pub(super) fn walk<'a>(root: ElementRef<'a>, visit: &mut dyn FnMut(Step<'a>) -> bool) {
    let mut next = root.first_child();
    while let Some(node) = next {
        let mut skip = false;
        if let Node::Text(text) = node.value() {
            visit(Step::Text(text));
        } else if let Some(element) = ElementRef::wrap(node) {
            skip = visit(Step::Enter(element));
        }
        next = node.first_child().filter(|_| !skip);
        let mut at = node;
        let mut skipped = skip;
        while next.is_none() {
            if let Some(element) = ElementRef::wrap(at)
                && !skipped
            {
                visit(Step::Leave(element));
            }
            skipped = false;
            next = at.next_sibling();
            if next.is_some() {
                break;
            }
            match at.parent() {
                Some(parent) if parent.id() != root.id() => at = parent,
                _ => return,
            }
        }
    }
}

/// Text with white space collapsed and paragraphs apart.
#[derive(Default)]
struct Collapsed {
    text: String,
    marked: bool,
}

impl Collapsed {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                    self.text.push(' ');
                }
                continue;
            }
            if std::mem::take(&mut self.marked)
                && c.is_alphanumeric()
                && self.text.ends_with(['.', '!', '?'])
            {
                self.text.push(' ');
            }
            self.text.push(c);
        }
    }

    fn paragraph(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str("\n\n");
        }
        self.marked = false;
    }
}
