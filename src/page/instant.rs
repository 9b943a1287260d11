//! Machine-readable timestamps: the day as written in the page's own zone.

use jiff::civil::Date;

use crate::dates::{self, DateReading};
use crate::model::{CitedDate, DatePoint, LanguageTag};

/// A timestamp as far as evidence needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instant {
    /// The day in the zone that the timestamp is written in, or less.
    pub(super) date: CitedDate,
    /// The other reading of a numeric date that can be read two ways.
    pub(super) other: Option<CitedDate>,
    /// Hour and minute when the timestamp is in UTC: the local day may be the one before or
    /// after.
    pub(super) utc: Option<(i8, i8)>,
}

impl Instant {
    fn plain(date: CitedDate) -> Self {
        Self {
            date,
            other: None,
            utc: None,
        }
    }
}

/// Longest text that is taken for a timestamp.
const MAX_BYTES: usize = 80;

/// Reads a value that software wrote: ISO 8601 in its variants, compact digits, RFC 5322, Unix
/// time, and, failing these, a date in words.
pub(super) fn read(text: &str, language: Option<&LanguageTag>) -> Option<Instant> {
    let text = text.trim();
    if text.is_empty() || MAX_BYTES < text.len() {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return from_digits(text);
    }
    if let Some(instant) = from_iso(text).or_else(|| from_named_month(text)) {
        return Some(instant);
    }
    match dates::read(text, language) {
        DateReading::Date(date) => Some(Instant::plain(date)),
        DateReading::Ambiguous(day_first, month_first) => {
            Some(ambiguous(day_first, month_first, language))
        }
        DateReading::Undated | DateReading::Impossible(_) | DateReading::Unrecognised => {
            let found = dates::find_all(text, language);
            found.first().map(|found| Instant::plain(found.date))
        }
    }
}

/// Month first is the custom of the United States and the Philippines alone.
fn ambiguous(
    day_first: CitedDate,
    month_first: CitedDate,
    language: Option<&LanguageTag>,
) -> Instant {
    let american =
        language.is_some_and(|tag| matches!(tag.as_str(), "en" | "en-US" | "en-PH" | "es-US"));
    let (date, other) = if american {
        (month_first, day_first)
    } else {
        (day_first, month_first)
    };
    Instant {
        date,
        other: Some(other),
        utc: None,
    }
}

/// `YYYY`, `YYYYMMDD`, `YYYYMMDDhhmm[ss]`, or Unix time in seconds or milliseconds.
fn from_digits(text: &str) -> Option<Instant> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    match text.len() {
        4 => {
            let year = number(0..4)?;
            let sane = (1000..=2100).contains(&year);
            sane.then(|| Instant::plain(CitedDate::point(DatePoint::Year(year))))
        }
        8 | 12 | 14 => day(number(0..4)?, number(4..6)?, number(6..8)?).map(Instant::plain),
        10 | 13 => {
            let seconds: i64 = text.get(..10)?.parse().ok()?;
            let instant = jiff::Timestamp::from_second(seconds).ok()?;
            let civil = instant.to_zoned(jiff::tz::TimeZone::UTC).datetime();
            Some(Instant {
                date: CitedDate::day(civil.date()),
                other: None,
                utc: Some((civil.hour(), civil.minute())),
            })
        }
        _ => None,
    }
}

fn day(year: i16, month: i16, day: i16) -> Option<CitedDate> {
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (1000..=2100)
        .contains(&year)
        .then_some(CitedDate::day(date))
}

/// Splits off a run of ASCII digits of at most `most` bytes.
fn digits(text: &str, most: usize) -> Option<(i16, usize, &str)> {
    let length = text
        .bytes()
        .take(most + 1)
        .take_while(u8::is_ascii_digit)
        .count();
    if length == 0 || most < length {
        return None;
    }
    let (run, rest) = text.split_at_checked(length)?;
    Some((run.parse().ok()?, length, rest))
}

/// ISO 8601 and what passes for it: `2024-11-03T10:00:00+01:00`, `2024/11/3 10:00`,
/// `2024.11.03`, `20241103T1000Z`, `2024-11`.
fn from_iso(text: &str) -> Option<Instant> {
    if let Some((compact, rest)) = text.split_at_checked(8)
        && compact.bytes().all(|byte| byte.is_ascii_digit())
        && rest.starts_with('T')
    {
        return from_digits(compact).map(|instant| with_zone(instant, rest));
    }
    let (year, length, rest) = digits(text, 4)?;
    let separator = rest
        .chars()
        .next()
        .filter(|c| length == 4 && matches!(c, '-' | '/' | '.'))?;
    let (month, _, rest) = digits(rest.strip_prefix(separator)?, 2)?;
    let Some(rest) = rest.strip_prefix(separator) else {
        let alone = rest.is_empty() && separator != '.' && (1..=12).contains(&month);
        let month = i8::try_from(month).ok()?;
        return (alone && (1000..=2100).contains(&year))
            .then(|| Instant::plain(CitedDate::point(DatePoint::Month(year, month))));
    };
    let (number, _, rest) = digits(rest, 2)?;
    let ends = rest
        .chars()
        .next()
        .is_none_or(|c| !c.is_ascii_digit() && c != separator);
    let date = day(year, month, number).filter(|_| ends)?;
    Some(with_zone(Instant::plain(date), rest))
}

