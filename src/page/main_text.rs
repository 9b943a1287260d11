//! The main text of a page, and how many words it has.

use std::sync::LazyLock;

use super::outline::{Block, Outline, RegionKind};
use crate::languages::table_of_characters;

/// Main text kept of one page.
const MAX_BYTES: usize = 400_000;

/// A block of at least so many bytes with few links is text and no label.
const TEXT_BLOCK_BYTES: usize = 80;

/// Share of link text from which a block is navigation.
const LINKS_OF_NAVIGATION: f64 = 0.5;

/// Share of link text up to which a long block is text.
const LINKS_OF_TEXT: f64 = 0.35;

/// Text of fewer bytes than this that is a smaller part of the page than one in so many is a
/// notice beside a list of links.
const CLEAR_TEXT: usize = 1_500;
const LIST_FACTOR: usize = 8;

/// How near to text a short block or list item has to be to belong to it.
const NEAR_BLOCKS: usize = 2;
const NEAR_ITEMS: usize = 6;

/// The page's own text: the article without menus, side matter and footers.
///
/// The largest element marked as the article's text is preferred; within it, or within the page,
/// long blocks with few links are text, and short ones that stand next to them belong to it. Of a
/// page with no such block everything that is not beside the text is taken.
pub(super) fn main_text(outline: &Outline) -> String {
    let own: Vec<Block> = outline
        .blocks
        .iter()
        .copied()
        .filter(|block| !outline.is_beside(block.region))
        .collect();
    let own_bytes = bytes_of(&own);
    // A page that is a list of links has little text beside: the list is what it says.
    let stands_for_page = |text: &String, least: usize| {
        least <= text.len() && (own_bytes < LIST_FACTOR * text.len() || CLEAR_TEXT <= text.len())
    };
    let scoped = in_scope(outline, &own);
    let text = joined(outline, &text_blocks(&scoped));
    if stands_for_page(&text, 200) {
        return text;
    }
    let unlinked: Vec<Block> = own
        .iter()
        .copied()
        .filter(|block| link_share(*block) < LINKS_OF_NAVIGATION)
        .collect();
    for blocks in [unlinked, own] {
        let text = joined(outline, &blocks);
        if stands_for_page(&text, 40) {
            return text;
        }
    }
    joined(outline, &outline.blocks)
}

fn bytes_of(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.bytes()).sum()
}

fn link_share(block: Block) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "texts are far shorter than 2^52 bytes"
    )]
    let share = block.link_bytes as f64 / block.bytes().max(1) as f64;
    share
}

/// The blocks of the element that holds the article, if one is marked and holds enough.
fn in_scope(outline: &Outline, own: &[Block]) -> Vec<Block> {
    let own_bytes = bytes_of(own);
    for kind in [RegionKind::Content, RegionKind::Article, RegionKind::Main] {
        let within: Vec<Block> = own
            .iter()
            .copied()
            .filter(|block| outline.is_within(block.region, kind))
            .collect();
        let bytes = bytes_of(&within);
        if 400 < bytes && own_bytes < 6 * bytes {
            return within;
        }
    }
    own.to_vec()
}

fn text_blocks(blocks: &[Block]) -> Vec<Block> {
    let is_text =
        |block: &Block| TEXT_BLOCK_BYTES <= block.bytes() && link_share(*block) < LINKS_OF_TEXT;
    let texts: Vec<bool> = blocks.iter().map(is_text).collect();
    let mut kept = Vec::new();
    let before = distances(texts.iter().copied());
    let mut after = distances(texts.iter().rev().copied());
    after.reverse();
    for ((block, before), after) in blocks.iter().zip(before).zip(after) {
        let near = if block.item { NEAR_ITEMS } else { NEAR_BLOCKS };
        let belongs = link_share(*block) < LINKS_OF_NAVIGATION
            && if block.heading == 0 {
                before.min(after) <= near
            } else {
                after <= near
            };
        if before == 0 || belongs {
            kept.push(*block);
        }
    }
    kept
}

