//! What two titles are to each other.

use serde::Serialize;

use crate::rules::title_letters::{fold, is_romanisable, romanised};
use crate::rules::titles::TitleWords;

/// How a cited title and the page's are related, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TitleRelation {
    /// The same letters, whatever the punctuation, case, accents or script they are written in.
    Same,
    /// One is a part of the other: a subtitle, a kicker or the site's name is missing.
    Shortened,
    /// Most words are the same.
    Edited,
    /// Several words are the same: the headline was rewritten, or is that of a version for others.
    UpdatedHeadline,
    /// The page is another one.
    DifferentPage,
    /// The page's own title is that of an error page or a wall.
    ErrorPage,
    /// Cited in another language than the page's, or too short to tell.
    NotComparable,
}

/// Titles are compared by so many of their first bytes.
const COMPARED_BYTES: usize = 1_000;

/// Most words of the shorter title are in the other.
const MOST: f64 = 0.6;

/// Several of them are.
const SEVERAL: f64 = 0.34;

/// Words that two titles share by more than chance.
const FEWEST_SHARED: usize = 2;

/// Letters of a title that can be told from others when it stands within one.
const FEWEST_LETTERS: usize = 8;

/// The share of pairs of letters from which a romanised title is the other.
const SAME_SOUND: f64 = 0.75;

/// A title taken apart for comparison.
#[derive(Debug)]
pub(super) struct Comparable {
    folded: String,
    letters: String,
    words: TitleWords,
}

impl Comparable {
    pub(super) fn new(title: &str) -> Self {
        let mut end = COMPARED_BYTES.min(title.len());
        while !title.is_char_boundary(end) {
            end -= 1;
        }
        let title = title.get(..end).unwrap_or_default();
        let folded = fold(title);
        let letters = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        Self {
            words: TitleWords::new(title),
            folded,
            letters,
        }
    }

    /// What this title is to the one found on a page; `None` where they share too little to be one.
    pub(super) fn relation(&self, found: &Self) -> Option<TitleRelation> {
        if self.letters.is_empty() || found.letters.is_empty() {
            return None;
        }
        if self.letters == found.letters {
            return Some(TitleRelation::Same);
        }
        let likeness = self.words.likeness(&found.words);
        let shared = self.words.shared_words(&found.words);
        let part = self.is_part_of(found) || found.is_part_of(self);
        if part || 1.0 <= likeness && FEWEST_SHARED <= shared {
            return Some(TitleRelation::Shortened);
        }
        if MOST <= likeness && FEWEST_SHARED <= shared {
            return Some(TitleRelation::Edited);
        }
        if self.sounds_like(found) {
            return Some(TitleRelation::Same);
        }
        (SEVERAL <= likeness && FEWEST_SHARED <= shared).then_some(TitleRelation::UpdatedHeadline)
    }

    fn is_part_of(&self, whole: &Self) -> bool {
        let bytes = self.letters.len();
        let starts = bytes < whole.letters.len() && whole.letters.contains(&self.letters);
        starts && FEWEST_LETTERS <= bytes
    }

    /// Whether one is the other written in Latin letters.
    fn sounds_like(&self, found: &Self) -> bool {
        if is_romanisable(&self.folded) == is_romanisable(&found.folded) {
            return false;
        }
        let both = romanised(&self.folded).zip(romanised(&found.folded));
        both.is_some_and(|(one, other)| {
            let (one, other) = (pairs(&one), pairs(&other));
            let shared = one
                .iter()
                .filter(|pair| other.binary_search(pair).is_ok())
                .count();
            let all = one.len().max(other.len());
            #[expect(clippy::cast_precision_loss, reason = "titles have few letters")]
            let share = shared as f64 / all.max(1) as f64;
            FEWEST_LETTERS <= all && SAME_SOUND <= share
        })
    }
}

/// Neighbouring letters, ascending, each pair once.
fn pairs(letters: &str) -> Vec<(char, char)> {
    let next = letters.chars().skip(1);
    let mut pairs: Vec<(char, char)> = letters.chars().zip(next).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relation(cited: &str, found: &str) -> Option<TitleRelation> {
        Comparable::new(cited).relation(&Comparable::new(found))
    }

    #[test]
    fn titles_are_related() {
        use TitleRelation::{Edited, Same, Shortened, UpdatedHeadline};
        for (cited, found, expect) in [
            (
                "“Never again”, says mayor",
                "'Never Again' – says mayor",
                Some(Same),
            ),
            (
                "東京で大雪、交通に影響",
                "東京で大雪，交通に影響！",
                Some(Same),
            ),
            ("زلزال يضرب المدينة؟", "زلزال يضرب المدينة", Some(Same)),
            (
                "الفيضان في مدينـــة البصرة",
                "الفَيَضان في مدينة البصرة",
                Some(Same),
            ),
            (
                "Повінь у Харкові: місто без світла",
                "Povin u Kharkovi: misto bez svitla",
                Some(Same),
            ),
            ("Наводнение в Саратове", "Navodnenie v Saratove", Some(Same)),
            (
                "Η πλημμύρα στην Αθήνα",
                "I plimmyra stin Athina",
                Some(Same),
            ),
            (
                "Flood closes the bridge",
                "Flood closes the bridge: what drivers must know",
                Some(Shortened),
            ),
            (
                "Flood closes old bridge in Riverton",
                "Flood has closed the old bridge in Riverton",
                Some(Edited),
            ),
            (
                "Flood closes bridge in Riverton, mayor asks for help",
                "Riverton under water: bridge lost",
                Some(UpdatedHeadline),
            ),
            (
                "Flood closes bridge in Riverton, mayor says",
                "Mayor: flood victims to get help in April",
                Some(UpdatedHeadline),
            ),
            ("Best hotels of 2024", "Elections 2024 in numbers", None),
            (
                "Курс валют на сьогодні",
                "Nova mishen: pershi soldaty",
                None,
            ),
            ("", "Flood", None),
            ("!!!", "???", None),
        ] {
            assert_eq!(relation(cited, found), expect, "{cited} / {found}");
        }
    }
}
