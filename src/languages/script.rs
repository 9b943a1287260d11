//! The writing system of a text, and the words of it that are in that system.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::han;
use super::plane;

/// ISO 15924 code, with `Jpan` for Chinese characters among kana.
pub(super) type ScriptCode = &'static str;

/// Blocks of letters by script, ascending. Marks and signs inside a block are no letters and are
/// left out by [`script_of`].
#[rustfmt::skip]
const BLOCKS: &[(u32, u32, ScriptCode)] = &[
    (0x0041, 0x005A, "Latn"), (0x0061, 0x007A, "Latn"), (0x00AA, 0x00AA, "Latn"),
    (0x00BA, 0x00BA, "Latn"), (0x00C0, 0x024F, "Latn"), (0x0250, 0x02AF, "Latn"),
    (0x0370, 0x03FF, "Grek"), (0x0400, 0x052F, "Cyrl"), (0x0531, 0x058F, "Armn"),
    (0x0591, 0x05F4, "Hebr"), (0x0600, 0x06FF, "Arab"), (0x0700, 0x074F, "Syrc"),
    (0x0750, 0x077F, "Arab"), (0x0780, 0x07BF, "Thaa"), (0x07C0, 0x07FF, "Nkoo"),
    (0x08A0, 0x08FF, "Arab"), (0x0900, 0x097F, "Deva"), (0x0980, 0x09FF, "Beng"),
    (0x0A00, 0x0A7F, "Guru"), (0x0A80, 0x0AFF, "Gujr"), (0x0B00, 0x0B7F, "Orya"),
    (0x0B80, 0x0BFF, "Taml"), (0x0C00, 0x0C7F, "Telu"), (0x0C80, 0x0CFF, "Knda"),
    (0x0D00, 0x0D7F, "Mlym"), (0x0D80, 0x0DFF, "Sinh"), (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Laoo"), (0x0F00, 0x0FFF, "Tibt"), (0x1000, 0x109F, "Mymr"),
    (0x10A0, 0x10FF, "Geor"), (0x1100, 0x11FF, "Hang"), (0x1200, 0x139F, "Ethi"),
    (0x13A0, 0x13FF, "Cher"), (0x1400, 0x167F, "Cans"), (0x1780, 0x17FF, "Khmr"),
    (0x1800, 0x18AF, "Mong"), (0x1C50, 0x1C7F, "Olck"), (0x1C80, 0x1C8F, "Cyrl"),
    (0x1C90, 0x1CBF, "Geor"), (0x1E00, 0x1EFF, "Latn"), (0x1F00, 0x1FFF, "Grek"),
    (0x2C60, 0x2C7F, "Latn"), (0x2D00, 0x2D2F, "Geor"), (0x2D30, 0x2D7F, "Tfng"),
    (0x2D80, 0x2DDF, "Ethi"), (0x2DE0, 0x2DFF, "Cyrl"), (0x2E80, 0x2FDF, "Hani"),
    (0x3005, 0x3007, "Hani"), (0x3041, 0x30FF, "Kana"), (0x3100, 0x312F, "Bopo"),
    (0x3130, 0x318F, "Hang"), (0x31F0, 0x31FF, "Kana"), (0x3400, 0x4DBF, "Hani"),
    (0x4E00, 0x9FFF, "Hani"), (0xA000, 0xA4CF, "Yiii"), (0xA640, 0xA69F, "Cyrl"),
    (0xA720, 0xA7FF, "Latn"), (0xAA60, 0xAA7F, "Mymr"), (0xABC0, 0xABFF, "Mtei"),
    (0xAC00, 0xD7AF, "Hang"), (0xF900, 0xFAFF, "Hani"), (0xFB00, 0xFB06, "Latn"),
    (0xFB1D, 0xFB4F, "Hebr"), (0xFB50, 0xFDFF, "Arab"), (0xFE70, 0xFEFC, "Arab"),
    (0xFF21, 0xFF5A, "Latn"), (0xFF66, 0xFF9F, "Kana"), (0x20000, 0x323AF, "Hani"),
];

/// A Chinese character or syllable says about as much as three letters.
const CJK_WEIGHT: f64 = 3.0;

/// Latin words stand in texts of every script (names, brands), the reverse is seldom so.
const OTHER_WEIGHT: f64 = 1.4;

/// `ChromeのSlow Mode`: letters that touch Latin ones are the sentence around Latin names. Each place
/// where they touch says as much as so many letters.
const TOUCHING_WEIGHT: f64 = 12.0;

/// The script of a letter; `None` for digits, punctuation, marks and scripts of no use here.
pub(super) fn script_of(c: char) -> Option<ScriptCode> {
    let (_, _, script) = BLOCKS.get(block_of(c)?)?;
    Some(script)
}

/// The place in [`BLOCKS`] of a letter's block.
fn block_of(c: char) -> Option<usize> {
    if c.is_ascii() {
        // The first two blocks are the capital and the small letters of ASCII.
        let letter = c.is_ascii_alphabetic();
        return letter.then_some(usize::from(c.is_ascii_lowercase()));
    }
    match PLACES.get(c as usize) {
        Some(place) => place.checked_sub(1).map(usize::from),
        None => searched_block(c),
    }
}

/// The places of the blocks' letters of the Basic Multilingual Plane, counted from 1; 0 for other
/// characters.
static PLACES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    plane::table(|c| {
        let place = searched_block(c).and_then(|at| u8::try_from(at + 1).ok());
        place.unwrap_or_default()
    })
});

