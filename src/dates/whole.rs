//! Reading a text that as a whole should be a date.

use std::borrow::Cow;

use super::calendar::{Calendar, thai_year};
use super::digits::CHINESE;
use super::fold::is_dropped;
use super::lexer::{Piece, Pieces, Token, TokenKind, fold_word, lex};
use super::parts::{Context, Glue, Part, PartKind};
use super::patterns::{Outcome, Year, bare_calendar, single};
use super::ranges::{may_end_range, range};
use super::reader::parts;
use super::times::without_times;
use super::vocabulary::{Class, VOCABULARY};
use crate::model::{CitedDate, LanguageTag};

/// What a text that should be a date says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateReading {
    /// A date.
    Date(CitedDate),
    /// A date that can be read two ways. Numbers: day first, then month first. A month's name
    /// that two languages use for different months (`listopad`): either.
    Ambiguous(CitedDate, CitedDate),
    /// Says that there is none: `n.d.`, `o. J.`, `б. д.`
    Undated,
    /// A date that no calendar has; the reason is a lowercase fragment.
    Impossible(String),
    /// Not a date in any form that is known.
    Unrecognised,
}

/// A longer text is no date.
const LONGEST: usize = 256;
/// The longest date has two of each part, a weekday for either and a "circa".
const MOST_PARTS: usize = 10;

/// Reads a text that as a whole should be a date.
///
/// Gives EDTF, dates in the languages and calendars that the [module](crate::dates) names, ranges,
/// seasons, quarters and years; weekdays, times of the day and zones beside the date are left
/// out: the day is the one written. `language` settles which month a name means and which order
/// numbers have; without it both are given where they differ. The year may end in a letter
/// (`2009a`). What is not surely a date is [`DateReading::Unrecognised`].
///
/// # Examples
///
/// ```
/// use citecheck::dates::{DateReading, read};
/// use citecheck::model::LanguageTag;
///
/// let day = DateReading::Date("2024-11-03".parse().unwrap());
/// assert_eq!(read("3 листопада 2024 р.", None), day);
/// assert_eq!(read("令和6年11月3日", None), day);
/// assert_eq!(read("03/11/2024", Some(&LanguageTag::from_static("fr"))), day);
/// assert!(matches!(read("03/11/2024", None), DateReading::Ambiguous(..)));
/// assert!(matches!(read("31 April 2024", None), DateReading::Impossible(_)));
/// assert_eq!(read("n.d.", None), DateReading::Undated);
/// ```
#[must_use]
pub fn read(text: &str, language: Option<&LanguageTag>) -> DateReading {
    let text = text.trim_matches(|c: char| c.is_whitespace() || is_dropped(c));
    if LONGEST < text.len() {
        return DateReading::Unrecognised;
    }
    if let Some(date) = edtf(text).filter(|date| is_common(*date, language)) {
        return DateReading::Date(date);
    }
    if is_undated(text) {
        return DateReading::Undated;
    }
    let joined = without_optional(text);
    let text = joined.as_ref();
    let tokens = lex(text);
    let context = Context {
        language,
        whole: true,
    };
    let (parts, trailing) = parts(
        text,
        without_times(without_brackets(&tokens), text),
        context,
    );
    if MOST_PARTS < parts.len() || !trailing.within(CLOSING) {
        return DateReading::Unrecognised;
    }
    match date(&parts, context) {
        Outcome::Date(date) => DateReading::Date(date),
        Outcome::Either(a, b) => DateReading::Ambiguous(a, b),
        Outcome::Impossible(reason) => DateReading::Impossible(reason),
        Outcome::Nothing => DateReading::Unrecognised,
    }
}

/// The text without the brackets around endings that grammar asks for in speech alone, as Basque
/// dates of software have them: 2023(e)ko urtarrilaren 20(a).
fn without_optional(text: &str) -> Cow<'_, str> {
    let optional = |(at, _): (usize, &str)| {
        let before = text.get(..at)?.chars().next_back()?;
        let (ending, _) = text.get(at + 1..)?.split_once(')')?;
        let short =
            (1..=2).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_lowercase());
        (short && before.is_ascii_digit()).then_some((at, at + 1 + ending.len()))
    };
    let brackets: Vec<usize> = text
        .match_indices('(')
        .filter_map(optional)
        .flat_map(|(open, close)| [open, close])
        .collect();
    if brackets.is_empty() {
        return Cow::Borrowed(text);
    }
    let kept = text.char_indices().filter(|(at, _)| !brackets.contains(at));
    Cow::Owned(kept.map(|(_, c)| c).collect())
}

