//! Measures how well citations are read:
//! `cargo run --release --example evaluate-references -- FOLDER [--show FIELD]`.
//!
//! `FOLDER/rendered_refs.jsonl` has one rendered citation per line, whose true fields are known:
//! `text` (what a reader sees), `coins` (the page's machine-readable copy) and `template` (the
//! parameters). `FOLDER/wikitext/` has articles, with what two other parsers count in each in
//! `oracle.json`.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program for developers reads files and prints"
)]

mod figures;

use std::collections::BTreeMap;

use citecheck::article::{ReadOptions, read, text};
use citecheck::dates::{self, DateReading};
use citecheck::languages;
use citecheck::model::{Citation, InputFormat, LanguageTag, Person, SourceCounts};
use serde_json::Value;

/// Right and all of one field.
#[derive(Default)]
struct Score {
    right: usize,
    all: usize,
    invented: usize,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let shown = arguments.nth(1);
    articles(&folder, shown.as_deref())?;
    let lines = std::fs::read_to_string(format!("{folder}/rendered_refs.jsonl"))?;
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line)?;
        let visible = record
            .get("text")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let file = record
            .get("file")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let options = ReadOptions {
            language: Some(LanguageTag::from_static(if file.starts_with("zh") {
                "zh"
            } else {
                "en"
            })),
        };
        let article = text::read("-", &format!("1. ^ {visible}"), &options);
        let Some(source) = article
            .references
            .first()
            .and_then(|found| found.sources.first())
        else {
            continue;
        };
        for (field, truth) in truths(&record, visible) {
            let read = value(&source.citation, field);
            let score = scores.entry(field).or_default();
            let right = if let Some(truth) = &truth {
                score.all += 1;
                let right = read
                    .as_deref()
                    .is_some_and(|read| agree(field, read, truth));
                score.right += usize::from(right);
                right
            } else {
                score.invented += usize::from(read.is_some());
                read.is_none()
            };
            if !right && shown.as_deref() == Some(field) {
                println!("{visible}\n  read {read:?}\n  true {truth:?}");
            }
        }
    }
    for (field, score) in scores {
        let figure = figures::line(field, score.right, score.all);
        println!(
            "{figure}  (given where the page has none: {})",
            score.invented
        );
    }
    Ok(())
}

/// Compares what each article consists of with the counts of the other parsers. Where those
/// differ, either is right.
fn articles(folder: &str, shown: Option<&str>) -> anyhow::Result<()> {
    let oracle = std::fs::read_to_string(format!("{folder}/wikitext/oracle.json"))?;
    let oracle: BTreeMap<String, Value> = serde_json::from_str(&oracle)?;
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let (mut bytes, mut references) = (0, 0);
    let mut time = std::time::Duration::ZERO;
    for (file, truth) in &oracle {
        let source = std::fs::read_to_string(format!("{folder}/wikitext/{file}"))?;
        let begun = std::time::Instant::now();
        let article = read(
            file,
            &source,
            InputFormat::Wikitext,
            &ReadOptions::default(),
        );
        time += begun.elapsed();
        bytes += source.len();
        references += article.references.len();
        let counts = article.counts.unwrap_or_default();
        for (name, count, keys) in counted(&counts) {
            let score = scores.entry(name).or_default();
            let truths: Vec<u64> = keys
                .iter()
                .filter_map(|key| truth.pointer(key)?.as_u64())
                .collect();
            score.all += 1;
            let right = truths
                .iter()
                .any(|truth| usize::try_from(*truth) == Ok(count));
            score.right += usize::from(right);
            if !right && shown == Some(name) {
                println!("{file}: {name} {count}, true {truths:?}");
            }
        }
    }
    for (name, score) in scores {
        figures::print(&format!("articles: {name}"), score.right, score.all);
    }
    println!("{references} references in {bytes} bytes, read in {time:?}");
    Ok(())
}

