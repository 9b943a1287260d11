//! A run with a history: what it spares, what is added to it.

use anyhow::Result;
use citecheck::check::{Memory, Progress, RecallOptions, complete, recall, tool};
use citecheck::config::Settings;
use citecheck::history::{HistoryError, Store};
use citecheck::model::Article;
use jiff::Timestamp;
use tracing::info;
use url::Url;

use super::args::CheckArgs;
use super::gather::{Gathering, Patience, gather};
use super::network::Network;
use super::settings::history_file;
use super::voice::say;

/// A history that is open for a run.
#[derive(Debug)]
pub(super) struct Remembered {
    reading: Store,
    writing: Store,
    options: RecallOptions,
}

impl Remembered {
    /// Opens the history of a run; `None` when it does without.
    ///
    /// A replay takes part in a history only when it is named: what a recording tells was
    /// remembered when it was made. Where no file can be written the run goes on and says so.
    pub(super) fn open(
        args: &CheckArgs,
        settings: &Settings,
        network: &Network,
        now: Timestamp,
        urls: &[Url],
    ) -> Result<Option<Self>> {
        let named = args.history.history.as_deref();
        let takes_part = match network {
            Network::Offline => false,
            Network::Replay(_) => named.is_some(),
            Network::Live(_) | Network::Recorded(..) => true,
        };
        if !settings.history.enabled || !takes_part || urls.is_empty() {
            return Ok(None);
        }
        let path = history_file(named, settings, args.read.config.as_deref())?;
        let opened = Store::open(&path).and_then(|reading| Ok((reading, Store::open(&path)?)));
        let (reading, writing) = match opened {
            Ok(both) => both,
            Err(error) if error.is_passing() => {
                without(&error);
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        };
        let options = RecallOptions {
            now,
            max_age: settings.history.max_age,
            spare: matches!(network, Network::Live(_)),
            reader: reader(settings),
            confirm: settings.history.confirm,
        };
        Ok(Some(Self {
            reading,
            writing,
            options,
        }))
    }

    /// Asks what the history does not spare, remembers what comes, and gives all facts with their
    /// histories.
    pub(super) async fn gather(
        self,
        network: &Network,
        urls: &[Url],
        articles: &[Article],
        patience: Patience,
    ) -> Result<Gathering> {
        let recalled = recall(&self.reading, urls, &self.options)?;
        info!(
            "{} of {} links are known well enough by the history",
            recalled.reused.len(),
            urls.len()
        );
        let mut memory = Memory::new(self.writing, articles, &self.options.reader)
            .validating(&recalled.validated);
        let remember = |progress: &Progress<'_>| match progress {
            Progress::Started(_) => {}
            Progress::Finished(facts) => memory.finished(facts),
            Progress::Completed(facts) => memory.completed(facts),
        };
        let mut gathered = gather(network, &recalled.asks, patience, remember).await;
        let stopped = gathered.stopped.is_some();
        if let Some(lost) = memory.close(&gathered.facts, stopped) {
            say(&format!(
                "warning: {} of {} answers are not remembered: {}",
                lost.entries,
                recalled.asks.len(),
                lost.error
            ));
        }
        let completed = complete(
            &self.reading,
            &mut gathered.facts,
            recalled.reused,
            recalled.validated,
            &self.options,
        );
        if let Err(error) = completed {
            without(&error);
        }
        Ok(gathered)
    }
}

/// What decides what is read from a page: what another version read, or one that reads no pages,
/// is not used again.
fn reader(settings: &Settings) -> String {
    let version = tool().version;
    if settings.fetch.links_only {
        format!("{version}, links only")
    } else {
        version
    }
}

fn without(error: &HistoryError) {
    say(&format!(
        "warning: {error}; the run goes on without it, --no-history says nothing"
    ));
}
