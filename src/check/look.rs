//! A look at the network itself, when a row of failures puts it in doubt.

use futures_util::future::join_all;
use url::Url;

use super::away::Trouble;
use super::trouble::{Key, is_proxied, is_silence, key};
use crate::fetch::{FetchOptions, Fetcher, Transport};
use crate::model::{FetchOutcome, FetchResult};

/// Looks at the network itself: asks for names and pages that are there whenever it is.
pub(super) async fn look<T: Transport>(fetcher: &Fetcher<T>) -> Option<Trouble> {
    if !fetcher.transport().is_live() {
        return None;
    }
    let options = fetcher.options();
    // Behind a proxy names are the proxy's business.
    if !is_proxied(options) && fetcher.network_is_down().await {
        return Some(Trouble::of_names(options));
    }
    let names = options.control_names.iter();
    let pages: Vec<Url> = names
        .filter_map(|name| Url::parse(&format!("http://{name}/")).ok())
        .collect();
    let outcomes = join_all(pages.iter().map(|page| fetcher.fetch(page))).await;
    conclude(&outcomes, options)
}

/// What the answers for the control names mean.
fn conclude(outcomes: &[FetchOutcome], options: &FetchOptions) -> Option<Trouble> {
    // The pages that were asked for are plain HTTP.
    let proxied = options.proxies.http.is_some();
    let asked = outcomes.iter().filter(|outcome| 0 < outcome.attempts);
    let mut keys = Vec::new();
    let mut silent: Option<&str> = None;
    for outcome in asked {
        match &outcome.result {
            FetchResult::Response(response) => keys.push(key(outcome, response.status)),
            FetchResult::Failed(failure) if is_silence(failure.kind) => {
                silent = Some(&failure.detail);
            }
            FetchResult::Failed(_) | FetchResult::Skipped(_) => return None,
        }
    }
    let Some(first) = keys.first() else {
        return silent.map(|why| {
            if proxied {
                Trouble::of_proxy(options, Some(why))
            } else {
                Trouble::NoAnswers
            }
        });
    };
    // One answer alone is no pattern; that of a portal comes for every name.
    if keys.len() < 2 || keys.iter().any(|key| key != first) {
        return None;
    }
    Some(match first {
        Key::Demanded if proxied => Trouble::of_proxy(options, None),
        Key::Landed(host) => Trouble::Portal {
            host: Some(host.clone()),
        },
        Key::Demanded | Key::Body(_) => Trouble::Portal { host: None },
    })
}
