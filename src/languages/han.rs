//! Chinese characters: whether they write Japanese or Chinese, and which kind of Chinese.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::names::rows;

/// Below this share of kana a text is Chinese that quotes Japanese.
const LEAST_KANA: f64 = 0.05;

/// How clear the majority of one form must be to name it.
const CLEAR: f64 = 0.8;

/// Kinds of use; a character may have several, so that they are bits.
const JAPANESE: u8 = 1;
const SIMPLIFIED: u8 = 2;
const TRADITIONAL: u8 = 4;
const SHARED: u8 = 8;

static USES: LazyLock<HashMap<char, u8>> = LazyLock::new(|| {
    let mut uses: HashMap<char, u8> = HashMap::new();
    for columns in rows(include_str!("data/han.tsv")) {
        let [kind, characters] = columns.as_slice() else {
            continue;
        };
        let kind = match *kind {
            "japanese" => JAPANESE,
            "simplified" => SIMPLIFIED,
            "traditional" => TRADITIONAL,
            _ => SHARED,
        };
        for c in characters.chars() {
            *uses.entry(c).or_default() |= kind;
        }
    }
    uses
});

fn uses(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.chars().filter_map(|c| USES.get(&c).copied())
}

/// Whether a text with so many kana and Chinese characters is Japanese.
pub(super) fn is_japanese(text: &str, kana: f64, han: f64) -> bool {
    let chinese = || uses(text).any(|kinds| kinds & (SIMPLIFIED | SHARED) == SIMPLIFIED);
    if kana == 0.0 {
        return uses(text).any(|kinds| kinds & JAPANESE != 0) && !chinese();
    }
    // A single の is fashionable on Chinese signs.
    LEAST_KANA * (kana + han) <= kana && (1.0 < kana || !chinese())
}

/// `zh-Hans`, `zh-Hant`, or `zh` when the characters do not tell.
pub(super) fn chinese_tag(text: &str) -> &'static str {
    let (mut simplified, mut traditional) = (0.0, 0.0);
    for kinds in uses(text) {
        simplified += f64::from(u8::from(kinds & SIMPLIFIED != 0));
        traditional += f64::from(u8::from(kinds & TRADITIONAL != 0));
    }
    let all: f64 = simplified + traditional;
    if 0.0 < all && CLEAR * all <= simplified {
        "zh-Hans"
    } else if 0.0 < all && CLEAR * all <= traditional {
        "zh-Hant"
    } else {
        "zh"
    }
}
