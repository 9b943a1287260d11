//! Finds the reference list in a text and its entries.

use std::ops::Range;

use super::lines::{Heading, Label, Line, Start, behind_number, heading_of, lines, start};
use super::place::Joined;
use super::unmarked;

/// One entry of the list.
#[derive(Debug)]
pub(super) struct Entry {
    /// The number printed before it.
    pub(super) number: Option<u32>,
    /// How many back-links it shows; 0 when it shows none or a bare arrow.
    pub(super) back_links: u32,
    pub(super) label: Label,
    /// The entry with its number, in the input.
    pub(super) range: Range<usize>,
    /// The text behind number and back-links.
    pub(super) body: Joined,
}

/// The list, and where the prose before it ends.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) entries: Vec<Entry>,
    /// End of the text before the list and its heading.
    pub(super) prose_end: usize,
    /// The language of the heading, when one language alone uses it.
    pub(super) heading_language: Option<&'static str>,
}

/// How many numbers may be missing between two entries of a list without back-link marks.
const MISSING: u32 = 30;

/// How many numbered lists of a text without headings are compared.
const MOST_LISTS: usize = 6;

/// Finds the list in `text`; no entries when there is none.
pub(super) fn find(text: &str) -> List {
    let lines = lines(text);
    let starts: Vec<Option<Start>> = lines.iter().map(|line| start(line.text)).collect();
    let Some((heading, first)) = region(&lines, &starts) else {
        return List {
            entries: unmarked::entries(&lines),
            ..List::default()
        };
    };
    let mut entries = entries(&lines, &starts, first, heading.is_some());
    let before = heading.or(entries.first().map(|_| first));
    // Notes stand before the list or behind it.
    entries.extend(notes(&lines, &starts));
    // A back-link mark by itself is no reference; a number is one that lost its text.
    entries.retain(|entry| entry.number.is_some() || !entry.body.text.is_empty());
    let heading_language = heading
        .and_then(|at| lines.get(at))
        .and_then(|line| heading_of(line.text))
        .and_then(|(_, language)| language);
    List {
        prose_end: before
            .and_then(|at| lines.get(at))
            .map_or(0, |line| line.start),
        entries,
        heading_language,
    }
}

