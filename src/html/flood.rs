//! Tags with more attributes than any page needs: the tokenizer compares each with all before it.

use std::borrow::Cow;

/// Attributes read of one tag.
const MAX_ATTRIBUTES: usize = 250;

/// The page with the attributes of a tag beyond [`MAX_ATTRIBUTES`] blanked, every other byte where
/// it was.
pub(crate) fn without_floods(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    // Tags are looked for inside quotes, scripts and comments too, so that none can hide there;
    // this bounds how often a stretch is looked at.
    let mut budget = 16 * bytes.len() + 65_536;
    let mut blanks: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(open) = find(bytes, at, |byte| byte == b'<') {
        at = open + 1;
        let name = match bytes.get(at) {
            Some(b'/') => at + 1,
            _ => at,
        };
        if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let scan = scan_tag(bytes, name);
        let Some(rest) = budget.checked_sub(scan.end - open) else {
            blanks.push((open, bytes.len()));
            break;
        };
        budget = rest;
        if let Some(flood) = scan.flood {
            blanks.push((flood, scan.end));
            at = scan.end;
        }
    }
    if blanks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in blanks {
        kept.push_str(text.get(from..start).unwrap_or_default());
        kept.extend(std::iter::repeat_n(' ', end - start));
        from = end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(kept)
}

struct TagScan {
    /// Where the tag's `>` is, or the end of the page.
    end: usize,
    /// Where the attribute after the last allowed one starts.
    flood: Option<usize>,
}

/// Walks a tag as the tokenizer does: names, `=`, values in quotes or without.
fn scan_tag(bytes: &[u8], name: usize) -> TagScan {
    let delimits = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let at = find(bytes, name, delimits).unwrap_or(bytes.len());
    let (mut attributes, mut flood) = (0usize, None);
    let mut rest = Attributes { bytes, at };
    for attribute in rest.by_ref() {
        attributes += 1;
        if attributes == MAX_ATTRIBUTES {
            flood = Some(attribute.name.0);
        }
    }
    TagScan {
        end: rest.at,
        flood,
    }
}

/// An attribute in the bytes of a tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    pub(crate) name: (usize, usize),
    /// The value without its quotation marks.
    pub(crate) value: (usize, usize),
}

/// The attributes of a tag, read as the tokenizer does; `at` starts behind the tag's name and ends
/// at its `>` or at the end of the bytes.
#[derive(Debug)]
pub(crate) struct Attributes<'b> {
    pub(crate) bytes: &'b [u8],
    pub(crate) at: usize,
}

impl Iterator for Attributes<'_> {
    type Item = Written;

    fn next(&mut self) -> Option<Written> {
        let bytes = self.bytes;
        let all = bytes.len();
        let delimits = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let skips = |byte: u8| !(byte.is_ascii_whitespace() || byte == b'/');
        let start = find(bytes, self.at, skips).unwrap_or(all);
        self.at = start;
        if matches!(bytes.get(start), None | Some(b'>')) {
            return None;
        }
        // A name may start with `=`.
        let end = find(bytes, start + 1, |byte| delimits(byte) || byte == b'=').unwrap_or(all);
        self.at = end;
        let equals = find(bytes, end, |byte| !byte.is_ascii_whitespace()).unwrap_or(all);
        let name = (start, end);
        if bytes.get(equals) != Some(&b'=') {
            return Some(Written {
                name,
                value: (end, end),
            });
        }
        let open = find(bytes, equals + 1, |byte| !byte.is_ascii_whitespace()).unwrap_or(all);
        let value = if let Some(quote @ (b'"' | b'\'')) = bytes.get(open) {
            let close = memchr::memchr(*quote, bytes.get(open + 1..).unwrap_or_default());
            let close = close.map_or(all, |close| open + 1 + close);
            self.at = (close + 1).min(all);
            (open + 1, close)
        } else {
            let ends = |byte: u8| byte.is_ascii_whitespace() || byte == b'>';
            self.at = find(bytes, open, ends).unwrap_or(all);
            (open, self.at)
        };
        Some(Written { name, value })
    }
}

fn find(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.iter()
        .position(|byte| wanted(*byte))
        .map(|at| from + at)
}
