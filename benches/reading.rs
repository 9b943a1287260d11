//! How fast articles, copied lists and pages are read: `cargo bench`.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "inputs are files of this repository"
)]

use std::fs;
use std::hint::black_box;

use citecheck::article::{ReadOptions, read};
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

fn pages(criterion: &mut Criterion) {
    let mut paths: Vec<_> = fs::read_dir("references/demo/pages")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let bodies: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    let bytes: usize = bodies.iter().map(Vec::len).sum();
    let mut group = criterion.benchmark_group("page");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("all of the demonstration", |bencher| {
        bencher.iter(|| {
            for body in &bodies {
                black_box(page::read(&PageInput {
                    body,
                    ..PageInput::default()
                }));
            }
        });
    });
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

criterion_group!(benches, articles, scanner, pages, titles);
criterion_main!(benches);
