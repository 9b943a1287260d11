//! Who may be asked now: each host in its own time, and so many at once in all.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OnceCell, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::Url;

use super::options::{FetchOptions, HostOptions};
use super::pace::{Limits, Pace, Sign, Turn};
use super::retry::{self, Advice};
use super::robots::Rules;
use super::sent::settings_of;
use super::slots::{Slot, Slots, Waiting};
use super::transport::{Exchange, ExchangeResult};
use crate::model::{FailureKind, SkipReason, Truncation};

/// Past this many hosts, those are forgotten that nobody waits for and of which nothing is known.
const MOST_IDLE_HOSTS: usize = 4096;

/// Lets requests through: so many of each host, so many in all, each host at its own pace.
///
/// Redirects lead to hosts that other cited URLs are on, so every exchange passes here, not only
/// the first of each URL. Whoever waits for a host's turn holds no slot, so that a slow host takes
/// none from the others.
#[derive(Debug)]
pub(super) struct Gate {
    hosts: Mutex<Hosts>,
    slots: Slots,
    settings: Settings,
}

#[derive(Debug)]
struct Hosts {
    known: HashMap<String, Arc<Host>>,
    sweep_at: usize,
}

#[derive(Debug)]
struct Settings {
    paced: bool,
    per_host: usize,
    interval: Duration,
    longest: Duration,
    retries: u32,
    backoff: Duration,
    retry_after_limit: Duration,
    hosts: Vec<HostOptions>,
}

/// What is known of one host.
#[derive(Debug)]
pub(super) struct Host {
    /// What its `robots.txt` asks for, once it has been read.
    pub(super) rules: OnceCell<Rules>,
    room: Arc<Semaphore>,
    pace: Mutex<Pace>,
    closed: Notify,
    at_once: usize,
    retries: u32,
    excluded: bool,
}

/// The right to make one request.
#[derive(Debug)]
pub(super) struct Permit {
    host: Arc<Host>,
    started: Instant,
    paced: bool,
    backoff: Duration,
    retry_after_limit: Duration,
    _room: Option<OwnedSemaphorePermit>,
    _slot: Option<Slot>,
}

impl Gate {
    /// `paced` says whether servers are asked: else hosts get no pauses and nothing is retried.
    pub(super) fn new(options: &FetchOptions, paced: bool) -> Self {
        Self {
            hosts: Mutex::new(Hosts {
                known: HashMap::new(),
                sweep_at: MOST_IDLE_HOSTS,
            }),
            slots: Slots::new(options.concurrency),
            settings: Settings {
                paced,
                per_host: options.per_host,
                interval: options.interval,
                longest: options.max_interval,
                retries: options.retries,
                backoff: options.backoff,
                retry_after_limit: options.retry_after_limit,
                hosts: options.hosts.clone(),
            },
        }
    }

    /// Waits for the turn of the URL's host, then for a slot.
    ///
    /// # Errors
    ///
    /// Why the host is not to be asked.
    pub(super) async fn enter(&self, url: &Url) -> Result<Permit, SkipReason> {
        self.enter_host(&self.host(url)).await
    }

    /// As [`enter`](Self::enter), for a host that has been looked up.
    pub(super) async fn enter_host(&self, host: &Arc<Host>) -> Result<Permit, SkipReason> {
        if host.excluded {
            return Err(SkipReason::Excluded);
        }
        // The semaphore is never closed; without a permit there would only be less patience.
        let room = Arc::clone(&host.room).acquire_owned().await.ok();
        let mut slot = None;
        loop {
            let closed = host.closed.notified();
            let now = Instant::now();
            let turn = host.turn(now, slot.is_some());
            match turn {
                Turn::Closed => return Err(SkipReason::HostPaused),
                Turn::At(ready) => {
                    slot = None;
                    tokio::select! {
                        () = sleep_until(ready) => {}
                        () = closed => {}
                    }
                }
                Turn::Now if slot.is_none() => {
                    slot = Some(self.slots.take().await);
                }
                Turn::Now => {
                    return Ok(Permit {
                        host: Arc::clone(host),
                        started: now,
                        paced: self.settings.paced,
                        backoff: self.settings.backoff,
                        retry_after_limit: self.settings.retry_after_limit,
                        _room: room,
                        _slot: slot,
                    });
                }
            }
        }
    }

