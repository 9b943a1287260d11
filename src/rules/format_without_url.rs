//! `URL006` format-without-url.

use super::addressing::{NoUrl, no_url};
use super::cs1;
use super::parameters::{given, parameter};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Evidence, Finding, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports `format`, `url-access` and their likes in a citation that lacks what they describe
    /// (CS1: `|format=` requires `|url=`; `|doi-access=` requires `|doi=`).
    ///
    /// ## Why it matters
    /// They describe a link, and there is none: CS1 shows an error instead.
    ///
    /// ## Example
    /// `{{cite book |title=Earthquakes |format=PDF}}`; `|doi-access=free` without `|doi=`.
    ///
    /// ## Limits
    /// Only templates of CS1. Where the missing URL is told by another rule (`missing-url`,
    /// `access-date-without-url`, `archive-url-without-url`), the finding about `format` is left out.
    FORMAT_WITHOUT_URL {
        code: "URL006",
        name: "format-without-url",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

/// Parameters with the one that each describes; those of the URL itself come first.
const NEEDS: [(&str, &str); 16] = [
    ("format", "url"),
    ("url-access", "url"),
    ("chapter-format", "chapter-url"),
    ("chapter-url-access", "chapter-url"),
    ("conference-format", "conference-url"),
    ("transcript-format", "transcript-url"),
    ("map-format", "map-url"),
    ("archive-format", "archive-url"),
    ("bibcode-access", "bibcode"),
    ("doi-access", "doi"),
    ("hdl-access", "hdl"),
    ("jstor-access", "jstor"),
    ("ol-access", "ol"),
    ("osti-access", "osti"),
    ("s2cid-access", "s2cid"),
    ("ssrn-access", "ssrn"),
];

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_rendered(ctx) {
        return Vec::new();
    }
    let needs = NEEDS.iter();
    let found = needs.filter_map(|(name, needed)| {
        let parameter = parameter(ctx, name)?;
        let lacks = match *needed {
            "url" => no_url(ctx) == Some(NoUrl::Described),
            needed => given(ctx, needed).is_none() && self::parameter(ctx, needed).is_none(),
        };
        lacks.then(|| finding(ctx, parameter, needed))
    });
    found.collect()
}

fn finding(ctx: &SourceContext<'_>, parameter: &Parameter, needed: &str) -> Finding {
    let name = parameter.name.clone().unwrap_or_default();
    let message = format!("{name} without {needed}: there is no link that it could describe");
    let mut finding = ctx.finding(&FORMAT_WITHOUT_URL, message);
    finding.span = Some(parameter.value_span);
    let written = format!("|{name}=");
    finding
        .evidence
        .push(Evidence::new("cited", parameter.value.clone(), written));
    let description = format!("take {name} away");
    finding.fix = ctx.removal(&description, Safety::Review, &[parameter]);
    finding
}
