//! `ARC003` archive-of-another-url.

use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::links::{self, archive, same_page};
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an archived copy of another page than the one that `url` names.
    ///
    /// ## Why it matters
    /// When the page dies, readers are sent to a copy of something else.
    ///
    /// ## Example
    /// `|url=https://news.example/quake
    /// |archive-url=https://web.archive.org/web/20240102030405/https://news.example/storm`.
    ///
    /// ## Limits
    /// Scheme, `www.`, default port, case, last slash, fragment, tracking parameters, their order and
    /// percent-encoding make no difference. Another page of the same site, and the same page of
    /// another site, are a note: pages and sites move. Archives whose addresses do not hold the
    /// page's own are not judged.
    ARCHIVE_OF_ANOTHER_URL {
        code: "ARC003",
        name: "archive-of-another-url",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let (Some(copy), Some(url)) = (&citation.archive_url, &citation.url) else {
        return Vec::new();
    };
    if copy == url || copy.contains("{{") || url.contains("{{") {
        return Vec::new();
    }
    let Some(archived) = archive::read(copy).and_then(|copy| copy.original) else {
        return Vec::new();
    };
    let chapter = citation.fields.get("chapter-url");
    let cited = [Some(url), chapter.map(|field| &field.value)];
    let pages: Vec<String> = cited.into_iter().flatten().map(|url| page(url)).collect();
    if pages.iter().any(|page| same_page(page, &archived)) {
        return Vec::new();
    }
    let message = "the archived copy is of another address than url";
    let mut finding = ctx.finding_at(&ARCHIVE_OF_ANOTHER_URL, "archive-url", message);
    if pages.iter().any(|page| is_near(page, &archived)) {
        finding.severity = Severity::Note;
    }
    finding.evidence.extend(ctx.cited("url"));
    finding.evidence.push(Evidence::new(
        "archived",
        archived.into_owned(),
        "archive URL",
    ));
    vec![finding]
}

/// The page that an address is of, be it that of an archived copy.
fn page(url: &str) -> String {
    let original = archive::read(url).and_then(|copy| copy.original);
    original.map_or_else(|| url.to_owned(), std::borrow::Cow::into_owned)
}

/// Whether two pages are of one site, or stand under one path of two.
fn is_near(a: &str, b: &str) -> bool {
    let site = |url: &str| {
        let host = links::host(url).unwrap_or_default();
        let labels: Vec<&str> = host.rsplitn(4, '.').take(3).collect();
        match labels.as_slice() {
            // `co.uk`, `com.ua`: short labels before the top level are no names of sites.
            [top, second, third] if second.len() <= 3 => format!("{third}.{second}.{top}"),
            [top, second, ..] => format!("{second}.{top}"),
            _ => host,
        }
    };
    let path = |url: &str| {
        let form = links::canonical(url);
        form.split_once('/').map(|(_, path)| path.to_lowercase())
    };
    let (near, there) = (path(a), path(b));
    site(a) == site(b) || (near.is_some() && near == there)
}
