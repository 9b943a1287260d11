//! One request at a time per host, with a pause between, whoever wants it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Turn, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::Url;

/// Past this many hosts, those that nobody waits for are forgotten.
const MOST_IDLE_HOSTS: usize = 4096;

/// Lets requests through: each host's in turn, and so many at a time in all.
///
/// Redirects lead to hosts that other cited URLs are on, so every exchange passes here, not only
/// the first of each URL.
#[derive(Debug)]
pub(super) struct Gate {
    hosts: Mutex<HashMap<String, Arc<Host>>>,
    slots: Arc<Semaphore>,
    interval: Duration,
}

#[derive(Debug)]
struct Host {
    turn: Arc<Turn<()>>,
    not_before: Mutex<Instant>,
}

/// The right to make one request; dropping it starts the host's pause.
#[derive(Debug)]
pub(super) struct Permit {
    host: Arc<Host>,
    interval: Duration,
    _turn: OwnedMutexGuard<()>,
    _slot: Option<OwnedSemaphorePermit>,
}

impl Gate {
    pub(super) fn new(concurrency: usize, interval: Duration) -> Self {
        Self {
            hosts: Mutex::default(),
            slots: Arc::new(Semaphore::new(concurrency.clamp(1, Semaphore::MAX_PERMITS))),
            interval,
        }
    }

    /// Waits for the turn of the URL's host, then for a slot.
    pub(super) async fn enter(&self, url: &Url) -> Permit {
        let host = self.host(url);
        let turn = Arc::clone(&host.turn).lock_owned().await;
        loop {
            let not_before = *lock(&host.not_before);
            if not_before <= Instant::now() {
                break;
            }
            sleep_until(not_before).await;
        }
        // The semaphore is never closed; without a slot the request would only be less patient.
        let slot = Arc::clone(&self.slots).acquire_owned().await.ok();
        Permit {
            host,
            interval: self.interval,
            _turn: turn,
            _slot: slot,
        }
    }

    /// Asks nothing of the URL's host for `pause`.
    pub(super) fn hold(&self, url: &Url, pause: Duration) {
        self.host(url).hold(pause);
    }

    /// When the URL's host may be asked next.
    pub(super) fn ready_at(&self, url: &Url) -> Instant {
        *lock(&self.host(url).not_before)
    }

    fn host(&self, url: &Url) -> Arc<Host> {
        let key = host_key(url);
        let mut hosts = lock(&self.hosts);
        if MOST_IDLE_HOSTS < hosts.len() && !hosts.contains_key(&key) {
            let now = Instant::now();
            hosts.retain(|_, host| 1 < Arc::strong_count(host) || now < *lock(&host.not_before));
        }
        let host = hosts.entry(key).or_insert_with(|| {
            Arc::new(Host {
                turn: Arc::default(),
                not_before: Mutex::new(Instant::now()),
            })
        });
        Arc::clone(host)
    }
}

impl Host {
    fn hold(&self, pause: Duration) {
        let Some(until) = Instant::now().checked_add(pause) else {
            return;
        };
        let mut not_before = lock(&self.not_before);
        *not_before = until.max(*not_before);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.host.hold(self.interval);
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
