//! A rendered citation → [`Citation`]: the machine-readable copy where there is one, else the text.

use scraper::ElementRef;
use url::Url;

use super::coins;
use super::parsoid::is_external;
use super::visible::{Step, is_aside, text, walk};
use crate::article::fields::{self, without_outer_quotes};
use crate::article::{archive, text as plain};
use crate::model::{Citation, Field, FieldSource, LanguageTag, Span};

/// A link out of the wiki.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) url: String,
    pub(super) label: String,
}

/// Hosts that resolve identifiers: links to them stand for a number, not for the source.
const RESOLVERS: [&str; 16] = [
    "doi.org",
    "worldcat.org",
    "ncbi.nlm.nih.gov",
    "europepmc.org",
    "adsabs.harvard.edu",
    "semanticscholar.org",
    "handle.net",
    "arxiv.org",
    "jstor.org",
    "zbmath.org",
    "ams.org",
    "lccn.loc.gov",
    "openlibrary.org",
    "d-nb.info",
    "portal.issn.org",
    "wikidata.org",
];

/// The links out of the wiki in an element, in order.
pub(super) fn links(element: ElementRef<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    walk(element, &mut |step| {
        let Step::Enter(inner) = step else {
            return false;
        };
        if is_aside(&inner) {
            return true;
        }
        let value = inner.value();
        let href = value.attr("href").filter(|_| value.name() == "a");
        if let Some(href) = href.map(str::trim).filter(|href| is_external(href))
            && !value.classes().any(|class| class == "extiw")
            && value.attr("rel") != Some("mw:WikiLink")
        {
            let label: String = inner.text().collect();
            links.push(Link {
                url: absolute(href),
                label: label.split_whitespace().collect::<Vec<_>>().join(" "),
            });
        }
        false
    });
    links
}

fn absolute(href: &str) -> String {
    if href.starts_with("//") {
        format!("https:{href}")
    } else {
        href.to_owned()
    }
}

/// Reads a rendered citation. What the page's own machine-readable copy says counts more than the
/// text; `span` is given to every field.
pub(super) fn read(
    element: ElementRef<'_>,
    copy: Option<&str>,
    language: Option<&LanguageTag>,
    span: Span,
) -> Citation {
    let visible = text(element);
    let mut citation = plain::citation(&visible, language);
    for field in citation.fields.values_mut() {
        field.span = span;
    }
    if let Some(copy) = copy.map(coins::read) {
        prefer(&mut citation, copy, span);
    }
    addresses(&mut citation, &links(element), copy.is_some(), span);
    citation
}

fn prefer(citation: &mut Citation, copy: Citation, span: Span) {
    if let Some(title) = copy.title {
        let title = without_outer_quotes(&title).to_owned();
        note(citation, "title", &title, span);
        citation.title = Some(title);
    }
    if let Some(date) = copy.date {
        citation.date = Some(date);
        if !citation.fields.contains_key("date") {
            note(citation, "date", &date.to_string(), span);
        }
    }
    if !copy.authors.is_empty() {
        citation.authors = copy.authors;
    }
    if let Some(work) = copy.work {
        note(citation, "work", &work, span);
        if citation.publisher.as_ref() == Some(&work) {
            citation.publisher = None;
        }
        citation.work = Some(work);
    }
    if let Some(publisher) = copy.publisher {
        note(citation, "publisher", &publisher, span);
        if citation.work.as_ref() == Some(&publisher) {
            citation.work = None;
        }
        citation.publisher = Some(publisher);
    }
    if let Some(url) = copy.url {
        note(citation, "url", &url, span);
        citation.url = Some(url);
    }
}

/// Finds the address of the source and of its archived copy among the links.
fn addresses(citation: &mut Citation, links: &[Link], has_copy: bool, span: Span) {
    let archived = links.iter().find(|link| archive::read(&link.url).is_some());
    let title = citation.title.clone();
    let is_title = |link: &&Link| {
        let label = without_outer_quotes(&link.label);
        title.as_ref().is_none_or(|title| {
            !label.is_empty() && (title.contains(label) || label.contains(title.as_str()))
        })
    };
    let live = || {
        links
            .iter()
            .filter(|link| archive::read(&link.url).is_none())
    };
    if citation.url.is_none() {
        let titled = live().find(is_title);
        let first = || live().find(|link| !has_copy && !is_resolver(&link.url));
        let original = || archived.and_then(|link| archive::read(&link.url)?.original);
        let found = titled.or_else(first).map(|link| link.url.clone());
        let found = found.or_else(|| original().map(str::to_owned));
        if let Some(url) = found {
            note(citation, "url", &url, span);
            citation.url = Some(url);
        }
    }
    if let Some(link) = archived {
        let copy = archive::read(&link.url);
        citation.archive_url = None; // a text has none of its own
        let field = field(&link.url, span);
        let date = copy.and_then(|copy| copy.date);
        fields::add_archive(citation, &link.url, date, field);
    }
    if citation.title.is_none() || is_whole_text(citation) {
        let label = live().chain(archived).find(|link| !is_resolver(&link.url));
        let label = label.map(|link| without_outer_quotes(&link.label).to_owned());
        if let Some(label) = label.filter(|label| !label.is_empty() && !label.contains("://")) {
            note(citation, "title", &label, span);
            citation.title = Some(label);
        }
    }
}

/// Whether the text gave nothing but itself for a title.
fn is_whole_text(citation: &Citation) -> bool {
    citation.title.is_some() && citation.title.as_ref() == citation.raw.get("text")
}

/// Whether an address is one of a service that resolves identifiers.
pub(super) fn is_resolver(url: &str) -> bool {
    let Some(host) = Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
    else {
        return false;
    };
    RESOLVERS.iter().any(|known| {
        host.strip_suffix(known)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    })
}

fn note(citation: &mut Citation, name: &str, value: &str, span: Span) {
    citation.fields.insert(name.to_owned(), field(value, span));
}

fn field(value: &str, span: Span) -> Field {
    Field {
        parameter: None,
        value: value.to_owned(),
        span,
        source: FieldSource::Text,
    }
}