/// Notes whether what follows the day is a time in UTC.
fn with_zone(instant: Instant, rest: &str) -> Instant {
    let rest = rest.trim();
    let utc = rest.ends_with(['Z', 'z'])
        || ["+00:00", "-00:00", "+0000", "+00", "UTC", "GMT"]
            .iter()
            .any(|zone| rest.ends_with(zone));
    Instant {
        utc: time_of(rest).filter(|_| utc),
        ..instant
    }
}

/// The hour and minute at the start of `T10:00:00` or ` 10:00`.
fn time_of(rest: &str) -> Option<(i8, i8)> {
    let clock = rest.trim_start_matches(['T', 't', ' ', ',']);
    let (hour, minute) = match clock.split_once(':') {
        Some((hour, rest)) => (hour, rest.get(..2)?),
        None => (clock.get(..2)?, clock.get(2..4)?),
    };
    let (hour, minute): (i8, i8) = (hour.trim().parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// `Sun, 03 Nov 2024 10:00:00 GMT` (RFC 5322) and `Sun Nov 03 10:00:00 CET 2024` (Unix `date`).
fn from_named_month(text: &str) -> Option<Instant> {
    let words: Vec<&str> = text
        .split([' ', ',', '\t'])
        .filter(|word| !word.is_empty())
        .take(8)
        .collect();
    let month_at = words.iter().position(|word| month(word).is_some())?;
    let number = |at: Option<usize>| {
        let word = words.get(at?)?;
        (word.len() <= 2)
            .then(|| word.parse::<i16>().ok())
            .flatten()
    };
    let year = |word: &&&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let month_number = month(words.get(month_at)?)?;
    let number = number(month_at.checked_sub(1)).or_else(|| number(Some(month_at + 1)))?;
    let year: i16 = words.iter().skip(month_at).find(year)?.parse().ok()?;
    let clock = words.iter().find(|word| word.contains(':'))?;
    let utc = words
        .iter()
        .any(|word| matches!(*word, "GMT" | "UTC" | "Z" | "+0000" | "-0000"));
    Some(Instant {
        utc: time_of(clock).filter(|_| utc),
        ..Instant::plain(day(year, month_number, number)?)
    })
}

fn month(word: &str) -> Option<i16> {
    let head = word.get(..3).filter(|_| word.len() <= 9)?;
    let known = MONTHS
        .iter()
        .position(|name| name.eq_ignore_ascii_case(head))?;
    i16::try_from(known + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str, utc: Option<(i8, i8)>) {
        let instant = read(text, None).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(instant.date.to_string(), expect, "{text}");
        assert_eq!(instant.utc, utc, "{text}");
    }

    #[test]
    fn machine_timestamps_keep_the_day_as_written() {
        check("2024-11-03T23:30:00-05:00", "2024-11-03", None);
        check("2024-11-03T23:30:00Z", "2024-11-03", Some((23, 30)));
        check("2024-11-03 23:30:00 +0000", "2024-11-03", Some((23, 30)));
        check("2024-11-03T10:00:00.000+02:00", "2024-11-03", None);
        check("2024/11/3 10:00", "2024-11-03", None);
        check("2024.11.03", "2024-11-03", None);
        check("20241103", "2024-11-03", None);
        check("20241103T101500Z", "2024-11-03", Some((10, 15)));
        check("2024-11", "2024-11", None);
        check("2024", "2024", None);
        check("Sun, 03 Nov 2024 10:00:00 GMT", "2024-11-03", Some((10, 0)));
        check("Sun Nov 03 10:00:00 CET 2024", "2024-11-03", None);
        check("1730628000", "2024-11-03", Some((10, 0)));
        check("1730628000000", "2024-11-03", Some((10, 0)));
    }

    #[test]
    fn other_values_are_no_timestamps() {
        for text in [
            "",
            "2024-13-03",
            "2024-02-30",
            "12345678901",
            "0000-00-00",
            "article",
        ] {
            assert_eq!(read(text, None), None, "{text}");
        }
    }
}
