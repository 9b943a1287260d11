//! Lines of a text: headings, and how an entry of a list begins.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lists::LISTS;
use super::phrases::WORDS;
use super::place::is_blank;

/// Largest number an entry can have.
const LARGEST: u32 = 99_999;

/// What a section heading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    References,
    End,
}

struct Headings(BTreeMap<String, (Heading, Option<&'static str>)>);

static HEADINGS: LazyLock<Headings> = LazyLock::new(|| {
    let mut table = BTreeMap::new();
    for line in include_str!("data/headings.tsv").lines() {
        let mut columns = line.split('\t');
        let kind = match columns.next() {
            Some("references") => Heading::References,
            Some("end") => Heading::End,
            _ => continue,
        };
        if let (Some(language), Some(heading)) = (columns.next(), columns.next()) {
            let entry = table
                .entry(heading.to_lowercase())
                .or_insert((kind, Some(language)));
            // A heading that ends one language's list is no heading of a list elsewhere.
            entry.1 = entry.1.filter(|first| *first == language);
        }
    }
    Headings(table)
});

/// A line of the input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Byte offset of its first character that is no space.
    pub(super) start: usize,
    /// Without space at its ends.
    pub(super) text: &'a str,
}

/// How a line begins an entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) number: Option<u32>,
    pub(super) caret: bool,
    pub(super) back_links: u32,
    /// What the entry is, if no reference of the list itself.
    pub(super) label: Label,
    /// Bytes of the line before the entry's text.
    pub(super) length: usize,
}

/// How an entry is labelled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Label {
    /// By a number, or not at all.
    #[default]
    Number,
    /// By a letter, as explanatory notes are: `a. ^`.
    Letter,
    /// By the number of the reference whose part it is, and its own: `1.1 ^`.
    Part(u32),
}

/// Reads `a. ^` or `1.1 ^`, which back-links must follow.
fn labelled(line: &str) -> Option<Start> {
    let (mark, behind) = line.split_once(is_blank)?;
    let behind = without_jump(behind);
    if !behind.starts_with(['^', '↑']) {
        return None;
    }
    let letters = mark.strip_suffix('.').filter(|letters| {
        (1..=2).contains(&letters.chars().count()) && letters.chars().all(char::is_lowercase)
    });
    let label = if letters.is_some() {
        Label::Letter
    } else {
        let (main, part) = leading_number(mark)?;
        let (_, rest) = leading_number(part.strip_prefix('.')?)?;
        if !rest.trim_matches('.').is_empty() {
            return None;
        }
        Label::Part(main)
    };
    let (back_links, length) = behind_number(behind, None);
    Some(Start {
        number: None,
        caret: true,
        back_links,
        label,
        length: line.len() - behind.len() + length,
    })
}

pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    // Old editors end lines with a carriage return alone.
    let alone = !text.contains('\n');
    for line in text.split_inclusive(|c| c == '\n' || alone && c == '\r') {
        let trimmed = line.trim_start_matches(is_blank);
        lines.push(Line {
            start: at + line.len() - trimmed.len(),
            text: trimmed.trim_end_matches(is_blank),
        });
        at += line.len();
    }
    lines
}

/// The heading that a line is, and the one language that uses it.
pub(super) fn heading_of(line: &str) -> Option<(Heading, Option<&'static str>)> {
    if LISTS.ends_page(line) {
        return Some((Heading::End, None));
    }
    if 120 < line.len() {
        return None;
    }
    let bare = line.split(['[', '［']).next().unwrap_or_default();
    let bare = bare.trim_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '#' | ':' | '*'));
    HEADINGS.0.get(&bare.to_lowercase()).copied()
}

/// Reads the number and back-links that a line begins with.
pub(super) fn start(line: &str) -> Option<Start> {
    if let Some(labelled) = labelled(line) {
        return Some(labelled);
    }
    let mut rest = line;
    let mut start = Start::default();
    if let Some(bracketed) = rest.strip_prefix('[') {
        let (number, behind) = leading_number(bracketed)?;
        rest = behind.strip_prefix(']')?;
        start.number = Some(number);
        rest = rest.trim_start_matches([':', '.']);
        if !rest.starts_with(char::is_whitespace) && rest.starts_with('[') {
            return None; // "[1][2]" is prose
        }
    } else if let Some((number, behind)) = leading_number(rest) {
        let caret = behind.trim_start_matches(is_blank).starts_with(['^', '↑']);
        let marked = behind
            .strip_prefix(['.', ')', '．', '、', '\t'])
            .or(caret.then_some(behind))?;
        if !caret && !behind.starts_with('\t') && marked.starts_with(|c: char| c.is_numeric()) {
            return None; // "3.5 million"
        }
        start.number = Some(number);
        rest = marked;
    }
    start.caret = without_jump(rest).starts_with(['^', '↑']);
    if start.number.is_none() && !start.caret {
        return None;
    }
    let (links, length) = behind_number(rest, start.number);
    start.back_links = links;
    start.length = line.len() - rest.len() + length;
    Some(start)
}

