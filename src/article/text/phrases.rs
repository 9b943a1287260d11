//! What citation templates print around values, in every language of `data/phrases.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use super::place::{char_at, char_before};
use crate::model::LanguageTag;

/// What a date stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Access,
    Archive,
}

/// A phrase around a date.
#[derive(Debug)]
struct Phrase {
    role: Role,
    language: &'static str,
    /// Lower case, without the space before the date.
    before: String,
    /// Lower case, without the space behind the date.
    after: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Table {
    access: Vec<String>,
    archive: Vec<String>,
    in_language: Vec<String>,
    et_al: Vec<String>,
    editors: Vec<String>,
    r#in: Vec<String>,
    on: Vec<String>,
    via: Vec<String>,
    pages: Vec<String>,
    jump: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Other {
    journal_parts: String,
    commas: String,
    given_first: String,
    quoted_works: String,
    plain_titles: String,
    stopped_authors: String,
    han_family_names: String,
    identifiers: String,
    formats: String,
    languages: BTreeMap<String, String>,
}

/// All languages' words, merged: a rendered list mixes them (a German quotation template in an
/// English article), and none means something else in another language's citation.
#[derive(Debug)]
pub(super) struct Words {
    phrases: Vec<Phrase>,
    /// Words before and behind a language's name in parentheses, lower case.
    pub(super) in_language: BTreeSet<(String, String)>,
    pub(super) et_al: BTreeSet<String>,
    pub(super) editors: BTreeSet<String>,
    pub(super) r#in: BTreeSet<String>,
    pub(super) on: BTreeSet<String>,
    pub(super) via: BTreeSet<String>,
    pub(super) pages: BTreeSet<String>,
    pub(super) jump: BTreeSet<String>,
    pub(super) identifiers: BTreeSet<String>,
    pub(super) formats: BTreeSet<String>,
    pub(super) journal_parts: BTreeSet<String>,
    /// Languages whose citations separate fields by commas.
    pub(super) commas: BTreeSet<String>,
    /// Languages whose citations print given names first, with commas between names.
    pub(super) given_first: BTreeSet<String>,
    /// Languages whose citations put works in quotation marks, not titles.
    pub(super) quoted_works: BTreeSet<String>,
    /// Languages whose citations print titles without marks.
    pub(super) plain_titles: BTreeSet<String>,
    /// Languages whose citations set authors off by a full stop alone.
    pub(super) stopped_authors: BTreeSet<String>,
    /// Chinese family names of one character.
    pub(super) han_family_names: BTreeSet<char>,
    pub(super) short_languages: BTreeMap<String, LanguageTag>,
    /// The longer literal parts of the phrases, to recognise an article's language by.
    votes: (AhoCorasick, Vec<Option<&'static str>>),
}

#[expect(
    clippy::expect_used,
    reason = "files of this crate, read by every test"
)]
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let tables: BTreeMap<String, Table> =
        toml::from_str(include_str!("data/phrases.toml")).expect("phrases.toml is valid");
    let other: Other =
        toml::from_str(include_str!("data/other.toml")).expect("other.toml is valid");
    Words::new(tables, &other)
});

