//! How far each place on a page is trusted to tell when it was published.

use super::found_date::Origin;
use crate::model::DateKind;

/// Log-odds that a date in this place, said to be of this kind, is the publication date. Fitted
/// on 1,565 pages with known dates (420 of them with none) and rounded; what is not listed is
/// never chosen, and stays a candidate that can support a cited date.
const WEIGHTS: &[(Origin, DateKind, f64)] = &[
    // Written for machines about this very article.
    (Origin::MetaCitation, DateKind::Published, 2.8),
    (Origin::LdArticle, DateKind::Published, 2.6),
    (Origin::MetaArticle, DateKind::Published, 2.6),
    (Origin::Property, DateKind::Published, 2.6),
    (Origin::UrlDay, DateKind::Published, 2.4),
    (Origin::Property, DateKind::Created, 2.2),
    (Origin::Property, DateKind::Unknown, 2.0),
    // What a reader sees at the headline.
    (Origin::TimeHead, DateKind::Published, 2.2),
    (Origin::ClassHead, DateKind::Published, 2.2),
    (Origin::TimeHead, DateKind::Unknown, 2.0),
    (Origin::Byline, DateKind::Published, 1.6),
    (Origin::Label, DateKind::Published, 1.6),
    (Origin::ClassHead, DateKind::Unknown, 1.4),
    (Origin::Byline, DateKind::Unknown, 1.4),
    (Origin::DateLine, DateKind::Unknown, 1.3),
    // Written for machines, but of what is less sure.
    (Origin::MetaGeneral, DateKind::Published, 1.2),
    (Origin::LdArticle, DateKind::Created, 1.2),
    (Origin::MetaArticle, DateKind::Created, 1.0),
    (Origin::TimeBody, DateKind::Published, 0.5),
    (Origin::Lead, DateKind::Unknown, 0.4),
    // "Last updated" in plain sight, where nothing says when it was first published, is right on
    // two of three pages.
    (Origin::Label, DateKind::Modified, 0.2),
    (Origin::Beside, DateKind::Published, 0.1),
    // Below the threshold on their own, above it when another kind of source agrees. Content
    // management systems give every page a `datePublished`, shops and home pages too.
    (Origin::MetaGeneral, DateKind::Created, -0.2),
    (Origin::LdOther, DateKind::Created, -0.5),
    (Origin::LdPage, DateKind::Published, -0.6),
    (Origin::ClassBody, DateKind::Published, -0.6),
    (Origin::TimeBody, DateKind::Unknown, -0.8),
    (Origin::LdOther, DateKind::Published, -0.8),
    (Origin::Beside, DateKind::Created, -0.8),
    (Origin::ClassBody, DateKind::Unknown, -1.0),
    (Origin::LdPage, DateKind::Created, -1.0),
];

/// The weight of what is not listed.
const UNTRUSTED: f64 = -3.0;

/// Log-odds below which no date is given.
pub(super) const LEAST: f64 = 0.0;

/// What a second and a third kind of source that tell the same day add.
pub(super) const AGREEMENT: f64 = 0.8;

/// Visible dates of so many different days near the headline are a list of articles.
pub(super) const LIST_DAYS: usize = 3;
/// What visible dates lose on a list.
pub(super) const ON_LIST: f64 = 3.0;

/// What every date loses on a home page, and on pages about products, events and people: they
/// are not published on a day.
pub(super) const ON_HOME_PAGE: f64 = 1.5;
pub(super) const ON_OTHER_TYPE: f64 = 1.5;

/// From score to probability: the logistic line that fits how often a date of a score was right.
const CALIBRATION: (f64, f64) = (0.08, 0.78);

/// The weight of a place and kind.
pub(super) fn weight(origin: Origin, kind: DateKind) -> f64 {
    let listed = WEIGHTS
        .iter()
        .find(|(place, of, _)| *place == origin && *of == kind);
    listed.map_or(UNTRUSTED, |(.., weight)| *weight)
}

/// The probability that a date of this score is right, rounded to three decimals.
pub(super) fn confidence(score: f64) -> f64 {
    let (base, slope) = CALIBRATION;
    let probability = 1.0 / (1.0 + (-(base + slope * score)).exp());
    (probability * 1000.0).round() / 1000.0
}
