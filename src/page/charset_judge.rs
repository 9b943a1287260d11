//! Which of two encodings makes sense of the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use encoding_rs::Encoding;

use crate::languages::letters_of_one_alphabet;

/// Characters beyond ASCII that are looked at.
const MOST: usize = 20_000;

/// Share of odd characters up to which a text is sound, and from which it is doubted.
const SOUND: f64 = 0.02;
const DOUBTED: f64 = 0.03;

/// So many times as many odd characters as in the other reading have to be in a doubted one.
const TIMES_ODDER: f64 = 4.0;

/// Fewer odd characters than this may be slips of the pen.
const LEAST_ODD: usize = 3;

/// Signs in the middle of words from which a text is doubted, however rare they are in it.
const LEAST_SIGNS: usize = 3;

/// Share of a script's commonest letters that its texts have at least.
const COMMON: f64 = 0.3;

static COMMON_LETTERS: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
    let rows = include_str!("data/common_letters.tsv").lines();
    let letters = rows
        .filter(|row| !row.starts_with('#'))
        .filter_map(|row| row.split('\t').nth(1));
    letters.flat_map(str::chars).collect()
});

/// Whether the bytes read better in one encoding than in another: on strong evidence alone, so
/// that a true declaration stands.
pub(super) fn reads_better(
    bytes: &[u8],
    encoding: &'static Encoding,
    than: &'static Encoding,
) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let (declared, _) = than.decode_without_bom_handling(bytes);
    let (text, declared) = (Reading::of(&text), Reading::of(&declared));
    if text.letters < 2 || DOUBTED < text.odd_share() {
        return false;
    }
    if text.is_latin() {
        return text.odd_share() <= SOUND && declared.is_odder_than(&text);
    }
    (COMMON <= text.common_share() || text.is_kana())
        && (declared.is_odder_than(&text) || declared.is_rarer_than(&text))
}

/// What of a text tells whether it was read in the right encoding.
#[derive(Debug, Default)]
struct Reading {
    /// Letters beyond ASCII, and what stands among letters without being one.
    letters: usize,
    /// Those that no sound text has there.
    odd: usize,
    /// Those of them that are signs.
    signs: usize,
    /// Letters of scripts other than Latin; kana apart, which differ little between encodings.
    other_script: usize,
    /// Those of them that are among their script's commonest.
    common: usize,
    kana: usize,
    latin: BTreeMap<char, usize>,
}

impl Reading {
    fn of(text: &str) -> Self {
        let mut reading = Self::default();
        let mut before = ' ';
        let mut rest = text.chars().peekable();
        let mut looked_at = 0usize;
        while let Some(c) = rest.next() {
            if !c.is_ascii() {
                let after = rest.peek().copied().unwrap_or(' ');
                reading.take(before, c, after);
                looked_at += 1;
            }
            if MOST < looked_at {
                break;
            }
            before = c;
        }
        let latin: usize = reading.latin.values().sum();
        reading.odd += latin - letters_of_one_alphabet(&reading.latin);
        reading
    }

    fn take(&mut self, before: char, c: char, after: char) {
        if is_broken(c) {
            self.letters += 1;
            self.odd += 1;
            return;
        }
        if !c.is_alphabetic() {
            let odd = usize::from(is_odd_sign(before, c, after));
            self.letters += odd;
            self.odd += odd;
            self.signs += odd;
            return;
        }
        let script = script(c);
        let alone = !before.is_alphabetic() && !after.is_alphabetic();
        if script == Script::Latin && alone {
            return;
        }
        self.letters += 1;
        let mixed = [before, after].into_iter().any(|other| {
            let neighbour = other.is_alphabetic().then(|| self::script(other));
            neighbour.is_some_and(|other| other != script && other.is_cased() && script.is_cased())
        });
        let humped = (before.is_lowercase() && c.is_uppercase())
            || (c.is_lowercase() && after.is_uppercase());
        if mixed || humped {
            self.odd += 1;
        } else if script == Script::Latin {
            let small = c.to_lowercase().next().unwrap_or(c);
            *self.latin.entry(small).or_default() += 1;
        }
        match script {
            Script::Latin => {}
            Script::Kana => self.kana += 1,
            Script::Cased(_) | Script::Other => {
                self.other_script += 1;
                self.common += usize::from(COMMON_LETTERS.contains(&c));
            }
        }
    }

    fn is_latin(&self) -> bool {
        2 * (self.other_script + self.kana) < self.letters
    }

    fn odd_share(&self) -> f64 {
        share(self.odd, self.letters)
    }

    fn common_share(&self) -> f64 {
        share(self.common, self.other_script)
    }

    /// Japanese for the most part in kana: its few Chinese characters may all be rare ones.
    fn is_kana(&self) -> bool {
        self.other_script <= self.kana
    }

    fn is_rarer_than(&self, other: &Self) -> bool {
        let rare = |least: f64| !self.is_latin() && self.common_share() < least;
        rare(other.common_share() / 2.0)
            || (other.is_kana() && !self.is_kana() && rare(COMMON / 2.0))
    }

    fn is_odder_than(&self, other: &Self) -> bool {
        let odd = self.odd_share();
        let uncommon =
            !self.is_latin() && 1 < self.other_script && self.common_share() < COMMON / 2.0;
        uncommon
            || (LEAST_ODD <= self.odd && DOUBTED <= odd && TIMES_ODDER * other.odd_share() <= odd)
            || (LEAST_SIGNS <= self.signs && 8 * other.signs <= self.signs)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of characters are far below 2^52"
)]
fn share(part: usize, all: usize) -> f64 {
    part as f64 / all.max(1) as f64
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Kana,
    /// Scripts whose words hold no letters of another one, by their first character.
    Cased(u32),
    Other,
}

impl Script {
    fn is_cased(self) -> bool {
        matches!(self, Self::Latin | Self::Cased(_))
    }
}

fn script(c: char) -> Script {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Cased(0x370),
        '\u{400}'..='\u{52f}' => Script::Cased(0x400),
        '\u{590}'..='\u{5ff}' => Script::Cased(0x590),
        '\u{600}'..='\u{6ff}' => Script::Cased(0x600),
        '\u{e00}'..='\u{e7f}' => Script::Cased(0xe00),
        '\u{3040}'..='\u{30ff}' => Script::Kana,
        _ => Script::Other,
    }
}

/// What no encoding has for a text's sake: replacements, controls, private use, half-width kana
/// (a wrong reading is full of them).
fn is_broken(c: char) -> bool {
    matches!(c,
        '\u{fffd}' | '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{ff61}'..='\u{ff9f}')
}

/// Whether a sign stands where only a letter can.
fn is_odd_sign(before: char, c: char, after: char) -> bool {
    let within = before.is_alphabetic() && after.is_lowercase();
    match c {
        '\u{a0}' | '\u{ad}' | '´' | '·' => false,
        // These open words; the next ones close them, too.
        '¡' | '¿' | '§' => before.is_alphabetic(),
        '©' | '®' | '°' | '²' | '³' | '¹' | '«' | '»' => within,
        // The Greek capital that two encodings have in different places.
        '’' => !before.is_alphabetic() && script(after) == Script::Cased(0x370),
        '\u{a1}'..='\u{bf}' | '×' | '÷' | '\u{2500}'..='\u{259f}' => {
            before.is_alphabetic() || after.is_lowercase()
        }
        _ => false,
    }
}
