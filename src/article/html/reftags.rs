//! Parsoid's `<sup typeof="mw:Extension/ref">`: the `<ref>` tags of an article.

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use super::json::Json;
use super::page::selector;

/// A `<ref>` tag as Parsoid keeps it.
#[derive(Debug)]
pub(super) struct RefTag<'p> {
    pub(super) element: ElementRef<'p>,
    /// The `id` of its entry in the list.
    pub(super) entry: String,
    pub(super) name: Option<String>,
    pub(super) group: Option<String>,
    /// The part of its main reference that a sub-reference cites, as wikitext.
    pub(super) details: Option<String>,
    /// The name of its main reference.
    pub(super) main: Option<String>,
    /// What stands in it, where the page holds no list: HTML.
    pub(super) html: Option<String>,
}

/// The tags of a page, in order.
pub(super) fn read(page: &Html) -> Vec<RefTag<'_>> {
    static TAGS: LazyLock<Selector> = LazyLock::new(|| selector("[typeof~='mw:Extension/ref']"));
    page.select(&TAGS).filter_map(tag).collect()
}

fn tag(element: ElementRef<'_>) -> Option<RefTag<'_>> {
    let data = element.value().attr("data-mw").and_then(Json::read)?;
    let attribute = |name: &str| {
        let value = data.get("attrs")?.get(name)?.text()?.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let body = |name: &str| data.get("body")?.get(name)?.text().map(str::to_owned);
    let link = element
        .child_elements()
        .find_map(|child| child.value().attr("href"))
        .and_then(|href| Some(href.split_once('#')?.1.to_owned()))
        .filter(|id| !id.is_empty());
    // An article that was never laid out has no links: the body's own name stands for the entry.
    let id = body("id").map(|id| id.replacen("mw-reference-text-", "", 1));
    let name = attribute("name");
    let named = || Some(format!("cite_note-{}", name.as_deref()?));
    let alone = || {
        let about = element.value().attr("about")?;
        Some(format!("cite_note{about}"))
    };
    Some(RefTag {
        element,
        entry: link.or(id).or_else(named).or_else(alone)?,
        group: attribute("group"),
        details: attribute("details"),
        main: data.get("mainRef").and_then(Json::text).map(str::to_owned),
        html: body("html").filter(|html| !html.trim().is_empty()),
        name,
    })
}
