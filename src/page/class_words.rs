//! What `class` and `id` names say an element holds.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a class word speaks for. The order of the data file's documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClassWord {
    Content,
    Nav,
    Footer,
    Aside,
    Comments,
    Related,
    Boilerplate,
    Hidden,
    Date,
    Published,
    Modified,
    Byline,
}

/// The words, and which lengths words of a first letter have: most parts of names are no word, and
/// told so without a search.
struct Words {
    kinds: HashMap<&'static str, ClassWord>,
    lengths: [u64; 256],
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lines = include_str!("data/class_words.tsv").lines();
    let kinds: HashMap<&'static str, ClassWord> = lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(kind, words)| Some((kind_of(kind)?, words)))
        .flat_map(|(kind, words)| words.split_whitespace().map(move |word| (word, kind)))
        .collect();
    let mut lengths = [0; 256];
    for word in kinds.keys() {
        if let Some(known) = lengths.get_mut(first_byte(word)) {
            *known |= length_bit(word);
        }
    }
    Words { kinds, lengths }
});

impl Words {
    fn get(&self, word: &str) -> Option<ClassWord> {
        let lengths = self.lengths.get(first_byte(word))?;
        if lengths & length_bit(word) == 0 {
            return None;
        }
        self.kinds.get(word).copied()
    }
}

fn first_byte(word: &str) -> usize {
    word.bytes().next().map_or(0, usize::from)
}

fn length_bit(word: &str) -> u64 {
    1 << word.len().min(63)
}

fn kind_of(name: &str) -> Option<ClassWord> {
    Some(match name {
        "content" => ClassWord::Content,
        "nav" => ClassWord::Nav,
        "footer" => ClassWord::Footer,
        "aside" => ClassWord::Aside,
        "comments" => ClassWord::Comments,
        "related" => ClassWord::Related,
        "boilerplate" => ClassWord::Boilerplate,
        "hidden" => ClassWord::Hidden,
        "date" => ClassWord::Date,
        "published" => ClassWord::Published,
        "modified" => ClassWord::Modified,
        "byline" => ClassWord::Byline,
        _ => return None,
    })
}

/// First parts of names that speak of a state or of something absent: `has-sidebar`.
const STATE_PREFIXES: &[&str] = &["has", "no", "is", "with", "without", "not", "js", "hide"];

/// Names longer than this are generated, and tell nothing.
const MAX_NAME_BYTES: usize = 64;

/// How many names of one attribute are looked at.
const MAX_NAMES: usize = 24;

/// How many parts of one name are looked at.
const MAX_PARTS: usize = 8;

/// Calls `found` with each class word that a `class` or `id` value holds.
pub(super) fn class_words(value: &str, mut found: impl FnMut(ClassWord)) {
    let mut letters = String::with_capacity(MAX_NAME_BYTES);
    for name in value.split_ascii_whitespace().take(MAX_NAMES) {
        if name.len() <= MAX_NAME_BYTES {
            letters.clear();
            words_of_name(name, &mut letters, &mut found);
        }
    }
}

/// Reads one name; `letters` takes its letters and digits in lower case.
fn words_of_name(name: &str, letters: &mut String, found: &mut impl FnMut(ClassWord)) {
    let mut parts = Parts::default();
    let mut ends_lower = false;
    for c in name.chars() {
        let belongs = c.is_alphanumeric();
        let boundary = !belongs || (ends_lower && c.is_uppercase());
        if boundary && !parts.close(letters) {
            return;
        }
        ends_lower = c.is_lowercase();
        if c.is_ascii() && belongs {
            letters.push(c.to_ascii_lowercase());
        } else if belongs {
            letters.extend(c.to_lowercase());
        }
    }
    if !parts.close(letters) {
        return;
    }
    if 1 < parts.count
        && let Some(kind) = word(letters)
    {
        found(kind);
        return;
    }
    parts.words.into_iter().flatten().for_each(found);
}

/// The parts of a name so far.
#[derive(Default)]
struct Parts {
    /// Where in the name's letters the open part starts.
    start: usize,
    count: usize,
    words: [Option<ClassWord>; MAX_PARTS],
}

impl Parts {
    /// Ends the open part, if there is one; says whether the name may still tell something.
    fn close(&mut self, letters: &str) -> bool {
        let part = letters.get(self.start..).unwrap_or_default();
        if part.is_empty() {
            return true;
        }
        if self.count == 0 && STATE_PREFIXES.contains(&part) {
            return false;
        }
        if let Some(slot) = self.words.get_mut(self.count) {
            *slot = word(part);
        }
        self.count += 1;
        self.start = letters.len();
        true
    }
}

/// The word itself, or a compound ending in "date" ("articledate") that is none of the words
/// which merely end so.
fn word(part: &str) -> Option<ClassWord> {
    WORDS.get(part).or_else(|| {
        let compound = part.strip_suffix("date").filter(|head| 3 <= head.len())?;
        let ordinary = ["candi", "vali", "man", "liqui", "consoli", "accommo"];
        if ordinary.contains(&compound) {
            None
        } else if compound.ends_with("up") {
            Some(ClassWord::Modified)
        } else {
            Some(ClassWord::Date)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(value: &str) -> Vec<ClassWord> {
        let mut all = Vec::new();
        class_words(value, |word| all.push(word));
        all
    }

    #[test]
    fn parts_of_names_are_read() {
        assert_eq!(words("post-date"), [ClassWord::Date]);
        assert_eq!(words("entryDate big"), [ClassWord::Date]);
        assert_eq!(words("td_module__updated"), [ClassWord::Modified]);
        assert_eq!(words("articledate"), [ClassWord::Date]);
        assert_eq!(words("entry-content"), [ClassWord::Content]);
        assert_eq!(words("page-footer"), [ClassWord::Footer]);
    }

    #[test]
    fn states_and_ordinary_words_tell_nothing() {
        for value in [
            "has-sidebar",
            "no-comments",
            "candidate",
            "validate",
            "x",
            "",
        ] {
            assert_eq!(words(value), [], "{value}");
        }
    }
}
