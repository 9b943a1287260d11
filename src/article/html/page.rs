//! What a page says about itself: title and language.

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use crate::model::LanguageTag;

/// A selector that is known to be valid.
pub(super) fn selector(css: &'static str) -> Selector {
    #[expect(
        clippy::expect_used,
        reason = "constant selectors, compiled by the tests"
    )]
    Selector::parse(css).expect("the selector is valid")
}

/// The article's title: the first heading, else the page's title without the site's name.
pub(super) fn title(page: &Html) -> Option<String> {
    static HEADING: LazyLock<Selector> =
        LazyLock::new(|| selector("h1#firstHeading, h1.firstHeading"));
    static TITLE: LazyLock<Selector> = LazyLock::new(|| selector("head > title, title"));
    static FIRST: LazyLock<Selector> = LazyLock::new(|| selector("h1"));
    let text = |element: ElementRef<'_>| {
        let text: String = element.text().collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let of = |selector: &Selector| page.select(selector).find_map(text);
    of(&HEADING)
        .or_else(|| of(&TITLE).map(|title| without_site(&title).to_owned()))
        .or_else(|| of(&FIRST))
}

/// "Cat - Wikipedia", "Кіт — Вікіпедія": the name of a site of the Wikipedia kind goes.
fn without_site(title: &str) -> &str {
    for separator in [" – ", " — ", " - ", " | "] {
        if let Some((before, site)) = title.rsplit_once(separator)
            && !before.is_empty()
            && is_wikipedia(site)
        {
            return before;
        }
    }
    title
}

fn is_wikipedia(site: &str) -> bool {
    const NAMES: [&str; 22] = [
        "wiki",
        "вики",
        "вікі",
        "уики",
        "ვიკი",
        "βικι",
        "ויקי",
        "ويكي",
        "ویکی",
        "विकि",
        "উইকি",
        "விக்கி",
        "వికీ",
        "വിക്കി",
        "วิกิ",
        "ウィキ",
        "维基",
        "維基",
        "위키",
        "վիքի",
        "vikip",
        "विकी",
    ];
    let site = site.to_lowercase();
    NAMES.iter().any(|name| site.contains(name))
}

/// The language that the page declares for its content.
pub(super) fn language(page: &Html) -> Option<LanguageTag> {
    static CONTENT: LazyLock<Selector> =
        LazyLock::new(|| selector("#mw-content-text [lang], #mw-content-text[lang], body[lang]"));
    let content = page.select(&CONTENT).next();
    let content = content.filter(|element| {
        let classes = element.value().attr("class").unwrap_or_default();
        element.value().name() == "body" || classes.contains("mw-content")
    });
    let declared = content.or_else(|| Some(page.root_element()));
    declared
        .and_then(|element| {
            element
                .value()
                .attr("lang")
                .or_else(|| element.value().attr("xml:lang"))
        })
        .and_then(LanguageTag::parse)
        .or_else(|| host_language(page))
}

/// The language label of the Wikipedia host that the page names as its own address.
fn host_language(page: &Html) -> Option<LanguageTag> {
    static ADDRESS: LazyLock<Selector> = LazyLock::new(|| {
        selector("link[rel=canonical][href], link[rel='dc:isVersionOf'][href], base[href]")
    });
    let about = page.root_element().value().attr("about");
    let links = page
        .select(&ADDRESS)
        .filter_map(|link| link.value().attr("href"));
    about.into_iter().chain(links).find_map(|address| {
        let (_, rest) = address.split_once("//")?;
        let host = rest.split('/').next()?;
        let (label, site) = host.split_once('.')?;
        let site = site.strip_prefix("m.").unwrap_or(site);
        let is_test = matches!(label, "www" | "m" | "test" | "commons" | "meta");
        (site == "wikipedia.org" && !is_test)
            .then(|| LanguageTag::parse(label))
            .flatten()
    })
}
