//! What two titles are to each other.

use serde::Serialize;
use unicode_normalization::char::is_combining_mark;

use crate::rules::title_letters::{fold, is_romanisable, romanised};
use crate::rules::titles::TitleWords;

/// How a cited title and the page's are related, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TitleRelation {
    /// The same letters, whatever the punctuation, case and accents; or one is the other in Latin
    /// letters, where its own are Cyrillic, Greek, Georgian or Armenian.
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

/// Letters of a title that can be told from others when it stands within one; see [`letters`].
const FEWEST_LETTERS: usize = 8;

/// So many letters in a row are no chance, wherever they begin and end: inflected, cut off, or with
/// an article written to the word.
const MANY_LETTERS: usize = 16;

/// What two titles share by more than chance: a word counts five, a pair of Chinese characters or
/// kana two, one of letters in scripts that write no spaces one. Two words, or five pairs.
const FEWEST_POINTS: usize = 10;

/// The share of pairs of letters from which a romanised title is the other.
const SAME_SOUND: f64 = 0.75;

/// A title taken apart for comparison.
#[derive(Debug)]
pub(super) struct Comparable {
    folded: String,
    letters: String,
    /// Where words begin and end in `letters`, ascending: bytes.
    bounds: Vec<usize>,
    words: TitleWords,
    /// Those of scripts that write spaces.
    spaced: TitleWords,
    /// Pairs of letters of the other scripts that tell of something.
    telling: Vec<(char, char)>,
}

impl Comparable {
    pub(super) fn new(title: &str) -> Self {
        let mut end = COMPARED_BYTES.min(title.len());
        while !title.is_char_boundary(end) {
            end -= 1;
        }
        let title = title.get(..end).unwrap_or_default();
        let folded = fold(title);
        let (letters, bounds) = letters(&folded);
        let mut telling = pairs(&letters);
        telling.retain(|(a, b)| is_unspaced(*a) && is_unspaced(*b));
        // Endings and particles: they stand in titles about anything.
        telling.retain(|(a, b)| !(is_hiragana(*a) && is_hiragana(*b)));
        Self {
            words: TitleWords::new(title),
            spaced: TitleWords::new(&folded.replace(is_unspaced, " ")),
            folded,
            letters,
            bounds,
            telling,
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
        let enough = FEWEST_POINTS <= self.shared_points(found);
        let part = self.is_part_of(found) || found.is_part_of(self);
        if part || 1.0 <= likeness && enough {
            return Some(TitleRelation::Shortened);
        }
        if MOST <= likeness && enough {
            return Some(TitleRelation::Edited);
        }
        if self.sounds_like(found) {
            return Some(TitleRelation::Same);
        }
        (SEVERAL <= likeness && enough).then_some(TitleRelation::UpdatedHeadline)
    }

    fn shared_points(&self, found: &Self) -> usize {
        let shared = self
            .telling
            .iter()
            .filter(|pair| found.telling.binary_search(pair).is_ok());
        let points = shared.map(|(a, b)| if is_wide(*a) || is_wide(*b) { 2 } else { 1 });
        5 * self.spaced.shared_words(&found.spaced) + points.sum::<usize>()
    }

    fn is_part_of(&self, whole: &Self) -> bool {
        if whole.letters.len() <= self.letters.len() {
            return false;
        }
        // A Chinese character says as much as two letters at least.
        let weight = |c: char| if is_han_or_hangul(c) { 2 } else { 1 };
        let count: usize = self.letters.chars().map(weight).sum();
        if MANY_LETTERS <= count {
            return whole.letters.contains(&self.letters);
        }
        let is_bound = |at: &usize| whole.bounds.binary_search(at).is_ok();
        FEWEST_LETTERS <= count
            && whole
                .letters
                .match_indices(&self.letters)
                .any(|(at, part)| is_bound(&at) && is_bound(&(at + part.len())))
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

/// The letters and digits of a folded title, and where words begin and end in them. Scripts that
/// write no spaces may part words anywhere.
fn letters(folded: &str) -> (String, Vec<usize>) {
    let mut letters = String::with_capacity(folded.len());
    let mut bounds = Vec::new();
    let mut before = None;
    for c in folded.chars() {
        if c.is_alphanumeric() {
            let bound = before.is_none_or(|before| is_unspaced(before) || is_unspaced(c));
            if bound {
                bounds.push(letters.len());
            }
            letters.push(c);
            before = Some(c);
        } else if !is_combining_mark(c) {
            before = None;
        }
    }
    bounds.push(letters.len());
    (letters, bounds)
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}')
}

fn is_han_or_hangul(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{3ffff}')
}

/// Chinese characters and kana.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether the character belongs to a script that writes words without spaces.
fn is_unspaced(c: char) -> bool {
    // Thai, Lao, Burmese, Khmer.
    is_wide(c)
        || matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
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
        ] {
            assert_eq!(relation(cited, found), expect, "{cited} / {found}");
        }
    }

    #[test]
    fn a_part_says_as_much_in_any_script() {
        use TitleRelation::{Edited, Shortened};
        for (cited, found, expect) in [
            // A word or two say as little in any script.
            ("Новини", "Новини Харкова сьогодні ввечері", None),
            ("News", "News from the valley this evening", None),
            ("東京都", "東京都知事選挙の結果を発表した", None),
            ("ニュース", "ニュース速報：古い橋を閉鎖へ", None),
            // A word within another is none.
            ("Überflutung", "Überflutungsgebiete neu vermessen", None),
            ("Old manor", "Household manors for sale", None),
            (
                "東京都知事選挙",
                "東京都知事選挙の結果を発表した",
                Some(Shortened),
            ),
            (
                "Надзвичайний стан",
                "Надзвичайний стан у місті: що відомо",
                Some(Shortened),
            ),
            (
                "서울시장 선거 결과 발표 연기",
                "서울시장 선거 결과 발표 연기를 검토",
                Some(Shortened),
            ),
            // What notices of any kind share.
            (
                "図書館の休館についてのお知らせ",
                "新しい橋の建設についてのお知らせ",
                None,
            ),
            (
                "川の古い橋を閉鎖、町長が発表",
                "町長「古い橋を閉鎖」再開は未定",
                Some(Edited),
            ),
            ("", "Flood", None),
            ("!!!", "???", None),
        ] {
            assert_eq!(relation(cited, found), expect, "{cited} / {found}");
        }
    }
}
