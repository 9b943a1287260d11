//! Asking for every cited URL, with progress, until all are answered or Ctrl-C.

use std::future::{Future, poll_fn};
use std::io;
use std::task::Poll;

use anyhow::{Result, bail};
use citecheck::check::{Gathered, Progress};
use citecheck::fetch::Ask;
use indicatif::ProgressBar;
use tokio::signal::ctrl_c;
use tokio::sync::watch;
use tracing::info;
use url::Url;

use super::network::Network;
use super::progress::Bar;
use super::voice::say;

/// Asks for the URLs. The first Ctrl-C stops the asking, the second ends the program.
///
/// Fails when nothing answered because the network is away: that says nothing about the links.
pub(super) async fn gather(network: &Network, urls: &[Url], shown: bool) -> Result<Gathered> {
    let (stop, stopped) = watch::channel(false);
    let mut bar = Bar::new(urls.len(), shown);
    let mut first = Box::pin(ctrl_c());
    // Polled once here, so that Ctrl-C is listened to before the first request goes out.
    poll_fn(|context| Poll::Ready(first.as_mut().poll(context).is_ready())).await;
    let listener = tokio::spawn(listen(first, stop, bar.bar()));
    let on_progress = |progress: &Progress<'_>| match progress {
        Progress::Started(url) => {
            info!("asking {url}");
            bar.started(url);
        }
        Progress::Finished(facts) => {
            info!("done with {}", facts.outcome.requested);
            bar.finished(&facts.outcome.requested);
        }
    };
    let asks: Vec<Ask> = urls.iter().cloned().map(Ask::from).collect();
    let gathered = network.gather(&asks, stopped, on_progress).await;
    bar.end();
    listener.abort();
    if gathered.network_down && !gathered.partial {
        bail!(
            "no network: none of {} links could be asked, nor any host name be looked up; check \
             the connection, or use --offline or --replay",
            gathered.facts.len()
        );
    }
    Ok(gathered)
}

/// Waits for Ctrl-C, twice.
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
    if ctrl_c().await.is_ok() {
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
