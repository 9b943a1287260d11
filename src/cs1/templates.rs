//! The templates that CS1 renders.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::{entries, lines};

static TABLE: &str = include_str!("data/templates.tsv");

/// Each template by its folded name.
static TEMPLATES: LazyLock<HashMap<String, Template>> = LazyLock::new(|| {
    let mut templates = HashMap::new();
    for line in lines(TABLE) {
        let [class, demand, names] = line.as_slice() else {
            continue;
        };
        let template = Template {
            class,
            url: UrlDemand::read(demand),
        };
        templates.extend(entries(names).map(|name| (folded(name), template)));
    }
    templates
});

/// A template of CS1 or CS2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Template {
    /// What the module goes by: `web`, `encyclopaedia` …; `other` where it is not noted.
    pub class: &'static str,
    /// Whether the module demands an address.
    pub url: UrlDemand,
}

/// Whether CS1 demands the address of what a template cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrlDemand {
    /// It shows an error without one.
    Always,
    /// It does if the parameter `website` is given.
    WithWebsite,
    /// It takes what has none.
    Never,
}

impl UrlDemand {
    fn read(word: &str) -> Self {
        match word {
            "url" => Self::Always,
            "work" => Self::WithWebsite,
            _ => Self::Never,
        }
    }
}

/// Class of templates that have parameters of their own.
const WRAPPER: &str = "wrapper";

/// The CS1 or CS2 template of that name, of English Wikipedia's names or of the redirects to them;
/// `None` for a template that has parameters of its own, though it may hand its dates on to CS1.
///
/// # Examples
///
/// ```
/// use citecheck::cs1::{UrlDemand, template};
///
/// assert_eq!(template("cite_web").unwrap().url, UrlDemand::Always);
/// assert_eq!(template("Cite encyclopaedia").unwrap().class, "encyclopaedia");
/// assert_eq!(template("cite tweet"), None);
/// ```
#[must_use]
pub fn template(name: &str) -> Option<Template> {
    find(name).filter(|template| template.class != WRAPPER)
}

/// Whether CS1 renders the dates of a template of that name: it is one of English Wikipedia's CS1
/// or CS2 templates, a redirect to one, or a template that hands its dates on to one.
///
/// # Examples
///
/// ```
/// use citecheck::cs1::is_template;
///
/// assert!(is_template("cite_web"));
/// assert!(is_template("Template:Citation"));
/// assert!(is_template("cite tweet"));
/// assert!(!is_template("Internetquelle"));
/// ```
#[must_use]
pub fn is_template(name: &str) -> bool {
    find(name).is_some()
}

fn find(name: &str) -> Option<Template> {
    let name = without_comments(name);
    let key = folded(&name);
    let key = key.strip_prefix("template:").unwrap_or(&key);
    TEMPLATES.get(key).copied()
}

/// Redirects ignore more than `MediaWiki` does: spaces, `_`, `-` and the case of every letter.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !(c.is_whitespace() || matches!(c, '_' | '-')))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A value without comments, trimmed as `MediaWiki` trims it.
///
/// A comment that is not closed runs to the end.
#[must_use]
pub fn without_comments(value: &str) -> Cow<'_, str> {
    const SPACE: [char; 6] = [' ', '\t', '\n', '\r', '\0', '\x0b'];
    if !value.contains("<!--") {
        return Cow::Borrowed(value.trim_matches(SPACE));
    }
    let mut kept = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    Cow::Owned(kept.trim_matches(SPACE).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_line_has_its_columns_and_no_name_two_classes() {
        let mut names = 0;
        for line in lines(TABLE) {
            let [_, demand, listed] = line.as_slice() else {
                panic!("{line:?}");
            };
            assert!(["url", "work", "-"].contains(demand), "{line:?}");
            names += entries(listed).count();
        }
        assert_eq!(TEMPLATES.len(), names);
    }
}
