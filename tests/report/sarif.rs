//! SARIF: its schema, and what GitHub code scanning takes.

use std::collections::BTreeSet;

use citecheck::model::{Excerpt, Finding, Report, Severity, Span};
use citecheck::report::Format;
use serde_json::Value;

use crate::reports::{attacks, clean, hostile, many_languages, partial};
use crate::shown;

const SCHEMA: &str = include_str!("../schemas/sarif-schema-2.1.0.json");

fn log(report: &Report) -> Value {
    serde_json::from_str(&shown(report, Format::Sarif)).unwrap()
}

fn run(report: &Report) -> Value {
    log(report)["runs"][0].take()
}

fn results(report: &Report) -> Vec<Value> {
    run(report)["results"].as_array().unwrap().clone()
}

fn fingerprints(report: &Report) -> Vec<String> {
    let of = |result: &Value| {
        let print = &result["partialFingerprints"];
        assert_eq!(
            print["citecheckFinding/v1"],
            print["primaryLocationLineHash"]
        );
        print["citecheckFinding/v1"].as_str().unwrap().to_owned()
    };
    results(report).iter().map(of).collect()
}

#[test]
fn logs_fit_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let hostile = attacks().into_iter().map(|attack| hostile(&attack.text));
    for report in [many_languages(), clean(), partial()]
        .into_iter()
        .chain(hostile)
    {
        let log = log(&report);
        let faults: Vec<String> = validator.iter_errors(&log).map(|e| e.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
    let mut broken = log(&clean());
    broken["runs"][0]["columnKind"] = "bytes".into();
    assert!(!validator.is_valid(&broken), "the schema takes anything");
}

#[test]
fn every_result_has_what_github_needs() {
    let hostile = attacks().into_iter().map(|attack| hostile(&attack.text));
    for report in [many_languages()].into_iter().chain(hostile) {
        let run = run(&report);
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        for result in run["results"].as_array().unwrap() {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], result["ruleId"]);
            let text = result["message"]["text"].as_str().unwrap();
            assert!(!text.is_empty() && text.chars().count() <= 2_000, "{text}");
            assert!(!text.contains("]("), "an embedded link: {text}");
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.is_ascii() && !uri.is_empty(), "{uri}");
            assert!(!uri.contains(':') || uri.starts_with("file:///"), "{uri}");
            let at = |field: &str| place["region"][field].as_u64().unwrap();
            let start = (at("startLine"), at("startColumn"));
            assert!(
                (1, 1) <= start && start <= (at("endLine"), at("endColumn")),
                "{place}"
            );
        }
    }
}