/// How many back-links stand behind an entry's number, and how many bytes they take.
pub(super) fn behind_number(text: &str, number: Option<u32>) -> (u32, usize) {
    let shown = without_jump(text);
    let (links, rest) = match shown.strip_prefix(['^', '↑']) {
        Some(behind) => back_links(behind, number),
        None => letter_links(shown),
    };
    (links, text.len() - rest.trim_start_matches(is_blank).len())
}

/// The text without "Jump up" before the arrow; as it is, when no arrow follows.
fn without_jump(text: &str) -> &str {
    let shown = text.trim_start_matches(is_blank);
    let behind = WORDS
        .jump
        .iter()
        .filter_map(|words| shown.strip_prefix(words.as_str()));
    let behind = behind
        .map(|rest| rest.trim_start_matches(is_blank))
        .find(|rest| rest.starts_with(['^', '↑']));
    behind.unwrap_or(shown)
}

/// A number in any script's digits that a text starts with, and what follows.
fn leading_number(text: &str) -> Option<(u32, &str)> {
    let mut value: u32 = 0;
    let mut length = 0;
    for c in text.chars().take(6) {
        let Some(digit) = digit(c) else {
            break;
        };
        value = value * 10 + digit;
        length += c.len_utf8();
    }
    let rest = text.get(length..)?;
    (0 < length && value <= LARGEST).then_some((value, rest))
}

/// The value of a decimal digit of the scripts that Wikipedias number lists in.
pub(super) fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 15] = [
        '0', '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '၀', '０',
    ];
    let value = |zero: &char| {
        u32::from(c)
            .checked_sub(u32::from(*zero))
            .filter(|value| *value < 10)
    };
    ZEROS.iter().find_map(value)
}

/// Counts the back-links behind the arrow: `a b`, `1,0 1,1`, `1 2`, and gives what follows them.
fn back_links(text: &str, number: Option<u32>) -> (u32, &str) {
    let mut rest = text.trim_start();
    let jumps = WORDS
        .jump
        .iter()
        .filter_map(|words| rest.strip_prefix(words.as_str()));
    if let Some(behind) = jumps.min_by_key(|rest| rest.len()) {
        rest = behind.trim_start();
    }
    rest = rest.strip_prefix('^').map_or(rest, str::trim_start);
    // Numbers are printed in the digits of the wiki.
    let zero = rest
        .chars()
        .next()
        .and_then(|c| char::from_u32(u32::from(c) - digit(c)?));
    let native = |number: u32| -> String {
        let shift = u32::from(zero.unwrap_or('0')) - u32::from('0');
        let digits = number.to_string();
        digits
            .chars()
            .filter_map(|c| char::from_u32(u32::from(c) + shift))
            .collect()
    };
    let mut best = letter_links(rest);
    let counted = links_of_form(rest, |at| native(at + 1));
    if 2 <= counted.0 && best.0 < counted.0 {
        best = counted;
    }
    if let Some(number) = number.or_else(|| leading_number(rest).map(|(number, _)| number)) {
        for separator in ['.', ',', '٫'] {
            let part = |at: u32| format!("{}{separator}{}", native(number), native(at));
            let found = links_of_form(rest, part);
            if best.0 < found.0 {
                best = found;
            }
        }
    }
    best
}

/// Counts back-links labelled by letters; one alone is a word.
fn letter_links(text: &str) -> (u32, &str) {
    let forms = [('a', 26), ('а', 32), ('α', 24)];
    let found = forms.map(|(first, count)| links_of_form(text, |at| letters(at, first, count)));
    let most = found.into_iter().max_by_key(|(count, _)| *count);
    most.filter(|(count, _)| 2 <= *count).unwrap_or((0, text))
}

/// How many links of a form follow each other, each a word of its own.
fn links_of_form(text: &str, form: impl Fn(u32) -> String) -> (u32, &str) {
    let (mut count, mut rest) = (0, text);
    while let Some(behind) = rest.strip_prefix(form(count).as_str())
        && behind.starts_with(char::is_whitespace)
    {
        count += 1;
        rest = behind.trim_start();
    }
    (count, rest)
}

/// The label of the back-link number `at`: a … z, aa, ab …
fn letters(at: u32, first: char, count: u32) -> String {
    let letter = |at: u32| char::from_u32(u32::from(first) + at % count).unwrap_or(first);
    match (at / count).checked_sub(1) {
        Some(prefix) => String::from_iter([letter(prefix), letter(at)]),
        None => String::from(letter(at)),
    }
}
