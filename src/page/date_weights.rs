//! How much each sign speaks for a day being the one on which a page was published.
//!
//! Log odds of a logistic regression over the days that pages tell, fitted on pages with known dates
//! and on pages that have none, the sign of each weight held to what the sign means, and rounded;
//! what was set by hand says so. `examples/evaluate-dates.rs` prints what becomes of them.

use super::found_date::Origin;
use crate::model::DateKind;

/// What a place that tells the day adds; each kind of place counts once.
const PLACES: &[(Origin, DateKind, f64)] = &[
    (Origin::UrlDay, DateKind::Published, 1.55),
    (Origin::MetaArticle, DateKind::Published, 1.35),
    (Origin::MetaArticle, DateKind::Modified, -0.35),
    (Origin::MetaCitation, DateKind::Published, 0.6),
    (Origin::MetaGeneral, DateKind::Published, 0.85),
    (Origin::MetaGeneral, DateKind::Modified, -0.2),
    (Origin::LdArticle, DateKind::Created, 0.55),
    (Origin::LdArticle, DateKind::Modified, 0.6),
    (Origin::LdPage, DateKind::Published, 0.35),
    (Origin::Property, DateKind::Published, 0.15),
    (Origin::Property, DateKind::Created, 0.2),
    (Origin::Property, DateKind::Modified, -1.25),
    (Origin::Label, DateKind::Published, 1.25),
    // "Last updated" in plain sight, where nothing says when it was first published.
    (Origin::Label, DateKind::Modified, 1.7),
    (Origin::TimeHead, DateKind::Unknown, 0.95),
    (Origin::TimeBody, DateKind::Published, 0.65),
    (Origin::TimeBody, DateKind::Unknown, 0.45),
    (Origin::ClassHead, DateKind::Published, 0.05),
    (Origin::ClassBody, DateKind::Modified, 0.2),
    (Origin::Byline, DateKind::Modified, -0.55),
    (Origin::DateLine, DateKind::Unknown, 0.3),
    (Origin::Lead, DateKind::Unknown, 0.25),
    (Origin::Beside, DateKind::Published, 1.05),
    (Origin::Beside, DateKind::Created, 0.85),
    (Origin::Beside, DateKind::Modified, 0.6),
    (Origin::Beside, DateKind::Unknown, -0.25),
    (Origin::Foot, DateKind::Modified, -0.6),
    // Set by hand: the day of an event is not the day on which its page came out.
    (Origin::Event, DateKind::Unknown, -3.0),
    (Origin::Prose, DateKind::Published, -0.6),
    (Origin::Prose, DateKind::Modified, -0.75),
    (Origin::Prose, DateKind::Unknown, -0.5),
];

/// What a place adds.
pub(super) fn place(origin: Origin, kind: DateKind) -> f64 {
    let listed = PLACES
        .iter()
        .find(|(place, of, _)| *place == origin && *of == kind);
    listed.map_or(0.0, |(.., weight)| *weight)
}

/// Log odds of a day of which nothing more is known.
pub(super) const ANY_DAY: f64 = -1.95;

/// Told as published in what is written for machines about this very article.
pub(super) const FOR_MACHINES: f64 = 1.15;
/// Seen at the headline.
pub(super) const AT_HEADLINE: f64 = 0.55;
/// Told by two of: data for machines, the address, what readers see.
pub(super) const TWO_FAMILIES: f64 = 0.4;
/// What the third adds.
pub(super) const THREE_FAMILIES: f64 = 1.5;

/// The first day that readers see at the headline, where that is no list.
pub(super) const FIRST_SEEN: f64 = 1.75;
/// Seen right before or after the headline, where that is no list or a label says what it is.
pub(super) const NEAR_HEADLINE: f64 = 1.45;
/// Seen only far below the headline.
pub(super) const FAR_BELOW: f64 = -0.75;
/// Seen in a link: links lead to other pages.
pub(super) const IN_LINK: f64 = -0.5;
/// The day of a change as well.
pub(super) const ALSO_MODIFIED: f64 = 0.25;
/// Data for machines about this article tell another day.
pub(super) const MACHINES_SAY_ANOTHER: f64 = -1.25;
/// Another day is called the day of publication.
pub(super) const ANOTHER_IS_PUBLISHED: f64 = -1.6;
/// The latest of several days of publication.
pub(super) const LATEST_PUBLISHED: f64 = -1.4;

/// Later than the day on which an archive saved the page, as menus of archives and clocks are: no
/// page is published after it was saved.
pub(super) const AFTER_CAPTURE: f64 = -6.0;
/// Days that are never those of publication: of the capture itself, and of clocks without a battery.
pub(super) const NEVER: f64 = -7.0;

/// What kind of page it is.
pub(super) const HOME: f64 = -1.3;
/// Set by hand: a front page shows the day it was made up, or that of its newest article. More than
/// the pages measured say, some of which are labelled with the day they were saved.
pub(super) const SEEN_ON_HOME: f64 = -2.9;
/// Set by hand: a day that readers see, before there was a web, is one of a life or of history.
pub(super) const BEFORE_THE_WEB: f64 = -4.5;
pub(super) const DATED_ADDRESS: f64 = 0.25;
pub(super) const UNDATED_ADDRESS: f64 = -1.3;
pub(super) const HEADLINE_IN_ADDRESS: f64 = 0.15;
pub(super) const OG_WEBSITE: f64 = -0.35;
pub(super) const OG_OTHER: f64 = -0.95;
pub(super) const ONLY_WEB_PAGE: f64 = -0.1;
pub(super) const SEVERAL_ARTICLES: f64 = -0.5;
/// Data for machines tell the day of a page with little text.
pub(super) const SHORT_PAGE: f64 = 1.2;
/// Two days at the headline; three or more; five or more anywhere in sight: lists of articles.
pub(super) const TWO_AT_HEADLINE: f64 = -1.3;
pub(super) const LIST_AT_HEADLINE: f64 = -0.8;
pub(super) const MANY_IN_SIGHT: f64 = -0.65;

/// From log odds among the days of a page to the probability that the best of them is right.
const CALIBRATION: (f64, f64) = (0.59, 0.74);

/// Log odds below which no date is given: three of four such dates are wrong.
pub(super) const LEAST: f64 = -2.0;

/// The probability that the best day of a page is right, rounded to three decimals.
pub(super) fn confidence_of_best(log_odds: f64) -> f64 {
    let (base, slope) = CALIBRATION;
    confidence(base + slope * log_odds)
}

/// The probability of log odds, rounded to three decimals.
pub(super) fn confidence(log_odds: f64) -> f64 {
    let probability = 1.0 / (1.0 + (-log_odds).exp());
    (probability * 1000.0).round() / 1000.0
}
