//! The rules as SARIF describes them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::model::{Finding, Report, Severity};
use crate::rules::{FixAvailability, Needs, RULES, Rule, help_page};

use super::safe::visible;
use super::tally::findings;

/// Longest descriptions that GitHub shows, in characters.
const DESCRIPTION: usize = 1_024;

/// Longest name of a rule that GitHub takes, in characters.
const NAME: usize = 255;

/// What the groups of rules are about, by the letters that codes begin with.
const GROUPS: [(&str, &str); 8] = [
    ("ARC", "archive"),
    ("CIT", "citation"),
    ("DAT", "date"),
    ("LNG", "language"),
    ("LNK", "link"),
    ("RUN", "settings"),
    ("TTL", "title"),
    ("URL", "address"),
];

/// The rules of a run: all that there are, so that runs over other articles tell the same, then
/// those that only the report knows, as one made by another version.
#[derive(Debug)]
pub(super) struct Catalogue {
    descriptors: Vec<Value>,
    places: BTreeMap<String, usize>,
}

impl Catalogue {
    /// That of a report.
    pub(super) fn of(report: &Report) -> Self {
        let mut catalogue = Self {
            descriptors: Vec::new(),
            places: BTreeMap::new(),
        };
        for rule in RULES {
            catalogue.add(rule.code, known(rule));
        }
        let foreign: BTreeMap<&str, &Finding> = findings(report)
            .map(|finding| (&*finding.rule.0, finding))
            .filter(|(code, _)| !catalogue.places.contains_key(*code))
            .collect();
        for (code, finding) in foreign {
            catalogue.add(code, unknown(finding));
        }
        catalogue
    }

    fn add(&mut self, code: &str, descriptor: Value) {
        let place = self.descriptors.len();
        self.places.insert(code.to_owned(), place);
        self.descriptors.push(descriptor);
    }

    /// Where in the list the rule of a finding stands.
    pub(super) fn place(&self, finding: &Finding) -> Option<usize> {
        self.places.get(&*finding.rule.0).copied()
    }

    /// The list.
    pub(super) fn into_descriptors(self) -> Vec<Value> {
        self.descriptors
    }
}

/// The id of a finding's rule.
pub(super) fn id(finding: &Finding) -> String {
    named(&finding.rule.0)
}

/// The word for a severity, which SARIF has the same words for.
pub(super) const fn level(severity: Severity) -> &'static str {
    severity.as_str()
}

fn known(rule: &Rule) -> Value {
    let page = page(rule);
    let about = section(&page, "What it does");
    let why = section(&page, "Why it matters");
    let full = format!("{about} {why}");
    let help = format!(
        "{page}\n\n`citecheck explain {}` says the same on a terminal.",
        rule.name
    );
    let mut descriptor = json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": shortened(&first_sentence(&about)) },
        "fullDescription": { "text": shortened(full.trim()) },
        "help": { "text": help, "markdown": help },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": tags(rule),
            "precision": precision(rule),
            "problem.severity": recommendation(rule.severity),
        },
    });
    if let (Some(page), Some(fields)) = (help_page(rule.name), descriptor.as_object_mut()) {
        fields.insert("helpUri".to_owned(), page.into());
    }
    descriptor
}

fn unknown(finding: &Finding) -> Value {
    let name = named(&finding.name);
    let text = format!("{name}: a rule that this version of citecheck does not know");
    json!({
        "id": id(finding),
        "name": name,
        "shortDescription": { "text": text },
        "fullDescription": { "text": text },
        "help": { "text": text },
        "defaultConfiguration": { "level": level(finding.severity) },
        "properties": { "problem.severity": recommendation(finding.severity) },
    })
}

/// A name that a stranger may have written: never empty, never long.
fn named(name: &str) -> String {
    let shown: String = visible(name).chars().take(NAME).collect();
    if shown.is_empty() {
        return "unnamed".to_owned();
    }
    shown
}

/// The documentation without the space that doc comments keep after their slashes.
fn page(rule: &Rule) -> String {
    let lines = rule.docs.lines();
    let lines: Vec<&str> = lines
        .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end())
        .collect();
    lines.join("\n").trim().to_owned()
}

/// What stands under a heading, on one line, without marks of code.
fn section(page: &str, heading: &str) -> String {
    let heading = format!("## {heading}");
    let body: Vec<&str> = page
        .lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .collect();
    let body = body.join(" ").replace('`', "");
    body.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn first_sentence(text: &str) -> String {
    let end = text.split_once(". ");
    end.map_or_else(|| text.to_owned(), |(first, _)| format!("{first}."))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= DESCRIPTION {
        return text.to_owned();
    }
    let kept: String = text.chars().take(DESCRIPTION - 1).collect();
    format!("{}…", kept.trim_end())
}

fn tags(rule: &Rule) -> Vec<&'static str> {
    let group = GROUPS
        .iter()
        .find(|(letters, _)| rule.code.starts_with(letters));
    let mut tags = vec!["references", rule.needs.as_str()];
    tags.extend(group.map(|(_, group)| *group));
    if rule.fix == FixAvailability::Sometimes {
        tags.push("fixable");
    }
    tags
}

/// GitHub lists findings of one level by it: what the article alone proves stands before what a
/// server said once.
const fn precision(rule: &Rule) -> &'static str {
    match rule.needs {
        Needs::Article => "high",
        Needs::Network => "medium",
    }
}

const fn recommendation(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_described_within_what_github_takes() {
        for rule in RULES {
            let described = known(rule);
            let text = |field: &str| {
                let text = described.pointer(&format!("/{field}/text"));
                text.and_then(Value::as_str).unwrap().to_owned()
            };
            for field in ["shortDescription", "fullDescription"] {
                let length = text(field).chars().count();
                assert!(
                    (10..=DESCRIPTION).contains(&length),
                    "{} {field}",
                    rule.name
                );
            }
            assert!(text("help").contains("## What it does"), "{}", rule.name);
            let tags = tags(rule);
            assert!((3..=10).contains(&tags.len()), "{}: {tags:?}", rule.name);
        }
    }
}
