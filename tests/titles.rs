//! Which of a page's texts is its title.

use citecheck::page::{PageInput, read};
use url::Url;

fn title(html: &str, url: &str) -> Option<String> {
    let url = Url::parse(url).ok();
    assert!(url.is_some(), "an address");
    let found = read(&PageInput {
        body: html.as_bytes(),
        content_type: Some("text/html; charset=utf-8"),
        url: url.as_ref(),
        ..PageInput::default()
    });
    found.title
}

#[test]
fn who_wrote_the_page_and_what_it_tells_of_is_not_its_site() {
    for (head, expect) in [
        (
            "<meta name=author content='Olena Teliha'><title>Olena Teliha | Poetry Archive</title>",
            "Olena Teliha",
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"about\":{\"@type\":\
             \"Organization\",\"name\":\"River Rescue Union\"}}</script>\
             <title>River Rescue Union | A history of the valley</title>",
            "River Rescue Union",
        ),
        (
            "<script type='application/ld+json'>{\"@type\":\"WebPage\",\"mentions\":[{\"@type\":\
             \"Book\",\"publisher\":{\"@type\":\"Organization\",\"name\":\"River Rescue Union\"}}]}</script>\
             <title>River Rescue Union | A history of the valley</title>",
            "River Rescue Union",
        ),
        (
            "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"Organization\",\"name\":\
             \"Вісті долини\"}]}</script><title>Вісті долини | Рятувальники річки</title>",
            "Рятувальники річки",
        ),
    ] {
        let found = title(head, "https://example.org/a");
        assert_eq!(found.as_deref(), Some(expect), "{head}");
    }
}

#[test]
fn the_address_tells_the_title_in_any_alphabet() {
    for (html, url, expect) in [
        (
            "<title>Вісті долини | Старий міст закрили назавжди</title>",
            "https://example.org/2024/старий-міст-закрили-назавжди",
            "Старий міст закрили назавжди",
        ),
        (
            "<title>Νέα της κοιλάδας | Έκλεισε η παλιά γέφυρα</title>",
            "https://example.org/2024/έκλεισε-η-παλιά-γέφυρα.html",
            "Έκλεισε η παλιά γέφυρα",
        ),
        (
            "<title>Вісті долини | Старий міст</title>",
            "https://вістідолини.укр/a",
            "Старий міст",
        ),
        (
            "<title>Example Gazette | Old bridge closes for good</title>",
            "https://example.org/id=old-bridge-closes-for-good",
            "Old bridge closes for good",
        ),
    ] {
        assert_eq!(title(html, url).as_deref(), Some(expect), "{html}");
    }
}
