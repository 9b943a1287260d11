//! What a fix makes of the text: the lines without and with it, cut to what changes.

use crate::model::{CheckedReference, Edit, Fix};

use super::layout::columns;
use super::page::{Ink, Page};
use super::safe::isolate_runs;
use super::source_line::{MARKS, agreed, end_of, first, last, place, seen, start_of};

/// Most changed lines that are shown of one fix.
const LINES: usize = 6;
/// Columns of unchanged text beside a change, at most and at least.
const BESIDE: (usize, usize) = (24, 4);
/// What stands left of a line.
const GUTTER: usize = 2;

/// A stretch of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stretch<'a> {
    Kept(&'a str),
    Changed(&'a str),
}

/// Sets the lines that the fix changes; `false` where the entry as written is not at hand or the
/// edits lie elsewhere.
pub(super) fn write(
    page: &mut Page,
    reference: Option<&CheckedReference>,
    fix: &Fix,
    column: usize,
) -> bool {
    let entry =
        reference.and_then(|reference| Some((reference.source.as_deref()?, reference.span.start)));
    let parts = entry.and_then(|(entry, from)| parts(entry, from, &fix.edits));
    let Some((without, with)) = parts else {
        return false;
    };
    let (without, with) = (changed(&without), changed(&with));
    // One line of a pair tells the other; a line alone does not tell what is new in it.
    let alone = without.is_empty() || with.is_empty();
    let (column, room) = place(page, column, GUTTER);
    let lines = without.iter().map(|line| ("- ", Ink::Error, line));
    let lines = lines.chain(with.iter().map(|line| ("+ ", Ink::Good, line)));
    let mut shown = false;
    for (sign, ink, line) in lines.take(LINES) {
        shown = true;
        let cut = fitted(line, room);
        let told = alone && cut.iter().any(|(changed, _)| !changed);
        let marks = if told { marks(&cut, sign) } else { None };
        let pieces = if told && marks.is_none() {
            bracketed(&cut, ink)
        } else {
            let pieces = cut.iter().map(|(changed, text)| {
                let ink = if *changed { ink } else { Ink::Plain };
                (ink, isolate_runs(text))
            });
            pieces.collect()
        };
        let mut all = vec![(ink, sign)];
        all.extend(pieces.iter().map(|(ink, text)| (*ink, text.as_str())));
        page.line(column, &all);
        if let Some(marks) = marks {
            page.line(column + GUTTER, &[(ink, &marks)]);
        }
    }
    shown
}

/// Signs below what is changed; `None` where terminals would not agree on its columns.
fn marks(pieces: &[(bool, String)], sign: &str) -> Option<String> {
    let last = pieces.iter().rposition(|(changed, _)| *changed)?;
    let mut below = String::new();
    for (changed, text) in pieces.iter().take(last + 1) {
        if !agreed(text) {
            return None;
        }
        let mark = if *changed { sign.trim() } else { " " };
        below.push_str(&mark.repeat(columns(text)));
    }
    Some(below)
}

/// The entry without the edits and with them; `None` where they are not edits of it.
fn parts<'a>(
    entry: &'a str,
    from: usize,
    edits: &'a [Edit],
) -> Option<(Vec<Stretch<'a>>, Vec<Stretch<'a>>)> {
    let (mut without, mut with) = (Vec::new(), Vec::new());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.start.checked_sub(from)?, edit.end.checked_sub(from)?);
        let kept = Stretch::Kept(entry.get(at..start)?);
        without.extend([kept, Stretch::Changed(entry.get(start..end)?)]);
        with.extend([kept, Stretch::Changed(&edit.replacement)]);
        at = end;
    }
    let rest = Stretch::Kept(entry.get(at..)?);
    without.push(rest);
    with.push(rest);
    Some((without, with))
}

/// The lines in which anything is changed.
fn changed<'a>(stretches: &[Stretch<'a>]) -> Vec<Vec<Stretch<'a>>> {
    let mut lines = vec![Vec::new()];
    for stretch in stretches {
        let (text, make): (&str, fn(&'a str) -> Stretch<'a>) = match stretch {
            Stretch::Kept(text) => (text, Stretch::Kept),
            Stretch::Changed(text) => (text, Stretch::Changed),
        };
        for (at, part) in text.split('\n').enumerate() {
            if 0 < at {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut()
                && !part.is_empty()
            {
                line.push(make(part));
            }
        }
    }
    lines.retain(|line| {
        let mut line = line.iter();
        line.any(|it| matches!(it, Stretch::Changed(text) if !text.trim().is_empty()))
    });
    lines
}

/// The line with as much around its changes as there is room for; whether each piece is changed.
fn fitted(line: &[Stretch<'_>], room: usize) -> Vec<(bool, String)> {
    let (most, least) = BESIDE;
    let mut beside = most;
    loop {
        let pieces = cut(line, beside, room);
        let all: usize = pieces.iter().map(|(_, text)| columns(text)).sum();
        if all <= room || beside <= least {
            return within(pieces, room);
        }
        beside -= least;
    }
}

fn cut(line: &[Stretch<'_>], beside: usize, room: usize) -> Vec<(bool, String)> {
    let ends = line.len().saturating_sub(1);
    let head = |text: &str, room: usize| {
        let start = start_of(text);
        first(&seen(start, ""), room, start.len() < text.len())
    };
    let tail = |text: &str, room: usize| {
        let end = end_of(text);
        last(&seen(end, ""), room, end.len() < text.len())
    };
    let pieces = line.iter().enumerate().map(|(at, stretch)| match stretch {
        Stretch::Changed(text) => (true, head(text, room)),
        Stretch::Kept(text) if at == 0 => (false, tail(text, beside)),
        Stretch::Kept(text) if at == ends => (false, head(text, beside)),
        Stretch::Kept(text) => {
            let whole = head(text, beside * 2);
            let text = if whole.ends_with('…') {
                let tail = tail(text, beside);
                format!("{}{}", head(text, beside), tail.trim_start_matches('…'))
            } else {
                whole
            };
            (false, text)
        }
    });
    pieces.collect()
}

/// What of the pieces fits.
fn within(pieces: Vec<(bool, String)>, room: usize) -> Vec<(bool, String)> {
    let mut left = room;
    let mut kept = Vec::new();
    for (changed, text) in pieces {
        if left == 0 {
            break;
        }
        let text = first(&seen(&text, ""), left, false);
        left = left.saturating_sub(columns(&text));
        kept.push((changed, text));
    }
    kept
}

/// What is changed in brackets.
fn bracketed(pieces: &[(bool, String)], ink: Ink) -> Vec<(Ink, String)> {
    let [open, close] = MARKS;
    let pieces = pieces.iter().map(|(changed, text)| {
        if *changed {
            (ink, isolate_runs(&format!("{open}{text}{close}")))
        } else {
            (Ink::Plain, isolate_runs(text))
        }
    });
    pieces.collect()
}
