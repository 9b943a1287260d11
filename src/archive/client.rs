//! Asking archives: rarely, never longer than the run waits, no question twice while its answer is
//! kept.

use std::collections::BTreeMap;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use url::Url;

use super::address::{is_local, never_asked};
use super::answers::Answers;
use super::options::ArchiveOptions;
use super::pace::Pace;
use crate::fetch::{Fetcher, Request, Transport, retry_after};
use crate::model::{CopySearch, FetchOutcome, FetchResult, HttpResponse, SkipReason};

/// Times in a row that an archive may fail to answer before it is left alone.
const MOST_FAULTS: u32 = 3;
/// Times that one request is made when the archive turns it away; each has its pause before it.
const MOST_TRIES: u32 = 3;

/// Why an archive gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unanswered {
    /// It asked for a longer pause than the run waits.
    Paused,
    /// The run's requests to archives are used up.
    BudgetSpent,
    /// It could not be reached, or failed.
    Unreachable,
    /// The recording that is replayed lacks the answer.
    NotRecorded,
    /// The run was interrupted.
    Interrupted,
    /// It is one that is not asked.
    Refused,
}

impl Unanswered {
    /// How a search ends by it; `None` where it is as if no archive had been asked.
    #[must_use]
    pub const fn search(self) -> Option<CopySearch> {
        match self {
            Self::Paused => Some(CopySearch::Paused),
            Self::BudgetSpent => Some(CopySearch::BudgetSpent),
            Self::Unreachable => Some(CopySearch::Unreachable),
            Self::Interrupted => Some(CopySearch::Interrupted),
            Self::NotRecorded | Self::Refused => None,
        }
    }
}

/// What one archive is known by.
#[derive(Debug)]
struct Standing {
    pace: Pace,
    faults: u32,
}

/// Archives with the requests that may still be made of them.
///
/// Every request passes here, one at a time: the pace and the pauses are those of a whole archive,
/// whichever of its addresses is asked. The latest answers are kept, so that nothing is asked twice in a
/// row of questions about one page.
/// A replay keeps no pace and has no budget.
#[derive(Debug)]
pub struct Archives<'a, T> {
    pub(super) fetcher: &'a Fetcher<T>,
    pub(super) options: ArchiveOptions,
    standings: BTreeMap<String, Standing>,
    answers: Answers,
    left: u32,
    stop: watch::Receiver<bool>,
}

impl<'a, T: Transport> Archives<'a, T> {
    /// Archives that are asked through a fetcher's transport until `stop` says `true`.
    pub fn new(
        fetcher: &'a Fetcher<T>,
        options: ArchiveOptions,
        stop: watch::Receiver<bool>,
    ) -> Self {
        Self {
            fetcher,
            left: options.budget,
            options,
            standings: BTreeMap::new(),
            answers: Answers::default(),
            stop,
        }
    }

    /// How many requests may still be made.
    #[must_use]
    pub const fn left(&self) -> u32 {
        self.left
    }

    /// Whether an archive at that address may be asked about a page: public ones know no pages of
    /// private networks, and should not hear of them. A replay tells nobody.
    pub(super) fn may_know(&self, endpoint: &Url, page: &Url) -> bool {
        !self.fetcher.transport().is_live() || is_local(endpoint) || !is_local(page)
    }

    /// Whether a search for a page has to end before it begins: no public archive may know it.
    #[must_use]
    pub fn leaves_out(&self, page: &Url) -> bool {
        self.fetcher.transport().is_live() && is_local(page)
    }

