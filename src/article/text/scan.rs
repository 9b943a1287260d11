//! What is found in an entry before its parts are told apart: dates, phrases, brackets.

use std::ops::Range;

use super::lists::LISTS;
use super::phrases::{Role, WORDS, starts_with};
use super::place::{char_at, cut, trimmed};
use super::quotes::{brackets, inside};
use super::segments::{Cuts, Kind, kind, without_on};
use crate::dates::{self, DateReading, FoundDate};
use crate::languages;
use crate::model::{CitedDate, LanguageTag};

/// Most brackets and dates of one entry that are looked at.
const MOST: usize = 300;

/// An entry with what is found in it.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    /// Where the template's own complaints begin, or the end.
    pub(super) end: usize,
    pub(super) language: Option<&'a LanguageTag>,
    /// Dates in order.
    pub(super) dates: Vec<FoundDate>,
    /// Dates with a phrase that says what they are, and the range of both.
    pub(super) roles: Vec<(Role, FoundDate, Range<usize>)>,
    /// Outermost brackets behind the title, or from its start where it has no marks.
    pub(super) groups: Vec<Range<usize>>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, language: Option<&'a LanguageTag>) -> Self {
        let end = LISTS.complaints_at(text);
        let dates = find_dates(cut(text, 0..end), language);
        let with_role = |found: &FoundDate| {
            let (role, range) = WORDS.role(text, &(found.start..found.end), language)?;
            Some((role, *found, range))
        };
        Self {
            text,
            end,
            language,
            roles: dates.iter().filter_map(with_role).collect(),
            dates,
            groups: Vec::new(),
        }
    }

    /// Finds the brackets from `from` on.
    pub(super) fn find_groups(&mut self, from: usize) {
        self.groups = brackets(self.text, from..self.end);
        self.groups.truncate(MOST);
    }

    pub(super) fn shown(&self, range: &Range<usize>) -> &'a str {
        cut(self.text, range.clone())
    }

    /// The date that all of a range says; see [`read_date`].
    pub(super) fn date(&self, range: &Range<usize>) -> Option<Said> {
        read_date(self.shown(range), self.language)
    }

    /// Cuts at full stops alone.
    pub(super) fn plain_cuts(&self) -> Cuts<'a> {
        Cuts {
            language: self.language,
            ..Cuts::default()
        }
    }

    /// The languages named by a group in parentheses.
    pub(super) fn language_of(&self, group: &Range<usize>) -> Option<Vec<LanguageTag>> {
        let shown = self.shown(&inside(self.text, group)).trim();
        if shown.is_empty() || 80 < shown.len() || self.is_format(group) {
            return None;
        }
        if let Some(tag) = WORDS.short_languages.get(shown) {
            return Some(vec![tag.clone()]);
        }
        let known = |name: &str| {
            let (tags, unknown) = languages::read_cited(name.trim());
            (!tags.is_empty() && unknown.is_empty()).then_some(tags)
        };
        let behind_word = |(before, after): &(String, String)| {
            if before.is_empty() && after.is_empty() {
                return None;
            }
            let rest = shown.get(starts_with(shown, before)?..)?;
            known(rest.trim_end().strip_suffix(after.as_str())?)
        };
        let introduced = WORDS.in_language.iter().rev().find_map(behind_word);
        // A bare code such as "(UK)" or "(US)" is a country or a newspaper's edition.
        let is_name = 3 < shown.chars().count() || !shown.is_ascii();
        introduced.or_else(|| is_name.then(|| known(shown)).flatten())
    }

    /// Whether a group says what form the source has: "(PDF)", "(Press release)".
    pub(super) fn is_format(&self, group: &Range<usize>) -> bool {
        let shown = self.shown(&inside(self.text, group));
        let mut words = shown
            .split([' ', ',', ';', '\u{a0}'])
            .filter(|word| !word.is_empty());
        let is_known = |word: &str| WORDS.formats.contains(&word.to_lowercase());
        let is_size = |word: &str| {
            word.bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
                || matches!(word, "MB" | "kB" | "KB" | "MiB" | "KiB" | "GB")
        };
        words.next().is_some_and(is_known) && words.all(|word| is_known(word) || is_size(word))
    }

    pub(super) fn is_edition(&self, group: &Range<usize>) -> bool {
        let shown = self.shown(&inside(self.text, group));
        // "(illustrated ed.)", "(Online ed.)": more words than a segment may have.
        let named = shown
            .strip_suffix(" ed.")
            .or(shown.strip_suffix(" edition"));
        kind(shown) == Kind::Edition || named.is_some_and(|name| name.split(' ').count() <= 5)
    }

    /// Whether a group holds identifiers: "(ISBN 978-…, lire en ligne)".
    pub(super) fn is_identifiers(&self, group: &Range<usize>) -> bool {
        let shown = self.shown(&inside(self.text, group));
        let first = shown
            .split([':', ' ', '\u{a0}', ','])
            .next()
            .unwrap_or_default();
        WORDS.identifiers.contains(&first.to_lowercase())
            || kind(shown.split([',', ';']).next().unwrap_or_default()) == Kind::Identifier
    }

    /// Whether square brackets hold a translated title and no remark.
    pub(super) fn is_translation(&self, within: &Range<usize>) -> bool {
        const REMARKS: [&str; 7] = [
            "online",
            "sic",
            "dead link",
            "permanent dead link",
            "excerpt",
            "usurped",
            "citation needed",
        ];
        let mut roles = self.roles.iter();
        let has_phrase = roles.any(|(_, _, phrase)| within.contains(&phrase.start));
        let remark = REMARKS.contains(&self.shown(within).trim().to_lowercase().as_str());
        let mut words = self.shown(within).split([' ', ',']);
        let form = words.all(|word| WORDS.formats.contains(&word.to_lowercase()));
        !has_phrase && !remark && !form && self.date(within).is_none()
    }

    /// A title or work without the form, edition or language in brackets behind it.
    pub(super) fn without_groups(&self, mut range: Range<usize>) -> Range<usize> {
        while let Some(group) = self
            .groups
            .iter()
            .find(|group| group.end == range.end && range.start < group.start)
        {
            let is_text = char_at(self.text, group.start) != Some('[')
                && !self.is_edition(group)
                && !self.is_format(group)
                && self.language_of(group).is_none();
            if is_text {
                break;
            }
            range = trimmed(self.text, range.start..group.start);
        }
        range
    }

    /// "Krant (4 oktober 2005)".
    fn ends_dated(&self, segment: &Range<usize>) -> bool {
        let group = self.groups.iter().find(|group| group.end == segment.end);
        let full = |group: &Range<usize>| {
            let within = inside(self.text, group);
            let mut dates = self.dates.iter();
            dates.any(|found| (found.start..found.end) == within)
        };
        group.is_some_and(|group| segment.start < group.start && full(group))
    }

    /// Whether a segment shows that the entry is a citation and no sentence.
    pub(super) fn is_structure(&self, segment: &Range<usize>) -> bool {
        kind(self.shown(segment)) != Kind::Text
            || self.date(segment).is_some()
            || self.ends_dated(segment)
            || without_on(self.text, segment.clone()) != *segment
    }
}

