//! Gathering facts: pages are read beside the fetching, and each comes out once and whole.
#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use citecheck::check::{Gathered, Progress, gather, read_page};
use citecheck::fetch::{
    Ask, Exchange, ExchangeResult, FetchOptions, Fetcher, Request, Transport, WireResponse,
};
use citecheck::model::FetchResult;
use jiff::Timestamp;
use tokio::sync::watch;
use url::Url;

/// A site in memory: every address has a page of its own.
#[derive(Default)]
struct Site {
    /// The path of a page that never comes.
    silent: Option<&'static str>,
    asked: AtomicUsize,
}

impl Transport for Site {
    async fn exchange(&self, request: &Request) -> Exchange {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.silent == Some(request.url.path()) {
            std::future::pending::<()>().await;
        }
        Exchange {
            url: request.url.clone(),
            at: Timestamp::UNIX_EPOCH,
            attempts: 1,
            result: ExchangeResult::Response(WireResponse {
                status: 200,
                headers: vec![("content-type".to_owned(), "text/html".to_owned())],
                body: body(&request.url),
                truncated: None,
                peer: None,
            }),
        }
    }

    fn is_live(&self) -> bool {
        false
    }

    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn request_headers(&self, _: &Request) -> Vec<(String, String)> {
        Vec::new()
    }

    async fn network_is_down(&self) -> bool {
        false
    }
}

/// Some pages are long and some short: both ways of reading are taken. None is so short that the
/// site would be asked for a page that cannot exist.
fn body(url: &Url) -> Vec<u8> {
    let number: usize = url
        .path()
        .trim_start_matches('/')
        .parse()
        .unwrap_or_default();
    let text =
        "<p>The harbour was closed for two days after the storm.".repeat(12 + number % 7 * 40);
    format!("<title>Page {number}</title>{text}").into_bytes()
}

fn asks() -> Vec<Ask> {
    (0..60)
        .map(|number| format!("https://{}.example/{number}", number % 13))
        .map(|url| Ask::from(url.parse::<Url>().unwrap()))
        .collect()
}

async fn run(options: FetchOptions) -> (Gathered, BTreeMap<Url, Vec<&'static str>>) {
    let (_keep, stop) = watch::channel(false);
    let fetcher = Arc::new(Fetcher::new(Site::default(), options));
    let mut told: BTreeMap<Url, Vec<&'static str>> = BTreeMap::new();
    let gathered = gather(&fetcher, &asks(), stop, |progress| {
        let (url, what) = match progress {
            Progress::Started(url) => ((*url).clone(), "started"),
            Progress::Finished(facts) => (facts.outcome.requested.clone(), "finished"),
            Progress::Completed(facts) => (facts.outcome.requested.clone(), "completed"),
        };
        told.entry(url).or_default().push(what);
    })
    .await;
    (gathered, told)
}

/// As [`gather`] should find it: one page after the other.
async fn one_by_one() -> citecheck::check::Facts {
    let fetcher = Fetcher::new(Site::default(), FetchOptions::default());
    let mut facts = BTreeMap::new();
    for ask in asks() {
        let read = read_page(fetcher.fetch(&ask.url).await);
        facts.insert(ask.url, read);
    }
    facts
}

fn holds_a_body(gathered: &Gathered) -> bool {
    gathered.facts.values().any(|facts| {
        matches!(&facts.outcome.result, FetchResult::Response(response) if !response.body.is_empty())
    })
}

async fn every_page_is_read_once() {
    let (gathered, told) = run(FetchOptions::default()).await;
    assert_eq!(gathered.facts, one_by_one().await);
    assert!(!gathered.partial);
    assert!(!holds_a_body(&gathered));
    assert_eq!(told.len(), asks().len());
    for (url, news) in told {
        assert_eq!(news, ["started", "finished"], "{url}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_read_on_several_threads_are_those_read_on_one() {
    every_page_is_read_once().await;
}

#[tokio::test]
async fn pages_are_read_on_a_runtime_of_one_thread() {
    every_page_is_read_once().await;
}

#[tokio::test]
async fn no_page_is_read_where_bodies_are_not_kept() {
    let options = FetchOptions {
        keep_bodies: false,
        ..FetchOptions::default()
    };
    let (gathered, _) = run(options).await;
    assert_eq!(gathered.facts.len(), asks().len());
    assert!(gathered.facts.values().all(|facts| facts.page.is_none()));
    assert!(!holds_a_body(&gathered));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_done_is_told_while_others_are_asked() {
    const PAGES: usize = 800;
    // Those are the short pages.
    let asks = (0..PAGES).map(|at| format!("https://{}.example/{}", at % 100, at * 7));
    let asks: Vec<Ask> = asks
        .map(|url| Ask::from(url.parse::<Url>().unwrap()))
        .collect();
    let (_keep, stop) = watch::channel(false);
    let options = FetchOptions {
        concurrency: 4,
        ..FetchOptions::default()
    };
    let fetcher = Arc::new(Fetcher::new(Site::default(), options));
    let (mut told, mut longest) = (0, 0);
    gather(&fetcher, &asks, stop, |progress| {
        if matches!(progress, Progress::Finished(_)) {
            told += 1;
            let asked = fetcher.transport().asked.load(Ordering::Relaxed);
            longest = longest.max(asked - told);
        }
    })
    .await;
    assert_eq!(told, PAGES);
    // What is under way, and what waits to be taken.
    assert!(longest < PAGES / 2, "{longest} answers were not told yet");
}

#[tokio::test]
async fn a_run_that_is_stopped_is_partial_and_names_every_url() {
    let (stop, stopped) = watch::channel(false);
    let site = Site {
        silent: Some("/59"),
        ..Site::default()
    };
    let fetcher = Arc::new(Fetcher::new(site, FetchOptions::default()));
    let mut finished = 0;
    let gathered = gather(&fetcher, &asks(), stopped, |progress| {
        if matches!(progress, Progress::Finished(_)) {
            finished += 1;
            let _ = stop.send(true);
        }
    })
    .await;
    assert!(gathered.partial);
    assert_eq!(finished, asks().len());
    assert_eq!(gathered.facts.len(), asks().len());
}
