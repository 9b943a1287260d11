//! Parts in a row → a date: the orders in which languages write day, month and year by name.

use super::calendar::{
    Calendar, Converted, convert, convert_year, is_persian_year, may_be_foreign,
};
use super::digits::{PERSIAN_ZERO, THAI_ZERO};
use super::numeric;
use super::parts::{Context, Form, Glue, Mark, Month, Number, Part, PartKind};
use super::vocabulary::Rank;
use crate::model::{CitedDate, DatePoint, Season};

/// What a row of parts says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A date.
    Date(CitedDate),
    /// One of two.
    Either(CitedDate, CitedDate),
    /// A date that no calendar has, with the reason.
    Impossible(String),
    /// No date.
    Nothing,
}

/// Between a day and its month, either way round.
const DAY_MONTH: Glue = Glue::SPACE
    .with(Glue::DOT)
    .with(Glue::HYPHEN)
    .with(Glue::APOSTROPHE)
    .with(Glue::WORD);
/// Between a month and its year.
const MONTH_YEAR: Glue = DAY_MONTH.with(Glue::COMMA).with(Glue::SLASH);
/// Between the day that follows a month, and the year. A line may end before the year of a full
/// date, but nowhere else: "Issue 12" and "May 2009" may stand below each other.
const DAY_YEAR: Glue = DAY_MONTH.with(Glue::COMMA).with(Glue::LINE);
/// Between a year and the month or day that follows it.
const YEAR_FIRST: Glue = DAY_MONTH.with(Glue::COMMA).with(Glue::SLASH);

/// A year as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Year {
    value: i32,
    calendar: Option<Calendar>,
    zero: u32,
}

/// The fields of a date as written; some may be missing within a range.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Fields {
    pub(super) year: Option<Year>,
    pub(super) month: Option<(u8, Calendar)>,
    pub(super) day: Option<u8>,
    pub(super) season: Option<Season>,
    /// Of a feast; 0 when the month is not known.
    pub(super) feast: Option<u8>,
}

/// Reads all parts as one date by numbers or by names.
pub(super) fn single(parts: &[Part], context: Context<'_>) -> Outcome {
    let numeric = numeric::read(parts, context);
    if numeric != Outcome::Nothing {
        return numeric;
    }
    either(parts, |or| {
        outcome(fields(parts, or, context).map(|fields| fields.resolve(context)))
    })
}

/// One outcome of the two readings of a name that means two months.
pub(super) fn either(parts: &[Part], read: impl Fn(bool) -> Outcome) -> Outcome {
    let first = read(false);
    if !parts
        .iter()
        .any(|part| part.month().is_some_and(|month| month.or.is_some()))
    {
        return first;
    }
    both(first, read(true))
}

/// One outcome of two.
pub(super) fn both(first: Outcome, or: Outcome) -> Outcome {
    match (first, or) {
        (Outcome::Date(a), Outcome::Date(b)) if a != b => Outcome::Either(a, b),
        (Outcome::Date(date), _) | (Outcome::Impossible(_), Outcome::Date(date)) => {
            Outcome::Date(date)
        }
        (first, _) => first,
    }
}

fn outcome(converted: Option<Converted>) -> Outcome {
    match converted {
        Some(Converted::Points(from, to)) => Outcome::Date(CitedDate {
            from,
            to,
            approximate: false,
        }),
        Some(Converted::Impossible(reason)) => Outcome::Impossible(reason),
        Some(Converted::Unknown) | None => Outcome::Nothing,
    }
}

/// The fields that the parts, all of them, give. `or` takes the second meaning of names.
pub(super) fn fields(parts: &[Part], or: bool, context: Context<'_>) -> Option<Fields> {
    let row = Row { parts, or, context };
    match parts {
        [a] => row.one(a),
        [a, b] => row.two(a, b),
        [a, b, c] => row.three(a, b, c),
        _ => None,
    }
}

/// Parts with the way in which they are read.
struct Row<'a> {
    parts: &'a [Part],
    or: bool,
    context: Context<'a>,
}

