//! `DAT006` date-format-mixed.

use super::edits::{fix, replaced};
use super::rule::{ArticleContext, Check, FixAvailability, declare_rule};
use crate::cs1::dates::{DateParameter, DayForm, FieldVerdict, Verdict, write_day};
use crate::model::{DateStyle, Edit, Evidence, Finding, Fix, Safety, Severity, Span};

declare_rule! {
    /// ## What it does
    /// Reports an article whose citations write days in more than one order: `3 May 2024` beside
    /// `May 3, 2024`, or dates of publication as `2024-05-03` beside them.
    ///
    /// ## Why it matters
    /// A list of references should write dates one way (MOS:DATEUNIFY), and readers cannot tell
    /// whether a difference means something.
    ///
    /// ## Example
    /// `|date=3 May 2024` in one citation and `|date=June 4, 2024` in another. The fix rewrites the
    /// days of the rarer order, or those against the article's `{{use dmy dates}}`.
    ///
    /// ## Limits
    /// Only dates in the templates of English Wikipedia (CS1, CS2). Access and archive dates may
    /// be year-month-day whatever the others are. Where the article declares an order, Wikipedia
    /// shows every date in it.
    DATE_FORMAT_MIXED {
        code: "DAT006",
        name: "date-format-mixed",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        check: Check::Article(check),
    }
}

/// A day as an editor wrote it.
struct Written {
    day: jiff::civil::Date,
    form: DayForm,
    /// Whether it is an access or archive date.
    beside: bool,
    span: Span,
    /// Whether the value is the date and nothing else.
    whole: bool,
}

const STYLES: [(DateStyle, &str); 3] = [
    (DateStyle::DayMonthYear, "day month year"),
    (DateStyle::MonthDayYear, "month day, year"),
    (DateStyle::YearMonthDay, "year-month-day"),
];

fn check(ctx: &ArticleContext<'_>) -> Vec<Finding> {
    let mut days: Vec<Written> = Vec::new();
    for block in ctx.article.references.blocks() {
        let sources = block.iter().flat_map(|reference| &reference.sources);
        for fields in sources.filter_map(|source| ctx.cs1_dates(source)) {
            days.extend(fields.iter().filter_map(written));
        }
    }
    let Some(style) = ctx.article.date_style.or_else(|| commonest(&days)) else {
        return Vec::new();
    };
    let odd: Vec<&Written> = days.iter().filter(|day| day.breaks(style)).collect();
    // Dates that agree among themselves are not mixed, whatever is declared.
    if odd.is_empty() || odd.len() == days.len() && one_style(&days) {
        return Vec::new();
    }
    let name = STYLES.iter().find(|(other, _)| *other == style);
    let name = name.map_or("", |(_, name)| name);
    let measure = match ctx.article.date_style {
        Some(_) => "as the article declares",
        None => "as the others are",
    };
    let message = format!(
        "{} of {} dates in citations are not written {name} {measure}",
        odd.len(),
        days.len()
    );
    let mut finding = ctx.finding(&DATE_FORMAT_MIXED, message);
    finding.evidence = counts(&days);
    if ctx.article.date_style.is_some() {
        let shown = "; Wikipedia shows them so all the same";
        finding.message.push_str(shown);
        let declared = Evidence::new("declared", name, "article");
        finding.evidence.push(declared);
    }
    finding.fix = rewrite(&odd, style);
    vec![finding]
}

fn written(field: &FieldVerdict<'_>) -> Option<Written> {
    let accepted = match field.verdict {
        Verdict::Accepted(accepted) => accepted,
        Verdict::Rejected(_) | Verdict::Unread => return None,
    };
    accepted.day?;
    let (day, form) = crate::cs1::dates::day(&field.value)?;
    Some(Written {
        day,
        form,
        beside: field.judged_as != DateParameter::Date
            && field.judged_as != DateParameter::PublicationDate,
        span: field.parameter.value_span,
        whole: *field.value == *field.parameter.value
            && field.value.ends_with(|c: char| c.is_ascii_digit()),
    })
}

impl Written {
    /// Whether it is not written as the article's dates are.
    fn breaks(&self, style: DateStyle) -> bool {
        let own = self.form.style;
        own != style && !(self.beside && own == DateStyle::YearMonthDay)
    }
}

/// The order that the fewest dates break; of equals the one that more dates have.
fn commonest(days: &[Written]) -> Option<DateStyle> {
    let judged = STYLES.iter().map(|(style, _)| {
        let broken = days.iter().filter(|day| day.breaks(*style)).count();
        let others = days.iter().filter(|day| day.form.style != *style).count();
        ((broken, others), *style)
    });
    judged
        .min_by_key(|(cost, _)| *cost)
        .filter(|_| !days.is_empty())
        .map(|(_, style)| style)
}

fn one_style(days: &[Written]) -> bool {
    let mut styles = days.iter().map(|day| day.form.style);
    let first = styles.next();
    styles.all(|style| Some(style) == first)
}

fn counts(days: &[Written]) -> Vec<Evidence> {
    let kinds = [
        (false, "publication dates"),
        (true, "access and archive dates"),
    ];
    let mut evidence = Vec::new();
    for (beside, what) in kinds {
        for (style, name) in STYLES {
            let same = days
                .iter()
                .filter(|day| day.beside == beside && day.form.style == style);
            let count = same.count();
            if 0 < count {
                evidence.push(Evidence::new(
                    format!("{what} written {name}"),
                    count.to_string(),
                    "citations",
                ));
            }
        }
    }
    evidence
}

fn rewrite(odd: &[&Written], style: DateStyle) -> Option<Fix> {
    let mut edits: Vec<Edit> = odd
        .iter()
        .filter(|day| day.whole)
        .map(|day| {
            let form = DayForm { style, ..day.form };
            replaced(day.span.start..day.span.end, write_day(day.day, form))
        })
        .collect();
    edits.sort_by_key(|edit| edit.start);
    // A reference that is listed twice has its dates once.
    edits.dedup();
    let description = "write the other dates in the same order";
    fix(description, Safety::Review, edits)
}
