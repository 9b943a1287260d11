//! What holds for every article, whatever the input.

use std::collections::BTreeSet;

use citecheck::article::{ReadOptions, read};
use citecheck::model::{InputFormat, Span};

/// Reads a text and checks what every reader of the result relies on.
pub(crate) fn article(text: &str, format: InputFormat) {
    let options = ReadOptions::default();
    let article = read("fuzz", text, format, &options);
    let mut numbers = BTreeSet::new();
    for reference in &article.references {
        assert!(numbers.insert(reference.number), "a number is given twice");
        assert!(
            !reference.sources.is_empty(),
            "a reference without a source"
        );
        covers(text, reference.span);
        for source in &reference.sources {
            covers(text, source.span);
            for (name, field) in &source.citation.fields {
                assert!(field.span.text(text).is_some(), "{name} cuts a character");
                if format == InputFormat::Wikitext && field.parameter.is_some() {
                    assert_eq!(field.span.text(text), Some(field.value.as_str()), "{name}");
                }
            }
            for parameter in &source.parameters {
                assert!(parameter.span.text(text).is_some());
                assert!(parameter.value_span.text(text).is_some());
            }
        }
    }
    assert_eq!(
        article,
        read("fuzz", text, format, &options),
        "two readings differ"
    );
}

fn covers(text: &str, span: Span) {
    let part = span.text(text).expect("a span cuts a character");
    assert!(text.is_empty() || !part.is_empty(), "a span covers nothing");
}
