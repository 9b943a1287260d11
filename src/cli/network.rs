//! Where answers come from in a run: the network, a recording, or nowhere.

use std::sync::Arc;

use anyhow::Result;
use citecheck::check::{CopyOptions, Facts, Gathered, Progress, SaveReport, find_copies, gather};
use citecheck::config::Settings;
use citecheck::fetch::{
    Ask, FetchOptions, Fetcher, LiveTransport, Recorder, RecordingTransport, ReplayTransport,
    Transport,
};
use citecheck::model::{self, Article, FetchOutcome, FetchResult, SkipReason};
use jiff::Timestamp;
use tokio::sync::watch;
use url::Url;

use super::args::InputArgs;
use super::proxy;

/// The source of answers: for links, and for articles that are named by address. These are read
/// whole even where the pages behind links are not.
#[derive(Debug)]
pub(super) enum Network {
    /// Nowhere.
    Offline,
    /// A recording.
    Replay(Pair<ReplayTransport>),
    /// The servers.
    Live(Pair<LiveTransport>),
    /// The servers, written down.
    Recorded(Pair<RecordingTransport<LiveTransport>>, Recorder),
}

/// A fetcher for links, and one for articles.
#[derive(Debug)]
pub(super) struct Pair<T> {
    links: Arc<Fetcher<T>>,
    articles: Arc<Fetcher<T>>,
}

impl<T: Transport> Pair<T> {
    fn new(options: FetchOptions, open: impl Fn(&FetchOptions) -> Result<T>) -> Result<Self> {
        let whole = FetchOptions {
            keep_bodies: true,
            ..options.clone()
        };
        let differ = !options.keep_bodies;
        let links = Arc::new(Fetcher::new(open(&options)?, options));
        let articles = if differ {
            Arc::new(Fetcher::new(open(&whole)?, whole))
        } else {
            Arc::clone(&links)
        };
        Ok(Self { links, articles })
    }
}

impl Network {
    /// Opens what the flags name. `clock` is the instant for a new recording.
    pub(super) fn open(
        args: &InputArgs,
        settings: &Settings,
        quiet: bool,
        clock: Timestamp,
    ) -> Result<Self> {
        if args.offline {
            return Ok(Self::Offline);
        }
        if let Some(path) = &args.replay {
            let options = proxy::without_environment(settings)?;
            let open = |_: &FetchOptions| Ok(ReplayTransport::open(path)?);
            return Ok(Self::Replay(Pair::new(options, open)?));
        }
        let options = proxy::options(settings)?;
        if !quiet {
            proxy::tell(&options);
        }
        let Some(path) = &args.record else {
            let open = |options: &FetchOptions| Ok(LiveTransport::new(options)?);
            return Ok(Self::Live(Pair::new(options, open)?));
        };
        let recorder = Recorder::create(path, clock)?;
        let open = |options: &FetchOptions| {
            let live = LiveTransport::new(options)?;
            Ok(RecordingTransport::new(live, recorder.clone()))
        };
        Ok(Self::Recorded(Pair::new(options, open)?, recorder))
    }

    /// The kind for the report.
    pub(super) const fn kind(&self) -> model::Network {
        match self {
            Self::Offline => model::Network::Offline,
            Self::Replay(_) => model::Network::Replay,
            Self::Live(_) | Self::Recorded(..) => model::Network::Live,
        }
    }

    /// The latest date of the recording that is replayed.
    pub(super) fn recorded_at(&self) -> Option<Timestamp> {
        match self {
            Self::Replay(pair) => pair.links.transport().latest_date(),
            Self::Offline | Self::Live(_) | Self::Recorded(..) => None,
        }
    }

    /// Asks for one URL.
    pub(super) async fn fetch(&self, url: &Url) -> FetchOutcome {
        match self {
            Self::Offline => FetchOutcome {
                requested: url.clone(),
                hops: Vec::new(),
                landed: url.clone(),
                fetched_at: Timestamp::UNIX_EPOCH,
                attempts: 0,
                result: FetchResult::Skipped(SkipReason::Offline),
            },
            Self::Replay(pair) => pair.articles.fetch(url).await,
            Self::Live(pair) => pair.articles.fetch(url).await,
            Self::Recorded(pair, _) => pair.articles.fetch(url).await,
        }
    }

    /// Asks for many URLs until `stop` says so.
    pub(super) async fn gather(
        &self,
        asks: &[Ask],
        stop: watch::Receiver<bool>,
        on_progress: impl FnMut(&Progress<'_>),
    ) -> Gathered {
        match self {
            Self::Offline => Gathered::default(),
            Self::Replay(pair) => gather(&pair.links, asks, stop, on_progress).await,
            Self::Live(pair) => gather(&pair.links, asks, stop, on_progress).await,
            Self::Recorded(pair, _) => gather(&pair.links, asks, stop, on_progress).await,
        }
    }

    /// Looks for archived copies of what the articles cite, and puts them into the facts.
    pub(super) async fn find_copies(
        &self,
        articles: &[Article],
        facts: &mut Facts,
        options: &CopyOptions,
        stop: watch::Receiver<bool>,
    ) -> Vec<SaveReport> {
        match self {
            Self::Offline => Vec::new(),
            Self::Replay(pair) => find_copies(&pair.links, articles, facts, options, stop).await,
            Self::Live(pair) => find_copies(&pair.links, articles, facts, options, stop).await,
            Self::Recorded(pair, _) => {
                find_copies(&pair.links, articles, facts, options, stop).await
            }
        }
    }

    /// Whether the network itself is away.
    pub(super) async fn is_down(&self) -> bool {
        match self {
            Self::Offline => false,
            Self::Replay(pair) => pair.articles.network_is_down().await,
            Self::Live(pair) => pair.articles.network_is_down().await,
            Self::Recorded(pair, _) => pair.articles.network_is_down().await,
        }
    }

    /// Puts the recording, if one was made, in its place.
    pub(super) fn finish(&self) -> Result<()> {
        if let Self::Recorded(_, recorder) = self {
            recorder.finish()?;
        }
        Ok(())
    }
}
