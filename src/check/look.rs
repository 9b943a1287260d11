//! A look at the network itself, when a row of failures puts it in doubt.

use futures_util::future::join_all;
use url::Url;

use super::trouble::{Key, Trouble, is_proxied, is_silence, key};
use crate::fetch::{Fetcher, Transport};
use crate::model::{FetchOutcome, FetchResult};

/// Looks at the network itself: asks for names and pages that are there whenever it is.
pub(super) async fn look<T: Transport>(fetcher: &Fetcher<T>) -> Option<Trouble> {
    if !fetcher.transport().is_live() {
        return None;
    }
    let proxied = is_proxied(fetcher.options());
    // Behind a proxy names are the proxy's business.
    if !proxied && fetcher.network_is_down().await {
        return Some(Trouble::NoNames);
    }
    let names = fetcher.options().control_names.iter();
    let pages: Vec<Url> = names
        .filter_map(|name| Url::parse(&format!("http://{name}/")).ok())
        .collect();
    let outcomes = join_all(pages.iter().map(|page| fetcher.fetch(page))).await;
    conclude(&outcomes, proxied)
}

/// What the answers for the control names mean.
fn conclude(outcomes: &[FetchOutcome], proxied: bool) -> Option<Trouble> {
    let asked = outcomes.iter().filter(|outcome| 0 < outcome.attempts);
    let mut keys = Vec::new();
    let mut silent = 0;
    for outcome in asked {
        match &outcome.result {
            FetchResult::Response(response) => keys.push(key(outcome, response.status)),
            FetchResult::Failed(failure) if is_silence(failure.kind) => silent += 1,
            FetchResult::Failed(_) | FetchResult::Skipped(_) => return None,
        }
    }
    let Some(first) = keys.first() else {
        let trouble = if proxied {
            Trouble::Proxy
        } else {
            Trouble::NoAnswers
        };
        return (0 < silent).then_some(trouble);
    };
    // One answer alone is no pattern; that of a portal comes for every name.
    if keys.len() < 2 || keys.iter().any(|key| key != first) {
        return None;
    }
    Some(match first {
        Key::Demanded if proxied => Trouble::Proxy,
        Key::Landed(host) => Trouble::Portal {
            host: Some(host.clone()),
        },
        Key::Demanded | Key::Body(_) => Trouble::Portal { host: None },
    })
}
