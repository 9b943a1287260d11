//! Where elements and attributes of a parsed page stand in its source.

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use scraper::{ElementRef, Html};

use super::dom::{self, NUMBER, Parsed};
use super::italics;
use crate::html::Attributes;
use crate::model::Span;
use crate::wikitext::Places;

/// A page with its source.
#[derive(Debug)]
pub(super) struct Page<'s> {
    pub(super) html: Html,
    pub(super) source: &'s str,
    places: Places<'s>,
    tags: Vec<Range<usize>>,
    /// How far elements may still be searched for their ends: elements that nobody closed would
    /// each run to the end of the page.
    budget: Cell<usize>,
    /// From where on a comment, script or style is known to have no end.
    endless: [Cell<usize>; 3],
    italics: OnceCell<bool>,
}

/// Elements that hold nothing and have no end tag.
const VOID: [&str; 9] = [
    "br", "img", "hr", "input", "link", "meta", "wbr", "source", "col",
];

impl<'s> Page<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let Parsed { html, tags } = dom::parse(source);
        Self {
            html,
            source,
            places: Places::new(source),
            tags,
            budget: Cell::new(source.len().saturating_mul(6)),
            endless: [const { Cell::new(usize::MAX) }; 3],
            italics: OnceCell::new(),
        }
    }

    /// Whether the page prints works in italics and publishers without.
    pub(super) fn has_italic_works(&self) -> bool {
        *self.italics.get_or_init(|| italics::mark_works(&self.html))
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.places.span(range.start, range.end)
    }

    /// The bytes of an element's start tag; `None` for an element that the parser supplied.
    pub(super) fn tag(&self, element: ElementRef<'_>) -> Option<Range<usize>> {
        let number: usize = element.value().attr(NUMBER)?.parse().ok()?;
        self.tags.get(number).filter(|tag| !tag.is_empty()).cloned()
    }

    /// The bytes of an element, tags included.
    pub(super) fn range(&self, element: ElementRef<'_>) -> Option<Range<usize>> {
        let tag = self.tag(element)?;
        let name = self.name(&tag);
        if VOID.iter().any(|void| void.eq_ignore_ascii_case(name)) {
            return Some(tag);
        }
        let end = if name.eq_ignore_ascii_case("li") {
            self.item_end(&tag)
        } else {
            self.element_end(&tag, name)
        };
        Some(tag.start..end)
    }

    /// The name in a start tag.
    fn name(&self, tag: &Range<usize>) -> &'s str {
        let rest = self.source.get(tag.start + 1..tag.end).unwrap_or_default();
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/');
        rest.split(ends).next().unwrap_or_default()
    }

    /// The bytes of an attribute's value, as written.
    pub(super) fn attribute(&self, element: ElementRef<'_>, name: &str) -> Option<Range<usize>> {
        let tag = self.tag(element)?;
        let bytes = self.source.as_bytes().get(..tag.end)?;
        let at = tag.start + 1 + self.name(&tag).len();
        let found = Attributes { bytes, at }.find(|attribute| {
            bytes
                .get(attribute.name.0..attribute.name.1)
                .is_some_and(|own| own.eq_ignore_ascii_case(name.as_bytes()))
        })?;
        Some(found.value.0..found.value.1)
    }

    /// One past the end of the list item whose start tag is given: list items end where the next
    /// one starts or their list ends.
    fn item_end(&self, tag: &Range<usize>) -> usize {
        let mut lists = 0_usize;
        self.walk(tag, &mut |rest| {
            if is_tag(rest, b"<ul") || is_tag(rest, b"<ol") {
                lists += 1;
            } else if is_tag(rest, b"</ul") || is_tag(rest, b"</ol") {
                match lists.checked_sub(1) {
                    Some(outer) => lists = outer,
                    None => return Some(End::Before),
                }
            } else if lists == 0 && is_tag(rest, b"</li") {
                return Some(End::Behind);
            } else if lists == 0 && is_tag(rest, b"<li") {
                return Some(End::Before);
            }
            None
        })
    }

    fn element_end(&self, tag: &Range<usize>, name: &str) -> usize {
        let (open, close) = (format!("<{name}"), format!("</{name}"));
        let mut inner = 0_usize;
        self.walk(tag, &mut |rest| {
            if is_tag(rest, open.as_bytes()) {
                inner += 1;
            } else if is_tag(rest, close.as_bytes()) {
                match inner.checked_sub(1) {
                    Some(outer) => inner = outer,
                    None => return Some(End::Behind),
                }
            }
            None
        })
    }

    /// Goes from tag to tag behind a start tag until one of them ends the element.
    fn walk(&self, tag: &Range<usize>, ends: &mut dyn FnMut(&[u8]) -> Option<End>) -> usize {
        let bytes = self.source.as_bytes();
        let limit = tag.end.saturating_add(self.budget.get());
        let (mut at, mut last) = (tag.end, tag.end);
        while let Some(open) = next_tag(bytes, at).filter(|open| *open < limit) {
            let rest = bytes.get(open..).unwrap_or_default();
            last = open;
            at = open + self.hidden_end(open, rest).unwrap_or_else(|| tag_end(rest));
            match ends(rest) {
                Some(End::Before) => break,
                Some(End::Behind) => {
                    last = at;
                    break;
                }
                None => {}
            }
        }
        let read = at.saturating_sub(tag.end);
        self.budget.set(self.budget.get().saturating_sub(read));
        let end = last.clamp(tag.end, self.source.len());
        (end..=self.source.len())
            .find(|end| self.source.is_char_boundary(*end))
            .unwrap_or(end)
    }

    /// Length of a comment, script or style that starts at a byte: what is in it holds no tags.
    fn hidden_end(&self, open: usize, rest: &[u8]) -> Option<usize> {
        let (kind, close): (usize, &[u8]) = if rest.starts_with(b"<!--") {
            (0, b"-->")
        } else if is_tag(rest, b"<script") {
            (1, b"</script>")
        } else if is_tag(rest, b"<style") {
            (2, b"</style>")
        } else {
            return None;
        };
        let endless = self.endless.get(kind)?;
        if endless.get() <= open {
            return None;
        }
        let end = memchr::memmem::find(rest, close).map(|at| at + close.len());
        if end.is_none() {
            endless.set(open);
        }
        end
    }
}

