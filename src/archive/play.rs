//! What a copy shows: the answer that the site once gave, redirects within the archive followed.

use jiff::Timestamp;
use url::Url;

use super::address::{CopyAddress, copy_address, never_asked};
use super::client::{Archives, Unanswered, is_memento};
use super::stamp;
use crate::fetch::Transport;
use crate::links;
use crate::model::{FetchOutcome, FetchResult, Hop, HttpResponse};

/// Most requests for one copy: jumps to the nearest capture and archived redirects.
const MOST_STEPS: usize = 10;
/// Before a header field that the site once sent.
const ORIGINAL_HEADER: &str = "x-archive-orig-";

/// What came of playing a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Play {
    /// The archive has an answer of the site, with any status.
    Copy(Box<Played>),
    /// The archive answered, but with no copy: an excluded site, a page of its own, a circle.
    NoCopy(Box<FetchOutcome>),
    /// The archive was not asked, or did not answer.
    Unanswered(Unanswered),
}

/// A copy that was played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Played {
    /// The answer, as if the site had given it: addresses and header fields are the site's, redirects
    /// those that were archived; `memento-datetime` stays among the header fields.
    pub outcome: FetchOutcome,
    /// When the copy was made that was found first, UTC: archived redirects may lead to later ones.
    pub captured: Timestamp,
    /// The address of that copy, for readers.
    pub view: Url,
    /// The page that it is a copy of.
    pub original: Url,
}

/// What is known on the way.
struct Journey {
    at: Url,
    first: Option<CopyAddress>,
    hops: Vec<Hop>,
    seen: Vec<Url>,
}

impl<T: Transport> Archives<'_, T> {
    /// Plays the copy at an address; `page` is whose copy it should be.
    ///
    /// Of archives whose addresses hold timestamps the copy is asked for without what they add to
    /// pages. A redirect without `Memento-Datetime` is the archive's own, to the nearest capture that
    /// it has; one with it was archived, and is followed within the archive, never to the live web.
    pub async fn play(&mut self, address: &Url, page: &Url) -> Play {
        if !self.may_know(address, page) {
            return Play::Unanswered(Unanswered::Refused);
        }
        let raw = copy_address(address).and_then(|copy| copy.raw());
        let mut journey = Journey {
            at: raw.unwrap_or_else(|| address.clone()),
            first: None,
            hops: Vec::new(),
            seen: Vec::new(),
        };
        for _ in 0..MOST_STEPS {
            let outcome = match self.get(&journey.at, Vec::new()).await {
                Ok(outcome) => outcome,
                Err(why) => return Play::Unanswered(why),
            };
            let FetchResult::Response(response) = &outcome.result else {
                return Play::NoCopy(Box::new(outcome));
            };
            if is_memento(response) {
                let here = copy_address(&journey.at);
                journey.first = journey.first.or(here);
            }
            match journey.next(response) {
                Step::To(next) => {
                    journey.seen.push(std::mem::replace(&mut journey.at, next));
                }
                Step::Stuck => return Play::NoCopy(Box::new(outcome)),
                Step::Here => return journey.arrived(outcome, page),
            }
        }
        Play::NoCopy(Box::new(FetchOutcome {
            result: FetchResult::Failed(crate::model::FetchFailure {
                kind: crate::model::FailureKind::TooManyRedirects,
                detail: "the archived redirects lead nowhere".to_owned(),
            }),
            ..self
                .fetcher
                .skip(address, crate::model::SkipReason::Excluded)
        }))
    }
}

enum Step {
    To(Url),
    Here,
    Stuck,
}

impl Journey {
    /// Where an answer leads.
    fn next(&mut self, response: &HttpResponse) -> Step {
        let location = response.header("location");
        let Some(location) = location.filter(|_| (300..400).contains(&response.status)) else {
            return Step::Here;
        };
        let Some(next) = self.within_archive(location) else {
            return Step::Stuck;
        };
        if next == self.at || self.seen.contains(&next) || never_asked(&next) {
            return Step::Stuck;
        }
        if is_memento(response)
            && let Some(here) = copy_address(&self.at)
        {
            self.hops.push(Hop {
                url: here.original,
                status: response.status,
            });
        }
        Step::To(next)
    }

    /// The address of a copy that a redirect leads to; a redirect to the live web becomes one to a
    /// copy of the same time. `None` where it leads out of the archive.
    fn within_archive(&self, location: &str) -> Option<Url> {
        let target = self.at.join(location).ok()?;
        let here = copy_address(&self.at);
        match (copy_address(&target), here) {
            (Some(there), Some(here)) if here.is_same_archive(&there) => there.raw(),
            (Some(there), None) if target.host() == self.at.host() => there.raw(),
            (None, Some(here)) if target.host() != self.at.host() => here.raw_of(&target),
            // A location relative to the page that was copied.
            (None, Some(here)) => here.raw_of(&here.original.join(location).ok()?),
            (None, None) if target.host() == self.at.host() => Some(target),
            (Some(_) | None, _) => None,
        }
    }

    fn arrived(self, outcome: FetchOutcome, page: &Url) -> Play {
        let FetchResult::Response(response) = outcome.result else {
            return Play::NoCopy(Box::new(outcome));
        };
        let dated = response.header("memento-datetime");
        let dated = dated.and_then(stamp::read_http_date);
        let Some(dated) = dated else {
            return Play::NoCopy(Box::new(FetchOutcome {
                result: FetchResult::Response(response),
                ..outcome
            }));
        };
        let landed = copy_address(&self.at);
        let mut first = self.first.or_else(|| landed.clone());
        let is_same = |first: &CopyAddress, landed: &CopyAddress| {
            links::same_page(first.original.as_str(), landed.original.as_str())
        };
        // A redirect to the same page, by https or with its slash, is not what readers want to see.
        if first
            .as_ref()
            .zip(landed.as_ref())
            .is_some_and(|(a, b)| is_same(a, b))
        {
            first.clone_from(&landed);
        }
        let original = first.as_ref().map_or(page, |copy| &copy.original).clone();
        let landed = landed.map_or_else(|| original.clone(), |copy| copy.original);
        let view = first.as_ref().and_then(CopyAddress::view);
        Play::Copy(Box::new(Played {
            captured: first.as_ref().map_or(dated, |copy| copy.captured),
            view: view.unwrap_or(self.at),
            outcome: FetchOutcome {
                requested: original.clone(),
                hops: self.hops,
                landed,
                result: FetchResult::Response(as_answered(response)),
                ..outcome
            },
            original,
        }))
    }
}

/// An archived answer with the header fields that the site sent.
fn as_answered(response: HttpResponse) -> HttpResponse {
    const KEPT: [&str; 3] = ["content-type", "memento-datetime", "location"];
    let headers = response.headers.into_iter().filter_map(|(name, value)| {
        match name.strip_prefix(ORIGINAL_HEADER) {
            Some(own) if own != "content-type" => Some((own.to_owned(), value)),
            Some(_) => None,
            None => KEPT.contains(&name.as_str()).then_some((name, value)),
        }
    });
    HttpResponse {
        headers: headers.collect(),
        ..response
    }
}
