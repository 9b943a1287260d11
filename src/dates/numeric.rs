//! Dates written in numbers alone, and the order of their parts.

use super::calendar::{Calendar, Converted, convert};
use super::parts::{Context, Glue, Mark, Number, Part};
use super::patterns::{Outcome, bare_calendar, both, year};
use super::vocabulary::{Order, VOCABULARY};
use crate::model::{CitedDate, DatePoint};

/// The signs that part the numbers of a date.
const SIGNS: [Glue; 4] = [Glue::DOT, Glue::HYPHEN, Glue::SLASH, Glue::DASH];

/// Reads a date of numbers and signs; [`Outcome::Nothing`] for anything else.
pub(super) fn read(parts: &[Part], context: Context<'_>) -> Outcome {
    read_numbers(parts, context).unwrap_or(Outcome::Nothing)
}

fn read_numbers(parts: &[Part], context: Context<'_>) -> Option<Outcome> {
    match parts {
        [first, second, third] => {
            let sign = sign(second).filter(|found| sign(third) == Some(*found))?;
            let numbers = [first.number()?, second.number()?, third.number()?];
            Some(three(numbers, sign, parts, context))
        }
        [first, second] if context.whole => Some(two(
            first.number()?,
            second.number()?,
            sign(second)?,
            context,
        )),
        [only] if context.whole => only.number().map(compact),
        _ => None,
    }
}

fn sign(part: &Part) -> Option<Glue> {
    SIGNS
        .into_iter()
        .find(|sign| part.glue.has(*sign) && part.glue.within(sign.with(Glue::SPACE)))
}

fn three(numbers: [Number; 3], sign: Glue, parts: &[Part], context: Context<'_>) -> Outcome {
    let [a, b, c] = numbers;
    let small = |number: Number| {
        (number.digits.len <= 2 && number.mark.is_none() && number.calendar.is_none())
            .then(|| u8::try_from(number.digits.value).ok())
            .flatten()
    };
    if let (Some(year), Some(month), Some(day)) = (year(a, None, context), small(b), small(c)) {
        let padded = b.digits.len == 2 && c.digits.len == 2;
        let spaced = parts.get(1).is_some_and(|part| part.glue.has(Glue::SPACE));
        // 2019.1.2 is a version of a program more often than a day.
        let plain = sign != Glue::DOT || padded || spaced || a.mark == Some(Mark::Year);
        if !(context.whole || plain || VOCABULARY.is_year_first(context.language)) {
            return Outcome::Nothing;
        }
        return bare_calendar(year, context).map_or(Outcome::Nothing, |calendar| {
            date(calendar, year.value(), month, day)
        });
    }
    let (Some(first), Some(second), Some(year)) = (small(a), small(b), year(c, None, context))
    else {
        return Outcome::Nothing;
    };
    let Some(calendar) = bare_calendar(year, context) else {
        return Outcome::Nothing;
    };
    let order = VOCABULARY.order(context.language);
    if sign == Glue::DASH && order != Order::DayFirst {
        // "27 - 9 - 1967" is Vietnamese; elsewhere the dashes part other things.
        return Outcome::Nothing;
    }
    let day_first = date(calendar, year.value(), second, first);
    if first == second {
        return day_first;
    }
    let month_first = || date(calendar, year.value(), first, second);
    if 12 < second && first <= 12 {
        return month_first();
    }
    let settled =
        sign == Glue::DOT || 12 < first || order == Order::DayFirst || is_western_only(calendar);
    if settled {
        day_first
    } else {
        both(day_first, month_first())
    }
}

/// Calendars of countries that all write the day first.
fn is_western_only(calendar: Calendar) -> bool {
    !matches!(calendar, Calendar::Common)
}

fn date(calendar: Calendar, year: i32, month: u8, day: u8) -> Outcome {
    match convert(calendar, year, month, Some(day)) {
        Converted::Points(from, to) => Outcome::Date(CitedDate {
            from,
            to,
            approximate: false,
        }),
        Converted::Impossible(reason) => Outcome::Impossible(reason),
        Converted::Unknown => Outcome::Nothing,
    }
}

/// A month with its year, or two years: `11/2024`, `2024.11`, `2003–13`, `2024/25`.
fn two(a: Number, b: Number, sign: Glue, context: Context<'_>) -> Outcome {
    let months = 1..=12;
    let (x, y) = (a.digits, b.digits);
    if 2 < x.len.min(y.len) || sign == Glue::DASH && x.len <= 2 {
        return Outcome::Nothing;
    }
    if let (1 | 2, Some(year)) = (x.len, year(b, None, context)) {
        return month_of(year.value(), x.value, year, context);
    }
    let Some(written) = year(a, None, context).filter(|_| a.mark.is_none() && b.mark.is_none())
    else {
        return Outcome::Nothing;
    };
    let next = (x.value + 1) % 100 == y.value;
    let is_month = months.contains(&y.value);
    match sign {
        // 2003–05 and 2010/11 may be a month or two years.
        Glue::DASH if is_month => Outcome::Nothing,
        Glue::SLASH if is_month && next => Outcome::Nothing,
        _ if is_month => month_of(written.value(), y.value, written, context),
        Glue::SLASH if !next => Outcome::Nothing,
        Glue::DOT => Outcome::Nothing,
        _ => two_years(x.value, y.value, y.len),
    }
}

fn month_of(value: i32, month: u32, year: super::patterns::Year, context: Context<'_>) -> Outcome {
    let Some(calendar) = bare_calendar(year, context) else {
        return Outcome::Nothing;
    };
    match convert(calendar, value, u8::try_from(month).unwrap_or(0), None) {
        Converted::Points(from, to) => Outcome::Date(CitedDate {
            from,
            to,
            approximate: false,
        }),
        Converted::Impossible(_) | Converted::Unknown => Outcome::Nothing,
    }
}

/// Two years of one century, the second by its last two digits, which must be above 12.
fn two_years(first: u32, second: u32, len: usize) -> Outcome {
    let last = first / 100 * 100 + second;
    let years = (i16::try_from(first), i16::try_from(last));
    match years {
        (Ok(from), Ok(to)) if len == 2 && 1000 <= from && from < to && 12 < second => {
            Outcome::Date(CitedDate {
                from: DatePoint::Year(from),
                to: Some(DatePoint::Year(to)),
                approximate: false,
            })
        }
        _ => Outcome::Nothing,
    }
}

/// ISO 8601 basic: 20241103. No other order of eight digits gives a year of the press.
fn compact(number: Number) -> Outcome {
    let value = number.digits.value;
    let year = i32::try_from(value / 10_000).unwrap_or_default();
    let part = |value: u32| u8::try_from(value % 100).unwrap_or_default();
    let (month, day) = (part(value / 100), part(value));
    let plausible = number.digits.len == 8 && (1800..=2100).contains(&year);
    let found = date(Calendar::Common, year, month, day);
    if plausible && matches!(found, Outcome::Date(_)) {
        found
    } else {
        Outcome::Nothing
    }
}