/// What may stand behind a date.
const CLOSING: Glue = Glue::SPACE
    .with(Glue::LINE)
    .with(Glue::DOT)
    .with(Glue::COMMA)
    .with(Glue::WORD);

fn edtf(text: &str) -> Option<CitedDate> {
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"-/~".contains(&byte));
    plain.then(|| text.parse().ok()).flatten()
}

/// Whether readers of the language take the year for one of our count.
fn is_common(date: CitedDate, language: Option<&LanguageTag>) -> bool {
    let year = Year::bare(date.from.year().into());
    let context = Context {
        language,
        whole: true,
    };
    match bare_calendar(year, context) {
        Some(Calendar::Thai) => thai_year(year.value()) == year.value(),
        calendar => calendar == Some(Calendar::Common),
    }
}

fn is_undated(text: &str) -> bool {
    let mut key = String::new();
    for (piece, start, end) in Pieces::new(text) {
        match piece {
            Piece::Letters(_) => {
                if !key.is_empty() {
                    key.push(' ');
                }
                fold_word(text.get(start..end).unwrap_or_default(), &mut key);
            }
            Piece::Number(_) => return false,
            Piece::Punctuation(_) | Piece::Space(_) => {}
        }
    }
    VOCABULARY
        .get(&key)
        .is_some_and(|entry| entry.is(Class::Undated))
}

/// Without brackets around all, and without a weekday in brackets at the end.
fn without_brackets(tokens: &[Token]) -> &[Token] {
    let is = |token: &Token, signs: &str| matches!(token.kind, TokenKind::Punctuation(c) if signs.contains(c));
    match tokens {
        [open, inner @ .., close] if is(open, "([（［") && is(close, ")]）］") => inner,
        [date @ .., open, beside, close]
            if is(open, "(（") && is(close, ")）") && is_beside(beside) =>
        {
            date
        }
        _ => tokens,
    }
}

/// Whether a bracket behind a date may hold this: a weekday or a zone.
fn is_beside(token: &Token) -> bool {
    match token.kind {
        TokenKind::Word(Some(entry), _) => [Class::WeekdayShort, Class::Weekday, Class::Zone]
            .into_iter()
            .any(|class| entry.is(class)),
        // The weekdays 一 to 六 are numerals.
        TokenKind::Number(digits) => digits.zero == CHINESE && (1..=6).contains(&digits.value),
        TokenKind::Word(None, _) | TokenKind::Punctuation(_) | TokenKind::Space(_) => false,
    }
}

/// Reads parts with the weekdays and the "circa" around them.
fn date(parts: &[Part], context: Context<'_>) -> Outcome {
    let approximate = parts
        .iter()
        .any(|part| matches!(part.kind, PartKind::Circa))
        || parts.first().is_some_and(|part| part.glue.has(Glue::DASH));
    let around = |part: &Part| matches!(part.kind, PartKind::Weekday | PartKind::Circa);
    let front = parts.iter().take_while(|part| around(part)).count();
    let back = parts.iter().rev().take_while(|part| around(part)).count();
    let inner = parts
        .get(front..parts.len().saturating_sub(back))
        .unwrap_or_default();
    let mut outcome = any(inner, context);
    if outcome == Outcome::Nothing
        && let [
            Part {
                kind: PartKind::Month(month),
                ..
            },
            rest @ ..,
        ] = inner
        && month.weekday
    {
        outcome = any(rest, context);
    }
    let circa = |date: CitedDate| CitedDate {
        approximate: date.approximate || approximate,
        ..date
    };
    match outcome {
        Outcome::Date(date) => Outcome::Date(circa(date)),
        Outcome::Either(a, b) => Outcome::Either(circa(a), circa(b)),
        outcome @ (Outcome::Impossible(_) | Outcome::Nothing) => outcome,
    }
}

fn any(parts: &[Part], context: Context<'_>) -> Outcome {
    let one = single(parts, context);
    if one != Outcome::Nothing {
        return one;
    }
    let middles = parts
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(_, part)| may_end_range(part));
    let mut read = middles.map(|(middle, _)| range(parts, middle, context));
    let mut failed = Outcome::Nothing;
    read.by_ref()
        .find(|outcome| match outcome {
            Outcome::Impossible(_) => {
                failed = (*outcome).clone();
                false
            }
            Outcome::Date(_) | Outcome::Either(..) => true,
            Outcome::Nothing => false,
        })
        .unwrap_or(failed)
}
