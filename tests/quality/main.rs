//! Quality floors: how well the committed corpus is read, and that it never becomes worse unseen.
//!
//! `README.md` beside this file says what the corpus is and how to add to it; `floors.toml` has the
//! least share that each measure may have.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads its corpus and fails where that is malformed"
)]

mod articles;
mod pages;
mod rendered;
mod score;
mod tables;

use std::fs;

use score::{Scores, pinned};

/// A file of the corpus.
fn corpus(name: &str) -> String {
    let path = format!("tests/quality/{name}");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of a table: lines that are neither empty nor comments, cut at tabs.
fn rows(name: &str) -> Vec<Vec<String>> {
    let text = corpus(name);
    let lines = text.lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

#[test]
fn rendered_in_english() {
    let records = rendered::records();
    let english = records.iter().filter(|record| record.wiki == "en");
    Scores::check("rendered-en", &rendered::fields(english));
}

#[test]
fn rendered_in_other_languages() {
    let records = rendered::records();
    let others = records.iter().filter(|record| record.wiki != "en");
    Scores::check("rendered-other", &rendered::fields(others));
}

#[test]
fn rendered_lists() {
    Scores::check("lists", &rendered::lists(&rendered::records()));
}

#[test]
fn dates() {
    Scores::check("dates", &tables::dates());
}

#[test]
fn cs1_dates() {
    Scores::check("cs1-dates", &tables::cs1_dates());
}

#[test]
fn languages() {
    Scores::check("languages", &tables::languages());
}

#[test]
fn articles() {
    Scores::check("articles", &articles::scores());
}

#[test]
fn pages() {
    Scores::check("pages", &pages::scores());
}

#[test]
fn the_floors_of_pages_are_of_these_pages() {
    let (found, pinned) = (pages::hash(), pinned("pages"));
    assert!(
        found == pinned,
        "\nthe pages or their truths changed: see whether the floors of [pages] still fit them, \
         then set pages = \"{found}\" under [corpus]"
    );
}
