//! Language names and codes ↔ tags, from `data/names.tsv` and the tables beside it.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::model::LanguageTag;

/// Abbreviations of names with more letters would save nothing.
const LONGEST_ABBREVIATION: usize = 7;

/// Longer texts are no name; looking them up would only cost time.
const LONGEST_NAME_BYTES: usize = 120;

/// Codes that say "no single language", which is no error and no language either.
const NO_LANGUAGE: [&str; 4] = ["und", "mul", "mis", "zxx"];

static NAMES: LazyLock<Names> = LazyLock::new(Names::load);

struct Names {
    /// English and own name by tag.
    labels: HashMap<&'static str, (&'static str, &'static str)>,
    /// Every name in lower case → tag.
    tags: HashMap<&'static str, &'static str>,
    /// Codes that are not the tag → tag.
    codes: HashMap<&'static str, &'static str>,
    /// What stands before a name.
    before: Vec<&'static str>,
    /// What stands after a name.
    after: Vec<&'static str>,
}

impl Names {
    fn load() -> Self {
        let mut names = Self {
            labels: HashMap::new(),
            tags: HashMap::new(),
            codes: HashMap::new(),
            before: Vec::new(),
            after: Vec::new(),
        };
        for columns in rows(include_str!("data/names.tsv")) {
            let [tag, english, own, others] = columns.as_slice() else {
                continue;
            };
            names.labels.insert(tag, (english, own));
            names
                .tags
                .extend(others.split('|').map(|name| (name, *tag)));
        }
        for table in [
            include_str!("data/codes.tsv"),
            include_str!("data/code-mistakes.tsv"),
        ] {
            for columns in rows(table) {
                if let [code, tag] = columns.as_slice() {
                    names.codes.insert(code, tag);
                }
            }
        }
        for columns in rows(include_str!("data/name-affixes.tsv")) {
            match columns.as_slice() {
                ["before", words] => names.before.push(words),
                ["after", words] => names.after.push(words),
                _ => {}
            }
        }
        // The longest affix first: "în limba " before "în ".
        names
            .before
            .sort_by_key(|words| std::cmp::Reverse(words.len()));
        names
            .after
            .sort_by_key(|words| std::cmp::Reverse(words.len()));
        names.add_bare();
        names
    }

    /// Adds the names that stand in the table with a word such as "language" before them without
    /// it, unless they are another's: Vietnamese says "Đức" for "tiếng Đức".
    fn add_bare(&mut self) {
        let mut bare: Vec<(&'static str, &'static str)> = Vec::new();
        // Letters that are written onto the name may as well be its own.
        let words: Vec<&str> = self
            .before
            .iter()
            .copied()
            .filter(|it| it.ends_with(' '))
            .collect();
        for (name, tag) in &self.tags {
            let without = words.iter().filter_map(|words| name.strip_prefix(words));
            bare.extend(without.map(|name| (name, *tag)));
        }
        // In order, so that the table alone decides between two of one bare name.
        bare.sort_unstable();
        for (name, tag) in bare {
            if 1 < name.chars().count() {
                self.tags.entry(name).or_insert(tag);
            }
        }
    }

    /// The tag of a code such as `iw`, `ger`, `pt_BR` or `cz`.
    fn by_code(&self, text: &str) -> Option<LanguageTag> {
        let whole = text.trim().to_ascii_lowercase().replace('_', "-");
        if let Some(tag) = self.codes.get(whole.as_str()) {
            return Some(LanguageTag::from_static(tag));
        }
        let parsed = LanguageTag::parse(text)?;
        let primary = parsed.primary();
        let canonical = match self.codes.get(primary) {
            Some(tag) => *tag,
            None if self.labels.contains_key(primary) => primary,
            None => return None,
        };
        let (_, rest) = parsed.as_str().split_at_checked(primary.len())?;
        LanguageTag::parse(&format!("{canonical}{rest}"))
    }

    /// The tag of a name without anything around it.
    fn by_name(&self, name: &str) -> Option<LanguageTag> {
        let name = name.trim();
        let tag = self
            .tags
            .get(name)
            .or_else(|| self.tags.get(name.trim_end_matches('.')))
            .or_else(|| {
                // "англ" for "англ."
                let short = name.chars().count() <= LONGEST_ABBREVIATION;
                self.tags.get(format!("{name}.").as_str()).filter(|_| short)
            })?;
        Some(LanguageTag::from_static(tag))
    }

    /// The tag of a name with a word such as "in" or "language" around it.
    fn by_dressed_name(&self, name: &str) -> Option<LanguageTag> {
        let bare = self
            .before
            .iter()
            .filter_map(|words| name.strip_prefix(words));
        for bare in std::iter::once(name).chain(bare) {
            if let Some(tag) = self.by_name(bare) {
                return Some(tag);
            }
            if bare.len() < name.len()
                && let Some(tag) = self.by_code(bare)
            {
                return Some(tag);
            }
            let mut without_end = self
                .after
                .iter()
                .filter_map(|words| bare.strip_suffix(words));
            if let Some(tag) = without_end.find_map(|name| self.by_name(name)) {
                return Some(tag);
            }
        }
        None
    }
}

