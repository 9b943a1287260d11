//! Servers played by a function, in a time that passes only when everybody waits.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use citecheck::fetch::{
    Ask, Event, Exchange, ExchangeResult, FetchOptions, Fetcher, Request, Transport, WireResponse,
    fetch_all,
};
use citecheck::model::{FailureKind, FetchFailure, FetchOutcome, FetchResult};
use jiff::Timestamp;
use tokio::sync::watch;
use tokio::time::Instant;
use url::Url;

/// What a played server does with a request.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// Answers with a status, header fields and a body.
    Answer(u16, Vec<(&'static str, String)>, String),
    /// Fails.
    Fail(FailureKind),
}

pub(super) fn ok() -> Act {
    status(200)
}

pub(super) fn status(status: u16) -> Act {
    Act::Answer(status, Vec::new(), String::new())
}

pub(super) fn with(status: u16, name: &'static str, value: &str) -> Act {
    Act::Answer(status, vec![(name, value.to_owned())], String::new())
}

pub(super) fn text(body: &str) -> Act {
    Act::Answer(200, Vec::new(), body.to_owned())
}

/// A request as the played server sees it.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    pub(super) url: &'a Url,
    /// How often the same URL was asked before.
    pub(super) before: usize,
    /// How many requests came before, of all URLs.
    pub(super) number: usize,
    /// Since the start.
    pub(super) at: Duration,
}

/// A request that was made.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) host: String,
    pub(super) path: String,
    pub(super) at: Duration,
    pub(super) status: u16,
}

/// A transport whose answers a function decides.
pub(super) struct Play<F> {
    began: Instant,
    script: F,
    log: Arc<Mutex<Log>>,
}

#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) asked: Vec<Asked>,
    in_flight: BTreeMap<String, usize>,
    all_in_flight: usize,
    pub(super) most_per_host: usize,
    pub(super) most: usize,
}

impl<F> std::fmt::Debug for Play<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Play")
    }
}

impl<F: Fn(&Seen<'_>) -> (u64, Act) + Send + Sync> Transport for Play<F> {
    fn exchange(&self, request: &Request) -> impl Future<Output = Exchange> + Send {
        let url = request.url.clone();
        let host = url.host_str().unwrap().to_owned();
        let at = self.began.elapsed();
        let (millis, act) = {
            let mut log = self.log.lock().unwrap();
            let path = url.path().to_owned();
            let same = |asked: &&Asked| asked.host == host && asked.path == path;
            let seen = Seen {
                url: &url,
                before: log.asked.iter().filter(same).count(),
                number: log.asked.len(),
                at,
            };
            let (millis, act) = (self.script)(&seen);
            let status = match act {
                Act::Answer(status, ..) => status,
                Act::Fail(_) => 0,
            };
            log.asked.push(Asked {
                host: host.clone(),
                path,
                at,
                status,
            });
            log.all_in_flight += 1;
            log.most = log.most.max(log.all_in_flight);
            let here = log.in_flight.entry(host.clone()).or_default();
            *here += 1;
            let here = *here;
            log.most_per_host = log.most_per_host.max(here);
            (millis, act)
        };
        let log = Arc::clone(&self.log);
        let at = self.now();
        async move {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            {
                let mut log = log.lock().unwrap();
                log.all_in_flight -= 1;
                *log.in_flight.get_mut(&host).unwrap() -= 1;
            }
            let result = match act {
                Act::Fail(kind) => ExchangeResult::Failed(FetchFailure {
                    kind,
                    detail: "played".to_owned(),
                }),
                Act::Answer(status, headers, body) => ExchangeResult::Response(WireResponse {
                    status,
                    headers: headers
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect(),
                    body: body.into_bytes(),
                    truncated: None,
                    peer: None,
                }),
            };
            Exchange {
                url,
                at,
                attempts: 1,
                result,
            }
        }
    }

    fn is_live(&self) -> bool {
        true
    }

    fn now(&self) -> Timestamp {
        let start: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        start + jiff::SignedDuration::try_from(self.began.elapsed()).unwrap()
    }

    fn request_headers(&self, _request: &Request) -> Vec<(String, String)> {
        Vec::new()
    }

    async fn network_is_down(&self) -> bool {
        false
    }
}

