//! How fast articles, copied lists and pages are read: `cargo bench --bench reading`.
//!
//! The group `references` reads whole articles for their references with all fields and spans, one
//! thread, beside the parser `parse_wiki_text_2`, which reads everything in them. It takes all
//! `*.wikitext` files of the folder that `CITECHECK_BENCH_ARTICLES` names, one after another;
//! without it `references/demo.wiki`, repeated to a megabyte:
//!
//! ```text
//! CITECHECK_BENCH_ARTICLES=FOLDER cargo bench --bench reading -- references
//! ```
//!
//! Compare the two by their ratio in one run, not with other machines.
//! `cargo run --release --example measure-heap` tells how much memory the reading takes.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "inputs are files of this repository"
)]

use std::fs;
use std::hint::black_box;

use citecheck::article::{ReadOptions, lazy, read};
use citecheck::languages::detect;
use citecheck::model::InputFormat;
use citecheck::page::{self, PageInput};
use citecheck::wikitext::Document;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn articles(criterion: &mut Criterion) {
    let options = ReadOptions::default();
    let mut group = criterion.benchmark_group("article");
    for (name, path, format) in [
        ("wikitext", "references/demo.wiki", InputFormat::Wikitext),
        (
            "text",
            "references/north-korea-russia.txt",
            InputFormat::Text,
        ),
    ] {
        let text = fs::read_to_string(path).unwrap();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| read(path, black_box(&text), format, &options));
        });
    }
    group.finish();
}

/// Articles for the comparison of parsers.
fn whole_articles() -> Vec<String> {
    let Ok(folder) = std::env::var("CITECHECK_BENCH_ARTICLES") else {
        let article = fs::read_to_string("references/demo.wiki").unwrap();
        return vec![article.repeat(1_000_000 / article.len() + 1)];
    };
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "wikitext"))
        .collect();
    paths.sort();
    let texts = paths.iter().map(|path| fs::read_to_string(path).unwrap());
    texts.collect()
}

/// Reads all references, and every field with its span and CS1's name; gives a sum of it all.
fn read_references(text: &str, options: &ReadOptions) -> usize {
    let references = lazy::references(text, options);
    let mut sum = 0;
    for reference in references.iter() {
        sum += reference.span().end + reference.content().text().len();
        sum += reference.name().map_or(0, |name| name.len());
        sum += reference.group().map_or(0, |group| group.len());
        for template in reference.templates() {
            sum += template.name().start() + usize::from(template.cites());
            for field in template.fields() {
                sum += field.written_name().map_or(0, |name| name.text().len());
                sum += field.name().map_or(0, |name| name.listed().len());
                sum += field.span().end + field.value().text().len();
            }
        }
        for link in reference.links() {
            sum += link.url.start() + link.label.map_or(0, |label| label.text().len());
        }
    }
    sum
}

fn references(criterion: &mut Criterion) {
    let texts = whole_articles();
    let options = ReadOptions::default();
    let other = parse_wiki_text_2::Configuration::default();
    let bytes: usize = texts.iter().map(String::len).sum();
    let mut group = criterion.benchmark_group("references");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("citecheck", |bencher| {
        bencher.iter(|| {
            for text in &texts {
                black_box(read_references(black_box(text), &options));
            }
        });
    });
    group.bench_function("parse_wiki_text_2", |bencher| {
        bencher.iter(|| {
            for text in &texts {
                // An article on which it gives up after five seconds counts as read.
                drop(black_box(other.parse(black_box(text))));
            }
        });
    });
    group.sample_size(10);
    group.bench_function("citecheck, texts, dates and sentences too", |bencher| {
        bencher.iter(|| {
            for text in &texts {
                black_box(read("-", black_box(text), InputFormat::Wikitext, &options));
            }
        });
    });
    group.bench_function("citecheck, all constructs", |bencher| {
        bencher.iter(|| {
            for text in &texts {
                black_box(Document::parse(black_box(text)));
            }
        });
    });
    group.finish();
}

fn scanner(criterion: &mut Criterion) {
    let text = fs::read_to_string("references/demo.wiki")
        .unwrap()
        .repeat(20);
    let mut group = criterion.benchmark_group("wikitext");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("scan", |bencher| {
        bencher.iter(|| Document::parse(black_box(&text)));
    });
    group.finish();
}

/// A page of a newspaper that is made up: head, menu, article, list of further articles.
fn newspaper(language: &str, headline: &str, sentence: &str, paragraphs: usize) -> String {
    let menu = "<li class='nav-item menu__item'><a href='/s'>Section</a></li>".repeat(40);
    let text = format!("<p class='body-text'>{}</p>\n", sentence.repeat(4)).repeat(paragraphs);
    let card = format!("<div class='related-card'><a href='/r'>{headline}</a></div>");
    let further = card.repeat(20);
    format!(
        "<!doctype html><html lang='{language}'><head><meta charset='utf-8'>\
         <title>{headline} - The Harbour Gazette</title>\
         <meta property='article:published_time' content='2021-05-04T08:00:00Z'>\
         <meta property='og:title' content='{headline}'>\
         <script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\
         \"headline\":\"{headline}\",\"datePublished\":\"2021-05-04\"}}</script></head><body>\
         <nav><ul>{menu}</ul></nav><main><article class='article-content'><h1>{headline}</h1>\
         <time datetime='2021-05-04'>4 May 2021</time>{text}</article>\
         <aside class='sidebar'>{further}</aside></main>\
         <footer class='site-footer'>© 2021 The Harbour Gazette</footer></body></html>"
    )
}

fn pages(criterion: &mut Criterion) {
    let mut paths: Vec<_> = fs::read_dir("references/demo/pages")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let demonstration: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    let english = "The ferry was late again, and those who had waited since the morning asked \
                   whether the new pier would ever be built. ";
    let ukrainian = "Пором знову запізнився, і ті, хто чекав від самого ранку, питали, чи \
                     збудують колись новий причал. ";
    let japanese =
        "渡し船はまた遅れ、朝から待っていた人びとは、新しい桟橋がいつ完成するのかと尋ねた。";
    let newspapers = [
        ("en", "Ferry late again", english, 60),
        ("uk", "Пором знову запізнився", ukrainian, 40),
        ("ja", "渡し船がまた遅れる", japanese, 60),
    ];
    let mut group = criterion.benchmark_group("page");
    let mut read_all = |name: &str, bodies: &[Vec<u8>]| {
        let bytes: usize = bodies.iter().map(Vec::len).sum();
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for body in bodies {
                    black_box(page::read(&PageInput {
                        body,
                        ..PageInput::default()
                    }));
                }
            });
        });
    };
    read_all("all of the demonstration", &demonstration);
    for (language, headline, sentence, paragraphs) in newspapers {
        let body = newspaper(language, headline, sentence, paragraphs).into_bytes();
        read_all(&format!("newspaper, {language}"), &[body]);
    }
    group.finish();
}

fn titles(criterion: &mut Criterion) {
    let list = fs::read_to_string("references/north-korea-russia.txt").unwrap();
    let options = ReadOptions::default();
    let article = read("list", &list, InputFormat::Text, &options);
    let titles: Vec<String> = article
        .references
        .iter()
        .flat_map(|reference| &reference.sources)
        .filter_map(|source| source.citation.title.clone())
        .collect();
    let mut group = criterion.benchmark_group("language");
    group.throughput(Throughput::Elements(titles.len() as u64));
    group.bench_function("titles", |bencher| {
        bencher.iter(|| {
            for title in &titles {
                black_box(detect(title, &[]));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, articles, references, scanner, pages, titles);
criterion_main!(benches);
