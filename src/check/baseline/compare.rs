//! A report against a baseline.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use super::file::{Baseline, Known};
use super::identity::{Identity, Subjects, rooted, subjects};
use crate::check::counts::counts;
use crate::check::settled::Settled;
use crate::model::{CheckedArticle, Counts, Report};
use crate::rules;

/// Where a run was made, as far as its report does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ground {
    /// The folder of the baseline, from which it names articles, as a whole path; empty where
    /// articles are named as the inputs were.
    pub root: String,
    /// The folder in which the run was made, from which its inputs are named, as a whole path.
    pub here: String,
    /// Articles that the run would have read, were they still there, by their names in the baseline.
    pub gone: BTreeSet<String>,
}

impl Ground {
    fn name(&self, input: &str) -> String {
        rooted(input, &self.root, &self.here)
    }
}

/// What a comparison came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Findings that were held back.
    pub known: usize,
    /// What the baseline holds and the run did not find though it looked: how often, by identity.
    pub stale: BTreeMap<Identity, usize>,
}

/// Takes the findings that a baseline knows out of a report and counts them.
///
/// Of what is found more often than the baseline knows, the last by place are new. Findings about
/// the run itself stay. What the baseline holds and the run did not find, though it looked, becomes
/// one finding, `stale-baseline`, about the baseline `name`.
pub fn hold_back(
    report: &mut Report,
    baseline: &Baseline,
    name: &str,
    ground: &Ground,
) -> Compared {
    let mut left: BTreeMap<&Identity, usize> = (baseline.iter())
        .map(|(identity, known)| (identity, known.count.get()))
        .collect();
    let mut known = 0;
    for article in &mut report.articles {
        let subjects = Subjects::of(article, ground.name(&article.input));
        article.findings.retain(|finding| {
            let left = left.get_mut(&subjects.identity(finding));
            let Some(left) = left.filter(|left| 0 < **left) else {
                return true;
            };
            *left -= 1;
            known += 1;
            false
        });
    }
    let looked = Looked::of(report, ground);
    let stale: BTreeMap<Identity, usize> = left
        .into_iter()
        .filter(|(identity, left)| 0 < *left && looked.at(identity))
        .map(|(identity, left)| (identity.clone(), left))
        .collect();
    let described: Vec<String> = stale.keys().map(describe).collect();
    report
        .findings
        .extend(rules::stale_baseline(name, &described));
    report.counts = Counts {
        ignored: report.counts.ignored,
        baselined: report.counts.baselined.saturating_add(known),
        ..counts(&report.articles, &report.todo, &report.findings)
    };
    Compared { known, stale }
}

fn describe(identity: &Identity) -> String {
    let Identity {
        article,
        about,
        rule,
    } = identity;
    format!("{rule} in {article}: {about}")
}

/// A baseline that a run brought up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The new one.
    pub baseline: Baseline,
    /// Findings that it did not hold before.
    pub added: usize,
    /// Findings that it holds no more.
    pub removed: usize,
}

/// The baseline that knows all that a report finds.
///
/// What the run did not look at stays as it was: other articles, links that were not asked or whose
/// answer settled nothing, all that a run finds less of that was interrupted, in trouble or limited
/// to a part. Messages and reasons stay as they were written.
#[must_use]
pub fn update(baseline: &Baseline, report: &Report, ground: &Ground) -> Update {
    let mut found: BTreeMap<Identity, (usize, String)> = BTreeMap::new();
    for article in &report.articles {
        let subjects = Subjects::of(article, ground.name(&article.input));
        for finding in &article.findings {
            let found = found.entry(subjects.identity(finding));
            let (count, _) = found.or_insert_with(|| (0, finding.message.clone()));
            *count += 1;
        }
    }
    let looked = Looked::of(report, ground);
    let mut known = BTreeMap::new();
    for (identity, before) in baseline.iter() {
        let now = found.remove(identity).map_or(0, |(count, _)| count);
        let kept = if looked.at(identity) {
            now
        } else {
            now.max(before.count.get())
        };
        if let Some(count) = NonZeroUsize::new(kept) {
            let before = before.clone();
            known.insert(identity.clone(), Known { count, ..before });
        }
    }
    let new = found
        .into_iter()
        .filter_map(|(identity, (count, message))| {
            let count = NonZeroUsize::new(count)?;
            let known = Known {
                count,
                message,
                reason: None,
            };
            Some((identity, known))
        });
    known.extend(new);
    let updated = Baseline { known };
    let more = |one: &Baseline, other: &Baseline| {
        let counted = one.iter().map(|(identity, known)| {
            let other = other.known.get(identity).map_or(0, |it| it.count.get());
            known.count.get().saturating_sub(other)
        });
        counted.fold(0, usize::saturating_add)
    };
    Update {
        added: more(&updated, baseline),
        removed: more(baseline, &updated),
        baseline: updated,
    }
}

/// What a run looked at, so that its silence means something.
struct Looked<'g> {
    gone: &'g BTreeSet<String>,
    /// Whether it looked at anything as a whole.
    whole: bool,
    settled: Settled,
    /// By article, then by what works are called: the rules' needs that are not settled there.
    unsettled: BTreeMap<String, BTreeMap<String, Unsettled>>,
}

/// What is not known of the works that are called alike.
#[derive(Debug, Clone, Copy, Default)]
struct Unsettled {
    link: bool,
    page: bool,
}

impl<'g> Looked<'g> {
    fn of(report: &Report, ground: &'g Ground) -> Self {
        let run = &report.run;
        // What a baseline held back before is not there to be found.
        let whole = report.counts.baselined == 0
            && !run.partial
            && run.trouble.is_none()
            && run.shard.is_none()
            && run.limited_to.is_none();
        let articles = report.articles.iter().filter(|_| whole);
        Self {
            whole,
            settled: Settled::by(run),
            unsettled: articles
                .map(|article| (ground.name(&article.input), unsettled(article)))
                .collect(),
            gone: &ground.gone,
        }
    }

    fn at(&self, identity: &Identity) -> bool {
        let Some(article) = self.unsettled.get(&identity.article) else {
            return self.whole && self.gone.contains(&identity.article);
        };
        let unsettled = article.get(&identity.about).copied().unwrap_or_default();
        // A rule that is gone finds nothing any more.
        let rule = rules::by_name(&identity.rule);
        self.whole
            && rule.is_none_or(|rule| {
                self.settled.ran(rule)
                    && !(unsettled.link && Settled::needs_link(rule))
                    && !(unsettled.page && Settled::needs_page(rule))
            })
    }
}

fn unsettled(article: &CheckedArticle) -> BTreeMap<String, Unsettled> {
    let mut unsettled: BTreeMap<String, Unsettled> = BTreeMap::new();
    for block in article.references.blocks() {
        for reference in &*block {
            let works = subjects(reference).into_iter().zip(reference.works());
            for ((_, about), work) in works {
                let link = !Settled::link(work);
                let page = !Settled::page(work);
                if link || page {
                    let entry = unsettled.entry(about).or_default();
                    entry.link |= link;
                    entry.page |= page;
                }
            }
        }
    }
    unsettled
}
