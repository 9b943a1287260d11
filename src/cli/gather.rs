//! Asking for every cited URL, with progress, until all are answered or Ctrl-C.

use std::future::{Future, poll_fn};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use citecheck::check::{CopyOptions, Facts, Progress, SaveReport};
use citecheck::fetch::Ask;
use citecheck::model::Article;
use indicatif::ProgressBar;
use tokio::sync::watch;
use tracing::info;

use super::end::end_asked_for;
use super::network::Network;
use super::progress::Bar;
use super::voice::say;

/// What asking came to.
#[derive(Debug)]
pub(super) struct Gathering {
    /// Facts by URL.
    pub(super) facts: Facts,
    /// Why it ended before all URLs were asked.
    pub(super) stopped: Option<Stopped>,
}

/// Why asking ended before all was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stopped {
    /// Ctrl-C or SIGTERM.
    Interrupted,
    /// The time was up.
    TimeUp,
    /// The network was away; why.
    NoNetwork(String),
}

/// How much is waited for and shown while asking.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// Time that is left for the run.
    pub(super) left: Option<Duration>,
    /// Whether progress is shown.
    pub(super) shown: bool,
}

/// Asks, until the time is up, and hands on what happens as it does. The first
/// Ctrl-C stops the asking, the second ends the program.
pub(super) async fn gather(
    network: &Network,
    asks: &[Ask],
    patience: Patience,
    mut on_news: impl FnMut(&Progress<'_>),
) -> Gathering {
    let (stop, stopped) = watch::channel(false);
    let mut bar = Bar::new(asks.len(), patience.shown);
    let mut first = Box::pin(end_asked_for());
    // Polled once here, so that Ctrl-C is listened to before the first request goes out.
    poll_fn(|context| Poll::Ready(first.as_mut().poll(context).is_ready())).await;
    let time_up = Arc::new(AtomicBool::new(false));
    let clock = tokio::spawn(wait(patience.left, stop.clone(), Arc::clone(&time_up)));
    let listener = tokio::spawn(listen(first, stop, bar.bar()));
    let on_progress = |progress: &Progress<'_>| {
        match progress {
            Progress::Started(url) => {
                info!("asking {url}");
                bar.started(url);
            }
            Progress::Finished(facts) => {
                info!("done with {}", facts.outcome.requested);
                bar.finished(&facts.outcome.requested);
            }
            Progress::Completed(facts) => {
                info!("asked once more about {}", facts.outcome.requested);
            }
        }
        on_news(progress);
    };
    let gathered = network.gather(asks, stopped, on_progress).await;
    bar.end();
    listener.abort();
    clock.abort();
    let stopped = match gathered.trouble {
        Some(trouble) => Some(Stopped::NoNetwork(trouble.to_string())),
        None if !gathered.partial => None,
        None if time_up.load(Ordering::Acquire) => Some(Stopped::TimeUp),
        None => Some(Stopped::Interrupted),
    };
    Gathering {
        facts: gathered.facts,
        stopped,
    }
}

impl Stopped {
    /// What is said on standard error of `links` links that were not asked.
    pub(super) fn message(&self, links: usize) -> Option<String> {
        let waiting = if links == 1 {
            "1 link was".to_owned()
        } else {
            format!("{links} links were")
        };
        match self {
            // Said when it happened.
            Self::Interrupted => None,
            Self::TimeUp if links == 0 => Some(
                "the time of --max-duration was up before the archives were asked for every copy"
                    .to_owned(),
            ),
            Self::TimeUp => Some(format!(
                "the time of --max-duration was up; {waiting} not asked, what is done is reported"
            )),
            Self::NoNetwork(why) => Some(format!(
                "error: no network: {why}, or use --offline or --replay; {waiting} not asked"
            )),
        }
    }
}

/// Stops the asking when the time is up.
async fn wait(left: Option<Duration>, stop: watch::Sender<bool>, time_up: Arc<AtomicBool>) {
    let Some(left) = left else {
        return;
    };
    tokio::time::sleep(left).await;
    // Where Ctrl-C came first, that is why the run ends.
    let first = !*stop.borrow();
    time_up.store(first, Ordering::Release);
    let _ = stop.send(true);
}

/// Looks for archived copies until the time is up. Ctrl-C stops the looking; what was found by then
/// is reported, and the run is partial.
pub(super) async fn find_copies(
    network: &Network,
    articles: &[Article],
    gathering: &mut Gathering,
    options: &CopyOptions,
    patience: Patience,
) -> Vec<SaveReport> {
    if gathering.stopped.is_some() {
        return Vec::new();
    }
    let (stop, stopped) = watch::channel(false);
    let mut first = Box::pin(end_asked_for());
    poll_fn(|context| Poll::Ready(first.as_mut().poll(context).is_ready())).await;
    let time_up = Arc::new(AtomicBool::new(false));
    let clock = tokio::spawn(wait(patience.left, stop.clone(), Arc::clone(&time_up)));
    // Archives are asked slowly; whoever waits should know what for.
    let bar = if patience.shown {
        ProgressBar::new_spinner().with_message("asking archives for copies")
    } else {
        ProgressBar::hidden()
    };
    bar.enable_steady_tick(Duration::from_millis(200));
    let listener = tokio::spawn(listen(first, stop, bar.clone()));
    let found = network.find_copies(articles, &mut gathering.facts, options, stopped.clone());
    let saved = found.await;
    bar.finish_and_clear();
    listener.abort();
    clock.abort();
    if *stopped.borrow() {
        gathering.stopped = Some(if time_up.load(Ordering::Acquire) {
            Stopped::TimeUp
        } else {
            Stopped::Interrupted
        });
    }
    saved
}

/// Waits for Ctrl-C or SIGTERM, twice.
async fn listen(
    first: impl Future<Output = io::Result<()>>,
    stop: watch::Sender<bool>,
    bar: ProgressBar,
) {
    if first.await.is_err() {
        // Nobody can interrupt; the run goes on until it is done.
        return std::future::pending().await;
    }
    bar.suspend(|| say("interrupted; what is done is reported. Ctrl-C again ends at once"));
    let _ = stop.send(true);
    if end_asked_for().await.is_ok() {
        end_at_once();
    }
}

#[expect(
    clippy::exit,
    reason = "the user asked twice; nothing is left to tidy up"
)]
fn end_at_once() -> ! {
    std::process::exit(130)
}
