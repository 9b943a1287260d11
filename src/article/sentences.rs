//! Which sentence a reference mark supports.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::LanguageTag;

/// Longest stretch given for one mark, in Unicode scalar values; text without sentence ends is
/// cut into pieces of at most this, so that a claim stays a quotation and memory stays bounded.
const LONGEST: usize = 600;
/// Longest quotation or parenthesis, in Unicode scalar values, that keeps its sentences together.
/// A longer one is more likely a quotation mark that nobody closed.
const LONGEST_QUOTE: usize = 500;
/// Line lengths, in Unicode scalar values, at which a text may have been wrapped by a program.
const WRAP_WIDTHS: Range<usize> = 50..101;

/// The sentences of a plain text, in order.
///
/// The text has no reference marks in it: their places are passed beside it. Line ends bound
/// paragraphs, unless the lines look wrapped at a fixed width.
///
/// # Examples
///
/// ```
/// use citecheck::article::sentences::Sentences;
///
/// let text = "Dr. Vale left at 5.30 p.m. for Kyiv. She returned.";
/// let sentences = Sentences::new(text, &[36]);
/// let range = sentences.supporting(36).unwrap();
/// assert_eq!(text.get(range), Some("Dr. Vale left at 5.30 p.m. for Kyiv."));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentences {
    /// Byte ranges, trimmed, ascending, not overlapping, none empty.
    ranges: Vec<Range<usize>>,
}

impl Sentences {
    /// Splits `text`; `marks` are the byte positions in it at which reference marks were removed,
    /// ascending. A mark behind a full stop is evidence that a sentence ends there, and in a
    /// script without full stops (Thai, Lao) that a statement does.
    #[must_use]
    pub fn new(text: &str, marks: &[usize]) -> Self {
        let mut ranges = Vec::new();
        for paragraph in paragraphs(text) {
            Paragraph::new(text, paragraph, marks).split(&mut ranges);
        }
        Self { ranges }
    }

    /// The byte range of the sentence that a mark at `position` supports: the one the position
    /// lies in, or, behind its end, the one before. `None` when no text is near it.
    #[must_use]
    pub fn supporting(&self, position: usize) -> Option<Range<usize>> {
        let after = self.ranges.partition_point(|range| range.start < position);
        let before = after.checked_sub(1).and_then(|at| self.ranges.get(at));
        before.or_else(|| self.ranges.get(after)).cloned()
    }
}

/// Byte ranges of the paragraphs.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut at, mut wrapped) = (0, false);
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let shown = line.trim();
        match found.last_mut() {
            Some(last) if wrapped && continues(shown) => last.end = range.end,
            _ => found.push(range),
        }
        wrapped = WRAP_WIDTHS.contains(&shown.chars().count())
            && !shown.ends_with(|c| is_terminator(c) || is_closer(c) || c == ':');
    }
    found
}

/// Whether a line can be the continuation of the one before.
fn continues(line: &str) -> bool {
    line.starts_with(|c: char| c.is_alphanumeric() || is_opener(c).is_some())
}

/// One paragraph, character by character.
struct Paragraph<'a> {
    chars: Vec<(usize, char)>,
    end: usize,
    marks: &'a [usize],
    /// Index ranges of quotations and parentheses, outermost, ascending.
    quoted: Vec<Range<usize>>,
}

impl<'a> Paragraph<'a> {
    fn new(text: &str, range: Range<usize>, marks: &'a [usize]) -> Self {
        let chars: Vec<(usize, char)> = text
            .get(range.clone())
            .unwrap_or_default()
            .char_indices()
            .map(|(at, c)| (at + range.start, c))
            .collect();
        let quoted = quotations(&chars);
        Self {
            chars,
            end: range.end,
            marks,
            quoted,
        }
    }

    fn char(&self, index: usize) -> Option<char> {
        self.chars.get(index).map(|(_, c)| *c)
    }

