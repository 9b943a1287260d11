//! `DAT004` invalid-date.

use super::cs1_dates::{finding_at, replace};
use super::date_rewrite::rewrite;
use super::other_calendar::OtherYear;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::cs1::dates::{FieldVerdict, Reason, Verdict};
use crate::dates::{self, DateReading};
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a date that no calendar has, and in the templates of English Wikipedia (CS1, CS2)
    /// every date for which it shows "Check date values".
    ///
    /// ## Why it matters
    /// The day cannot be right, or Wikipedia shows an error in its place.
    ///
    /// ## Example
    /// `|date=31 April 2024`, `|access-date=2024-13-02`; in `{{cite web}}` also
    /// `|date=12th May 2024` and `|access-date=May 2024`. What can be read one way only comes with
    /// a fix in the form that the citation's other dates have.
    ///
    /// ## Limits
    /// CS1's rules hold for wikitext in English with English names of templates; a date with a
    /// template in it passes. Elsewhere a text that is no date in any form known here is a note: it
    /// may be a form of the wiki's own. There, numeric dates that can be read two ways pass.
    INVALID_DATE {
        code: "DAT004",
        name: "invalid-date",
        severity: Severity::Error,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

/// A longer value, in characters, stands in the evidence alone.
const LONGEST_QUOTED: usize = 60;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(fields) = ctx.article.cs1_dates(ctx.source) else {
        return loose(ctx, |_| true);
    };
    let rejected = fields.iter().filter_map(|field| match field.verdict {
        // A year of another calendar; `date-in-future` says so.
        Verdict::Rejected(Reason::Future) if is_of_other_calendar(ctx, field) => None,
        Verdict::Rejected(reason) => Some(strict(ctx, field, reason, &fields)),
        Verdict::Accepted(_) | Verdict::Unread => None,
    });
    let mut findings: Vec<Finding> = rejected.collect();
    // CS1 does not see a date under a name that it does not take: `Access-date`, `access_date`.
    findings.extend(loose(ctx, |name| {
        !fields.iter().any(|field| field.named.as_str() == name)
    }));
    findings
}

fn is_of_other_calendar(ctx: &SourceContext<'_>, field: &FieldVerdict<'_>) -> bool {
    let language = ctx.article.article.language.as_ref();
    match dates::read(&field.value, language) {
        DateReading::Date(date) => OtherYear::of_future(date, ctx.article.today()).is_some(),
        DateReading::Ambiguous(..)
        | DateReading::Impossible(_)
        | DateReading::Unrecognised
        | DateReading::Undated => false,
    }
}

fn strict(
    ctx: &SourceContext<'_>,
    field: &FieldVerdict<'_>,
    reason: Reason,
    fields: &[FieldVerdict<'_>],
) -> Finding {
    let name = field.parameter.name.as_deref().unwrap_or_default();
    let message = if field.value.chars().nth(LONGEST_QUOTED).is_some() {
        format!("CS1 does not take the text for {name}: {reason}")
    } else {
        format!("CS1 does not take `{}` for {name}: {reason}", field.value)
    };
    let mut finding = finding_at(ctx, &INVALID_DATE, field, message);
    finding
        .evidence
        .push(Evidence::new("reason", reason.as_str(), "CS1"));
    let today = ctx.article.today();
    if let Some(better) = rewrite(field, fields, ctx.article.article.date_style, today) {
        let description = "write the date as CS1 takes it";
        finding.fix = replace(field, description, better.value, better.safety);
    }
    finding
}

fn loose(ctx: &SourceContext<'_>, wanted: impl Fn(&str) -> bool) -> Vec<Finding> {
    ["date", "access-date", "archive-date"]
        .into_iter()
        .filter(|at| wanted(at))
        .filter_map(|at| loose_field(ctx, at))
        .collect()
}

fn loose_field(ctx: &SourceContext<'_>, name: &'static str) -> Option<Finding> {
    let citation = &ctx.source.citation;
    let read = match name {
        "date" => citation.date,
        "access-date" => citation.access_date,
        _ => citation.archive_date,
    };
    let field = citation.fields.get(name)?;
    // Markup in the value is another template's business, and an empty value says nothing.
    if read.is_some() || field.value.is_empty() || field.value.contains(['{', '<', '[']) {
        return None;
    }
    let mut finding = match dates::read(&field.value, ctx.article.article.language.as_ref()) {
        DateReading::Impossible(reason) => {
            let message = format!("{name} is no date of any calendar: {reason}");
            let mut finding = ctx.finding_at(&INVALID_DATE, name, message);
            finding
                .evidence
                .push(Evidence::new("reason", reason, "calendar"));
            finding
        }
        DateReading::Unrecognised => {
            let message = format!("{name} cannot be read as a date");
            let mut finding = ctx.finding_at(&INVALID_DATE, name, message);
            finding.severity = Severity::Note;
            finding
        }
        DateReading::Date(_) | DateReading::Ambiguous(..) | DateReading::Undated => return None,
    };
    finding.evidence.extend(ctx.cited(name));
    Some(finding)
}
