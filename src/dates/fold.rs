//! Folding of letters, so that one spelling in the tables matches all that are seen.

use unicode_normalization::char::decompose_compatible;

/// Appends a character folded: lower case, decomposed, without the vowel points of Semitic
/// scripts, nuktas and invisible joiners; the letters that Arabic, Persian and Urdu keyboards
/// type differently become one.
pub(super) fn fold_into(c: char, folded: &mut String) {
    if c.is_ascii() {
        folded.push(c.to_ascii_lowercase());
        return;
    }
    if c == 'İ' {
        // Lower case by the book is an i with a second dot.
        folded.push('i');
        return;
    }
    for lower in c.to_lowercase() {
        decompose_compatible(lower, |part| {
            if !is_dropped(part) {
                folded.push(unify(part));
            }
        });
    }
}

/// Whether the character is left out of folded words: it is also no end of a word.
pub(super) fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{591}'..='\u{5C7}' | '\u{640}'
        | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{93C}' | '\u{9BC}' | '\u{A3C}' | '\u{ABC}'
        | '\u{B3C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
        | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// A folded word as it stands where accents are left out: writers drop them (fevrier, ΜΑΡΤΙΟΥ,
/// KASIM), but do not add any, so that Hungarian már (already) is no abbreviation of March.
pub(super) fn without_accents(folded: &str) -> String {
    let plain = folded
        .chars()
        .filter(|c| !('\u{300}'..='\u{36F}').contains(c));
    plain.map(|c| if c == 'ı' { 'i' } else { c }).collect()
}

fn unify(c: char) -> char {
    match c {
        'ς' => 'σ',
        'ى' | 'ی' | 'ې' | 'ۍ' => 'ي',
        'ک' | 'ګ' => 'ك',
        'ة' | 'ہ' | 'ھ' | 'ۂ' | 'ۀ' => 'ه',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        let mut folded = String::new();
        text.chars().for_each(|c| fold_into(c, &mut folded));
        folded
    }

    #[test]
    fn spellings_of_one_word_become_one() {
        for (a, b) in [
            ("MÄRZ", "märz"),
            ("HAZİRAN", "haziran"),
            ("ΜΆΡΤΙΟΣ", "Μάρτιος"),
            ("أبريل", "ابريل"),
            ("فوریه", "فوريه"),
            ("फ़रवरी", "फरवरी"),
            ("ｍａｙ", "May"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("липень"), fold("липня"));
    }

    #[test]
    fn accents_may_be_left_out() {
        for (text, name) in [
            ("fevrier", "février"),
            ("ΜΑΡΤΙΟΣ", "Μάρτιος"),
            ("KASIM", "Kasım"),
        ] {
            assert_eq!(fold(text), without_accents(&fold(name)), "{text}");
        }
    }
}
