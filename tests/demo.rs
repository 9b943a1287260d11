//! The recorded demonstration: citecheck says of each reference what the table in
//! `references/README.md` says, and nothing else.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "test helpers may panic and read files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use citecheck::fetch::{ReplayTransport, Request, Transport};
use citecheck::model::{CheckedArticle, Finding, LinkVerdict, Report};
use citecheck::rules::{Needs, RULES};

#[path = "../examples/make-demo.rs"]
#[expect(dead_code, reason = "its `main` is run as an example")]
mod make_demo;

/// The README's main command, with a machine-readable report.
fn replay() -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_citecheck"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["check", "references/demo.wiki"])
        .args(["--replay", "references/demo.warc.gz"])
        .args(["--fail-on", "never", "--format", "json"])
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    output.stdout
}

fn report() -> Report {
    serde_json::from_slice(&replay()).unwrap()
}

fn demo(report: &Report) -> &CheckedArticle {
    match report.articles.as_slice() {
        [article] => article,
        other => panic!("{} articles", other.len()),
    }
}

/// A row of the table: language without script or region, verdict and findings; `—` is none.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    language: String,
    verdict: String,
    findings: String,
}

/// The table of `references/README.md` by number of the reference.
fn table() -> BTreeMap<u32, Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("references/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let rows = readme.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [number, language, _, verdict, findings] = cells.as_slice() else {
            return None;
        };
        let row = Row {
            language: (*language).to_owned(),
            verdict: (*verdict).to_owned(),
            findings: (*findings).to_owned(),
        };
        Some((number.parse().ok()?, row))
    });
    rows.collect()
}

/// A finding as the table writes it.
fn written(finding: &Finding) -> String {
    let fix = if finding.fix.is_some() { ", fix" } else { "" };
    format!("`{}` {}{fix}", finding.name, finding.severity.as_str())
}

fn findings_of(article: &CheckedArticle, number: u32) -> String {
    let found: BTreeSet<String> = article
        .findings
        .iter()
        .filter(|finding| finding.reference == Some(number))
        .map(written)
        .collect();
    match found.into_iter().collect::<Vec<_>>().join("; ") {
        none if none.is_empty() => "—".to_owned(),
        some => some,
    }
}

#[test]
fn each_reference_shows_what_the_readme_says_and_nothing_else() {
    let report = report();
    let article = demo(&report);
    let expected = table();
    let mut wrong = Vec::new();
    for reference in &article.references {
        let verdict = reference.link.as_ref().map(|link| link.verdict.as_str());
        let found = Row {
            // A note has neither page nor title to tell its language by.
            language: match (&reference.language, expected.get(&reference.number)) {
                (Some(language), _) => language.tag.primary().to_owned(),
                (None, Some(row)) if verdict.is_none() => row.language.clone(),
                (None, _) => "—".to_owned(),
            },
            verdict: verdict.unwrap_or("—").to_owned(),
            findings: findings_of(article, reference.number),
        };
        if expected.get(&reference.number) != Some(&found) {
            let findings = article.findings.iter();
            let messages: Vec<&String> = findings
                .filter(|finding| finding.reference == Some(reference.number))
                .map(|finding| &finding.message)
                .collect();
            wrong.push(format!("{}: {found:?} {messages:?}", reference.number));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let numbers: Vec<u32> = article.references.iter().map(|r| r.number).collect();
    assert_eq!(numbers, expected.into_keys().collect::<Vec<_>>());
    let unbound = article.findings.iter().filter(|f| f.reference.is_none());
    assert_eq!(unbound.count(), 0);
    assert_eq!(article.problems, []);
    let of_run: Vec<String> = report.findings.iter().map(written).collect();
    assert_eq!(of_run, ["`unused-ignore` warning"]);
}

#[test]
fn every_verdict_and_every_rule_that_needs_a_page_is_shown() {
    let report = report();
    let shown: BTreeSet<&str> = report.counts.verdicts.keys().map(String::as_str).collect();
    let told_apart = LinkVerdict::ALL.into_iter().map(LinkVerdict::as_str);
    let told_apart: BTreeSet<&str> = told_apart.collect();
    assert_eq!(shown, told_apart);
    let shown: BTreeSet<&str> = report.counts.rules.keys().map(String::as_str).collect();
    // What needs no page has cases beside its own tests.
    let of_pages = RULES.iter().filter(|rule| rule.needs == Needs::Network);
    let missing: Vec<&str> = of_pages
        .map(|rule| rule.name)
        .filter(|name| !shown.contains(name))
        // The recording holds no archive's answers; `tests/archives.rs` has.
        .filter(|name| *name != "dead-archive")
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn sources_in_every_other_language_are_to_be_translated() {
    let report = report();
    let listed: Vec<u32> = report.todo.iter().map(|item| item.reference).collect();
    let foreign = table().into_iter().filter(|(_, row)| row.language != "en");
    assert_eq!(
        listed,
        foreign.map(|(number, _)| number).collect::<Vec<_>>()
    );
    let without_claim = report.todo.iter().filter(|item| item.claims.is_empty());
    assert_eq!(without_claim.count(), 0);
}

#[test]
fn sound_references_stay_silent_in_every_language_of_the_article() {
    let table = table();
    let silent: BTreeSet<&str> = table
        .values()
        .filter(|row| row.verdict == "alive" && row.findings == "—")
        .map(|row| row.language.as_str())
        .collect();
    let all: BTreeSet<&str> = table.values().map(|row| row.language.as_str()).collect();
    assert_eq!(silent, all);
    assert!(10 <= all.len());
}

#[test]
fn failures_that_may_pass_were_asked_three_times() {
    let report = report();
    let links = demo(&report).references.iter();
    let mut tries = BTreeMap::new();
    for link in links.filter_map(|reference| reference.link.as_ref()) {
        tries.entry(link.verdict).or_insert(link.attempts);
    }
    let of = |verdict| tries.get(&verdict).copied();
    assert_eq!(of(LinkVerdict::Unstable), Some(3));
    assert_eq!(of(LinkVerdict::Refused), Some(3));
    assert_eq!(of(LinkVerdict::NoSuchHost), Some(1));
    assert_eq!(of(LinkVerdict::Alive), Some(1));
    assert_eq!(of(LinkVerdict::Skipped), Some(0));
}

#[test]
fn two_replays_give_the_same_bytes() {
    let first = replay();
    assert!(!first.is_empty());
    assert!(first == replay());
}

#[tokio::test]
async fn recording_is_what_its_sources_make() {
    let references = Path::new(env!("CARGO_MANIFEST_DIR")).join("references");
    let recording = ReplayTransport::open(&references.join("demo.warc.gz")).unwrap();
    let (recorded, exchanges) = make_demo::read_exchanges(&references.join("demo")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("demo.warc.gz");
    make_demo::write_recording(recorded, &exchanges, &made).unwrap();
    let made = ReplayTransport::open(&made).unwrap();
    assert_eq!(made.len(), recording.len());
    for exchange in &exchanges {
        let request = Request::to(exchange.url.clone());
        assert_eq!(
            made.exchange(&request).await,
            recording.exchange(&request).await
        );
    }
}
