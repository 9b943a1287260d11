//! Reports of several runs → one.

use std::collections::{BTreeMap, BTreeSet};

use super::counts::counts;
use crate::model::{CheckedArticle, CheckedReference, Counts, Report, Run, Shard, TodoItem};

/// Reports that do not go together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// There are none.
    #[error("no report to put together")]
    None,
    /// Some are parts of an audit, others whole.
    #[error("{whole} is the report of a whole run, and {part} that of shard {index} of {of}")]
    Mixed {
        /// Name of the whole one.
        whole: String,
        /// Name of the part.
        part: String,
        /// Which part.
        index: u32,
        /// Of how many.
        of: u32,
    },
    /// Parts of audits that were parted differently.
    #[error("{one} is one of {of} shards, and {other} one of {of_other}")]
    Parted {
        /// A name.
        one: String,
        /// How many parts there.
        of: u32,
        /// Another name.
        other: String,
        /// How many parts there.
        of_other: u32,
    },
    /// The same part twice, or the same article in two whole reports.
    #[error("{one} and {other} both hold {what}")]
    Twice {
        /// A name.
        one: String,
        /// Another name.
        other: String,
        /// What they hold.
        what: String,
    },
}

/// Puts reports together: those of the shards of one audit into the one that a single run would have
/// made, those of other runs one behind the other.
///
/// Each report comes with its name for messages. Where shards are missing the result is partial and
/// says which there are.
///
/// # Errors
///
/// When they do not go together, or there is none.
pub fn merge(reports: Vec<(String, Report)>) -> Result<Report, MergeError> {
    let shards = shards(&reports)?;
    let mut named: Vec<(String, Report)> = reports;
    named.sort_by_key(|(_, report)| report.run.shard);
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut rest = named.into_iter();
    let (first_name, mut merged) = rest.next().ok_or(MergeError::None)?;
    own(&mut owners, &first_name, &merged);
    for (name, report) in rest {
        let twice = (report.articles.iter()).find_map(|it| owners.get_key_value(&it.input));
        if let Some((input, owner)) = twice.filter(|_| shards.is_none()) {
            return Err(MergeError::Twice {
                one: owner.clone(),
                other: name,
                what: input.clone(),
            });
        }
        own(&mut owners, &name, &report);
        add(&mut merged, report);
    }
    if let Some((of, present)) = shards {
        merged.run.shard = None;
        let missing = (1..=of).any(|index| !present.contains(&index));
        if missing {
            let present: Vec<String> = present.iter().map(ToString::to_string).collect();
            let have = format!("shards {} of {of}", present.join(", "));
            merged.run.partial = true;
            merged.run.limited_to = Some(match merged.run.limited_to.take() {
                Some(limit) => format!("{limit}, {have}"),
                None => have,
            });
        }
    }
    finish(&mut merged);
    Ok(merged)
}

fn own(owners: &mut BTreeMap<String, String>, name: &str, report: &Report) {
    let inputs = report.articles.iter().map(|it| it.input.clone());
    owners.extend(inputs.map(|input| (input, name.to_owned())));
}

/// Into how many parts the reports are parted, and which are there; `None` if they are whole.
fn shards(reports: &[(String, Report)]) -> Result<Option<(u32, BTreeSet<u32>)>, MergeError> {
    let parts = || {
        let shards = reports
            .iter()
            .map(|(name, report)| (name, report.run.shard));
        shards.filter_map(|(name, shard)| Some((name, shard?)))
    };
    let Some((first, Shard { index, of })) = parts().next() else {
        return Ok(None);
    };
    // One part by itself stays what it is.
    if reports.len() == 1 {
        return Ok(None);
    }
    if let Some((whole, _)) = reports.iter().find(|(_, it)| it.run.shard.is_none()) {
        return Err(MergeError::Mixed {
            whole: whole.clone(),
            part: first.clone(),
            index,
            of,
        });
    }
    let mut present: BTreeMap<u32, &String> = BTreeMap::new();
    for (name, shard) in parts() {
        if shard.of != of {
            return Err(MergeError::Parted {
                one: first.clone(),
                of,
                other: name.clone(),
                of_other: shard.of,
            });
        }
        if let Some(before) = present.insert(shard.index, name) {
            return Err(MergeError::Twice {
                one: before.clone(),
                other: name.clone(),
                what: format!("shard {} of {of}", shard.index),
            });
        }
    }
    Ok(Some((of, present.into_keys().collect())))
}

