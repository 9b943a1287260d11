//! Text → numbers, words with their meanings, spaces and punctuation.

use std::iter::Peekable;
use std::str::CharIndices;

use unicode_normalization::char::is_combining_mark;

use super::digits::{CHINESE, chinese, chinese_number, decimal};
use super::fold::{fold_into, is_dropped};
use super::vocabulary::{Entry, VOCABULARY};

/// How words of a script are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// By spaces.
    Spaced,
    /// Not at all (Thai, Khmer, kana …), or endings are glued on (Korean).
    Unspaced,
    /// Each character is one.
    Han,
}

/// A stretch of text of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// Digits of one number.
    Number(Digits),
    /// Letters of one word, one Chinese character, or a run of an unspaced script.
    Letters(Letters),
    /// One other character.
    Punctuation(char),
    /// White space with so many line ends.
    Space(usize),
}

/// The digits of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Digits {
    /// The value; meaningless past nine digits.
    pub(super) value: u32,
    /// How many digits were written; those that a Chinese numeral stands for.
    pub(super) len: usize,
    /// The zero of the digits' script.
    pub(super) zero: u32,
}

/// The pieces of a text with their first byte and the one past their last.
#[derive(Debug)]
pub(super) struct Pieces<'t> {
    chars: Peekable<CharIndices<'t>>,
    len: usize,
}

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            chars: text.char_indices().peekable(),
            len: text.len(),
        }
    }

    fn here(&mut self) -> usize {
        let len = self.len;
        self.chars.peek().map_or(len, |(at, _)| *at)
    }

    fn number(&mut self, value: u32, zero: u32) -> Piece {
        let (mut value, mut len) = (value, 1);
        while let Some((_, c)) = self.chars.peek() {
            let Some((digit, _)) = decimal(*c) else { break };
            value = value.wrapping_mul(10).wrapping_add(digit);
            len += 1;
            self.chars.next();
        }
        Piece::Number(Digits { value, len, zero })
    }

    fn chinese(&mut self, first: u32) -> Piece {
        let mut numerals = vec![first];
        while let Some(value) = self.chars.peek().and_then(|(_, c)| chinese(*c)) {
            if numerals.len() < 8 {
                numerals.push(value);
            }
            self.chars.next();
        }
        match chinese_number(numerals.iter().copied()) {
            Some(value) => {
                let len = value.checked_ilog10().map_or(1, |log| log as usize + 1);
                Piece::Number(Digits {
                    value,
                    len,
                    zero: CHINESE,
                })
            }
            None => Piece::Letters(Letters::Han),
        }
    }

    fn letters(&mut self, first: char) -> Piece {
        let (kind, western) = (letters_of(first), is_western(first));
        if kind == Letters::Han {
            return Piece::Letters(kind);
        }
        let more = |c: char| {
            is_dropped(c)
                || is_combining_mark(c)
                || is_letter(c) && letters_of(c) == kind && is_western(c) == western
        };
        while self.chars.next_if(|(_, c)| more(*c)).is_some() {}
        Piece::Letters(kind)
    }
}

impl Iterator for Pieces<'_> {
    type Item = (Piece, usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (start, c) = self.chars.next()?;
            let piece = if let Some((value, zero)) = decimal(c) {
                self.number(value, zero)
            } else if let Some(value) = chinese(c) {
                self.chinese(value)
            } else if c.is_whitespace() {
                let mut lines = usize::from(is_line_end(c));
                while let Some((_, c)) = self.chars.next_if(|(_, c)| c.is_whitespace()) {
                    lines += usize::from(is_line_end(c));
                }
                Piece::Space(lines)
            } else if is_dropped(c) {
                continue;
            } else if is_letter(c) {
                self.letters(c)
            } else {
                Piece::Punctuation(c)
            };
            return Some((piece, start, self.here()));
        }
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{2028}' | '\u{2029}')
}

fn is_letter(c: char) -> bool {
    // The modifier apostrophe parts words as the others do.
    c.is_alphabetic() && c != '\u{2BC}' && chinese(c).is_none()
}

/// Whether the letter is Latin, Greek, Cyrillic or Armenian: pages glue words of other scripts to
/// them without a space.
pub(super) fn is_western(c: char) -> bool {
    u32::from(c) < 0x590 || (0x1E00..0x2000).contains(&u32::from(c))
}

fn letters_of(c: char) -> Letters {
    match u32::from(c) {
        0x3005..=0x3007 | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Letters::Han,
        0xE00..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x3040..=0x30FF | 0xAC00..=0xD7FF => {
            Letters::Unspaced
        }
        _ => Letters::Spaced,
    }
}

/// A piece with the meaning of its word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// First byte in the text.
    pub(super) start: usize,
    /// One past the last.
    pub(super) end: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy)]