impl Log {
    /// How many requests have been answered.
    pub(super) fn answered(&self) -> usize {
        self.asked.len() - self.all_in_flight
    }
}

/// What came of a run.
#[derive(Debug)]
pub(super) struct Played {
    pub(super) outcomes: Vec<FetchOutcome>,
    pub(super) log: Log,
    /// How long it took.
    pub(super) took: Duration,
}

impl Played {
    /// When each request of a host came, in seconds since the start.
    pub(super) fn times(&self, host: &str) -> Vec<f64> {
        self.of(host).map(|asked| asked.at.as_secs_f64()).collect()
    }

    pub(super) fn of(&self, host: &str) -> impl Iterator<Item = &Asked> {
        let asked = self.log.asked.iter();
        asked.filter(move |asked| asked.host == host)
    }

    /// The shortest time between two requests of a host.
    pub(super) fn shortest_pause(&self, host: &str) -> f64 {
        self.pauses(host).into_iter().fold(f64::MAX, f64::min)
    }

    pub(super) fn pauses(&self, host: &str) -> Vec<f64> {
        let times = self.times(host);
        times
            .iter()
            .zip(times.iter().skip(1))
            .map(|(a, b)| b - a)
            .collect()
    }

    /// How many URLs came to what: a status, the name of a failure, or why it was skipped.
    pub(super) fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for outcome in &self.outcomes {
            *counts.entry(kind(outcome)).or_default() += 1;
        }
        counts
    }
}

pub(super) fn kind(outcome: &FetchOutcome) -> String {
    match &outcome.result {
        FetchResult::Response(response) => response.status.to_string(),
        FetchResult::Failed(failure) => failure.kind.as_str().to_owned(),
        FetchResult::Skipped(reason) => format!("{reason:?}"),
        _ => unreachable!(),
    }
}

/// Fetches `urls` from servers that do as `script` says: how many milliseconds it takes, and what
/// comes then.
pub(super) async fn play(
    options: FetchOptions,
    urls: &[String],
    script: impl Fn(&Seen<'_>) -> (u64, Act) + Send + Sync + 'static,
) -> Played {
    play_watched(options, urls, script, |_| ()).await
}

/// As [`play`]; `watch` sees the log whenever an answer has been taken.
pub(super) async fn play_watched(
    options: FetchOptions,
    urls: &[String],
    script: impl Fn(&Seen<'_>) -> (u64, Act) + Send + Sync + 'static,
    mut watch: impl FnMut(&Log),
) -> Played {
    let began = Instant::now();
    let log = Arc::new(Mutex::new(Log::default()));
    let transport = Play {
        began,
        script,
        log: Arc::clone(&log),
    };
    let fetcher = Arc::new(Fetcher::new(transport, options));
    let (_keep, stop) = watch::channel(false);
    let asks: Vec<Ask> = urls
        .iter()
        .map(|url| Ask::from(Url::parse(url).unwrap()))
        .collect();
    let mut outcomes = Vec::new();
    fetch_all(&fetcher, &asks, stop, |event| {
        if let Event::Finished(outcome, _) = event {
            outcomes.push(outcome);
            watch(&log.lock().unwrap());
        }
    })
    .await;
    let took = began.elapsed();
    let log = std::mem::take(&mut *log.lock().unwrap());
    Played {
        outcomes,
        log,
        took,
    }
}

/// So many URLs of a host.
pub(super) fn urls(host: &str, count: usize) -> Vec<String> {
    (0..count).map(|n| format!("http://{host}/{n}")).collect()
}
