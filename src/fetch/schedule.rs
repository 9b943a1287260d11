//! Many URLs: whose turn it is, apart from how one URL is fetched.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tokio::sync::mpsc::{self, Sender};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinError, JoinSet};
use url::Url;

use super::fetcher::Fetcher;
use super::politeness::host_key;
use super::room::Lease;
use super::slots::Waiting;
use super::transport::{Ask, Transport, request_url};
use crate::model::{FetchOutcome, SkipReason};

/// URLs of one host that may be under way besides those that are being asked: they wait for a
/// retry, or for the turn of a host that a redirect led to.
const WAITING_PER_HOST: usize = 16;
/// The same for all hosts, for each exchange that may run at once: bounds memory.
const UNDER_WAY_PER_SLOT: usize = 16;
/// Least results on their way to whoever takes them.
const ON_THE_WAY: usize = 64;

/// What happens during [`fetch_all`].
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "handed over once and taken apart at once, never kept in rows"
)]
pub enum Event {
    /// The URL's turn has come.
    Started(Url),
    /// The URL is done, with the room that its body takes up. Handed over at once and not kept:
    /// memory stays bounded if the room is kept for as long as the body is, and no longer.
    Finished(FetchOutcome, Lease),
}

/// Fetches every URL once and reports each as it starts and ends.
///
/// URLs with the same [`request_url`] are one. Every URL gets one [`Event::Finished`], in the
/// order they end. Each host is asked in the order given, by as many requests at once and with
/// such a pause between as the fetcher's options and the host itself ask for. A host that is not
/// ready holds no slot, so that one that is slow or throttles holds up its own URLs only.
///
/// URLs of a host that is left alone for the rest of the run, because it asked for a longer
/// pause than the run waits, turned too many requests away in a row or did not answer those for
/// several URLs in a row, come out as skipped, [`SkipReason::HostPaused`]: nothing is known about
/// them.
///
/// Once `stop` says `true`, what is under way is abandoned, and what is not done comes out as
/// skipped, [`SkipReason::Interrupted`], in the order given.
pub async fn fetch_all<T: Transport + 'static>(
    fetcher: &Arc<Fetcher<T>>,
    asks: &[Ask],
    stop: watch::Receiver<bool>,
    mut on_event: impl FnMut(Event),
) {
    let run = Arc::new(Run::new(Arc::clone(fetcher), asks));
    let (sender, mut receiver) = mpsc::channel(run.most_at_once.clamp(ON_THE_WAY, 8 * ON_THE_WAY));
    let mut done = vec![false; run.asks.len()];
    let mut workers = JoinSet::new();
    let mut report = |news: News| match news {
        News::Started(number) => {
            if let Some(ask) = run.asks.get(number) {
                on_event(Event::Started(ask.url.clone()));
            }
        }
        News::Finished(number, done_with, waiting) => {
            let (outcome, lease) = *done_with;
            if let Some(done) = done.get_mut(number) {
                *done = true;
            }
            on_event(Event::Finished(outcome, lease));
            drop(waiting);
        }
    };
    let mut ended = *stop.borrow();
    let mut stopped = std::pin::pin!(stopped(stop.clone()));
    if !ended {
        for line in lines(&run.asks) {
            workers.spawn(Arc::clone(&run).work(line, sender.clone()));
        }
    }
    drop(sender);
    while !ended {
        let news = tokio::select! {
            biased;
            () = &mut stopped => None,
            news = receiver.recv() => news,
        };
        ended = news.is_none();
        news.into_iter().for_each(&mut report);
        // Where answers come faster than they are taken there is always one more: whoever shares
        // this task with the taking has a turn in between.
        tokio::task::yield_now().await;
    }
    workers.abort_all();
    while let Ok(news) = receiver.try_recv() {
        report(news);
    }
    while let Some(joined) = workers.join_next().await {
        pass_on_panic(joined);
    }
    let left = run.asks.iter().zip(&done).filter(|(_, done)| !**done);
    for (ask, _) in left {
        let skipped = fetcher.skip(&ask.url, SkipReason::Interrupted);
        on_event(Event::Finished(skipped, Lease::default()));
    }
}

