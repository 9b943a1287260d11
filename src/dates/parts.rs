//! The parts that a date is made of, and what stands between them.

use super::calendar::Calendar;
use super::lexer::Digits;
use super::vocabulary::{Class, Entry, MonthName, Rank, Sense};
use crate::model::{LanguageTag, Season};

/// How the text is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// The language of the text, if known.
    pub(super) language: Option<&'a LanguageTag>,
    /// Whether the text as a whole should be a date; else it is running text.
    pub(super) whole: bool,
}

/// A part of a date, or what is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) kind: PartKind,
    /// First byte in the text.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
    /// What stands between the part before and this one.
    pub(super) glue: Glue,
    /// A letter or sign before it makes it part of something else: `v3`, `$3`, `No. 3`.
    pub(super) stuck_before: bool,
    /// The same behind it: `3%`, `3rd2`, `20:15`.
    pub(super) stuck_after: bool,
}

/// What a part is.
#[derive(Debug, Clone, Copy)]
pub(super) enum PartKind {
    Number(Number),
    Month(Month),
    Season(Season),
    Feast(u8),
    Weekday,
    Circa,
    Other,
}

/// A number that may be a year, a day or the number of a month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    pub(super) digits: Digits,
    /// What a word beside it says that it is.
    pub(super) mark: Option<Mark>,
    /// The calendar that a word beside it names.
    pub(super) calendar: Option<Calendar>,
    /// Whether a letter tells it from others of the year: `2009a`.
    pub(super) letter: bool,
}

/// What a word says of the number beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Year,
    Day,
}

/// A month by name or by marked number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    /// 1 to 12, and the calendar.
    pub(super) meant: (u8, Calendar),
    /// What else the name means where the language does not tell.
    pub(super) or: Option<(u8, Calendar)>,
    /// How surely it is a month.
    pub(super) rank: Rank,
    /// Whether it is a weekday, too (fr and es `mar`).
    pub(super) weekday: bool,
    /// How it is written.
    pub(super) form: Form,
}

/// How a month is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// By name.
    Name,
    /// As a number with a word that says so: 11月.
    Number,
    /// As a Roman numeral, which needs the same sign on both sides.
    Roman,
}

/// What stands between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Glue(u16);

impl Glue {
    pub(super) const SPACE: Self = Self(1);
    pub(super) const LINE: Self = Self(2);
    pub(super) const DOT: Self = Self(4);
    pub(super) const COMMA: Self = Self(8);
    pub(super) const HYPHEN: Self = Self(16);
    pub(super) const DASH: Self = Self(32);
    pub(super) const SLASH: Self = Self(64);
    pub(super) const APOSTROPHE: Self = Self(128);
    pub(super) const WORD: Self = Self(256);
    pub(super) const RANGE: Self = Self(512);
    /// The same sign twice, or more than one line end: nothing goes on behind it.
    pub(super) const BREAK: Self = Self(1024);

    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is nothing but these.
    pub(super) const fn within(self, allowed: Self) -> bool {
        self.0 & !allowed.0 == 0
    }

    /// Whether any of these is there.
    pub(super) const fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }

    pub(super) fn add(&mut self, other: Self) {
        if self.has(other) && !other.within(Self::SPACE.with(Self::WORD).with(Self::RANGE)) {
            *self = self.with(Self::BREAK);
        }
        *self = self.with(other);
    }

    /// A hyphen with a space beside it is a dash.
    pub(super) fn settled(self) -> Self {
        if self.has(Self::HYPHEN) && self.has(Self::SPACE) {
            Self(self.0 & !Self::HYPHEN.0).with(Self::DASH)
        } else {
            self
        }
    }
}

impl Part {
    /// The number that the part is.
    pub(super) fn number(&self) -> Option<Number> {
        if let PartKind::Number(number) = self.kind {
            Some(number)
        } else {
            None
        }
    }

    /// The month that the part names.
    pub(super) fn month(&self) -> Option<Month> {
        if let PartKind::Month(month) = self.kind {
            Some(month)
        } else {
            None
        }
    }
}

impl Month {
    /// The month of a Roman numeral in capitals.
    pub(super) fn roman(word: &str) -> Option<Self> {
        const NUMERALS: [&str; 12] = [
            "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
        ];
        let month = (1..).zip(NUMERALS).find(|(_, numeral)| *numeral == word)?.0;
        Some(Self {
            rank: Rank::EverydayWord,
            form: Form::Roman,
            ..Self::numbered(month)
        })
    }

    /// The month of a number, 1 to 12.
    pub(super) fn numbered(month: u32) -> Self {
        let meant = (u8::try_from(month).unwrap_or_default(), Calendar::Common);
        Self {
            meant,
            or: None,
            rank: Rank::Name,
            weekday: false,
            form: Form::Number,
        }
    }
}

/// The month that a word names to readers of the language; where that is not known or has no such
/// month, to readers of any. `linked`: a word such as "de" leads from the day to it.
pub(super) fn named_month(entry: &Entry, linked: bool, context: Context<'_>) -> Option<Month> {
    let names = || {
        entry.senses.iter().filter_map(|sense| {
            if let Sense::Month(name) = sense {
                Some(*name)
            } else {
                None
            }
        })
    };
    let own = |name: &MonthName| {
        let primary = name.language.split('-').next().unwrap_or_default();
        context
            .language
            .is_some_and(|tag| tag.primary() == family(primary, tag.primary()))
    };
    let weekday = entry.is(Class::Weekday);
    if let Some(name) = names().find(own) {
        let meant = (name.month, name.calendar);
        return Some(Month {
            meant,
            or: None,
            rank: Rank::Name,
            weekday,
            form: Form::Name,
        });
    }
    let everyday = |name: &MonthName| name.rank == Rank::EverydayWord;
    let mut known = names()
        .filter(|name| context.whole || linked || !everyday(name))
        .collect::<Vec<_>>();
    if known.iter().any(|name| !everyday(name)) {
        known.retain(|name| !everyday(name));
    }
    let meant = known.first().map(|name| (name.month, name.calendar))?;
    let or = known
        .iter()
        .map(|name| (name.month, name.calendar))
        .find(|other| *other != meant);
    let rank = if known.iter().any(|name| name.language == "en") {
        Rank::Name
    } else {
        // An abbreviation of one language is the name in another (mai), but a word is a word.
        let word = names()
            .map(|name| name.rank)
            .max()
            .filter(|rank| Rank::WordElsewhere <= *rank);
        word.or_else(|| known.iter().map(|name| name.rank).min())?
    };
    Some(Month {
        meant,
        or,
        rank,
        weekday,
        form: Form::Name,
    })
}

/// The language in whose place another stands in the tables: both Norwegians for `no`, the
/// languages once written as Serbo-Croatian for `sh`.
fn family<'a>(listed: &'a str, asked: &'a str) -> &'a str {
    match (listed, asked) {
        ("nb" | "nn", "no") | ("sr" | "bs", "sh") => asked,
        _ => listed,
    }
}