fn searched_block(c: char) -> Option<usize> {
    let code = u32::from(c);
    let at = BLOCKS
        .partition_point(|(first, ..)| *first <= code)
        .checked_sub(1)?;
    let (_, last, _) = BLOCKS.get(at)?;
    (code <= *last && c.is_alphabetic() && c != 'ー').then_some(at)
}

/// Whether a word has letters of scripts that no language writes together: Latin and Cyrillic, say,
/// of which many look alike.
///
/// Latin letters beside Chinese, Japanese or Korean ones are usual, as "highly restrictive" of
/// UTS 39 has it.
///
/// # Examples
///
/// ```
/// use citecheck::languages::mixes_scripts;
///
/// assert!(mixes_scripts("p\u{430}ypal")); // a Cyrillic а
/// assert!(!mixes_scripts("東京tower"));
/// ```
#[must_use]
pub fn mixes_scripts(word: &str) -> bool {
    let mut first = None;
    for script in word.chars().filter_map(script_of) {
        // Each of the three systems has these together, with Latin letters in between.
        if matches!(script, "Hani" | "Kana" | "Hang" | "Bopo") {
            if !matches!(first, None | Some("Latn" | "Hani")) {
                return true;
            }
            first = first.or(Some("Hani"));
        } else if *first.get_or_insert(script) != script {
            let with_han = matches!((first, script), (Some("Hani"), "Latn"));
            if !with_han {
                return true;
            }
        }
    }
    false
}

/// Whether a script has capital letters, so that names can be told.
pub(super) fn has_capitals(script: ScriptCode) -> bool {
    matches!(script, "Latn" | "Cyrl" | "Grek" | "Armn")
}

/// How the letters of a text are spread over scripts, kana and Chinese characters taken together
/// as `Jpan` or `Hani`. Weights are in letters; the largest first.
pub(super) fn shares(text: &str) -> Vec<(ScriptCode, f64)> {
    let mut counts = [0u32; BLOCKS.len()];
    let (mut before, mut touching) = (None, 0u32);
    for c in text.chars() {
        let block = block_of(c);
        if let Some(count) = block.and_then(|block| counts.get_mut(block)) {
            *count += 1;
        }
        // Letters touch where blocks change; within one there is nothing to see.
        if block != before {
            touching += u32::from(touches(before, block));
            before = block;
        }
    }
    let mut letters: BTreeMap<ScriptCode, f64> = BTreeMap::new();
    for (count, (_, _, script)) in counts.iter().zip(BLOCKS) {
        if 0 < *count {
            *letters.entry(script).or_default() += f64::from(*count);
        }
    }
    let touching = f64::from(touching) * TOUCHING_WEIGHT;
    let kana = letters.remove("Kana").unwrap_or_default();
    let han = letters.remove("Hani").unwrap_or_default();
    if 0.0 < kana + han {
        let script = if han::is_japanese(text, kana, han) {
            "Jpan"
        } else {
            "Hani"
        };
        letters.insert(script, kana + han);
    }
    let mut shares: Vec<(ScriptCode, f64)> = letters
        .into_iter()
        .map(|(script, letters)| match script {
            "Latn" => (script, letters),
            "Jpan" | "Hani" | "Hang" => (script, letters * CJK_WEIGHT + touching),
            _ => (script, letters * OTHER_WEIGHT),
        })
        .collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    shares
}

/// Whether one of two letters side by side is Latin and the other Chinese, Japanese or Korean.
fn touches(before: Option<usize>, after: Option<usize>) -> bool {
    let script = |block: Option<usize>| BLOCKS.get(block?).map(|(_, _, script)| *script);
    let (Some(before), Some(after)) = (script(before), script(after)) else {
        return false;
    };
    let cjk = |script| matches!(script, "Hani" | "Kana" | "Hang");
    (before == "Latn" && cjk(after)) || (cjk(before) && after == "Latn")
}

/// The words of a text that have a letter of the script, or no letter at all.
pub(super) fn words_in(text: &str, script: ScriptCode) -> String {
    let belongs = |found: ScriptCode| {
        found == script || matches!((found, script), ("Hani" | "Kana", "Jpan" | "Hani"))
    };
    let mut kept = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let mut scripts = word.chars().filter_map(script_of).peekable();
        if scripts.peek().is_none() || scripts.any(belongs) {
            if !kept.is_empty() {
                kept.push(' ');
            }
            kept.push_str(word);
        }
    }
    kept
}
