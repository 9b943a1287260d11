//! The forms of dates that CS1 takes, each with its own checks.

use super::names::{self, Month, Name};
use super::reason::Reason;
use super::shape::{
    Shape, around_dash, around_spaced_dash, day_number, is_comma, is_dash, is_spaced_dash, name,
    year,
};

/// The form that a date is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Form {
    /// `2009-02-12`
    YearMonthDay,
    /// `February 12, 2009`
    MonthDayYear,
    /// `12 February 2009`
    DayMonthYear,
    /// `May 2009`, `Spring 2009`, `First Quarter 2009`, `Easter 2009`
    PartOfYear,
    /// `2009`
    Year,
    /// `1999–2000`, `1999–13`
    Years,
    /// Any other range.
    Range,
    /// `c. 1999`
    Circa,
    /// `n.d.`
    Undated,
}

/// A date that is in one of the forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) form: Form,
    pub(super) year: i16,
    /// Month and day of a single day.
    pub(super) day: Option<(u8, u8)>,
    /// Whether the month's name is a short one and no long one.
    pub(super) short: bool,
    /// The letter behind the year.
    pub(super) letter: Option<char>,
}

/// What the parameter allows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowed {
    /// Whether it may hold seasons, quarters and named days.
    pub(super) seasons: bool,
    /// The last year that is near enough.
    pub(super) last_year: i16,
}

type Found = Result<Parsed, Reason>;

/// The first year of the Gregorian calendar as CS1 counts.
const GREGORIAN: i16 = 1582;

/// Reads a value that is in one of the forms.
pub(super) fn read(value: &str, allowed: Allowed) -> Found {
    let shape = Shape::of(value).ok_or(Reason::Form)?;
    let mut parsed = match (shape.texts.as_slice(), shape.digits.as_slice()) {
        ([before], [only]) => allowed.one(before, only),
        ([before, between], [a, b]) => allowed.two([before, between], [a, b]),
        (["", first, second], [a, b, c]) => {
            if *first == "-" && *second == "-" && shape.letter.is_none() {
                allowed.year_month_day([a, b, c])
            } else if is_dash(first) {
                // 2–12 February 2009
                let month = month_in(second, true)?;
                allowed.days(month, [a, b], c)
            } else {
                allowed.day_month_range([first, second], [a, b, c])
            }
        }
        ([before, first, second], [a, b, c]) if is_comma(second) => {
            if is_dash(first) {
                // February 2–12, 2009
                let month = month_in(before, false)?;
                allowed.days(month, [a, b], c)
            } else {
                allowed.month_day_range([before, first], [a, b, c])
            }
        }
        ([before, gaps @ ..], [from, year, to, year2]) => {
            allowed.four(before, gaps, [(from, year), (to, year2)])
        }
        _ => Err(Reason::Form),
    }?;
    parsed.letter = shape.letter;
    Ok(parsed)
}

/// The month in a text that has a space behind it and, if told so, before it.
fn month_in(text: &str, before: bool) -> Result<Month, Reason> {
    let name = name(text, before, true).ok_or(Reason::Form)?;
    names::month(name).ok_or(Reason::Name)
}

fn parsed(form: Form, year: i16) -> Parsed {
    Parsed {
        form,
        year,
        day: None,
        short: false,
        letter: None,
    }
}

fn ascending(from: impl Into<i16>, to: impl Into<i16>) -> Result<(), Reason> {
    (from.into() < to.into()).then_some(()).ok_or(Reason::Order)
}

impl Allowed {
    /// The year, if it is near enough.
    fn year(self, digits: &str) -> Result<i16, Reason> {
        let year = year(digits).ok_or(Reason::Form)?;
        self.near(year)
    }

    fn near(self, year: i16) -> Result<i16, Reason> {
        (year <= self.last_year)
            .then_some(year)
            .ok_or(Reason::Future)
    }

    fn name(self, text: &str) -> Result<Name, Reason> {
        match names::find(text).ok_or(Reason::Name)? {
            Name::Season(..) | Name::Other if !self.seasons => Err(Reason::OnlyInDate),
            name @ (Name::Month(_) | Name::Season(..) | Name::Other) => Ok(name),
        }
    }

    /// A day that exists.
    fn day(self, year: i16, month: u8, digits: &str) -> Result<u8, Reason> {
        let day = day_number(digits).ok_or(Reason::Form)?;
        self.near(year)?;
        (day <= days_in(year, month))
            .then_some(day)
            .ok_or(Reason::Day)
    }

