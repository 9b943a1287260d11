//! One finding as SARIF has it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::model::{CheckedArticle, Edit, Finding, Fix, Report, Span};

use super::fingerprint::KEY;
use super::locator::uri;
use super::safe::{shown_address, visible};
use super::sarif_rules::{id, level};
use super::subject::{CitedWork, Region, Subject, edited, marked, region};
use super::tally::safety;

/// Longest message and longest value of evidence in it, in characters.
const MESSAGE: usize = 2_000;
const VALUE: usize = 300;

/// Most bytes of text that the replacements of one fix bring.
const FIX_BYTES: usize = 8 << 10;

/// What a finding is about.
#[derive(Debug)]
pub(super) struct Place<'a> {
    /// The article; `None` for the run.
    pub(super) article: Option<&'a CheckedArticle>,
    /// The input that it is shown in.
    pub(super) uri: String,
    /// Line of a finding without a span.
    pub(super) line: usize,
    /// The reference.
    pub(super) subject: Option<&'a Subject>,
    /// The work.
    pub(super) work: Option<&'a CitedWork>,
}

impl Place<'_> {
    /// Where a finding about the run is shown, since GitHub shows none without a place: the line of
    /// the settings that it is about, else the beginning of the first article.
    pub(super) fn of_run(report: &Report, finding: &Finding) -> Self {
        let setting = finding.evidence.iter().find_map(|evidence| {
            let (file, line) = evidence.source.rsplit_once(".toml:")?;
            let line: usize = line.parse().ok().filter(|line| 0 < *line)?;
            Some((uri(&format!("{file}.toml")), line))
        });
        let (uri, line) = setting.unwrap_or_else(|| {
            let article = report.articles.first();
            let input = article.map_or("citecheck.toml", |article| &article.input);
            (uri(input), 1)
        });
        Self {
            article: None,
            uri,
            line,
            subject: None,
            work: None,
        }
    }
}

/// The result; `rule` is where the rule stands in the list.
pub(super) fn result(
    place: &Place<'_>,
    finding: &Finding,
    fingerprint: &str,
    rule: Option<usize>,
) -> Value {
    let evidence: Vec<Value> = finding
        .evidence
        .iter()
        .map(|evidence| {
            json!({
                "what": shown(&evidence.what),
                "value": shown(&evidence.value),
                "source": shown(&evidence.source),
            })
        })
        .collect();
    let mut result = json!({
        "ruleId": id(finding),
        "level": level(finding.severity),
        "message": { "text": message(place, finding) },
        "locations": [{ "physicalLocation": location(place, finding) }],
        // The second is the only one by which GitHub knows an alert again.
        "partialFingerprints": { KEY: fingerprint, "primaryLocationLineHash": fingerprint },
        "properties": {
            "rule": told(&finding.name),
            "reference": finding.reference,
            "url": place.work.and_then(|work| work.url.as_deref()).map(shown_address),
            "title": place.work.and_then(|work| work.title.as_deref()).map(visible),
            "evidence": evidence,
            "fixSafety": finding.fix.as_ref().map(safety),
            "editSummary": finding.fix.as_ref().map(|fix| visible(&fix.summary)),
        },
    });
    let fix = finding.fix.as_ref().and_then(|fix| self::fix(place, fix));
    if let Some(fields) = result.as_object_mut() {
        fields.extend(rule.map(|rule| ("ruleIndex".to_owned(), json!(rule))));
        fields.extend(fix.map(|fix| ("fixes".to_owned(), json!([fix]))));
    }
    result
}

