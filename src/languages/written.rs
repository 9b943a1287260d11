//! Whether a text is written as a language is.

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
