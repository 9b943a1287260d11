//! Tags that `MediaWiki` knows, and their attributes.

use super::slice::Slice;

/// Tags whose content is shown as it is or belongs to another language than wikitext.
const RAW: [&str; 15] = [
    "nowiki",
    "pre",
    "syntaxhighlight",
    "source",
    "math",
    "chem",
    "ce",
    "score",
    "timeline",
    "graph",
    "templatedata",
    "hiero",
    "mapframe",
    "maplink",
    "templatestyles",
];

/// A value in quotes longer than this is taken for a quote that was never closed.
const LONGEST_QUOTED: usize = 1000;

/// A tag that the scanner must look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagName {
    Ref,
    References,
    /// Index into [`RAW`].
    Raw(usize),
}

impl TagName {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Ref => "ref",
            Self::References => "references",
            Self::Raw(index) => RAW.get(index).copied().unwrap_or_default(),
        }
    }

    /// How many names there are, for tables by [`TagName::index`].
    pub(super) const COUNT: usize = RAW.len() + 2;

    pub(super) fn index(self) -> usize {
        match self {
            Self::Ref => RAW.len(),
            Self::References => RAW.len() + 1,
            Self::Raw(index) => index,
        }
    }
}

/// The tag whose name follows a `<` or `</`, if it is one that matters.
pub(super) fn name_at(after: &[u8]) -> Option<TagName> {
    let first = after.first()?.to_ascii_lowercase();
    let is = |name: &str| {
        let (head, rest) = after.split_at_checked(name.len())?;
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        (head.eq_ignore_ascii_case(name.as_bytes()) && rest.first().is_none_or(ends)).then_some(())
    };
    if first == b'r' {
        return is("ref")
            .map(|()| TagName::Ref)
            .or_else(|| is("references").map(|()| TagName::References));
    }
    if !matches!(first, b'n' | b'p' | b's' | b'm' | b'c' | b't' | b'g' | b'h') {
        return None;
    }
    let raw = RAW.iter().position(|name| is(name).is_some())?;
    Some(TagName::Raw(raw))
}

/// Where the opening tag that begins at byte 0 ends (one past its `>`), and whether it closes
/// itself. `None` when another tag begins first or nothing ends it.
pub(super) fn opening_end(tag: &[u8]) -> Option<(usize, bool)> {
    let mut at = 1;
    loop {
        match tag.get(at)? {
            b'>' => {
                let before = tag.get(..at)?.trim_ascii_end();
                return Some((at + 1, before.last() == Some(&b'/')));
            }
            b'<' => return None,
            quote @ (b'"' | b'\'') => at = quoted_end(tag, at, *quote).unwrap_or(at + 1),
            _ => at += 1,
        }
    }
}

/// One past the closing quote of a value that opens at `at`; `None` when what stands there is not
/// a quoted value, so that a forgotten quote does not swallow the text after the tag.
fn quoted_end(tag: &[u8], at: usize, quote: u8) -> Option<usize> {
    let before = tag.get(..at)?.trim_ascii_end();
    if before.last() != Some(&b'=') {
        return None;
    }
    let rest = tag.get(at + 1..)?;
    let rest = rest.get(..LONGEST_QUOTED.min(rest.len()))?;
    let length = memchr::memchr2(quote, b'\n', rest)?;
    let value = rest.get(..length)?;
    let closes = rest.get(length) == Some(&quote);
    let after = tag.get(at + length + 2)?;
    let ends = after.is_ascii_whitespace() || matches!(after, b'/' | b'>');
    let holds_a_tag = value.contains(&b'<') && value.contains(&b'>');
    (closes && ends && !holds_a_tag).then_some(at + length + 2)
}

/// Where the closing tag at byte 0 ends (one past its `>`); `None` when it is not well-formed.
pub(super) fn closing_end(tag: &[u8], name: TagName) -> Option<usize> {
    let after = tag.strip_prefix(b"</")?;
    if name_at(after) != Some(name) {
        return None;
    }
    let rest = after.get(name.text().len()..)?;
    let space = rest.len() - rest.trim_ascii_start().len();
    (rest.get(space) == Some(&b'>')).then_some(2 + name.text().len() + space + 1)
}

/// The attributes of an opening tag, which may be quoted in either way or not at all.
///
/// They are read when they are asked for; nothing is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributes<'s> {
    tag: Slice<'s>,
}

impl<'s> Attributes<'s> {
    pub(super) const fn of(tag: Slice<'s>) -> Self {
        Self { tag }
    }

