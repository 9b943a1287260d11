//! The days that a page tells, each with everything that tells it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::date_weights as weights;
use super::found_date::{Family, FoundDate, Origin};
use super::page_kind::PageKind;
use crate::model::DateKind;

/// How near to the headline a day is "right before or after" it, in bytes of visible text.
const RIGHT_BEFORE: usize = 150;
const RIGHT_AFTER: usize = 300;
/// From here on it is "far below".
const FAR_AFTER: usize = 1_000;

/// The year of the first pages of the web.
const FIRST_WEB_YEAR: i16 = 1991;

/// So many days at the headline, and in sight at all, make a list.
const LIST_AT_HEADLINE: usize = 3;
const MANY_IN_SIGHT: usize = 5;

/// A day with the places that tell it.
#[derive(Debug)]
pub(super) struct Day<'f> {
    pub(super) date: Date,
    /// Log odds that it is the day of publication.
    pub(super) score: f64,
    /// In the order of the page.
    pub(super) told: Vec<&'f FoundDate>,
}

/// The dates of a page, weighed.
pub(super) struct Days<'f> {
    local: LocalDays,
    /// What dates that are less precise than a day have from the page alone.
    any: f64,
    by_day: BTreeMap<Date, Day<'f>>,
}

impl<'f> Days<'f> {
    /// Gathers the dates found and weighs them.
    pub(super) fn of(found: &'f [FoundDate], kind: PageKind, headline: Option<usize>) -> Self {
        let mut by_day: BTreeMap<Date, Vec<&FoundDate>> = BTreeMap::new();
        let local = LocalDays::of(found);
        for one in found.iter().filter(|one| one.may_be_published()) {
            if let Some(day) = local.day(one) {
                by_day.entry(day).or_default().push(one);
            }
        }
        let page = Page::of(&by_day, found, &local, kind, headline);
        let weighed = by_day.into_iter().map(|(date, told)| {
            let score = page.score(date, &told);
            (date, Day { date, score, told })
        });
        Self {
            by_day: weighed.collect(),
            any: weights::ANY_DAY + page.kind_of_page(),
            local,
        }
    }

    /// The day that is most likely the one of publication; the latest of equals.
    pub(super) fn best(&self) -> Option<&Day<'f>> {
        let days = self.by_day.values();
        days.max_by(|a, b| a.score.total_cmp(&b.score))
    }

    /// The local day of what was found, if it is as precise as that.
    pub(super) fn day(&self, one: &FoundDate) -> Option<Date> {
        self.local.day(one)
    }

    /// Log odds of what was found, with all else that tells the same day.
    pub(super) fn score(&self, one: &FoundDate) -> f64 {
        if !one.may_be_published() {
            return weights::NEVER;
        }
        let day = self.day(one).and_then(|day| self.by_day.get(&day));
        day.map_or_else(
            || self.any + weights::place(one.origin, one.kind),
            |day| day.score,
        )
    }
}

/// Which days address and visible text tell: an instant in UTC is of the local day among them.
struct LocalDays(BTreeSet<Date>);

impl LocalDays {
    fn of(found: &[FoundDate]) -> Self {
        let local = found.iter().filter(|one| {
            one.utc.is_none()
                && one.kind != DateKind::Modified
                && matches!(one.origin.family(), Family::Address | Family::Seen)
        });
        Self(local.filter_map(|one| one.date.as_day()).collect())
    }

    /// The local day of what was found: the day before or after a UTC instant, when the page tells
    /// that one and the hour allows it.
    fn day(&self, one: &FoundDate) -> Option<Date> {
        let day = one.date.as_day()?;
        let Some((hour, _)) = one.utc.filter(|_| !self.0.contains(&day)) else {
            return Some(day);
        };
        let later = day.checked_add(1.day()).ok().filter(|_| 10 <= hour);
        let earlier = day.checked_sub(1.day()).ok().filter(|_| hour < 12);
        let told = |day: &Date| self.0.contains(day);
        Some(
            [later, earlier]
                .into_iter()
                .flatten()
                .find(told)
                .unwrap_or(day),
        )
    }
}

/// What holds for all days of a page.
struct Page {
    kind: PageKind,
    headline: Option<usize>,
    /// The first day that is seen at the headline.
    first_seen: Option<Date>,
    for_machines: BTreeSet<Date>,
    published: BTreeSet<Date>,
    modified: BTreeSet<Date>,
    at_headline: usize,
    in_sight: usize,
    /// When an archive saved the page.
    captured: Option<Date>,
}

impl Page {
    fn of(
        by_day: &BTreeMap<Date, Vec<&FoundDate>>,
        found: &[FoundDate],
        local: &LocalDays,
        kind: PageKind,
        headline: Option<usize>,
    ) -> Self {
        let with = |wanted: fn(&FoundDate) -> bool| -> BTreeSet<Date> {
            let days = by_day.iter();
            days.filter(|(_, told)| told.iter().any(|one| wanted(one)))
                .map(|(day, _)| *day)
                .collect()
        };
        let unchanged = |one: &FoundDate| one.kind != DateKind::Modified;
        let at_headline =
            with(|one| one.kind != DateKind::Modified && one.origin.is_at_headline()).len();
        let seen = || {
            found.iter().filter(|one| {
                let labelled = one.origin == Origin::Label;
                one.is_day() && unchanged(one) && (labelled || one.origin.is_at_headline())
            })
        };
        // What stands above the headline is as often the day on which the page was asked for.
        let below = |one: &&FoundDate| one.at.zip(headline).is_some_and(|(at, head)| head <= at);
        let first = seen().find(below).or_else(|| seen().next());
        Self {
            kind,
            headline,
            first_seen: first
                .filter(|_| at_headline < LIST_AT_HEADLINE)
                .and_then(|one| local.day(one)),
            for_machines: with(FoundDate::is_for_machines),
            published: with(|one| one.kind == DateKind::Published && one.origin != Origin::Beside),
            modified: with(|one| one.kind == DateKind::Modified),
            at_headline,
            in_sight: with(|one| {
                one.kind != DateKind::Modified && one.origin.family() == Family::Seen
            })
            .len(),
            captured: found
                .iter()
                .find(|one| one.origin == Origin::Capture)
                .and_then(|one| one.date.as_day()),
        }
    }

