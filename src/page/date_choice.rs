//! Which of a page's dates is the day it was published, and how surely.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::date_weights::{
    AGREEMENT, LEAST, LIST_DAYS, ON_HOME_PAGE, ON_LIST, ON_OTHER_TYPE, confidence, weight,
};
use super::found_date::{FoundDate, Origin};
use crate::model::{CitedDate, DateCandidate, DateKind, PageDate};

/// The three answers about a page's dates.
#[derive(Debug, Default)]
pub(super) struct Choice {
    pub(super) published: Option<PageDate>,
    pub(super) modified: Option<PageDate>,
    pub(super) candidates: Vec<DateCandidate>,
}

/// What kind of page it is, as far as dates are concerned.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct PageKind<'a> {
    /// Whether the address is the site's root.
    pub(super) is_home: bool,
    /// `og:type`.
    pub(super) og_type: Option<&'a str>,
}

impl PageKind<'_> {
    fn discount(self) -> f64 {
        const OTHER_TYPES: [&str; 5] = ["product", "event", "profile", "company", "business"];
        let other = self
            .og_type
            .is_some_and(|kind| OTHER_TYPES.iter().any(|word| kind.contains(word)));
        let mut discount = 0.0;
        if self.is_home {
            discount += ON_HOME_PAGE;
        }
        if other {
            discount += ON_OTHER_TYPE;
        }
        discount
    }
}

/// Weighs the dates found.
pub(super) fn choose(found: &[FoundDate], kind: PageKind<'_>) -> Choice {
    Choice {
        published: published(found, kind),
        modified: modified(found),
        candidates: candidates(found),
    }
}

/// Whether the dates near the headline are those of a list of articles.
fn is_list(found: &[FoundDate]) -> bool {
    let days: BTreeSet<CitedDate> = found
        .iter()
        .filter(|one| one.is_day() && one.kind != DateKind::Modified && is_head(one.origin))
        .map(|one| one.date)
        .collect();
    LIST_DAYS <= days.len()
}

fn is_head(origin: Origin) -> bool {
    matches!(
        origin,
        Origin::TimeHead | Origin::ClassHead | Origin::DateLine | Origin::Byline
    )
}

fn published(found: &[FoundDate], kind: PageKind<'_>) -> Option<PageDate> {
    let discount = kind.discount();
    let list = is_list(found);
    let mut best: Option<(f64, &FoundDate)> = None;
    for one in found.iter().filter(|one| one.is_day()) {
        let listed =
            is_head(one.origin) || matches!(one.origin, Origin::TimeBody | Origin::ClassBody);
        let lost = if list && listed { ON_LIST } else { 0.0 };
        let score = weight(one.origin, one.kind) + agreement(one, found) - lost - discount;
        if best.is_none_or(|(known, _)| known < score) {
            best = Some((score, one));
        }
    }
    let (score, one) = best.filter(|(score, _)| LEAST <= *score)?;
    let local = one.utc.and_then(|clock| local_day(one, clock, found));
    Some(PageDate {
        date: local.map_or(one.date, CitedDate::day),
        source: one.source.clone(),
        confidence: confidence(score),
    })
}

/// What other kinds of sources that tell the same day add.
fn agreement(one: &FoundDate, found: &[FoundDate]) -> f64 {
    let mut families = [false; 3];
    for other in found {
        if other.date == one.date
            && other.kind != DateKind::Modified
            && let Some(slot) = families.get_mut(family(other.origin))
        {
            *slot = true;
        }
    }
    let others = families.iter().filter(|present| **present).count();
    AGREEMENT * f64::from(u8::try_from(others.saturating_sub(1)).unwrap_or_default())
}

/// Sources that are filled from one another: those for machines, the address, what readers see.
fn family(origin: Origin) -> usize {
    match origin {
        Origin::MetaArticle
        | Origin::MetaCitation
        | Origin::MetaGeneral
        | Origin::LdArticle
        | Origin::LdPage
        | Origin::LdOther
        | Origin::Property => 0,
        Origin::UrlDay => 1,
        Origin::TimeHead
        | Origin::TimeBody
        | Origin::ClassHead
        | Origin::ClassBody
        | Origin::Byline
        | Origin::Label
        | Origin::DateLine
        | Origin::Lead => 2,
        Origin::UrlMonth | Origin::Prose | Origin::Beside | Origin::LastModified => 3,
    }
}

/// The local day of a UTC instant, when address or visible text tells the day before or after it
/// and the hour allows that.
fn local_day(one: &FoundDate, clock: (i8, i8), found: &[FoundDate]) -> Option<Date> {
    let day = one.date.as_day()?;
    let later = day.checked_add(1.day()).ok().filter(|_| 10 <= clock.0);
    let earlier = day.checked_sub(1.day()).ok().filter(|_| clock.0 < 12);
    let trusted = |other: &&FoundDate| {
        other.utc.is_none()
            && other.kind != DateKind::Modified
            && matches!(family(other.origin), 1 | 2)
    };
    let told = |day: Date| {
        found
            .iter()
            .filter(trusted)
            .any(|other| other.date.as_day() == Some(day))
    };
    if told(day) {
        return None;
    }
    [later, earlier]
        .into_iter()
        .flatten()
        .find(|day| told(*day))
}

fn modified(found: &[FoundDate]) -> Option<PageDate> {
    let rank = |origin: Origin| match origin {
        Origin::LdArticle => 0,
        Origin::MetaArticle => 1,
        Origin::Property | Origin::Label => 2,
        Origin::TimeHead | Origin::ClassHead => 3,
        Origin::MetaGeneral | Origin::MetaCitation => 4,
        Origin::LdPage => 5,
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
        | Origin::LastModified => 9,
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
fn candidates(found: &[FoundDate]) -> Vec<DateCandidate> {
    let mut order: Vec<&FoundDate> = found.iter().collect();
    order.sort_by(|a, b| {
        let (a, b) = (weight(a.origin, a.kind), weight(b.origin, b.kind));
        b.total_cmp(&a)
    });
    let mut list: Vec<DateCandidate> = Vec::new();
    for one in order {
        for date in std::iter::once(one.date).chain(one.other) {
            let candidate = DateCandidate {
                date,
                kind: one.kind,
                source: one.source.clone(),
            };
            if !list.contains(&candidate) {
                list.push(candidate);
            }
        }
    }
    list
}
