//! Sets of letters, the letters of a text counted, and its words by their first letter.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::script::ScriptCode;

/// The first character that the bits of a [`LetterSet`] do not cover: Latin, Greek, Cyrillic,
/// Hebrew and Arabic stand below it.
const COVERED: u32 = 0x800;

/// A set of characters that is quick to look into.
#[derive(Debug)]
pub(super) struct LetterSet {
    bits: Vec<u64>,
    /// The characters from [`COVERED`] on, ascending.
    others: Vec<char>,
}

impl FromIterator<char> for LetterSet {
    fn from_iter<I: IntoIterator<Item = char>>(letters: I) -> Self {
        let mut set = Self {
            bits: vec![0; (COVERED / 64) as usize],
            others: Vec::new(),
        };
        for c in letters {
            let code = u32::from(c);
            match set.bits.get_mut((code / 64) as usize) {
                Some(bits) => *bits |= 1 << (code % 64),
                None => set.others.push(c),
            }
        }
        set.others.sort_unstable();
        set
    }
}

impl LetterSet {
    pub(super) fn contains(&self, c: char) -> bool {
        let code = u32::from(c);
        match self.bits.get((code / 64) as usize) {
            Some(bits) => bits & (1 << (code % 64)) != 0,
            None => self.others.binary_search(&c).is_ok(),
        }
    }
}

/// The small letters of the characters below this, as far as they are one letter each.
static SMALL_LETTERS: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let small = |c: char| {
        let mut small = c.to_lowercase();
        let letter = small.next().filter(|c| c.is_alphabetic() && !c.is_ascii());
        letter.filter(|_| small.next().is_none())
    };
    ('\0'..'\u{3000}').map(small).collect()
});

/// The small letter that a character is or becomes; `None` for some of which only Unicode's tables
/// tell, and for those that become ASCII.
pub(super) fn small_letter(c: char) -> Option<char> {
    SMALL_LETTERS.get(c as usize).copied().flatten()
}

/// The words that begin with a small letter: no names, if the text is not in Title Case.
pub(super) fn small_words(text: &str) -> String {
    let small = |word: &&str| {
        word.chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_lowercase)
    };
    text.split_whitespace()
        .filter(small)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text in lower case if it shouts, else as it is.
pub(super) fn without_capitals(text: &str) -> Cow<'_, str> {
    let (mut small, mut capital) = (0usize, 0usize);
    for c in text.chars() {
        if c.is_lowercase() {
            small += 1;
        } else if c.is_uppercase() {
            capital += 1;
        }
    }
    if small < capital {
        Cow::Owned(text.to_lowercase())
    } else {
        Cow::Borrowed(text)
    }
}

/// The letters of a text of one script, counted.
#[derive(Debug, Default)]
pub(super) struct Letters {
    pub(super) script: ScriptCode,
    all: f64,
    /// Letters that not every language of the script has, in lower case, with their counts.
    marked: Vec<(char, f64)>,
}

impl Letters {
    pub(super) fn of(text: &str, script: ScriptCode) -> Self {
        let latin = script == "Latn";
        let mut counts = vec![0u32; COVERED as usize];
        let (mut all, mut others) = (0u32, Vec::new());
        let mut mark = |c: char| match counts.get_mut(c as usize) {
            Some(count) => *count += 1,
            None => others.push(c),
        };
        for c in text.chars() {
            if c.is_ascii() {
                let letter = c.is_ascii_alphabetic();
                all += u32::from(letter);
                if letter && !latin {
                    mark(c.to_ascii_lowercase());
                }
                continue;
            }
            if let Some(c) = small_letter(c) {
                all += 1;
                mark(c);
                continue;
            }
            for c in c.to_lowercase().filter(|c| c.is_alphabetic()) {
                all += 1;
                if !(latin && c.is_ascii()) {
                    mark(c);
                }
            }
        }
        others.sort_unstable();
        let covered = (0..COVERED).zip(counts).filter_map(|(code, count)| {
            let c = char::from_u32(code).filter(|_| 0 < count)?;
            Some((c, f64::from(count)))
        });
        let others = others.chunk_by(|a, b| a == b).filter_map(|same| {
            let count = u32::try_from(same.len()).unwrap_or(u32::MAX);
            Some((*same.first()?, f64::from(count)))
        });
        Self {
            script,
            all: f64::from(all),
            marked: covered.chain(others).collect(),
        }
    }

    /// Share of the letters that are so, all marked ones considered.
    pub(super) fn share(&self, is: impl Fn(char) -> bool) -> f64 {
        let found: f64 = self
            .marked
            .iter()
            .filter(|(c, _)| is(*c))
            .map(|(_, count)| count)
            .sum();
        found / self.all.max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_they_were_made_of() {
        let letters = "aßłџئक漢";
        let set: LetterSet = letters.chars().collect();
        assert!(letters.chars().all(|c| set.contains(c)));
        assert!(!"bęжبग字\u{7ff}\u{800}".chars().any(|c| set.contains(c)));
    }

    #[test]
    fn shares_are_of_all_letters() {
        let letters = Letters::of("Łódź 2024, Ź", "Latn");
        assert!((letters.share(|c| c == 'ź') - 2.0 / 5.0).abs() < 1e-9);
        let letters = Letters::of("Київ Kyiv", "Cyrl");
        assert!((letters.share(|c| c.is_ascii()) - 0.5).abs() < 1e-9);
    }
}
