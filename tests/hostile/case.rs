//! The table of cases, and those that are known to fail.

use std::collections::BTreeSet;

use citecheck::model::LinkVerdict;

/// What a server does and what must come of it: a line of `cases.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) id: String,
    /// The address to ask, with placeholders; or `test:` and the name of a test in `special`.
    pub(crate) ask: String,
    /// Settings, see `run::options`.
    pub(crate) settings: Vec<String>,
    /// Any of these verdicts is right; `not-a-url` where the text is no address at all.
    pub(crate) verdicts: Vec<String>,
    /// The kind of failure, if one is demanded.
    pub(crate) failure: Option<String>,
    /// Words that reason or evidence must hold, in lower case.
    pub(crate) says: Option<String>,
    /// How often the address itself may be asked: least, most.
    pub(crate) asked: Option<(usize, usize)>,
}

impl Case {
    /// The value of a setting: `title=x` → `x`; empty for a setting without one.
    pub(crate) fn setting(&self, name: &str) -> Option<&str> {
        let mut pairs = self
            .settings
            .iter()
            .map(|setting| setting.split_once('=').unwrap_or((setting, "")));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// Lines without comments, split at tabs.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split('\t').collect())
}

pub(crate) fn cases() -> Vec<Case> {
    rows(include_str!("cases.tsv"))
        .map(|row| case(&row))
        .collect()
}

fn case(row: &[&str]) -> Case {
    let [
        id,
        ask,
        settings,
        verdicts,
        failure,
        says,
        asked,
        _what,
        _note,
    ] = row
    else {
        panic!("{} columns instead of nine: {row:?}", row.len());
    };
    let given = |text: &&str| (**text != *"-").then(|| (**text).to_owned());
    let list = |text: &&str, by: char| {
        let parts = given(text).unwrap_or_default();
        parts
            .split(by)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let verdicts = list(verdicts, '|');
    for verdict in &verdicts {
        let known = LinkVerdict::ALL
            .iter()
            .any(|known| known.as_str() == verdict);
        assert!(
            known || verdict == "not-a-url",
            "{id}: no verdict `{verdict}`"
        );
    }
    let number = |text: &str| text.parse::<usize>().unwrap();
    let asked = given(asked).map(|text| match text.split_once("..") {
        Some((least, most)) => (number(least), number(most)),
        None => (number(&text), number(&text)),
    });
    Case {
        id: (*id).to_owned(),
        ask: (*ask).to_owned(),
        settings: list(settings, ';'),
        verdicts,
        failure: given(failure),
        says: given(says),
        asked,
    }
}

/// The cases known to fail, by id.
pub(crate) fn pending() -> BTreeSet<String> {
    rows(include_str!("pending.tsv"))
        .map(|row| row[0].to_owned())
        .collect()
}
