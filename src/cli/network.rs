//! Where answers come from in a run: the network, a recording, or nowhere.

use std::sync::Arc;

use anyhow::Result;
use citecheck::check::{Gathered, Progress, gather};
use citecheck::config::Settings;
use citecheck::fetch::{
    Ask, Fetcher, LiveTransport, Recorder, RecordingTransport, ReplayTransport,
};
use citecheck::model::{self, FetchOutcome, FetchResult, SkipReason};
use jiff::Timestamp;
use tokio::sync::watch;
use url::Url;

use super::args::InputArgs;
use super::proxy;

/// The source of answers.
#[derive(Debug)]
pub(super) enum Network {
    /// Nowhere.
    Offline,
    /// A recording.
    Replay(Arc<Fetcher<ReplayTransport>>),
    /// The servers.
    Live(Arc<Fetcher<LiveTransport>>),
    /// The servers, written down.
    Recorded(Arc<Fetcher<RecordingTransport<LiveTransport>>>, Recorder),
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
            let transport = ReplayTransport::open(path)?;
            return Ok(Self::Replay(Arc::new(Fetcher::new(transport, options))));
        }
        let options = proxy::options(settings)?;
        if !quiet {
            proxy::tell(&options);
        }
        let live = LiveTransport::new(&options)?;
        let Some(path) = &args.record else {
            return Ok(Self::Live(Arc::new(Fetcher::new(live, options))));
        };
        let recorder = Recorder::create(path, clock)?;
        let transport = RecordingTransport::new(live, recorder.clone());
        Ok(Self::Recorded(
            Arc::new(Fetcher::new(transport, options)),
            recorder,
        ))
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
            Self::Replay(fetcher) => fetcher.transport().latest_date(),
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
            Self::Replay(fetcher) => fetcher.fetch(url).await,
            Self::Live(fetcher) => fetcher.fetch(url).await,
            Self::Recorded(fetcher, _) => fetcher.fetch(url).await,
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
            Self::Replay(fetcher) => gather(fetcher, asks, stop, on_progress).await,
            Self::Live(fetcher) => gather(fetcher, asks, stop, on_progress).await,
            Self::Recorded(fetcher, _) => gather(fetcher, asks, stop, on_progress).await,
        }
    }

    /// Whether the network itself is away.
    pub(super) async fn is_down(&self) -> bool {
        match self {
            Self::Offline => false,
            Self::Replay(fetcher) => fetcher.network_is_down().await,
            Self::Live(fetcher) => fetcher.network_is_down().await,
            Self::Recorded(fetcher, _) => fetcher.network_is_down().await,
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
