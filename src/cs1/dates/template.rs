//! The verdict on the dates of one citation template.

use std::borrow::Cow;

use jiff::civil::Date;

use super::judge::{Accepted, DateParameter, judge, ranked};
use super::reason::Reason;
use crate::cs1::templates::without_comments;
use crate::model::Parameter;

/// CS1's verdict on one date field of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldVerdict<'p> {
    /// The parameter as the editor wrote it.
    pub parameter: &'p Parameter,
    /// What its name means.
    pub named: DateParameter,
    /// What CS1 judged it as: `year`, and then `publication-date`, count as `date` where there is
    /// none.
    pub judged_as: DateParameter,
    /// The value that was judged: without comments, trimmed.
    pub value: Cow<'p, str>,
    /// The verdict.
    pub verdict: Verdict,
}

/// What CS1 says of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It takes it.
    Accepted(Accepted),
    /// It shows "Check date values".
    Rejected(Reason),
    /// What a template in the value expands to is not known.
    Unread,
}

impl Verdict {
    /// The date, if CS1 takes it.
    #[must_use]
    pub const fn accepted(self) -> Option<Accepted> {
        match self {
            Self::Accepted(accepted) => Some(accepted),
            Self::Rejected(_) | Self::Unread => None,
        }
    }
}

/// CS1's verdicts on the date fields of a citation template, in the order of
/// [`DateParameter::ALL`]; fields without a value have none.
///
/// Of a parameter given twice the last one counts, of two spellings the one that CS1 prefers.
/// `today` is the day of the run in UTC.
#[must_use]
pub fn template(parameters: &[Parameter], today: Date) -> Vec<FieldVerdict<'_>> {
    let given = given(parameters);
    let mut fields: Vec<FieldVerdict<'_>> = DateParameter::ALL
        .into_iter()
        .filter_map(|named| chosen(&given, named))
        .collect();
    promote(&mut fields);
    for field in &mut fields {
        if !field.value.contains("{{") {
            field.verdict = match judge(field.judged_as, &field.value, today) {
                Ok(accepted) => Verdict::Accepted(accepted),
                Err(reason) => Verdict::Rejected(reason),
            };
        }
    }
    compare_years(&mut fields);
    fields
}

/// A date parameter with what its name means and the rank of the spelling.
type Given<'p> = (&'p Parameter, DateParameter, usize);

/// The last parameter of each spelling; the spellings are few.
fn given(parameters: &[Parameter]) -> Vec<Given<'_>> {
    let mut given: Vec<Given<'_>> = Vec::new();
    for parameter in parameters {
        let Some((named, rank)) = parameter.name.as_deref().and_then(ranked) else {
            continue;
        };
        given.retain(|(_, other, other_rank)| (*other, *other_rank) != (named, rank));
        given.push((parameter, named, rank));
    }
    given
}

fn chosen<'p>(given: &[Given<'p>], named: DateParameter) -> Option<FieldVerdict<'p>> {
    let spelt = given.iter().filter(|(_, meant, _)| *meant == named);
    let fields = spelt.map(|(parameter, _, rank)| {
        let field = FieldVerdict {
            parameter,
            named,
            judged_as: named,
            value: without_comments(&parameter.value),
            verdict: Verdict::Unread,
        };
        (*rank, field)
    });
    let set = fields.filter(|(_, field)| !field.value.is_empty());
    set.min_by_key(|(rank, _)| *rank).map(|(_, field)| field)
}

/// Without a `date`, the `year` is the date; without both, the `publication-date` is.
fn promote(fields: &mut Vec<FieldVerdict<'_>>) {
    // They come in the order in which they stand in for the date.
    let stands_in = |field: &&mut FieldVerdict<'_>| {
        matches!(
            field.named,
            DateParameter::Date | DateParameter::Year | DateParameter::PublicationDate
        )
    };
    let Some(date) = fields.iter_mut().find(stands_in) else {
        return;
    };
    date.judged_as = DateParameter::Date;
    let value = date.value.clone().into_owned();
    // A publication-date that says the same as the date is not looked at.
    fields.retain(|field| {
        field.judged_as != DateParameter::PublicationDate || *field.value != *value
    });
}

fn compare_years(fields: &mut [FieldVerdict<'_>]) {
    let good = |wanted: DateParameter| {
        let mut fields = fields.iter();
        let field = fields.find(|field| field.judged_as == wanted)?;
        field.verdict.accepted().map(|_| field.value.to_string())
    };
    let (Some(date), Some(year)) = (good(DateParameter::Date), good(DateParameter::Year)) else {
        return;
    };
    if YearBesideDate::of(&date, &year) != YearBesideDate::Contradicts {
        return;
    }
    let mut fields = fields.iter_mut();
    if let Some(field) = fields.find(|field| field.judged_as == DateParameter::Year) {
        field.verdict = Verdict::Rejected(Reason::YearMismatch);
    }
}

/// What a `year` beside a `date` is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum YearBesideDate {
    /// Nothing: the date says it.
    Redundant,
    /// It carries the letter that tells works of one year apart, which a year-month-day cannot.
    Needed,
    /// It is another year.
    Contradicts,
}

impl YearBesideDate {
    /// Compares the two as CS1 does; both are dates that it takes.
    ///
    /// # Examples
    ///
    /// ```
    /// use citecheck::cs1::dates::YearBesideDate;
    ///
    /// assert_eq!(YearBesideDate::of("May 2009", "2009"), YearBesideDate::Redundant);
    /// assert_eq!(YearBesideDate::of("2009-05-03", "2009a"), YearBesideDate::Needed);
    /// assert_eq!(YearBesideDate::of("May 2009", "2008"), YearBesideDate::Contradicts);
    /// ```
    #[must_use]
    pub fn of(date: &str, year: &str) -> Self {
        let years = Years::of(date);
        let lettered = year.ends_with(|c: char| c.is_ascii_alphabetic());
        let year: String = year.chars().filter(char::is_ascii_digit).collect();
        let redundant = if years.is_day && lettered && year.len() == 4 {
            return if years.first == year {
                Self::Needed
            } else {
                Self::Contradicts
            };
        } else {
            years.first == year || years.second.as_ref() == Some(&year)
        };
        if redundant && !year.is_empty() {
            Self::Redundant
        } else {
            Self::Contradicts
        }
    }
}

/// The years that CS1 sees in a date.
struct Years {
    first: String,
    second: Option<String>,
    /// Whether the date is year-month-day.
    is_day: bool,
}

impl Years {
    fn of(date: &str) -> Self {
        let runs: Vec<&str> = date
            .split(|c: char| !c.is_ascii_digit())
            .filter(|run| !run.is_empty())
            .collect();
        let is_year = |run: &&&str| 3 <= run.len();
        let mut years = runs.iter().filter(is_year).map(|run| (*run).to_owned());
        let first = years.next().unwrap_or_default();
        let is_day = runs.len() == 3 && runs.first().is_some_and(|run| run.len() == 4);
        // Of a year with two digits behind a dash CS1 makes two years, of year-month-day as well:
        // `2009-02-12` goes with 2009 and with 2002.
        let short = || {
            let last = runs.get(1).filter(|run| run.len() == 2)?;
            let starts = runs.first() == Some(&first.as_str()) && first.len() == 4;
            let century = first.get(..2).filter(|_| starts)?;
            Some(format!("{century}{last}"))
        };
        let second = years.next().or_else(short);
        Self {
            first,
            second,
            is_day,
        }
    }
}
