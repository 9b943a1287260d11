//! The letters of titles in one form, so that the same title written twice is the same.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::cs1::lines;

#[derive(Default)]
struct Letters {
    fold: HashMap<char, &'static str>,
    roman: HashMap<char, &'static str>,
}

static LETTERS: LazyLock<Letters> = LazyLock::new(|| {
    let mut letters = Letters::default();
    for line in lines(include_str!("data/title-letters.tsv")) {
        let mut columns = line.splitn(3, '\t');
        let (Some(kind), Some(letter)) = (columns.next(), columns.next()) else {
            continue;
        };
        let Some(letter) = letter.chars().next() else {
            continue;
        };
        let table = if kind == "fold" {
            &mut letters.fold
        } else {
            &mut letters.roman
        };
        table.insert(letter, columns.next().unwrap_or_default());
    }
    letters
});

/// NFKC in lower case, without accents, vowel points, tatweel and invisible characters, and with
/// letters that are written in two ways as one.
pub(super) fn fold(title: &str) -> String {
    if title.is_ascii() {
        return title.to_ascii_lowercase();
    }
    let plain = title
        .nfkd()
        .filter(|c| !is_left_out(*c))
        .nfkc()
        .flat_map(char::to_lowercase)
        // Capital İ has its dot apart in lower case.
        .filter(|c| !is_left_out(*c));
    let mut folded = String::with_capacity(title.len());
    for c in plain {
        match LETTERS.fold.get(&c) {
            Some(letters) if !c.is_ascii() => folded.push_str(letters),
            Some(_) | None => folded.push(c),
        }
    }
    folded
}

/// Marks that writers put on letters or leave out, and characters that are not seen. Marks of
/// other scripts are vowels and stay.
fn is_left_out(c: char) -> bool {
    match c {
        // Latin, Greek and Cyrillic accents.
        '\u{300}'..='\u{36f}'
        // Hebrew points, Arabic vowel signs and hamza on its carrier.
        | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' => is_combining_mark(c),
        // Soft hyphen, joiners, directions, variation selectors.
        '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => true,
        _ => false,
    }
}

/// Letters and digits of a folded title, to compare it with a romanised one: `None` where it has
/// letters of a script that cannot be romanised letter by letter.
pub(super) fn romanised(folded: &str) -> Option<String> {
    let mut roman = String::with_capacity(folded.len());
    for c in folded.chars().filter(|c| c.is_alphanumeric()) {
        match LETTERS.roman.get(&c) {
            Some(letters) => roman.push_str(letters),
            None if c.is_ascii() => roman.push(c),
            None => return None,
        }
    }
    Some(loose(&roman))
}

/// Latin letters without what systems of romanisation differ in.
fn loose(roman: &str) -> String {
    let mut out = String::with_capacity(roman.len());
    let roman = roman.replace("ts", "c").replace("tz", "c");
    for c in roman.chars() {
        let c = match c {
            'h' => continue,
            'j' | 'y' => 'i',
            'w' => 'v',
            'x' | 'q' => 'k',
            _ => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Whether a folded title has letters of a script that is romanised.
pub(super) fn is_romanisable(folded: &str) -> bool {
    folded.chars().any(|c| LETTERS.roman.contains_key(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_title_written_in_two_ways_is_one() {
        for (one, other) in [
            ("Straße", "STRASSE"),
            ("İstanbul’da kış", "istanbul’da kis"),
            ("العربيّة الفُصحى", "العربية الفصحى"),
            ("أخبار", "اخبار"),
            ("اخـــبار", "اخبار"),
            ("علي", "علی"),
            ("کتاب", "كتاب"),
            ("شָלוֹם", "شלום"),
            ("Ｔｏｋｙｏ　２０２４", "tokyo 2024"),
            ("Heli\u{ad}kopter", "helikopter"),
            ("می\u{200c}رود", "میرود"),
            ("Ёлка", "елка"),
            ("ﬁnal", "final"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} / {other}");
        }
        assert_ne!(fold("กา"), fold("กี"));
        assert_ne!(fold("か"), fold("が"));
    }

    #[test]
    fn the_table_is_well_formed() {
        for line in lines(include_str!("data/title-letters.tsv")) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [kind, letter, to] = columns.as_slice() else {
                unreachable!("{line}");
            };
            assert!(["fold", "roman"].contains(kind), "{line}");
            assert_eq!(letter.chars().count(), 1, "{line}");
            assert!(
                *kind == "fold" || to.chars().all(|c| c.is_ascii_lowercase()),
                "{line}"
            );
        }
    }
}
