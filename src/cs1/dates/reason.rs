//! Why CS1 rejects a date.

use std::fmt;

/// Why CS1 rejects a date field. Its own message is always "Check date values"; these are the
/// tests behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// In none of the forms that CS1 takes.
    Form,
    /// Says a name that is none of CS1's months, seasons, quarters and feasts.
    Name,
    /// A season, quarter or feast outside of `date`.
    OnlyInDate,
    /// A month above 12 or the day 00.
    Numbers,
    /// A day that its month does not have.
    Day,
    /// Year-month-day of a year before 1582.
    Julian,
    /// A year after the next one.
    Future,
    /// A range that does not run from earlier to later.
    Order,
    /// A range of months in two styles, or of unlike things.
    Style,
    /// A season of two years that is neither winter nor summer, or years that do not follow.
    SeasonOfYears,
    /// `2003-05`: a month or a range of years.
    MonthOrYears,
    /// Not one whole day.
    WholeDay,
    /// A lower-case letter behind the year outside of `date`.
    Letter,
    /// An `access-date` before Wikipedia began or after tomorrow.
    AccessWindow,
    /// A `year` beside a `date` that is no year.
    YearOnly,
    /// A `year` that is not the year of `date`.
    YearMismatch,
}

impl Reason {
    /// What is wrong, as a lowercase fragment.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "it is in none of the forms that CS1 takes",
            Self::Name => {
                "no day or month is so written in CS1: `3 May 2019`, `May 3, 2019`, `Sep` or `September`"
            }
            Self::OnlyInDate => "seasons, quarters and named days are for date alone",
            Self::Numbers => "there is no such month or day",
            Self::Day => "the month has no such day",
            Self::Julian => "year-month-day is for the Gregorian calendar, from 1582 on",
            Self::Future => "the year lies too far in the future",
            Self::Order => "the range does not run from earlier to later",
            Self::Style => "the range mixes two ways of writing",
            Self::SeasonOfYears => "only Winter or Summer may span two years, one after the other",
            Self::MonthOrYears => "it could be a month or a range of years",
            Self::WholeDay => "it must be one whole day",
            Self::Letter => "a letter behind the year is for date alone",
            Self::AccessWindow => "it is before 15 January 2001 or after tomorrow",
            Self::YearOnly => "beside date it must be a year alone",
            Self::YearMismatch => "it is not the year of date",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
