//! The parts of a citation behind its title, and what kind each is.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::lists::LISTS;
use super::phrases::{WORDS, is_unspaced, leading_word};
use crate::model::LanguageTag;

use super::place::{char_at, char_before, cut, is_blank, stripped};
use crate::article::sentences::is_abbreviation;

/// Where a citation must and must not be cut.
#[derive(Debug, Default)]
pub(super) struct Cuts<'a> {
    /// Settles which words are abbreviations.
    pub(super) language: Option<&'a LanguageTag>,
    /// Cut out: dates with their phrases, addresses, languages in parentheses. Ascending.
    pub(super) removed: Vec<Range<usize>>,
    /// Never cut inside: dates, brackets. Ascending.
    pub(super) whole: Vec<Range<usize>>,
    /// Whether commas separate too.
    pub(super) commas: bool,
    /// Whether nothing but commas separates: CS2.
    pub(super) unstopped: bool,
}

/// Splits `within` into its segments, trimmed, none empty.
pub(super) fn split(text: &str, within: Range<usize>, cuts: &Cuts<'_>) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut start = within.start;
    let mut skip_to = within.start;
    let mut removed = cuts
        .removed
        .iter()
        .filter(|cut| within.start <= cut.start)
        .peekable();
    let mut whole = cuts
        .whole
        .iter()
        .filter(|cut| within.start <= cut.start)
        .peekable();
    let mut push = |range: Range<usize>| {
        let kind = |c: char| {
            let asks = c == ';' && LISTS.asks_with_semicolon(cuts.language);
            is_blank(c) || !asks && matches!(c, ',' | ';' | '，' | '、' | '،' | '—' | '–')
        };
        let range = stripped(text, range, kind);
        if cut(text, range.clone()).chars().any(char::is_alphanumeric) {
            segments.push(range);
        }
    };
    for (at, c) in text.get(within.clone()).unwrap_or_default().char_indices() {
        let at = within.start + at;
        if at < skip_to {
            continue;
        }
        while removed.next_if(|cut| cut.start < at).is_some() {}
        while whole.next_if(|cut| cut.start < at).is_some() {}
        if let Some(cut) = removed.next_if(|cut| cut.start == at) {
            // "Bote.[dead link]": no space stands behind the full stop.
            let stop = char_before(text, at) == Some('.')
                && at
                    .checked_sub(1)
                    .is_some_and(|stop| !is_shortened(text, stop, cuts.language));
            push(start..at.saturating_sub(usize::from(stop)).max(start));
            (start, skip_to) = (cut.end, cut.end);
            continue;
        }
        if let Some(cut) = whole.next_if(|cut| cut.start == at) {
            skip_to = cut.end.max(at + 1);
            continue;
        }
        let next = at + c.len_utf8();
        if separates(text, at, c, cuts) {
            push(start..at);
            start = next;
        } else if closes_work(text, start, c, next) {
            push(start..next);
            start = next;
        } else if c.is_whitespace() && opens_work(text, next) {
            push(start..at);
            start = at;
        }
    }
    push(start..within.end.max(start));
    segments
}

/// Whether the character at `at` ends a segment.
fn separates(text: &str, at: usize, c: char, cuts: &Cuts<'_>) -> bool {
    let spaced = || char_at(text, at + c.len_utf8()).is_none_or(is_blank);
    match c {
        '.' => {
            // ". — " separates whatever stands before it: "240 с. — ISBN".
            let dash = text
                .get(at + 1..)
                .is_some_and(|rest| rest.starts_with(" — "));
            dash || spaced() && !goes_on(text, at, cuts) && !is_shortened(text, at, cuts.language)
        }
        '。' | '．' | '｡' | '۔' | '।' => true,
        ',' | ';' | '،' | '؛' => {
            let behind = text.get(at + c.len_utf8()..).unwrap_or_default();
            cuts.commas && spaced() && !LISTS.continues_name(behind)
        }
        '，' | '、' | '；' => cuts.commas,
        _ => false,
    }
}

/// Whether the full stop at `at` ends nothing: in CS2 before more text, and the last one of an
/// ellipsis inside a title.
fn goes_on(text: &str, at: usize, cuts: &Cuts<'_>) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let rest = text.get(at + 1..).unwrap_or_default().trim_start();
    let ellipsis = before.strip_suffix("..").map(|before| {
        before.is_empty() || before.ends_with(' ') || rest.starts_with(char::is_lowercase)
    });
    ellipsis.unwrap_or_else(|| cuts.unstopped && rest.chars().any(char::is_alphanumeric))
}