    /// 2009; May 2009; May–June 2009
    fn one(self, before: &str, digits: &str) -> Found {
        if before.is_empty() {
            return Ok(parsed(Form::Year, self.year(digits)?));
        }
        let text = name(before, false, true).ok_or(Reason::Form)?;
        let Some((from, to)) = around_dash(text) else {
            let year = self.year(digits)?;
            self.name(text)?;
            return Ok(parsed(Form::PartOfYear, year));
        };
        let year = self.year(digits)?;
        self.names_ascend(from, to)?;
        Ok(parsed(Form::Range, year))
    }

    /// Months in order and style, or two different seasons.
    fn names_ascend(self, from: &str, to: &str) -> Result<(), Reason> {
        match (self.name(from)?, self.name(to)?) {
            (Name::Month(from), Name::Month(to)) => {
                ascending(from.number, to.number)?;
                from.same_style(to).then_some(()).ok_or(Reason::Style)
            }
            (Name::Season(from, _), Name::Season(to, _)) if from != to => Ok(()),
            (Name::Season(..), Name::Season(..)) => Err(Reason::Order),
            (Name::Month(_) | Name::Season(..) | Name::Other, _) => Err(Reason::Style),
        }
    }

    fn two(self, [before, between]: [&str; 2], [a, b]: [&str; 2]) -> Found {
        if is_comma(between) {
            let month = month_in(before, false)?;
            return self.single(Form::MonthDayYear, month, a, b);
        }
        if is_dash(between) {
            return if before.is_empty() {
                self.years(a, b)
            } else {
                self.season_of_years(before, a, b)
            };
        }
        if before.is_empty() {
            let month = month_in(between, true)?;
            return self.single(Form::DayMonthYear, month, a, b);
        }
        self.month_years([before, between], [a, b])
    }

    fn single(self, form: Form, month: Month, day: &str, year: &str) -> Found {
        let year = self.year(year)?;
        let day = self.day(year, month.number, day)?;
        Ok(Parsed {
            day: Some((month.number, day)),
            short: !month.long,
            ..parsed(form, year)
        })
    }

    /// 2009-02-12
    fn year_month_day(self, [year, month, day]: [&str; 3]) -> Found {
        if (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return Err(Reason::Form);
        }
        let year: i16 = year.parse().map_err(|_| Reason::Form)?;
        let month: u8 = month.parse().map_err(|_| Reason::Form)?;
        let day: u8 = day.parse().map_err(|_| Reason::Form)?;
        if !(1..=12).contains(&month) || day == 0 {
            return Err(Reason::Numbers);
        }
        if year < GREGORIAN {
            return Err(Reason::Julian);
        }
        self.near(year)?;
        if days_in(year, month) < day {
            return Err(Reason::Day);
        }
        Ok(Parsed {
            day: Some((month, day)),
            ..parsed(Form::YearMonthDay, year)
        })
    }

    /// Two days of one month.
    fn days(self, month: Month, [from, to]: [&str; 2], year: &str) -> Found {
        let year = self.year(year)?;
        let from = self.day(year, month.number, from)?;
        let to = self.day(year, month.number, to)?;
        ascending(from, to)?;
        Ok(parsed(Form::Range, year))
    }

    /// 28 January – 3 February 2009
    fn day_month_range(self, [first, second]: [&str; 2], [a, b, c]: [&str; 3]) -> Found {
        let (from, rest) = around_spaced_dash(first).ok_or(Reason::Form)?;
        if !rest.is_empty() || !from.starts_with(' ') {
            return Err(Reason::Form);
        }
        let from = names::month(from.trim_matches(' ')).ok_or(Reason::Name)?;
        let to = month_in(second, true)?;
        self.days_of_months([(from, a), (to, b)], c)
    }

    /// January 28 – February 3, 2009
    fn month_day_range(self, [before, between]: [&str; 2], [a, b, c]: [&str; 3]) -> Found {
        let from = name(before, false, true).ok_or(Reason::Form)?;
        let (empty, to) = around_spaced_dash(between).ok_or(Reason::Form)?;
        let to = name(to, false, true).filter(|_| empty.is_empty());
        let to = to.ok_or(Reason::Form)?;
        if let (Some(from), Some(to)) = (names::month(from), names::month(to)) {
            return self.days_of_months([(from, a), (to, b)], c);
        }
        // CS1 lets seasons pass here, and then looks at no day.
        self.names_ascend(from, to)?;
        let days = day_number(a).zip(day_number(b));
        days.ok_or(Reason::Form)?;
        Ok(parsed(Form::Range, self.year(c)?))
    }

