//! Room for bodies: it runs out, and all move on.

use std::sync::Arc;
use std::time::Duration;

use citecheck::fetch::{
    Ask, Event, Exchange, ExchangeResult, FetchOptions, Fetcher, Request, Transport, WireResponse,
    fetch_all,
};
use citecheck::model::{FetchOutcome, Truncation};
use jiff::Timestamp;
use tokio::sync::watch;
use tokio::time::timeout;
use url::Url;

use super::bodies::gzipped;
use super::support::{Reply, Server, answer, page};
use super::{fetcher, options, response};

/// More than needs room of the largest size, of which there is some for one body at a time.
const LARGE: usize = 300 << 10;

fn limited() -> FetchOptions {
    FetchOptions {
        body_limit_bytes: 10 << 20,
        ..options()
    }
}

/// Fetches them all; fails if that has no end.
async fn run(options: FetchOptions, urls: &[Url]) -> Vec<FetchOutcome> {
    let (_keep, stop) = watch::channel(false);
    let mut outcomes = Vec::new();
    let asks: Vec<Ask> = urls.iter().cloned().map(Ask::from).collect();
    let fetcher = Arc::new(fetcher(options));
    let all = fetch_all(&fetcher, &asks, stop, |event| {
        if let Event::Finished(outcome, _) = event {
            outcomes.push(outcome);
        }
    });
    let ended = timeout(Duration::from_secs(30), all).await;
    assert!(ended.is_ok(), "{} of {} done", outcomes.len(), urls.len());
    outcomes
}

fn broken_off(length: usize) -> Reply {
    let mut whole = answer(200, "", vec![b'x'; length + 1]);
    whole.pop();
    Reply::Raw(whole)
}

#[tokio::test]
async fn large_bodies_that_break_off_do_not_wait_for_one_another() {
    let server = Server::start(|_| broken_off(LARGE)).await;
    let urls: Vec<Url> = (0..6).map(|n| server.url(&format!("/{n}"))).collect();
    let outcomes = run(limited(), &urls).await;
    assert_eq!(outcomes.len(), 6);
    for outcome in &outcomes {
        assert_eq!(outcome.attempts, 3);
        let page = response(outcome);
        assert_eq!(
            (page.body.len(), page.truncated),
            (LARGE, Some(Truncation::Disconnect))
        );
    }
}

#[tokio::test]
async fn large_pages_that_lead_on_do_not_wait_for_one_another() {
    let server = Server::start(|request| {
        if request.path.ends_with("/on") {
            return page(vec![b'x'; LARGE]);
        }
        let onward = format!(
            "<meta http-equiv=refresh content='0; url={}/on'>",
            request.path
        );
        page(onward + &" ".repeat(LARGE))
    })
    .await;
    let urls: Vec<Url> = (0..6).map(|n| server.url(&format!("/{n}"))).collect();
    for outcome in run(limited(), &urls).await {
        assert_eq!(outcome.hops.len(), 1);
        assert_eq!(response(&outcome).body.len(), LARGE);
    }
}

#[tokio::test]
async fn large_pages_that_turn_away_do_not_wait_for_one_another() {
    let server = Server::start(|_| Reply::Raw(answer(403, "", vec![b'x'; LARGE]))).await;
    let urls: Vec<Url> = (0..6).map(|n| server.url(&format!("/{n}"))).collect();
    let options = FetchOptions {
        browser_retry: true,
        ..limited()
    };
    for outcome in run(options, &urls).await {
        assert_eq!(outcome.attempts, 2);
        assert_eq!(response(&outcome).body.len(), LARGE);
    }
}

#[tokio::test(start_paused = true)]
async fn room_is_free_once_the_lease_is_dropped() {
    let urls: Vec<Ask> = (["http://a.example/", "http://b.example/"].iter())
        .map(|url| Ask::from(Url::parse(url).unwrap()))
        .collect();
    for (kept, expect) in [(true, 1), (false, 2)] {
        let fetcher = Arc::new(Fetcher::new(Packed, limited()));
        let (_keep, stop) = watch::channel(false);
        let mut leases = Vec::new();
        let mut finished = 0;
        let all = fetch_all(&fetcher, &urls, stop, |event| {
            if let Event::Finished(outcome, lease) = event {
                assert_eq!(response(&outcome).body.len(), LARGE);
                finished += 1;
                leases.extend(Some(lease).filter(|_| kept));
            }
        });
        let _ = timeout(Duration::from_secs(600), all).await;
        assert_eq!(finished, expect);
    }
}

/// Servers whose pages are large once they are unpacked.
struct Packed;

impl Transport for Packed {
    async fn exchange(&self, request: &Request) -> Exchange {
        Exchange {
            url: request.url.clone(),
            at: self.now(),
            attempts: 1,
            result: ExchangeResult::Response(WireResponse {
                status: 200,
                headers: vec![("content-encoding".to_owned(), "gzip".to_owned())],
                body: gzipped(&vec![b'x'; LARGE]),
                truncated: None,
                peer: None,
            }),
        }
    }

    fn is_live(&self) -> bool {
        true
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
