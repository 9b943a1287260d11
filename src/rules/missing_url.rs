//! `CIT002` missing-url.

use super::cs1;
use super::ignored_text::is_address;
use super::missing_pipe::swallowed;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a citation of a web page that gives no URL.
    ///
    /// ## Why it matters
    /// A page without its address cannot be checked by anyone.
    ///
    /// ## Example
    /// `{{cite web |title=Quake |access-date=3 November 2024}}`.
    ///
    /// ## Limits
    /// Books, journals and newspapers may be cited without a URL: only templates for web pages,
    /// and citations that give an access-date, need one. Plain text copied from a page carries no
    /// URLs, so there the rule is silent and the summary tells how to add them.
    MISSING_URL {
        code: "CIT002",
        name: "missing-url",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

/// Words in the names of templates that cite web pages, in lower case.
const WEB_TEMPLATE_WORDS: [&str; 22] = [
    "web",
    "internetquelle",
    "lien",
    "stronę",
    "webbref",
    "verkkoviite",
    "netiviide",
    "weblap",
    "internet",
    "вэб",
    "веб",
    "ويب",
    "وب",
    "ウェブ",
    "웹",
    "网页",
    "網頁",
    "เว็บ",
    "वेब",
    "ওয়েব",
    "ιστότοπο",
    "קישור",
];

/// Identifiers that lead to the source without a URL.
const IDENTIFIERS: [&str; 12] = [
    "doi", "isbn", "issn", "pmid", "pmc", "arxiv", "eprint", "oclc", "jstor", "hdl", "bibcode",
    "s2cid",
];

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let Some(template) = &ctx.source.template else {
        return Vec::new();
    };
    // A citation without any field is empty, or its text has lost its names.
    let lost = citation.fields.is_empty() || hides_url(ctx);
    if lost || citation.url.is_some() || citation.archive_url.is_some() || has_identifier(ctx) {
        return Vec::new();
    }
    let lower = template.to_lowercase();
    let cites_web = WEB_TEMPLATE_WORDS.iter().any(|word| lower.contains(word));
    let message = if cites_web {
        format!("{{{{{template}}}}} cites a web page but gives no URL")
    } else if citation.fields.contains_key("access-date") {
        "access-date without a URL: what was accessed?".to_owned()
    } else {
        return Vec::new();
    };
    let mut finding = ctx.finding(&MISSING_URL, message);
    finding.evidence.extend(ctx.cited("access-date"));
    vec![finding]
}

/// Whether an address stands where CS1 does not see it, which is another rule's finding: without
/// its name, or behind a missing pipe.
fn hides_url(ctx: &SourceContext<'_>) -> bool {
    let parameters = ctx.source.parameters.iter();
    let mut hidden = parameters.map(|parameter| {
        let unnamed = cs1::name(parameter).is_none() && is_address(&cs1::given(&parameter.value));
        unnamed || swallowed(&parameter.value).is_some_and(|(_, name)| name == "url")
    });
    cs1::is_cs1(ctx.source) && hidden.any(|hidden| hidden)
}

fn has_identifier(ctx: &SourceContext<'_>) -> bool {
    let given = |name: &str, value: &str| {
        !value.trim().is_empty() && IDENTIFIERS.contains(&name.to_lowercase().as_str())
    };
    ctx.source
        .citation
        .raw
        .iter()
        .any(|(name, value)| given(name, value))
}
