//! URLs → facts: asks for each, reads what comes, keeps no body.

use std::sync::Arc;

use tokio::sync::watch;
use url::Url;

use super::facts::Facts;
use crate::fetch::{Ask, Event, Fetcher, Transport, fetch_all};
use crate::model::{FailureKind, FetchOutcome, FetchResult, LinkFacts, PageEvidence, SkipReason};
use crate::page::{self, PageInput};

/// What gathering came to.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Facts by URL.
    pub facts: Facts,
    /// Whether it was stopped before all URLs were asked.
    pub partial: bool,
    /// Whether nothing answered because there is no network: then the facts say nothing about the
    /// links.
    pub network_down: bool,
}

/// What happens while facts are gathered.
#[derive(Debug)]
pub enum Progress<'a> {
    /// The URL is being asked.
    Started(&'a Url),
    /// The URL is done.
    Finished(&'a LinkFacts),
}

/// Asks for every URL once and reads the pages.
///
/// Bodies are read as they come and let go, so that memory does not grow with their number. Once
/// `stop` says `true` the rest is skipped and the result is partial.
pub async fn gather<T: Transport + 'static>(
    fetcher: &Arc<Fetcher<T>>,
    asks: &[Ask],
    stop: watch::Receiver<bool>,
    mut on_progress: impl FnMut(&Progress<'_>),
) -> Gathered {
    let mut gathered = Gathered::default();
    fetch_all(fetcher, asks, stop, |event| match event {
        Event::Started(url) => on_progress(&Progress::Started(&url)),
        Event::Finished(outcome) => {
            gathered.partial |= matches!(
                outcome.result,
                FetchResult::Skipped(SkipReason::Interrupted)
            );
            let facts = read_page(outcome);
            on_progress(&Progress::Finished(&facts));
            gathered
                .facts
                .insert(facts.outcome.requested.clone(), facts);
        }
    })
    .await;
    if nothing_answered(&gathered.facts) {
        gathered.network_down = fetcher.network_is_down().await;
    }
    gathered
}

/// Takes the evidence out of the body and lets the body go.
#[must_use]
pub fn read_page(mut outcome: FetchOutcome) -> LinkFacts {
    let page = evidence(&outcome);
    if let FetchResult::Response(response) = &mut outcome.result {
        response.body = Vec::new();
    }
    LinkFacts {
        page,
        ..LinkFacts::of(outcome)
    }
}

fn evidence(outcome: &FetchOutcome) -> Option<PageEvidence> {
    let FetchResult::Response(response) = &outcome.result else {
        return None;
    };
    if response.body.is_empty() {
        return None;
    }
    Some(page::read(&PageInput {
        body: &response.body,
        content_type: response.header("content-type"),
        content_language: response.header("content-language"),
        last_modified: response.header("last-modified"),
        url: Some(&outcome.landed),
    }))
}

/// Whether some URL was asked, and no host of any gave a sign of life.
fn nothing_answered(facts: &Facts) -> bool {
    let asked = facts.values().filter(|facts| 0 < facts.outcome.attempts);
    let mut silent = asked.map(|facts| match &facts.outcome.result {
        FetchResult::Failed(failure) => matches!(
            failure.kind,
            FailureKind::Dns
                | FailureKind::DnsTemporary
                | FailureKind::Unreachable
                | FailureKind::Timeout
        ),
        FetchResult::Response(_) | FetchResult::Skipped(_) => false,
    });
    silent
        .next()
        .is_some_and(|first| first && silent.all(|silent| silent))
}
