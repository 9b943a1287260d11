//! The promise of the JSON report: what one version wrote, every later one of its schema reads.

use std::collections::BTreeSet;

use citecheck::model::Report;
use citecheck::report::{Format, schema};
use serde_json::Value;

use crate::reports::many_languages;
use crate::shown;

/// What a report of schema 1 holds at least, written by `UPDATE_SCHEMA=1` when a field was added. A
/// line that must go breaks whoever reads reports.
const REQUIRED: &str = include_str!("required-fields.txt");

/// A report as the first versions of schema 1 wrote it: without the fields that were added since.
fn old() -> Value {
    let mut report = serde_json::to_value(many_languages()).unwrap();
    without(&mut report["run"], &["pages", "trouble"]);
    without(&mut report["counts"], &["ignored"]);
    for article in report["articles"].as_array_mut().unwrap() {
        without(article, &["counts"]);
        for reference in article["references"].as_array_mut().unwrap() {
            without(reference, &["kind", "details", "main", "source"]);
            let added = ["confidence", "evidence", "history", "copies", "copy_search"];
            without(&mut reference["link"], &added);
        }
        for finding in article["findings"].as_array_mut().unwrap() {
            without(finding, &["excerpt"]);
            if finding["fix"].is_object() {
                without(&mut finding["fix"], &["safety", "summary"]);
            }
        }
    }
    for finding in report["findings"].as_array_mut().unwrap() {
        without(finding, &["excerpt"]);
    }
    report
}

fn without(object: &mut Value, names: &[&str]) {
    let fields = object.as_object_mut().unwrap();
    for name in names {
        assert!(fields.remove(*name).is_some(), "{name}");
    }
}

#[test]
fn an_old_report_renders_in_every_format() {
    let old = old();
    let report: Report = serde_json::from_value(old).unwrap();
    let now = many_languages();
    assert_eq!(report.articles.len(), now.articles.len());
    for format in Format::ALL {
        let output = shown(&report, format);
        assert!(output.len() > 50, "{format}: {output}");
    }
    // Nothing that these formats tell of this report was added later.
    for format in [Format::Todo, Format::Github, Format::Junit] {
        assert_eq!(shown(&report, format), shown(&now, format), "{format}");
    }
}

/// Required fields as `Type.field: what it is`, in the order of their names.
fn required() -> BTreeSet<String> {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let types = schema["$defs"].as_object().unwrap().iter();
    let root = ("Report".to_owned(), schema.clone());
    let types = types
        .map(|(name, it)| (name.clone(), it.clone()))
        .chain([root]);
    let mut fields = BTreeSet::new();
    for (name, described) in types {
        for field in described["required"].as_array().into_iter().flatten() {
            let field = field.as_str().unwrap();
            let kind = &described["properties"][field];
            let kind = kind.get("$ref").or(kind.get("type")).or(kind.get("anyOf"));
            fields.insert(format!("{name}.{field}: {}", kind.unwrap_or(&Value::Null)));
        }
    }
    fields
}

#[test]
fn no_field_of_the_schema_goes_away_or_changes_its_type() {
    let now = required();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        let lines: Vec<&str> = now.iter().map(String::as_str).collect();
        std::fs::write("tests/report/required-fields.txt", lines.join("\n") + "\n").unwrap();
        return;
    }
    assert!(REQUIRED.lines().count() > 100);
    let gone: Vec<&str> = REQUIRED
        .lines()
        .filter(|line| !now.contains(*line))
        .collect();
    assert!(gone.is_empty(), "the schema's number must rise: {gone:#?}");
}
