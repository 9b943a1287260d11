//! What is known of languages: their letters, their commonest words, how often they are cited.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

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
    letters: BTreeSet<char>,
    telltale: BTreeSet<char>,
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

static ALPHABETS: LazyLock<HashMap<ScriptCode, Vec<Alphabet>>> = LazyLock::new(|| {
    let mut alphabets: HashMap<ScriptCode, Vec<Alphabet>> = HashMap::new();
    for columns in rows(include_str!("data/alphabets.tsv")) {
        let [tag, script, rank, letters, telltale] = columns.as_slice() else {
            continue;
        };
        let set = |text: &str| text.chars().filter(|c| *c != '-').collect();
        alphabets.entry(script).or_default().push(Alphabet {
            tag,
            rank: rank.parse().unwrap_or(4),
            letters: set(letters),
            telltale: set(telltale),
        });
    }
    for languages in alphabets.values_mut() {
        languages.sort_by_key(|alphabet| alphabet.tag);
    }
    alphabets
});

static WORDS: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<&'static str>> = HashMap::new();
    let tables = [
        include_str!("data/function-words.tsv"),
        include_str!("data/headline-words.tsv"),
    ];
    for columns in tables.into_iter().flat_map(rows) {
        let [tag, list] = columns.as_slice() else {
            continue;
        };
        for word in list.split(' ').flat_map(tokens) {
            let tags = words.entry(word).or_default();
            if !tags.contains(tag) {
                tags.push(tag);
            }
        }
    }
    words
});

/// The languages written in a script, by tag; empty for scripts that no table has.
pub(super) fn written_in(script: &str) -> &'static [Alphabet] {
    ALPHABETS.get(script).map_or(&[], Vec::as_slice)
}

/// The letters of a text of one script, counted.
#[derive(Debug, Default)]
pub(super) struct Letters {
    script: ScriptCode,
    all: f64,
    /// Letters that not every language of the script has, in lower case, with their counts.
    marked: BTreeMap<char, f64>,
}

impl Letters {
    pub(super) fn of(text: &str, script: ScriptCode) -> Self {
        let mut letters = Self {
            script,
            ..Self::default()
        };
        for c in text
            .chars()
            .flat_map(char::to_lowercase)
            .filter(|c| c.is_alphabetic())
        {
            letters.all += 1.0;
            if !(script == "Latn" && c.is_ascii()) {
                *letters.marked.entry(c).or_default() += 1.0;
            }
        }
        letters
    }

    /// Share of the letters that are so, all marked ones considered.
    fn share(&self, is: impl Fn(char) -> bool) -> f64 {
        let found: f64 = self
            .marked
            .iter()
            .filter(|(c, _)| is(**c))
            .map(|(_, count)| count)
            .sum();
        found / self.all.max(1.0)
    }
}

impl Alphabet {
    /// Whether words of the language are written with a letter, in lower case.
    pub(super) fn has(&self, letter: char) -> bool {
        self.letters.contains(&letter)
    }

    /// How these letters fit the language.
    pub(super) fn fit(&self, letters: &Letters) -> Fit {
        let foreign = |c: char| match letters.script {
            "Latn" | "Cyrl" => !self.letters.contains(&c),
            "Arab" => !self.letters.contains(&c) && !ARABIC_LETTERS.contains(c),
            _ => false,
        };
        Fit {
            misfit: (MISFIT_SLOPE * letters.share(foreign)).min(1.0),
            telltale: (TELLTALE_SLOPE * letters.share(|c| self.telltale.contains(&c))).min(1.0),
        }
    }
}

/// Common words of every language in a text, by tag, and the number of words in the text.
pub(super) fn common_words(text: &str) -> (HashMap<&'static str, Hits>, usize) {
    let words = tokens(text);
    let count = words.len();
    let mut hits: HashMap<&'static str, Hits> = HashMap::new();
    for word in words.into_iter().collect::<BTreeSet<_>>() {
        let Some(tags) = WORDS.get(&word) else {
            continue;
        };
        let languages = f64::from(u32::try_from(tags.len()).unwrap_or(u32::MAX));
        for tag in tags {
            let found = hits.entry(tag).or_default();
            found.words += 1.0;
            found.distinct += 1.0 / languages;
        }
    }
    (hits, count)
}

/// Words in lower case with one kind of apostrophe. A word with an apostrophe inside stands for
/// itself if it is known, else for its parts ("l'eau").
fn tokens(text: &str) -> Vec<String> {
    let lower: String = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| {
            if matches!(c, '’' | 'ʻ' | 'ʼ' | '‘' | '`' | '´') {
                '\''
            } else {
                c
            }
        })
        .collect();
    lower
        .split(|c: char| !is_word_character(c))
        .map(|word| word.trim_matches(['\'', '_']))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Letters, digits, apostrophes, and the vowel signs and points of scripts that have them; not the
/// dots that end a Tibetan syllable or a Hindi sentence.
fn is_word_character(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '\'' | '_' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}'
            | '\u{64b}'..='\u{655}' | '\u{900}'..='\u{963}' | '\u{966}'..='\u{f0a}'
            | '\u{f15}'..='\u{fff}')
}

/// A language's tag as the tables have it; `None` for languages of which nothing is known.
pub(super) fn known_tag(primary: &str) -> Option<&'static str> {
    let mut all = ALPHABETS.values().flatten();
    all.find(|alphabet| alphabet.tag == primary)
        .map(|alphabet| alphabet.tag)
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