/// Whether the marks end here that enclose the work at the start of a segment: 『新聞』出版社.
fn closes_work(text: &str, start: usize, c: char, next: usize) -> bool {
    let open = match c {
        '』' => '『',
        '》' => '《',
        _ => return false,
    };
    let goes_on = char_at(text, next).is_some_and(char::is_alphanumeric);
    let segment = text.get(start..next).unwrap_or_default();
    let shown = segment.trim_start_matches(|c| is_blank(c) || c == '、');
    goes_on && shown.starts_with(open) && shown.matches(open).count() == 1
}

/// Whether "In: Die Zeit", "// Журнал" or "– via X" starts here.
fn opens_work(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    if rest.starts_with("// ") || rest.starts_with("In: ") {
        return true;
    }
    let dash = rest.starts_with(['–', '—', '-']);
    dash && leading_word(rest.trim_start_matches(['–', '—', '-', ' ']), &WORDS.via).is_some()
}

/// Whether the full stop at `at` belongs to an initial or an abbreviation.
fn is_shortened(text: &str, at: usize, language: Option<&LanguageTag>) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let word = before
        .char_indices()
        .rev()
        .take(16)
        .take_while(|(_, c)| !c.is_whitespace() && !matches!(c, '(' | '[' | '"' | '“' | ':' | '/'))
        .last()
        .and_then(|(start, _)| before.get(start..))
        .unwrap_or_default();
    let last = word.rsplit(['.', '-']).next().unwrap_or_default();
    let mut letters = last.chars();
    let initial = letters
        .next()
        .is_some_and(|c| c.is_alphabetic() && !is_unspaced(c))
        && letters.next().is_none();
    // "Vet. J. 189 (2)": a volume begins a segment.
    let numbered = text
        .get(at + 1..)
        .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()));
    let of_pages = numbered && WORDS.pages.contains(&format!("{}.", word.to_lowercase()));
    if LISTS.ends_company(before) {
        return false;
    }
    // "Die 3. Brücke": behind a short word, or at the beginning, the number is an ordinal.
    let rank = || {
        let digits = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
        let link = before.strip_suffix(word).unwrap_or_default().trim_end();
        let link = link.rsplit(' ').next().unwrap_or_default();
        let next = text.get(at + 1..).unwrap_or_default().trim_start();
        digits
            && !word.is_empty()
            && link.chars().count() <= 3
            && link.chars().all(char::is_alphabetic)
            && !WORDS.pages.contains(&link.to_lowercase())
            && next.starts_with(char::is_alphabetic)
    };
    LISTS.is_shortened(word)
        || LISTS.has_ordinal_dots(language) && rank()
        || of_pages
        || initial && !(numbered && last.starts_with(char::is_uppercase))
        || is_abbreviation(word, language)
}

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Volume, issue and pages of a journal: `438 (7069): 803–819`.
    Volume,
    /// Pages, chapters, times: `pp. 12–14`.
    Pages,
    /// `ISBN 978-0-8018-8221-0`.
    Identifier,
    /// `3rd ed.`
    Edition,
    /// Any other text: a work, a publisher.
    Text,
}

static VOLUME: LazyLock<Regex> = LazyLock::new(|| {
    // One Roman letter alone is a name: "X. Retrieved 3 May 2024".
    pattern(concat!(
        r"^(?:\d{1,4}[A-Za-z]{0,2}|[IVXLC]{2,6})(?:[–/\-]\d{1,4})?(?: ?\([^)]*\))?(?: ?[:：] ?\S.*)?$",
        r"|^第?\p{Nd}+[巻卷](?: ?第?\p{Nd}+[号號期])?$|^第\p{Nd}+[号號期]$|^제?\p{Nd}+권.{0,16}$",
        r"|^[IVXLC] ?\(\d[^)]*\)(?: ?[:：] ?\S.*)?$|^\([^)]*\)[:：].*$",
    ))
});
static EDITION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:\d{1,3}(?:st|nd|rd|th|\.|e|ª)?|first|second|third|online|rev(?:ised)?\.?)(?: rev\.| revised)? (?:ed|edition|bas|baskı|aufl|auflage|éd|edición|изд|вид)\b.{0,12}$",
    )
});
/// The scale of a map.
static SCALE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^1[:∶] ?\d[\d,. ]*$"));
/// Pages behind a journal's name: `ZooKeys (195): 1–144`, `Stars: 2–13`.
static PAGES_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?: \d{1,4})?(?: ?\([\w\s–&\-]+\))? ?[:：] ?[A-Za-z]{0,2}\d[\d–\-, A-Za-z]*$| \d+ ?\(\d[^)]*\)(?: ?[:：] ?\d[\d–\-, ]*)?$| \(\d+\)$|第?\d+巻.*$",
    )
});

