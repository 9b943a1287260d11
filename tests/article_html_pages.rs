//! Pages of many kinds and languages: `data/html/*.html`, with what must be read from them in
//! `data/html/expected.tsv`.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test helper may panic and read files"
)]

use std::collections::BTreeMap;
use std::fs;

use citecheck::article::{ReadOptions, read};
use citecheck::model::{Article, InputFormat, Person, Reference};
use citecheck::wikitext::decode_entities;

fn page(name: &str) -> (String, Article) {
    let source = fs::read_to_string(format!("tests/data/html/{name}.html")).unwrap();
    let article = read(name, &source, InputFormat::Html, &ReadOptions::default());
    (source, article)
}

/// A reference as lines: what, where it was read and at which bytes, value.
fn lines(source: &str, reference: &Reference) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |what: &str, place: &str, value: String| {
        lines.push(format!("{}\t{what}\t{place}\t{value}", reference.number));
    };
    let list = |values: Vec<String>| values.join("|");
    add("kind", "", format!("{:?}", reference.kind));
    add("names", "", list(reference.names.clone()));
    add("group", "", reference.group.clone().unwrap_or_default());
    add("uses", "", reference.uses.to_string());
    add("claims", "", list(reference.claims.clone()));
    let part = reference.main.zip(reference.details.as_ref());
    add(
        "part",
        "",
        part.map(|p| format!("{} of {}", p.1, p.0))
            .unwrap_or_default(),
    );
    for cited in &reference.sources {
        let citation = &cited.citation;
        add("template", "", cited.template.clone().unwrap_or_default());
        add(
            "cites",
            "",
            cited.cites.map(|n| n.to_string()).unwrap_or_default(),
        );
        for parameter in &cited.parameters {
            let exact = parameter.value_span != reference.span;
            let name = parameter.name.as_deref().unwrap_or("(position)");
            let place = if exact { "exact" } else { "entry" };
            add(&format!("|{name}"), place, parameter.value.clone());
        }
        for (name, field) in &citation.fields {
            let place = if field.span == reference.span {
                "entry"
            } else {
                "exact"
            };
            add(
                name,
                &format!("{:?} {place}", field.source),
                field.value.clone(),
            );
        }
        let date = |date: Option<_>| date.map(|d: citecheck::model::CitedDate| d.to_string());
        let text = |text: Option<String>| text.unwrap_or_default();
        add("=title", "", text(citation.title.clone()));
        add("=work", "", text(citation.work.clone()));
        add("=url", "", text(citation.url.clone()));
        add("=archive-url", "", text(citation.archive_url.clone()));
        let people = citation.authors.iter().map(|person| match person {
            Person::Split { last, first } => format!("{last}, {first}"),
            Person::Whole { name } => name.clone(),
        });
        add("=authors", "", list(people.collect()));
        add("=date", "", text(date(citation.date)));
        add("=access-date", "", text(date(citation.access_date)));
        add("=archive-date", "", text(date(citation.archive_date)));
        add(
            "=language",
            "",
            list(citation.language.iter().map(ToString::to_string).collect()),
        );
        // A span that is not the entry's is that of the value itself.
        for field in citation
            .fields
            .values()
            .filter(|f| f.span != reference.span)
        {
            let written = decode_entities(field.span.text(source).unwrap());
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words(&written), words(&field.value));
        }
    }
    lines.retain(|line| !line.ends_with('\t'));
    lines
}

#[test]
fn pages_are_read_as_expected() {
    let table = fs::read_to_string("tests/data/html/expected.tsv").unwrap();
    let mut expected: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (name, rest) = line.split_once('\t').unwrap();
        expected.entry(name).or_default().push(rest);
    }
    let pages = fs::read_dir("tests/data/html").unwrap();
    let pages = pages.filter(|file| {
        let name = file.as_ref().unwrap().file_name();
        name.to_string_lossy().ends_with(".html")
    });
    assert_eq!(pages.count(), expected.len());
    for (name, expected) in expected {
        let (source, article) = page(name);
        let found: Vec<String> = article
            .references
            .iter()
            .flat_map(|reference| lines(&source, reference))
            .collect();
        let shown: Vec<String> = found.iter().map(|line| format!("{name}\t{line}")).collect();
        assert_eq!(found, expected, "\n{}\n", shown.join("\n"));
    }
}