impl Words {
    #[expect(clippy::expect_used, reason = "the patterns are files of this crate")]
    fn new(tables: BTreeMap<String, Table>, other: &Other) -> Self {
        let mut phrases = Vec::new();
        // A literal that several languages share says nothing: its language is `None`.
        let mut literals: BTreeMap<String, Option<&'static str>> = BTreeMap::new();
        let mut words: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut in_language = BTreeSet::new();
        for (language, table) in tables {
            let language: &'static str = language.leak();
            let roles = [(Role::Access, table.access), (Role::Archive, table.archive)];
            for (role, forms) in roles {
                for form in forms {
                    let (before, after) = around(&form);
                    for literal in [&before, &after] {
                        if 4 <= literal.len() {
                            let owner = literals.entry(literal.clone()).or_insert(Some(language));
                            *owner = owner.filter(|owner| *owner == language);
                        }
                    }
                    phrases.push(Phrase {
                        role,
                        language,
                        before,
                        after,
                    });
                }
            }
            in_language.extend(table.in_language.iter().map(|form| around(form)));
            let lists = [
                ("et-al", table.et_al),
                ("editors", table.editors),
                ("in", table.r#in),
                ("on", table.on),
                ("via", table.via),
                ("pages", table.pages),
                ("jump", table.jump),
            ];
            for (kind, list) in lists {
                words.entry(kind).or_default().extend(list);
            }
        }
        let mut list = |kind: &str| words.remove(kind).unwrap_or_default();
        let matcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(literals.keys())
            .expect("phrases build an automaton");
        Self {
            phrases,
            in_language,
            et_al: list("et-al"),
            editors: list("editors")
                .iter()
                .map(|word| word.to_lowercase())
                .collect(),
            r#in: list("in"),
            on: list("on"),
            via: list("via"),
            pages: list("pages")
                .iter()
                .map(|word| word.to_lowercase())
                .collect(),
            jump: list("jump"),
            identifiers: lowercase_words(&other.identifiers, char::is_whitespace),
            formats: lowercase_words(&other.formats, |c| c == ' ' || c == '\n'),
            journal_parts: other
                .journal_parts
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            commas: lowercase_words(&other.commas, char::is_whitespace),
            quoted_works: lowercase_words(&other.quoted_works, char::is_whitespace),
            given_first: lowercase_words(&other.given_first, char::is_whitespace),
            plain_titles: lowercase_words(&other.plain_titles, char::is_whitespace),
            stopped_authors: lowercase_words(&other.stopped_authors, char::is_whitespace),
            han_family_names: other
                .han_family_names
                .chars()
                .filter(|c| c.is_alphabetic())
                .collect(),
            short_languages: short_languages(other),
            votes: (matcher, literals.into_values().collect()),
        }
    }

    /// Whether commas separate the fields of a language's citations.
    pub(super) fn commas_of(&self, language: Option<&LanguageTag>) -> bool {
        language.is_some_and(|tag| self.commas.contains(tag.primary()))
    }

    /// What the date at `date` stands for, by the phrase around it; the range covers both.
    pub(super) fn role(
        &self,
        text: &str,
        date: &Range<usize>,
        language: Option<&LanguageTag>,
    ) -> Option<(Role, Range<usize>)> {
        let mut best: Option<(usize, Role, Range<usize>)> = None;
        for phrase in &self.phrases {
            let has_letters = [&phrase.before, &phrase.after]
                .iter()
                .any(|part| part.chars().any(char::is_alphabetic));
            if !has_letters && language.is_none_or(|tag| tag.primary() != phrase.language) {
                continue;
            }
            let Some(start) = match_before(text, date.start, &phrase.before) else {
                continue;
            };
            let Some(end) = match_after(text, date.end, &phrase.after) else {
                continue;
            };
            let length = phrase.before.len() + phrase.after.len();
            if best.as_ref().is_none_or(|(longest, ..)| *longest < length) {
                best = Some((length, phrase.role, start..end));
            }
        }
        best.map(|(_, role, range)| (role, range))
    }

    /// The role of a segment that begins like a phrase but has no full date, and where its
    /// value starts: "Retrieved 2014", "Archived from the original".
    pub(super) fn role_of_start(&self, segment: &str) -> Option<(Role, usize)> {
        let phrases = self
            .phrases
            .iter()
            .filter(|phrase| 4 <= phrase.before.len());
        phrases
            .filter_map(|phrase| Some((phrase.role, starts_with(segment, &phrase.before)?)))
            .max_by_key(|(_, length)| *length)
    }

    /// How many phrases of each language a text has, most first.
    pub(super) fn votes(&self, text: &str) -> Vec<(&'static str, usize)> {
        let lower = text.to_lowercase();
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        for found in self.votes.0.find_iter(&lower) {
            let inside_a_word = is_letter(char_before(&lower, found.start()))
                || is_letter(char_at(&lower, found.end()));
            if let Some(Some(language)) = self.votes.1.get(found.pattern().as_usize())
                && !inside_a_word
            {
                *counts.entry(language).or_default() += 1;
            }
        }
        let mut votes: Vec<_> = counts.into_iter().collect();
        votes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        votes
    }
}

/// Whether a neighbour of a phrase makes it part of a longer word.
fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphabetic() && !is_unspaced(c))
}

