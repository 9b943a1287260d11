//! The templates that CS1 renders.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::table::lines;

static TEMPLATES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    lines(include_str!("data/templates.txt"))
        .flatten()
        .map(folded)
        .collect()
});

/// Whether a template of that name is one of English Wikipedia's CS1 or CS2 templates, by its own
/// name or that of a redirect to it.
///
/// # Examples
///
/// ```
/// use citecheck::cs1::is_template;
///
/// assert!(is_template("cite_web"));
/// assert!(is_template("Template:Citation"));
/// assert!(!is_template("Internetquelle"));
/// ```
#[must_use]
pub fn is_template(name: &str) -> bool {
    let name = super::dates::without_comments(name);
    let key = folded(&name);
    TEMPLATES.contains(key.strip_prefix("template:").unwrap_or(&key))
}

/// Redirects ignore more than `MediaWiki` does: spaces, `_`, `-` and the case of every letter.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !(c.is_whitespace() || matches!(c, '_' | '-')))
        .flat_map(char::to_lowercase)
        .collect()
}