    /// Counts the answer for a URL among those that wait to be taken, until this is dropped.
    pub(super) fn answered(&self) -> Waiting {
        self.slots.answered()
    }

    /// The URL's host.
    pub(super) fn host(&self, url: &Url) -> Arc<Host> {
        let key = host_key(url);
        let mut hosts = lock(&self.hosts);
        if let Some(host) = hosts.known.get(&key) {
            return Arc::clone(host);
        }
        let now = Instant::now();
        hosts.forget_idle(now);
        let host = Arc::new(self.settings.host(url, now));
        hosts.known.insert(key, Arc::clone(&host));
        host
    }
}

impl Hosts {
    fn forget_idle(&mut self, now: Instant) {
        if self.known.len() < self.sweep_at {
            return;
        }
        self.known
            .retain(|_, host| 1 < Arc::strong_count(host) || !lock(&host.pace).is_as_new(now));
        // Twice what is left, so that hosts that cannot be forgotten are not looked through again
        // and again.
        self.sweep_at = MOST_IDLE_HOSTS.max(self.known.len().saturating_mul(2));
    }
}

impl Settings {
    fn host(&self, url: &Url, now: Instant) -> Host {
        let own = settings_of(&self.hosts, url);
        let at_once = own
            .and_then(|own| own.per_host)
            .unwrap_or(self.per_host)
            .clamp(1, Semaphore::MAX_PERMITS);
        let interval = own.and_then(|own| own.interval).unwrap_or(self.interval);
        let limits = Limits {
            interval: if self.paced { interval } else { Duration::ZERO },
            // An interval that is longer than the longest was meant.
            longest: self.longest.max(interval),
            at_once: u32::try_from(at_once).unwrap_or(u32::MAX),
        };
        Host {
            rules: OnceCell::new(),
            room: Arc::new(Semaphore::new(at_once)),
            pace: Mutex::new(Pace::new(limits, now)),
            closed: Notify::new(),
            at_once,
            retries: own.and_then(|own| own.retries).unwrap_or(self.retries),
            excluded: own.is_some_and(|own| own.skip),
        }
    }
}

impl Host {
    /// How many requests it may have at once.
    pub(super) fn at_once(&self) -> usize {
        self.at_once
    }

    /// Whether the settings leave it out.
    pub(super) fn is_excluded(&self) -> bool {
        self.excluded
    }

    /// Keeps to a `Crawl-delay`.
    pub(super) fn ask_for(&self, crawl_delay: Duration) {
        lock(&self.pace).ask_for(crawl_delay, Instant::now());
    }

    /// Whether it may be asked; if so and `start`, notes that it is.
    fn turn(&self, now: Instant, start: bool) -> Turn {
        let mut pace = lock(&self.pace);
        let turn = pace.turn(now);
        if start && turn == Turn::Now {
            pace.start(now);
        }
        turn
    }

    fn answered(&self, sign: Sign, started: Instant) {
        let mut pace = lock(&self.pace);
        let now = Instant::now();
        pace.answered(sign, started, now);
        if pace.turn(now) == Turn::Closed {
            self.closed.notify_waiters();
        }
    }
}

impl Permit {
    /// Since when the request has been allowed.
    pub(super) fn started(&self) -> Instant {
        self.started
    }

