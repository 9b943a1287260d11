//! Words of `data/lists.toml` that tell the parts of a citation apart, and what they tell.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::LanguageTag;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    agencies: String,
    company_forms: String,
    regions: String,
    publishers: String,
    series: String,
    others: String,
    date_suffixes: String,
    colon_authors: String,
    comma_authors: String,
    semicolon_asks: String,
    ordinal_dots: String,
    complaints: String,
    page_ends: String,
}

/// The lists, in lower case.
#[derive(Debug)]
pub(super) struct Lists {
    agencies: BTreeSet<String>,
    company_forms: BTreeSet<String>,
    regions: BTreeSet<String>,
    publishers: BTreeSet<String>,
    series: BTreeSet<String>,
    others: BTreeSet<String>,
    /// Longest first.
    date_suffixes: Vec<String>,
    colon_authors: BTreeSet<String>,
    comma_authors: BTreeSet<String>,
    semicolon_asks: BTreeSet<String>,
    ordinal_dots: BTreeSet<String>,
    complaints: Vec<String>,
    page_ends: BTreeSet<String>,
}

#[expect(
    clippy::expect_used,
    reason = "a file of this crate, read by every test"
)]
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("data/lists.toml")).expect("lists.toml is valid");
    let words = |list: &str| -> BTreeSet<String> {
        let words = list.split(['|', '\n']).map(str::trim);
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let tags = |list: &str| list.split_whitespace().map(str::to_owned).collect();
    let mut date_suffixes: Vec<String> = words(&file.date_suffixes).into_iter().collect();
    date_suffixes.sort_by_key(|word| std::cmp::Reverse(word.len()));
    Lists {
        agencies: words(&file.agencies),
        company_forms: words(&file.company_forms),
        regions: words(&file.regions),
        publishers: words(&file.publishers),
        series: words(&file.series),
        others: words(&file.others),
        date_suffixes,
        colon_authors: tags(&file.colon_authors),
        comma_authors: tags(&file.comma_authors),
        semicolon_asks: tags(&file.semicolon_asks),
        ordinal_dots: tags(&file.ordinal_dots),
        page_ends: words(&file.page_ends),
        complaints: file.complaints.split('|').map(str::to_owned).collect(),
    }
});

impl Lists {
    pub(super) fn is_agency(&self, name: &str) -> bool {
        self.agencies.contains(&name.trim().to_lowercase())
    }

    /// Whether the text behind a comma goes on with the form of a company or the region of a
    /// place: "Tide Media, *Inc.*", "Cambridge, *Massachusetts*: Shore Press".
    pub(super) fn continues_name(&self, behind: &str) -> bool {
        let behind = behind.trim_start();
        let end = behind.find([',', ':', ';', '(', '[', '،']);
        let word = behind.get(..end.unwrap_or(behind.len())).unwrap_or(behind);
        if end.is_some_and(|end| behind.get(end..).is_some_and(|rest| rest.starts_with(": "))) {
            let state = word.len() == 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
            return state || self.regions.contains(bare(word).as_str());
        }
        // "Grupo Marea, S. A. 25 de febrero": the form may end a segment by its own full stop.
        self.company_forms.iter().any(|form| {
            let lower = behind.get(..form.len()).unwrap_or_default().to_lowercase();
            let next = behind
                .get(form.len()..)
                .and_then(|rest| rest.chars().next());
            lower == *form && next.is_none_or(|c| matches!(c, '.' | ',' | ')'))
        })
    }

    /// Whether a text ends with the form of a company that is written with full stops, the last
    /// one left out: "Grupo Marea, S. A".
    pub(super) fn ends_company(&self, text: &str) -> bool {
        let mut forms = self.company_forms.iter().filter(|form| form.contains('.'));
        forms.any(|form| {
            let before = text.len().checked_sub(form.len());
            before.is_some_and(|at| {
                let tail = text
                    .get(at..)
                    .is_some_and(|tail| tail.to_lowercase() == *form);
                tail && text.get(..at).is_some_and(|before| before.ends_with(", "))
            })
        })
    }

    /// Whether a word before a full stop is shortened: "coll.", "trad."
    pub(super) fn is_shortened(&self, word: &str) -> bool {
        let word = format!("{}.", word.to_lowercase());
        self.series.contains(&word) || self.others.contains(&word)
    }

    /// Whether a number with a full stop is an ordinal in a language: "Die 3. Brücke".
    pub(super) fn has_ordinal_dots(&self, language: Option<&LanguageTag>) -> bool {
        language.is_some_and(|tag| self.ordinal_dots.contains(tag.primary()))
    }

    pub(super) fn is_region(&self, name: &str) -> bool {
        self.regions.contains(bare(name).as_str())
    }

    /// Whether a name has a word that only publishers have.
    pub(super) fn is_publisher(&self, name: &str) -> bool {
        has_edge_word(&self.publishers, name)
    }

    pub(super) fn is_series(&self, name: &str) -> bool {
        has_edge_word(&self.series, name)
    }

    /// Whether a part names people who did something else than write.
    pub(super) fn is_others(&self, part: &str) -> bool {
        let lower = part.to_lowercase();
        self.others.iter().any(|word| {
            lower.strip_prefix(word.as_str()).is_some_and(|rest| {
                rest.starts_with(' ') || word.ends_with('.') && !rest.is_empty()
            })
        })
    }

    /// The text behind a date without the words that belong to the date: 付朝刊、3面.
    pub(super) fn without_date_suffix<'a>(&self, text: &'a str) -> &'a str {
        let mut rest = text;
        while let Some(behind) = self
            .date_suffixes
            .iter()
            .find_map(|suffix| rest.strip_prefix(suffix.as_str()))
        {
            rest = behind;
        }
        rest
    }

    pub(super) fn has_colon_authors(&self, language: Option<&LanguageTag>) -> bool {
        language.is_some_and(|tag| self.colon_authors.contains(tag.primary()))
    }

    pub(super) fn has_comma_authors(&self, language: Option<&LanguageTag>) -> bool {
        language.is_some_and(|tag| self.comma_authors.contains(tag.primary()))
    }

    pub(super) fn asks_with_semicolon(&self, language: Option<&LanguageTag>) -> bool {
        language.is_some_and(|tag| self.semicolon_asks.contains(tag.primary()))
    }

    /// Whether a line is what a page prints below its article: "Retrieved from", "Categories:".
    pub(super) fn ends_page(&self, line: &str) -> bool {
        let start: String = line.chars().take(60).collect();
        let start = start.to_lowercase();
        let mut ends = self.page_ends.iter();
        ends.any(|words| start.starts_with(words.as_str()))
    }

    /// Where the complaints begin that a template appends, or the end.
    pub(super) fn complaints_at(&self, text: &str) -> usize {
        let found = self.complaints.iter().filter_map(|words| text.find(words));
        found.min().unwrap_or(text.len())
    }
}

fn bare(word: &str) -> String {
    word.trim().trim_end_matches('.').to_lowercase()
}

/// Whether a name begins or ends with one of the words; in scripts without spaces, ends so.
fn has_edge_word(words: &BTreeSet<String>, name: &str) -> bool {
    let lower = bare(name);
    words.iter().any(|word| {
        let unspaced = word.chars().all(super::phrases::is_unspaced);
        let begins = lower.strip_prefix(word.as_str());
        let ends = lower.strip_suffix(word.as_str());
        begins.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ',']))
            || ends.is_some_and(|rest| rest.is_empty() || unspaced || rest.ends_with([' ', '-']))
    })
}