/// The line of the list's heading, if it has one, and the line of its first entry.
fn region(lines: &[Line<'_>], starts: &[Option<Start>]) -> Option<(Option<usize>, usize)> {
    let is_main = |start: &Option<Start>| {
        start.is_some_and(|start| start.caret && start.label != Label::Letter)
    };
    let is_heading = |at: &usize| {
        let heading = lines.get(*at).and_then(|line| heading_of(line.text));
        heading.is_some_and(|(kind, _)| kind == Heading::References)
    };
    let headings: Vec<usize> = (0..lines.len()).filter(is_heading).collect();
    let next_filled = |from: usize| {
        (from..lines.len()).find(|at| lines.get(*at).is_some_and(|line| !line.text.is_empty()))
    };
    // The last heading whose section begins with an entry; a numbered one before any other.
    let with_entry = headings.iter().rev().find_map(|heading| {
        let first = (*heading + 1..lines.len())
            .take_while(|at| !is_heading(at))
            .take(12)
            .find(|at| {
                starts.get(*at).is_some_and(|start| {
                    is_main(start) || start.is_some_and(|start| start.number == Some(1))
                })
            })?;
        Some((Some(*heading), first))
    });
    if with_entry.is_some() {
        return with_entry;
    }
    let caret = starts.iter().position(is_main);
    if let Some(first) = caret {
        let heading = headings.iter().rev().find(|at| {
            **at < first
                && lines
                    .get(**at + 1..first)
                    .is_some_and(|between| between.iter().all(|line| line.text.is_empty()))
        });
        return Some((heading.copied(), first));
    }
    if let Some(first) = numbered(lines, starts) {
        let heading = headings.iter().rev().find(|at| **at < first).copied();
        return Some((heading, first));
    }
    let heading = headings.last()?;
    Some((Some(*heading), next_filled(*heading + 1)?))
}

/// The line at which the longest numbered list begins; of equal ones the last.
fn numbered(lines: &[Line<'_>], starts: &[Option<Start>]) -> Option<usize> {
    let is_first = |at: &usize| {
        starts
            .get(*at)
            .is_some_and(|start| start.is_some_and(|start| start.number == Some(1)))
    };
    let firsts = (0..starts.len()).rev().filter(is_first).take(MOST_LISTS);
    let candidates: Vec<usize> = longest_run(starts).into_iter().chain(firsts).collect();
    candidates
        .into_iter()
        .max_by_key(|at| (entries(lines, starts, *at, false).len(), *at))
}

/// The first line of the longest ascending run of numbered lines; of equal ones the last.
fn longest_run(starts: &[Option<Start>]) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    let mut run: Option<(usize, u32, usize)> = None;
    for (at, start) in starts.iter().enumerate() {
        let Some(number) = start.and_then(|start| start.number) else {
            continue;
        };
        run = match run {
            Some((first, last, length)) if last < number && number - last <= MISSING => {
                Some((first, number, length + 1))
            }
            Some(_) | None => Some((at, number, 1)),
        };
        if let Some((first, _, length)) = run
            && best.is_none_or(|(_, longest)| longest <= length)
        {
            best = Some((first, length));
        }
    }
    best.map(|(first, _)| first)
}

/// Reads the entries from the line `first` on.
fn entries(lines: &[Line<'_>], starts: &[Option<Start>], first: usize, headed: bool) -> Vec<Entry> {
    let carets = starts
        .get(first)
        .is_some_and(|start| start.is_some_and(|start| start.caret));
    let unmarked = starts.get(first).is_none_or(Option::is_none);
    let mut found: Vec<Entry> = Vec::new();
    let (mut open, mut last) = (false, None);
    for (line, start) in lines.iter().zip(starts).skip(first) {
        if line.text.is_empty() {
            open = false;
            continue;
        }
        if let Some((kind, _)) = heading_of(line.text).filter(|_| unmarked || !found.is_empty()) {
            if kind == Heading::End || unmarked {
                break;
            }
            open = false;
            continue;
        }
        if let Some(entry) = found
            .last_mut()
            .filter(|entry| open && entry.body.text.is_empty())
        {
            // The number stood on a line of its own.
            let (back_links, length) = behind_number(line.text, entry.number);
            entry.back_links = back_links;
            entry.range.end = line.start + line.text.len();
            entry.body.push(
                line.text.get(length..).unwrap_or_default(),
                line.start + length,
            );
            continue;
        }
        if start.is_some_and(|start| start.label == Label::Letter) {
            open = false;
            continue;
        }
        let begins = start.filter(|start| begins(start, found.last(), last, carets, open));
        let begins = begins.or_else(|| (unmarked && headed).then(Start::default));
        if let Some(start) = begins {
            last = start.number.or(last);
            let body = line.text.get(start.length..).unwrap_or_default();
            let mut entry = Entry {
                number: start.number,
                back_links: start.back_links,
                label: start.label,
                range: line.start..line.start + line.text.len(),
                body: Joined::default(),
            };
            entry.body.push(body, line.start + start.length);
            found.push(entry);
            open = true;
        } else if open && let Some(entry) = found.last_mut() {
            entry.range.end = line.start + line.text.len();
            entry.body.push(line.text, line.start);
        }
    }
    found
}

/// Reads the explanatory notes, which letters label.
fn notes(lines: &[Line<'_>], starts: &[Option<Start>]) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    let mut open = false;
    for (line, start) in lines.iter().zip(starts) {
        if let Some(start) = start {
            open = start.label == Label::Letter;
            if open {
                let mut entry = Entry {
                    number: None,
                    back_links: start.back_links,
                    label: start.label,
                    range: line.start..line.start + line.text.len(),
                    body: Joined::default(),
                };
                let body = line.text.get(start.length..).unwrap_or_default();
                entry.body.push(body, line.start + start.length);
                found.push(entry);
            }
            continue;
        }
        open &= !line.text.is_empty() && heading_of(line.text).is_none();
        if let Some(entry) = found.last_mut().filter(|_| open) {
            entry.range.end = line.start + line.text.len();
            entry.body.push(line.text, line.start);
        }
    }
    found
}

/// Whether a line that looks like the start of an entry is one; `before` is the entry before it,
/// `last` the last number seen, `open` whether no empty line stands between.
fn begins(
    start: &Start,
    before: Option<&Entry>,
    last: Option<u32>,
    carets: bool,
    open: bool,
) -> bool {
    if carets && !start.caret {
        return false;
    }
    let near = |number: u32, last: u32| {
        // A wrapped line may begin with "15. March".
        number == last + 1 || !open || number - last <= MISSING && before.is_some_and(ends_entry)
    };
    match (start.number, last) {
        (Some(number), Some(last)) => last < number && (start.caret || near(number, last)),
        (Some(_), None) => before.is_none(),
        (None, _) => start.caret,
    }
}

/// Whether the entry's text can be whole.
fn ends_entry(entry: &Entry) -> bool {
    let ends = ['.', '。', ')', ']', '"', '”', '」', '۔', '।'];
    entry.body.text.ends_with(ends)
}
