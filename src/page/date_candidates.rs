//! Dates from the places that software writes: address, `<meta>`, JSON-LD, HTTP.

use std::collections::HashMap;
use std::sync::LazyLock;

use url::Url;

use super::found_date::{FoundDate, Origin};
use super::instant::{self, Instant};
use super::json_ld::{LdNode, LdRank};
use super::outline::Outline;
use super::url_date;
use crate::links::ArchivedCopy;
use crate::model::{DateKind, DatePoint, LanguageTag};

/// `<meta>` names with what they hold.
static META_DATES: LazyLock<HashMap<&'static str, (DateKind, Origin)>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    for line in include_str!("data/meta_dates.tsv").lines() {
        let mut columns = line.split('\t');
        let kind = match columns.next() {
            Some("published") => DateKind::Published,
            Some("modified") => DateKind::Modified,
            Some("created") => DateKind::Created,
            Some("unknown") => DateKind::Unknown,
            _ => continue,
        };
        let origin = match columns.next() {
            Some("article") => Origin::MetaArticle,
            Some("citation") => Origin::MetaCitation,
            _ => Origin::MetaGeneral,
        };
        let listed = columns.next().unwrap_or_default().split_whitespace();
        names.extend(listed.map(|name| (name, (kind, origin))));
    }
    names
});

/// Gathers them all, in the order address, `<meta>`, JSON-LD, HTTP.
pub(super) fn collect(
    outline: &Outline,
    nodes: &[LdNode],
    urls: &[String],
    last_modified: Option<&str>,
    language: Option<&LanguageTag>,
) -> Vec<FoundDate> {
    let mut found = Vec::new();
    from_urls(urls, &mut found);
    from_meta(outline, language, &mut found);
    from_json_ld(nodes, language, &mut found);
    if let Some(instant) = last_modified.and_then(|value| instant::read(value, None)) {
        let place = (Origin::LastModified, DateKind::Modified);
        found.push(made(instant, place, "HTTP Last-Modified".to_owned()));
    }
    found
}

/// A found date from a timestamp.
pub(super) fn made(instant: Instant, place: (Origin, DateKind), source: String) -> FoundDate {
    FoundDate {
        date: instant.date,
        other: instant.other,
        kind: place.1,
        origin: place.0,
        source,
        utc: instant.utc,
        at: None,
        linked: false,
    }
}

/// The day on which an archive saved the page.
pub(super) fn of_capture(copy: &ArchivedCopy<'_>) -> Option<FoundDate> {
    Some(FoundDate {
        date: copy.date?,
        other: None,
        kind: DateKind::Unknown,
        origin: Origin::Capture,
        source: format!("capture by {}", copy.service.name),
        utc: None,
        at: None,
        linked: false,
    })
}

fn from_urls(urls: &[String], found: &mut Vec<FoundDate>) {
    let dated = urls.iter().filter_map(|url| Url::parse(url).ok());
    if let Some(date) = dated.into_iter().find_map(|url| url_date::read(&url)) {
        let month = matches!(date.from, DatePoint::Month(..));
        found.push(FoundDate {
            date,
            other: None,
            kind: DateKind::Published,
            origin: if month {
                Origin::UrlMonth
            } else {
                Origin::UrlDay
            },
            source: "URL path".to_owned(),
            utc: None,
            at: None,
            linked: false,
        });
    }
}

fn from_meta(outline: &Outline, language: Option<&LanguageTag>, found: &mut Vec<FoundDate>) {
    for meta in outline.metas.iter().take(MAX_METAS) {
        let listed = META_DATES.get(meta.name.as_str()).copied();
        let Some((kind, origin)) = listed.or_else(|| meta_by_words(&meta.name)) else {
            continue;
        };
        if let Some(instant) = instant::read(&meta.content, language)
            .filter(|instant| listed.is_some() || instant.date.as_day().is_some())
        {
            let source = format!("<meta {}>", meta.name);
            found.push(made(instant, (origin, kind), source));
        }
    }
}

/// What an unlisted name says by the words in it (`w-published-date`, `page:uploaded`).
fn meta_by_words(name: &str) -> Option<(DateKind, Origin)> {
    if MAX_META_NAME < name.len() {
        return None;
    }
    let has = |word: &str| name.contains(word);
    let kind = match name {
        _ if has("expire") || has("unpublish") || has("event") => return None,
        _ if has("modif") || has("updated") || has("lastmod") => DateKind::Modified,
        _ if has("publish") || has("pubdate") || has("posted") || has("uploaded") => {
            DateKind::Published
        }
        _ => return None,
    };
    Some((kind, Origin::MetaGeneral))
}

/// Dates of what takes place that are kept of one node.
const MAX_EVENT_DATES: usize = 4;

/// `<meta>` tags looked at.
const MAX_METAS: usize = 200;

/// Longer names are no names.
const MAX_META_NAME: usize = 60;

fn from_json_ld(nodes: &[LdNode], language: Option<&LanguageTag>, found: &mut Vec<FoundDate>) {
    for node in nodes {
        let origin = match node.rank {
            LdRank::Article => Origin::LdArticle,
            LdRank::Page => Origin::LdPage,
            LdRank::Other => Origin::LdOther,
        };
        let whose = match node.rank {
            LdRank::Article => "",
            LdRank::Page => " of the web page",
            LdRank::Other => " of another item",
        };
        let values = [
            (&node.published, DateKind::Published, "datePublished"),
            (&node.modified, DateKind::Modified, "dateModified"),
            (&node.created, DateKind::Created, "dateCreated"),
        ];
        for (value, kind, name) in values {
            let read = value
                .as_deref()
                .and_then(|text| instant::read(text, language));
            if let Some(instant) = read {
                let source = format!("JSON-LD {name}{whose}");
                found.push(made(instant, (origin, kind), source));
            }
        }
        let events = node.takes_place.iter().take(MAX_EVENT_DATES);
        for instant in events.filter_map(|text| instant::read(text, language)) {
            let source = "JSON-LD date of an event".to_owned();
            found.push(made(instant, (Origin::Event, DateKind::Unknown), source));
        }
    }
}
