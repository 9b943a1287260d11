//! Citations as wikis render them, each alone and in lists.

use std::collections::BTreeMap;

use citecheck::article::{ReadOptions, text};
use citecheck::model::{Citation, FieldSource, LanguageTag, Person, Reference};
use serde::Deserialize;
use serde_json::Value;

use crate::score::Scores;

/// The fields that are compared.
const FIELDS: [&str; 12] = [
    "title",
    "trans-title",
    "authors",
    "editors",
    "work",
    "publisher",
    "agency",
    "via",
    "date",
    "access-date",
    "archive-date",
    "language",
];
/// Entries of one list.
const ENTRIES: usize = 12;
/// Where wrapped lists have their lines cut, in characters.
const WIDTH: usize = 72;

/// A rendered citation and what it says.
#[derive(Deserialize)]
pub(crate) struct Record {
    /// The wiki's language.
    pub(crate) wiki: String,
    kind: String,
    text: String,
    /// By field; a field that is `null` is not judged, one that is missing is not there.
    truth: BTreeMap<String, Value>,
}

pub(crate) fn records() -> Vec<Record> {
    let text = crate::corpus("rendered.jsonl");
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// Each field by its name; `nothing-invented`: of the fields that a citation does not have, which
/// are given no value, or one that says that it is a guess.
pub(crate) fn fields<'r>(records: impl Iterator<Item = &'r Record>) -> Scores {
    let mut scores = Scores::default();
    for record in records {
        let references = read(record, &format!("1. ^ {}", record.text));
        let source = references.first().and_then(|found| found.sources.first());
        let citation = source.map(|source| &source.citation);
        for field in FIELDS {
            let said = citation.map(|citation| value(citation, field));
            let said = said.unwrap_or_default();
            let truth = match record.truth.get(field) {
                Some(Value::Null) => continue,
                Some(truth) => values(truth),
                None => Vec::new(),
            };
            let miss = || {
                let Record {
                    wiki, kind, text, ..
                } = record;
                format!("{wiki} {kind} {field}: {said:?}, true {truth:?}\n    {text}")
            };
            if truth.is_empty() {
                let fields = citation.map(|citation| &citation.fields);
                let field = fields.and_then(|fields| fields.get(field));
                let guess = field.is_some_and(|field| field.source == FieldSource::Guess);
                scores.count("nothing-invented", said.is_empty() || guess, miss);
            } else {
                scores.count(field, said == truth, miss);
            }
        }
    }
    scores
}

/// `entries`: which entries of a list are one reference with their own text, in lists of every
/// numbering; `wrapped`: the same where lines are cut.
pub(crate) fn lists(records: &[Record]) -> Scores {
    let numberings: [fn(usize) -> String; 5] = [
        |number| format!("{number}. ^ "),
        |number| format!("[{number}] "),
        |_| "^ ".to_owned(),
        |number| format!("{number}. ↑ "),
        |number| format!("{number}. "),
    ];
    let mut scores = Scores::default();
    for (entries, numbering) in records.chunks(ENTRIES).zip(numberings.iter().cycle()) {
        let [first, ..] = entries else { continue };
        let numbered = entries.iter().zip(1..);
        let lines: Vec<String> = numbered
            .map(|(record, number)| numbering(number) + &record.text)
            .collect();
        let wrapped: Vec<String> = lines.iter().map(|line| wrap(line)).collect();
        for (measure, lines) in [("entries", lines), ("wrapped", wrapped)] {
            let references = read(first, &lines.join("\n"));
            let texts: Vec<&str> = references.iter().filter_map(entry).collect();
            for record in entries {
                let right = texts.iter().any(|text| same(text, &record.text));
                let miss = || format!("not read as one entry: {}", record.text);
                scores.count(measure, right, miss);
            }
        }
    }
    scores
}

fn read(record: &Record, list: &str) -> Vec<Reference> {
    let options = ReadOptions {
        language: LanguageTag::parse(&record.wiki),
    };
    text::read("-", list, &options)
        .references
        .into_iter()
        .collect()
}

fn entry(reference: &Reference) -> Option<&str> {
    let [source] = reference.sources.as_slice() else {
        return None;
    };
    source.citation.raw.get("text").map(String::as_str)
}

/// Cut at spaces, as a terminal or a mail does.
fn wrap(line: &str) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in line.split(' ') {
        let width = word.chars().count();
        if column != 0 {
            let cut = WIDTH < column + 1 + width;
            text.push(if cut { '\n' } else { ' ' });
            column = if cut { 0 } else { column + 1 };
        }
        text.push_str(word);
        column += width;
    }
    text
}

fn same(left: &str, right: &str) -> bool {
    left.split_whitespace().eq(right.split_whitespace())
}

/// The field's values as compared; empty where there is none.
fn value(citation: &Citation, field: &str) -> Vec<String> {
    let of = |text: &Option<String>| text.iter().map(|text| folded(text)).collect();
    let dated = |date: &Option<_>| date.iter().map(ToString::to_string).collect();
    match field {
        "title" => of(&citation.title),
        "trans-title" => of(&citation.trans_title),
        "work" => of(&citation.work),
        "publisher" => of(&citation.publisher),
        "agency" => of(&citation.agency),
        "via" => of(&citation.via),
        "date" => dated(&citation.date),
        "access-date" => dated(&citation.access_date),
        "archive-date" => dated(&citation.archive_date),
        "language" => citation.language.iter().map(ToString::to_string).collect(),
        "authors" => citation.authors.iter().map(name).collect(),
        "editors" => citation.editors.iter().map(name).collect(),
        other => panic!("`{other}` is not compared"),
    }
}

/// Family and given name with a bar between them.
fn name(person: &Person) -> String {
    match person {
        Person::Split { last, first } => folded(&format!("{last}|{first}")),
        Person::Whole { name } => folded(name),
    }
}

fn values(truth: &Value) -> Vec<String> {
    let list = truth.as_array().map(Vec::as_slice);
    let texts = list.unwrap_or(std::slice::from_ref(truth)).iter();
    let texts = texts.map(|text| text.as_str().unwrap_or_default());
    texts.map(folded).collect()
}

/// One form of apostrophe and space; a full stop at the end is the citation's or the title's own.
pub(crate) fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ").replace('’', "'");
    text.trim_end_matches('.').to_owned()
}
