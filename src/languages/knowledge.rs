//! What is known of languages: their letters, their commonest words, how often they are cited.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::letters::{LetterSet, Letters, small_letter};
use super::names::rows;
use super::script::ScriptCode;

/// Letters that every Arabic alphabet has, with the forms that Persian keyboards write for them.
const ARABIC_LETTERS: &str = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىءآأإؤئةکی";

/// A twentieth of letters that a language does not have speaks against it as strongly as more.
const MISFIT_SLOPE: f64 = 10.0;

/// A fifteenth of telltale letters speaks for a language as strongly as more.
const TELLTALE_SLOPE: f64 = 15.0;

/// What a language is written with in one script.
#[derive(Debug)]
pub(super) struct Alphabet {
    pub(super) tag: &'static str,
    /// 1 the most cited languages … 4 seldom cited.
    pub(super) rank: u8,
    /// The language's place in [`tags`].
    pub(super) number: usize,
    letters: LetterSet,
    telltale: LetterSet,
}

/// How a text's letters fit a language, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    /// Letters that the language does not have.
    pub(super) misfit: f64,
    /// Letters that hardly any other language has.
    pub(super) telltale: f64,
}

/// Common words found in a text, of one language.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Hits {
    /// Different words found.
    pub(super) words: f64,
    /// The same, each divided by the number of languages that have it.
    pub(super) distinct: f64,
}

/// The languages of the alphabets, by tag.
static TAGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let listed = rows(include_str!("data/alphabets.tsv"));
    let distinct: BTreeSet<&str> = listed.filter_map(|row| row.first().copied()).collect();
    distinct.into_iter().collect()
});

static ALPHABETS: LazyLock<BTreeMap<ScriptCode, Vec<Alphabet>>> = LazyLock::new(|| {
    let mut alphabets: BTreeMap<ScriptCode, Vec<Alphabet>> = BTreeMap::new();
    for columns in rows(include_str!("data/alphabets.tsv")) {
        let [tag, script, rank, letters, telltale] = columns.as_slice() else {
            continue;
        };
        let set = |text: &str| text.chars().filter(|c| *c != '-').collect();
        alphabets.entry(script).or_default().push(Alphabet {
            tag,
            rank: rank.parse().unwrap_or(4),
            number: number_of(tag).unwrap_or(usize::MAX),
            letters: set(letters),
            telltale: set(telltale),
        });
    }
    for languages in alphabets.values_mut() {
        languages.sort_by_key(|alphabet| alphabet.tag);
    }
    alphabets
});

/// A common word.
#[derive(Debug, Default)]
struct Word {
    /// How many languages have it.
    languages: u32,
    /// Those of them that an alphabet is known of, by their place in [`TAGS`].
    numbers: Vec<usize>,
}

static WORDS: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<&'static str>> = HashMap::new();
    let tables = [
        include_str!("data/function-words.tsv"),
        include_str!("data/headline-words.tsv"),
    ];
    for columns in tables.into_iter().flat_map(rows) {
        let [tag, list] = columns.as_slice() else {
            continue;
        };
        let lower = lower_case(list);
        for word in list_words(&lower) {
            let tags = words.entry(word.to_owned()).or_default();
            if !tags.contains(tag) {
                tags.push(tag);
            }
        }
    }
    let numbered = words.into_iter().map(|(word, tags)| {
        let numbers = tags.iter().filter_map(|tag| number_of(tag)).collect();
        let languages = u32::try_from(tags.len()).unwrap_or(u32::MAX);
        (word, Word { languages, numbers })
    });
    numbered.collect()
});

/// The languages that an alphabet is known of, in the order of their numbers.
pub(super) fn tags() -> &'static [&'static str] {
    &TAGS
}

/// A language's place in [`tags`].
pub(super) fn number_of(tag: &str) -> Option<usize> {
    TAGS.binary_search(&tag).ok()
}

/// The languages written in a script, by tag; empty for scripts that no table has.
pub(super) fn written_in(script: &str) -> &'static [Alphabet] {
    ALPHABETS.get(script).map_or(&[], Vec::as_slice)
}

impl Alphabet {
    /// Whether words of the language are written with a letter, in lower case.
    pub(super) fn has(&self, letter: char) -> bool {
        self.letters.contains(letter)
    }

    /// How these letters fit the language.
    pub(super) fn fit(&self, letters: &Letters) -> Fit {
        let foreign = |c: char| match letters.script {
            "Latn" | "Cyrl" => !self.letters.contains(c),
            "Arab" => !self.letters.contains(c) && !ARABIC_LETTERS.contains(c),
            _ => false,
        };
        Fit {
            misfit: (MISFIT_SLOPE * letters.share(foreign)).min(1.0),
            telltale: (TELLTALE_SLOPE * letters.share(|c| self.telltale.contains(c))).min(1.0),
        }
    }
}

/// Common words of every language in a text, by the language's number, and the number of words in
/// the text.
pub(super) fn common_words(text: &str) -> (Vec<Hits>, usize) {
    let lower = lower_case(text);
    let mut words: Vec<&str> = list_words(&lower).collect();
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    let mut hits = vec![Hits::default(); TAGS.len()];
    for word in words.iter().filter_map(|word| WORDS.get(*word)) {
        let share = 1.0 / f64::from(word.languages);
        for number in &word.numbers {
            if let Some(found) = hits.get_mut(*number) {
                found.words += 1.0;
                found.distinct += share;
            }
        }
    }
    (hits, count)
}

/// Lower case with one kind of apostrophe.
fn lower_case(text: &str) -> String {
    let mut lower = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | 'ʻ' | 'ʼ' | '‘' | '`' | '´' => lower.push('\''),
            _ if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
            _ => match small_letter(c) {
                Some(c) => lower.push(c),
                None => lower.extend(c.to_lowercase()),
            },
        }
    }
    lower
}

/// The words of a text in lower case. One with an apostrophe inside ("l'eau") is one word.
fn list_words(lower: &str) -> impl Iterator<Item = &str> {
    lower
        .split(|c: char| !is_word_character(c))
        .map(|word| word.trim_matches(['\'', '_']))
        .filter(|word| !word.is_empty())
}

/// Letters, digits, apostrophes, and the vowel signs and points of scripts that have them; not the
/// dots that end a Tibetan syllable or a Hindi sentence.
fn is_word_character(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || matches!(c, '\'' | '_');
    }
    c.is_alphanumeric()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}'
            | '\u{64b}'..='\u{655}' | '\u{900}'..='\u{963}' | '\u{966}'..='\u{f0a}'
            | '\u{f15}'..='\u{fff}')
}

/// A language's tag as the tables have it; `None` for languages of which nothing is known.
pub(super) fn known_tag(primary: &str) -> Option<&'static str> {
    TAGS.get(number_of(primary)?).copied()
}

/// Whether a language is known to be written in a script; `None` when nothing is known of it.
pub(super) fn is_written_in(primary: &str, script: &str) -> Option<bool> {
    known_tag(primary)?;
    let script = if primary == "ja" && script == "Hani" {
        "Jpan"
    } else {
        script
    };
    Some(
        written_in(script)
            .iter()
            .any(|alphabet| alphabet.tag == primary),
    )
}