    fn offset(&self, index: usize) -> usize {
        self.chars.get(index).map_or(self.end, |(at, _)| *at)
    }

    fn split(&self, ranges: &mut Vec<Range<usize>>) {
        let (mut start, mut index, mut last_space) = (0, 0, None);
        let mut quotes = self.quoted.iter().peekable();
        while index < self.chars.len() {
            while quotes.next_if(|quote| quote.end <= index).is_some() {}
            let inside = quotes.peek().is_some_and(|quote| quote.contains(&index));
            if self.char(index).is_some_and(char::is_whitespace) {
                last_space = Some(index);
            }
            if let Some(end) = self.sentence_end(index, inside) {
                self.push(start..end, ranges);
                (start, index, last_space) = (end, end, None);
                continue;
            }
            index += 1;
            if LONGEST <= index - start {
                let cut = last_space.filter(|space| start < *space).unwrap_or(index);
                self.push(start..cut, ranges);
                (start, last_space) = (cut, None);
            }
        }
        self.push(start..self.chars.len(), ranges);
    }

    fn push(&self, range: Range<usize>, ranges: &mut Vec<Range<usize>>) {
        let is_space = |index: &usize| self.char(*index).is_none_or(char::is_whitespace);
        let start = range.clone().find(|index| !is_space(index));
        let last = range.rev().find(|index| !is_space(index));
        if let (Some(start), Some(last)) = (start, last) {
            ranges.push(self.offset(start)..self.offset(last + 1));
        }
    }

    /// The index behind the sentence whose terminator stands at `index`, if it ends there.
    fn sentence_end(&self, index: usize, inside: bool) -> Option<usize> {
        let c = self.char(index)?;
        if is_unpunctuated(c) && self.is_marked(index + 1) {
            return self.is_blank(index + 1).then_some(index + 1);
        }
        if !is_terminator(c) {
            return None;
        }
        let mut end = index + 1;
        let mut closed = false;
        while let Some(next) = self.char(end) {
            if is_closer(next) {
                closed = true;
            } else if !is_terminator(next) {
                break;
            }
            end += 1;
        }
        if inside && !closed {
            return None;
        }
        if is_full_width(c) {
            // 「…。」と言った: hiragana behind a quotation goes on with the sentence.
            let goes_on = closed && matches!(self.char(end), Some('\u{3041}'..='\u{309f}'));
            return (!goes_on).then_some(end);
        }
        let marked = self.is_marked(end);
        if !marked && !self.is_blank(end) {
            return None;
        }
        let next = (end..self.chars.len())
            .filter_map(|at| self.char(at))
            .find(|c| !c.is_whitespace());
        let goes_on = next.is_some_and(|c| {
            c.is_lowercase() || matches!(c, ',' | ';' | ':' | '،' | '؛' | '–' | '—' | '-')
        });
        let is_stop = c == '.' && end == index + 1;
        let ends = !goes_on && (marked || next.is_none() || !is_stop || !self.is_short(index));
        ends.then_some(end)
    }

    fn is_blank(&self, index: usize) -> bool {
        self.char(index).is_none_or(char::is_whitespace)
    }

    fn is_marked(&self, index: usize) -> bool {
        self.marks.binary_search(&self.offset(index)).is_ok()
    }

    /// Whether the full stop at `index` belongs to an initial, an abbreviation or an ordinal.
    fn is_short(&self, index: usize) -> bool {
        let word = self.word_before(index);
        let length = word.chars().count();
        let is_initial = word
            .rsplit('.')
            .next()
            .is_some_and(|last| last.chars().count() == 1 && last.chars().all(char::is_alphabetic));
        if is_initial
            || KNOWN
                .abbreviations
                .values()
                .any(|words| words.contains(&word))
        {
            return true;
        }
        if 2 < length || word.is_empty() || !word.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        let before = index.checked_sub(length + 1);
        before.is_some_and(|at| KNOWN.before_ordinals.contains(&self.word_before(at)))
    }

