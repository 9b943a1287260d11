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

static WORDS: LazyLock<HashMap<&'static str, ClassWord>> = LazyLock::new(|| {
    let lines = include_str!("data/class_words.tsv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(kind, words)| Some((kind_of(kind)?, words)))
        .flat_map(|(kind, words)| words.split_whitespace().map(move |word| (word, kind)))
        .collect()
});

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

/// Calls `found` with each class word that a `class` or `id` value holds.
pub(super) fn class_words(value: &str, mut found: impl FnMut(ClassWord)) {
    for name in value.split_ascii_whitespace().take(MAX_NAMES) {
        if MAX_NAME_BYTES < name.len() {
            continue;
        }
        words_of_name(name, &mut found);
    }
}

fn words_of_name(name: &str, found: &mut impl FnMut(ClassWord)) {
    let mut whole = String::with_capacity(name.len());
    let mut part = String::new();
    let mut parts = 0usize;
    let mut ends_lower = false;
    let mut words: [Option<ClassWord>; 8] = [None; 8];
    let mut close = |part: &mut String, parts: &mut usize| {
        if part.is_empty() {
            return true;
        }
        if *parts == 0 && STATE_PREFIXES.contains(&part.as_str()) {
            return false;
        }
        if let Some(slot) = words.get_mut(*parts) {
            *slot = word(part);
        }
        *parts += 1;
        part.clear();
        true
    };
    for c in name.chars() {
        let boundary = !c.is_alphanumeric() || (c.is_uppercase() && ends_lower);
        if boundary && !close(&mut part, &mut parts) {
            return;
        }
        ends_lower = c.is_lowercase();
        if c.is_alphanumeric() {
            part.extend(c.to_lowercase());
            whole.extend(c.to_lowercase());
        }
    }
    if !close(&mut part, &mut parts) {
        return;
    }
    if 1 < parts
        && let Some(kind) = word(&whole)
    {
        found(kind);
        return;
    }
    words.into_iter().flatten().for_each(found);
}

/// The word itself, or a compound ending in "date" ("articledate") that is none of the words
/// which merely end so.
fn word(part: &str) -> Option<ClassWord> {
    let known = WORDS.get(part).copied();
    known.or_else(|| {
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
