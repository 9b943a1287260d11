//! `URL001` invalid-url.

use super::cs1;
use super::edits::{in_value, page_address};
use super::parameters::{given, is_plain};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::{self, UrlFault, archive, embedded_url, url_fault};
use crate::model::{Evidence, Finding, Fix, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a `url`, `archive-url` or other address that is none: white space in it, no scheme,
    /// `http:/a.example`, `htp://a.example`, a host outside ASCII; and an `archive-url` that only
    /// repeats the `url` (CS1: Check `|url=` value).
    ///
    /// ## Why it matters
    /// No link comes of it, or one that leads nowhere.
    ///
    /// ## Example
    /// `|url=http:/news.example/quake`: the fix puts the slashes right.
    ///
    /// ## Limits
    /// Follows CS1's own reading, and takes a scheme that MediaWiki does not link for a mistake.
    /// Values with templates, tags or comments in them are not judged. In templates that CS1 does
    /// not make only mistakes of scheme and slashes are reported, as notes.
    INVALID_URL {
        code: "URL001",
        name: "invalid-url",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let cs1 = cs1::is_rendered(ctx);
    let mut findings = Vec::new();
    for parameter in &ctx.source.parameters {
        let (Some(field), value) = (parameter.field.as_deref(), parameter.value.as_str()) else {
            continue;
        };
        let address =
            field == "url" || (field.ends_with("-url") && (cs1 || field == "archive-url"));
        if !address || value.is_empty() || !is_plain(value) {
            continue;
        }
        let Some(fault) = url_fault(value) else {
            continue;
        };
        let plain_mistake = match fault {
            UrlFault::Slashes | UrlFault::TwoSchemes => true,
            UrlFault::NoScheme => value.starts_with("www."),
            UrlFault::Scheme => links::repaired(value, fault).is_some(),
            UrlFault::Space | UrlFault::UnicodeHost | UrlFault::Host => false,
        };
        if cs1 || plain_mistake {
            let message = format!("{field} is no valid address: {}", reason(value, fault));
            let mut finding = told(ctx, parameter, message);
            finding.fix = repair(ctx, parameter, fault);
            if !cs1 {
                finding.severity = Severity::Note;
            }
            findings.push(finding);
        }
    }
    findings.extend(repeated(ctx, cs1));
    findings
}

fn reason(value: &str, fault: UrlFault) -> &'static str {
    match fault {
        _ if value.starts_with('[') => "it stands in the brackets of a link",
        UrlFault::Space => "it has a space in it",
        UrlFault::NoScheme => "it has no scheme such as https://",
        UrlFault::Scheme => "MediaWiki makes no link of its scheme",
        UrlFault::Slashes => "two slashes belong behind the scheme",
        UrlFault::TwoSchemes => "a second scheme stands where the host belongs",
        UrlFault::UnicodeHost => "CS1 wants its host in ASCII (xn--)",
        UrlFault::Host => "it has no host",
    }
}

fn repair(ctx: &SourceContext<'_>, parameter: &Parameter, fault: UrlFault) -> Option<Fix> {
    let value = parameter.value.as_str();
    if fault == UrlFault::UnicodeHost {
        return ascii_host(ctx, parameter);
    }
    let repaired = if value.starts_with('[') && !value.starts_with("[[") {
        embedded_url(value).map(str::to_owned)
    } else if fault == UrlFault::Space {
        encoded_spaces(value)
    } else {
        links::repaired(value, fault)
    };
    let repaired = repaired.filter(|url| url_fault(url).is_none())?;
    ctx.replacement("make it an address", Safety::Review, parameter, repaired)
}

/// Only the host changes, so that the rest may be mended by others.
fn ascii_host(ctx: &SourceContext<'_>, parameter: &Parameter) -> Option<Fix> {
    let (before, rest) = parameter.value.split_once("//")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let start = before.len() + "//".len();
    let www = if host.starts_with("www.") { "www." } else { "" };
    let ascii = format!("{www}{}", links::host(host)?);
    let edit = in_value(parameter, start..start + host.len(), &ascii)?;
    ctx.fix("write the host in ASCII", Safety::Safe, vec![edit])
}

/// A path with spaces in it, which browsers encode; prose behind an address is none.
fn encoded_spaces(value: &str) -> Option<String> {
    let (before, after) = value.split_once(' ')?;
    let path = after.contains('/') || after.contains('.') || after.contains('=');
    let prose = after.contains(['(', ')', ',', ';', '\n', '\t']) || after.contains("://");
    let doubled = value.contains("  ") || after.ends_with('.');
    let in_path = links::host(before).is_some() && before.matches('/').count() > 2;
    (in_path && path && !prose && !doubled).then(|| value.replace(' ', "%20"))
}

/// `archive-url` and `url` are one.
fn repeated(ctx: &SourceContext<'_>, cs1: bool) -> Option<Finding> {
    let copy = given(ctx, "archive-url").filter(|copy| is_plain(&copy.value))?;
    let fields = ["url", "chapter-url"].into_iter();
    let mut given = fields.filter_map(|field| given(ctx, field));
    let url = given.find(|url| url.value == copy.value)?;
    let message = "archive-url only repeats the url".to_owned();
    let mut finding = told(ctx, copy, message);
    if !cs1 {
        finding.severity = Severity::Note;
    }
    let original = archive::read(&copy.value).and_then(|copy| copy.original);
    finding.fix = original.and_then(|original| {
        let description = "give the address of the page itself in url";
        ctx.replacement(description, Safety::Review, url, page_address(&original)?)
    });
    Some(finding)
}

fn told(ctx: &SourceContext<'_>, parameter: &Parameter, message: String) -> Finding {
    let mut finding = ctx.finding(&INVALID_URL, message);
    finding.span = Some(parameter.value_span);
    let name = parameter.name.as_deref().unwrap_or_default();
    let written = format!("|{name}=");
    finding
        .evidence
        .push(Evidence::new("cited", parameter.value.clone(), written));
    finding
}
