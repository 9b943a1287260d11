//! Measures the heap that reading an article's references takes, as a multiple of its size:
//! `cargo run --release --example measure-heap -- ARTICLE.wikitext…`; without a file, our own
//! demonstration repeated to a megabyte.
//!
//! The tables of names, which are made once, are made before the measurement.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program for developers reads files and prints"
)]

use std::hint::black_box;

use citecheck::article::{ReadOptions, lazy, read};
use citecheck::model::InputFormat;
use peak_alloc::PeakAlloc;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() -> anyhow::Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let mut articles = Vec::new();
    for path in &paths {
        articles.push((path.clone(), std::fs::read_to_string(path)?));
    }
    if articles.is_empty() {
        let text = std::fs::read_to_string("references/demo.wiki")?;
        let text = text.repeat(1_000_000 / text.len().max(1) + 1);
        articles.push(("references/demo.wiki, repeated".to_owned(), text));
    }
    let options = ReadOptions::default();
    let warm = "It rained.<ref>{{cite web|url=https://a.example|title=Rain|date=3 May 2019}}</ref>";
    fields(warm, &options, 0);
    black_box(read("-", warm, InputFormat::Wikitext, &options));
    for (name, text) in &articles {
        let lazily = peak(|baseline| fields(text, &options, baseline));
        let wholly = peak(|baseline| {
            black_box(read(name, text, InputFormat::Wikitext, &options));
            HEAP.peak_usage().saturating_sub(baseline)
        });
        println!(
            "{name}: {} bytes; references with all fields {}, article::read {} of it",
            text.len(),
            times(lazily, text.len()),
            times(wholly, text.len()),
        );
    }
    Ok(())
}

/// The most that is in use at once while `work` runs, in bytes above what was in use before.
fn peak(work: impl Fn(usize) -> usize) -> usize {
    HEAP.reset_peak_usage();
    work(HEAP.current_usage())
}

/// Reads all fields and gives the peak above the baseline while the reading is still held.
fn fields(text: &str, options: &ReadOptions, baseline: usize) -> usize {
    let references = lazy::references(text, options);
    for reference in references.iter() {
        black_box((reference.name(), reference.group(), reference.links()));
        for template in reference.templates() {
            template.fields().for_each(|field| {
                black_box((field.name(), field.span()));
            });
        }
    }
    HEAP.peak_usage().saturating_sub(baseline)
}

/// A multiple with two decimals.
fn times(part: usize, whole: usize) -> String {
    let hundredths = part * 100 / whole.max(1);
    format!("{}.{:02} times", hundredths / 100, hundredths % 100)
}
