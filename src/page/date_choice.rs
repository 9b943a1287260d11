//! Which of a page's dates is the day it was published, and how surely.

use std::cmp::Reverse;

use jiff::civil::Date;

use super::date_days::{Day, Days};
use super::date_weights::{LEAST, confidence, confidence_of_best};
use super::found_date::{FoundDate, Origin};
use super::page_kind::PageKind;
use crate::model::{CitedDate, DateCandidate, DateKind, PageDate};

/// Confidence of a month or year that data for machines give. Journals tell no more of a volume;
/// others fill in what they have, so that it contradicts nothing.
const VAGUE: f64 = 0.55;

/// The three answers about a page's dates.
#[derive(Debug, Default)]
pub(super) struct Choice {
    pub(super) published: Option<PageDate>,
    pub(super) modified: Option<PageDate>,
    pub(super) candidates: Vec<DateCandidate>,
}

/// Weighs the dates found. `headline` is where it begins in the visible text.
pub(super) fn choose(found: &[FoundDate], kind: PageKind, headline: Option<usize>) -> Choice {
    let days = Days::of(found, kind, headline);
    let best = days.best().filter(|day| LEAST <= day.score);
    Choice {
        published: best.and_then(published).or_else(|| vague(found)),
        modified: modified(found),
        candidates: candidates(found, &days, best.map(|day| day.date)),
    }
}

fn published(best: &Day<'_>) -> Option<PageDate> {
    // The first of equals is the one that the page tells first.
    let place = best
        .told
        .iter()
        .rev()
        .max_by_key(|one| one.origin.trust(one.kind))?;
    Some(PageDate {
        date: CitedDate::day(best.date),
        source: place.source.clone(),
        confidence: confidence_of_best(best.score),
    })
}

/// The month or year that data for machines give where no day is told: a year alone stays one.
fn vague(found: &[FoundDate]) -> Option<PageDate> {
    let said = found
        .iter()
        .filter(|one| !one.is_day() && one.is_for_machines() && one.may_be_published());
    // As above, the first of equals.
    let best = said.rev().max_by_key(|one| one.origin.trust(one.kind))?;
    Some(PageDate {
        date: best.date,
        source: best.source.clone(),
        confidence: VAGUE,
    })
}

fn modified(found: &[FoundDate]) -> Option<PageDate> {
    let rank = |origin: Origin| match origin {
        Origin::LdArticle => 0,
        Origin::MetaArticle => 1,
        Origin::Property | Origin::Label => 2,
        Origin::TimeHead | Origin::ClassHead => 3,
        Origin::MetaGeneral | Origin::MetaCitation => 4,
        Origin::LdPage => 5,
        Origin::Foot => 6,
        Origin::UrlDay
        | Origin::UrlMonth
        | Origin::LdOther
        | Origin::TimeBody
        | Origin::ClassBody
        | Origin::Byline
        | Origin::DateLine
        | Origin::Lead
        | Origin::Prose
        | Origin::Beside
        | Origin::Event
        | Origin::LastModified
        | Origin::Capture => 9,
    };
    let said = found
        .iter()
        .filter(|one| one.kind == DateKind::Modified && rank(one.origin) < 9);
    let best = said.min_by_key(|one| rank(one.origin))?;
    Some(PageDate {
        date: best.date,
        source: best.source.clone(),
        confidence: match rank(best.origin) {
            0 | 1 => 0.9,
            2 | 3 => 0.8,
            _ => 0.7,
        },
    })
}

/// All dates, most trustworthy first, one entry for each date, kind and source.
fn candidates(found: &[FoundDate], days: &Days<'_>, best: Option<Date>) -> Vec<DateCandidate> {
    let mut order: Vec<&FoundDate> = found.iter().collect();
    order.sort_by_key(|one| Reverse(one.origin.trust(one.kind)));
    let best_confidence = days
        .best()
        .map_or(1.0, |best| confidence_of_best(best.score));
    let mut list: Vec<DateCandidate> = Vec::new();
    for one in order {
        let day = days.day(one);
        let is_best = best.is_some() && day == best;
        let probability = if is_best {
            best_confidence
        } else {
            // No other day is likelier than the one chosen.
            confidence(days.score(one)).min(best_confidence)
        };
        for date in std::iter::once(one.date).chain(one.other) {
            let known = |listed: &DateCandidate| {
                listed.date == date && listed.kind == one.kind && listed.source == one.source
            };
            if !list.iter().any(known) {
                list.push(DateCandidate {
                    date,
                    kind: one.kind,
                    source: one.source.clone(),
                    confidence: probability,
                    utc: one.utc.is_some() && one.date.as_day() == day,
                });
            }
        }
    }
    list
}
