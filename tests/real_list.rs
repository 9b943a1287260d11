//! The real list under audit: every field of its 47 entries as written down by hand.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test helper may panic, read files and index what it made"
)]

use citecheck::article::{ReadOptions, text};
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