fn add(merged: &mut Report, report: Report) {
    merged.run = both(&merged.run, &report.run);
    let (counts, more) = (&mut merged.counts, &report.counts);
    // A file says what it likes.
    counts.ignored = counts.ignored.saturating_add(more.ignored);
    counts.baselined = counts.baselined.saturating_add(more.baselined);
    counts.unknown_language = counts
        .unknown_language
        .saturating_add(more.unknown_language);
    merged.todo.extend(report.todo);
    for finding in report.findings {
        if !merged.findings.contains(&finding) {
            merged.findings.push(finding);
        }
    }
    let places: BTreeMap<String, usize> = (merged.articles.iter().enumerate())
        .map(|(at, article)| (article.input.clone(), at))
        .collect();
    for article in report.articles {
        let known = places.get(&article.input).copied();
        match known.and_then(|at| merged.articles.get_mut(at)) {
            Some(same) => join(same, article),
            None => merged.articles.push(article),
        }
    }
}

/// The conditions of two runs as those of one.
fn both(one: &Run, other: &Run) -> Run {
    let shared = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) if one != other => Some(format!("{one}, {other}")),
        (one, other) => one.clone().or_else(|| other.clone()),
    };
    Run {
        started: one.started.min(other.started),
        finished: one.finished.max(other.finished),
        network: one.network,
        language: one
            .language
            .clone()
            .filter(|_| one.language == other.language),
        partial: one.partial || other.partial,
        pages: one.pages && other.pages,
        trouble: shared(&one.trouble, &other.trouble),
        shard: one.shard,
        limited_to: shared(&one.limited_to, &other.limited_to),
        all_todo: one.all_todo && other.all_todo,
    }
}

/// What two shards say of an article.
fn join(article: &mut CheckedArticle, other: CheckedArticle) {
    let mine = std::mem::take(&mut article.references);
    let mut by_number: BTreeMap<u32, CheckedReference> = (mine.into_iter())
        .map(|reference| (reference.number, reference))
        .collect();
    for reference in other.references {
        match by_number.get_mut(&reference.number) {
            None => {
                by_number.insert(reference.number, reference);
            }
            Some(same) => join_works(same, reference),
        }
    }
    article.references = by_number.into_values().collect();
    article.findings.extend(other.findings);
    article.problems.extend(other.problems);
}

/// Of each work the shard of its host knows more than its number.
fn join_works(reference: &mut CheckedReference, other: CheckedReference) {
    reference.link = reference.link.take().or(other.link);
    reference.page = reference.page.take().or(other.page);
    reference.language = reference.language.take().or(other.language);
    for (source, other) in reference.further.iter_mut().zip(other.further) {
        source.link = source.link.take().or(other.link);
        source.page = source.page.take().or(other.page);
        source.language = source.language.take().or(other.language);
    }
}

/// Puts all in the order of a single run, and counts.
fn finish(report: &mut Report) {
    for article in &mut report.articles {
        (article.findings).sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        article.problems.sort();
        article.problems.dedup();
    }
    let places = todo_places(report);
    report.todo.sort_by_cached_key(|item| {
        let work = (item.article.clone(), item.reference, item.url.clone());
        places.get(&work).copied().unwrap_or((usize::MAX, 0, 0))
    });
    report.counts = Counts {
        ignored: report.counts.ignored,
        baselined: report.counts.baselined,
        unknown_language: report.counts.unknown_language,
        ..counts(&report.articles, &report.todo, &report.findings)
    };
}

type TodoPlace = (usize, u32, usize);

/// Where the works of the to-do list stand: article, reference, work.
fn todo_places(report: &Report) -> BTreeMap<(String, u32, Option<String>), TodoPlace> {
    let wanted: BTreeSet<(&str, u32)> = (report.todo.iter())
        .map(|item: &TodoItem| (item.article.as_str(), item.reference))
        .collect();
    let mut places = BTreeMap::new();
    for (at, article) in report.articles.iter().enumerate() {
        for block in article.references.blocks() {
            for reference in &*block {
                let number = reference.number;
                if !wanted.contains(&(article.input.as_str(), number)) {
                    continue;
                }
                for (nth, work) in reference.works().enumerate() {
                    let key = (article.input.clone(), number, work.citation.url.clone());
                    places.entry(key).or_insert((at, number, nth));
                }
            }
        }
    }
    places
}
