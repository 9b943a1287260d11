//! How alike two titles are.

use std::collections::BTreeSet;

use unicode_normalization::char::is_combining_mark;

use super::title_letters::fold;

/// The words of a title in a form that can be compared: NFKC, lower case, without punctuation and
/// accents, cut to their stems; pairs of characters for scripts that write no spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TitleWords(BTreeSet<String>);

/// Words are cut to this many characters, so that inflected forms meet.
const STEM: usize = 6;

/// Words up to this length (articles, prepositions) say little in alphabets that write spaces.
const SHORT: usize = 3;

impl TitleWords {
    /// Takes a title apart.
    pub(super) fn new(title: &str) -> Self {
        let folded = fold(title);
        let mut words = BTreeSet::new();
        let mut short_words = BTreeSet::new();
        let letter = |c: char| c.is_alphanumeric() || is_combining_mark(c);
        for word in folded
            .split(|c: char| !letter(c))
            .filter(|word| !word.is_empty())
        {
            let chars: Vec<char> = word.chars().collect();
            if chars.iter().any(|c| unspaced(*c)) {
                words.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
                if let [single] = chars.as_slice() {
                    words.insert(single.to_string());
                }
            } else if chars.len() <= SHORT && !chars.iter().any(char::is_ascii_digit) {
                short_words.insert(word.to_owned());
            } else {
                words.insert(chars.iter().take(STEM).collect());
            }
        }
        if words.is_empty() {
            words = short_words;
        }
        Self(words)
    }

    /// Number of words, or of pairs of characters.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The words that both have, numbers left out: those stand in titles about anything.
    pub(super) fn shared_words(&self, other: &Self) -> usize {
        let is_word = |word: &&String| word.contains(char::is_alphabetic);
        self.0.intersection(&other.0).filter(is_word).count()
    }

    /// The share of the shorter title's words that the other has too, 0 to 1: a title that was
    /// shortened, or lengthened by the site's name, stays alike.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let shorter = self.len().min(other.len());
        if shorter == 0 {
            return 0.0;
        }
        let shared = self.0.intersection(&other.0).count();
        #[expect(clippy::cast_precision_loss, reason = "titles have few words")]
        let share = shared as f64 / shorter as f64;
        share
    }
}

/// Whether the character belongs to a script that writes words without spaces.
fn unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'   // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3040}'..='\u{30ff}' // kana
        | '\u{3400}'..='\u{9fff}' // Chinese characters
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> f64 {
        TitleWords::new(a).likeness(&TitleWords::new(b))
    }

    #[test]
    fn same_title_with_site_name_quotes_or_case_is_alike() {
        for (cited, page) in [
            (
                "Seoul says 300 killed",
                "Seoul Says 300 Killed | Example News",
            ),
            ("„Harte Antwort“ auf Angriff", "»Harte Antwort« auf Angriff"),
            (
                "Нова мішень ЗСУ: перші солдати",
                "НОВА МІШЕНЬ ЗСУ: ПЕРШІ СОЛДАТИ — Експрес",
            ),
            ("東京で大雪、交通に影響", "東京で大雪、交通に影響 - 例新聞"),
            ("น้ำท่วมกรุงเทพฯ", "น้ำท่วมกรุงเทพฯ | ข่าว"),
            ("سیل در تهران", "سیل در تهران - خبر"),
            ("زلزال يضرب المدينة", "زلزال يضرب المدينة | أخبار"),
        ] {
            assert!(0.99 < likeness(cited, page), "{cited} / {page}");
        }
    }

    #[test]
    fn other_titles_are_not_alike() {
        for (cited, page) in [
            (
                "Seoul says 300 killed in fighting",
                "Best recipes for the summer holidays",
            ),
            ("Нова мішень ЗСУ: перші солдати", "Курс валют на сьогодні"),
            ("東京で大雪、交通に影響", "新商品のお知らせ"),
            ("Überschwemmung in Köln", "Rezepte für den Sommer"),
        ] {
            assert!(likeness(cited, page) < 0.2, "{cited} / {page}");
        }
    }
}