/// Each count with its name and where the other parsers' counts are.
fn counted(counts: &SourceCounts) -> [(&'static str, usize, &'static [&'static str]); 7] {
    [
        (
            "ref_tags",
            counts.ref_tags,
            &[
                "/mediawiki_preprocessor/ref_total",
                "/mwparserfromhell/ref_tags_total",
            ],
        ),
        (
            "self_closing",
            counts.self_closing,
            &[
                "/mediawiki_preprocessor/self_closing",
                "/mwparserfromhell/ref_self_closing",
            ],
        ),
        (
            "with_content",
            counts.with_content,
            &[
                "/mediawiki_preprocessor/with_content",
                "/mwparserfromhell/ref_with_content",
            ],
        ),
        (
            "names",
            counts.names,
            &[
                "/mediawiki_preprocessor/ref_names",
                "/mwparserfromhell/ref_names",
            ],
        ),
        (
            "templates",
            counts.templates,
            &["/mwparserfromhell/templates_in_refs"],
        ),
        (
            "parameters",
            counts.parameters,
            &["/mwparserfromhell/template_params_in_refs"],
        ),
        (
            "distinct_urls",
            counts.distinct_urls,
            &["/mwparserfromhell/distinct_urls_in_refs"],
        ),
    ]
}

/// The true values of a record, where it has them; `None` inside where the page has none.
fn truths(record: &Value, visible: &str) -> Vec<(&'static str, Option<String>)> {
    let coins = record.get("coins").filter(|coins| coins.is_object());
    let templates = record.get("template").and_then(Value::as_array);
    let only = templates
        .filter(|list| list.len() == 1)
        .and_then(|list| list.first());
    let parameters = only.and_then(|template| template.get("params"));
    let parameter = |names: &[&str]| {
        let values = names
            .iter()
            .filter_map(|name| parameters?.get(name)?.as_str());
        values.map(plain).find(|value| !value.is_empty())
    };
    let coin = |names: &[&str]| {
        let values = names.iter().filter_map(|name| coins?.get(name)?.as_str());
        values.map(str::to_owned).find(|value| !value.is_empty())
    };
    let mut truths = Vec::new();
    if parameters.is_none() && coins.is_none() {
        truths.push(("access-date", accessed(record)));
        truths.push(("language", language_shown(visible)));
        return truths;
    }
    let title = coin(&["atitle", "btitle", "title"]).or_else(|| parameter(&["chapter", "title"]));
    truths.push(("title", title));
    truths.push((
        "date",
        coin(&["date"]).or_else(|| parameter(&["date", "year"])),
    ));
    if parameters.is_some() {
        truths.push(("access-date", parameter(&["access-date", "accessdate"])));
        truths.push(("archive-date", parameter(&["archive-date", "archivedate"])));
        let works = [
            "work",
            "website",
            "newspaper",
            "journal",
            "magazine",
            "encyclopedia",
            "periodical",
        ];
        truths.push(("work", parameter(&works)));
    } else {
        truths.push(("access-date", accessed(record)));
        truths.push(("work", coin(&["jtitle"])));
    }
    // A template's `language=en` is not shown in an English article.
    truths.push(("language", language_shown(visible)));
    let family = coin(&["aulast"]).or_else(|| parameter(&["last", "last1"]));
    let given = coin(&["aufirst"]).or_else(|| parameter(&["first", "first1"]));
    let whole = coin(&["au"]).or_else(|| parameter(&["author", "author1"]));
    let name = family.map(|family| format!("{family} {}", given.unwrap_or_default()));
    truths.push(("authors", name.or(whole)));
    truths
}

/// The access-date that the page marks as such.
fn accessed(record: &Value) -> Option<String> {
    let spans = record.get("accessdate_span")?.as_array()?;
    let text = spans.first()?.as_str()?.trim_start_matches(['.', ',', ' ']);
    let text = text
        .strip_prefix("Retrieved")
        .or_else(|| text.strip_prefix("retrieved"));
    text.map(|date| date.trim().to_owned())
}

/// The language that the visible text names.
fn language_shown(visible: &str) -> Option<String> {
    let (_, rest) = visible.split_once(" (in ")?;
    let (name, _) = rest.split_once(')')?;
    let (tags, unknown) = languages::read_cited(name);
    (!tags.is_empty() && unknown.is_empty()).then(|| name.to_owned())
}

fn value(citation: &Citation, field: &str) -> Option<String> {
    match field {
        "title" => citation.title.clone(),
        "date" => citation.date.map(|date| date.to_string()),
        "access-date" => citation.access_date.map(|date| date.to_string()),
        "archive-date" => citation.archive_date.map(|date| date.to_string()),
        "work" => citation.work.clone(),
        "language" => citation.language.first().map(LanguageTag::to_string),
        _ => citation
            .authors
            .first()
            .or(citation.editors.first())
            .map(|person| match person {
                Person::Split { last, first } => format!("{last} {first}"),
                Person::Whole { name } => name.clone(),
            }),
    }
}

fn agree(field: &str, read: &str, truth: &str) -> bool {
    match field {
        "date" | "access-date" | "archive-date" => {
            let english = LanguageTag::from_static("en");
            if let DateReading::Date(truth) = dates::read(truth, Some(&english)) {
                read == truth.to_string()
            } else {
                read == truth
            }
        }
        "language" => {
            let tag = languages::read_cited(truth).0.into_iter().next();
            tag.is_some_and(|tag| tag.as_str() == read)
        }
        _ => folded(read) == folded(truth),
    }
}

/// Letters and digits alone: the pages' machine-readable copies differ in marks and space.
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
