//! Measures how well references are read from rendered pages whose citations' parameters are
//! known: `cargo run --release --example evaluate-html -- FOLDER [--show]`.
//!
//! `FOLDER/html/` holds the pages, `FOLDER/html/oracle.json` how many entries each of them has,
//! `FOLDER/rendered_refs.jsonl` one citation per line: `file`, `li` (the entry's id) and `template`
//! (the parameters). Each page is read twice: as it is, and without `data-mw`, so that the fields
//! come from `COinS` and text.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program for developers reads files and prints"
)]

mod figures;

use std::collections::BTreeMap;
use std::time::Instant;

use citecheck::article::{ReadOptions, read};
use citecheck::dates::{self, DateReading};
use citecheck::languages;
use citecheck::model::{
    Article, Citation, InputFormat, LanguageTag, Person, ReferenceKind, Source,
};
use serde_json::Value;

/// Right and all.
#[derive(Default, Clone, Copy)]
struct Score {
    right: usize,
    all: usize,
}

impl Score {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.all += 1;
    }
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let shows = arguments.next().is_some();
    let mut rows: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in std::fs::read_to_string(format!("{folder}/rendered_refs.jsonl"))?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let file = row.get("file").and_then(Value::as_str).unwrap_or_default();
        rows.entry(file.to_owned()).or_default().push(row);
    }
    let oracle = std::fs::read_to_string(format!("{folder}/html/oracle.json"))?;
    let oracle: BTreeMap<String, Value> = serde_json::from_str(&oracle)?;
    let mut totals: BTreeMap<String, Score> = BTreeMap::new();
    for (file, counts) in &oracle {
        let source = std::fs::read_to_string(format!("{folder}/html/{file}"))?;
        let none = Vec::new();
        let rows = rows.get(file).unwrap_or(&none);
        let start = Instant::now();
        let article = page(file, &source);
        println!("{file}: {} ms", start.elapsed().as_millis());
        count(&article, counts);
        let (parameters, fields) = compare(&article, &source, rows, shows);
        if parameters.all == 0 {
            continue;
        }
        let bare = source.replace("data-mw=", "data-xx=");
        let (_, from_rendering) = compare(&page(file, &bare), &bare, rows, shows);
        println!("  fields {}", fields_shown(&fields));
        println!("  without data-mw: {}", fields_shown(&from_rendering));
        let mut total = |measure: String, score: Score| {
            let total = totals.entry(measure).or_default();
            total.right += score.right;
            total.all += score.all;
        };
        total("parameters".to_owned(), parameters);
        for (field, score) in fields {
            total(format!("field {field}"), score);
        }
        for (field, score) in from_rendering {
            total(format!("field {field} without data-mw"), score);
        }
    }
    for (measure, score) in totals {
        figures::print(&measure, score.right, score.all);
    }
    Ok(())
}

fn page(file: &str, source: &str) -> Article {
    read(file, source, InputFormat::Html, &ReadOptions::default())
}

fn fields_shown(scores: &BTreeMap<&str, Score>) -> String {
    let shown: Vec<String> = scores
        .iter()
        .map(|(field, score)| format!("{field} {}/{}", score.right, score.all))
        .collect();
    shown.join(", ")
}

/// Prints how many entries were found of those that the page has.
fn count(article: &Article, counts: &Value) {
    let number = |name: &str| counts.get(name).and_then(Value::as_u64).unwrap_or_default();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for reference in &article.references {
        *kinds.entry(format!("{:?}", reference.kind)).or_default() += 1;
    }
    let sources: usize = article.references.iter().map(|r| r.sources.len()).sum();
    let pointing = article.references.iter().flat_map(|r| &r.sources);
    let pointing = pointing.filter(|source| source.cites.is_some()).count();
    println!(
        "  {} references {kinds:?} of {} entries; {sources} sources, {pointing} pointing, {} cites",
        article.references.len(),
        number("cite_note_li"),
        number("cite_elements"),
    );
}

/// Compares the parameters of each row with those read, and the fields with the parameters.
fn compare<'s>(
    article: &Article,
    source: &str,
    rows: &'s [Value],
    shows: bool,
) -> (Score, BTreeMap<&'s str, Score>) {
    let mut parameters = Score::default();
    let mut fields: BTreeMap<&str, Score> = BTreeMap::new();
    let mut taken = 0;
    for row in rows {
        let Some(template) = row.get("template").and_then(Value::as_array) else {
            continue;
        };
        let (Some(template), 1) = (template.first(), template.len()) else {
            continue;
        };
        let Some(written) = template.get("params").and_then(Value::as_object) else {
            continue;
        };
        let found = find(article, source, row, &mut taken);
        for (name, value) in written {
            let value = value.as_str().unwrap_or_default().trim();
            let read = found.iter().flat_map(|source| &source.parameters);
            let right = read
                .filter(|parameter| parameter.name.as_deref().is_none_or(|own| own == name))
                .any(|parameter| parameter.value == value);
            parameters.add(right);
            let Some(field) = field(name) else { continue };
            if value.is_empty() {
                continue;
            }
            let read: Vec<String> = found
                .iter()
                .filter_map(|source| told(&source.citation, field))
                .collect();
            let right = read.iter().any(|read| agree(field, read, value));
            fields.entry(field).or_default().add(right);
            if shows && !right {
                println!("    {name}={value}\n      read {read:?}");
            }
        }
    }
    (parameters, fields)
}

