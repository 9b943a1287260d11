//! The line of an article where a finding stands, with what is meant marked as compilers do.
//!
//! Carets below a line are right only where every terminal agrees on the columns before them. Where
//! terminals differ, after right-to-left text and after emoji made of several characters, the place is
//! bracketed in the line itself: ⟦…⟧, which no wikitext has a use for and which mirror with the text.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::model::Excerpt;

use super::layout::columns;
use super::page::{Ink, Page};
use super::safe::{
    END_ISOLATE, ISOLATE, is_control, is_invisible_mark, is_right_to_left, isolate_runs, no_command,
};

/// Brackets around a place that carets cannot point at.
pub(super) const MARKS: [char; 2] = ['⟦', '⟧'];
/// Narrower room than this gets a line of its own at the left.
const ROOM: usize = 40;
/// Where a line begins that has too little room beside the text of its finding.
const LEFT: usize = 2;
/// Columns given up so that a cut line begins with a word or a parameter.
const TO_A_WORD: usize = 12;
/// More marks than this on one column are no writing system.
const CHARACTERS_PER_COLUMN: usize = 4;
/// Bytes of a text that are looked at from either end: more than any line shows.
const LOOKED_AT: usize = 4 << 10;
/// Characters that a command of a build server is told by.
const COMMAND: usize = 12;

/// The column where lines of an article stand, and the room that they have there, for text that
/// begins at `column`; `gutter` is what stands left of each.
pub(super) fn place(page: &Page, column: usize, gutter: usize) -> (usize, usize) {
    let beside = page.width().saturating_sub(column + gutter);
    if ROOM <= beside {
        (column, beside)
    } else {
        (LEFT, page.width().saturating_sub(LEFT + gutter))
    }
}

/// Sets the line and, where they can be trusted, carets below it.
pub(super) fn write(page: &mut Page, excerpt: &Excerpt, line: usize, column: usize, ink: Ink) {
    let Some(marked) = Marked::of(excerpt) else {
        return;
    };
    let number = line.to_string();
    let (column, room) = place(page, column, number.len() + 3);
    let mut cut = marked.cut(room);
    if cut.carets().is_none() {
        cut = marked.cut(room - MARKS.len());
    }
    let gutter = format!("{number} │ ");
    let Some((ahead, under)) = cut.carets() else {
        let [before, place, after] = cut.bracketed();
        page.line(
            column,
            &[
                (Ink::Faint, &gutter),
                (Ink::Plain, &before),
                (ink, &place),
                (Ink::Plain, &after),
            ],
        );
        return;
    };
    let after = isolate_runs(&cut.after);
    page.line(
        column,
        &[
            (Ink::Faint, &gutter),
            (Ink::Plain, &cut.before),
            (ink, &cut.place),
            (Ink::Plain, &after),
        ],
    );
    let blank = format!("{} │ ", " ".repeat(number.len()));
    page.line(
        column,
        &[
            (Ink::Faint, &blank),
            (Ink::Plain, &" ".repeat(ahead)),
            (ink, &"^".repeat(under)),
        ],
    );
}

/// A line in three parts, as it is seen.
#[derive(Debug, Default)]
struct Marked {
    before: Vec<String>,
    place: Vec<String>,
    after: Vec<String>,
    cut_before: bool,
    cut_after: bool,
}

impl Marked {
    /// `None` where the excerpt's own numbers do not fit its text: a report from a file may say
    /// anything.
    fn of(excerpt: &Excerpt) -> Option<Self> {
        let Excerpt {
            text, start, end, ..
        } = excerpt;
        let before = text.get(..*start)?;
        let place = text.get(*start..*end)?;
        let after = text.get(*end..)?;
        let (near, far) = (end_of(before), start_of(after));
        let mut marked = Self {
            before: seen(near, place),
            place: seen(start_of(place), after),
            after: seen(far, ""),
            cut_before: excerpt.cut_before || near.len() < before.len(),
            cut_after: excerpt.cut_after || far.len() < after.len(),
        };
        if !marked.cut_before {
            let text = marked.before.iter().take_while(|it| *it == " ");
            let indent = text.count();
            marked.before.drain(..indent);
        }
        // What cannot be seen cannot be underlined.
        if !place.is_empty() && marked.place.iter().all(|it| columns(it.trim()) == 0) {
            marked.place = start_of(place)
                .chars()
                .map(|c| c.escape_unicode().to_string())
                .collect();
        }
        Some(marked)
    }

    /// As much of it as fits, the place first, then what stands around it.
    fn cut(&self, room: usize) -> Cut {
        let wide = |parts: &[String]| parts.iter().map(|it| columns(it)).sum::<usize>();
        let all = wide(&self.place);
        if room < all {
            return Cut {
                before: String::new(),
                place: first(&self.place, room, true),
                after: String::new(),
            };
        }
        let free = room - all;
        let (before, after) = (wide(&self.before), wide(&self.after));
        let ahead = before.min((free / 2).max(free.saturating_sub(after)));
        let before = last(&self.before, ahead, self.cut_before);
        let behind = free.saturating_sub(columns(&before));
        Cut {
            before,
            place: self.place.concat(),
            after: first(&self.after, behind, self.cut_after),
        }
    }
}

/// A line that fits.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) before: String,
    pub(super) place: String,
    pub(super) after: String,
}

impl Cut {
    /// Columns before the carets and how many carets; `None` where terminals would not agree.
    pub(super) fn carets(&self) -> Option<(usize, usize)> {
        (agreed(&self.before) && agreed(&self.place))
            .then(|| (columns(&self.before), columns(&self.place).max(1)))
    }