    /// The lower-case word that ends before `index`, inner full stops included; empty when it is
    /// too long to be an abbreviation.
    fn word_before(&self, index: usize) -> String {
        let letters: Vec<char> = (0..index)
            .rev()
            .take(13)
            .filter_map(|at| self.char(at))
            .take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '°'))
            .collect();
        if 12 < letters.len() {
            return String::new();
        }
        letters
            .iter()
            .rev()
            .flat_map(|c| c.to_lowercase())
            .collect()
    }
}

/// Whether a word that a full stop follows is an abbreviation in English or `language`, company
/// forms (`Inc.`), which end a name as often, left out. `word` is without its last full stop.
pub(super) fn is_abbreviation(word: &str, language: Option<&LanguageTag>) -> bool {
    let word = word.to_lowercase();
    let of = |language: &str| {
        let list = KNOWN.abbreviations.get(language);
        list.is_some_and(|words| words.contains(&word))
    };
    let ends_names = matches!(
        word.as_str(),
        "inc" | "ltd" | "co" | "corp" | "bros" | "univ" | "dept"
    );
    !ends_names && (of("en") || language.is_some_and(|tag| of(tag.primary())))
}

/// Index ranges between matching quotation marks and brackets, outermost only.
fn quotations(chars: &[(usize, char)]) -> Vec<Range<usize>> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for (index, (_, c)) in chars.iter().enumerate() {
        let closes = open
            .last()
            .is_some_and(|(_, closer)| closer == c || (*closer == '“' && *c == '”'));
        if closes {
            if let Some((start, _)) = open.pop()
                && index - start <= LONGEST_QUOTE
            {
                while found.pop_if(|inner| start < inner.start).is_some() {}
                found.push(start..index);
            }
        } else if let Some(closer) = is_opener(*c)
            && (*c != '"' || before.is_none_or(|c: char| !c.is_alphanumeric()))
        {
            open.push((index, closer));
        }
        before = Some(*c);
    }
    found
}

/// The mark that closes what `c` opens. Single quotation marks are left out: they are
/// apostrophes more often.
fn is_opener(c: char) -> Option<char> {
    let closer = match c {
        '“' => '”',
        '„' => '“',
        '«' => '»',
        '»' => '«',
        '「' => '」',
        '『' => '』',
        '(' => ')',
        '（' => '）',
        '"' => '"',
        _ => return None,
    };
    Some(closer)
}

/// Whether `c` can stand between a sentence's terminator and its end.
fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '“' | '’' | '»' | '«' | '›' | '」' | '』' | '】' | ')' | '）' | ']'
    )
}

/// Whether `c` can end a sentence, in any script.
fn is_terminator(c: char) -> bool {
    is_full_width(c) || matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '‽' | '։')
}

/// Terminators after which no space is due.
fn is_full_width(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '｡' | '．' | '।' | '॥' | '။' | '។' | '៕' | '።' | '།'
    )
}

/// Letters of the scripts that write no full stop: Thai and Lao.
fn is_unpunctuated(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}')
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Tables {
    abbreviations: BTreeMap<String, String>,
    before_ordinals: BTreeMap<String, String>,
}

/// The words of `data/sentences.toml`.
struct Known {
    /// By language.
    abbreviations: BTreeMap<String, BTreeSet<String>>,
    before_ordinals: BTreeSet<String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "a file of this crate, read by the tests"
    )]
    let tables: Tables =
        toml::from_str(include_str!("data/sentences.toml")).expect("the table is valid TOML");
    let words = |list: &String| -> BTreeSet<String> {
        list.split_whitespace().map(str::to_lowercase).collect()
    };
    let by_language = tables.abbreviations.iter();
    Known {
        abbreviations: by_language
            .map(|(tag, list)| (tag.clone(), words(list)))
            .collect(),
        before_ordinals: tables.before_ordinals.values().flat_map(words).collect(),
    }
});
