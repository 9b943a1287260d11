//! Many URLs: which host's turn it is, apart from how one URL is fetched.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, sleep_until};
use url::Url;

use super::fetcher::Fetcher;
use super::politeness::host_key;
use super::room::Lease;
use super::transport::{Ask, Transport, request_url};
use crate::model::{FetchOutcome, SkipReason};

/// URLs under way for each exchange that may run at once: some wait for a retry or for the turn
/// of a host that a redirect led to, and must not keep others from the network meanwhile.
const UNDER_WAY_PER_SLOT: usize = 4;

/// What happens during [`fetch_all`].
#[derive(Debug)]
pub enum Event {
    /// The URL's turn has come.
    Started(Url),
    /// The URL is done. Handed over at once and not kept, so that memory stays bounded.
    Finished(FetchOutcome),
}

/// Fetches every URL once and reports each as it starts and ends.
///
/// URLs with the same [`request_url`] are one. Every URL gets one [`Event::Finished`], in the
/// order they end. A host is asked one URL at a time, in the order given, with the fetcher's
/// pause between; up to [`concurrency`](super::FetchOptions::concurrency) hosts are asked at
/// once, and one that is slow holds up its own URLs only.
///
/// Once `stop` says `true`, what is under way is abandoned, and what is not done comes out as
/// skipped, [`SkipReason::Interrupted`].
pub async fn fetch_all<T: Transport + 'static>(
    fetcher: &Arc<Fetcher<T>>,
    asks: &[Ask],
    mut stop: watch::Receiver<bool>,
    mut on_event: impl FnMut(Event),
) {
    let mut queues = Queues::new(asks);
    let mut running = Running::new(fetcher);
    loop {
        while running.has_room() && !*stop.borrow() {
            let Some((host, ask)) = queues.next(Instant::now()) else {
                break;
            };
            on_event(Event::Started(ask.url.clone()));
            running.start(host, ask);
        }
        if running.tasks.is_empty() && queues.waiting.is_empty() {
            return;
        }
        let wake = queues.next_ready().filter(|_| running.has_room());
        tokio::select! {
            biased;
            () = stopped(&mut stop) => break,
            Some((host, url, outcome, lease)) = running.next() => {
                queues.finished(host, fetcher.ready_at(&url));
                on_event(Event::Finished(outcome));
                drop(lease);
            }
            () = sleep_until(wake.unwrap_or_else(Instant::now)), if wake.is_some() => {}
        }
    }
    while let Some((_, _, outcome, _lease)) = running.done() {
        on_event(Event::Finished(outcome));
    }
    for url in running.abandon().into_iter().chain(queues.drain()) {
        on_event(Event::Finished(fetcher.skip(&url, SkipReason::Interrupted)));
    }
}

/// Ends once stopping is asked for; never when nobody can ask for it any more.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// The URLs not begun, by host, and when each host is ready.
struct Queues {
    hosts: Vec<VecDeque<Ask>>,
    /// Hosts with work and none under way, by when they are ready, then in order of appearance.
    waiting: BinaryHeap<Reverse<(Instant, usize)>>,
}

impl Queues {
    fn new(asks: &[Ask]) -> Self {
        let mut seen = HashSet::new();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut hosts: Vec<VecDeque<Ask>> = Vec::new();
        for ask in asks {
            let url = request_url(&ask.url);
            if !seen.insert(url.clone()) {
                continue;
            }
            let next = hosts.len();
            let number = *numbers.entry(host_key(&url)).or_insert(next);
            let ask = Ask {
                url,
                validators: ask.validators.clone(),
            };
            match hosts.get_mut(number) {
                Some(queue) => queue.push_back(ask),
                None => hosts.push(VecDeque::from([ask])),
            }
        }
        let now = Instant::now();
        let waiting = (0..hosts.len()).map(|host| Reverse((now, host))).collect();
        Self { hosts, waiting }
    }

    fn next_ready(&self) -> Option<Instant> {
        self.waiting.peek().map(|Reverse((ready, _))| *ready)
    }

    /// The next URL of a host that is ready.
    fn next(&mut self, now: Instant) -> Option<(usize, Ask)> {
        if now < self.next_ready()? {
            return None;
        }
        let Reverse((_, host)) = self.waiting.pop()?;
        let ask = self.hosts.get_mut(host)?.pop_front()?;
        Some((host, ask))
    }

    /// Puts a host back in line if it has more.
    fn finished(&mut self, host: usize, ready: Instant) {
        if self.hosts.get(host).is_some_and(|queue| !queue.is_empty()) {
            self.waiting.push(Reverse((ready, host)));
        }
    }

    fn drain(self) -> impl Iterator<Item = Url> {
        self.hosts.into_iter().flatten().map(|ask| ask.url)
    }
}

/// The URLs under way.
struct Running<T> {
    fetcher: Arc<Fetcher<T>>,
    tasks: JoinSet<(FetchOutcome, Lease)>,
    urls: HashMap<Id, (usize, Url)>,
    most: usize,
}

impl<T: Transport + 'static> Running<T> {
    fn new(fetcher: &Arc<Fetcher<T>>) -> Self {
        let slots = fetcher.options().concurrency.max(1);
        Self {
            fetcher: Arc::clone(fetcher),
            tasks: JoinSet::new(),
            urls: HashMap::new(),
            most: slots.saturating_mul(UNDER_WAY_PER_SLOT),
        }
    }

    fn has_room(&self) -> bool {
        self.tasks.len() < self.most
    }

    fn start(&mut self, host: usize, ask: Ask) {
        let fetcher = Arc::clone(&self.fetcher);
        let url = ask.url.clone();
        let task = self
            .tasks
            .spawn(async move { fetcher.ask_with_lease(&ask).await });
        self.urls.insert(task.id(), (host, url));
    }

    /// The next URL that ends; `None` when none is under way.
    async fn next(&mut self) -> Option<(usize, Url, FetchOutcome, Lease)> {
        let joined = self.tasks.join_next_with_id().await?;
        self.take(joined)
    }

    /// The next URL that has ended already.
    fn done(&mut self) -> Option<(usize, Url, FetchOutcome, Lease)> {
        let joined = self.tasks.try_join_next_with_id()?;
        self.take(joined)
    }

    fn take(
        &mut self,
        joined: Result<(Id, (FetchOutcome, Lease)), JoinError>,
    ) -> Option<(usize, Url, FetchOutcome, Lease)> {
        match joined {
            Ok((id, (outcome, lease))) => {
                let (host, url) = self.urls.remove(&id)?;
                Some((host, url, outcome, lease))
            }
            // A panic is a defect of citecheck and goes on as one; tasks are cancelled only by
            // `abandon`, after which none is awaited.
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => None,
            },
        }
    }

    /// Stops all and gives their URLs.
    fn abandon(mut self) -> Vec<Url> {
        self.tasks.abort_all();
        let mut left: Vec<(Id, (usize, Url))> = self.urls.drain().collect();
        left.sort_by_key(|(_, (host, _))| *host);
        left.into_iter().map(|(_, (_, url))| url).collect()
    }
}
