//! Finding dates in running text.

use super::digits::decimal;
use super::lexer::lex;
use super::parts::{Context, Glue, Part, PartKind};
use super::patterns::{Outcome, single};
use super::ranges::{may_end_range, range};
use super::reader::parts;
use crate::model::{CitedDate, DatePoint, LanguageTag};

/// A date found in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundDate {
    /// The date.
    pub date: CitedDate,
    /// First byte of it in the text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// Finds the dates in running text, in order, not overlapping.
///
/// Found are full days, months with a year, and ranges of them whose ends share a month or a year
/// (`2–12 February 2009`); two full dates are two. A number alone is no year here. Times, prices,
/// telephone numbers, versions and numbers of volumes are no dates. A numeric date that can be
/// read two ways is found only where `language` settles it, a month's name that is a word in other
/// languages only with a day beside it or in its own language. Offsets are bytes, on character
/// boundaries. Takes time linear in the length of the text.
///
/// # Examples
///
/// ```
/// let text = "Опубліковано 3 листопада 2024 р. о 10:15, оновлено 05.11.2024";
/// let found = citecheck::dates::find_all(text, None);
/// let dates: Vec<String> = found.iter().map(|found| found.date.to_string()).collect();
/// assert_eq!(dates, ["2024-11-03", "2024-11-05"]);
/// assert_eq!(&text[found[1].start..found[1].end], "05.11.2024");
/// ```
#[must_use]
pub fn find_all(text: &str, language: Option<&LanguageTag>) -> Vec<FoundDate> {
    let context = Context {
        language,
        whole: false,
    };
    let mut found = Vec::new();
    for (start, end) in windows(text) {
        let Some(window) = text.get(start..end) else {
            continue;
        };
        let (parts, _) = parts(window, &lex(window), context);
        find_in(&parts, start, context, &mut found);
    }
    found
}

/// Every date has a number, and its other words stand within so many bytes of one.
const REACH: usize = 96;

/// The stretches of text around numbers, in order, not overlapping.
fn windows(text: &str) -> Vec<(usize, usize)> {
    let mut windows: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        // Chinese numerals are dates only before the sign for "year".
        if !c.is_ascii_digit() && !(0x660 <= u32::from(c) && (c == '年' || decimal(c).is_some())) {
            continue;
        }
        let end = boundary(text, at.saturating_add(REACH));
        match windows.last_mut() {
            Some(last) if at <= last.1.saturating_add(REACH) => last.1 = end,
            _ => windows.push((word_start(text, at.saturating_sub(REACH)), end)),
        }
    }
    windows
}

/// The first boundary between words at or after an offset, so that no word is cut.
fn word_start(text: &str, at: usize) -> usize {
    let at = boundary(text, at);
    let Some(rest) = text.get(at..).filter(|_| 0 < at) else {
        return at;
    };
    let cut = rest
        .char_indices()
        .take(REACH)
        .find(|(_, c)| !c.is_alphanumeric());
    cut.map_or(at, |(offset, _)| at + offset)
}

/// The first boundary of characters at or after an offset.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}

/// The most parts that one date has: "28 January – 3 February 2009".
const LONGEST: usize = 5;

fn find_in(parts: &[Part], offset: usize, context: Context<'_>, found: &mut Vec<FoundDate>) {
    let mut rest = parts;
    let mut after_number = false;
    while let Some((first, others)) = rest.split_first() {
        let mut used = None;
        if may_begin(first) && !(after_number && is_tail(first)) {
            used = longest(rest, context);
        }
        after_number = first.number().is_some();
        let Some((outcome, len)) = used else {
            rest = others;
            continue;
        };
        let (date, behind) = rest.split_at_checked(len).unwrap_or((rest, &[]));
        if let (Outcome::Date(written), Some(last)) = (outcome, date.last())
            && is_plausible(written)
        {
            found.push(FoundDate {
                date: written,
                start: offset + first.start,
                end: offset + last.end,
            });
        }
        after_number = date.last().is_some_and(|last| last.number().is_some());
        rest = behind;
    }
}

