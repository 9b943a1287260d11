//! URLs → facts: asks for each, reads what comes, keeps no body.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::sync::{Arc, OnceLock};

use tokio::sync::{mpsc, watch};
use url::Url;

use super::away::Trouble;
use super::facts::Facts;
use super::look::look;
use super::other_form::ask_other_forms;
use super::probe;
use super::readers::{News, Readers};
use super::trouble::{Watch, is_proxied};
use crate::archive::never_asked;
use crate::fetch::{Ask, Event, Fetcher, Transport, fetch_all};
use crate::model::{FailureKind, FetchOutcome, FetchResult, LinkFacts, SkipReason};

/// What gathering came to.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Facts by URL.
    pub facts: Facts,
    /// Whether it was stopped before all URLs were asked.
    pub partial: bool,
    /// What kept it from asking. Links that fell silent in the row of failures that led to it
    /// count as not asked: nothing is known of them.
    pub trouble: Option<Trouble>,
}

/// What happens while facts are gathered.
#[derive(Debug)]
pub enum Progress<'a> {
    /// The URL is being asked.
    Started(&'a Url),
    /// The URL is done.
    Finished(&'a LinkFacts),
    /// More is known of a URL that was done: its host was asked once more, for something else.
    Completed(&'a LinkFacts),
}

/// Asks for every URL once and reads the pages.
///
/// Archives that no citation should use are [never asked](never_asked): their addresses come out as
/// skipped, [`SkipReason::Excluded`]. Pages are read on as many threads as the runtime has, long
/// ones one at a time, while others are fetched; when all of them are busy, the next page holds up the
/// asking, so that few bodies wait and memory does not grow with their number. Without
/// [`keep_bodies`](crate::fetch::FetchOptions::keep_bodies) none is read. Once `stop` says `true`
/// the rest is skipped and the result is partial. The same happens once many hosts in a row gave nothing of their own and a look at the
/// network finds it away.
pub async fn gather<T: Transport + 'static>(
    fetcher: &Arc<Fetcher<T>>,
    asks: &[Ask],
    stop: watch::Receiver<bool>,
    mut on_progress: impl FnMut(&Progress<'_>),
) -> Gathered {
    let mut gathered = Gathered::default();
    let asks = leave_out(fetcher, asks, |facts| {
        on_progress(&Progress::Finished(&facts));
        let url = facts.outcome.requested.clone();
        gathered.facts.insert(url, facts);
    });
    let mut row = Watch::new(fetcher.options());
    let (halt, halted) = watch::channel(false);
    let (suspect, mut suspected) = watch::channel(());
    let (news, mut happened) = mpsc::unbounded_channel();
    let readers = Readers::new(news, fetcher.options().keep_bodies);
    let watching = &mut row;
    let fetching = fetch_all(fetcher, &asks, halted, move |event| match event {
        Event::Started(url) => readers.tell(News::Started(url)),
        Event::Finished(outcome, room) => {
            if watching.saw(&outcome) {
                suspect.send_replace(());
            }
            readers.take(outcome, room);
        }
    });
    let listening = async {
        while let Some(news) = happened.recv().await {
            match news {
                News::Started(url) => on_progress(&Progress::Started(&url)),
                News::Read(facts) => {
                    gathered.partial |= matches!(
                        facts.outcome.result,
                        FetchResult::Skipped(SkipReason::Interrupted)
                    );
                    on_progress(&Progress::Finished(&facts));
                    let url = facts.outcome.requested.clone();
                    gathered.facts.insert(url, *facts);
                }
                // A panic is a defect of citecheck and goes on as one.
                News::Panicked(panic) => resume_unwind(panic),
            }
        }
    };
    let asking = async { tokio::join!(fetching, listening) };
    let found = OnceLock::new();
    // Ends after the asking, for a look that is under way then decides as any other; but nobody who
    // stops a run waits for it.
    let looking = async {
        while suspected.changed().await.is_ok() {
            let trouble = tokio::select! {
                biased;
                () = stopped(stop.clone()) => break,
                trouble = look(fetcher) => trouble,
            };
            if let Some(trouble) = trouble {
                let _ = found.set(trouble);
                let _ = halt.send(true);
                break;
            }
        }
    };
    let relaying = async {
        stopped(stop.clone()).await;
        let _ = halt.send(true);
        std::future::pending::<()>().await;
    };
    tokio::select! {
        biased;
        () = async { tokio::join!(asking, looking); } => {}
        () = relaying => {}
    }
    gathered.trouble = found.into_inner();
    if gathered.trouble.is_none() && !gathered.partial {
        gathered.trouble = last_look(fetcher, &row, &gathered.facts).await;
    }
    if gathered.trouble.is_some() {
        let row: BTreeSet<&Url> = row.row().collect();
        gathered.partial |= forget(&mut gathered.facts, &row);
    } else {
        let mut tell = |facts: &LinkFacts| on_progress(&Progress::Completed(facts));
        ask_other_forms(fetcher, &mut gathered.facts, stop.clone(), &mut tell).await;
        probe::probe_hosts(fetcher, &mut gathered.facts, stop, &mut tell).await;
    }
    gathered
}

/// What is to be asked, without what never is, of which it tells.
fn leave_out<'a, T: Transport>(
    fetcher: &Fetcher<T>,
    asks: &'a [Ask],
    mut tell: impl FnMut(LinkFacts),
) -> Cow<'a, [Ask]> {
    let mut left_out = false;
    for ask in asks.iter().filter(|ask| never_asked(&ask.url)) {
        left_out = true;
        tell(LinkFacts::of(fetcher.skip(&ask.url, SkipReason::Excluded)));
    }
    if left_out {
        let asked = asks.iter().filter(|ask| !never_asked(&ask.url));
        Cow::Owned(asked.cloned().collect())
    } else {
        Cow::Borrowed(asks)
    }
}

/// Ends once stopping is asked for; never when nobody can ask for it any more.
async fn stopped(mut stop: watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Looks at the network when all is done, if what came of it asks for that.
async fn last_look<T: Transport>(
    fetcher: &Fetcher<T>,
    row: &Watch,
    facts: &Facts,
) -> Option<Trouble> {
    if row.is_in_doubt() {
        return look(fetcher).await;
    }
    if !nothing_answered(facts) {
        return None;
    }
    if is_proxied(fetcher.options()) {
        return look(fetcher).await;
    }
    let away = fetcher.network_is_down().await;
    away.then(|| Trouble::of_names(fetcher.options()))
}

/// Takes back what was noted of links that were asked in vain, and tells why the rest was not.
/// Gives whether there are any.
fn forget(facts: &mut Facts, row: &BTreeSet<&Url>) -> bool {
    let mut any = false;
    for (url, facts) in facts.iter_mut() {
        let waiting = matches!(
            facts.outcome.result,
            FetchResult::Skipped(SkipReason::Interrupted)
        );
        if waiting || row.contains(url) {
            any = true;
            *facts = LinkFacts::of(FetchOutcome {
                requested: url.clone(),
                hops: Vec::new(),
                landed: url.clone(),
                fetched_at: facts.outcome.fetched_at,
                attempts: 0,
                result: FetchResult::Skipped(SkipReason::NoNetwork),
            });
        }
    }
    any
}

/// Whether some URL was asked, and no host of any gave a sign of life. A refused or broken connection is
/// one: some machine answered.
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
