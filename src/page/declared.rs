//! Languages that a page, its server and its address declare.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use url::Url;

use super::json_ld::{LdNode, LdRank, comparable};
use super::outline::Outline;
use crate::languages::{self, DeclaredLanguage, LanguageSignal};
use crate::model::LanguageTag;

/// Collects every declaration; values that name no language are left out.
pub(super) fn declared(
    outline: &Outline,
    nodes: &[LdNode],
    content_language: Option<&str>,
    url: Option<&Url>,
) -> Vec<DeclaredLanguage> {
    let mut list = Vec::new();
    let mut push = |value: &str, signal: LanguageSignal| {
        if let Some(tag) = tag(value) {
            list.push(DeclaredLanguage { tag, signal });
        }
    };
    if let Some(lang) = &outline.html_lang {
        push(lang, LanguageSignal::HtmlLang);
    }
    if let Some(header) = content_language {
        push(header, LanguageSignal::HttpHeader);
    }
    for name in [
        "content-language",
        "language",
        "dc.language",
        "dcterms.language",
        "lang",
    ] {
        if let Some(value) = outline.meta(name).next() {
            push(value, LanguageSignal::Meta);
            break;
        }
    }
    if let Some(locale) = outline.meta("og:locale").next() {
        push(locale, LanguageSignal::OpenGraph);
    }
    let in_data = nodes
        .iter()
        .filter(|node| node.rank != LdRank::Other)
        .find_map(|node| node.language.as_deref());
    if let Some(language) = in_data {
        push(language, LanguageSignal::JsonLd);
    }
    if let Some(language) = own_hreflang(outline, url) {
        push(language, LanguageSignal::Hreflang);
    }
    if let Some(url) = url {
        if let Some(language) = url.host_str().and_then(of_host) {
            push(language, LanguageSignal::Host);
        }
        if let Some(language) = of_path(url) {
            push(&language, LanguageSignal::UrlPath);
        }
    }
    list
}

/// A tag, or a language's name, or the first of several.
fn tag(value: &str) -> Option<LanguageTag> {
    let first = value.split([',', ';']).next().unwrap_or_default();
    let first = first.split(['.', '@']).next().unwrap_or_default().trim();
    if first.is_empty() || 40 < first.len() {
        return None;
    }
    languages::tag_for_name(first).or_else(|| LanguageTag::parse(first))
}

/// The `hreflang` of the link that leads to the page itself.
fn own_hreflang<'a>(outline: &'a Outline, url: Option<&Url>) -> Option<&'a str> {
    let canonical = outline
        .links
        .iter()
        .find(|link| link.rel.contains("canonical"))
        .map(|link| comparable(&link.href));
    let own = [url.map(|url| comparable(url.as_str())), canonical];
    let tagged = outline.links.iter().filter_map(|link| {
        let language = link.hreflang.as_deref()?;
        let itself = own
            .iter()
            .flatten()
            .any(|url| *url == comparable(&link.href));
        (itself && language != "x-default").then_some(language)
    });
    let all: Vec<&str> = tagged.collect();
    // Several languages at one address differ by something that is not compared here.
    let first = *all.first()?;
    all.iter()
        .all(|language| *language == first)
        .then_some(first)
}

/// Top-level domains and labels, from the data file.
struct HostLanguages {
    countries: HashMap<&'static str, &'static str>,
    labels: HashSet<&'static str>,
}

static HOSTS: LazyLock<HostLanguages> = LazyLock::new(|| {
    let mut hosts = HostLanguages {
        countries: HashMap::new(),
        labels: HashSet::new(),
    };
    for line in include_str!("data/host_languages.tsv").lines() {
        let mut columns = line.split('\t');
        match (columns.next(), columns.next(), columns.next()) {
            (Some("country"), Some(domain), Some(language)) => {
                hosts.countries.insert(domain, language);
            }
            (Some("label"), Some(language), None) => {
                hosts.labels.insert(language);
            }
            _ => {}
        }
    }
    hosts
});

/// The language of a host: a label such as `de.` in front, else the country's.
fn of_host(host: &str) -> Option<&'static str> {
    let labels: Vec<&str> = host.split('.').collect();
    if 2 < labels.len()
        && let Some(label) = labels.first()
        && let Some(known) = HOSTS.labels.get(*label).copied()
    {
        return Some(known);
    }
    let last = *labels.last()?;
    HOSTS.countries.get(last).copied()
}

/// A language code as the first or second segment of the path: `/uk/news/…`, `/en-us/…`.
fn of_path(url: &Url) -> Option<String> {
    url.path_segments()?.take(2).find_map(|segment| {
        let lower = segment.to_ascii_lowercase();
        let primary = lower.split(['-', '_']).next().unwrap_or_default();
        let shaped = lower == primary || lower.len() == 5;
        (shaped && HOSTS.labels.contains(primary)).then(|| lower.clone())
    })
}