    /// Gives the permit back and tells the host's pace how the request went.
    ///
    /// Gives the pause after which the URL is worth asking again, `None` to leave it at this
    /// answer; `retries` counts those made so far, and `waited` is how long the answer waited for
    /// us. Zero where the host as a whole is held.
    pub(super) fn done(
        self,
        exchange: &Exchange,
        retries: u32,
        waited: Duration,
    ) -> Option<Duration> {
        if !self.paced {
            return None;
        }
        let latency = self.started.elapsed().saturating_sub(waited);
        let usual = sign(exchange, latency, retries);
        let (sign, pause) = match retry::advice(exchange) {
            Advice::Stands => (usual, None),
            Advice::Again => {
                let pause = retry::all_at_random(self.backoff, retries);
                (usual, Some(pause))
            }
            Advice::Busy(Some(wait)) if self.retry_after_limit < wait => (Sign::Away(wait), None),
            Advice::Busy(wait) => {
                let named = wait.is_some();
                let wait = wait.unwrap_or_else(|| retry::half_at_random(self.backoff, retries));
                (Sign::Busy { wait, named }, Some(Duration::ZERO))
            }
        };
        self.host.answered(sign, self.started);
        pause.filter(|_| retries < self.host.retries)
    }
}

/// What an exchange that asked for no pause says about its host.
fn sign(exchange: &Exchange, latency: Duration, retries: u32) -> Sign {
    match &exchange.result {
        ExchangeResult::Response(response) => {
            let whole = response.truncated != Some(Truncation::Disconnect);
            if (200..400).contains(&response.status) && whole {
                Sign::Served(latency)
            } else {
                Sign::Answered(latency)
            }
        }
        ExchangeResult::Failed(failure) if is_silence(failure.kind) => {
            Sign::Silent(latency, retries == 0)
        }
        ExchangeResult::Failed(_) | ExchangeResult::Skipped(_) => Sign::Nothing,
    }
}

/// Whether a failure of this kind would meet other pages of the host as well, and may pass. That
/// there is no such host or that its certificate is another's is known of all pages at once, at
/// no cost.
fn is_silence(kind: FailureKind) -> bool {
    match kind {
        FailureKind::Connect
        | FailureKind::DnsTemporary
        | FailureKind::Reset
        | FailureKind::Timeout
        | FailureKind::Unreachable => true,
        FailureKind::BadRedirect
        | FailureKind::Dns
        | FailureKind::PrivateAddress
        | FailureKind::Protocol
        | FailureKind::Tls
        | FailureKind::TlsExpired
        | FailureKind::TlsOldProtocol
        | FailureKind::TlsUnknownIssuer
        | FailureKind::TlsWrongHost
        | FailureKind::TooManyHeaders
        | FailureKind::TooManyRedirects
        | FailureKind::UnsupportedScheme => false,
    }
}

/// What counts as one host: name and port, since another port is another server.
pub(super) fn host_key(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    format!("{host}:{}", url.port_or_known_default().unwrap_or(0))
}

/// The data behind these locks is whole at any moment, so a panic elsewhere does not spoil it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::fetch::WireResponse;

    /// When a host may be asked again of which an answer took so long, for so much of which it
    /// waited for room.
    async fn next_turn(took: Duration, waited: Duration) -> Duration {
        let gate = Gate::new(&FetchOptions::default(), true);
        let url = Url::parse("http://a.example/").unwrap();
        let permit = gate.enter(&url).await.unwrap();
        tokio::time::advance(took).await;
        let exchange = Exchange {
            url: url.clone(),
            at: Timestamp::UNIX_EPOCH,
            attempts: 1,
            result: ExchangeResult::Response(WireResponse {
                status: 200,
                headers: Vec::new(),
                body: Vec::new(),
                truncated: None,
                peer: None,
            }),
        };
        assert_eq!(permit.done(&exchange, 0, waited), None);
        drop(gate.enter(&url).await.unwrap());
        let began = Instant::now();
        drop(gate.enter(&url).await.unwrap());
        began.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn what_an_answer_waits_for_us_does_not_slow_its_host_down() {
        let second = Duration::from_secs(1);
        let fast = next_turn(second / 100, Duration::ZERO).await;
        assert_eq!(
            next_turn(second * 20 + second / 100, second * 20).await,
            fast
        );
        assert!(fast < next_turn(second * 20, Duration::ZERO).await);
    }
}