#[test]
fn a_result_tells_what_where_why_and_what_to_do() {
    let results = results(&many_languages());
    let gone = results.iter().find(|it| it["properties"]["reference"] == 2);
    let gone = gone.unwrap();
    assert_eq!(gone["level"], "error");
    assert_eq!(
        gone["message"]["text"],
        "the server says that the page does not exist (reference 2: “„Die Saison am Fluss“”, \
         https://fluss.example/saison).\n\
         Evidence: status: 410 (HTTP); attempts: 2 (run); redirect: \
         https://fluss.example/neu/eine/sehr/lange/adresse/die/nicht/passt (HTTP).\n\
         Correction (for review): say that the link is dead."
    );
    let replaced = &gone["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replaced["deletedRegion"]["byteOffset"], 1240);
    assert_eq!(replaced["deletedRegion"]["byteLength"], 0);
    assert_eq!(replaced["insertedContent"]["text"], " |url-status=dead");
    let of_run = results
        .iter()
        .find(|it| it["properties"]["rule"] == "unused-ignore");
    let place = &of_run.unwrap()["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "rivers.wiki");
}

#[test]
fn regions_end_where_the_text_does() {
    let mut report = many_languages();
    let article = report.articles.first_mut().unwrap();
    let found = article.findings.first_mut().unwrap();
    found.span = Some(Span {
        start: 1000,
        end: 1009,
        line: 10,
        column: 4,
    });
    found.excerpt = Some(Excerpt {
        text: "…=Київ|x".to_owned(),
        start: 4,
        end: 13,
        cut_before: true,
        cut_after: false,
    });
    let results = results(&report);
    let place = &results[0]["locations"][0]["physicalLocation"];
    let region = &place["region"];
    assert_eq!(region["snippet"]["text"], "Київ|");
    assert_eq!(
        (&region["startColumn"], &region["endColumn"]),
        (&4.into(), &9.into())
    );
    assert_eq!(
        (&region["byteOffset"], &region["byteLength"]),
        (&1000.into(), &9.into())
    );
    assert_eq!(place["contextRegion"]["startColumn"], 2);
    assert_eq!(place["contextRegion"]["endColumn"], 10);
}

#[test]
fn fingerprints_stay_when_references_move_and_are_renumbered() {
    let report = many_languages();
    let mut moved = report.clone();
    let article = moved.articles.first_mut().unwrap();
    article.references.edit(|reference| {
        reference.number += 3;
        reference.span.start += 777;
        reference.span.line += 12;
    });
    for finding in &mut article.findings {
        finding.reference = finding.reference.map(|number| number + 3);
        if let Some(span) = &mut finding.span {
            (span.start, span.line, span.column) = (span.start + 777, span.line + 12, 1);
        }
    }
    moved.run.started = "2027-01-01T00:00:00Z".parse().unwrap();
    let before = fingerprints(&report);
    assert_eq!(before, fingerprints(&moved));
    let distinct: BTreeSet<&String> = before.iter().collect();
    assert_eq!(distinct.len(), before.len());
}

#[test]
fn findings_that_agree_in_rule_and_url_are_told_apart() {
    let mut report = many_languages();
    let article = report.articles.first_mut().unwrap();
    let twin = article.findings.first().unwrap().clone();
    article.findings.insert(
        1,
        Finding {
            message: "another".to_owned(),
            ..twin
        },
    );
    let prints = fingerprints(&report);
    let (first, second) = (&prints[0], &prints[1]);
    assert_eq!(first.strip_suffix(":1"), second.strip_suffix(":2"));
    let mut other = many_languages();
    "other.wiki".clone_into(&mut other.articles.first_mut().unwrap().input);
    assert_ne!(fingerprints(&other)[0], *first);
}

#[test]
fn a_long_list_is_cut_to_the_most_severe_and_says_so() {
    let mut report = many_languages();
    let article = report.articles.first_mut().unwrap();
    let template = article.findings.first().unwrap().clone();
    let of = |severity, count: usize| {
        let one = Finding {
            severity,
            fix: None,
            ..template.clone()
        };
        std::iter::repeat_n(one, count)
    };
    let notes = of(Severity::Note, 3_000).chain(of(Severity::Warning, 3_000));
    article.findings = notes.chain(of(Severity::Error, 10)).collect();
    let run = run(&report);
    let results = run["results"].as_array().unwrap();
    let count = |level: &str| results.iter().filter(|it| it["level"] == level).count();
    // The finding about the run itself is a warning.
    assert_eq!(
        (count("error"), count("warning"), count("note")),
        (10, 3_001, 1_989)
    );
    let told = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    let told = told.as_str().unwrap();
    assert!(
        told.starts_with("1011 of 6011 findings are left out"),
        "{told}"
    );
    assert_eq!(run["properties"]["resultsLeftOut"], 1_011);
}

#[test]
fn a_partial_run_is_no_success() {
    let invocation = run(&partial())["invocations"][0].take();
    assert_eq!(invocation["executionSuccessful"], false);
    let told = &invocation["toolExecutionNotifications"][0]["message"]["text"];
    assert!(told.as_str().unwrap().contains("ended before every link"));
    assert_eq!(run(&clean())["invocations"][0]["executionSuccessful"], true);
}
