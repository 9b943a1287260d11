//! Links to other sites: `[url label]`, `[//host/path label]` and bare URLs.

use super::document::{Document, NodeKind};
use super::slice::Slice;

/// A label that does not end within so many bytes makes the link a bare URL.
const LONGEST_LABEL: usize = 4000;

/// A link to another site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExternalLink<'s> {
    /// The link with its brackets, or the bare URL.
    pub whole: Slice<'s>,
    /// The address as written.
    pub url: Slice<'s>,
    /// What stands for it, markup included; `None` for a bare URL and for `[url]`.
    pub label: Option<Slice<'s>>,
}

/// The links in a stretch, in order; those within templates, wikilinks, comments and raw tags of
/// that stretch are left out: ask for the value of the parameter to read those.
#[must_use]
pub fn external_links<'s>(document: &Document<'s>, within: Slice<'s>) -> Vec<ExternalLink<'s>> {
    let gaps = gaps(document, within);
    let mut links = Vec::new();
    let mut after = within.start();
    for (index, gap) in gaps.iter().enumerate() {
        for (start, end) in find_urls(gap.text()) {
            let (start, end) = (gap.start() + start, gap.start() + end);
            if start < after {
                continue; // in the label of the link before
            }
            let later = gaps.get(index..).unwrap_or_default();
            let link = bracketed(document, later, start, end).unwrap_or_else(|| {
                let url = document.slice(start, end);
                ExternalLink {
                    whole: url,
                    url,
                    label: None,
                }
            });
            after = link.whole.end();
            links.push(link);
        }
    }
    links
}

/// The stretches of text between the constructs that hide links.
fn gaps<'s>(document: &Document<'s>, within: Slice<'s>) -> Vec<Slice<'s>> {
    let mut gaps = Vec::new();
    let mut at = within.start();
    for node in document.nodes_in(within.start(), within.end()) {
        if node.start < at {
            continue;
        }
        match node.kind {
            NodeKind::Comment
            | NodeKind::Raw
            | NodeKind::Template
            | NodeKind::Argument
            | NodeKind::Ref
            | NodeKind::EmptyRef
            | NodeKind::References
            | NodeKind::Link => {
                gaps.push(document.slice(at, node.start));
                at = node.end;
            }
        }
    }
    gaps.push(document.slice(at, within.end().max(at)));
    gaps
}

fn bracketed<'s>(
    document: &Document<'s>,
    gaps: &[Slice<'s>],
    start: usize,
    end: usize,
) -> Option<ExternalLink<'s>> {
    let open = start.checked_sub(1)?;
    let first = gaps.first()?;
    if document.source().as_bytes().get(open) != Some(&b'[') || open < first.start() {
        return None;
    }
    for gap in gaps
        .iter()
        .take_while(|gap| gap.start() < end + LONGEST_LABEL)
    {
        let from = end.max(gap.start());
        let (_, text) = gap.split_at(from)?;
        let mut window = text.text().bytes().take(LONGEST_LABEL);
        let Some(at) = window.position(|byte| matches!(byte, b']' | b'\n')) else {
            continue;
        };
        let close = from + at;
        if text.text().as_bytes().get(at) == Some(&b'\n') {
            return None;
        }
        let label = document.slice(end, close).trim();
        return Some(ExternalLink {
            whole: document.slice(open, close + 1),
            url: document.slice(start, end),
            label: (!label.is_blank()).then_some(label),
        });
    }
    None
}

/// The URLs in a text, as byte ranges in order: `http`, `https` and `ftp`, and `//host` right
/// after a `[`. Punctuation that ends the sentence is not part of them.
#[must_use]
pub fn find_urls(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for at in memchr::memchr_iter(b'/', bytes) {
        if bytes.get(at + 1) != Some(&b'/') {
            continue;
        }
        if found.last().is_some_and(|(_, end)| at < *end) {
            continue;
        }
        let Some((before, after)) = text.split_at_checked(at) else {
            continue;
        };
        let Some(scheme) = scheme_length(before) else {
            continue;
        };
        let bracketed = before.as_bytes().get(..at - scheme).and_then(<[u8]>::last) == Some(&b'[');
        let end = at + url_length(after, bracketed);
        if at + 2 < end && (0 < scheme || bracketed) {
            found.push((at - scheme, end));
        }
    }
    found
}

/// Length of the scheme and colon that end `before`; 0 for none.
fn scheme_length(before: &str) -> Option<usize> {
    let Some(rest) = before.strip_suffix(':') else {
        return before.ends_with('[').then_some(0);
    };
    for scheme in ["https", "http", "ftp"] {
        let split = rest.len().checked_sub(scheme.len());
        let Some((head, tail)) = split.and_then(|at| rest.split_at_checked(at)) else {
            continue;
        };
        let bounded = !head.ends_with(|c: char| c.is_ascii_alphanumeric());
        if tail.eq_ignore_ascii_case(scheme) && bounded {
            return Some(scheme.len() + 1);
        }
    }
    None
}

fn url_length(text: &str, bracketed: bool) -> usize {
    let stop = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '[' | ']')
            || (!bracketed
                && matches!(c, '|' | '{' | '}' | '。' | '，' | '、' | '；' | '）' | '」'))
    };
    let end = text.find(stop).unwrap_or(text.len());
    let url = text.get(..end).unwrap_or_default();
    let url = url.split("''").next().unwrap_or(url);
    if bracketed {
        return url.len();
    }
    let unopened = !url.contains('(');
    url.trim_end_matches(|c| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'') || (unopened && c == ')')
    })
    .len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expect: &[(&str, Option<&str>)]) {
        let document = Document::parse(source);
        let links = external_links(&document, document.slice(0, source.len()));
        let found: Vec<_> = links
            .iter()
            .map(|link| (link.url.text(), link.label.map(Slice::text)))
            .collect();
        assert_eq!(found, expect, "{source}");
    }

    #[test]
    fn links_are_found_with_their_labels() {
        check(
            "[http://a.example/x A page]",
            &[("http://a.example/x", Some("A page"))],
        );
        check("[//a.example/x]", &[("//a.example/x", None)]);
        check(
            "[https://a.example ''[[X|Y]]''{{x|]}} b] c",
            &[("https://a.example", Some("''[[X|Y]]''{{x|]}} b"))],
        );
        check(
            "See http://a.example/b_(c). (HTTPS://d.example)",
            &[
                ("http://a.example/b_(c)", None),
                ("HTTPS://d.example", None),
            ],
        );
        check(
            "http://a.example/日本語。次",
            &[("http://a.example/日本語", None)],
        );
    }

    #[test]
    fn what_is_no_link_stays_text() {
        check(
            "a // b, x://y, {{cite|url=http://a.example}} <!-- http://b.example -->",
            &[],
        );
        check(
            "[[File:a|link=http://a.example]] <nowiki>http://b.example</nowiki>",
            &[],
        );
    }

    #[test]
    fn unclosed_bracket_leaves_a_bare_url() {
        check(
            "[http://a.example and\nmore]",
            &[("http://a.example", None)],
        );
    }
}
