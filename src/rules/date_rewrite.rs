//! A date that CS1 rejects, rewritten into one that it takes.

use jiff::civil::Date;

use crate::cs1::dates::{DateParameter, DayForm, FieldVerdict, day, judge, write_day};
use crate::dates::{self, DateReading};
use crate::model::{CitedDate, DatePoint, DateStyle, LanguageTag, Safety};

/// What a date is to be rewritten as.
pub(super) struct Rewritten {
    /// A value that CS1 takes.
    pub(super) value: String,
    /// Whether it says what the old one said and nothing is left out.
    pub(super) safety: Safety,
}

/// Rewrites a rejected value that a reader can take one way only; `None` for all others.
///
/// `fields` are all dates of the citation and `style` what the article declares: they tell the
/// order of day and month.
pub(super) fn rewrite(
    field: &FieldVerdict<'_>,
    fields: &[FieldVerdict<'_>],
    style: Option<DateStyle>,
    today: Date,
) -> Option<Rewritten> {
    let english = LanguageTag::from_static("en");
    let (date, own_language) = match dates::read(&field.value, Some(&english)) {
        DateReading::Date(date) => (date, true),
        DateReading::Unrecognised => match dates::read(&field.value, None) {
            DateReading::Date(date) => (date, false),
            DateReading::Ambiguous(..)
            | DateReading::Undated
            | DateReading::Impossible(_)
            | DateReading::Unrecognised => return None,
        },
        DateReading::Ambiguous(..) | DateReading::Undated | DateReading::Impossible(_) => {
            return None;
        }
    };
    let (value, parts) = write(date, field, fields, style)?;
    judge(field.judged_as, &value, today).ok()?;
    // 2009-10 is a month to most readers, and two years to some.
    let is_month = matches!(date.from, DatePoint::Month(..));
    let plain = !is_month || field.value.chars().any(char::is_alphabetic);
    let safe = own_language && plain && words(&field.value).count() == parts;
    Some(Rewritten {
        value,
        safety: if safe { Safety::Safe } else { Safety::Review },
    })
}

/// The date in CS1's form, and how many words and numbers it has.
fn write(
    date: CitedDate,
    field: &FieldVerdict<'_>,
    fields: &[FieldVerdict<'_>],
    style: Option<DateStyle>,
) -> Option<(String, usize)> {
    if date.to.is_some() {
        return None;
    }
    match date.from {
        DatePoint::Day(day) if !date.approximate => {
            Some((write_day(day, form(field, fields, style)), 3))
        }
        DatePoint::Month(year, month) if !date.approximate => {
            let first = Date::new(year, month, 1).ok()?;
            let long = DayForm {
                style: DateStyle::DayMonthYear,
                short: false,
            };
            // The day that is added goes again.
            let month = write_day(first, long).strip_prefix("1 ")?.to_owned();
            Some((month, 2))
        }
        DatePoint::Year(year) if date.approximate => Some((format!("c. {year}"), 2)),
        DatePoint::Day(_) | DatePoint::Month(..) | DatePoint::Season(..) | DatePoint::Year(_) => {
            None
        }
    }
}

/// The form of the day: numbers with the year first stay so; else as another date of the citation
/// has it, the article declares it, or the value itself is ordered.
fn form(
    field: &FieldVerdict<'_>,
    fields: &[FieldVerdict<'_>],
    style: Option<DateStyle>,
) -> DayForm {
    let numeric = !field.value.chars().any(char::is_alphabetic);
    let year_first = field.value.bytes().take_while(u8::is_ascii_digit).count() == 4;
    if numeric && year_first {
        return DayForm {
            style: DateStyle::YearMonthDay,
            short: false,
        };
    }
    let others = fields
        .iter()
        .filter(|other| !std::ptr::eq(other.parameter, field.parameter));
    let others: Vec<DayForm> = others
        .filter_map(|other| day(&other.value).map(|(_, form)| form))
        .collect();
    let is_beside = matches!(
        field.named,
        DateParameter::AccessDate | DateParameter::ArchiveDate
    );
    // A numeric access-date does not make the date of publication numeric.
    let mut told = others
        .iter()
        .filter(|form| is_beside || form.style != DateStyle::YearMonthDay);
    if let Some(form) = told.next() {
        return *form;
    }
    let own = if is_day_first(&field.value) {
        DateStyle::DayMonthYear
    } else {
        DateStyle::MonthDayYear
    };
    DayForm {
        style: style.unwrap_or(own),
        short: false,
    }
}

/// Whether a word, the month, follows the first number.
fn is_day_first(text: &str) -> bool {
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let mut words = words(text).skip_while(|word| !is_number(word)).skip(1);
    words.next().is_some_and(|word| !is_number(&word))
}

/// The words and numbers of a text; an ordinal is one (`12th`).
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}
