//! Lists of names as citation templates print them.

use std::sync::LazyLock;

use regex::Regex;

use super::lists::LISTS;
use super::phrases::WORDS;
use crate::model::{LanguageTag, Person};

/// Authors and editors of one printed list, each in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) authors: Vec<Person>,
    pub(super) editors: Vec<Person>,
}

/// Longest text that can be a list of names, in bytes; large collaborations print thousands.
const LONGEST_LIST: usize = 20_000;

/// Reads "Kennedy, Niamh; Yee, Isaac", "Kim Arin", "Prisha, ed.", "Larson G, Bradley DG".
///
/// `language` settles whether commas stand between whole names ("Max Muster, Eva Kunz").
pub(super) fn read(text: &str, language: Option<&LanguageTag>) -> Names {
    let text = text
        .trim()
        .trim_end_matches([',', ':', '：', '、', '，'])
        .trim();
    let mut names = Names::default();
    if text.is_empty() || LONGEST_LIST < text.len() {
        return names;
    }
    let (listed, all_edit) = without_editor_mark(text);
    let plural = all_edit && is_plural(text);
    let given_first = language.is_some_and(|tag| WORDS.given_first.contains(tag.primary()));
    let (parts, initialled) = split(listed, given_first);
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.iter().enumerate() {
        let (part, edits) = without_editor_mark(part.trim());
        let edits = edits || all_edit && (plural || at == last || parts.len() == 1);
        let part = without_et_al(part);
        if let Some(person) = person(part, initialled) {
            let list = if edits {
                &mut names.editors
            } else {
                &mut names.authors
            };
            list.push(person);
        }
    }
    names
}

/// Whether the mark behind the names says that several people edited.
fn is_plural(text: &str) -> bool {
    let text = text.trim_end_matches([')', ']']).to_lowercase();
    ["eds.", "eds", "éds.", "editors", "hrsg.", "hg."]
        .iter()
        .any(|mark| text.ends_with(mark))
}

/// The names without "(ed.)", ", eds." or "Hrsg." around them, and whether one was there.
fn without_editor_mark(text: &str) -> (&str, bool) {
    let bare = text.strip_suffix(").").unwrap_or(text);
    let bare = bare.trim_end_matches([')', ']', '）']);
    let lower = bare.to_lowercase();
    let mark = WORDS
        .editors
        .iter()
        .filter(|mark| lower.ends_with(mark.as_str()));
    // Lower case may change the length of other letters, never that of the mark.
    let longest = mark.map(String::len).max().and_then(|length| {
        let names = bare.get(..bare.len().checked_sub(length)?)?;
        let before = names.trim_end();
        before
            .ends_with([',', '(', '[', '（', ';'])
            .then_some(before)
    });
    match longest {
        Some(names) => (names.trim_end_matches([',', '(', '[', '（', ' ']), true),
        None => (text, false),
    }
}

/// A name without the mark of an editor.
pub(super) fn without_editors(text: &str) -> &str {
    without_editor_mark(text).0
}

fn without_et_al(text: &str) -> &str {
    let words = WORDS
        .et_al
        .iter()
        .filter_map(|words| text.strip_suffix(words.as_str()));
    let shortest = words.min_by_key(|rest| rest.len());
    shortest
        .filter(|rest| rest.ends_with([' ', ',', ';', '、']) || rest.is_empty())
        .map_or(text, |rest| rest.trim_end_matches([' ', ',', ';', '、']))
}

/// The single names of a list, and whether they are "Larson G, Bradley DG": family, initials.
fn split(text: &str, given_first: bool) -> (Vec<&str>, bool) {
    static INITIALS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[\p{L}][\p{L}'’\- ]* \p{Lu}{1,3}(?: (?:Jr|Sr|\d?[A-Za-z]{2})\.?)?$")
    });
    // "Иванов И. И., Петров П. П."
    static STOPPED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\p{Lu}[\p{L}'’\-]+ (?:\p{Lu}\.[ \-]?){1,3}$"));
    if text.contains([';', '；']) {
        let parts = text
            .split([';', '；'])
            .flat_map(|part| match part.split_once(" & ") {
                Some((a, b)) => vec![a, b],
                None => vec![part],
            });
        return (parts.collect(), false);
    }
    if text.contains('、') {
        return (text.split('、').collect(), false);
    }
    if let Some((before, last)) = text.split_once(" & ")
        && before.contains(',')
        && last.contains(',')
    {
        return (vec![before, last], false);
    }
    let parts: Vec<&str> = text.split([',', '，']).map(str::trim).collect();
    let initialled = |part: &&str| {
        let part = without_et_al(part);
        part.is_empty() || INITIALS.is_match(part)
    };
    let stopped = |part: &&str| STOPPED.is_match(without_et_al(part));
    if 1 < parts.len() && parts.iter().all(stopped) {
        return (parts, false);
    }
    if 1 < parts.len() && parts.iter().all(initialled) {
        return (parts, true);
    }
    if given_first && let Some(pair) = last_joined(&parts) {
        return (pair, false);
    }
    let whole =
        |part: &&str| LISTS.is_agency(part) || part.contains(' ') && !part.starts_with("and ");
    let least = if given_first { 1 } else { 2 };
    if least < parts.len() && parts.iter().all(whole) {
        return (parts, false);
    }
    (vec![text], false)
}

/// The names of "Anne Petit, Jean Grand et Louis Roi"; `None` where the last two are no such pair.
fn last_joined<'a>(parts: &[&'a str]) -> Option<Vec<&'a str>> {
    let (last, before) = parts.split_last()?;
    let words = [" et ", " e ", " und ", " i ", " and "];
    let pair = words.iter().find_map(|word| last.split_once(word))?;
    let names: Vec<&str> = before.iter().copied().chain([pair.0, pair.1]).collect();
    names
        .iter()
        .all(|name| is_given_first(name))
        .then_some(names)
}

