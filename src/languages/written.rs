//! Whether a text is written as a language is.

use std::collections::BTreeMap;

use crate::model::LanguageTag;

use super::knowledge;
use super::names::canonical;
use super::script::shares;

/// Whether most letters of a text are in a script that the language is written in.
///
/// `None` when the text has no letters, or nothing is known of the language's scripts.
///
/// # Examples
///
/// ```
/// use citecheck::languages::is_in_script_of;
/// use citecheck::model::LanguageTag;
///
/// let tag = |text| LanguageTag::parse(text).unwrap();
/// assert_eq!(is_in_script_of("Дощ у Києві", &tag("uk")), Some(true));
/// assert_eq!(is_in_script_of("Дощ у Києві", &tag("en")), Some(false));
/// assert_eq!(is_in_script_of("東京", &tag("ja")), Some(true));
/// assert_eq!(is_in_script_of("2024", &tag("en")), None);
/// ```
#[must_use]
pub fn is_in_script_of(text: &str, tag: &LanguageTag) -> Option<bool> {
    let (script, _) = shares(text).first().copied()?;
    let tag = canonical(tag);
    // A variety is written as its language is.
    let primary = match tag.primary() {
        "simple" => "en",
        "nb" | "nn" => "no",
        "yue" | "wuu" | "gan" | "hak" | "lzh" => "zh",
        other => other,
    };
    // Kanji beside kana of a name are no Japanese to a reader of Chinese, but they share letters.
    let script = if primary == "zh" && script == "Jpan" {
        "Hani"
    } else {
        script
    };
    knowledge::is_written_in(primary, script)
}

/// How many words of a text have a Cyrillic letter that the language does not write: `і` and `ї` in
/// a text said to be Russian, `ы` in one said to be Ukrainian.
///
/// `None` for languages whose Cyrillic letters no table tells. Close relatives look alike to a
/// detector; their alphabets differ all the same.
///
/// # Examples
///
/// ```
/// use citecheck::languages::words_in_foreign_letters;
/// use citecheck::model::LanguageTag;
///
/// let tag = |text| LanguageTag::parse(text).unwrap();
/// assert_eq!(words_in_foreign_letters("Дощі у Києві", &tag("ru")), Some(2));
/// assert_eq!(words_in_foreign_letters("Дощі у Києві", &tag("uk")), Some(0));
/// assert_eq!(words_in_foreign_letters("Дощі у Києві", &tag("de")), None);
/// ```
#[must_use]
pub fn words_in_foreign_letters(text: &str, tag: &LanguageTag) -> Option<usize> {
    let tag = canonical(tag);
    let alphabet = knowledge::written_in("Cyrl")
        .iter()
        .find(|alphabet| alphabet.tag == tag.primary())?;
    let foreign = |c: char| {
        let cyrillic = ('\u{400}'..='\u{52f}').contains(&c);
        cyrillic && !c.to_lowercase().all(|c| alphabet.has(c))
    };
    let words = text.split(|c: char| !c.is_alphabetic() && c != '\u{301}');
    Some(words.filter(|word| word.contains(foreign)).count())
}

/// How many of these Latin letters, given in lower case with their counts, the alphabet has that
/// has most of them.
pub(crate) fn letters_of_one_alphabet(letters: &BTreeMap<char, usize>) -> usize {
    let had = |alphabet: &knowledge::Alphabet| -> usize {
        let known = letters.iter().filter(|(letter, _)| alphabet.has(**letter));
        known.map(|(_, count)| count).sum()
    };
    let alphabets = knowledge::written_in("Latn").iter();
    alphabets.map(had).max().unwrap_or_default()
}