impl Row<'_> {
    /// Whether nothing but this stands before the part; a word such as "do" both links the parts
    /// of a date and ends of a range.
    fn glued(&self, at: usize, allowed: Glue) -> bool {
        self.parts.get(at).is_some_and(|part| {
            let word = part.glue.has(Glue::WORD);
            part.glue.within(if word {
                allowed.with(Glue::RANGE)
            } else {
                allowed
            })
        })
    }

    fn meant(&self, month: Month) -> (u8, Calendar) {
        if self.or {
            month.or.unwrap_or(month.meant)
        } else {
            month.meant
        }
    }

    fn day_of(&self, day: u8, month: Month, year: Year) -> Fields {
        Fields {
            year: Some(year),
            month: Some(self.meant(month)),
            day: Some(day),
            ..Fields::default()
        }
    }

    fn three(&self, a: &Part, b: &Part, c: &Part) -> Option<Fields> {
        let day = |part: &Part| day(part.number()?, self.context);
        let year = |part: &Part, month| year(part.number()?, Some(month), self.context);
        if let Some(month) = b.month() {
            if month.form == Form::Roman && !(self.context.whole || b.glue == c.glue) {
                return None;
            }
            if let Some(day) = day(a) {
                let year = year(c, month)?;
                let glued = self.glued(1, DAY_MONTH.with(Glue::SLASH))
                    && self.glued(2, MONTH_YEAR.with(Glue::LINE));
                return glued.then(|| self.day_of(day, month, year));
            }
            let (year, day) = (year(a, month)?, day(c)?);
            let glued = self.glued(1, YEAR_FIRST) && self.glued(2, DAY_MONTH.with(Glue::SLASH));
            return (glued && parted(month, c)).then(|| self.day_of(day, month, year));
        }
        if let Some(month) = a.month() {
            let (day, year) = (day(b)?, year(c, month)?);
            let glued = self.glued(1, DAY_MONTH) && self.glued(2, DAY_YEAR) && parted(month, b);
            return (glued && c.glue != Glue::default()).then(|| self.day_of(day, month, year));
        }
        // Latvian and Kazakh; in running text the year is marked, or it is another date's.
        let month = c.month()?;
        let (year, day) = (year(a, month)?, day(b)?);
        let marked = self.context.whole || a.number()?.mark == Some(Mark::Year);
        let glued = self.glued(1, YEAR_FIRST) && self.glued(2, DAY_MONTH);
        (marked && glued).then(|| self.day_of(day, month, year))
    }

    fn two(&self, a: &Part, b: &Part) -> Option<Fields> {
        let (month, number, year_first) = match (a.month(), b.month()) {
            (Some(month), None) => (month, b.number()?, false),
            (None, Some(month)) => (month, a.number()?, true),
            (None, None) => return self.without_month(a, b),
            (Some(_), Some(_)) => return None,
        };
        if !self.glued(1, if year_first { YEAR_FIRST } else { MONTH_YEAR }) {
            return None;
        }
        let year = year(number, Some(month), self.context).filter(|_| {
            let marked = self.context.whole || number.mark == Some(Mark::Year);
            month_alone(month, self.context) && (marked || !year_first)
        });
        let day = day(number, self.context).filter(|_| year.is_none() && self.glued(1, DAY_MONTH));
        (year.is_some() || day.is_some()).then(|| Fields {
            year,
            day,
            month: Some(self.meant(month)),
            ..Fields::default()
        })
    }

    /// A season with its year, or the end of "February 2–12, 2009".
    fn without_month(&self, a: &Part, b: &Part) -> Option<Fields> {
        let (name, number) = match (a.number(), b.number()) {
            (Some(first), Some(second)) => {
                let year = Some(year(second, None, self.context)?);
                let day = Some(day(first, self.context)?);
                let fields = Fields {
                    year,
                    day,
                    ..Fields::default()
                };
                return self.glued(1, DAY_YEAR).then_some(fields);
            }
            (Some(number), None) => (b, number),
            (None, Some(number)) => (a, number),
            (None, None) => return None,
        };
        let year = Some(year(number, None, self.context)?);
        let fields = self.one(name)?;
        let named = fields.season.is_some() || fields.feast.is_some();
        (named && self.glued(1, YEAR_FIRST)).then_some(Fields { year, ..fields })
    }

    fn one(&self, part: &Part) -> Option<Fields> {
        let mut found = Fields::default();
        match part.kind {
            PartKind::Number(number) => {
                found.year = year(number, None, self.context);
                if found.year.is_none() {
                    found.day = Some(day(number, self.context)?);
                }
            }
            PartKind::Month(month) => found.month = Some(self.meant(month)),
            PartKind::Season(season) => found.season = Some(season),
            PartKind::Feast(month) => found.feast = Some(month),
            PartKind::Weekday | PartKind::Circa | PartKind::Other => return None,
        }
        Some(found)
    }
}

/// Whether the day is parted from the name before it: NIS2 is no second of Nisan.
fn parted(month: Month, day: &Part) -> bool {
    month.form == Form::Number || day.glue != Glue::default()
}

/// Whether the name is a month without a day beside it.
fn month_alone(month: Month, context: Context<'_>) -> bool {
    month.rank
        <= if context.whole {
            Rank::WordElsewhere
        } else {
            Rank::Name
        }
}