/// Signs that join numbers when no space stands beside them.
const JOINED: Glue = Glue::DOT
    .with(Glue::HYPHEN)
    .with(Glue::SLASH)
    .with(Glue::COMMA);

/// Whether a number goes on from the number before it: 1.2.3.2024.
fn is_tail(part: &Part) -> bool {
    part.number().is_some() && part.glue.has(JOINED) && !part.glue.has(Glue::SPACE)
}

fn may_begin(part: &Part) -> bool {
    match part.kind {
        PartKind::Number(number) => number.digits.len <= 4,
        PartKind::Month(_) => true,
        PartKind::Season(_)
        | PartKind::Feast(_)
        | PartKind::Weekday
        | PartKind::Circa
        | PartKind::Other => false,
    }
}

/// The longest date at the head of the parts: what it says and how many parts it takes.
fn longest(parts: &[Part], context: Context<'_>) -> Option<(Outcome, usize)> {
    let run = parts
        .iter()
        .take(LONGEST)
        .take_while(|part| may_begin(part))
        .count();
    for len in (2..=run).rev() {
        let (date, behind) = parts.split_at_checked(len)?;
        if !stands_free(date, behind) {
            continue;
        }
        let middles = date
            .iter()
            .enumerate()
            .skip(1)
            .filter(|(_, part)| may_end_range(part));
        for (middle, _) in middles {
            // Two full dates are reported as two.
            if len <= LONGEST && shares(date, middle) {
                let outcome = range(date, middle, context);
                if matches!(outcome, Outcome::Date(_)) {
                    return Some((outcome, len));
                }
            }
        }
        let outcome = if len <= 3 {
            single(date, context)
        } else {
            Outcome::Nothing
        };
        if outcome != Outcome::Nothing && !is_next_ones(date, behind) {
            return Some((outcome, len));
        }
    }
    None
}

/// Whether the first end of the range has no year of its own.
fn shares(parts: &[Part], middle: usize) -> bool {
    let year = |part: &Part| matches!(part.kind, PartKind::Number(number) if 2 < number.digits.len);
    let named = parts
        .iter()
        .any(|part| matches!(part.kind, PartKind::Month(_)));
    named && !parts.iter().take(middle).any(year)
}

/// Whether the parts are no piece of a longer number, word or file name.
fn stands_free(date: &[Part], behind: &[Part]) -> bool {
    let (Some(first), Some(last)) = (date.first(), date.last()) else {
        return false;
    };
    let named = date
        .iter()
        .any(|part| matches!(part.kind, PartKind::Month(_)));
    let after = behind.first().is_some_and(|next| {
        next.glue.within(JOINED)
            && next.glue != Glue::default()
            && matches!(next.kind, PartKind::Number(_))
            && (!named || !next.glue.has(Glue::HYPHEN.with(Glue::COMMA)))
    });
    !(first.stuck_before || last.stuck_after || after)
}

/// Whether the last number belongs to the date that follows: in "2009. May 3, 2010" the first
/// year has no day.
fn is_next_ones(date: &[Part], behind: &[Part]) -> bool {
    let [
        Part {
            kind: PartKind::Number(year),
            ..
        },
        Part {
            kind: PartKind::Month(_),
            ..
        },
        Part {
            kind: PartKind::Number(_),
            ..
        },
    ] = date
    else {
        return false;
    };
    let follows = behind.first().is_some_and(|next| {
        matches!(next.kind, PartKind::Number(number) if number.digits.len == 4)
            && next.glue.within(Glue::SPACE.with(Glue::COMMA))
    });
    2 < year.digits.len && year.mark.is_none() && follows
}

/// Years that running text dates things of by day or month.
fn is_plausible(date: CitedDate) -> bool {
    let first = match date.from {
        DatePoint::Day(_) => 1000,
        DatePoint::Year(_) | DatePoint::Season(..) | DatePoint::Month(..) => 1500,
    };
    (first..=2100).contains(&date.from.year())
}
