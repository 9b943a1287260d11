//! One entry of a rendered list → the fields of its citation, in the order CS1 prints them.

use std::ops::Range;

use super::head::{self, Head};
use super::names::{self, Names};
use super::phrases::{WORDS, leading_word};
use super::place::{cut, stripped};
use super::quotes::quotation;
use super::rest::Rest;
use super::scan::Scan;
use crate::model::{CitedDate, LanguageTag};

/// A date as read, or `None` where the text says none that is certain, and where the text stands.
pub(super) type Dated = (Option<CitedDate>, Range<usize>);

/// Fields that could as well be another.
#[derive(Debug, Default)]
pub(super) struct Doubt {
    /// The title may end elsewhere.
    pub(super) title: bool,
    pub(super) work: bool,
    pub(super) publisher: bool,
}

/// The fields of a citation as ranges of the entry's text.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) title: Option<Range<usize>>,
    pub(super) trans_title: Option<Range<usize>>,
    pub(super) names: Names,
    pub(super) authors_at: Option<Range<usize>>,
    pub(super) editors_at: Option<Range<usize>>,
    pub(super) work: Option<Range<usize>>,
    pub(super) publisher: Option<Range<usize>>,
    pub(super) agency: Option<Range<usize>>,
    pub(super) via: Option<Range<usize>>,
    pub(super) date: Option<Dated>,
    pub(super) access_date: Option<Dated>,
    pub(super) archive_date: Option<Dated>,
    pub(super) languages: Option<(Vec<LanguageTag>, Range<usize>)>,
    pub(super) url: Option<Range<usize>>,
    pub(super) archive_url: Option<Range<usize>>,
    pub(super) doubt: Doubt,
}

/// Reads one entry; `text` has no number and no back-links.
pub(super) fn read(text: &str, language: Option<&LanguageTag>) -> Reading {
    let mut scan = Scan::new(text, language);
    let mut reading = Reading::default();
    addresses(&scan, &mut reading);
    let mut head = head::read(&scan);
    let quoted = Some(head.title)
        .filter(|_| head.quoted)
        .and_then(|at| quotation(text, at))
        .filter(|(title, _)| title.end <= scan.end)
        .filter(|(_, behind)| !goes_on(text, *behind, language));
    if quoted.is_none() && head.quoted && head.date.is_none() {
        head = head::without_quote(&scan);
    }
    scan.find_groups(quoted.as_ref().map_or(head.title, |(_, behind)| *behind));
    let mut rest = Rest {
        scan: &scan,
        reading: &mut reading,
        dated: head.date.is_some(),
        commas: head.commas,
        in_volumes: false,
    };
    if let Some((title, behind)) = quoted {
        rest.behind_quoted(title, behind);
    } else {
        let structured = head.names.is_some() || head.languages.is_some();
        rest.unquoted(head.title, structured);
    }
    finish(&scan, head, &mut reading);
    reading
}

/// Whether a title without marks of its own goes on behind a quotation that it begins with:
/// `«Il ponte non crollerà», dice il ministro, in La Stampa`.
fn goes_on(text: &str, behind: usize, language: Option<&LanguageTag>) -> bool {
    let plain = language.is_some_and(|tag| WORDS.plain_titles.contains(tag.primary()));
    let rest = text.get(behind..).unwrap_or_default();
    let Some(clause) = rest.strip_prefix(", ").filter(|_| plain) else {
        return false;
    };
    let mut separators = [&WORDS.on, &WORDS.r#in].into_iter();
    clause.starts_with(char::is_lowercase)
        && separators.all(|words| leading_word(clause, words).is_none())
        && WORDS.role_of_start(clause).is_none()
        && !clause
            .split([' ', ','])
            .next()
            .is_some_and(|word| word.contains('.'))
}

/// Takes over what the head says.
fn finish(scan: &Scan<'_>, head: Head, reading: &mut Reading) {
    let read = |at: &Range<usize>| names::read(cut(scan.text, at.clone()), scan.language);
    if let Some(at) = head.names {
        let names = read(&at);
        if !names.editors.is_empty() {
            reading.editors_at.get_or_insert(at.clone());
        }
        let at = stripped(scan.text, at, |c| {
            matches!(c, ',' | ':' | ';' | '，' | '、' | '：' | ' ')
        });
        reading.authors_at = Some(at).filter(|_| !names.authors.is_empty());
        reading.names.authors = names.authors;
        reading.names.editors.splice(0..0, names.editors);
    }
    if let Some(at) = head.editors {
        let names = read(&at);
        let editors = names.editors.into_iter().chain(names.authors);
        reading.names.editors.splice(0..0, editors);
        reading.editors_at = Some(at);
    }
    reading.date = head.date.or(reading.date.take());
    reading.languages = reading.languages.take().or(head.languages);
}

/// Hosts that keep copies of pages, as they stand in an address.
const ARCHIVES: [&str; 4] = [
    "://web.archive.org/",
    "://archive.",
    "://www.webcitation.org/",
    "://webcitation.org/",
];

/// Finds the addresses that the text shows.
fn addresses(scan: &Scan<'_>, reading: &mut Reading) {
    let shown = cut(scan.text, 0..scan.end);
    let mut behind = 0;
    for (at, _) in shown.match_indices("http") {
        let rest = cut(shown, at..scan.end);
        // The address inside the address of its copy is no second one.
        if at < behind || !rest.starts_with("http://") && !rest.starts_with("https://") {
            continue;
        }
        let ends = |c: char| {
            let mark = matches!(c, '"' | '<' | '>' | '”' | '»' | '」' | '，' | '。' | '、');
            mark || c.is_whitespace()
        };
        let address = rest.split(ends).next().unwrap_or_default();
        behind = at + address.len();
        let has_bracket = address.contains('(');
        let address = address.trim_end_matches(|c: char| {
            matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']') || c == ')' && !has_bracket
        });
        let is_copy = ARCHIVES.iter().any(|host| address.contains(host));
        let slot = if is_copy {
            &mut reading.archive_url
        } else {
            &mut reading.url
        };
        slot.get_or_insert(at..at + address.len());
    }
}