/// The sources of the entry that a row is about.
fn find<'a>(article: &'a Article, source: &str, row: &Value, taken: &mut usize) -> Vec<&'a Source> {
    let id = row.get("li").and_then(Value::as_str).unwrap_or_default();
    let marked = format!("id=\"{id}\"");
    let by_id = article.references.iter().find(|reference| {
        let text = reference.span.text(source).unwrap_or_default();
        let tag = text.split('>').next().unwrap_or_default();
        !id.is_empty() && tag.contains(&marked)
    });
    let place = *taken;
    *taken += usize::from(id.is_empty());
    // Rows without an id are the works outside of the list, in order, else the entries of a list
    // without ids that hold a citation.
    let has_works = article
        .references
        .iter()
        .any(|reference| reference.kind == ReferenceKind::Work);
    let mut citing = article.references.iter().filter(|reference| {
        let text = reference.span.text(source).unwrap_or_default();
        let is_work = reference.kind == ReferenceKind::Work;
        text.contains("<cite") && is_work == has_works
    });
    let found = by_id.or_else(|| citing.nth(place).filter(|_| id.is_empty()));
    found.map_or_else(Vec::new, |found| found.sources.iter().collect())
}

/// The field that a parameter of CS1 gives.
fn field(name: &str) -> Option<&'static str> {
    Some(match name {
        "title" => "title",
        "date" => "date",
        "url" => "url",
        "access-date" | "accessdate" => "access-date",
        "archive-date" | "archivedate" => "archive-date",
        "archive-url" | "archiveurl" => "archive-url",
        "work" | "website" | "newspaper" | "journal" | "magazine" | "encyclopedia" => "work",
        "publisher" => "publisher",
        "language" => "language",
        "last" | "last1" | "author" | "author1" => "author",
        "doi" => "doi",
        "isbn" => "isbn",
        "volume" => "volume",
        "pages" => "pages",
        _ => return None,
    })
}

fn told(citation: &Citation, field: &str) -> Option<String> {
    let written = |name: &str| citation.fields.get(name).map(|field| field.value.clone());
    match field {
        "title" => citation.title.clone(),
        "date" => citation.date.map(|date| date.to_string()),
        "url" => citation.url.clone(),
        "access-date" => citation.access_date.map(|date| date.to_string()),
        "archive-date" => citation.archive_date.map(|date| date.to_string()),
        "archive-url" => citation.archive_url.clone(),
        "work" => citation.work.clone(),
        "publisher" => citation.publisher.clone(),
        "language" => citation.language.first().map(LanguageTag::to_string),
        "author" => citation.authors.first().map(|person| match person {
            Person::Split { last, first } => format!("{last}, {first}"),
            Person::Whole { name } => name.clone(),
        }),
        other => written(other),
    }
}

fn agree(field: &str, read: &str, truth: &str) -> bool {
    match field {
        "date" | "access-date" | "archive-date" => {
            let english = LanguageTag::from_static("en");
            if let DateReading::Date(truth) = dates::read(&plain(truth), Some(&english)) {
                read == truth.to_string()
            } else {
                read == truth
            }
        }
        "language" => {
            let tag = languages::read_cited(truth).0.into_iter().next();
            tag.is_some_and(|tag| tag.as_str() == read)
        }
        // `last` may be one of two parameters, `author` the whole name.
        "author" => {
            let last = read.split(", ").next().unwrap_or(read);
            let truth = folded(&plain(truth));
            folded(read) == truth || folded(last) == truth
        }
        "url" | "archive-url" => read == truth || read == truth.replace("&amp;", "&"),
        _ => folded(read) == folded(&plain(truth)),
    }
}

/// Letters and digits alone: rendering changes marks and space.
fn folded(text: &str) -> String {
    let text = text
        .replace("&nbsp;", " ")
        .replace("&ndash;", "–")
        .replace("&#32;", " ");
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A parameter without links and emphasis.
fn plain(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value;
    while let Some((before, link)) = rest.split_once("[[") {
        text.push_str(before);
        let (inside, after) = link.split_once("]]").unwrap_or((link, ""));
        text.push_str(inside.rsplit('|').next().unwrap_or(inside));
        rest = after;
    }
    text.push_str(rest);
    text.replace("''", "").trim().to_owned()
}
