//! `TTL007` markup-in-parameter.

use super::cs1;
use super::edits::in_value;
use super::invisible::marked;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Fix, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports italics and bold in the name of a work or publisher.
    ///
    /// ## Why it matters
    /// The template sets the type itself: marks of the editor's own turn italics off, spoil the
    /// data that others read from the citation, and Wikipedia shows an error.
    ///
    /// ## Example
    /// `|newspaper=''Example Gazette''`: the fix leaves `Example Gazette`.
    ///
    /// ## Limits
    /// Only the parameters in which CS1 forbids it: works, encyclopedias and publishers. Marks in
    /// `title` are allowed there.
    MARKUP_IN_PARAMETER {
        code: "TTL007",
        name: "markup-in-parameter",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

/// Parameters in which CS1 forbids marks.
const FORBIDDEN: [&str; 9] = [
    "journal",
    "magazine",
    "newspaper",
    "periodical",
    "website",
    "work",
    "publisher",
    "institution",
    "encyclopedia",
];

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_cs1(ctx.source) {
        return Vec::new();
    }
    let found = cs1::named(ctx.source).filter_map(|(name, parameter)| {
        let marks = marks(&parameter.value);
        if !FORBIDDEN.contains(&name) || marks.is_empty() {
            return None;
        }
        let message = format!("italics or bold in {name}, which the template sets itself");
        let mut finding = ctx.finding(&MARKUP_IN_PARAMETER, message);
        finding.fix = fix(ctx, parameter, &marks);
        Some(cs1::at_value(finding, name, parameter))
    });
    found.collect()
}

/// Byte ranges of runs of two, three or five apostrophes, which set italics, bold or both. A run
/// of four is an apostrophe and bold.
fn marks(value: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, c, plain) in marked(value) {
        if c != '\'' || !plain {
            continue;
        }
        match runs.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => runs.push((at, at + 1)),
        }
    }
    let mark = |(start, end): (usize, usize)| match end - start {
        0 | 1 => None,
        2 | 3 | 5 => Some((start, end)),
        4 => Some((start + 1, end)),
        more => Some((start + more - 5, end)),
    };
    runs.into_iter().filter_map(mark).collect()
}

fn fix(ctx: &SourceContext<'_>, parameter: &Parameter, marks: &[(usize, usize)]) -> Option<Fix> {
    let edits = marks
        .iter()
        .map(|(start, end)| in_value(parameter, *start..*end, ""));
    let edits = edits.collect::<Option<_>>()?;
    // Marks around the whole are markup; others may be an apostrophe written twice: L''Oréal.
    let around_all = match marks {
        [(0, _), (_, end)] => *end == parameter.value.len(),
        _ => false,
    };
    let safety = if around_all {
        Safety::Safe
    } else {
        Safety::Review
    };
    ctx.fix("take the marks out", safety, edits)
}
