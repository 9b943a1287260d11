//! Error pages and parked domains in many languages; their texts are in data files.

use super::pages::page;
use super::{Reply, html};

const NOT_FOUND: &str = include_str!("../not_found.tsv");
const PARKED: &str = include_str!("../parked.tsv");

/// An error page with status 200: the line of `not_found.tsv` for a language.
pub(crate) fn not_found(language: &str) -> Reply {
    page_of(NOT_FOUND, language)
}

/// A parked domain: the line of `parked.tsv` of that name.
pub(crate) fn parked(name: &str) -> Reply {
    page_of(PARKED, name)
}

fn page_of(table: &str, key: &str) -> Reply {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    let mut rows = lines.filter_map(|line| line.split_once('\t'));
    let (title, text) = rows
        .find(|(name, _)| *name == key)
        .and_then(|(_, rest)| rest.split_once('\t'))
        .unwrap_or_else(|| panic!("no line `{key}`"));
    html(page(title, &format!("<p>{text}</p>")))
}