/// For each place how many steps back the last `true` is.
fn distances(marks: impl Iterator<Item = bool>) -> Vec<usize> {
    let mut last = usize::MAX;
    let step = |mark| {
        last = if mark { 0 } else { last.saturating_add(1) };
        last
    };
    marks.map(step).collect()
}

fn joined(outline: &Outline, blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if MAX_BYTES < text.len() {
            break;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(outline.block_text(*block));
    }
    text
}

/// What a character is to the counting of words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum InWord {
    /// Punctuation and signs: neither begins nor ends a word.
    #[default]
    No,
    /// A letter or digit.
    Yes,
    /// A word by itself.
    Alone,
    /// A sign of a script whose characters are words by themselves.
    Sign,
    Space,
}

/// What the characters of the Basic Multilingual Plane are: looking each up in Unicode's tables
/// would cost more than all other reading of a long text.
static IN_WORD: LazyLock<Vec<InWord>> = LazyLock::new(|| table_of_characters(look_up));

fn look_up(c: char) -> InWord {
    if is_spaceless(c) {
        let word = c.is_alphabetic() && !is_combining(c);
        if word { InWord::Alone } else { InWord::Sign }
    } else if c.is_alphanumeric() {
        InWord::Yes
    } else if c.is_whitespace() {
        InWord::Space
    } else {
        InWord::No
    }
}

/// Counts words: runs between white space that hold a letter or digit. Where a script puts no
/// space between words (Chinese characters, kana, Thai, Lao, Khmer, Burmese, Tibetan) each
/// character counts, combining signs apart.
pub(super) fn count_words(text: &str) -> usize {
    let known = IN_WORD.as_slice();
    let (mut words, mut in_word) = (0usize, false);
    for c in text.chars() {
        let kind = known.get(c as usize).copied();
        match kind.unwrap_or_else(|| look_up(c)) {
            InWord::Alone => {
                words += 1;
                in_word = false;
            }
            InWord::Sign | InWord::Space => in_word = false,
            InWord::Yes => {
                words += usize::from(!in_word);
                in_word = true;
            }
            InWord::No => {}
        }
    }
    words
}

/// Scripts that put no space between words.
fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'       // Thai, Lao
        | '\u{0f00}'..='\u{109f}'     // Tibetan, Burmese
        | '\u{1780}'..='\u{17ff}'     // Khmer
        | '\u{3005}'..='\u{30ff}'     // kana
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{9fff}'     // Chinese characters
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Vowel and tone signs of the scripts above: part of the letter before.
fn is_combining(c: char) -> bool {
    matches!(c,
        '\u{0e31}' | '\u{0e34}'..='\u{0e3a}' | '\u{0e47}'..='\u{0e4e}'
        | '\u{0eb1}' | '\u{0eb4}'..='\u{0ebc}' | '\u{0ec8}'..='\u{0ece}'
        | '\u{0f71}'..='\u{0f87}' | '\u{0f8d}'..='\u{0fbc}'
        | '\u{102b}'..='\u{103e}' | '\u{1056}'..='\u{1059}'
        | '\u{17b4}'..='\u{17d3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_every_script() {
        for (text, expect) in [
            ("", 0),
            ("North Korea's troops – 3,000 of them.", 6),
            ("Північна Корея направила військових", 4),
            ("Über 3 Häuser", 3),
            ("أرسلت كوريا الشمالية جنودا", 4),
            ("北朝鮮が兵士を派遣", 9),
            ("Windows の使い方", 5),
            ("ภาษาไทย", 7),
            ("ที่นี่", 2),
            ("روسیه و کره شمالی", 4),
            ("북한이 군대를 보냈다", 3),
        ] {
            assert_eq!(count_words(text), expect, "{text}");
        }
    }
}
