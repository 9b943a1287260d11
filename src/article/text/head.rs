//! What stands before a title: authors, editors, the date in parentheses.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::phrases::{WORDS, is_unspaced};
use super::place::{boundary, char_at, char_before, cut, trimmed};
use super::quotes::{brackets, closers, inside};
use super::reading::Dated;
use super::scan::{Said, Scan};
use super::segments::{Kind, kind, split};
use super::{ended, names};
use crate::model::LanguageTag;

/// The head of a citation.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Names before the date or the title.
    pub(super) names: Option<Range<usize>>,
    /// Names behind the date, of editors.
    pub(super) editors: Option<Range<usize>>,
    pub(super) date: Option<Dated>,
    pub(super) languages: Option<(Vec<LanguageTag>, Range<usize>)>,
    /// Where the title, or its quotation mark, starts.
    pub(super) title: usize,
    /// Whether a quotation mark stands there.
    pub(super) quoted: bool,
    /// Whether commas separate the fields (CS2, French, Italian).
    pub(super) commas: bool,
}

/// Longest head in bytes; a paper of a large collaboration names thousands.
const LONGEST_HEAD: usize = 20_000;
/// Longest name with a nickname in quotation marks, in bytes.
const LONGEST_NAME: usize = 300;

pub(super) fn read(scan: &Scan<'_>) -> Head {
    let (text, end) = (scan.text, scan.end);
    let mut head = Head::default();
    head.title = leading_language(scan, end, &mut head);
    let start = head.title;
    let limit = boundary(text, end.min(start + LONGEST_HEAD));
    let quote = first_quote(text, start..limit);
    let mut before = quote.unwrap_or(limit);
    // Polish citations put the periodical in quotation marks, not the title.
    let of_work = scan
        .language
        .is_some_and(|tag| WORDS.quoted_works.contains(tag.primary()));
    let named =
        quote.is_some_and(|quote| names_end_at(scan, start, quote) && (!of_work || quote == start));
    let dated = date_group(scan, start..before).or_else(|| {
        // Robert "Bob" Vale (2019). "Title": the first marks are part of a name.
        let near = boundary(text, limit.min(start + LONGEST_NAME));
        let dated = quote
            .filter(|_| !named)
            .and_then(|_| date_group(scan, start..near))?;
        let title = skip(text, dated.0.end);
        let quoted = char_at(text, title).is_some_and(|c| closers(c).is_some());
        // Vale, Robert "Bob" (2019). Title: a nickname stands behind the comma of its name.
        let nickname = || {
            let names = cut(text, start..dated.0.start);
            quote.is_some_and(|quote| cut(text, start..quote).contains(", "))
                && names.len() <= LONGEST_NAME
                && split(text, start..dated.0.start, &scan.plain_cuts()).len() == 1
        };
        if quoted {
            before = title;
        } else if nickname() {
            before = limit;
        } else {
            return None;
        }
        Some(dated)
    });
    if let Some((group, date)) = dated {
        head.names = Some(trimmed(text, start..group.start));
        head.date = Some((date.date(), inside(text, &group)));
        head.commas = matches!(char_at(text, group.end), Some(',' | '،'));
        let mut next = skip(text, group.end);
        if char_at(text, next) == Some('[')
            && let Some(origin) = brackets(text, next..end).first()
        {
            head.commas |= matches!(char_at(text, origin.end), Some(',' | '،'));
            next = skip(text, origin.end);
        }
        head.title = editors_behind(scan, next, before, &mut head);
        head.quoted = before == head.title && before < limit;
        return head;
    }
    if let Some(quote) = quote.filter(|_| named) {
        let names = without_stop(text, trimmed(text, start..quote));
        head.names = Some(names).filter(|names| !names.is_empty());
        head.title = quote;
        head.quoted = true;
        return head;
    }
    named_by_form(scan, start, &mut head);
    head
}

/// Reads a head whose title has no quotation marks around all of it: «Буря» ушла на север.
pub(super) fn without_quote(scan: &Scan<'_>) -> Head {
    let mut head = Head::default();
    head.title = leading_language(scan, scan.end, &mut head);
    let start = head.title;
    named_by_form(scan, start, &mut head);
    head.quoted = false;
    head
}

/// Takes names that their form alone gives away.
fn named_by_form(scan: &Scan<'_>, start: usize, head: &mut Head) {
    let text = scan.text;
    let rest = cut(text, start..scan.end);
    // "Anna Kowalska, M. Wiśniewski, Tytuł": initials stand before the name where commas part.
    let parts = WORDS.commas_of(scan.language);
    let listed = |length: &usize| !parts || cut(rest, 0..*length).contains(';');
    let length = names::leading(rest)
        .filter(listed)
        .or_else(|| ended::names(rest, scan.language));
    if let Some(length) = length {
        head.names = Some(without_stop(text, trimmed(text, start..start + length)));
        head.title = skip(text, start + length);
        head.quoted = char_at(text, head.title).is_some_and(|c| closers(c).is_some());
    }
}

/// Reads "(en)" or "(EN)" before everything else; gives where the text goes on.
fn leading_language(scan: &Scan<'_>, end: usize, head: &mut Head) -> usize {
    let text = scan.text;
    let group = char_at(text, 0).filter(|c| *c == '(').and_then(|_| {
        brackets(text, 0..boundary(text, end.min(24)))
            .into_iter()
            .find(|group| group.start == 0)
    });
    if let Some(group) = group {
        let within = inside(text, &group);
        let code = cut(text, within.clone()).trim().to_lowercase();
        let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
        if let Some(tag) = LanguageTag::parse(&code).filter(|_| is_code) {
            head.languages = Some((vec![tag], within));
            return skip(text, group.end);
        }
    }
    0
}