/// The lower-case parts of a phrase before and behind `{}`.
fn around(form: &str) -> (String, String) {
    let (before, after) = form.split_once("{}").unwrap_or((form, ""));
    (before.trim().to_lowercase(), after.trim().to_lowercase())
}

fn lowercase_words(list: &str, separates: impl Fn(char) -> bool) -> BTreeSet<String> {
    list.split(separates)
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn short_languages(other: &Other) -> BTreeMap<String, LanguageTag> {
    let tags = other
        .languages
        .iter()
        .filter_map(|(tag, names)| Some((LanguageTag::parse(tag)?, names)));
    tags.flat_map(|(tag, names)| {
        names
            .split_whitespace()
            .map(move |name| (name.to_owned(), tag.clone()))
    })
    .collect()
}

/// Where `phrase` (lower case) starts, if it ends before `end`; white space counts for nothing,
/// a short group in parentheses inside it neither: "Archived from the original (PDF) on".
fn match_before(text: &str, end: usize, phrase: &str) -> Option<usize> {
    let mut rest = text.get(..end)?.trim_end();
    if phrase.is_empty() {
        return Some(end);
    }
    rest = rest.trim_end_matches([':', '：']).trim_end();
    let wanted = phrase.trim_end_matches([':', '：']);
    let wanted = wanted.chars().rev().filter(|c| !c.is_whitespace());
    let mut first = true;
    for expected in wanted {
        rest = rest.trim_end();
        if !first && rest.ends_with([')', '）']) && !matches!(expected, ')' | '）') {
            rest = rest
                .rsplit_once(['(', '（'])
                .filter(|(_, group)| group.len() <= 48)?
                .0
                .trim_end();
        }
        let c = rest.chars().next_back()?;
        if !c.to_lowercase().eq(std::iter::once(expected)) && c != expected {
            return None;
        }
        rest = rest.get(..rest.len() - c.len_utf8())?;
        first = false;
    }
    let opens_a_word = phrase.starts_with(|c: char| c.is_alphabetic() && !is_unspaced(c));
    let inside_a_word = char_before(text, rest.len()).is_some_and(char::is_alphanumeric);
    (!opens_a_word || !inside_a_word).then_some(rest.len())
}

/// Where `phrase` (lower case) ends, if it starts behind `start`.
fn match_after(text: &str, start: usize, phrase: &str) -> Option<usize> {
    if phrase.is_empty() {
        return Some(start);
    }
    let rest = text.get(start..)?;
    let skipped = rest.len() - rest.trim_start().len();
    if let Some(length) = starts_with(rest.trim_start(), phrase) {
        return Some(start + skipped + length);
    }
    // "4 Mart 2016 tarihinde kaynağından (PDF) arşivlendi"
    let (before, behind) = rest.split_once(" (")?;
    let (group, behind) = behind.split_once(')')?;
    let first = before.trim();
    let second = phrase.strip_prefix(&first.to_lowercase())?;
    let length = starts_with(behind.trim_start(), second.trim_start())?;
    let is_short = !first.is_empty() && group.len() <= 24;
    is_short.then_some(text.len() - behind.trim_start().len() + length)
}

/// Length of the start of `text` that reads as `phrase` (lower case), white space counting for
/// nothing.
pub(super) fn starts_with(text: &str, phrase: &str) -> Option<usize> {
    let mut wanted = phrase.chars().filter(|c| !c.is_whitespace()).peekable();
    for (at, c) in text.char_indices() {
        let Some(expected) = wanted.peek() else {
            return Some(at);
        };
        if c.is_whitespace() {
            continue;
        }
        if c != *expected && !c.to_lowercase().eq(std::iter::once(*expected)) {
            return None;
        }
        wanted.next();
    }
    wanted.peek().is_none().then_some(text.len())
}

/// Length of the first word of `words` that `text` starts with as a whole word.
pub(super) fn leading_word<'a>(
    text: &str,
    words: impl IntoIterator<Item = &'a String>,
) -> Option<usize> {
    let whole = |word: &&String| {
        text.starts_with(word.as_str())
            && (!word.ends_with(char::is_alphanumeric)
                || char_at(text, word.len()).is_none_or(|c| !c.is_alphanumeric()))
    };
    words.into_iter().filter(whole).map(String::len).max()
}

/// Characters of scripts that put no space between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}
