//! Markup parted into tags and text, without a copy.
//!
//! The rules are the HTML standard's (13.2.5, tokenization). html5ever's own tokenizer takes a page
//! apart character by character and makes a string of every attribute; most bytes of a page are
//! scripts, and attributes that nobody asks for. This one leaps from `<` to `<`, gives what stands
//! there as places in the page, and leaves the tree to html5ever.

use memchr::memmem;

use super::flood::{Attributes, Written};

/// Attributes read of one tag; no page needs more.
const MAX_ATTRIBUTES: usize = 249;

/// What stands next in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Markup<'t> {
    /// Text as written: character references are not read.
    Text(&'t str),
    Tag(ScannedTag<'t>),
    /// A whole `<!DOCTYPE …>`.
    Doctype(&'t str),
    /// Where `<![CDATA[` stands: [`Scanner::cdata`] or [`Scanner::bogus_comment`] is next.
    Cdata,
}

/// A start or end tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ScannedTag<'t> {
    /// As written, whatever its case.
    pub(crate) name: &'t str,
    pub(crate) is_end: bool,
    pub(crate) self_closing: bool,
}

/// A place in a page that moves on from tag to tag.
#[derive(Debug)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

/// What a `<` begins.
enum Opens {
    Start,
    End,
    /// `</>`, which is nothing.
    Nothing,
    Declaration,
    Bogus,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// How much of the page was given.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The next tag or text; `attributes` takes the tag's. A tag that never ends is nothing.
    pub(crate) fn next(&mut self, attributes: &mut Vec<Written>) -> Option<Markup<'t>> {
        loop {
            let start = self.at;
            let Some((open, opens)) = self.markup_from(start) else {
                self.at = self.text.len();
                return self.text_between(start, self.at);
            };
            if start < open {
                self.at = open;
                return self.text_between(start, open);
            }
            match opens {
                Opens::Start => return self.tag(open + 1, false, attributes),
                Opens::End => return self.tag(open + 2, true, attributes),
                Opens::Nothing => self.at = open + 3,
                Opens::Bogus => self.bogus_comment(),
                Opens::Declaration => {
                    if let Some(found) = self.declaration() {
                        return Some(found);
                    }
                }
            }
        }
    }

    /// The next `<` that begins something.
    fn markup_from(&self, mut from: usize) -> Option<(usize, Opens)> {
        let bytes = self.text.as_bytes();
        loop {
            let open = from + memchr::memchr(b'<', bytes.get(from..)?)?;
            let opens = match (bytes.get(open + 1), bytes.get(open + 2)) {
                (Some(b'a'..=b'z' | b'A'..=b'Z'), _) => Some(Opens::Start),
                (Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => Some(Opens::End),
                (Some(b'/'), Some(b'>')) => Some(Opens::Nothing),
                (Some(b'/'), Some(_)) | (Some(b'?'), _) => Some(Opens::Bogus),
                (Some(b'!'), _) => Some(Opens::Declaration),
                _ => None,
            };
            if let Some(opens) = opens {
                return Some((open, opens));
            }
            from = open + 1;
        }
    }

    fn text_between(&self, start: usize, end: usize) -> Option<Markup<'t>> {
        let text = self.text.get(start..end)?;
        (!text.is_empty()).then_some(Markup::Text(text))
    }

    fn tag(
        &mut self,
        name: usize,
        is_end: bool,
        attributes: &mut Vec<Written>,
    ) -> Option<Markup<'t>> {
        attributes.clear();
        let bytes = self.text.as_bytes();
        let end = name + bytes.get(name..)?.iter().position(|byte| delimits(*byte))?;
        let mut rest = Attributes { bytes, at: end };
        let mut last = end;
        for attribute in rest.by_ref() {
            last = attribute.value.1;
            if attributes.len() < MAX_ATTRIBUTES && !is_end {
                attributes.push(attribute);
            }
        }
        let close = rest.at;
        if bytes.get(close) != Some(&b'>') {
            self.at = bytes.len();
            return None;
        }
        self.at = close + 1;
        Some(Markup::Tag(ScannedTag {
            name: self.text.get(name..end)?,
            is_end,
            self_closing: last < close && bytes.get(close - 1) == Some(&b'/'),
        }))
    }

    /// `<!…`: a comment is passed over.
    fn declaration(&mut self) -> Option<Markup<'t>> {
        let open = self.at;
        let rest = self.text.as_bytes().get(open + 2..).unwrap_or_default();
        if rest.starts_with(b"--") {
            self.at = comment_end(rest).map_or(self.text.len(), |end| open + 2 + end);
            return None;
        }
        if rest.starts_with(b"[CDATA[") {
            return Some(Markup::Cdata);
        }
        self.bogus_comment();
        let doctype = rest
            .get(..7)
            .is_some_and(|word| word.eq_ignore_ascii_case(b"doctype"));
        let whole = self.text.get(open..self.at).filter(|_| doctype)?;
        Some(Markup::Doctype(whole))
    }

    /// Passes over what is read as a comment: all up to `>`.
    pub(crate) fn bogus_comment(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let end = memchr::memchr(b'>', rest).map_or(rest.len(), |close| close + 1);
        self.at += end;
    }

    /// The text of the CDATA section that begins here.
    pub(crate) fn cdata(&mut self) -> &'t str {
        let start = self.at + "<![CDATA[".len();
        let rest = self.text.get(start..).unwrap_or_default();
        let end = memmem::find(rest.as_bytes(), b"]]>");
        self.at = end.map_or(self.text.len(), |end| start + end + 3);
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    }

    /// The text up to the end tag of an element that holds no markup.
    pub(crate) fn raw(&mut self, name: &str) -> &'t str {
        let end = raw_end(self.text.as_bytes(), self.at, name);
        self.text_up_to(end)
    }

    /// The text of a script: comments in it may hold `</script>`, once `<script` stood in them.
    pub(crate) fn script(&mut self) -> &'t str {
        let end = script_end(self.text.as_bytes(), self.at);
        self.text_up_to(end)
    }

    /// All that is left.
    pub(crate) fn rest(&mut self) -> &'t str {
        self.text_up_to(None)
    }

    fn text_up_to(&mut self, end: Option<usize>) -> &'t str {
        let end = end.unwrap_or(self.text.len());
        let text = self.text.get(self.at..end).unwrap_or_default();
        self.at = end;
        text
    }
}