/// Finds the dates of a text; no date goes on behind an East Asian separator.
fn find_dates(text: &str, language: Option<&LanguageTag>) -> Vec<FoundDate> {
    let (mut found, mut start) = (Vec::new(), 0);
    for piece in text.split_inclusive(['。', '、', '，', '；']) {
        let moved = |date: FoundDate| FoundDate {
            start: date.start + start,
            end: date.end + start,
            ..date
        };
        found.extend(dates::find_all(piece, language).into_iter().map(moved));
        start += piece.len();
        if MOST <= found.len() {
            break;
        }
    }
    found.truncate(MOST);
    found
}

/// What stands for a date in a citation.
#[derive(Debug, Clone, Copy)]
pub(super) enum Said {
    /// A date.
    Date(CitedDate),
    /// No certain one: "n.d.", "31 June 2019", "05/06/2019".
    Unclear,
}

impl Said {
    pub(super) fn date(self) -> Option<CitedDate> {
        match self {
            Self::Date(date) => Some(date),
            Self::Unclear => None,
        }
    }
}

/// Reads a text that as a whole stands for a date.
pub(super) fn read_date(text: &str, language: Option<&LanguageTag>) -> Option<Said> {
    let text = text.trim();
    // "2009a" tells two works of one author and year apart.
    let year = text
        .strip_suffix(|c: char| c.is_ascii_lowercase())
        .filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()));
    let text = year.unwrap_or(text);
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    // Bare numbers are volumes and pages unless they look like a year of the printing press.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    // "259–264" are pages as well.
    let mut numbers = text.split(['-', '–', '—']);
    let is_range = numbers
        .clone()
        .all(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    if is_range && numbers.next().is_some_and(|first| first.len() < 4) {
        return None;
    }
    if 80 < text.len() || is_number && !(text.len() == 4 && text.starts_with(['1', '2'])) {
        return None;
    }
    match dates::read(text, language) {
        DateReading::Date(date) if 2 < digits => Some(Said::Date(date)),
        DateReading::Ambiguous(..) | DateReading::Impossible(_) if 2 < digits => {
            Some(Said::Unclear)
        }
        DateReading::Undated => Some(Said::Unclear),
        DateReading::Date(_)
        | DateReading::Ambiguous(..)
        | DateReading::Impossible(_)
        | DateReading::Unrecognised => None,
    }
}
