//! From the years, months and days of other calendars to Gregorian ones.

use super::digits::BENGALI_ZERO;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::model::DatePoint;

/// The calendar that a year or the name of a month belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    /// Gregorian; before 1582 as the writer counted, taken at face value.
    Common,
    /// Gregorian months, with years counted from an era: add this to the year.
    Era(i16),
    /// Thai months: the year is Buddhist when it is one that Thais write so.
    Thai,
    /// Solar Hijri, of Iran and Afghanistan.
    Persian,
    /// Lunar Hijri, as the Umm al-Qura calendar of Saudi Arabia has it.
    Islamic,
}

/// Years from Buddhist ones.
pub(super) const BUDDHIST: Calendar = Calendar::Era(-543);
/// Thai writers use Buddhist years; nobody dates pages 400 years ahead.
const BUDDHIST_YEARS: std::ops::RangeInclusive<i32> = 2400..=2700;
/// For these years the 33-year rule is the calendar of Iran (ICU has exceptions from 1502 on).
const PERSIAN_YEARS: std::ops::RangeInclusive<i32> = 1178..=1501;

/// What became of a date of some calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Converted {
    /// First and last point; the last is `None` when one point says it.
    Points(DatePoint, Option<DatePoint>),
    /// The calendar has no such date.
    Impossible(String),
    /// Outside the years that are known for the calendar.
    Unknown,
}

/// A year, a month of it or a day, in a calendar, as Gregorian points. A month or year of a
/// calendar whose months cut across Gregorian ones is the range of its days.
pub(super) fn convert(calendar: Calendar, year: i32, month: u8, day: Option<u8>) -> Converted {
    match calendar {
        Calendar::Common => gregorian(year, month, day),
        Calendar::Era(offset) => gregorian(year + i32::from(offset), month, day),
        Calendar::Thai => gregorian(thai_year(year), month, day),
        Calendar::Persian => by_lengths(persian_year(year), month, day),
        Calendar::Islamic => by_lengths(islamic_year(year), month, day),
    }
}

/// A year alone, in a calendar.
pub(super) fn convert_year(calendar: Calendar, year: i32) -> Converted {
    let point = |year: i32| {
        four_digits(year).map_or(Converted::Unknown, |year| {
            Converted::Points(DatePoint::Year(year), None)
        })
    };
    match calendar {
        Calendar::Common => point(year),
        Calendar::Era(offset) => point(year + i32::from(offset)),
        Calendar::Thai => point(thai_year(year)),
        Calendar::Persian => whole_year(persian_year(year)),
        Calendar::Islamic => whole_year(islamic_year(year)),
    }
}

/// A year that EDTF can write: none before ours, such as that of พ.ศ. 527.
fn four_digits(year: i32) -> Option<i16> {
    i16::try_from(year)
        .ok()
        .filter(|year| (0..=9999).contains(year))
}

/// A Thai year as written is Buddhist, or already Gregorian.
pub(super) fn thai_year(year: i32) -> i32 {
    if BUDDHIST_YEARS.contains(&year) {
        year - 543
    } else {
        year
    }
}

/// Whether a year in numbers may be of a calendar that is not read: Nepal is 57 years ahead,
/// Bengal 593 behind; Hebrew years begin with 5.
pub(super) fn may_be_foreign(year: i32, zero: u32, language: &str) -> bool {
    let bengali = zero == BENGALI_ZERO || matches!(language, "bn" | "as");
    match language {
        "ne" => 2040 < year,
        "he" | "yi" => (5000..6000).contains(&year),
        _ => bengali && (1250..=1450).contains(&year),
    }
}

/// Whether Iranians and Afghans may mean this year of theirs on a page or in a book.
pub(super) fn is_persian_year(year: i32) -> bool {
    (1250..=1460).contains(&year)
}

fn gregorian(year: i32, month: u8, day: Option<u8>) -> Converted {
    let (Some(year), Ok(month)) = (four_digits(year), i8::try_from(month)) else {
        return Converted::Unknown;
    };
    if !(1..=12).contains(&month) {
        return Converted::Impossible(format!("there is no month {month}"));
    }
    let Some(day) = day else {
        return Converted::Points(DatePoint::Month(year, month), None);
    };
    if let Ok(date) = Date::new(year, month, i8::try_from(day).unwrap_or(0)) {
        return Converted::Points(DatePoint::Day(date), None);
    }
    if year < 1582 && year % 4 == 0 && (month, day) == (2, 29) {
        // A day of the Julian calendar that the proleptic Gregorian one lacks.
        return Converted::Points(DatePoint::Month(year, month), None);
    }
    Converted::Impossible(match Date::new(year, month, 1) {
        Ok(first) => no_such_day(
            first.days_in_month().unsigned_abs(),
            month.unsigned_abs(),
            day,
        ),
        Err(_) => format!("there is no year {year}"),
    })
}

fn no_such_day(length: u8, month: u8, day: u8) -> String {
    format!("month {month} has {length} days, not {day}")
}

