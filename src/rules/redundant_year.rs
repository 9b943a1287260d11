//! `DAT008` redundant-year.

use super::cs1_dates::{any_rejected, evidence, finding_at};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::cs1::dates::{DateParameter, FieldVerdict, Form, YearBesideDate};
use crate::model::{Finding, Fix, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a `year` beside a `date` that says the same year.
    ///
    /// ## Why it matters
    /// One of the two will be changed and the other forgotten; Wikipedia lists the article for
    /// maintenance ("CS1 maint: date and year").
    ///
    /// ## Example
    /// `|date=3 May 2024 |year=2024`.
    ///
    /// ## Limits
    /// Only in the templates of English Wikipedia (CS1, CS2), and not where it rejects one of the
    /// citation's dates. A year with a letter beside year-month-day is needed (`|date=2024-05-03
    /// |year=2024a`) and passes. The fix is offered where nothing that short footnotes link to
    /// changes: the date has one year, and neither has a letter.
    REDUNDANT_YEAR {
        code: "DAT008",
        name: "redundant-year",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let fields = ctx.article.cs1_dates(ctx.source).unwrap_or_default();
    let judged = |parameter: DateParameter| {
        let mut fields = fields.iter();
        fields.find(|field| field.judged_as == parameter)
    };
    let (Some(date), Some(year)) = (judged(DateParameter::Date), judged(DateParameter::Year))
    else {
        return Vec::new();
    };
    let both = date.verdict.accepted().is_some() && year.verdict.accepted().is_some();
    let redundant = YearBesideDate::of(&date.value, &year.value) == YearBesideDate::Redundant;
    if !both || !redundant || any_rejected(&fields) {
        return Vec::new();
    }
    let message = format!("year {} is said by date {}", year.value, date.value);
    let mut finding = finding_at(ctx, &REDUNDANT_YEAR, year, message);
    finding.evidence.push(evidence(date));
    finding.fix = remove(ctx, date, year);
    vec![finding]
}

/// The fix, where the year alone is what the date has for short footnotes.
fn remove(
    ctx: &SourceContext<'_>,
    date: &FieldVerdict<'_>,
    year: &FieldVerdict<'_>,
) -> Option<Fix> {
    let form = date.verdict.accepted()?.form;
    let single = match form {
        Form::YearMonthDay
        | Form::MonthDayYear
        | Form::DayMonthYear
        | Form::PartOfYear
        | Form::Year => true,
        Form::Years | Form::Range | Form::Circa | Form::Undated => false,
    };
    let plain = year.parameter.value.bytes().all(|b| b.is_ascii_digit())
        && (form == Form::YearMonthDay || date.value.ends_with(&*year.value));
    let removed = (single && plain).then_some(year.parameter)?;
    ctx.removal("remove the year", Safety::Safe, &[removed])
}
