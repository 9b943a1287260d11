//! How sure a judgement is.
//!
//! | evidence | confidence |
//! | --- | --- |
//! | the judgement says no more than the fact does: a failure, a refusal, a URL not asked | 1 |
//! | a status or a name server says that there is no such page or host | 0.99 (410), 0.95 |
//! | a mark of one product, or an address, that nothing else has | 0.95 |
//! | words that one page in some hundred could print for another reason | 0.8 |
//! | words whose form is not shown, or a form without words | 0.6 |
//! | several clues, none of which would do alone | 1 − 0.4 to the power of their points |
//! | a success whose page was not read | at most 0.7 |
//! | the page answers | 0.98 if it bears the cited title, 0.9 if none is cited, else 0.75; each point of a clue that it is an error page takes a fifth away |
//!
//! More evidence for a judgement never makes it less sure, and more evidence against it never
//! more.

/// The judgement repeats what was observed.
pub(super) const OBSERVED: f64 = 1.0;

/// The server says that the page is gone for good (410).
pub(super) const SAID_FOR_GOOD: f64 = 0.99;

/// A status or a name server says so; some say it to robots alone, or for an hour.
pub(super) const SAID: f64 = 0.95;

/// A mark or an address of one product.
pub(super) const MARK: f64 = 0.95;

/// Words without a mark.
pub(super) const WORDS: f64 = 0.8;

/// A success of which only status and redirects are known, at most.
pub(super) const UNREAD: f64 = 0.7;

/// A form that the page does not speak of, or speaks of and does not show.
pub(super) const HALF_SEEN: f64 = 0.6;

/// What one point of a clue leaves of the doubt.
const DOUBT_LEFT: f64 = 0.4;

/// Points that are enough for a judgement by clues.
pub(super) const ENOUGH_POINTS: u32 = 3;

/// Several clues together.
pub(super) fn of_points(points: u32) -> f64 {
    1.0 - DOUBT_LEFT.powi(i32::try_from(points).unwrap_or(i32::MAX))
}

/// What a clue against it takes from the judgement that the page answers.
const LEFT_OF_ALIVE: f64 = 0.8;

/// A page that answers: by whether it bears the cited title (`None` if there is none to compare)
/// and the points that speak for an error page.
pub(super) fn of_alive(bears_title: Option<bool>, against: u32) -> f64 {
    let base = match bears_title {
        Some(true) => return 0.98,
        None => 0.9,
        Some(false) => 0.75,
    };
    base * LEFT_OF_ALIVE.powi(i32::try_from(against).unwrap_or(i32::MAX))
}

/// Two decimals, as reports have it.
pub(super) fn rounded(confidence: f64) -> f64 {
    (confidence.clamp(0.0, 1.0) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_evidence_is_never_less_sure() {
        let steps: Vec<f64> = (0..12).map(of_points).collect();
        assert!(steps.is_sorted() && steps.iter().all(|sure| *sure <= 1.0));
        for title in [None, Some(false), Some(true)] {
            let steps: Vec<f64> = (0..12).map(|points| of_alive(title, points)).collect();
            assert!(steps.iter().rev().is_sorted());
        }
    }
}