/// The first day of a year and the lengths of its months.
type YearShape = (Date, [u8; 12]);

fn by_lengths(shape: Option<YearShape>, month: u8, day: Option<u8>) -> Converted {
    let Some((first, lengths)) = shape else {
        return Converted::Unknown;
    };
    let Some(length) = usize::from(month)
        .checked_sub(1)
        .and_then(|at| lengths.get(at))
    else {
        return Converted::Impossible(format!("there is no month {month}"));
    };
    let before = lengths
        .iter()
        .take(usize::from(month) - 1)
        .copied()
        .map(i32::from)
        .sum::<i32>();
    let nth = |day: u8| later(first, before + i32::from(day) - 1).map(DatePoint::Day);
    match day {
        Some(day) if day == 0 || *length < day => {
            Converted::Impossible(no_such_day(*length, month, day))
        }
        Some(day) => nth(day).map_or(Converted::Unknown, |day| Converted::Points(day, None)),
        None => nth(1).map_or(Converted::Unknown, |from| {
            Converted::Points(from, nth(*length))
        }),
    }
}

fn whole_year(shape: Option<YearShape>) -> Converted {
    let Some((first, lengths)) = shape else {
        return Converted::Unknown;
    };
    let days = lengths.iter().copied().map(i32::from).sum::<i32>();
    Converted::Points(
        DatePoint::Day(first),
        later(first, days - 1).map(DatePoint::Day),
    )
}

fn later(date: Date, days: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}

/// Farvardin to Shahrivar have 31 days, Mehr to Bahman 30, Esfand 29 or 30; eight years of each
/// 33 are leap years.
fn persian_year(year: i32) -> Option<YearShape> {
    if !PERSIAN_YEARS.contains(&year) {
        return None;
    }
    // 1 Farvardin 1400 was 21 March 2021.
    let days = |year: i32| 365 * (year - 1) + (8 * year + 21).div_euclid(33);
    let first = later(Date::constant(2021, 3, 21), days(year) - days(1400))?;
    let esfand = if (25 * year + 11).rem_euclid(33) < 8 {
        30
    } else {
        29
    };
    Some((first, [31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, esfand]))
}

fn islamic_year(year: i32) -> Option<YearShape> {
    static YEARS: LazyLock<Vec<(i32, YearShape)>> = LazyLock::new(|| {
        include_str!("data/umm_al_qura.tsv")
            .lines()
            .filter_map(read_islamic_year)
            .collect()
    });
    let at = YEARS.binary_search_by_key(&year, |(year, _)| *year).ok()?;
    YEARS.get(at).map(|(_, shape)| *shape)
}

fn read_islamic_year(line: &str) -> Option<(i32, YearShape)> {
    let mut cells = line.split('\t');
    let year = cells.next()?.parse().ok()?;
    let first = cells.next()?.parse().ok()?;
    let mut lengths = [30; 12];
    let written = cells.next()?;
    for (length, digit) in lengths.iter_mut().zip(written.chars()) {
        if digit == '9' {
            *length = 29;
        }
    }
    Some((year, (first, lengths)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(calendar: Calendar, year: i32, month: u8, day: u8) -> String {
        match convert(calendar, year, month, Some(day)) {
            Converted::Points(point, None) => point.to_string(),
            other @ (Converted::Points(..) | Converted::Impossible(_) | Converted::Unknown) => {
                format!("{other:?}")
            }
        }
    }

    #[test]
    fn persian_days_fall_where_iran_has_them() {
        for (year, month, nth, expected) in [
            (1403, 1, 1, "2024-03-20"),
            (1403, 8, 13, "2024-11-03"),
            (1403, 12, 30, "2025-03-20"),
            (1404, 1, 1, "2025-03-21"),
            (1399, 12, 15, "2021-03-05"),
            (1400, 1, 1, "2021-03-21"),
            (1357, 11, 22, "1979-02-11"),
            (1320, 6, 25, "1941-09-16"),
        ] {
            assert_eq!(day(Calendar::Persian, year, month, nth), expected);
        }
        assert!(day(Calendar::Persian, 1402, 12, 30).contains("29 days"));
    }

    #[test]
    fn islamic_days_fall_where_umm_al_qura_has_them() {
        assert_eq!(day(Calendar::Islamic, 1442, 7, 21), "2021-03-05");
        assert_eq!(day(Calendar::Islamic, 1446, 1, 1), "2024-07-07");
        assert_eq!(
            convert(Calendar::Islamic, 1200, 1, Some(1)),
            Converted::Unknown
        );
    }

    #[test]
    fn every_year_of_the_table_ends_where_the_next_begins() {
        for year in 1365..1500 {
            let (first, lengths) = islamic_year(year).unwrap();
            let days = lengths.iter().copied().map(i32::from).sum::<i32>();
            assert_eq!(
                later(first, days),
                islamic_year(year + 1).map(|next| next.0),
                "{year}"
            );
        }
    }
}