    /// The value of an attribute, without its quotes; names are compared without case. `None`
    /// when it is absent or empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Slice<'s>> {
        self.iter()
            .find(|(key, value)| key.text().eq_ignore_ascii_case(name) && !value.is_blank())
            .map(|(_, value)| value)
    }

    /// All attributes with their values, in the order written.
    pub fn iter(&self) -> impl Iterator<Item = (Slice<'s>, Slice<'s>)> + use<'s> {
        let text = self.tag.text();
        let body = text
            .strip_suffix('>')
            .map(|body| body.trim_end().strip_suffix('/').unwrap_or(body))
            .unwrap_or_default();
        let name_end = body.bytes().position(|byte| byte.is_ascii_whitespace());
        AttributeList {
            tag: self.tag,
            body,
            at: name_end.unwrap_or(body.len()),
        }
    }
}

struct AttributeList<'s> {
    tag: Slice<'s>,
    body: &'s str,
    at: usize,
}

impl<'s> AttributeList<'s> {
    /// The first place from `from` on whose byte fails the test.
    fn past(&self, from: usize, test: fn(u8) -> bool) -> usize {
        let rest = self.body.as_bytes().get(from..).unwrap_or_default();
        from + rest.iter().take_while(|byte| test(**byte)).count()
    }

    fn part(&self, from: usize, to: usize) -> Option<Slice<'s>> {
        let text = self.body.get(from..to).unwrap_or_default();
        let (_, rest) = self.tag.split_at(self.tag.start() + from)?;
        rest.split_at(rest.start() + text.len())
            .map(|(part, _)| part)
    }

    /// Where a value that begins at `at` stands, and whether it is quoted.
    fn value(&self, at: usize) -> (usize, usize, bool) {
        let bytes = self.body.as_bytes();
        match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = bytes.get(at + 1..).unwrap_or_default();
                let length = memchr::memchr(*quote, rest).unwrap_or(rest.len());
                (at + 1, at + 1 + length, true)
            }
            _ => (at, self.past(at, |byte| !byte.is_ascii_whitespace()), false),
        }
    }
}

impl<'s> Iterator for AttributeList<'s> {
    type Item = (Slice<'s>, Slice<'s>);

    fn next(&mut self) -> Option<Self::Item> {
        while self.at < self.body.len() {
            let name_start = self.past(self.at, |byte| byte.is_ascii_whitespace() || byte == b'/');
            let name_end = self.past(name_start, |byte| {
                byte != b'=' && !byte.is_ascii_whitespace()
            });
            let equals = self.past(name_end, |byte| byte.is_ascii_whitespace());
            self.at = equals.max(name_start + 1);
            if self.body.as_bytes().get(equals) != Some(&b'=') {
                continue;
            }
            let value = self.past(equals + 1, |byte| byte.is_ascii_whitespace());
            let (from, to, quoted) = self.value(value);
            self.at = (to + usize::from(quoted)).max(self.at + 1);
            if let (Some(name), Some(value)) =
                (self.part(name_start, name_end), self.part(from, to))
            {
                return Some((name, value.trim()));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expect: Option<(&str, bool)>) {
        let found =
            opening_end(source.as_bytes()).map(|(end, empty)| (source.get(..end).unwrap(), empty));
        assert_eq!(found, expect, "{source}");
    }

    #[test]
    fn opening_tag_ends_at_its_own_bracket() {
        check("<ref>x", Some(("<ref>", false)));
        check("<ref name=a />x", Some(("<ref name=a />", true)));
        check("<ref name=a/b>x", Some(("<ref name=a/b>", false)));
        check("<ref name=\"a>b\">x", Some(("<ref name=\"a>b\">", false)));
        check("<ref name='a/'>x", Some(("<ref name='a/'>", false)));
        check("<ref name='a' / >x", Some(("<ref name='a' / >", true)));
        check("<ref name=O'Hara>it's", Some(("<ref name=O'Hara>", false)));
        check("<ref name=\"a>x", Some(("<ref name=\"a>", false)));
        check(
            "<ref name=\"a>He said \"no\"</ref>",
            Some(("<ref name=\"a>", false)),
        );
        check("<ref name=a <ref>", None);
        check("<ref name=a", None);
    }

    #[test]
    fn attributes_are_read_in_any_quoting() {
        let source = "<ref name = \"a b\" group='n' follow=x/y details=\"p. 3 > 4\" />";
        let read = Attributes::of(Slice::of(source, 0, source.len()));
        let text = |name| read.get(name).map(Slice::text);
        assert_eq!(text("name"), Some("a b"));
        assert_eq!(text("GROUP"), Some("n"));
        assert_eq!(text("follow"), Some("x/y"));
        assert_eq!(text("details"), Some("p. 3 > 4"));
        assert_eq!(text("extends"), None);
        let name = read.get("name").unwrap();
        assert_eq!(source.get(name.start()..name.end()), Some("a b"));
    }
}
