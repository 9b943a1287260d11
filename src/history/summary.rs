//! A URL's observations → since when it fails, and whether that is confirmed.

use jiff::{SignedDuration, Timestamp};

use super::observation::{Bearing, Observation};
use crate::model::{LinkHistory, LinkVerdict};

/// When failures that may pass are enough to call a link dead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirm {
    /// So many counted failures; at least 1.
    pub failures: u32,
    /// A failure counts when it is at least so many days (of 24 hours) after the one counted
    /// before it.
    pub days: u32,
}

impl Default for Confirm {
    /// Three failures, three days apart: one outage of a weekend confirms nothing.
    fn default() -> Self {
        Self {
            failures: 3,
            days: 3,
        }
    }
}

/// How a link stands by its history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The cited page answered last.
    Alive,
    /// It failed, in a way that may pass and not yet often enough.
    Suspect,
    /// It failed often enough, or said itself that it is gone.
    Dead,
    /// It never answered and never failed.
    Unknown,
}

impl Standing {
    /// The word used in lists.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Suspect => "suspect",
            Self::Dead => "dead",
            Self::Unknown => "unknown",
        }
    }
}

/// Derives what rules read from a URL's observations, given in any order; `None` without any.
///
/// An alive answer ends the failures before it, also those of the same instant. What is neither
/// alive nor a failure counts for nothing and ends nothing.
///
/// # Examples
///
/// ```
/// use citecheck::history::{Confirm, Observation, summarise};
/// use citecheck::model::LinkVerdict;
///
/// let seen = |day: &str| Observation {
///     at: format!("2026-03-{day}T06:00:00Z").parse().unwrap(),
///     verdict: LinkVerdict::Unstable,
///     status: Some(503),
///     failure: None,
///     landed: None,
/// };
/// let row = [seen("01"), seen("02"), seen("08"), seen("15")];
/// let history = summarise(&row, Confirm::default()).unwrap();
/// assert_eq!((history.failures, history.confirmed), (3, true)); // the 2nd is too near the 1st
/// ```
#[must_use]
pub fn summarise(observations: &[Observation], confirm: Confirm) -> Option<LinkHistory> {
    let first_seen = observations.iter().map(|seen| seen.at).min()?;
    let last_alive = last_alive(observations);
    let row = failures_after(observations, last_alive);
    let failures = u32::try_from(counted(&row, confirm).count()).unwrap_or(u32::MAX);
    Some(LinkHistory {
        first_seen,
        last_alive,
        dead_since: row.first().copied(),
        failures,
        confirmed: confirm.failures.max(1) <= failures,
        checks: u32::try_from(observations.len()).unwrap_or(u32::MAX),
    })
}

/// How a link stands; `None` without observations.
#[must_use]
pub fn standing(observations: &[Observation], confirm: Confirm) -> Option<Standing> {
    let history = summarise(observations, confirm)?;
    if history.dead_since.is_none() {
        return Some(match history.last_alive {
            Some(_) => Standing::Alive,
            None => Standing::Unknown,
        });
    }
    let failures = observations
        .iter()
        .filter(|seen| seen.bearing() == Bearing::Failure);
    let last = failures.max_by_key(|seen| seen.at);
    let says_so = last
        .is_some_and(|last| matches!(last.verdict, LinkVerdict::Gone | LinkVerdict::NoSuchHost));
    Some(if history.confirmed || says_so {
        Standing::Dead
    } else {
        Standing::Suspect
    })
}

pub(super) fn last_alive(observations: &[Observation]) -> Option<Timestamp> {
    let alive = observations
        .iter()
        .filter(|seen| seen.bearing() == Bearing::Alive);
    alive.map(|seen| seen.at).max()
}

/// Instants of the present row of failures, in order.
pub(super) fn failures_after(
    observations: &[Observation],
    last_alive: Option<Timestamp>,
) -> Vec<Timestamp> {
    let mut row: Vec<Timestamp> = observations
        .iter()
        .filter(|seen| seen.bearing() == Bearing::Failure)
        .map(|seen| seen.at)
        .filter(|at| last_alive.is_none_or(|alive| alive < *at))
        .collect();
    row.sort_unstable();
    row
}

/// Those of a row of failures that count, the first of them always.
pub(super) fn counted(row: &[Timestamp], confirm: Confirm) -> impl Iterator<Item = Timestamp> {
    let apart = SignedDuration::from_hours(24 * i64::from(confirm.days));
    let mut before: Option<Timestamp> = None;
    row.iter().copied().filter(move |at| {
        let counts = before.is_none_or(|before| apart <= at.duration_since(before));
        if counts {
            before = Some(*at);
        }
        counts
    })
}
