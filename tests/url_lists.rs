//! Lists of addresses: how they are told from other texts, read and checked.
#![expect(
    clippy::indexing_slicing,
    reason = "a test helper may index what it made"
)]

use std::collections::BTreeMap;

use citecheck::article::{ReadOptions, detect_format, read};
use citecheck::check::{CheckOptions, assemble, cited_urls};
use citecheck::model::{
    Article, FetchOutcome, FetchResult, HttpResponse, InputFormat, LinkFacts, Network,
};
use jiff::Timestamp;

const LIST: &str = "\u{feff}# press\nhttps://a.example/1\n\n  HTTP://b.example/2?x=y#z  \r\nhttps://a.example/1\n\
                    \t# later\nhttps://c.example/три";

fn list(text: &str) -> Article {
    read("a.txt", text, InputFormat::Urls, &ReadOptions::default())
}

#[test]
fn a_text_of_addresses_alone_is_a_list_of_them() {
    use InputFormat::{Html, Text, Urls, Wikitext};
    for (name, text, format) in [
        ("a.txt", LIST, Some(Urls)),
        ("-", LIST, Some(Urls)),
        ("a", "https://a.example/1", Some(Urls)),
        ("a.TXT", "https://a.example/1\r\n", Some(Urls)),
        // What the file's name says stands above what the text looks like.
        ("a.wiki", LIST, Some(Wikitext)),
        ("a.html", LIST, Some(Html)),
        ("a.txt", "https://a.example/1 A page", Some(Text)),
        (
            "a.txt",
            "1. https://a.example/1\n2. https://a.example/2",
            Some(Text),
        ),
        (
            "a.txt",
            "https://a.example/1\nftp://a.example/2",
            Some(Text),
        ),
        ("a.txt", "https://a.example/1\nwww.a.example/2", Some(Text)),
        ("a.txt", "# nothing\n\n", Some(Text)),
        ("a.txt", "", Some(Text)),
        ("-", "", None),
    ] {
        assert_eq!(detect_format(name, text), format, "{name} {text}");
    }
}

#[test]
fn each_line_is_a_reference_with_its_address_and_place() {
    let article = list(LIST);
    let found: Vec<_> = article
        .references
        .iter()
        .map(|reference| {
            let source = &reference.sources[0];
            let span = source.span;
            assert_eq!(
                LIST.get(span.start..span.end),
                source.citation.url.as_deref()
            );
            let url = source.citation.url.clone().unwrap();
            (reference.number, span.line, span.column, url)
        })
        .collect();
    let entry = |number, line, column, url: &str| (number, line, column, url.to_owned());
    assert_eq!(
        found,
        [
            entry(1, 2, 1, "https://a.example/1"),
            entry(2, 4, 3, "HTTP://b.example/2?x=y#z"),
            entry(3, 5, 1, "https://a.example/1"),
            entry(4, 7, 1, "https://c.example/три"),
        ]
    );
    assert!(article.problems.is_empty(), "{:?}", article.problems);
    assert_eq!(cited_urls(&[article]).len(), 3);
}

#[test]
fn a_line_that_is_no_address_is_told_where_the_user_says_that_it_is_a_list() {
    let article = list("https://a.example/1\n  a.example/2\nhttps://a.example/3");
    assert_eq!(article.references.len(), 2);
    let places: Vec<_> = article
        .problems
        .iter()
        .map(|it| (it.line, it.column))
        .collect();
    assert_eq!(places, [(2, 3)]);
}

#[test]
fn only_what_links_do_is_found_in_a_list() {
    let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let article = list("https://a.example/1\nhttps://a.example/gone\nhttps://a.example/1");
    let facts: BTreeMap<_, _> = cited_urls(std::slice::from_ref(&article))
        .into_iter()
        .map(|url| {
            let outcome = FetchOutcome {
                requested: url.clone(),
                hops: Vec::new(),
                landed: url.clone(),
                fetched_at: now,
                attempts: 1,
                result: FetchResult::Response(HttpResponse {
                    status: 410,
                    headers: Vec::new(),
                    body: Vec::new(),
                    truncated: None,
                }),
            };
            (url, LinkFacts::of(outcome))
        })
        .collect();
    let options = CheckOptions {
        readers: citecheck::model::LanguageTag::parse("uk"),
        ..CheckOptions::at(now, Network::Live)
    };
    let report = assemble(vec![article], &facts, &options, now, false);
    let names: Vec<&str> = report.articles[0]
        .findings
        .iter()
        .map(|finding| &*finding.name)
        .collect();
    assert_eq!(names, ["dead-link"; 3]);
    assert!(report.todo.iter().all(|item| item.wikitext.is_empty()));
}

#[test]
fn what_stands_beside_addresses_costs_no_address() {
    let text = "- https://a.example/1 # twice\nhttps://b.example/2\thttps://c.example/3\n\
                ftp://d.example/4\nhttps://e.example/5#top\u{3000}ніщо";
    let article = list(text);
    let urls = article.references.iter().map(|reference| {
        let source = &reference.sources[0];
        let span = source.span;
        assert_eq!(
            text.get(span.start..span.end),
            source.citation.url.as_deref()
        );
        (span.line, span.column, source.citation.url.clone().unwrap())
    });
    let expect = [
        (1, 3, "https://a.example/1"),
        (2, 1, "https://b.example/2"),
        (2, 21, "https://c.example/3"),
        (4, 1, "https://e.example/5#top"),
    ];
    assert!(urls.eq(expect.map(|(line, column, url)| (line, column, url.to_owned()))));
    let places = article.problems.iter().map(|it| (it.line, it.column));
    assert!(places.eq([(1, 1), (3, 1), (4, 25)]));
}

#[test]
fn a_line_that_went_wrong_makes_no_article_of_a_list() {
    let text = "https://a.example/1\nhttps://a.example/2 # note\nexample.org/x";
    assert_eq!(detect_format("a.txt", text), Some(InputFormat::Urls));
}
