//! The stream: each line by itself, and all of the report in them.

use citecheck::model::{CheckedReference, Finding, Report};
use citecheck::report::{Format, stream_schema};
use serde_json::Value;

use crate::reports::{attacks, clean, hostile, many_languages, partial};
use crate::shown;

fn lines(report: &Report) -> Vec<Value> {
    let text = shown(report, Format::Ndjson);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn of_type<'a>(lines: &'a [Value], kind: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["type"] == kind).collect()
}

#[test]
fn every_line_fits_the_schema() {
    let schema: Value = serde_json::from_str(&stream_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let hostile = attacks().into_iter().map(|attack| hostile(&attack.text));
    for report in [many_languages(), clean(), partial()]
        .into_iter()
        .chain(hostile)
    {
        for line in lines(&report) {
            let faults: Vec<String> = validator
                .iter_errors(&line)
                .map(|e| e.to_string())
                .collect();
            assert!(faults.is_empty(), "{faults:?}");
        }
    }
    let mut broken = lines(&clean()).remove(0);
    broken.as_object_mut().unwrap().remove("tool");
    assert!(!validator.is_valid(&broken), "the schema takes anything");
}

#[test]
fn the_stream_holds_the_report() {
    let report = many_languages();
    let lines = lines(&report);
    assert_eq!(lines.first().unwrap()["type"], "run");
    assert_eq!(lines.last().unwrap()["type"], "summary");
    let article = report.articles.first().unwrap();
    let read: Vec<CheckedReference> = of_type(&lines, "reference")
        .into_iter()
        .map(|line| serde_json::from_value(line.clone()).unwrap())
        .collect();
    assert!(article.references.iter().eq(&read));
    let read: Vec<Finding> = of_type(&lines, "finding")
        .into_iter()
        .map(|line| serde_json::from_value(line.clone()).unwrap())
        .collect();
    assert!(report.findings.iter().chain(&article.findings).eq(&read));
    assert_eq!(of_type(&lines, "finding")[0]["article"], Value::Null);
    assert_eq!(of_type(&lines, "finding")[1]["article"], "rivers.wiki");
    assert_eq!(of_type(&lines, "todo").len(), report.todo.len());
    assert_eq!(of_type(&lines, "article").len(), 2);
}
