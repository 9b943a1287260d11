//! One observation of a URL, and what it says for or against the link.

use jiff::Timestamp;
use url::Url;

use crate::model::{FailureKind, FetchResult, LinkFacts, LinkVerdict};

/// What was seen of a URL at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// When, UTC, to the millisecond.
    pub at: Timestamp,
    /// What it was judged to be then.
    pub verdict: LinkVerdict,
    /// HTTP status of the last answer; `None` without one.
    pub status: Option<u16>,
    /// Why there was no answer; `None` when there was one.
    pub failure: Option<FailureKind>,
    /// Where redirects led; `None` when there were none.
    pub landed: Option<Url>,
}

/// What an observation says of a link's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// The cited page answered: failures before it are over.
    Alive,
    /// No page came.
    Failure,
    /// Neither: a wall, another page in its place, an answer that allows no judgement.
    Neither,
}

impl Observation {
    /// What the facts amount to under a verdict; `None` when the URL was not asked, which tells
    /// nothing.
    #[must_use]
    pub fn of(facts: &LinkFacts, verdict: LinkVerdict) -> Option<Self> {
        let outcome = &facts.outcome;
        let (status, failure) = match &outcome.result {
            FetchResult::Response(response) => (Some(response.status), None),
            FetchResult::Failed(failure) => (None, Some(failure.kind)),
            FetchResult::Skipped(_) => return None,
        };
        if outcome.attempts == 0 {
            return None;
        }
        Some(Self {
            at: to_millisecond(outcome.fetched_at),
            verdict,
            status,
            failure,
            landed: (outcome.landed != outcome.requested).then(|| outcome.landed.clone()),
        })
    }

    /// What it says of the link's life.
    ///
    /// Certificates that have expired, are another host's or that nobody vouches for are no
    /// failure: the page is there, and browsers let readers through to it or complete the chain
    /// themselves. A handshake that cannot be had leaves readers without the page. A page that tells
    /// of a fault though its status is a success is neither: that it is no cited page is read from
    /// its words. A name that could not be looked up just now, and a network without a way to the
    /// host, are as likely our own trouble, however often they come.
    #[must_use]
    pub const fn bearing(&self) -> Bearing {
        match self.verdict {
            LinkVerdict::Alive | LinkVerdict::Moved | LinkVerdict::Paywalled => Bearing::Alive,
            LinkVerdict::Gone | LinkVerdict::NoSuchHost | LinkVerdict::Refused => Bearing::Failure,
            LinkVerdict::Unstable => match (self.status, self.failure) {
                (Some(200..=299), _)
                | (_, Some(FailureKind::DnsTemporary | FailureKind::Unreachable)) => {
                    Bearing::Neither
                }
                (Some(_) | None, _) => Bearing::Failure,
            },
            LinkVerdict::TlsError => match self.failure {
                Some(FailureKind::Tls | FailureKind::TlsOldProtocol) => Bearing::Failure,
                Some(_) | None => Bearing::Neither,
            },
            LinkVerdict::RedirectedToHomePage
            | LinkVerdict::Soft404
            | LinkVerdict::Blocked
            | LinkVerdict::LoginWall
            | LinkVerdict::ConsentWall
            | LinkVerdict::Parked
            | LinkVerdict::Usurped
            | LinkVerdict::Drifted
            | LinkVerdict::UnsupportedScheme
            | LinkVerdict::PrivateAddress
            | LinkVerdict::Skipped
            | LinkVerdict::Unknown => Bearing::Neither,
        }
    }
}

/// The instant without what is finer than the file keeps.
pub(super) fn to_millisecond(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}
