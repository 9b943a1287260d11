//! Languages that a page, its server and its address declare.

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
        list.extend(url.host_str().and_then(languages::host_language));
        list.extend(languages::path_language(url.path()));
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
    languages::tag_for_name(first)
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
