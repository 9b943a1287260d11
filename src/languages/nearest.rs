//! The language that a misspelt name is most like.

use crate::model::LanguageTag;

use super::names::{english_name, fold, names};

/// Names of more characters than this are not compared.
const LONGEST_NAME: usize = 40;

/// The language whose name in any of the known languages is most like `name`, with that name in
/// lower case and the language's tag; `None` when none is like it.
///
/// A fifth of the characters may differ, at least one and at most three; names of fewer than five
/// characters are like too many. Among equally near names English ones come first.
///
/// # Examples
///
/// ```
/// use citecheck::languages::nearest_language;
///
/// assert_eq!(nearest_language("Ukranian").unwrap().1.as_str(), "uk");
/// assert!(nearest_language("Klingonese").is_none());
/// ```
#[must_use]
pub fn nearest_language(name: &str) -> Option<(String, LanguageTag)> {
    if LONGEST_NAME * 4 < name.len() {
        return None;
    }
    let folded = fold(name.trim());
    let length = folded.chars().count();
    if !(5..=LONGEST_NAME).contains(&length) {
        return None;
    }
    let most = (length / 5).clamp(1, 3);
    let near = names().filter_map(|(known, tag)| {
        let apart = known.chars().count().abs_diff(length);
        if most < apart {
            return None;
        }
        let distance = strsim::osa_distance(&folded, known);
        let tag = LanguageTag::from_static(tag);
        let foreign = english_name(&tag).to_lowercase() != known;
        (distance <= most).then_some((distance, foreign, known, tag))
    });
    let (.., known, tag) = near.min()?;
    Some((known.to_owned(), tag))
}