/// Where an element ends, seen from a tag.
enum End {
    Before,
    Behind,
}

fn next_tag(bytes: &[u8], from: usize) -> Option<usize> {
    memchr::memchr(b'<', bytes.get(from..)?).map(|at| from + at)
}

/// Length of the tag that starts here; quotation marks hide its `>`.
fn tag_end(rest: &[u8]) -> usize {
    let named = rest
        .get(1)
        .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
    if !named {
        return 1;
    }
    let mut at = 1;
    while let Some(found) = rest
        .get(at..)
        .and_then(|rest| memchr::memchr3(b'>', b'"', b'\'', rest))
    {
        at += found;
        let quote = rest.get(at).copied().unwrap_or(b'>');
        if quote == b'>' {
            return at + 1;
        }
        let before = rest.get(..at).unwrap_or_default().trim_ascii_end();
        // A mark that opens no value hides nothing.
        let close = Some(at + 1)
            .filter(|_| before.ends_with(b"="))
            .and_then(|from| memchr::memchr(quote, rest.get(from..)?));
        at += close.map_or(1, |close| close + 2);
    }
    rest.len()
}

/// Whether a tag of that name (with its `<`) starts here.
fn is_tag(rest: &[u8], name: &[u8]) -> bool {
    rest.split_at_checked(name.len())
        .is_some_and(|(head, after)| {
            let ends = after
                .first()
                .is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
            ends && head.eq_ignore_ascii_case(name)
        })
}

#[cfg(test)]
mod tests {
    use super::super::page::selector;
    use super::*;

    #[track_caller]
    fn check(source: &str, css: &'static str, expect: &str) {
        let page = Page::new(source);
        let element = page.html.select(&selector(css)).next();
        let range = element.and_then(|element| page.range(element));
        let text = range.and_then(|range| source.get(range));
        assert_eq!(text, Some(expect), "{source}");
    }

    #[test]
    fn elements_are_found_in_the_source() {
        check(
            "<ol><li id=\"a\">x</li><li id='b&amp;c'>y</li></ol>",
            "li + li",
            "<li id='b&amp;c'>y</li>",
        );
        check(
            "<li id=\"a\">x<ul><li>y</li></ul>z</li>q",
            "li",
            "<li id=\"a\">x<ul><li>y</li></ul>z</li>",
        );
        check("<ol><li>é<li id=\"b\">y</ol>", "li", "<li>é");
        check("<ol><li>é<li id=\"b\">y</ol>", "#b", "<li id=\"b\">y");
        check(
            "<!-- <li>x</li> --><li class=\"c\">y</li>",
            "li",
            "<li class=\"c\">y</li>",
        );
        check(
            "a < b > c <p><b>d</b> <CITE title='</cite>'>e<cite>f</cite></CITE>",
            "cite",
            "<CITE title='</cite>'>e<cite>f</cite></CITE>",
        );
        check("<li><cite>never closed", "cite", "<cite>");
        check(
            "<script>'<cite>'</script><cite>é</cite>",
            "cite",
            "<cite>é</cite>",
        );
    }

    #[test]
    fn attributes_are_found_in_the_source() {
        let source = "<a class=x href = 'b&amp;c>' title>t</a>";
        let page = Page::new(source);
        let element = page.html.select(&selector("a")).next().unwrap();
        let value = |name| page.attribute(element, name).and_then(|at| source.get(at));
        assert_eq!(value("href"), Some("b&amp;c>"));
        assert_eq!(value("class"), Some("x"));
        assert_eq!(value("title"), Some(""));
        assert_eq!(value("id"), None);
    }
}