    /// Asks for an address, once while its answer is [kept](Answers).
    pub(super) async fn get(
        &mut self,
        url: &Url,
        fields: Vec<(&'static str, String)>,
    ) -> Result<FetchOutcome, Unanswered> {
        if let Some(known) = self.answers.get(url) {
            return known;
        }
        let request = Request {
            fields,
            ..Request::to(url.clone())
        };
        let answer = self.ask(&request).await;
        self.answers.keep(url, &answer);
        answer
    }

    /// Makes a request when its archive may be asked; a 429 that is the archive's own pauses all
    /// requests to it.
    pub(super) async fn ask(&mut self, request: &Request) -> Result<FetchOutcome, Unanswered> {
        if never_asked(&request.url) {
            return Err(Unanswered::Refused);
        }
        let archive = self.archive_of(&request.url);
        for _ in 0..MOST_TRIES {
            self.wait_for_turn(&archive).await?;
            let outcome = self.fetcher.exchange(request).await;
            let now = Instant::now();
            let standing = self.standing(&archive);
            match &outcome.result {
                FetchResult::Response(response) if is_refusal(response) => {
                    let asked = retry_after(|name| response.header(name), outcome.fetched_at);
                    standing.pace.refused(now, asked);
                }
                FetchResult::Response(response) if is_fault(response) => {
                    standing.faults += 1;
                    return Err(Unanswered::Unreachable);
                }
                FetchResult::Response(_) => {
                    standing.pace.answered();
                    standing.faults = 0;
                    return Ok(outcome);
                }
                FetchResult::Failed(_) => {
                    standing.faults += 1;
                    return Err(Unanswered::Unreachable);
                }
                FetchResult::Skipped(SkipReason::NotRecorded) => {
                    return Err(Unanswered::NotRecorded);
                }
                FetchResult::Skipped(_) => return Err(Unanswered::Refused),
            }
        }
        Err(Unanswered::Paused)
    }

    /// Waits until the archive may be asked and takes the request off what may be made.
    async fn wait_for_turn(&mut self, archive: &str) -> Result<(), Unanswered> {
        if *self.stop.borrow() {
            return Err(Unanswered::Interrupted);
        }
        if !self.fetcher.transport().is_live() {
            return Ok(());
        }
        if self.left == 0 {
            return Err(Unanswered::BudgetSpent);
        }
        let patience = self.options.patience;
        let now = Instant::now();
        let standing = self.standing(archive);
        if MOST_FAULTS <= standing.faults {
            return Err(Unanswered::Unreachable);
        }
        let ready = standing.pace.ready_at(now);
        if patience < standing.pace.pause(now) {
            return Err(Unanswered::Paused);
        }
        if now < ready {
            tokio::select! {
                biased;
                () = stopped(&mut self.stop) => return Err(Unanswered::Interrupted),
                () = sleep_until(ready) => {}
            }
        }
        self.left -= 1;
        self.standing(archive).pace.take(ready);
        Ok(())
    }

    fn standing(&mut self, archive: &str) -> &mut Standing {
        let rate = self.options.rate;
        let known = self.standings.entry(archive.to_owned());
        known.or_insert_with(|| Standing {
            pace: Pace::new(rate),
            faults: 0,
        })
    }

    /// What is one archive: the Wayback Machine whichever of its addresses is meant, else a host.
    fn archive_of(&self, url: &Url) -> String {
        let options = &self.options;
        let own = [
            &options.availability,
            &options.cdx,
            &options.playback,
            &options.save,
        ];
        let host = |url: &Url| {
            let host = url.host_str().unwrap_or_default().to_owned();
            (host, url.port_or_known_default())
        };
        let of_own = own.into_iter().flatten().any(|own| host(own) == host(url));
        let name = url.host_str().unwrap_or_default();
        if of_own || name == "archive.org" || name.ends_with(".archive.org") {
            "archive.org".to_owned()
        } else {
            name.to_owned()
        }
    }
}

/// Whether an answer is an archived one: archives say so for every copy (RFC 7089).
pub(super) fn is_memento(response: &HttpResponse) -> bool {
    response.header("memento-datetime").is_some()
}

/// The archive itself asks for a pause. An archived 429 is a copy like others.
fn is_refusal(response: &HttpResponse) -> bool {
    let busy = response.status == 429
        || response.status == 503 && response.header("retry-after").is_some();
    busy && !is_memento(response)
}

fn is_fault(response: &HttpResponse) -> bool {
    500 <= response.status && !is_memento(response)
}

/// Ends once stopping is asked for; never when nobody can ask for it any more.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    if stop.wait_for(|stop| *stop).await.is_err() {
        std::future::pending::<()>().await;
    }
}