pub(super) enum TokenKind {
    /// A number.
    Number(Digits),
    /// A word or phrase, with what the tables know of it.
    Word(Option<&'static Entry>, Letters),
    /// One other character.
    Punctuation(char),
    /// White space with so many line ends.
    Space(usize),
}

/// Words longer than this are in no table.
const LONGEST_WORD: usize = 96;
/// Words of unspaced scripts are looked for in so many characters.
const LONGEST_UNSPACED: usize = 24;

/// Appends a word folded.
pub(super) fn fold_word(word: &str, folded: &mut String) {
    word.chars().for_each(|c| fold_into(c, folded));
}

/// The tokens of a text, words looked up, phrases joined.
pub(super) fn lex(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 4);
    let mut key = String::new();
    for (piece, start, end) in Pieces::new(text) {
        let kind = match piece {
            Piece::Number(digits) => TokenKind::Number(digits),
            Piece::Punctuation(c) => TokenKind::Punctuation(c),
            Piece::Space(lines) => TokenKind::Space(lines),
            Piece::Letters(Letters::Unspaced) => {
                split_unspaced(text, start, end, &mut tokens);
                continue;
            }
            Piece::Letters(letters) => {
                key.clear();
                let word = text
                    .get(start..end)
                    .filter(|word| word.len() <= LONGEST_WORD);
                fold_word(word.unwrap_or_default(), &mut key);
                TokenKind::Word(VOCABULARY.get(&key), letters)
            }
        };
        tokens.push(Token { kind, start, end });
    }
    join_phrases(text, tokens)
}

/// Takes known words off the front of a run without spaces, the longest first; the rest, from
/// where none is known, is one unknown word.
fn split_unspaced(text: &str, start: usize, end: usize, tokens: &mut Vec<Token>) {
    let mut start = start;
    let mut ends = Vec::with_capacity(LONGEST_UNSPACED);
    let mut key = String::new();
    while let Some(rest) = text.get(start..end).filter(|rest| !rest.is_empty()) {
        key.clear();
        ends.clear();
        for (at, c) in rest.char_indices().take(LONGEST_UNSPACED) {
            fold_into(c, &mut key);
            ends.push((key.len(), start + at + c.len_utf8()));
        }
        let known = ends.iter().rev().find_map(|(len, end)| {
            let entry = VOCABULARY.get(key.get(..*len)?)?;
            // A bare beginning of a phrase (the พ of พ.ศ.) does not cut a word in two.
            let whole = !entry.senses.is_empty() || *end == start + rest.len();
            whole.then_some((entry, *end))
        });
        let (entry, word_end) = known.map_or((None, end), |(entry, end)| (Some(entry), end));
        let kind = TokenKind::Word(entry, Letters::Unspaced);
        tokens.push(Token {
            kind,
            start,
            end: word_end,
        });
        start = word_end;
    }
}

/// Joins the words of phrases that are in the tables: `n.d.`, `tháng mười một`, 令和.
fn join_phrases(text: &str, tokens: Vec<Token>) -> Vec<Token> {
    if !tokens.iter().any(begins_phrase) {
        return tokens;
    }
    let mut joined = Vec::with_capacity(tokens.len());
    let mut rest = tokens.as_slice();
    while let Some((first, others)) = rest.split_first() {
        if begins_phrase(first)
            && let Some((phrase, used)) = longest_phrase(text, rest)
        {
            joined.push(phrase);
            rest = rest.get(used..).unwrap_or_default();
        } else {
            joined.push(*first);
            rest = others;
        }
    }
    joined
}

fn begins_phrase(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word(Some(entry), _) if entry.longer)
}

/// The longest phrase at the head of the tokens, and how many tokens it takes.
fn longest_phrase(text: &str, tokens: &[Token]) -> Option<(Token, usize)> {
    let mut key = String::new();
    let (mut start, mut between, mut best) = (None, 0, None);
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Word(_, letters) = token.kind else {
            between += 1;
            if 3 < between || !parts_words(token.kind) {
                break;
            }
            continue;
        };
        if start.is_some() {
            key.push(' ');
        }
        between = 0;
        let start = *start.get_or_insert(token.start);
        fold_word(text.get(token.start..token.end)?, &mut key);
        let Some(entry) = VOCABULARY.get(&key) else {
            break;
        };
        if 0 < at && !entry.senses.is_empty() {
            let kind = TokenKind::Word(Some(entry), letters);
            best = Some((
                Token {
                    kind,
                    start,
                    end: token.end,
                },
                at + 1,
            ));
        }
        if !entry.longer {
            break;
        }
    }
    best
}

/// Whether this may stand between the words of a phrase.
fn parts_words(kind: TokenKind) -> bool {
    match kind {
        TokenKind::Punctuation(c) => matches!(c, '.' | '\'' | '’' | '\u{2BC}' | '-' | '/' | '״'),
        TokenKind::Space(lines) => lines == 0,
        TokenKind::Number(_) | TokenKind::Word(..) => false,
    }
}
