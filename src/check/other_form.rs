//! Asking known sites in another form, where the page's own answer does not tell.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::sync::watch;
use url::Url;

use super::facts::Facts;
use crate::fetch::{Ask, Event, Fetcher, Transport, fetch_all};
use crate::links::quirks;
use crate::model::{FetchResult, LinkFacts, OtherForm, SkipReason};

/// Adds what the other forms of the addresses answer to the facts, and tells of those.
pub(super) async fn ask_other_forms<T: Transport + 'static>(
    fetcher: &Arc<Fetcher<T>>,
    facts: &mut Facts,
    stop: watch::Receiver<bool>,
    mut tell: impl FnMut(&LinkFacts),
) {
    let forms: BTreeMap<Url, Url> = facts
        .iter()
        .filter_map(|(url, facts)| Some((url.clone(), form_to_ask(facts)?)))
        .collect();
    if forms.is_empty() {
        return;
    }
    let asks: Vec<Ask> = forms.values().cloned().map(Ask::from).collect();
    let mut answers: BTreeMap<Url, u16> = BTreeMap::new();
    let mut interrupted: BTreeSet<Url> = BTreeSet::new();
    fetch_all(fetcher, &asks, stop, |event| match event {
        Event::Started(_) => {}
        Event::Finished(outcome, _) => match outcome.result {
            FetchResult::Response(response) => {
                answers.insert(outcome.requested, response.status);
            }
            FetchResult::Skipped(SkipReason::Interrupted) => {
                interrupted.insert(outcome.requested);
            }
            FetchResult::Failed(_) | FetchResult::Skipped(_) => {}
        },
    })
    .await;
    for (url, form) in forms {
        if let Some(facts) = facts.get_mut(&url) {
            let status = answers.get(&form).copied();
            // What was not asked for want of time is asked by the next run.
            let told = !interrupted.contains(&form);
            facts.other_form = Some(Box::new(OtherForm { url: form, status }));
            if told {
                tell(facts);
            }
        }
    }
}

/// What is still to be asked before the link is judged; `None` when nothing is.
pub(super) fn form_to_ask(facts: &LinkFacts) -> Option<Url> {
    // What the site says by itself is better: the form is for pages and walls.
    let asks = match &facts.outcome.result {
        FetchResult::Response(response) => {
            matches!(response.status, 200..=299 | 400 | 401 | 403 | 429)
        }
        FetchResult::Failed(_) | FetchResult::Skipped(_) => false,
    };
    let wanted = asks && facts.other_form.is_none();
    quirks::other_form(&facts.outcome.requested).filter(|_| wanted)
}