pub(super) fn kind(segment: &str) -> Kind {
    if VOLUME.is_match(segment) {
        return Kind::Volume;
    }
    if EDITION.is_match(segment) {
        return Kind::Edition;
    }
    let first = segment
        .split([':', ' ', '\u{a0}'])
        .next()
        .unwrap_or_default();
    if WORDS.identifiers.contains(&first.to_lowercase()) && first.len() < segment.len() {
        return Kind::Identifier;
    }
    let number = |rest: &str| {
        let mut chars = rest.trim_start().chars();
        let first = chars.next();
        let second = chars.next();
        first.is_some_and(|c| c.is_numeric() || matches!(c, 'i' | 'v' | 'x' | 'l' | '['))
            // Papers count pages of their sections: B6.
            || first.is_some_and(char::is_alphabetic) && second.is_some_and(char::is_numeric)
    };
    if LISTS.is_others(segment) || SCALE.is_match(segment) {
        return Kind::Pages;
    }
    let lower = segment.to_lowercase();
    let numbered = leading_word(&lower, &WORDS.pages)
        .and_then(|length| lower.get(length..))
        .is_some_and(|rest| {
            number(rest)
                && rest
                    .chars()
                    .any(|c| c.is_numeric() || matches!(c, 'i' | 'v' | 'x'))
                && rest.len() < 60
        });
    if numbered || is_extent(&lower) {
        Kind::Pages
    } else if is_serial(segment) {
        Kind::Identifier
    } else {
        Kind::Text
    }
}

/// Whether a segment (lower case) counts or names pages before their word: `240 с.`, `45頁`,
/// `320 p. (ISBN …)`.
fn is_extent(lower: &str) -> bool {
    let shown = lower.split(" (").next().unwrap_or_default().trim_end();
    let word = shown.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '-' | '–' | '—'));
    let word = word.trim_start();
    word.len() < shown.len()
        && shown.starts_with(char::is_numeric)
        && (WORDS.pages.contains(word) || WORDS.pages.contains(&format!("{word}.")))
}

/// Whether a segment is the number of a document: `SG/SM/20077`.
fn is_serial(segment: &str) -> bool {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "/-.".contains(c);
    segment.contains('/')
        && segment.chars().all(is_part)
        && segment.contains(|c: char| c.is_ascii_digit())
}

/// The segment without pages that stand behind a name without a full stop between.
pub(super) fn without_pages(text: &str, segment: Range<usize>) -> Range<usize> {
    match PAGES_BEHIND.find(cut(text, segment.clone())) {
        Some(pages) if 0 < pages.start() => segment.start..segment.start + pages.start(),
        _ => segment,
    }
}

/// The segment without quotation marks that enclose all of it.
pub(super) fn unquoted(text: &str, segment: Range<usize>) -> Range<usize> {
    let open = char_at(text, segment.start);
    let close = char_before(text, segment.end);
    let pair = open.zip(close).filter(|(open, close)| {
        super::quotes::closers(*open).is_some_and(|closers| closers.contains(close))
    });
    match pair {
        Some((open, close)) if open.len_utf8() + close.len_utf8() < segment.len() => {
            segment.start + open.len_utf8()..segment.end - close.len_utf8()
        }
        _ => segment,
    }
}

/// The segment without the word that introduces a work: "In: Bote", "sur Le Phare", "// Вести".
pub(super) fn without_on(text: &str, segment: Range<usize>) -> Range<usize> {
    let shown = cut(text, segment.clone());
    let behind = leading_word(shown, &WORDS.on).and_then(|length| shown.get(length..));
    match behind {
        Some(work) if work.starts_with(char::is_whitespace) => {
            segment.end - work.trim_start().len()..segment.end
        }
        _ => segment,
    }
}

/// The publisher of `Place: Publisher`, or all of it.
pub(super) fn without_place(text: &str, segment: Range<usize>) -> Range<usize> {
    let shown = cut(text, segment.clone());
    match shown.split_once(": ") {
        Some((place, publisher))
            if place.len() < 50
                && !place.contains(|c: char| c.is_ascii_digit())
                && place.split_whitespace().count() < 6
                && publisher.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()) =>
        {
            segment.end - publisher.len()..segment.end
        }
        _ => segment,
    }
}

#[expect(
    clippy::expect_used,
    reason = "constant patterns, compiled by the tests"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is valid")
}
