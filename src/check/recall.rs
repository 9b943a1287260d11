//! Between a history and a run: what need not be asked again, and what is to be remembered.

use std::collections::hash_map::Entry as Place;
use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::facts::{Facts, read_url};
use super::{other_form, probe, trouble};
use crate::fetch::{Ask, Validators};
use crate::history::{
    Confirm, Entry, HistoryError, Known, Lost, Observation, Store, Writer, summarise,
};
use crate::model::{Article, Citation, FetchResult, LinkFacts, LinkHistory, Parcel, SkipReason};
use crate::rules::judge;

/// How a run uses its history.
#[derive(Debug, Clone)]
pub struct RecallOptions {
    /// The instant of the run, by which facts are old or new.
    pub now: Timestamp,
    /// Facts younger than this are used without asking; zero always asks.
    pub max_age: SignedDuration,
    /// Whether pages that are too old for that are asked whether they have changed. If not,
    /// nothing of the history spares a request: a recording is to hold every answer whole.
    pub spare: bool,
    /// What makes the facts: version, and whatever else decides what is read from a page. Facts
    /// that another one made are not used again.
    pub reader: String,
    /// When failures confirm that a link is dead.
    pub confirm: Confirm,
}

/// What a history spares a run.
#[derive(Debug, Default)]
pub struct Recalled {
    /// Facts that are young enough, by URL.
    pub reused: Facts,
    /// Facts that are too old for that, of pages that are asked whether they have changed: what an
    /// answer of 304 stands for.
    pub validated: Facts,
    /// What is left to ask, with what unchanged pages are known by: first what was never seen, in
    /// the order given, then what was seen longest ago, so that runs that end early get on.
    pub asks: Vec<Ask>,
}

/// Parts the URLs into those whose facts are young enough and those to ask.
///
/// # Errors
///
/// The history cannot be read.
pub fn recall(
    store: &Store,
    urls: &[Url],
    options: &RecallOptions,
) -> Result<Recalled, HistoryError> {
    let mut recalled = Recalled::default();
    let mut asks: Vec<(Option<Timestamp>, Ask)> = Vec::new();
    for url in urls {
        let known = store.known(url)?;
        let seen = known.as_ref().map(|known| known.at);
        let known = known.filter(|known| options.spare && known.reader == options.reader);
        let Some(known) = known else {
            asks.push((seen, Ask::from(url.clone())));
            continue;
        };
        if is_young(&known, options)
            && let Some(facts) = store.facts(url)?
            && is_complete(&facts)
        {
            recalled.reused.insert(url.clone(), facts);
            continue;
        }
        let at = known.at;
        let validators = validators(known);
        // Without the facts an answer that nothing has changed would tell nothing.
        let facts = match validators {
            Some(_) => store.facts(url)?,
            None => None,
        };
        // Another run may have written others this very moment.
        let facts = facts.filter(|facts| facts.outcome.fetched_at == at);
        let ask = Ask {
            url: url.clone(),
            validators: validators.filter(|_| facts.is_some()),
        };
        asks.push((seen, ask));
        recalled
            .validated
            .extend(facts.map(|facts| (url.clone(), facts)));
    }
    asks.sort_by_key(|(seen, _)| *seen);
    recalled.asks = asks.into_iter().map(|(_, ask)| ask).collect();
    Ok(recalled)
}

/// How far the clocks of two runs may differ, and a run's instant be cut to whole seconds.
const SKEW: SignedDuration = SignedDuration::from_mins(1);

/// Facts from the future, of a clock that was wrong, are not young.
fn is_young(known: &Known, options: &RecallOptions) -> bool {
    let age = options.now.duration_since(known.at);
    options.max_age.is_positive() && -SKEW <= age && age < options.max_age
}

/// Whether nothing is left that would have been asked of the host to judge the page: a run may
/// have ended before that.
fn is_complete(facts: &LinkFacts) -> bool {
    probe::sibling_to_ask(facts).is_none() && other_form::form_to_ask(facts).is_none()
}

fn validators(known: Known) -> Option<Validators> {
    let named = known.etag.is_some() || known.last_modified.is_some();
    named.then_some(Validators {
        etag: known.etag,
        last_modified: known.last_modified,
    })
}

/// Remembers what a run sees, as it sees it.
#[derive(Debug)]
pub struct Memory {
    writer: Writer,
    reader: String,
    /// The instants of the facts whose validators pages are asked by.
    validated: HashMap<Url, Timestamp>,
    /// The first citation of each URL, without its fields as written.
    citations: HashMap<Url, Parcel<Citation>>,
    /// Failures since the last sign of life of any host. They are the same when the network itself
    /// is away, and facts about links only once some host answers.
    held: Vec<Entry>,
}

