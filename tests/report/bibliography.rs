//! Bibliographies: CSL-JSON against its schema, BibLaTeX entries as a reader parts them.

use std::collections::BTreeSet;

use citecheck::model::{CheckedArticle, Field, FieldSource, Person, Report, Span};
use citecheck::report::{bibtex, csl_json};
use serde_json::{Value, json};

use crate::reports::{attacks, hostile, many_languages};

const SCHEMA: &str = include_str!("../schemas/csl-data.json");

fn items(articles: &[CheckedArticle]) -> Vec<Value> {
    let items: Value = serde_json::from_str(&csl_json(articles)).unwrap();
    items.as_array().unwrap().clone()
}

/// A reference with what a book's chapter has.
fn chapter() -> Report {
    let mut report = many_languages();
    let article = report.articles.first_mut().unwrap();
    article.references.edit(|reference| {
        if reference.number != 2 {
            return;
        }
        reference.template = Some("Literatur".to_owned());
        let citation = &mut reference.citation;
        citation.trans_title = Some("The season & the river".to_owned());
        citation.date = Some("2019-05".parse().unwrap());
        citation.access_date = Some("2020-01-02".parse().unwrap());
        citation.authors = vec![
            Person::Split {
                last: "Müller".to_owned(),
                first: "Anna".to_owned(),
            },
            Person::Whole {
                name: "Rat und Stadt".to_owned(),
            },
        ];
        for (name, value) in [
            ("pages", "11–13"),
            ("location", "[[Bonn]]"),
            ("chapter", "Eis"),
        ] {
            let value = value.to_owned();
            let field = Field {
                parameter: None,
                value,
                span: Span::default(),
                source: FieldSource::default(),
            };
            citation.fields.insert(name.to_owned(), field);
        }
    });
    report
}

#[test]
fn items_fit_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let hostile = attacks().into_iter().map(|attack| hostile(&attack.text));
    for report in [many_languages(), chapter()].into_iter().chain(hostile) {
        let items = json!(items(&report.articles));
        let faults: Vec<String> = validator
            .iter_errors(&items)
            .map(|e| e.to_string())
            .collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
    assert!(!validator.is_valid(&json!([{ "id": "x", "type": "web" }])));
}

#[test]
fn a_citation_keeps_names_dates_and_language() {
    let items = items(&chapter().articles);
    assert_eq!(items.len(), 7);
    let item = &items[1];
    let expect = json!({
        "type": "chapter",
        "title": "Eis",
        "container-title": "„Die Saison am Fluss“",
        "author": [{ "family": "Müller", "given": "Anna" }, { "literal": "Rat und Stadt" }],
        "issued": { "date-parts": [[2019, 5]] },
        "accessed": { "date-parts": [[2020, 1, 2]] },
        "language": "de",
        "page": "11–13",
        "publisher-place": "Bonn",
        "URL": "https://fluss.example/saison",
    });
    for (name, value) in expect.as_object().unwrap() {
        assert_eq!(&item[name], value, "{name}");
    }
    assert_eq!(item["custom"]["trans-title"], "The season & the river");
    assert_eq!(item["custom"]["reference"], 2);
    assert_eq!(items[0]["type"], "webpage");
}

#[test]
fn keys_are_unique_and_stay_when_references_move() {
    let report = chapter();
    let keys = |report: &Report| -> Vec<String> {
        let items = items(&report.articles);
        items
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let mut moved = report.clone();
    moved
        .articles
        .first_mut()
        .unwrap()
        .references
        .edit(|it| it.number += 5);
    assert_eq!(keys(&report), keys(&moved));
    assert!(
        keys(&report)[1].starts_with("muller-2019-"),
        "{:?}",
        keys(&report)
    );
    // The same article twice: the same works twice.
    for attack in attacks() {
        let keys = keys(&hostile(&attack.text));
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        assert!(keys.iter().all(|key| key.chars().all(plain)), "{keys:?}");
    }
}

#[test]
fn entries_are_read_as_they_were_meant() {
    let page = bibtex(&chapter().articles);
    let entry = page.split("\n\n").nth(1).unwrap();
    let lines: Vec<&str> = entry.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "  author = {Müller, Anna and {Rat und Stadt}},",
            "  title = {Eis},",
            "  titleaddon = {[The season \\& the river]},",
            "  booktitle = {„Die Saison am Fluss“},",
            "  location = {Bonn},",
            "  pages = {11--13},",
            "  date = {2019-05},",
            "  url = {https://fluss.example/saison},",
            "  urldate = {2020-01-02},",
            "  language = {de},",
            "  citecheck = {rivers.wiki, reference 2},",
            "}",
        ]
    );
    assert!(page.starts_with("@online{author-2019-"), "{page}");
}

/// Braces are counted as BibTeX does, which takes no notice of backslashes.
#[test]
fn nothing_that_strangers_wrote_leaves_its_field() {
    for attack in attacks() {
        let report = hostile(&attack.text);
        let page = bibtex(&report.articles);
        let mut depth = 0i32;
        for line in page.lines() {
            let begins = depth == 0 && line.starts_with('@');
            assert!(
                begins || line.is_empty() || line == "}" || line.starts_with("  "),
                "{line}"
            );
            for c in line.chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                assert!(depth >= 0, "{line}");
            }
            assert!(depth <= 1, "{line}");
            for command in ["\\write", "\\input", "\\immediate"] {
                assert!(!line.contains(command), "{line}");
            }
        }
        assert_eq!(depth, 0);
        let entries = page.matches("\n@").count() + usize::from(page.starts_with('@'));
        assert_eq!(entries, items(&report.articles).len(), "{:?}", attack.text);
        for item in items(&report.articles) {
            let url = item["URL"].as_str().unwrap_or("http:");
            assert!(url.starts_with("http"), "{url}");
        }
    }
}