/// The finding, what it is about, what decided, and what to do: the first sentence is the title of
/// an alert.
fn message(place: &Place<'_>, finding: &Finding) -> String {
    let mut text = told(&finding.message);
    if let Some(number) = finding.reference {
        let work = place.work;
        let title = work.and_then(|work| work.title.as_deref()).map(told);
        let url = work.and_then(|work| work.url.as_deref()).map(address);
        let named: Vec<String> = title
            .map(|title| format!("“{title}”"))
            .into_iter()
            .collect();
        let named: Vec<String> = named.into_iter().chain(url).collect();
        let separator = if named.is_empty() { "" } else { ": " };
        let _ = write!(text, " (reference {number}{separator}{})", named.join(", "));
    }
    text.push('.');
    if !finding.evidence.is_empty() {
        let values = finding.evidence.iter().map(|evidence| {
            let (what, value) = (told(&evidence.what), told(&evidence.value));
            format!("{what}: {value} ({})", told(&evidence.source))
        });
        let values: Vec<String> = values.collect();
        let _ = write!(text, "\nEvidence: {}.", values.join("; "));
    }
    if let Some(fix) = &finding.fix {
        let description = told(&fix.description);
        let _ = write!(text, "\nCorrection ({}): {description}.", safety(fix));
    }
    cut(&text, MESSAGE)
}

/// Text of others in a message: no embedded link (SARIF 3.11.6) begins in it.
pub(super) fn told(text: &str) -> String {
    shown(text).replace("](", "] (")
}

fn shown(text: &str) -> String {
    cut(&visible(text), VALUE)
}

fn address(url: &str) -> String {
    told(&shown_address(url))
}

fn cut(text: &str, longest: usize) -> String {
    if text.chars().nth(longest).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(longest - 1).collect();
    format!("{}…", kept.trim_end())
}

fn location(place: &Place<'_>, finding: &Finding) -> Value {
    let artifact = json!({ "uri": place.uri });
    let Some(span) = finding.span else {
        let line = place.line;
        let region =
            json!({ "startLine": line, "startColumn": 1, "endLine": line, "endColumn": 1 });
        return json!({ "artifactLocation": artifact, "region": region });
    };
    let found = region(span, finding.excerpt.as_ref(), place.subject);
    let mut region = lines(found);
    if found.whole {
        fill(&mut region, "byteOffset", json!(span.start));
        fill(&mut region, "byteLength", json!(span.len()));
    }
    let mut location = json!({ "artifactLocation": artifact });
    if let Some((snippet, context)) = snippets(span, finding) {
        fill(&mut region, "snippet", snippet);
        fill(&mut location, "contextRegion", context);
    }
    fill(&mut location, "region", region);
    location
}

fn fill(object: &mut Value, key: &str, value: Value) {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

fn lines(region: Region) -> Value {
    json!({
        "startLine": region.start.0,
        "startColumn": region.start.1,
        "endLine": region.end.0,
        "endColumn": region.end.1,
    })
}

/// The text of the place, and the line around it, if the report holds all of the place.
fn snippets(span: Span, finding: &Finding) -> Option<(Value, Value)> {
    let excerpt = finding.excerpt.as_ref()?;
    let place = marked(span, excerpt)?;
    let before = excerpt.text.get(..excerpt.start)?.chars().count();
    let column = span
        .column
        .checked_sub(before)
        .filter(|column| 0 < *column)?;
    let context = json!({
        "startLine": span.line.max(1),
        "startColumn": column,
        "endLine": span.line.max(1),
        "endColumn": column + excerpt.text.chars().count(),
        "snippet": { "text": excerpt.text },
    });
    Some((json!({ "text": place }), context))
}

/// The edits as replacements; `None` if there is none to make, or too much to carry along.
fn fix(place: &Place<'_>, fix: &Fix) -> Option<Value> {
    let brought: usize = fix.edits.iter().map(|edit| edit.replacement.len()).sum();
    if fix.edits.is_empty() || FIX_BYTES < brought {
        return None;
    }
    let replacement = |edit: &Edit| {
        let found = edited(edit.start, edit.end, place.subject);
        let mut deleted = found.map_or_else(|| json!({}), lines);
        fill(&mut deleted, "byteOffset", json!(edit.start));
        let length = edit.end.saturating_sub(edit.start);
        fill(&mut deleted, "byteLength", json!(length));
        json!({
            "deletedRegion": deleted,
            "insertedContent": { "text": edit.replacement },
        })
    };
    let replacements: Vec<Value> = fix.edits.iter().map(replacement).collect();
    Some(json!({
        "description": { "text": told(&fix.description) },
        "artifactChanges": [{
            "artifactLocation": { "uri": place.uri },
            "replacements": replacements,
        }],
    }))
}
