//! Whole days in the forms that CS1 takes.

use jiff::civil::Date;

use super::forms::{self, Allowed, Form};
use super::judge::civil;
use super::names;
use crate::model::DateStyle;

/// How a day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayForm {
    /// The order of day, month and year.
    pub style: DateStyle,
    /// Whether the month's name is a short one: `Feb`.
    pub short: bool,
}

/// Reads a day written in one of the three forms that CS1 takes, however far in the future.
#[must_use]
pub fn day(value: &str) -> Option<(Date, DayForm)> {
    let allowed = Allowed {
        seasons: false,
        last_year: i16::MAX,
    };
    let parsed = forms::read(value, allowed).ok()?;
    let style = match parsed.form {
        Form::YearMonthDay => DateStyle::YearMonthDay,
        Form::MonthDayYear => DateStyle::MonthDayYear,
        Form::DayMonthYear => DateStyle::DayMonthYear,
        Form::PartOfYear | Form::Year | Form::Years | Form::Range | Form::Circa | Form::Undated => {
            return None;
        }
    };
    let form = DayForm {
        style,
        short: parsed.short,
    };
    Some((civil(&parsed)?, form))
}

/// Writes a day as CS1 takes it: in English, in one of its three orders, whatever stood there
/// before. `dates::write_like` keeps the words and signs of a date in any language.
///
/// Year-month-day is for the Gregorian calendar: before 1582 the day comes first instead.
///
/// # Examples
///
/// ```
/// use citecheck::cs1::dates::{day, write_day};
/// use jiff::civil::date;
///
/// let (_, form) = day("Feb 1, 2009").unwrap();
/// assert_eq!(write_day(date(2009, 11, 2), form), "Nov 2, 2009");
/// ```
#[must_use]
pub fn write_day(day: Date, form: DayForm) -> String {
    let number = u8::try_from(day.month()).unwrap_or_default();
    let month =
        names::of_month(number).map_or("", |(long, short)| if form.short { short } else { long });
    let (year, month_number, day_number) = (day.year(), day.month(), day.day());
    match form.style {
        DateStyle::YearMonthDay if 1582 <= year => {
            format!("{year:04}-{month_number:02}-{day_number:02}")
        }
        DateStyle::MonthDayYear => format!("{month} {day_number}, {year}"),
        DateStyle::DayMonthYear | DateStyle::YearMonthDay => {
            format!("{day_number} {month} {year}")
        }
    }
}
