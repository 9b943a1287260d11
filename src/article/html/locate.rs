//! Where the entries of a parsed page stand in its source.
//!
//! The parser keeps no places, so they are looked up: by `id`, else by counting list items.

use std::collections::HashMap;

use crate::wikitext::decode_entities;

/// Start tags of a source, found without parsing it.
#[derive(Debug)]
pub(super) struct Locator<'s> {
    source: &'s str,
    /// First byte of the tag that carries an `id`; the first when it is there twice.
    by_id: HashMap<String, usize>,
    /// First bytes of the `<li` tags.
    items: Vec<usize>,
    /// How far entries may still be searched for their ends: entries that nobody closed would
    /// each run to the end of the page.
    budget: std::cell::Cell<usize>,
}

impl<'s> Locator<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let bytes = source.as_bytes();
        let (mut by_id, mut items) = (HashMap::new(), Vec::new());
        let mut at = 0;
        while let Some(start) = next_tag(bytes, at) {
            let rest = bytes.get(start..).unwrap_or_default();
            at = start + 1;
            if let Some(end) = hidden_end(rest) {
                at = start + end;
                continue;
            }
            if is_tag(rest, b"<li") {
                items.push(start);
            }
            if let Some((id, end)) = id_of(source, start) {
                by_id.entry(decode_entities(id)).or_insert(start);
                at = end;
            }
        }
        let budget = std::cell::Cell::new(source.len().saturating_mul(4));
        Self {
            source,
            by_id,
            items,
            budget,
        }
    }

    /// How many list items the source has.
    pub(super) fn item_count(&self) -> usize {
        self.items.len()
    }

    /// The bytes of the element with that `id`, which is a list item.
    pub(super) fn by_id(&self, id: &str) -> Option<(usize, usize)> {
        let start = *self.by_id.get(id)?;
        Some((start, self.end(start)))
    }

    /// The bytes of a list item, counted from 0.
    pub(super) fn item(&self, index: usize) -> Option<(usize, usize)> {
        let start = *self.items.get(index)?;
        Some((start, self.end(start)))
    }

    /// The bytes of the first appearance of `text` from `from` on.
    pub(super) fn text(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let rest = self.source.get(from..)?;
        let at = from + rest.find(text)?;
        Some((at, at + text.len()))
    }

    /// One past the end of the list item that starts at a byte.
    fn end(&self, start: usize) -> usize {
        let bytes = self.source.as_bytes();
        let (mut lists, mut at) = (0_usize, start + 1);
        let limit = start.saturating_add(self.budget.get());
        let mut last = start;
        while let Some(tag) = next_tag(bytes, at).filter(|tag| *tag < limit) {
            let rest = bytes.get(tag..).unwrap_or_default();
            at = hidden_end(rest).map_or(tag + 1, |end| tag + end);
            last = tag;
            if is_tag(rest, b"<ul") || is_tag(rest, b"<ol") {
                lists += 1;
            } else if is_tag(rest, b"</ul") || is_tag(rest, b"</ol") {
                let Some(outer) = lists.checked_sub(1) else {
                    break;
                };
                lists = outer;
            } else if lists == 0 && is_tag(rest, b"</li") {
                let close = memchr::memchr(b'>', rest).unwrap_or(3);
                last = tag + close + 1;
                break;
            } else if lists == 0 && is_tag(rest, b"<li") {
                break;
            }
        }
        self.budget
            .set(self.budget.get().saturating_sub(at - start));
        let end = last.max(start + 3).min(self.source.len());
        (end..=self.source.len())
            .find(|end| self.source.is_char_boundary(*end))
            .unwrap_or(end)
    }
}

fn next_tag(bytes: &[u8], from: usize) -> Option<usize> {
    memchr::memchr(b'<', bytes.get(from..)?).map(|at| from + at)
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

/// Where a comment, script or style that starts here ends: what is in it holds no tags.
fn hidden_end(rest: &[u8]) -> Option<usize> {
    let find = |close: &[u8]| memchr::memmem::find(rest, close).map(|at| at + close.len());
    if rest.starts_with(b"<!--") {
        find(b"-->")
    } else if is_tag(rest, b"<script") {
        find(b"</script>")
    } else if is_tag(rest, b"<style") {
        find(b"</style>")
    } else {
        None
    }
}

/// The `id` of the tag at a byte, and where the tag ends.
fn id_of(source: &str, start: usize) -> Option<(&str, usize)> {
    let rest = source.get(start..)?;
    if !rest.as_bytes().get(1)?.is_ascii_alphabetic() {
        return None;
    }
    let bytes = rest.as_bytes();
    let (mut at, mut id) = (1, None);
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\'' | b'>' | b'<'))?;
        match bytes.get(at)? {
            quote @ (b'"' | b'\'') => {
                let before = rest.get(..at)?.trim_end();
                let value = bytes.get(at + 1..)?;
                let length = memchr::memchr(*quote, value)?;
                let name = before.strip_suffix('=').map(str::trim_end);
                let is_id = name.is_some_and(|name| {
                    let name = name.rsplit(char::is_whitespace).next();
                    name.is_some_and(|name| name.eq_ignore_ascii_case("id"))
                });
                if is_id {
                    id = rest.get(at + 1..at + 1 + length);
                }
                at += length + 2;
            }
            _ => return id.map(|id| (id, start + at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, id: &str, expect: Option<&str>) {
        let found = Locator::new(source).by_id(id);
        let text = found.and_then(|(start, end)| source.get(start..end));
        assert_eq!(text, expect, "{source}");
    }

    #[test]
    fn list_item_is_found_by_its_id() {
        check(
            "<ol><li id=\"a\">x</li><li id='b&amp;c'>y</li></ol>",
            "b&c",
            Some("<li id='b&amp;c'>y</li>"),
        );
        check(
            "<li id=\"a\">x<ul><li>y</li></ul>z</li>q",
            "a",
            Some("<li id=\"a\">x<ul><li>y</li></ul>z</li>"),
        );
        check(
            "<ol><li id=\"a\">é<li id=\"b\">y</ol>",
            "a",
            Some("<li id=\"a\">é"),
        );
        check(
            "<ol><li id=\"a\">é<li id=\"b\">y</ol>",
            "b",
            Some("<li id=\"b\">y"),
        );
        check(
            "<!-- <li id=\"a\">x</li> --><li class=\"c\" id=\"a\">y</li>",
            "a",
            Some("<li class=\"c\" id=\"a\">y</li>"),
        );
        check("<li data-id=\"a\">x</li>", "a", None);
    }
}