    fn days_of_months(self, [from, to]: [(Month, &str); 2], year: &str) -> Found {
        let year = self.year(year)?;
        ascending(from.0.number, to.0.number)?;
        if !from.0.same_style(to.0) {
            return Err(Reason::Style);
        }
        self.day(year, from.0.number, from.1)?;
        self.day(year, to.0.number, to.1)?;
        Ok(parsed(Form::Range, year))
    }

    /// Whole days of two years: 2 May 2008 – 3 June 2009; May 2, 2008 – June 3, 2009
    fn four(self, before: &str, gaps: &[&str], [first, last]: [(&str, &str); 2]) -> Found {
        let [inner, dash, outer] = gaps else {
            return Err(Reason::Form);
        };
        let (from, to) = if before.is_empty() {
            if !is_spaced_dash(dash) {
                return Err(Reason::Form);
            }
            (month_in(inner, true)?, month_in(outer, true)?)
        } else {
            let (empty, to) = around_spaced_dash(dash).ok_or(Reason::Form)?;
            if !is_comma(inner) || !is_comma(outer) || !empty.is_empty() {
                return Err(Reason::Form);
            }
            (month_in(before, false)?, month_in(to, false)?)
        };
        let (year, year2) = (self.year(first.1)?, self.year(last.1)?);
        ascending(year, year2)?;
        if !from.same_style(to) {
            return Err(Reason::Style);
        }
        self.day(year, from.number, first.0)?;
        self.day(year2, to.number, last.0)?;
        Ok(parsed(Form::Range, year))
    }

    /// January 2009 – March 2010
    fn month_years(self, [before, between]: [&str; 2], [a, b]: [&str; 2]) -> Found {
        let from = name(before, false, true).ok_or(Reason::Form)?;
        let (empty, to) = around_spaced_dash(between).ok_or(Reason::Form)?;
        let to = name(to, false, true).filter(|_| empty.is_empty());
        let (from, to) = (self.name(from)?, self.name(to.ok_or(Reason::Form)?)?);
        let (year, year2) = (self.year(a)?, self.year(b)?);
        ascending(year, year2)?;
        match (from, to) {
            (Name::Month(from), Name::Month(to)) if from.same_style(to) => {}
            (Name::Season(..), Name::Season(..)) => {}
            (Name::Month(_) | Name::Season(..) | Name::Other, _) => return Err(Reason::Style),
        }
        Ok(parsed(Form::Range, year))
    }

    /// Winter 2008–09, Winter 2008–2009
    fn season_of_years(self, before: &str, a: &str, b: &str) -> Found {
        let text = name(before, false, true).ok_or(Reason::Form)?;
        let whole = b.len() != 2;
        if !matches!(names::find(text), Some(Name::Season(_, true))) {
            return Err(Reason::SeasonOfYears);
        }
        // CS1 asks for the parameter only where the second year is whole.
        if whole && !self.seasons {
            return Err(Reason::OnlyInDate);
        }
        let year = self.year(a)?;
        let year2 = if whole {
            self.year(b)?
        } else {
            self.near(same_century(year, b)?)?
        };
        if year2 != year.saturating_add(1) {
            return Err(Reason::SeasonOfYears);
        }
        Ok(parsed(Form::Range, year))
    }

    /// 1999–2000, 1999–13
    fn years(self, a: &str, b: &str) -> Found {
        let from = self.year(a)?;
        let to = if b.len() == 2 {
            let to = same_century(from, b)?;
            if b < "13" {
                return Err(Reason::MonthOrYears);
            }
            self.near(to)?
        } else {
            self.year(b)?
        };
        ascending(from, to)?;
        Ok(parsed(Form::Years, from))
    }
}

/// The year of two digits in the century of another one, which has four.
fn same_century(year: i16, digits: &str) -> Result<i16, Reason> {
    let last: i16 = digits.parse().map_err(|_| Reason::Form)?;
    if year < 1000 {
        return Err(Reason::Form);
    }
    Ok(year / 100 * 100 + last)
}

/// The length of a month: Julian leap years before 1582, Gregorian ones from then on.
fn days_in(year: i16, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year < GREGORIAN || year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
