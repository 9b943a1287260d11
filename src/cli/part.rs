//! `--reference`, `--shard`, `--changed-since`: what part of its articles a run is about.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use anyhow::{Result, anyhow, bail};
use citecheck::check::{Limit, Scope, Selection};
use citecheck::model::{Article, Shard};
use citecheck::report::nearest;
use clap::Args;

use super::changed::Changes;

/// Most parts of an audit.
const MOST_SHARDS: u32 = 10_000;

/// What part of the inputs a run is about.
#[derive(Debug, Args)]
#[command(next_help_heading = "Part of the inputs")]
pub(super) struct PartArgs {
    /// Check only this reference of the article: its number, 3,12-14 for several, or its name; may be
    /// repeated
    #[arg(long, value_name = "REFERENCE", conflicts_with_all = ["shard", "changed_since"])]
    reference: Vec<String>,
    /// Check one of several equal parts of the links, such as 2/8; a host's links are all in one part.
    /// `citecheck report` puts the parts' reports together
    #[arg(long, value_name = "PART/PARTS", value_parser = shard)]
    shard: Option<Shard>,
    /// Check only the references on lines that were added or changed since this git revision, or
    /// since the history forked from it
    #[arg(long, value_name = "REVISION", value_parser = revision, allow_hyphen_values = true)]
    changed_since: Option<String>,
}

impl PartArgs {
    /// The inputs that are left of those given: without files that were deleted since.
    pub(super) fn inputs(&self, given: &[OsString]) -> Result<Vec<OsString>> {
        match &self.changed_since {
            None => Ok(given.to_vec()),
            Some(revision) => Changes::since(revision).without_deleted(given),
        }
    }

    /// What the run is about; articles that it is not about at all are taken out.
    pub(super) fn scope(&self, articles: &mut Vec<Article>) -> Result<Scope> {
        let limit = match &self.changed_since {
            Some(revision) => Some(changed(revision, articles)?),
            None if self.reference.is_empty() => None,
            None => Some(named(&self.reference, articles)?),
        };
        Ok(Scope {
            shard: self.shard,
            limit,
        })
    }
}

fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(index, of)| {
        let (index, of) = (index.trim().parse().ok()?, of.trim().parse().ok()?);
        (1 <= index && index <= of && of <= MOST_SHARDS).then_some(Shard { index, of })
    });
    parts.ok_or_else(|| "not a part such as 2/8, from 1/8 to 8/8".to_owned())
}

fn revision(text: &str) -> Result<String, String> {
    let wrong = text.is_empty() || text.starts_with('-') || text.chars().any(char::is_control);
    if wrong {
        return Err("not a git revision such as main or HEAD~3".to_owned());
    }
    Ok(text.to_owned())
}

fn changed(revision: &str, articles: &mut Vec<Article>) -> Result<Limit> {
    let changes = Changes::since(revision);
    let mut selected = BTreeMap::new();
    for article in articles.iter() {
        let selection = changes.of(article)?;
        if selection != Selection::default() {
            selected.insert(article.input.clone(), selection);
        }
    }
    articles.retain(|article| selected.contains_key(&article.input));
    Ok(Limit {
        what: format!("changed since {revision}"),
        articles: selected,
    })
}

fn named(wanted: &[String], articles: &[Article]) -> Result<Limit> {
    let [article] = articles else {
        bail!(
            "--reference means one of an article's references, and {} articles were read; give one \
             input",
            articles.len()
        );
    };
    let mut selection = Selection::default();
    let mut known: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for block in article.references.blocks() {
        known.extend(block.iter().map(|it| (it.number, it.names.clone())));
    }
    for wanted in wanted {
        let numbers = numbers(wanted, &known).map_err(|why| anyhow!("{} {why}", article.input))?;
        selection.numbers.extend(numbers);
    }
    for block in article.references.blocks() {
        let selected = block
            .iter()
            .filter(|it| selection.numbers.contains(&it.number));
        let lines = selected.map(|reference| {
            let span = reference.span;
            let text = span.text(&article.text).unwrap_or_default();
            (span.line, span.line + text.matches('\n').count())
        });
        selection.lines.extend(lines);
    }
    let word = if selection.numbers.len() == 1 {
        "reference"
    } else {
        "references"
    };
    Ok(Limit {
        what: format!("{word} {}", wanted.join(", ")),
        articles: BTreeMap::from([(article.input.clone(), selection)]),
    })
}

/// The references that are meant by a number, a range, a list of those, or a name; `known` holds the
/// names of all. Fails with what the article has not.
fn numbers(wanted: &str, known: &BTreeMap<u32, Vec<String>>) -> Result<BTreeSet<u32>, String> {
    let named = known
        .iter()
        .filter(|(_, names)| names.iter().any(|name| name == wanted));
    let named: BTreeSet<u32> = named.map(|(number, _)| *number).collect();
    if !named.is_empty() {
        return Ok(named);
    }
    let pieces = wanted.split(',').map(|piece| range(piece.trim()));
    let Some(ranges) = pieces.collect::<Option<Vec<_>>>() else {
        let names = known.values().flatten().map(String::as_str);
        let hint = match nearest(wanted, names) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "give a number, or a name as in <ref name=\"…\">".to_owned(),
        };
        return Err(format!("has no reference `{wanted}`; {hint}"));
    };
    let mut found = BTreeSet::new();
    for (first, last) in ranges {
        if let Some(unknown) = [first, last].iter().find(|end| !known.contains_key(end)) {
            return Err(format!(
                "has no reference {unknown}; it has {}, and `citecheck extract` lists them",
                known.len()
            ));
        }
        found.extend(known.range(first..=last).map(|(number, _)| *number));
    }
    Ok(found)
}

/// `12` or `12-14`.
fn range(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some((first, last))
}
