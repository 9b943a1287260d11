//! Shares of what is read right, and the floors under them.

use std::collections::BTreeMap;
use std::fmt::Write;

/// A share may lie above its floor by this much, in hundredths of a per cent.
const SLACK: u64 = 100;
/// Misses of one measure that a failure shows.
const SHOWN: usize = 40;

/// Right and all of one measure, with what was missed.
#[derive(Debug, Default)]
pub(crate) struct Score {
    right: u64,
    all: u64,
    misses: Vec<String>,
}

impl Score {
    /// Right of all in hundredths of a per cent, rounded down.
    fn share(&self) -> u64 {
        10_000 * self.right / self.all.max(1)
    }
}

/// The measures of one part of the corpus by name.
#[derive(Debug, Default)]
pub(crate) struct Scores(BTreeMap<String, Score>);

impl Scores {
    /// Counts one case of a measure; `miss` says what was read and what is true.
    pub(crate) fn count(&mut self, measure: &str, right: bool, miss: impl FnOnce() -> String) {
        let score = self.0.entry(measure.to_owned()).or_default();
        score.all += 1;
        score.right += u64::from(right);
        if !right {
            score.misses.push(miss());
        }
    }

    /// Compares with the floors of `part`.
    ///
    /// # Panics
    ///
    /// Where a share is under its floor or more than [`SLACK`] above it, where a measure has no
    /// floor and where a floor has no measure.
    #[track_caller]
    pub(crate) fn check(part: &str, scores: &Self) {
        let complaint = scores.complaint(&floors(part));
        assert!(complaint.is_empty(), "\n[{part}]\n{complaint}");
    }

    fn complaint(&self, floors: &BTreeMap<String, u64>) -> String {
        let mut text = String::new();
        for (measure, score) in &self.0 {
            let (right, all, share) = (score.right, score.all, score.share());
            let said = format!("{measure}: {right} of {all}, {} %", percent(share));
            // Rounded down to a tenth: the floor lies just under what is measured.
            let fitting = percent(share / 10 * 10);
            match floors.get(measure) {
                None => {
                    let _ = writeln!(text, "{said}; it has no floor, set {measure} = {fitting}");
                }
                Some(floor) if share < *floor => {
                    let _ = writeln!(text, "{said}, under its floor of {} %", percent(*floor));
                    for miss in score.misses.iter().take(SHOWN) {
                        let _ = writeln!(text, "  {miss}");
                    }
                    let more = score.misses.len().saturating_sub(SHOWN);
                    if 0 < more {
                        let _ = writeln!(text, "  and {more} more");
                    }
                }
                Some(floor) if floor + SLACK < share => {
                    let _ = writeln!(
                        text,
                        "{said}, well above its floor of {} %: raise the floor to {fitting}",
                        percent(*floor)
                    );
                }
                Some(_) => {}
            }
        }
        for measure in floors.keys().filter(|name| !self.0.contains_key(*name)) {
            let _ = writeln!(text, "{measure}: has a floor and no case");
        }
        text
    }
}

/// Hundredths of a per cent with one or two decimals, as a floor is written.
fn percent(hundredths: u64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.strip_suffix('0').unwrap_or(&text).to_owned()
}

/// One table of `floors.toml`; empty where it has none.
fn table(name: &str) -> BTreeMap<String, toml::Value> {
    let tables: BTreeMap<String, BTreeMap<String, toml::Value>> =
        toml::from_str(&crate::corpus("floors.toml")).unwrap();
    tables.get(name).cloned().unwrap_or_default()
}

/// The hash of the corpus that the floors of `part` were measured on.
pub(crate) fn pinned(part: &str) -> String {
    let corpus = table("corpus");
    let hash = corpus.get(part).and_then(toml::Value::as_str);
    hash.unwrap_or_default().to_owned()
}

/// The floors of one part of the corpus, in hundredths of a per cent.
fn floors(part: &str) -> BTreeMap<String, u64> {
    let floors = table(part);
    let hundredths = |floor: &toml::Value| -> u64 {
        // As text: 98.3 has no exact double.
        let text = floor.to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let part = format!("{part:0<2}");
        100 * whole.parse::<u64>().unwrap() + part.parse::<u64>().unwrap()
    };
    floors
        .iter()
        .map(|(measure, floor)| (measure.clone(), hundredths(floor)))
        .collect()
}

#[test]
fn a_share_is_held_between_its_floor_and_a_little_above() {
    let mut scores = Scores::default();
    for case in 0..40 {
        scores.count("title", case != 0, || "title 0 is not read".to_owned());
    }
    let said = |floor: u64| scores.complaint(&BTreeMap::from([("title".to_owned(), floor)]));
    assert_eq!(said(9750), "");
    assert_eq!(said(9650), "");
    assert_eq!(
        said(9751),
        "title: 39 of 40, 97.5 %, under its floor of 97.51 %\n  title 0 is not read\n"
    );
    assert_eq!(
        said(9640),
        "title: 39 of 40, 97.5 %, well above its floor of 96.4 %: raise the floor to 97.5\n"
    );
    assert_eq!(
        scores.complaint(&BTreeMap::from([("date".to_owned(), 1)])),
        "title: 39 of 40, 97.5 %; it has no floor, set title = 97.5\ndate: has a floor and no case\n"
    );
}
