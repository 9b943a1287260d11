//! Edits as a unified diff.

use std::fmt::Write as _;

use crate::model::Edit;

/// Lines shown before and after a change.
const CONTEXT: usize = 3;

/// A stretch of lines that changes.
struct Change<'t> {
    /// First line that goes, from 0.
    first: usize,
    /// Lines that go.
    old: &'t [&'t str],
    /// Lines that come.
    new: Vec<String>,
}

/// Shows edits of a text as a unified diff that `patch` applies; empty without edits.
///
/// `edits` are in order and do not overlap. Line endings are kept as they are; a last line without
/// one is marked as diffs do. Takes time linear to the text.
///
/// # Examples
///
/// ```
/// use citecheck::fix::diff;
/// use citecheck::model::Edit;
///
/// let edit = Edit { start: 2, end: 3, replacement: "c".to_owned() };
/// let shown = diff("a.wiki", "a\nb\n", &[edit]);
/// assert_eq!(shown, "--- a.wiki\n+++ a.wiki\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
/// ```
#[must_use]
pub fn diff(name: &str, old: &str, edits: &[Edit]) -> String {
    let lines: Vec<&str> = old.split_inclusive('\n').collect();
    let changes = changes(old, &lines, edits);
    let mut page = String::new();
    if changes.is_empty() {
        return page;
    }
    let _ = write!(page, "--- {name}\n+++ {name}\n");
    let mut shift = 0_isize;
    let near = |a: &Change<'_>, b: &Change<'_>| b.first <= a.first + a.old.len() + 2 * CONTEXT;
    for hunk in changes.chunk_by(near) {
        shift += write_hunk(&mut page, &lines, hunk, shift);
    }
    page
}

/// Widens edits to whole lines; those that share or adjoin lines become one change.
fn changes<'t>(old: &'t str, lines: &'t [&'t str], edits: &[Edit]) -> Vec<Change<'t>> {
    let mut starts = Vec::with_capacity(lines.len());
    let mut at = 0;
    for line in lines {
        starts.push(at);
        at += line.len();
    }
    let start_of = |line: usize| starts.get(line).copied().unwrap_or(old.len());
    let line_of = |byte: usize| {
        starts
            .partition_point(|start| *start <= byte)
            .saturating_sub(1)
    };
    let mut changes: Vec<Change<'t>> = Vec::new();
    let mut rest = edits.iter().peekable();
    while let Some(edit) = rest.next() {
        let first = line_of(edit.start);
        let mut text = old
            .get(start_of(first)..edit.start)
            .unwrap_or_default()
            .to_owned();
        text.push_str(&edit.replacement);
        let mut end = edit.end;
        loop {
            let next = line_end(&start_of, &line_of, end, old);
            match rest.peek() {
                Some(edit) if edit.start < next || next == old.len() => {
                    text.push_str(old.get(end..edit.start).unwrap_or_default());
                    text.push_str(&edit.replacement);
                    end = edit.end;
                    rest.next();
                }
                _ => {
                    text.push_str(old.get(end..next).unwrap_or_default());
                    end = next;
                    break;
                }
            }
        }
        let last = starts.partition_point(|start| *start < end);
        let new = text.split_inclusive('\n').map(str::to_owned).collect();
        changes.push(trimmed(
            first,
            lines.get(first..last).unwrap_or_default(),
            new,
        ));
    }
    changes.retain(|change| !change.old.is_empty() || !change.new.is_empty());
    changes
}

/// Where the line that holds a byte ends.
fn line_end(
    start_of: &impl Fn(usize) -> usize,
    line_of: &impl Fn(usize) -> usize,
    byte: usize,
    old: &str,
) -> usize {
    if old.is_empty() {
        return 0;
    }
    start_of(line_of(byte) + 1)
}

/// Leaves lines out of a change that stay as they are.
fn trimmed<'t>(first: usize, old: &'t [&'t str], mut new: Vec<String>) -> Change<'t> {
    let same = |(old, new): &(&&str, &String)| **old == new.as_str();
    let head = old.iter().zip(&new).take_while(same).count();
    new.drain(..head);
    let old = old.get(head..).unwrap_or_default();
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(same)
        .count();
    new.truncate(new.len() - tail);
    let old = old.get(..old.len() - tail).unwrap_or_default();
    Change {
        first: first + head,
        old,
        new,
    }
}

/// Writes changes that stand near each other; gives how many more lines there are now.
fn write_hunk(page: &mut String, lines: &[&str], hunk: &[Change<'_>], shift: isize) -> isize {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
        return 0;
    };
    let begin = first.first.saturating_sub(CONTEXT);
    let end = (last.first + last.old.len() + CONTEXT).min(lines.len());
    let more: isize = hunk
        .iter()
        .map(|change| change.new.len().cast_signed() - change.old.len().cast_signed())
        .sum();
    let old_count = end - begin;
    let new_count = old_count.saturating_add_signed(more);
    let new_begin = begin.saturating_add_signed(shift);
    let _ = writeln!(
        page,
        "@@ -{} +{} @@",
        range(begin, old_count),
        range(new_begin, new_count)
    );
    let mut at = begin;
    for change in hunk {
        write_lines(page, ' ', lines.get(at..change.first).unwrap_or_default());
        write_lines(page, '-', change.old);
        write_lines(page, '+', &change.new);
        at = change.first + change.old.len();
    }
    write_lines(page, ' ', lines.get(at..end).unwrap_or_default());
    more
}

/// `first,count` as diffs write it: counted from 1, and the line before where there is none.
fn range(begin: usize, count: usize) -> String {
    match count {
        0 => format!("{begin},0"),
        1 => (begin + 1).to_string(),
        _ => format!("{},{count}", begin + 1),
    }
}

fn write_lines(page: &mut String, mark: char, lines: &[impl AsRef<str>]) {
    for line in lines {
        let line = line.as_ref();
        page.push(mark);
        page.push_str(line);
        if !line.ends_with('\n') {
            page.push_str("\n\\ No newline at end of file\n");
        }
    }
}