impl Memory {
    /// A memory of a run over the articles. A link is remembered as its first citation has it
    /// judged.
    #[must_use]
    pub fn new(store: Store, articles: &[Article], reader: &str) -> Self {
        let mut citations = HashMap::new();
        for block in articles
            .iter()
            .flat_map(|article| article.references.blocks())
        {
            let references = block.into_owned().into_iter();
            let sources = references.flat_map(|reference| reference.sources);
            for citation in sources.map(|source| source.citation) {
                let url = citation.url.as_deref().and_then(|url| read_url(url).ok());
                if let Some(Place::Vacant(place)) = url.map(|url| citations.entry(url))
                    && let Some(parcel) = Parcel::of(&Citation {
                        raw: BTreeMap::new(),
                        fields: BTreeMap::new(),
                        ..citation
                    })
                {
                    place.insert(parcel);
                }
            }
        }
        Self {
            writer: Writer::start(store),
            reader: reader.to_owned(),
            validated: HashMap::new(),
            citations,
            held: Vec::new(),
        }
    }

    /// Tells by which facts pages are asked whether they have changed; of a page that is not among
    /// them an answer of 304 is not remembered.
    #[must_use]
    pub fn validating(mut self, validated: &Facts) -> Self {
        let instants = validated.iter();
        let instants = instants.map(|(url, facts)| (url.clone(), facts.outcome.fetched_at));
        self.validated.extend(instants);
        self
    }

    /// A URL is done.
    pub fn finished(&mut self, facts: &LinkFacts) {
        let Some(entry) = self.entry(facts) else {
            return;
        };
        self.held.push(entry);
        if !is_silence(facts) {
            self.release();
        }
    }

    /// More is known of a URL that is done.
    pub fn completed(&mut self, facts: &LinkFacts) {
        if let Some(Entry::Seen {
            url,
            observation,
            facts,
        }) = self.entry(facts)
        {
            self.writer.write(Entry::Amended {
                url,
                observation,
                facts,
            });
        }
    }

    /// Waits until all is written. What the run found to be the network's doing rather than the
    /// links' own is taken back; failures since the last sign of life are written down only after
    /// a run that was not `stopped`, for then the network is known to be well. Gives what could
    /// not be written.
    #[must_use]
    pub fn close(mut self, gathered: &Facts, stopped: bool) -> Option<Lost> {
        if !stopped {
            self.release();
        }
        let no_network = FetchResult::Skipped(SkipReason::NoNetwork);
        let forgotten = gathered
            .iter()
            .filter(|(_, facts)| facts.outcome.result == no_network);
        for (url, facts) in forgotten {
            self.writer.write(Entry::Retracted {
                url: url.clone(),
                at: facts.outcome.fetched_at,
            });
        }
        self.writer.finish()
    }

    fn release(&mut self) {
        for entry in self.held.drain(..) {
            self.writer.write(entry);
        }
    }

    fn entry(&self, facts: &LinkFacts) -> Option<Entry> {
        let url = facts.outcome.requested.clone();
        if is_unchanged(facts) {
            let at = facts.outcome.fetched_at;
            let since = self.validated.get(&url).copied()?;
            return Some(Entry::Unchanged { url, at, since });
        }
        let citation = self.citations.get(&url).and_then(Parcel::open);
        let citation = citation.unwrap_or_default();
        let observation = Observation::of(facts, judge(facts, &citation).link)?;
        Some(Entry::Seen {
            url,
            observation,
            facts: Some(Box::new((self.reader.clone(), facts.clone()))),
        })
    }
}

/// Puts what is known of unchanged pages in the place of their answers of 304, adds the reused
/// facts, and gives every URL its history as of when it was seen.
///
/// # Errors
///
/// The history cannot be read.
pub fn complete(
    store: &Store,
    gathered: &mut Facts,
    reused: Facts,
    mut validated: Facts,
    options: &RecallOptions,
) -> Result<(), HistoryError> {
    gathered.extend(reused);
    for facts in gathered.values_mut() {
        if is_unchanged(facts)
            && let Some(mut known) = validated.remove(&facts.outcome.requested)
        {
            known.outcome.fetched_at = facts.outcome.fetched_at;
            known.outcome.attempts = facts.outcome.attempts;
            *facts = known;
        }
    }
    for (url, facts) in gathered.iter_mut() {
        facts.history = history(store, url, facts, options.confirm)?.map(Box::new);
    }
    Ok(())
}

/// The history up to the facts, which themselves may not have been written.
fn history(
    store: &Store,
    url: &Url,
    facts: &LinkFacts,
    confirm: Confirm,
) -> Result<Option<LinkHistory>, HistoryError> {
    let mut seen = store.observations(url)?;
    if let Some(now) = Observation::of(facts, judge(facts, &Citation::default()).link) {
        seen.retain(|seen| seen.at <= now.at);
        if seen.last().is_none_or(|last| last.at < now.at) {
            seen.push(now);
        }
    }
    Ok(summarise(&seen, confirm))
}

/// Whether a page that was asked by its validators answered that it has not changed.
fn is_unchanged(facts: &LinkFacts) -> bool {
    match &facts.outcome.result {
        FetchResult::Response(response) => response.status == 304 && facts.outcome.hops.is_empty(),
        FetchResult::Failed(_) | FetchResult::Skipped(_) => false,
    }
}

/// Whether it may as well be the network that is away.
fn is_silence(facts: &LinkFacts) -> bool {
    match &facts.outcome.result {
        FetchResult::Failed(failure) => trouble::is_silence(failure.kind),
        FetchResult::Response(_) | FetchResult::Skipped(_) => false,
    }
}
