//! Words behind a number that say what it is: 2024 *р.*, 3*日*, 11*월*, 3*rd*, 2009*a*.

use super::calendar::Calendar;
use super::digits::CHINESE;
use super::lexer::{Digits, TokenKind};
use super::parts::{Glue, Mark, Month, Number, PartKind};
use super::vocabulary::{Class, Entry, Sense, quarter};

/// A word behind a number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Behind<'a> {
    pub(super) word: &'a str,
    /// What the tables know of it.
    pub(super) entry: Option<&'a Entry>,
    /// What stands between it and the number.
    pub(super) glue: Glue,
    /// What follows it.
    pub(super) next: Option<TokenKind>,
}

/// What the number is with the word; `None` when the word does not belong to it.
pub(super) fn marked(number: Number, behind: Behind<'_>) -> Option<PartKind> {
    let near = Glue::SPACE
        .with(Glue::DOT)
        .with(Glue::HYPHEN)
        .with(Glue::APOSTROPHE);
    if !behind.glue.within(near) || behind.begins_something() {
        return None;
    }
    let Digits { value, len, .. } = number.digits;
    let attached = !behind.glue.has(Glue::SPACE);
    let with_mark = |mark| {
        PartKind::Number(Number {
            mark: Some(mark),
            ..number
        })
    };
    if let (Some(calendar), None) = (behind.calendar(), number.calendar)
        && 3 <= len
    {
        let calendar = Some(calendar);
        return Some(PartKind::Number(Number { calendar, ..number }));
    }
    if behind.marks_year(number) {
        return Some(with_mark(Mark::Year));
    }
    if len <= 2 && behind.is(Class::MonthMark) && (1..=12).contains(&value) {
        return Some(PartKind::Month(Month::numbered(value)));
    }
    if len <= 2 && behind.is(Class::DayMark) {
        return Some(with_mark(Mark::Day));
    }
    if len == 1 && behind.is(Class::QuarterMark) {
        return quarter(value).map(PartKind::Season);
    }
    let roman = behind.glue.has(Glue::DOT) && Month::roman(behind.word).is_some();
    if len <= 2 && attached && !roman && behind.is(Class::Ordinal) {
        return Some(PartKind::Number(number));
    }
    let letter = matches!(len, 3 | 4) && behind.glue == Glue::default() && behind.tells_apart();
    letter.then_some(PartKind::Number(Number { letter, ..number }))
}

impl Behind<'_> {
    fn is(&self, class: Class) -> bool {
        self.entry.is_some_and(|entry| entry.is(class))
    }

    /// Whether a time or a sentence begins with the word: 03*T*10:15, "2009. *Il* dit".
    fn begins_something(&self) -> bool {
        let capital = self.word.chars().next().is_some_and(char::is_uppercase);
        let time = matches!(self.word, "T" | "t");
        time && matches!(self.next, Some(TokenKind::Number(_)))
            || capital
                && self.glue.has(Glue::DOT)
                && self.word.len() != 1
                && !self.is(Class::QuarterMark)
    }

    fn calendar(&self) -> Option<Calendar> {
        self.entry?.senses.iter().find_map(|sense| match sense {
            Sense::Calendar(calendar) => Some(*calendar),
            Sense::Month(_) | Sense::Season(_) | Sense::Feast(_) | Sense::Class(_) => None,
        })
    }

    fn marks_year(&self, number: Number) -> bool {
        let attached = !self.glue.has(Glue::SPACE);
        let year_like = 3 <= number.digits.len
            || number.calendar.is_some()
            || number.digits.zero == CHINESE
            || self.word.starts_with(['年', '년']);
        let marks = self.is(Class::YearMark) && (attached || !self.is_bare_letter())
            || self.is(Class::YearEnding) && attached;
        year_like && marks
    }

    /// Whether the word is one letter without the dot of an abbreviation: a word of another
    /// language than the one that marks years with it.
    fn is_bare_letter(&self) -> bool {
        let dotted = matches!(self.next, Some(TokenKind::Punctuation('.')));
        let mut letters = self.word.chars();
        letters.next().is_some_and(|c| u32::from(c) < 0x250) && letters.next().is_none() && !dotted
    }

    /// Whether it is a letter that tells years apart (2009*a*); `s` makes a decade.
    fn tells_apart(&self) -> bool {
        matches!(self.word.as_bytes(),
            [letter] if letter.is_ascii_alphabetic() && !b"sS".contains(letter))
    }
}
