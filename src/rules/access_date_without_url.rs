//! `URL005` access-date-without-url.

use super::addressing::{NoUrl, no_url};
use super::cs1;
use super::parameters::{given, parameter};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an `access-date` in a citation that gives no URL (CS1: `|access-date=` requires
    /// `|url=`).
    ///
    /// ## Why it matters
    /// The date says when a page was read, and nothing says which page. CS1 shows an error.
    ///
    /// ## Example
    /// `{{cite book |title=Earthquakes |access-date=3 November 2024}}`: give the URL that was read,
    /// or take the date away, as the fix does.
    ///
    /// ## Limits
    /// Templates for web pages without a URL are `missing-url`. In templates that CS1 does not make
    /// an identifier such as a DOI is taken for what was accessed, and the finding is a note.
    ACCESS_DATE_WITHOUT_URL {
        code: "URL005",
        name: "access-date-without-url",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if no_url(ctx) != Some(NoUrl::Accessed) {
        return Vec::new();
    }
    let message = "access-date without a URL: what was accessed?";
    let mut finding = ctx.finding_at(&ACCESS_DATE_WITHOUT_URL, "access-date", message);
    if cs1::is_rendered(ctx) {
        let date = given(ctx, "access-date");
        let described = ["format", "url-access"].into_iter();
        let described = described.filter_map(|name| parameter(ctx, name));
        let idle: Vec<&Parameter> = date.into_iter().chain(described).collect();
        let description = "take away what speaks of a link";
        finding.fix = ctx.removal(description, Safety::Review, &idle);
    } else {
        finding.severity = Severity::Note;
    }
    finding.evidence.extend(ctx.cited("access-date"));
    vec![finding]
}