/// Ends once stopping is asked for; never when nobody can ask for it any more.
async fn stopped(mut stop: watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// A panic is a defect of citecheck and goes on as one.
fn pass_on_panic(joined: Result<(), JoinError>) {
    if let Err(error) = joined
        && let Ok(panic) = error.try_into_panic()
    {
        std::panic::resume_unwind(panic);
    }
}

/// The URLs of each host, by their numbers, in the order given.
fn lines(asks: &[Ask]) -> Vec<Vec<usize>> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut lines: Vec<Vec<usize>> = Vec::new();
    for (number, ask) in asks.iter().enumerate() {
        let place = *places.entry(host_key(&ask.url)).or_insert(lines.len());
        match lines.get_mut(place) {
            Some(line) => line.push(number),
            None => lines.push(vec![number]),
        }
    }
    lines
}

/// What became of a URL, by its number.
enum News {
    Started(usize),
    /// With the room that the body takes up; an answer of a server counts among those that wait.
    Finished(usize, Box<(FetchOutcome, Lease)>, Option<Waiting>),
}

/// What all hosts' workers share.
struct Run<T> {
    fetcher: Arc<Fetcher<T>>,
    asks: Vec<Ask>,
    most_at_once: usize,
    under_way: Arc<Semaphore>,
}

impl<T: Transport + 'static> Run<T> {
    fn new(fetcher: Arc<Fetcher<T>>, asks: &[Ask]) -> Self {
        let asks = asks.iter().map(|ask| Ask {
            url: request_url(&ask.url),
            validators: ask.validators.clone(),
        });
        let mut asks: Vec<Ask> = asks.collect();
        let mut seen = HashSet::new();
        let firsts: Vec<bool> = asks
            .iter()
            .map(|ask| seen.insert(ask.url.as_str()))
            .collect();
        let mut firsts = firsts.into_iter();
        asks.retain(|_| firsts.next().unwrap_or_default());
        let most_at_once = fetcher.options().concurrency.max(1);
        let under_way = most_at_once.saturating_mul(UNDER_WAY_PER_SLOT);
        Self {
            fetcher,
            asks,
            most_at_once,
            under_way: Arc::new(Semaphore::new(under_way.min(Semaphore::MAX_PERMITS))),
        }
    }

    /// Fetches the URLs of one host.
    async fn work(self: Arc<Self>, line: Vec<usize>, events: Sender<News>) {
        let Some(first) = line.first().and_then(|number| self.asks.get(*number)) else {
            return;
        };
        let gate = self.fetcher.gate();
        let host = gate.host(&first.url);
        self.fetcher.prepare(&host, &first.url, line.len()).await;
        let most = host.at_once().saturating_add(WAITING_PER_HOST);
        let mut tasks = JoinSet::new();
        for number in line {
            while let Some(joined) = tasks.try_join_next() {
                pass_on_panic(joined);
            }
            while most <= tasks.len()
                && let Some(joined) = tasks.join_next().await
            {
                pass_on_panic(joined);
            }
            let Some(ask) = self.asks.get(number) else {
                continue;
            };
            if self.fetcher.is_disallowed(&ask.url).await {
                self.skip(number, SkipReason::Robots, &events).await;
                continue;
            }
            // Nothing new is begun while results wait for whoever takes them, or too many URLs
            // wait for something.
            drop(events.reserve().await);
            drop(self.under_way.acquire().await);
            let turn = match gate.enter_host(&host).await {
                Ok(turn) => turn,
                Err(reason) => {
                    self.skip(number, reason, &events).await;
                    continue;
                }
            };
            let (run, events) = (Arc::clone(&self), events.clone());
            tasks.spawn(async move {
                let _seat = Arc::clone(&run.under_way).try_acquire_owned();
                let Some(ask) = run.asks.get(number) else {
                    return;
                };
                // Nobody takes events any more once the run has ended.
                let _ = events.send(News::Started(number)).await;
                let done = Box::new(run.fetcher.ask_in_turn(ask, Some(turn)).await);
                let waiting = Some(run.fetcher.gate().answered());
                let _ = events.send(News::Finished(number, done, waiting)).await;
            });
        }
        while let Some(joined) = tasks.join_next().await {
            pass_on_panic(joined);
        }
    }

    async fn skip(&self, number: usize, reason: SkipReason, events: &Sender<News>) {
        if let Some(ask) = self.asks.get(number) {
            let skipped = self.fetcher.skip(&ask.url, reason);
            let done = Box::new((skipped, Lease::default()));
            let _ = events.send(News::Finished(number, done, None)).await;
        }
    }
}
