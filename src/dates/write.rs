//! A day in the words of another date.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::whole::{DateReading, read};
use crate::model::{CitedDate, LanguageTag};

/// The names of the months of one language and kind: for each month its forms.
#[derive(Debug)]
struct Months {
    language: &'static str,
    abbreviated: bool,
    names: Vec<Vec<&'static str>>,
}

static MONTHS: LazyLock<Vec<Months>> = LazyLock::new(|| {
    include_str!("data/months.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(months)
        .collect()
});

fn months(line: &'static str) -> Option<Months> {
    let mut columns = line.split('\t');
    let (language, calendar, kind) = (columns.next()?, columns.next()?, columns.next()?);
    let names = columns.map(|cell| {
        let names = cell.split('|');
        let plain = names.map(|name| name.trim_end_matches(['?', '!']));
        plain.filter(|name| !name.is_empty()).collect()
    });
    matches!(calendar, "gregorian" | "buddhist").then(|| Months {
        language,
        abbreviated: kind == "abbr",
        names: names.collect(),
    })
}

/// Writes a day as another date is written: its order, its separators, its names of months.
///
/// `None` where `like` is no single day, or the result would not be read as `day`: a language
/// whose names of months are not known, another calendar, a month without a name of that form.
/// For readers: an English date that CS1 rejects stays one that it rejects (`1st May 2009`). Where
/// CS1's own forms matter, `cs1::dates::write_day` writes them and nothing else.
///
/// # Examples
///
/// ```
/// use citecheck::dates::write_like;
/// use citecheck::model::LanguageTag;
/// use jiff::civil::date;
///
/// let day = date(2024, 1, 2);
/// let uk = LanguageTag::parse("uk");
/// assert_eq!(write_like("2023-12-31", day, None).as_deref(), Some("2024-01-02"));
/// assert_eq!(write_like("31 грудня 2023", day, uk.as_ref()).as_deref(), Some("2 січня 2024"));
/// assert_eq!(write_like("2023", day, None), None);
/// ```
#[must_use]
pub fn write_like(like: &str, day: Date, language: Option<&LanguageTag>) -> Option<String> {
    let english = LanguageTag::parse("en");
    let mut languages = vec![language, english.as_ref()];
    languages.dedup();
    for language in languages {
        let DateReading::Date(date) = read(like, language) else {
            continue;
        };
        let old = date.as_day()?;
        let written = rewritten(like, old, day, language);
        let is_day = |text: &String| read(text, language) == DateReading::Date(CitedDate::day(day));
        if let Some(written) = written.into_iter().find(is_day) {
            return Some(written);
        }
    }
    None
}

/// A stretch of a date: digits, letters, or what stands between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Digits,
    Letters,
    Other,
}

fn kind(c: char) -> Kind {
    if zero(c).is_some() {
        Kind::Digits
    } else if c.is_alphabetic() || is_mark(c) {
        Kind::Letters
    } else {
        Kind::Other
    }
}

/// Vowel signs and other marks that stand in words.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

/// The ways in which the old date's parts can be replaced; the right one reads back as the day.
fn rewritten(like: &str, old: Date, new: Date, language: Option<&LanguageTag>) -> Vec<String> {
    let mut pieces: Vec<&str> = Vec::new();
    let mut rest = like;
    while let Some(first) = rest.chars().next() {
        let of_kind = kind(first);
        let end = rest.find(|c| kind(c) != of_kind).unwrap_or(rest.len());
        let (piece, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        pieces.push(piece);
        rest = after;
    }
    // Which of two equal numbers is the day and which the month is told by reading it back.
    let orders: [[i16; 3]; 2] = [
        [old.year(), i16::from(old.month()), i16::from(old.day())],
        [old.year(), i16::from(old.day()), i16::from(old.month())],
    ];
    let news: [[i16; 3]; 2] = [
        [new.year(), i16::from(new.month()), i16::from(new.day())],
        [new.year(), i16::from(new.day()), i16::from(new.month())],
    ];
    let worded = like.chars().any(|c| kind(c) == Kind::Letters);
    let names = |text: &str| month_named(text, old, new, language);
    orders
        .iter()
        .zip(&news)
        .filter_map(|(old, new)| {
            let mut open: Vec<(i16, i16)> = old.iter().copied().zip(new.iter().copied()).collect();
            let mut written = String::new();
            for piece in &pieces {
                match piece.chars().next().map(kind)? {
                    Kind::Digits => written.push_str(&number(piece, worded, &mut open)?),
                    Kind::Letters => match names(piece) {
                        Some(name) => written.push_str(&name),
                        None => written.push_str(piece),
                    },
                    Kind::Other => written.push_str(piece),
                }
            }
            Some(written)
        })
        .collect()
}

/// The new number for an old one; each is replaced once. In a date of numbers alone it has as many
/// digits, in one with words a zero shows that it is padded.
fn number(digits: &str, worded: bool, open: &mut Vec<(i16, i16)>) -> Option<String> {
    let zero = digits.chars().next().and_then(zero)?;
    let value = digits.chars().try_fold(0_i16, |value, c| {
        let digit = u32::from(c).checked_sub(zero).filter(|digit| *digit < 10)?;
        value
            .checked_mul(10)?
            .checked_add(i16::try_from(digit).ok()?)
    })?;
    let exact = open.iter().position(|(old, _)| *old == value);
    // Thai years: the reading back tells whether they are meant.
    let buddhist = || {
        open.iter()
            .position(|(old, _)| old + BUDDHIST_YEARS == value)
    };
    let (at, more) = exact
        .map(|at| (at, 0))
        .or_else(|| Some((buddhist()?, BUDDHIST_YEARS)))?;
    let (_, new) = open.remove(at);
    let padded = !worded || u32::from(digits.chars().next()?) == zero;
    let width = if padded { digits.chars().count() } else { 1 };
    let written = format!("{:0width$}", new + more);
    let native = written
        .chars()
        .filter_map(|c| char::from_u32(zero + c.to_digit(10)?));
    Some(native.collect())
}

/// Years that the Buddhist calendar is ahead.
const BUDDHIST_YEARS: i16 = 543;

/// The zero of the script that a digit belongs to.
fn zero(c: char) -> Option<u32> {
    const ZEROS: [u32; 7] = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
    let is_of = |zero: &&u32| (**zero..**zero + 10).contains(&u32::from(c));
    ZEROS.iter().find(is_of).copied()
}

/// The name of the new month in the form in which the old one is written. Short names that need no
/// abbreviation have none.
fn month_named(text: &str, old: Date, new: Date, language: Option<&LanguageTag>) -> Option<String> {
    let lower = text.to_lowercase();
    let index = |of: Date| usize::try_from(of.month()).unwrap_or(1).saturating_sub(1);
    let own = language.map_or("en", LanguageTag::primary);
    let of_language = || MONTHS.iter().filter(|months| months.language == own);
    let (found, form) = of_language().find_map(|months| {
        let forms = months.names.get(index(old))?;
        let form = forms.iter().position(|name| name.to_lowercase() == lower)?;
        Some((months, form))
    })?;
    let forms = found.names.get(index(new))?;
    let full = || {
        let mut full = of_language().filter(|months| !months.abbreviated);
        full.next()?.names.get(index(new))?.first()
    };
    let name = forms.get(form).or_else(|| forms.first()).or_else(full)?;
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    Some(if capital {
        let mut chars = name.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        first.chain(chars).collect()
    } else {
        name.to_lowercase()
    })
}