/// Whether a byte ends the name of a tag.
fn delimits(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

/// One past the end of a comment, from its `--` on.
fn comment_end(rest: &[u8]) -> Option<usize> {
    // `<!-->` and `<!--->` are whole comments.
    match rest.get(2..) {
        Some([b'>', ..]) => return Some(3),
        Some([b'-', b'>', ..]) => return Some(4),
        _ => {}
    }
    let mut from = 2;
    loop {
        let dashes = from + memmem::find(rest.get(from..)?, b"--")?;
        match rest.get(dashes + 2..) {
            Some([b'>', ..]) => return Some(dashes + 3),
            Some([b'!', b'>', ..]) => return Some(dashes + 4),
            _ => from = dashes + 1,
        }
    }
}

/// Whether a tag of this name stands at `at`, where its name would begin.
fn is_named(bytes: &[u8], at: usize, name: &str) -> bool {
    let end = at + name.len();
    let found = bytes.get(at..end);
    found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && bytes.get(end).is_some_and(|byte| delimits(*byte))
}

fn raw_end(bytes: &[u8], mut from: usize, name: &str) -> Option<usize> {
    loop {
        let open = from + memchr::memchr(b'<', bytes.get(from..)?)?;
        if bytes.get(open + 1) == Some(&b'/') && is_named(bytes, open + 2, name) {
            return Some(open);
        }
        from = open + 1;
    }
}

/// How far into a comment within a script a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escaped {
    No,
    Comment,
    /// A script within the comment.
    Twice,
}

fn script_end(bytes: &[u8], mut from: usize) -> Option<usize> {
    let mut escaped = Escaped::No;
    loop {
        let open = from + memchr::memchr(b'<', bytes.get(from..)?)?;
        if escaped != Escaped::No && memmem::find(bytes.get(from..open)?, b"-->").is_some() {
            escaped = Escaped::No;
        }
        let closes = bytes.get(open + 1) == Some(&b'/') && is_named(bytes, open + 2, "script");
        match escaped {
            Escaped::No | Escaped::Comment if closes => return Some(open),
            Escaped::Twice if closes => escaped = Escaped::Comment,
            Escaped::Comment if is_named(bytes, open + 1, "script") => escaped = Escaped::Twice,
            Escaped::No if bytes.get(open + 1..open + 4) == Some(b"!--") => {
                escaped = Escaped::Comment;
                // `<!-->` begins and ends it.
                from = open + 2;
                continue;
            }
            Escaped::No | Escaped::Comment | Escaped::Twice => {}
        }
        from = open + 1;
    }
}
