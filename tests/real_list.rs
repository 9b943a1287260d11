//! The real list under audit: every field of its 47 entries as written down by hand.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test helper may panic, read files and index what it made"
)]

use std::collections::BTreeSet;

use citecheck::article::{ReadOptions, text};
use citecheck::check::{CheckOptions, Facts, assemble};
use citecheck::model::Network;
use serde_json::{Value, json};

#[test]
fn every_entry_of_the_real_list_reads_exactly() {
    let list = std::fs::read_to_string("references/north-korea-russia.txt").unwrap();
    let expected = std::fs::read_to_string("tests/data/north-korea-russia.jsonl").unwrap();
    let article = text::read("list", &list, &ReadOptions::default());
    assert_eq!(article.references.len(), 47);
    assert_eq!(article.language.unwrap().as_str(), "en");
    assert_eq!(article.title, None);
    for (reference, line) in article.references.iter().zip(expected.lines()) {
        let citation = &reference.sources[0].citation;
        let found = json!({
            "number": reference.number,
            "title": citation.title,
            "authors": citation.authors,
            "editors": citation.editors,
            "work": citation.work,
            "publisher": citation.publisher,
            "date": citation.date,
            "access_date": citation.access_date,
        });
        let wanted: Value = serde_json::from_str(line).unwrap();
        assert_eq!(found, wanted);
        assert_eq!(reference.uses, if reference.number == 2 { 2 } else { 1 });
        for (name, field) in &citation.fields {
            assert_eq!(field.span.text(&list), Some(field.value.as_str()), "{name}");
        }
    }
}

const GERMAN: [u32; 12] = [4, 5, 10, 14, 25, 33, 40, 41, 42, 43, 44, 45];
const UKRAINIAN: [u32; 14] = [6, 12, 15, 16, 17, 19, 20, 27, 30, 31, 36, 37, 38, 39];

#[test]
fn languages_of_the_real_list_are_named_without_network() {
    let list = std::fs::read_to_string("references/north-korea-russia.txt").unwrap();
    let article = text::read("list", &list, &ReadOptions::default());
    let now = "2026-11-22T00:00:00Z".parse().unwrap();
    let options = CheckOptions::at(now, Network::Offline);
    let report = assemble(vec![article], &Facts::new(), &options, now, false);
    for reference in &report.articles[0].references {
        let expect = match reference.number {
            number if GERMAN.contains(&number) => "de",
            number if UKRAINIAN.contains(&number) => "uk",
            _ => "en",
        };
        let found = reference
            .language
            .as_ref()
            .map(|language| language.tag.as_str());
        assert_eq!(
            found,
            Some(expect),
            "{} {:?}",
            reference.number,
            reference.citation.title
        );
    }
    let listed: BTreeSet<u32> = report.todo.iter().map(|item| item.reference).collect();
    assert_eq!(listed, GERMAN.into_iter().chain(UKRAINIAN).collect());
}
