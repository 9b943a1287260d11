//! Asking known sites in another form, where the page's own answer does not tell.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::watch;
use url::Url;

use super::facts::Facts;
use crate::fetch::{Ask, Event, Fetcher, Transport, fetch_all};
use crate::links::quirks;
use crate::model::{FetchResult, OtherForm};

/// Adds what the other forms of the addresses answer to the facts.
pub(super) async fn ask_other_forms<T: Transport + 'static>(
    fetcher: &Arc<Fetcher<T>>,
    facts: &mut Facts,
    stop: watch::Receiver<bool>,
) {
    let mut forms: BTreeMap<Url, Url> = BTreeMap::new();
    for (url, facts) in facts.iter() {
        // What the site says by itself is better: the form is for pages and walls.
        let asks = match &facts.outcome.result {
            FetchResult::Response(response) => {
                matches!(response.status, 200..=299 | 400 | 401 | 403 | 429)
            }
            FetchResult::Failed(_) | FetchResult::Skipped(_) => false,
        };
        if let Some(form) = quirks::other_form(url).filter(|_| asks) {
            forms.insert(url.clone(), form);
        }
    }
    if forms.is_empty() {
        return;
    }
    let asks: Vec<Ask> = forms.values().cloned().map(Ask::from).collect();
    let mut answers: BTreeMap<Url, u16> = BTreeMap::new();
    fetch_all(fetcher, &asks, stop, |event| match event {
        Event::Started(_) => {}
        Event::Finished(outcome) => {
            if let FetchResult::Response(response) = outcome.result {
                answers.insert(outcome.requested, response.status);
            }
        }
    })
    .await;
    for (url, form) in forms {
        if let Some(facts) = facts.get_mut(&url) {
            let status = answers.get(&form).copied();
            facts.other_form = Some(OtherForm { url: form, status });
        }
    }
}
