//! Edit summaries: what to say in a wiki's summary box when fixes are saved.
//!
//! In the language of the wiki where it is known, and without anything of the citation's own text but
//! the name of a host and a language tag: what strangers wrote cannot make links, comments or section
//! headings of a summary. Each ends with `#citecheck`: wikis ask that edits made with a tool can be
//! told by their summary, and the Wikimedia hashtag search finds them by it on every wiki.

use std::collections::HashMap;
use std::sync::LazyLock;

use url::Url;

use super::cs1;
use crate::model::{Fix, LanguageTag};

/// What tells edits made with this program.
const TAG: &str = "#citecheck";

/// Characters that MediaWiki keeps of a summary (`CommentStore::COMMENT_CHARACTER_LIMIT`).
const MOST: usize = 500;

/// Longest name of a host that is named.
const LONGEST_HOST: usize = 60;

/// The language for wikis whose own is not known.
const FALLBACK: &str = "en";

static TEXTS: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    let lines = cs1::lines(include_str!("data/edit-summaries.tsv"));
    let rows = lines.filter_map(|line| {
        let mut columns = line.split('\t');
        Some(((columns.next()?, columns.next()?), columns.next()?))
    });
    rows.collect()
});

/// Rule, beginning of the description, kind.
static KINDS: LazyLock<Vec<[&str; 3]>> = LazyLock::new(|| {
    let lines = cs1::lines(include_str!("data/edit-summary-kinds.tsv"));
    let rows = lines.filter_map(|line| {
        let mut columns = line.split('\t');
        Some([columns.next()?, columns.next()?, columns.next()?])
    });
    rows.collect()
});

/// The edit summary of one fix of a rule's finding, for a wiki in `language`; English where that is not
/// known. At most 500 characters, on one line, without wiki markup.
#[must_use]
pub fn edit_summary(rule: &str, fix: &Fix, language: Option<&LanguageTag>) -> String {
    let kind = kind(rule, &fix.description);
    let words = Words::of(language);
    let detail = detail(kind, fix);
    let text = words.text(kind);
    let text = detail.map_or_else(|| text.to_owned(), |detail| format!("{text} ({detail})"));
    words.summary([text])
}

/// One edit summary for all fixes made in an article, each told by its rule's name and its description,
/// in the order in which their kinds first occur: `Citation maintenance: update link (3), fix date
/// format #citecheck`. Empty without fixes.
///
/// # Examples
///
/// ```
/// use citecheck::rules::joined_edit_summary;
///
/// let fixes = [
///     ("redirected-permanently", "replace the URL with its new address"),
///     ("dead-link", "cite the archived copy"),
///     ("redirected-permanently", "replace the URL with its new address"),
/// ];
/// assert_eq!(
///     joined_edit_summary(fixes, None),
///     "Citation maintenance: update link (2), add archived copy #citecheck"
/// );
/// ```
#[must_use]
pub fn joined_edit_summary<'a>(
    fixes: impl IntoIterator<Item = (&'a str, &'a str)>,
    language: Option<&LanguageTag>,
) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for (rule, description) in fixes {
        let kind = kind(rule, description);
        match counts.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((kind, 1)),
        }
    }
    if counts.is_empty() {
        return String::new();
    }
    let words = Words::of(language);
    words.summary(counts.into_iter().map(|(kind, count)| {
        let text = words.text(kind);
        match count {
            1 => text.to_owned(),
            count => format!("{text} ({count})"),
        }
    }))
}

fn kind(rule: &str, description: &str) -> &'static str {
    let fits = |[of, begins, _]: &&[&'static str; 3]| {
        (*of == "*" || *of == rule) && (*begins == "*" || description.starts_with(begins))
    };
    KINDS.iter().find(fits).map_or("other", |[_, _, kind]| kind)
}

/// What tells the edit from others of its kind: the host that a link leads to now, the language named.
fn detail(kind: &str, fix: &Fix) -> Option<String> {
    let mut edits = fix.edits.iter();
    if kind == "language" {
        let written = edits.next()?.replacement.rsplit('=').next()?.trim();
        return LanguageTag::parse(written).map(|tag| tag.to_string());
    }
    let host = edits.find_map(|edit| {
        let from = edit.replacement.find("http")?;
        let address = edit.replacement.get(from..)?;
        let address = address.split([' ', '|', '\n']).next()?;
        // In ASCII: nothing in it that turns or hides other text.
        Url::parse(address).ok()?.host_str().map(str::to_owned)
    })?;
    (host.len() <= LONGEST_HOST).then_some(host)
}

/// The words of one language.
struct Words<'a> {
    languages: Vec<&'a str>,
}

impl<'a> Words<'a> {
    /// Those of the language, else of what it is written in or a kind of, else English.
    fn of(language: Option<&'a LanguageTag>) -> Self {
        let mut languages = Vec::new();
        if let Some(tag) = language {
            if ["zh-Hant", "zh-TW", "zh-HK", "zh-MO"].contains(&tag.as_str()) {
                languages.push("zh-hant");
            }
            languages.extend([tag.as_str(), tag.primary()]);
        }
        languages.push(FALLBACK);
        Self { languages }
    }

    fn text(&self, kind: &str) -> &'static str {
        let mut languages = self.languages.iter();
        let found = languages.find_map(|language| TEXTS.get(&(kind, *language)));
        found.copied().unwrap_or_default()
    }

    /// The whole, as many of its parts as there is room for.
    fn summary(&self, parts: impl IntoIterator<Item = String>) -> String {
        let head = self.text("head");
        let (colon, comma) = marks(head);
        let mut summary = format!("{head}{colon}");
        let room = MOST - TAG.len() - 2;
        let mut used = summary.chars().count();
        for (at, part) in parts.into_iter().enumerate() {
            let comma = if at == 0 { "" } else { comma };
            let takes = comma.chars().count() + part.chars().count();
            if room < used + takes {
                summary.push('…');
                break;
            }
            summary.push_str(comma);
            summary.push_str(&part);
            used += takes;
        }
        format!("{summary} {TAG}")
    }
}

/// Colon and comma as the script has them.
fn marks(text: &str) -> (&'static str, &'static str) {
    match text.chars().next() {
        Some('\u{600}'..='\u{6FF}') => (": ", "، "),
        Some('\u{2E80}'..='\u{9FFF}') => ("：", "、"),
        Some(_) | None => (": ", ", "),
    }
}
