//! Dates at the precision an editor or a page wrote them.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A date as written: one point or a range, at the precision given, perhaps approximate.
///
/// Citations often give less than a day ("2019", "May 2019"); padding them to the first of the
/// month would invent a mismatch, so the precision is kept. Written and read as EDTF (ISO 8601-2
/// level 1): `2024`, `2024-11`, `2024-11-03`, `2024-21` (spring), `1999~` (circa),
/// `2009-01/2009-03`.
///
/// # Examples
///
/// ```
/// use citecheck::model::CitedDate;
///
/// let month: CitedDate = "2019-05".parse().unwrap();
/// let day: CitedDate = "2019-05-30".parse().unwrap();
/// assert!(month.overlaps(day));
/// assert_eq!(month.to_string(), "2019-05");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CitedDate {
    /// The date, or the first one of a range.
    pub from: DatePoint,
    /// The last date of a range.
    pub to: Option<DatePoint>,
    /// Whether the writer said "circa".
    pub approximate: bool,
}

/// One date at the precision written. Proleptic Gregorian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DatePoint {
    /// A year.
    Year(i16),
    /// A season or quarter of a year.
    Season(i16, Season),
    /// A month of a year, 1 to 12.
    Month(i16, i8),
    /// A calendar day.
    Day(Date),
}

/// Seasons and quarters, with their EDTF numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Season {
    /// 21
    Spring,
    /// 22
    Summer,
    /// 23
    Autumn,
    /// 24
    Winter,
    /// 33
    FirstQuarter,
    /// 34
    SecondQuarter,
    /// 35
    ThirdQuarter,
    /// 36
    FourthQuarter,
}

const SEASONS: [(Season, u8, (i8, i8)); 8] = [
    (Season::Spring, 21, (1, 12)),
    (Season::Summer, 22, (1, 12)),
    (Season::Autumn, 23, (1, 12)),
    (Season::Winter, 24, (1, 12)),
    (Season::FirstQuarter, 33, (1, 3)),
    (Season::SecondQuarter, 34, (4, 6)),
    (Season::ThirdQuarter, 35, (7, 9)),
    (Season::FourthQuarter, 36, (10, 12)),
];

impl Season {
    /// The EDTF number, 21 to 24 or 33 to 36.
    #[must_use]
    pub fn edtf(self) -> u8 {
        SEASONS
            .iter()
            .find(|(season, ..)| *season == self)
            .map_or(21, |(_, number, _)| *number)
    }

    /// First and last month that the season can mean anywhere on Earth: seasons differ between
    /// hemispheres and cross the turn of the year, so they span the year; quarters do not.
    fn months(self) -> (i8, i8) {
        SEASONS
            .iter()
            .find(|(season, ..)| *season == self)
            .map_or((1, 12), |(.., months)| *months)
    }
}

impl DatePoint {
    /// The first day that the point can mean.
    #[must_use]
    pub fn earliest(self) -> Date {
        match self {
            Self::Year(year) => day_or_edge(year, 1, 1),
            Self::Season(year, season) => day_or_edge(year, season.months().0, 1),
            Self::Month(year, month) => day_or_edge(year, month, 1),
            Self::Day(day) => day,
        }
    }

    /// The last day that the point can mean.
    #[must_use]
    pub fn latest(self) -> Date {
        match self {
            Self::Year(year) => day_or_edge(year, 12, 31),
            Self::Season(year, season) => day_or_edge(year, season.months().1, 1).last_of_month(),
            Self::Month(year, month) => day_or_edge(year, month, 1).last_of_month(),
            Self::Day(day) => day,
        }
    }

    /// Whether a range can go from here to the other point. Of seasons only the years are compared,
    /// since winter is the first or the last of its year.
    #[must_use]
    pub fn may_precede(self, other: Self) -> bool {
        let seasons = matches!((self, other), (Self::Season(..), Self::Season(..)));
        self != other
            && (self.earliest() < other.earliest() || seasons && self.year() <= other.year())
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        match self {
            Self::Year(year) | Self::Season(year, _) | Self::Month(year, _) => year,
            Self::Day(day) => day.year(),
        }
    }
}

fn day_or_edge(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap_or(if year < 0 { Date::MIN } else { Date::MAX })
}

impl CitedDate {
    /// A calendar day.
    #[must_use]
    pub const fn day(day: Date) -> Self {
        Self::point(DatePoint::Day(day))
    }

    /// One point, exact.
    #[must_use]
    pub const fn point(from: DatePoint) -> Self {
        Self {
            from,
            to: None,
            approximate: false,
        }
    }

