//! What `fetch` makes of servers, recordings and many URLs, through the public API.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test helper may panic, and has no readers but these tests"
)]

#[path = "../support/mod.rs"]
mod support;

mod bodies;
mod guards;
mod limits;
mod live;
mod names;
mod pacing;
mod play;
mod recording;
mod replay;
mod robots;
mod room;
mod schedule;
mod sent;
mod tls;

use std::time::Duration;

use citecheck::fetch::{FetchOptions, Fetcher, LiveTransport, Robots};
use citecheck::model::{FailureKind, FetchOutcome, FetchResult, HttpResponse};
use url::Url;

/// Options for servers on loopback: nothing is waited for, nor asked unasked.
fn options() -> FetchOptions {
    FetchOptions {
        allow_private: true,
        backoff: Duration::ZERO,
        interval: Duration::ZERO,
        robots: Robots::Ignore,
        ..FetchOptions::default()
    }
}

fn fetcher(options: FetchOptions) -> Fetcher<LiveTransport> {
    Fetcher::new(LiveTransport::new(&options).unwrap(), options)
}

async fn fetch(url: &Url) -> FetchOutcome {
    fetcher(options()).fetch(url).await
}

fn response(outcome: &FetchOutcome) -> &HttpResponse {
    let FetchResult::Response(response) = &outcome.result else {
        panic!("no response: {outcome:?}");
    };
    response
}

fn failure(outcome: &FetchOutcome) -> (FailureKind, &str) {
    let FetchResult::Failed(failure) = &outcome.result else {
        panic!("no failure: {outcome:?}");
    };
    (failure.kind, &failure.detail)
}

fn hops(outcome: &FetchOutcome) -> Vec<(&str, u16)> {
    outcome
        .hops
        .iter()
        .map(|hop| (hop.url.path(), hop.status))
        .collect()
}