/// Rows of a table: tab-separated, without comments.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// The tag that a language name or code stands for, in any of the languages of the name table:
/// "German", "de-AT", "ukrainisch", "англійською", "به انگلیسی", "iw", "ger", and the country
/// codes that are often written instead ("cz", "jp").
///
/// A short word is a code before it is a name: `ga` is Irish. Text around the name ("in German",
/// "мова: українська") is no hindrance. `None` for names that no table knows and for codes that
/// name no single language (`mul`, `und`).
///
/// # Examples
///
/// ```
/// use citecheck::languages::tag_for_name;
///
/// for (name, tag) in [("Deutsch", "de"), ("jp", "ja"), ("آلمانی", "de"), ("pt_BR", "pt-BR")] {
///     assert_eq!(tag_for_name(name).unwrap().as_str(), tag);
/// }
/// assert!(tag_for_name("Klingonese").is_none());
/// ```
#[must_use]
pub fn tag_for_name(name: &str) -> Option<LanguageTag> {
    if LONGEST_NAME_BYTES < name.len() {
        return None;
    }
    let name = name.trim().trim_matches(['"', '\'', '«', '»', ':', '=']);
    let inside = |open, close| name.strip_prefix(open)?.strip_suffix(close);
    let name = inside('(', ')')
        .or_else(|| inside('[', ']'))
        .unwrap_or(name)
        .trim();
    if names_no_language(name) {
        return None;
    }
    let names = &*NAMES;
    let folded = fold(name);
    let main_part = folded.split(['(', '（']).next().unwrap_or_default().trim();
    names
        .by_code(name)
        .or_else(|| names.by_dressed_name(&folded))
        .or_else(|| names.by_code(folded.trim_end_matches('.')))
        .or_else(|| names.by_dressed_name(main_part))
}

/// Reads a tag that somebody sets, such as `uk` or `pt-BR`.
///
/// # Errors
///
/// Names of languages ("Ukrainian") and codes that are no language's (`ua`): the tag that was
/// probably meant, if any.
///
/// # Examples
///
/// ```
/// use citecheck::languages::known_tag;
///
/// assert_eq!(known_tag("pt-br").unwrap().as_str(), "pt-BR");
/// assert_eq!(known_tag("ua").unwrap_err().unwrap().as_str(), "uk");
/// assert!(known_tag("xq").unwrap_err().is_none());
/// ```
pub fn known_tag(text: &str) -> Result<LanguageTag, Option<LanguageTag>> {
    let meant = tag_for_name(text);
    match LanguageTag::parse(text) {
        Some(tag)
            if tag_for_name(tag.primary()).is_some_and(|of| of.primary() == tag.primary()) =>
        {
            Ok(tag)
        }
        _ => Err(meant),
    }
}

/// Whether a value says that there is no single language to name, as `mul` and `und` do.
pub(super) fn names_no_language(name: &str) -> bool {
    NO_LANGUAGE
        .iter()
        .any(|code| name.eq_ignore_ascii_case(code))
}

/// The English name of a language ("Ukrainian", "Brazilian Portuguese"), with subtags that have no
/// name of their own in brackets ("German (LI)"); the tag itself when no table knows it.
#[must_use]
pub fn english_name(tag: &LanguageTag) -> String {
    label(tag, |(english, _)| english)
}

/// A language's own name for itself ("українська"), or its English name where no table has it.
/// Subtags as in [`english_name`].
#[must_use]
pub fn native_name(tag: &LanguageTag) -> String {
    label(tag, |(_, own)| own)
}

fn label(tag: &LanguageTag, pick: fn((&'static str, &'static str)) -> &'static str) -> String {
    let labels = &NAMES.labels;
    if let Some(found) = labels.get(tag.as_str()) {
        return pick(*found).to_owned();
    }
    let Some(found) = labels.get(tag.primary()) else {
        return tag.to_string();
    };
    let subtags = tag.as_str().split('-').skip(1).map(|subtag| match subtag {
        "Latn" => "Latin script",
        "Cyrl" => "Cyrillic script",
        "Arab" => "Arabic script",
        other => other,
    });
    format!(
        "{} ({})",
        pick(*found),
        subtags.collect::<Vec<_>>().join(", ")
    )
}

/// Every name in lower case with its tag, in no order.
pub(super) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    NAMES.tags.iter().map(|(name, tag)| (*name, *tag))
}

/// A tag with its aliases resolved: `iw` → `he`, `cmn` → `zh`; unknown ones stay.
pub(super) fn canonical(tag: &LanguageTag) -> LanguageTag {
    NAMES.by_code(tag.as_str()).unwrap_or_else(|| tag.clone())
}

/// Lower case, composed, one kind of apostrophe and space, no invisible marks: as the table has it.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.nfc().flat_map(char::to_lowercase) {
        match c {
            // The dot that lower-casing İ leaves.
            '\u{307}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}' => {}
            '’' | 'ʼ' | '`' => folded.push('\''),
            '_' => folded.push(' '),
            c if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded.nfc().collect()
}
