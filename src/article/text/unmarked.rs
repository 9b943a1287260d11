//! Citations without a list around them: no numbers, no back-links, no heading.

use super::lines::{Label, Line};
use super::list::Entry;
use super::place::Joined;
use super::reading::{self, Reading};

/// Longest paragraph that may be a citation, in bytes.
const LONGEST: usize = 4_000;
/// How many paragraphs are looked at before any is taken.
const MOST: usize = 2_000;

/// The entries of a text that consists of citations and nothing else; none if any part of it reads
/// otherwise, since prose must not become a reference.
///
/// Each line is an entry, or each paragraph where lines were wrapped.
pub(super) fn entries(lines: &[Line<'_>]) -> Vec<Entry> {
    let paragraphs: Vec<&[Line<'_>]> = lines
        .split(|line| line.text.is_empty())
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    if MOST < paragraphs.len() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for paragraph in paragraphs {
        let each: Vec<Entry> = paragraph.chunks(1).filter_map(entry).collect();
        if each.len() == paragraph.len() && each.iter().all(cites) {
            found.extend(each);
            continue;
        }
        match entry(paragraph).filter(cites) {
            Some(whole) => found.push(whole),
            None => return Vec::new(),
        }
    }
    found
}

fn entry(lines: &[Line<'_>]) -> Option<Entry> {
    let (first, last) = (lines.first()?, lines.last()?);
    let mut body = Joined::default();
    for line in lines {
        body.push(line.text, line.start);
    }
    Some(Entry {
        number: None,
        back_links: 0,
        label: Label::Number,
        range: first.start..last.start + last.text.len(),
        body,
    })
}

/// Whether a text is a citation: a title, and a date that has its place or its phrase.
fn cites(entry: &Entry) -> bool {
    let text = entry.body.text.as_str();
    if LONGEST < text.len() {
        return false;
    }
    let read = reading::read(text, None);
    let title = read.title.as_ref().filter(|_| !read.doubt.title);
    title.is_some() && (has_phrase(&read) || named_and_dated(&read))
}

/// "Retrieved 3 May 2019", "Archived from the original".
fn has_phrase(read: &Reading) -> bool {
    read.access_date.is_some() || read.archive_date.is_some() || read.archive_url.is_some()
}

fn named_and_dated(read: &Reading) -> bool {
    read.date.is_some() && (read.authors_at.is_some() || read.work.is_some())
}