/// The first mark that can open a title.
fn first_quote(text: &str, within: Range<usize>) -> Option<usize> {
    let mut before = None;
    for (at, c) in text.get(within.clone())?.char_indices() {
        // A straight or curly mark inside a word is an inch sign or an apostrophe.
        let can_open = before.is_none_or(|c: char| !c.is_alphanumeric() || is_unspaced(c));
        if closers(c).is_some() && can_open {
            return Some(within.start + at);
        }
        before = Some(c);
    }
    None
}

/// The group in parentheses that dates the work, behind its authors.
fn date_group(scan: &Scan<'_>, within: Range<usize>) -> Option<(Range<usize>, Said)> {
    let text = scan.text;
    for group in brackets(text, within.clone()) {
        if group.start == within.start || char_at(text, group.start) == Some('[') {
            continue;
        }
        let Some(date) = scan.date(&inside(text, &group)) else {
            continue;
        };
        let after = skip(text, group.end);
        let rest = cut(text, after..text.len());
        let quoted = rest.starts_with(|c| closers(c).is_some());
        let names = cut(text, within.start..group.start).trim();
        let simple = || {
            let parts = split(text, within.start..group.start, &scan.plain_cuts());
            parts.len() == 1 && (names.contains(';') || names.split_whitespace().count() <= 12)
        };
        let goes_on = rest.chars().any(char::is_alphanumeric)
            && scan
                .roles
                .iter()
                .all(|(_, _, phrase)| !phrase.contains(&after))
            && WORDS.role_of_start(rest).is_none();
        // "National Council (U.S.). Committee on Dogs (2006). Title": a body in two parts.
        let body = || {
            let title = split(text, after..text.len(), &scan.plain_cuts());
            let is_text = |range: &Range<usize>| kind(cut(text, range.clone())) == Kind::Text;
            names.len() <= 120 && title.first().is_some_and(is_text) && 1 < title.len()
        };
        return (goes_on && (quoted || simple() || body())).then_some((group, date));
    }
    None
}

/// Skips editors between the date and the title: "Neuhauss, Stephan C. F, ed. "; gives where the
/// title starts.
fn editors_behind(scan: &Scan<'_>, from: usize, quote: usize, head: &mut Head) -> usize {
    static EDITORS: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "a constant pattern, compiled by the tests"
        )]
        Regex::new(r"^[^()\[\]]{3,200}?(?:, eds?\.| \((?:eds?|Hrsg|Hg|dir|red|ред)\.\))[.,]? ")
            .expect("the pattern is valid")
    });
    let text = scan.text;
    let rest = cut(text, from..text.len().min(quote.max(from) + 1));
    let Some(found) = EDITORS.find(rest) else {
        return from;
    };
    let names = trimmed(text, from..from + found.end());
    if split(text, names.clone(), &scan.plain_cuts()).len() != 1 {
        return from;
    }
    head.editors = Some(names);
    skip(text, from + found.end())
}

/// Whether what stands between `start` and a quotation mark is nothing or names.
fn names_end_at(scan: &Scan<'_>, start: usize, quote: usize) -> bool {
    let text = scan.text;
    let before = trimmed(text, start..quote);
    if before.is_empty() {
        return true;
    }
    let names = cut(text, before.clone());
    let last = char_before(text, before.end);
    // "Pont sur l’Elbe : « un chantier »" is a title in French typography.
    let spaced = text.get(..before.end).is_some_and(|text| {
        text.ends_with([' ', '\u{a0}', '\u{202f}'])
            || text.ends_with(" :")
            || text.ends_with("\u{a0}:")
    });
    let ended = !spaced
        && last.is_some_and(|c| matches!(c, '.' | ',' | ':' | '，' | '、' | '：' | ')' | '،'));
    let adjoins = last.is_some_and(is_unspaced)
        && char_at(text, quote).is_some_and(|c| matches!(c, '「' | '『' | '《' | '“'));
    // "Anne Petit (dir.), Titre, Seuil, coll. « Folio »": a series is no name.
    let of_title = names.contains(',')
        && names
            .rsplit(',')
            .next()
            .is_some_and(|last| last.trim_start().starts_with("coll."));
    let short = !of_title
        && names
            .split([';', '；', ','])
            .all(|name| name.split_whitespace().count() <= 10)
        && (adjoins && names.chars().count() <= 40 || ended);
    short && split(text, before, &scan.plain_cuts()).len() == 1
}

/// Names without the full stop that ends them; one that ends an initial or "Jr." stays.
fn without_stop(text: &str, names: Range<usize>) -> Range<usize> {
    let shown = cut(text, names.clone());
    let Some(bare) = shown.strip_suffix('.') else {
        return names;
    };
    let last = bare.rsplit([' ', '.', '-', ' ']).next().unwrap_or_default();
    let shortened = last.chars().count() == 1 || matches!(last, "Jr" | "Sr" | "al" | "ed" | "eds");
    if shortened {
        names
    } else {
        names.start..names.end - 1
    }
}

/// The next place behind separators and space.
pub(super) fn skip(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let kind = |c: char| {
        c.is_whitespace() || matches!(c, '.' | ',' | ':' | '。' | '，' | '、' | '：' | '،')
    };
    from + rest.len() - rest.trim_start_matches(kind).len()
}