    fn score(&self, day: Date, told: &[&FoundDate]) -> f64 {
        weights::ANY_DAY
            + places(told)
            + self.relations(day, told)
            + self.position(told)
            + self.kind_of_page()
            + self.kind_for_this(day)
    }

    /// What other days of the page say of this one.
    fn relations(&self, day: Date, told: &[&FoundDate]) -> f64 {
        let another = |days: &BTreeSet<Date>| !days.is_empty() && !days.contains(&day);
        let latest = 1 < self.published.len() && self.published.last() == Some(&day);
        sum(&[
            (self.first_seen == Some(day), weights::FIRST_SEEN),
            (self.modified.contains(&day), weights::ALSO_MODIFIED),
            (another(&self.for_machines), weights::MACHINES_SAY_ANOTHER),
            (another(&self.published), weights::ANOTHER_IS_PUBLISHED),
            (latest, weights::LATEST_PUBLISHED),
            (
                self.captured.is_some_and(|captured| captured < day),
                weights::AFTER_CAPTURE,
            ),
            (told.iter().any(|one| one.linked), weights::IN_LINK),
        ])
    }

    /// Where the nearest place stands beside the headline.
    fn position(&self, told: &[&FoundDate]) -> f64 {
        let Some(headline) = self.headline else {
            return 0.0;
        };
        let seen = told.iter().filter(|one| one.origin != Origin::Beside);
        let nearest = seen
            .filter_map(|one| one.at)
            .min_by_key(|at| at.abs_diff(headline));
        nearest.map_or(0.0, |at| {
            let labelled = told.iter().any(|one| one.origin == Origin::Label);
            let near = (labelled || self.at_headline < LIST_AT_HEADLINE)
                && headline <= at + RIGHT_BEFORE
                && at <= headline + RIGHT_AFTER;
            sum(&[
                (near, weights::NEAR_HEADLINE),
                (headline + FAR_AFTER < at, weights::FAR_BELOW),
            ])
        })
    }

    /// What only holds for days that machines are told, or only for others.
    fn kind_for_this(&self, day: Date) -> f64 {
        let told = self.for_machines.contains(&day);
        sum(&[
            (self.kind.is_short && told, weights::SHORT_PAGE),
            (self.kind.is_home && !told, weights::SEEN_ON_HOME),
            (
                day.year() < FIRST_WEB_YEAR && !told,
                weights::BEFORE_THE_WEB,
            ),
        ])
    }

    fn kind_of_page(&self) -> f64 {
        let kind = self.kind;
        sum(&[
            (kind.is_home, weights::HOME),
            (kind.dated_address, weights::DATED_ADDRESS),
            (kind.undated_address, weights::UNDATED_ADDRESS),
            (kind.headline_in_address, weights::HEADLINE_IN_ADDRESS),
            (kind.og_website, weights::OG_WEBSITE),
            (kind.og_other, weights::OG_OTHER),
            (kind.only_web_page, weights::ONLY_WEB_PAGE),
            (kind.several_articles, weights::SEVERAL_ARTICLES),
            (self.at_headline == 2, weights::TWO_AT_HEADLINE),
            (
                LIST_AT_HEADLINE <= self.at_headline,
                weights::LIST_AT_HEADLINE,
            ),
            (MANY_IN_SIGHT <= self.in_sight, weights::MANY_IN_SIGHT),
        ])
    }
}

/// What the places add, each kind of place once, and what kinds of them agree.
fn places(told: &[&FoundDate]) -> f64 {
    let kinds: BTreeSet<(Origin, DateKind)> =
        told.iter().map(|one| (one.origin, one.kind)).collect();
    let alone: f64 = kinds
        .iter()
        .map(|(origin, kind)| weights::place(*origin, *kind))
        .sum();
    let families: BTreeSet<Family> = told
        .iter()
        .filter(|one| one.kind != DateKind::Modified)
        .map(|one| one.origin.family())
        .collect();
    let seen_at_headline = told.iter().any(|one| {
        let labelled = one.origin == Origin::Label && one.kind == DateKind::Published;
        let unchanged = matches!(one.kind, DateKind::Published | DateKind::Unknown);
        labelled || unchanged && one.origin.is_at_headline()
    });
    alone
        + sum(&[
            (
                told.iter().any(|one| one.is_for_machines()),
                weights::FOR_MACHINES,
            ),
            (seen_at_headline, weights::AT_HEADLINE),
            (2 <= families.len(), weights::TWO_FAMILIES),
            (3 <= families.len(), weights::THREE_FAMILIES),
        ])
}

fn sum(signs: &[(bool, f64)]) -> f64 {
    let present = signs.iter().filter(|(is_there, _)| *is_there);
    present.map(|(_, weight)| weight).sum()
}