    /// The full day, when that is what was written.
    #[must_use]
    pub const fn as_day(self) -> Option<Date> {
        match (self.from, self.to) {
            (DatePoint::Day(day), None) if !self.approximate => Some(day),
            _ => None,
        }
    }

    /// The first day that the date can mean.
    #[must_use]
    pub fn earliest(self) -> Date {
        let from = self.from.earliest();
        self.to.map_or(from, |to| from.min(to.earliest()))
    }

    /// The last day that the date can mean.
    #[must_use]
    pub fn latest(self) -> Date {
        let from = self.from.latest();
        self.to.map_or(from, |to| from.max(to.latest()))
    }

    /// Whether some day satisfies both dates, each at its own precision.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.earliest() <= other.latest() && other.earliest() <= self.latest()
    }
}

impl fmt::Display for DatePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Season(year, season) => write!(f, "{year:04}-{}", season.edtf()),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
        }
    }
}

impl fmt::Display for CitedDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let circa = if self.approximate { "~" } else { "" };
        write!(f, "{}{circa}", self.from)?;
        match self.to {
            Some(to) => write!(f, "/{to}{circa}"),
            None => Ok(()),
        }
    }
}

/// The text is not an EDTF date of the kinds that [`CitedDate`] holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotEdtf(String);

impl fmt::Display for NotEdtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an EDTF date such as 2024-11-03", self.0)
    }
}

impl std::error::Error for NotEdtf {}

impl FromStr for DatePoint {
    type Err = NotEdtf;

    fn from_str(text: &str) -> Result<Self, NotEdtf> {
        let fail = || NotEdtf(text.to_owned());
        // Digits alone: the parser of integers would take a sign as well.
        let digits = |part: &str, length: usize| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let mut parts = text.splitn(3, '-');
        let mut next = |length| match parts.next() {
            Some(part) if digits(part, length) => Ok(Some(part)),
            Some(_) => Err(fail()),
            None => Ok(None),
        };
        let year = next(4)?.ok_or_else(fail)?;
        let (second, third) = (next(2)?, next(2)?);
        let year: i16 = year.parse().map_err(|_| fail())?;
        let Some(second) = second else {
            return Ok(Self::Year(year));
        };
        let second: i8 = second.parse().map_err(|_| fail())?;
        let Some(third) = third else {
            if (1..=12).contains(&second) {
                return Ok(Self::Month(year, second));
            }
            let season = SEASONS
                .iter()
                .find(|(_, number, _)| i16::from(*number) == i16::from(second));
            return season
                .map(|(season, ..)| Self::Season(year, *season))
                .ok_or_else(fail);
        };
        let day: i8 = third.parse().map_err(|_| fail())?;
        Date::new(year, second, day)
            .map(Self::Day)
            .map_err(|_| fail())
    }
}

impl FromStr for CitedDate {
    type Err = NotEdtf;

    fn from_str(text: &str) -> Result<Self, NotEdtf> {
        let approximate = text.contains('~');
        let plain = |part: &str| part.strip_suffix('~').unwrap_or(part).parse::<DatePoint>();
        let (from, to) = match text.split_once('/') {
            Some((from, to)) => (plain(from)?, Some(plain(to)?)),
            None => (plain(text)?, None),
        };
        if to.is_some_and(|to| !from.may_precede(to)) {
            return Err(NotEdtf(text.to_owned()));
        }
        Ok(Self {
            from,
            to,
            approximate,
        })
    }
}

impl Serialize for CitedDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CitedDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for CitedDate {
    fn schema_name() -> Cow<'static, str> {
        "CitedDate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "EDTF date at the precision written: 2024, 2024-11, 2024-11-03",
            "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}~?(/[0-9]{4}(-[0-9]{2}){0,2}~?)?$"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edtf_is_written_as_it_is_read() {
        for text in [
            "2024",
            "2024-11",
            "2024-11-03",
            "2024-21",
            "1999~",
            "2009-01/2009-03",
        ] {
            assert_eq!(text.parse::<CitedDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn month_overlaps_any_of_its_days_only() {
        let month: CitedDate = "2019-05".parse().unwrap();
        assert!(month.overlaps("2019-05-31".parse().unwrap()));
        assert!(!month.overlaps("2019-06-01".parse().unwrap()));
    }

    #[test]
    fn impossible_days_are_refused() {
        for text in [
            "2023-02-29",
            "2023-13",
            "23",
            "",
            "2024-11-03T00:00",
            "2024-1",
            "2024-11-3",
            "+202",
            "2024-+5",
            "2024-11-03-04",
            "1999~~",
            "2024/2023",
            "2024-11-03/2024-11-02",
            "٢٠٢٤",
        ] {
            assert!(text.parse::<CitedDate>().is_err(), "{text}");
        }
    }
}