fn day(number: Number, context: Context<'_>) -> Option<u8> {
    let plain = number.digits.len <= 2
        && number.mark != Some(Mark::Year)
        && number.calendar.is_none()
        && !number.letter;
    let value = u8::try_from(number.digits.value).ok().filter(|_| plain)?;
    // In running text a number that is no day belongs to something else.
    Some(value).filter(|value| context.whole || (1..=31).contains(value))
}

/// A year: three or four digits, or the year of an era; two only where Thais write them, since
/// there they cannot be anything else.
pub(super) fn year(number: Number, month: Option<Month>, context: Context<'_>) -> Option<Year> {
    let digits = number.digits;
    let value = i32::try_from(digits.value).ok()?;
    let calendar = number.calendar;
    let thai = month.is_some_and(|month| month.meant.1 == Calendar::Thai);
    let is_year = number.mark != Some(Mark::Day)
        && match (digits.len, calendar) {
            (1..=3, Some(Calendar::Era(offset))) if 0 < offset => true,
            (3, _) => context.whole && 100 <= value,
            (4, _) => true,
            _ => false,
        };
    if is_year {
        return Some(Year {
            value,
            calendar,
            zero: digits.zero,
        });
    }
    // "5 มี.ค. 64" is 2564, 2021: as years of our count they would lie before the web.
    (thai && digits.len == 2 && (43..=80).contains(&value) && calendar.is_none()).then_some(Year {
        value: value + 2500,
        calendar,
        zero: digits.zero,
    })
}

impl Fields {
    /// The Gregorian points; [`Converted::Unknown`] when there is no year.
    pub(super) fn resolve(self, context: Context<'_>) -> Converted {
        let Some(year) = self.year else {
            return Converted::Unknown;
        };
        if let Some((month, named)) = self.month {
            return match calendar_of(year, named, context) {
                Some(calendar) => convert(calendar, year.value, month, self.day),
                None => Converted::Unknown,
            };
        }
        let Some(calendar) = bare_calendar(year, context).filter(|_| self.day.is_none()) else {
            return Converted::Unknown;
        };
        match (convert_year(calendar, year.value), self.season, self.feast) {
            (Converted::Points(DatePoint::Year(year), None), Some(season), _) => {
                Converted::Points(DatePoint::Season(year, season), None)
            }
            (Converted::Points(DatePoint::Year(year), None), None, Some(month @ 1..)) => {
                convert(Calendar::Common, i32::from(year), month, None)
            }
            (converted, None, _) => converted,
            (_, Some(_), _) => Converted::Unknown,
        }
    }
}

/// The calendar of a year with the calendar of the month's name; `None` when they do not go
/// together.
fn calendar_of(year: Year, named: Calendar, context: Context<'_>) -> Option<Calendar> {
    match (named, year.calendar) {
        (Calendar::Thai, Some(calendar)) => Some(calendar),
        (Calendar::Persian, None) => is_persian_year(year.value).then_some(named),
        (Calendar::Islamic, None) => (1300..=1500).contains(&year.value).then_some(named),
        (Calendar::Thai, None) => Some(named),
        (Calendar::Persian | Calendar::Islamic, Some(calendar)) => {
            (calendar == named).then_some(named)
        }
        (Calendar::Common | Calendar::Era(_), None) => {
            bare_calendar(year, context).filter(|calendar| is_western(*calendar))
        }
        (Calendar::Common | Calendar::Era(_), Some(calendar)) => {
            is_western(calendar).then_some(calendar)
        }
    }
}

fn is_western(calendar: Calendar) -> bool {
    matches!(
        calendar,
        Calendar::Common | Calendar::Era(_) | Calendar::Thai
    )
}

/// The calendar of a year with nothing but numbers beside it. `None` when a number that is not
/// marked may belong to two calendars.
pub(super) fn bare_calendar(year: Year, context: Context<'_>) -> Option<Calendar> {
    let language = context.language.map_or("", |tag| tag.primary());
    match year.calendar {
        Some(calendar) => Some(calendar),
        None if may_be_foreign(year.value, year.zero, language) => None,
        None if language == "th" || year.zero == THAI_ZERO => Some(Calendar::Thai),
        None if is_persian_year(year.value) => {
            let persian = matches!(language, "fa" | "ps" | "prs") || year.zero == PERSIAN_ZERO;
            let lunar = matches!(language, "ar" | "ur");
            (!lunar || persian).then_some(if persian {
                Calendar::Persian
            } else {
                Calendar::Common
            })
        }
        None => Some(Calendar::Common),
    }
}

impl Year {
    /// A year of a number without marks, in digits of ASCII.
    pub(super) fn bare(value: i32) -> Self {
        Self {
            value,
            calendar: None,
            zero: 0x30,
        }
    }

    /// The number written.
    pub(super) fn value(self) -> i32 {
        self.value
    }

    /// The year after.
    pub(super) fn following(self) -> Self {
        Self {
            value: self.value + 1,
            ..self
        }
    }
}