/// Whether a text is "Anne Petit et Jean Grand".
pub(super) fn is_pair(text: &str) -> bool {
    last_joined(&[text]).is_some()
}

/// One name; a family and a given name where a comma, or the form of the list, tells them apart.
fn person(text: &str, initialled: bool) -> Option<Person> {
    let text = text.trim().trim_end_matches([',', '，']).trim();
    let text = text
        .strip_prefix("and ")
        .unwrap_or(text)
        .trim_start_matches("& ");
    let names_nobody = matches!(text, "et al." | "et al") || WORDS.et_al.contains(text);
    if names_nobody || !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    let comma = text
        .split_once([',', '，', '،'])
        .map(|(last, first)| (last.trim(), first.trim()));
    let space = text.rsplit_once(' ').filter(|_| initialled);
    Some(
        match comma
            .filter(|(last, first)| is_family_and_given(last, first))
            .or(space)
        {
            Some((last, first)) => Person::Split {
                last: last.to_owned(),
                first: first.to_owned(),
            },
            None => Person::Whole {
                name: text.to_owned(),
            },
        },
    )
}

/// Whether a comma stands between a family and a given name, not inside the name of a body.
fn is_family_and_given(last: &str, first: &str) -> bool {
    const BODY: [&str; 14] = [
        "of", "for", "the", "and", "in", "on", "für", "und", "des", "pour", "et", "para", "та",
        "по",
    ];
    let fits = |part: &str| {
        let mut words = part.split_whitespace();
        !part.is_empty()
            && part.split_whitespace().count() <= 5
            && !words.any(|word| BODY.contains(&word))
    };
    let generation = first.rsplit_once(',').is_none_or(|(_, last)| {
        let last = last.trim().trim_end_matches('.');
        matches!(last, "Jr" | "Sr" | "II" | "III" | "IV")
    });
    fits(last) && fits(first) && generation && !last.chars().any(|c| c.is_ascii_digit())
}

/// Whether a text is one name with the given name first, as far as its form tells: two to four
/// capitalised words.
pub(super) fn is_given_first(text: &str) -> bool {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\p{Lu}[\p{L}.'’\-]*(?: (?:di|de|da|del|della|dos|van|von|le|la|\p{Lu}[\p{L}.'’\-]*)){1,3}$",
        )
    });
    NAME.is_match(text)
}

/// Whether a text is one or more names with the family name first, as far as its form tells:
/// "Vale, Ann", "Vale, Ann; Osei, Kofi B".
pub(super) fn is_family_first(text: &str) -> bool {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:\p{Ll}{1,4} ){0,2}\p{Lu}[\p{L}'’\-]+(?: \p{Lu}[\p{L}'’\-]+)?, \p{Lu}[\p{L}.'’\-]*(?: \p{Lu}[\p{L}.'’\-]*){0,2}$",
        )
    });
    text.split("; ").all(|name| NAME.is_match(name))
}

/// Length in bytes of a list of names that a text starts with and that its form gives away:
/// "Smith, J. R.; Doe, A. ", "Иванов И. И., Петров П. П. ", "J.S. Greaves, D.A. Fischer. ".
pub(super) fn leading(text: &str) -> Option<usize> {
    static REST: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:\p{Lu}\.[ \-]?){0,3}\p{Lu}\.[;,]"));
    static FORMS: LazyLock<[Regex; 6]> = LazyLock::new(|| {
        let surname =
            r"(?:\p{Ll}{1,4}[ \-'’]){0,3}\p{Lu}[\p{L}'’\-]*\.?(?: \p{Lu}[\p{L}'’\-]+){0,2}";
        let initials = r"(?:\p{Lu}\.[ \-]?){1,4}";
        let cyrillic = r"\p{Lu}[\p{Cyrillic}'’\-]+";
        let given = r"(?:\p{Lu}[\p{L}'’\-]*\.?[ \-]?){1,4}(?:, (?:Jr|Sr)\.?)?";
        [
            pattern(&format!(
                r"^{surname}(?:, {given})?(?:; ?(?:{surname}(?:, ?{given})?|et al\.?|等|и др\.?))+[.:] "
            )),
            pattern(&format!(
                r"^{surname}, {initials}(?:; {surname}, {initials})*[.:]? ?"
            )),
            pattern(&format!(
                r"^{cyrillic},? {initials}(?:(?:,|;|\sи|\sта|\sі) {cyrillic},? {initials})*[.:]? ?"
            )),
            // Without a comma Latin letters take two names: "Henry V. A life" is a title.
            pattern(&format!(
                r"^\p{{Lu}}[\p{{L}}'’\-]+ {initials}(?:, \p{{Lu}}[\p{{L}}'’\-]+ {initials})+[.:]? ?"
            )),
            pattern(&format!(
                r"^{initials}{surname}(?:, {initials}{surname})+\. "
            )),
            // ISO 690: "NOVÁK, Jan. Název."
            pattern(r"^\p{Lu}{2,}[\p{Lu}\-]*, \p{Lu}\p{Ll}+(?: \p{Lu}[\p{L}.]*)?\. "),
        ]
    });
    let head_end = text
        .char_indices()
        .nth(600)
        .map_or(text.len(), |(at, _)| at);
    let head = text.get(..head_end)?;
    let found = FORMS.iter().find_map(|form| form.find(head))?;
    // A title has to follow, not the rest of the initials: "Masri, W. H.; Vale, A."
    let behind = text.get(found.end()..)?;
    (!behind.trim().is_empty() && !REST.is_match(behind)).then_some(found.end())
}

#[expect(
    clippy::expect_used,
    reason = "constant patterns, compiled by the tests"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is valid")
}