    /// The line in three pieces, the middle one in brackets; right-to-left text is kept to itself,
    /// brackets inside it with it.
    pub(super) fn bracketed(&self) -> [String; 3] {
        let [open, close] = MARKS;
        let Self {
            before,
            place,
            after,
        } = self;
        let earlier = before.matches(open).count();
        let inside = before.matches(close).count() + place.matches(close).count();
        let mut line = isolate_runs(&format!("{before}{open}{place}{close}{after}"));
        let mut found = between(&line, earlier, inside);
        if let Some(together) = found.and_then(|(start, end)| kept_together(&line, start, end)) {
            line = together;
            found = between(&line, earlier, inside);
        }
        let cut = found.and_then(|(start, end)| {
            Some([
                line.get(..start)?.to_owned(),
                line.get(start..end)?.to_owned(),
                line.get(end..)?.to_owned(),
            ])
        });
        cut.unwrap_or_else(|| [line, String::new(), String::new()])
    }
}

/// From the first byte of the opening bracket to the last of the closing one, of which others come
/// before.
fn between(line: &str, opened: usize, closed: usize) -> Option<(usize, usize)> {
    let [open, close] = MARKS;
    let (start, _) = line.match_indices(open).nth(opened)?;
    let (end, mark) = line.match_indices(close).nth(closed)?;
    Some((start, end + mark.len()))
}

/// The line with both brackets in one isolate, where one would be inside and the other beside it: each
/// would turn its own way.
fn kept_together(line: &str, start: usize, end: usize) -> Option<String> {
    let (before, rest) = line.split_at_checked(start)?;
    let (place, after) = rest.split_at_checked(end.checked_sub(start)?)?;
    let is_open = |text: &str| text.matches(ISOLATE).count() != text.matches(END_ISOLATE).count();
    let strong = |text: &str| text.chars().any(char::is_alphabetic);
    match (is_open(before), is_open(after)) {
        (true, false) => {
            let (run, tail) = place.rsplit_once(END_ISOLATE)?;
            let whole = !run.contains(ISOLATE) && !strong(tail);
            whole.then(|| format!("{before}{run}{tail}{END_ISOLATE}{after}"))
        }
        (false, true) => {
            let (head, run) = place.split_once(ISOLATE)?;
            let whole = !run.contains(END_ISOLATE) && !strong(head);
            whole.then(|| format!("{before}{ISOLATE}{head}{run}{after}"))
        }
        (true, true) | (false, false) => None,
    }
}

/// Whether terminals give a text the same columns: those that count characters and those that count
/// what is drawn, those that reorder and those that do not.
pub(super) fn agreed(text: &str) -> bool {
    let each: usize = text.chars().map(|c| c.width().unwrap_or(0)).sum();
    each == columns(text) && !text.chars().any(is_right_to_left)
}

/// The beginning of a text, as much as can be shown and more.
pub(super) fn start_of(text: &str) -> &str {
    let mut ends = (0..=LOOKED_AT.min(text.len())).rev();
    ends.find_map(|end| text.get(..end)).unwrap_or_default()
}

/// The end of a text, as much as can be shown and more.
pub(super) fn end_of(text: &str) -> &str {
    let mut starts = text.len().saturating_sub(LOOKED_AT)..=text.len();
    starts
        .find_map(|start| text.get(start..))
        .unwrap_or_default()
}

/// The characters of a text as they are shown; white space keeps its columns, a tab has four. What
/// acts or is invisible becomes an escape. `next` is the text that follows.
pub(super) fn seen(text: &str, next: &str) -> Vec<String> {
    let mut shown = Vec::new();
    for (at, grapheme) in text.grapheme_indices(true) {
        let rest = text.get(at..).unwrap_or_default();
        if grapheme == "#" && is_command(rest, next) {
            shown.push("\\u{23}".to_owned());
            continue;
        }
        let mut piece = String::new();
        for c in grapheme.chars().take(CHARACTERS_PER_COLUMN * 2) {
            match c {
                '\t' => piece.push_str("    "),
                '\n' | '\r' => {}
                c if is_control(c) || is_invisible_mark(c) || c == '\u{200B}' => {
                    piece.extend(c.escape_unicode());
                }
                c if c.is_whitespace() => piece.push(' '),
                c => piece.push(c),
            }
        }
        if !piece.is_empty() {
            shown.push(piece);
        }
    }
    shown
}

fn is_command(text: &str, next: &str) -> bool {
    let begins: String = text.chars().chain(next.chars()).take(COMMAND).collect();
    let inert = no_command(&begins);
    inert != begins && !inert.starts_with('#')
}

/// The first parts that fit, with an ellipsis where more would follow.
pub(super) fn first(parts: &[String], room: usize, more: bool) -> String {
    let all: usize = parts.iter().map(|it| columns(it)).sum();
    if all <= room && !more {
        return parts.concat();
    }
    let (mut kept, mut used) = (String::new(), 1);
    for part in parts {
        used += columns(part);
        if room < used {
            break;
        }
        kept.push_str(part);
    }
    kept + if room == 0 { "" } else { "…" }
}

/// The last parts that fit, beginning with a word where one is near.
pub(super) fn last(parts: &[String], room: usize, more: bool) -> String {
    let all: usize = parts.iter().map(|it| columns(it)).sum();
    if all <= room && !more {
        return parts.concat();
    }
    let (mut from, mut used) = (parts.len(), 1);
    for (at, part) in parts.iter().enumerate().rev() {
        used += columns(part);
        if room < used {
            break;
        }
        from = at;
    }
    let kept = parts.get(from..).unwrap_or_default();
    let near = kept.iter().take(TO_A_WORD.min(kept.len() / 2));
    let word = near.clone().position(|it| it == " " || it == "|");
    let kept = kept.get(word.unwrap_or(0)..).unwrap_or_default();
    let mark = if room == 0 { "" } else { "…" };
    mark.to_owned() + kept.concat().trim_start()
}
