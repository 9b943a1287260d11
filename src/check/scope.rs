//! What part of its articles a run is about.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::baseline::article_key;
use crate::links;
use crate::model::{Article, Finding, Reference, Run, Shard, Source};

/// What part of its articles a run is about: all of them by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The part of the links, by their hosts.
    pub shard: Option<Shard>,
    /// The references, where they are named.
    pub limit: Option<Limit>,
}

/// The references that a run is limited to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limit {
    /// What they are, for people: `reference 12`, `changed since main`.
    pub what: String,
    /// By input.
    pub articles: BTreeMap<String, Selection>,
}

/// What is selected of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Numbers of references.
    pub numbers: BTreeSet<u32>,
    /// First and last lines of stretches, from 1: findings about no reference count there.
    pub lines: Vec<(usize, usize)>,
}

impl Shard {
    /// Whether what goes by that name belongs to this part: each name belongs to exactly one.
    ///
    /// A name's part does not depend on other names, on the machine or on the version.
    #[must_use]
    pub fn takes(self, name: &str) -> bool {
        // FNV-1a, and the last step of MurmurHash3 so that the low bits hold all of it.
        let mut hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 33;
        hash % u64::from(self.of.max(1)) + 1 == u64::from(self.index)
    }
}

impl Scope {
    /// Whether the run is about all.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.shard.is_none() && self.limit.is_none()
    }

    /// The articles with nothing but what the run is about: whose URLs are asked.
    #[must_use]
    pub fn narrowed<'a>(&self, articles: &'a [Article]) -> Cow<'a, [Article]> {
        if self.is_whole() {
            return Cow::Borrowed(articles);
        }
        let narrowed = articles.iter().map(|article| {
            let of = Of::new(self, &article.input);
            let blocks = article.references.blocks().flat_map(Cow::into_owned);
            let references = blocks.filter_map(|mut reference| {
                let home = of.home(&reference);
                (reference.sources).retain(|source| of.takes(reference.number, home, source));
                (!reference.sources.is_empty()).then_some(reference)
            });
            Article {
                references: references.collect(),
                text: String::new(),
                ..shell(article)
            }
        });
        Cow::Owned(narrowed.collect())
    }

    /// Writes into a report what it is about.
    pub(super) fn describe(&self, run: &mut Run) {
        run.shard = self.shard;
        run.limited_to = self.limit.as_ref().map(|limit| limit.what.clone());
    }
}

/// An article without its references and its text.
fn shell(article: &Article) -> Article {
    Article {
        input: article.input.clone(),
        format: article.format,
        text: String::new(),
        title: article.title.clone(),
        language: article.language.clone(),
        references: crate::model::Packed::new(),
        undefined: Vec::new(),
        ignores: Vec::new(),
        date_style: article.date_style,
        counts: article.counts,
        problems: Vec::new(),
    }
}

/// What is selected of an article that is not named.
static NOTHING: Selection = Selection {
    numbers: BTreeSet::new(),
    lines: Vec::new(),
};

/// The scope of one article.
#[derive(Debug, Clone)]
pub(super) struct Of<'s> {
    shard: Option<Shard>,
    /// `None` for all.
    selection: Option<&'s Selection>,
    key: String,
}

/// Whether what of a reference has no host of its own is the run's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Home(pub(super) bool);

impl<'s> Of<'s> {
    pub(super) fn new(scope: &'s Scope, input: &str) -> Self {
        let limit = scope.limit.as_ref();
        Self {
            shard: scope.shard,
            selection: limit.map(|limit| limit.articles.get(input).unwrap_or(&NOTHING)),
            key: article_key(input),
        }
    }

    /// Where a reference belongs: with the host of the first URL that it cites, else with its
    /// article.
    pub(super) fn home(&self, reference: &Reference) -> Home {
        let shard = self.shard.is_none_or(|shard| {
            let mut hosts = reference.sources.iter().filter_map(host);
            let host = hosts.next();
            shard.takes(host.as_deref().unwrap_or(&self.key))
        });
        Home(shard && self.selects(reference.number))
    }

    fn selects(&self, number: u32) -> bool {
        self.selection
            .is_none_or(|selection| selection.numbers.contains(&number))
    }

    /// Whether the run is about a work: each belongs with its host, so that a host is asked by one
    /// shard alone.
    pub(super) fn takes(&self, number: u32, home: Home, source: &Source) -> bool {
        self.takes_url(number, home, source.citation.url.as_deref())
    }

    /// As [`takes`](Self::takes), by the work's URL.
    pub(super) fn takes_url(&self, number: u32, home: Home, url: Option<&str>) -> bool {
        let host = url.and_then(links::host);
        match (self.shard, host) {
            (Some(shard), Some(host)) => self.selects(number) && shard.takes(&host),
            (None, _) | (Some(_), None) => home.0,
        }
    }

    /// Whether the run is about a finding about the article; `home` tells whether it is about a
    /// reference.
    pub(super) fn takes_finding(&self, finding: &Finding, home: impl Fn(u32) -> bool) -> bool {
        if let Some(number) = finding.reference {
            return home(number);
        }
        let selected = self.selection.is_none_or(|selection| {
            let line = finding.span.map(|span| span.line);
            line.is_some_and(|line| selection.holds(line))
        });
        selected && self.shard.is_none_or(|shard| shard.takes(&self.key))
    }

    /// Whether the run is about a place that cannot be read.
    pub(super) fn takes_line(&self, line: usize) -> bool {
        self.selection.is_none_or(|selection| selection.holds(line))
    }
}

impl Selection {
    fn holds(&self, line: usize) -> bool {
        self.lines
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&line))
    }
}

fn host(source: &Source) -> Option<String> {
    source.citation.url.as_deref().and_then(links::host)
}
