//! Authors whose end a language's own separator shows: a colon in German and Finnish lists, a comma
//! in Dutch ones.

use std::sync::LazyLock;

use regex::Regex;

use super::lists::LISTS;
use super::phrases::WORDS;
use crate::model::LanguageTag;

/// Longest list of authors of this form, in bytes.
const LONGEST: usize = 400;

/// Length of the names that a text starts with, separator and space included.
pub(super) fn names(text: &str, language: Option<&LanguageTag>) -> Option<usize> {
    let length = if LISTS.has_colon_authors(language) {
        before_colon(text)
    } else if LISTS.has_comma_authors(language) {
        before_comma(text)
    } else {
        None
    };
    length.filter(|length| *length < text.trim_end().len())
}

/// "Max Muster, Eva Kunz: Titel", "dpa/AFP: Titel", "Virtanen, Aino: Otsikko".
fn before_colon(text: &str) -> Option<usize> {
    let (names, _) = text.split_once(": ")?;
    if LONGEST < names.len() {
        return None;
    }
    let bare = without_mark(names);
    let mut parts = bare
        .split([',', ';', '/'])
        .flat_map(|part| part.split(" und ").flat_map(|part| part.split(" & ")))
        .map(str::trim)
        .peekable();
    let inverted = bare.contains(", ") && parts.clone().all(|part| !part.contains(' '));
    parts.peek()?;
    let named =
        parts.all(|part| LISTS.is_agency(part) || is_name(part) || inverted && is_word(part));
    named.then_some(names.len() + 2)
}

/// The names without "(Hrsg.)", "u. a.", "et al." behind them.
fn without_mark(names: &str) -> &str {
    let bare = match names.rsplit_once(" (") {
        Some((bare, mark))
            if WORDS
                .editors
                .contains(&mark.trim_end_matches(')').to_lowercase()) =>
        {
            bare
        }
        Some(_) | None => names,
    };
    let et_al = WORDS
        .et_al
        .iter()
        .filter_map(|words| bare.strip_suffix(words.as_str()));
    et_al.min_by_key(|rest| rest.len()).map_or(bare, |rest| {
        if rest.ends_with(' ') {
            rest.trim_end()
        } else {
            bare
        }
    })
}

/// Two to five words of a personal name.
fn is_name(part: &str) -> bool {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "a constant pattern, compiled by the tests")]
        Regex::new(
            r"^\p{Lu}[\p{L}.'’\-]*(?: (?:von|van|de|der|den|zu|zur|di|da|al|bin|\p{Lu}[\p{L}.'’\-]*)){1,4}$",
        )
        .expect("the pattern is valid")
    });
    NAME.is_match(part)
}

/// One capitalised word, as either half of "Virtanen, Aino" is.
fn is_word(part: &str) -> bool {
    part.starts_with(char::is_uppercase)
        && part
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | '.' | '\'' | '’'))
}

/// "de Vries, Anna, Titel. Krant".
fn before_comma(text: &str) -> Option<usize> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "a constant pattern, compiled by the tests")]
        Regex::new(
            r"^(?:\p{Ll}{1,4} ){0,2}\p{Lu}[\p{L}'’\-]+, \p{Lu}[\p{L}.'’\-]*(?: \p{Lu}[\p{L}.'’\-]*){0,2}, ",
        )
        .expect("the pattern is valid")
    });
    let found = NAME.find(text)?;
    let title = text.get(found.end()..)?;
    // "Amsterdam, Rotterdam, Utrecht en Den Haag" goes on in small letters.
    let (clause, _) = title.split_once([',', '.', '?', '!'])?;
    let (sentence, _) = title.split_once(['.', '?', '!'])?;
    (sentence.contains(' ') && !clause.contains(" en ")).then_some(found.end())
}
