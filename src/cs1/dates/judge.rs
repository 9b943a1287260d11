//! The verdict on one date field.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;

use super::forms::{self, Allowed, Form, Parsed};
use super::names;
use super::reason::Reason;
use super::shape::year;
use crate::cs1::table::{entries, lines};

/// A parameter whose date CS1 checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DateParameter {
    /// `date`
    Date,
    /// `year`
    Year,
    /// `publication-date`
    PublicationDate,
    /// `access-date`
    AccessDate,
    /// `archive-date`
    ArchiveDate,
    /// `doi-broken-date`
    DoiBrokenDate,
    /// `pmc-embargo-date`
    PmcEmbargoDate,
}

impl DateParameter {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Date,
        Self::Year,
        Self::PublicationDate,
        Self::AccessDate,
        Self::ArchiveDate,
        Self::DoiBrokenDate,
        Self::PmcEmbargoDate,
    ];

    /// CS1's name for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Year => "year",
            Self::PublicationDate => "publication-date",
            Self::AccessDate => "access-date",
            Self::ArchiveDate => "archive-date",
            Self::DoiBrokenDate => "doi-broken-date",
            Self::PmcEmbargoDate => "pmc-embargo-date",
        }
    }

    /// The parameter that a template names so; `None` for names that CS1 does not take for a date
    /// (`Date`, `access_date`) and for dates that it does not check (`orig-date`).
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        SPELLINGS.get(name).map(|(parameter, _)| *parameter)
    }
}

/// Spellings, each with its rank among those of its parameter.
static SPELLINGS: LazyLock<HashMap<&'static str, (DateParameter, usize)>> = LazyLock::new(|| {
    let mut spellings = HashMap::new();
    for line in lines(include_str!("../data/date_parameters.tsv")) {
        let [name, names] = line.as_slice() else {
            continue;
        };
        let parameter = DateParameter::ALL
            .into_iter()
            .find(|parameter| parameter.as_str() == *name);
        let ranked = entries(names).zip(0..);
        spellings
            .extend(ranked.filter_map(|(spelling, rank)| Some((spelling, (parameter?, rank)))));
    }
    spellings
});

/// The parameter that is named so, with the rank of the spelling: where two are given, CS1 takes
/// the one of the lower rank.
pub(super) fn ranked(name: &str) -> Option<(DateParameter, usize)> {
    SPELLINGS.get(name).copied()
}

/// A date that CS1 takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Accepted {
    /// The form that it is in.
    pub form: Form,
    /// The day, if it is a single one; `None` for 29 February of years that are leap years in the
    /// Julian calendar alone.
    pub day: Option<Date>,
    /// Whether a range is written with a hyphen, which CS1 shows as an en dash.
    pub hyphen: bool,
}

/// CS1's verdict on the value of one parameter, alone in its template.
///
/// `value` is what the parameter expands to, trimmed, without comments. `today` is the day in UTC
/// on which the page is rendered. `year` is judged as it is beside a `date`; without one CS1 takes
/// it for the date, so ask for [`DateParameter::Date`] then, or for the verdict on the
/// [`template`](super::template()).
///
/// # Errors
///
/// The reason why CS1 shows "Check date values".
///
/// # Examples
///
/// ```
/// use citecheck::cs1::dates::{DateParameter, Reason, judge};
/// use jiff::civil::date;
///
/// let today = date(2026, 11, 22);
/// assert!(judge(DateParameter::Date, "May–June 2009", today).is_ok());
/// assert_eq!(judge(DateParameter::AccessDate, "May 2009", today), Err(Reason::WholeDay));
/// assert_eq!(judge(DateParameter::Date, "31 April 2009", today), Err(Reason::Day));
/// ```
pub fn judge(parameter: DateParameter, value: &str, today: Date) -> Result<Accepted, Reason> {
    let ahead = i16::from(parameter == DateParameter::PmcEmbargoDate) + 1;
    let allowed = Allowed {
        seasons: parameter == DateParameter::Date,
        last_year: today.year().saturating_add(ahead),
    };
    let may_be_circa = matches!(parameter, DateParameter::Date | DateParameter::Year);
    if let Some(year) = circa(value).filter(|_| may_be_circa) {
        return if year <= allowed.last_year {
            Ok(without_day(Form::Circa))
        } else {
            Err(Reason::Future)
        };
    }
    match parameter {
        DateParameter::Date if names::is_undated(value) => return Ok(without_day(Form::Undated)),
        // No year is too far in the future here.
        DateParameter::Year => {
            return lettered_year(value)
                .map(|_| without_day(Form::Year))
                .ok_or(Reason::YearOnly);
        }
        DateParameter::Date
        | DateParameter::PublicationDate
        | DateParameter::AccessDate
        | DateParameter::ArchiveDate
        | DateParameter::DoiBrokenDate
        | DateParameter::PmcEmbargoDate => {}
    }
    let parsed = forms::read(value, allowed)?;
    of_parameter(parameter, &parsed, today)?;
    Ok(Accepted {
        form: parsed.form,
        day: civil(&parsed),
        hyphen: parsed.form != Form::YearMonthDay && value.contains('-'),
    })
}

/// What the parameter asks of a date that is in one of the forms.
fn of_parameter(parameter: DateParameter, parsed: &Parsed, today: Date) -> Result<(), Reason> {
    let whole = match parameter {
        DateParameter::AccessDate | DateParameter::ArchiveDate | DateParameter::PmcEmbargoDate => {
            true
        }
        DateParameter::Date
        | DateParameter::Year
        | DateParameter::PublicationDate
        | DateParameter::DoiBrokenDate => false,
    };
    if whole && parsed.day.is_none() {
        return Err(Reason::WholeDay);
    }
    if parameter != DateParameter::Date && parsed.letter.is_some_and(char::is_lowercase) {
        return Err(Reason::Letter);
    }
    if parameter == DateParameter::AccessDate {
        let wikipedia = Date::constant(2001, 1, 15);
        let tomorrow = today.saturating_add(1.day());
        if civil(parsed).is_none_or(|day| day < wikipedia || tomorrow < day) {
            return Err(Reason::AccessWindow);
        }
    }
    Ok(())
}

const fn without_day(form: Form) -> Accepted {
    Accepted {
        form,
        day: None,
        hyphen: false,
    }
}

pub(super) fn civil(parsed: &Parsed) -> Option<Date> {
    let (month, day) = parsed.day?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(parsed.year, month, day).ok()
}

/// The year of `c. 1999`, `c. 1999a`.
fn circa(value: &str) -> Option<i16> {
    lettered_year(names::after_circa(value)?)
}

/// A year of three or four digits with at most a letter behind it.
fn lettered_year(value: &str) -> Option<i16> {
    let letter = value.as_bytes().last().filter(|b| b.is_ascii_alphabetic());
    let digits = match letter {
        Some(_) => value.get(..value.len().saturating_sub(1))?,
        None => value,
    };
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| year(digits))
        .flatten()
}
