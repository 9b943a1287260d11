//! SARIF 2.1.0 (OASIS), within what GitHub code scanning takes and shows.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>;
//! <https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning>.
//!
//! There is no `automationDetails`: where a log has one, the upload action takes no notice of its
//! own `category` nor of the job, and a second upload of a workflow, as of another shard, fails.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::model::{Finding, Report, Severity};

use super::fingerprint::Fingerprints;
use super::json::pretty;
use super::locator::uri;
use super::markdown::network;
use super::safe::{shown_address, visible};
use super::sarif_result::{Place, result, told};
use super::sarif_rules::Catalogue;
use super::subject::subjects;
use super::tally::{counted, findings};

/// Results of one run that GitHub shows; of a longer list it keeps which it likes.
const RESULTS: usize = 5_000;

/// The log, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    pretty(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run(report)],
    }))
}

fn run(report: &Report) -> Value {
    let catalogue = Catalogue::of(report);
    let mut results = results(report, &catalogue);
    // Stable: within a severity the order of the report is kept.
    results.sort_by_key(|(severity, _)| Reverse(*severity));
    let found = findings(report).count();
    let left_out = found.saturating_sub(results.len());
    let results: Vec<Value> = results.into_iter().map(|(_, result)| result).collect();
    json!({
        "tool": { "driver": {
            "name": visible(&report.tool.name),
            "version": visible(&report.tool.version),
            "rules": catalogue.into_descriptors(),
        } },
        "invocations": [invocation(report, found, left_out)],
        "artifacts": artifacts(report),
        "columnKind": "unicodeCodePoints",
        "defaultEncoding": "utf-8",
        "language": "en",
        "results": results,
        "properties": {
            "schema": report.schema,
            "network": report.run.network,
            "partial": report.run.partial,
            "readers": report.run.language,
            "counts": report.counts,
            "results": found,
            "resultsLeftOut": left_out,
        },
    })
}

/// How the run went, and what of it is not in the log.
fn invocation(report: &Report, found: usize, left_out: usize) -> Value {
    let mut notices = Vec::new();
    let mut notice = |level: &str, text: String| {
        notices.push(json!({ "level": level, "message": { "text": text } }));
    };
    if report.run.partial {
        notice(
            "warning",
            "the run ended before every link was asked; those not reached are skipped".to_owned(),
        );
    }
    if let Some(trouble) = &report.run.trouble {
        notice("error", told(trouble));
    }
    if !report.run.pages {
        notice(
            "note",
            "pages were not read: links were judged by status and redirects alone".to_owned(),
        );
    }
    if 0 < left_out {
        notice(
            "warning",
            format!(
                "{left_out} of {found} findings are left out, the least severe: code scanning \
                 shows {RESULTS} results of a run; the JSON report has all"
            ),
        );
    }
    for article in &report.articles {
        if !article.problems.is_empty() {
            let places = counted(article.problems.len(), "place");
            let input = visible(&article.input);
            notice(
                "note",
                told(&format!("{input}: {places} could not be read")),
            );
        }
    }
    json!({
        "executionSuccessful": !report.run.partial && report.run.trouble.is_none(),
        "startTimeUtc": report.run.started,
        "endTimeUtc": report.run.finished,
        "toolExecutionNotifications": notices,
        "properties": { "answers": network(report.run.network) },
    })
}

/// The inputs, each once.
fn artifacts(report: &Report) -> Vec<Value> {
    let mut artifacts: BTreeMap<String, Value> = BTreeMap::new();
    for article in &report.articles {
        let uri = uri(&article.input);
        artifacts.entry(uri.clone()).or_insert_with(|| {
            json!({
                "location": { "uri": uri },
                "roles": ["analysisTarget"],
                "properties": {
                    "input": shown_address(&article.input),
                    "format": article.format,
                    "title": article.title.as_deref().map(visible),
                    "language": article.language,
                },
            })
        });
    }
    artifacts.into_values().collect()
}

/// How many results of each severity there is room for, the most severe first.
fn rooms(report: &Report) -> BTreeMap<Severity, usize> {
    let mut left = RESULTS;
    let mut rooms = BTreeMap::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let of_it = findings(report).filter(|finding| finding.severity == severity);
        let room = of_it.count().min(left);
        left -= room;
        rooms.insert(severity, room);
    }
    rooms
}

/// The findings that there is room for, in the order of the report. Those that are left out are
/// counted in fingerprints all the same, and nothing more is made of them.
fn results(report: &Report, catalogue: &Catalogue) -> Vec<(Severity, Value)> {
    let mut fingerprints = Fingerprints::default();
    let mut rooms = rooms(report);
    let mut results = Vec::new();
    let mut add = |place: &Place<'_>, finding: &Finding| {
        let article = place.article.map(|_| place.uri.as_str());
        let fingerprint = fingerprints.next(article, finding, place.work);
        let room = rooms.entry(finding.severity).or_default();
        if let Some(left) = room.checked_sub(1) {
            *room = left;
            let result = result(place, finding, &fingerprint, catalogue.place(finding));
            results.push((finding.severity, result));
        }
    };
    for finding in &report.findings {
        add(&Place::of_run(report, finding), finding);
    }
    for article in &report.articles {
        let subjects = subjects(article);
        let uri = uri(&article.input);
        for finding in &article.findings {
            let subject = finding.reference.and_then(|number| subjects.get(&number));
            let place = Place {
                article: Some(article),
                uri: uri.clone(),
                line: 1,
                subject,
                work: subject.and_then(|subject| subject.work(finding)),
            };
            add(&place, finding);
        }
    }
    results
}
