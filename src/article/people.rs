//! Authors and editors out of numbered parameters.

use std::collections::BTreeMap;

use crate::model::Person;
use crate::wikitext::plain_text;

/// Collects the names of one list (authors or editors) as their parameters come.
#[derive(Debug, Default)]
pub(super) struct People {
    numbered: BTreeMap<u16, Parts>,
    /// People who have no number of their own, after the others.
    listed: Vec<Person>,
}

#[derive(Debug, Default)]
struct Parts {
    last: Option<String>,
    first: Option<String>,
    whole: Option<String>,
}

impl People {
    /// Takes a parameter with CS1's name (`last#`, `editor-first#`, `authors` …) if it names
    /// people of the list, which is `author` or `editor`.
    pub(super) fn take(&mut self, list: &str, name: &str, number: Option<u16>, value: &str) {
        let prefix = if list == "editor" { "editor-" } else { "" };
        let kind = match name {
            "author#" | "editor#" if name.starts_with(list) => Kind::Whole,
            "authors" | "editors" if name.starts_with(list) => Kind::Several,
            "vauthors" if list == "author" => Kind::Vancouver,
            "veditors" if list == "editor" => Kind::Vancouver,
            _ => match name.strip_prefix(prefix) {
                Some("last#") => Kind::Last,
                Some("first#") => Kind::First,
                _ => return,
            },
        };
        let text = plain_text(value);
        if text.is_empty() {
            return;
        }
        let parts = || number.unwrap_or(1).max(1);
        match kind {
            Kind::Whole => self.numbered.entry(parts()).or_default().whole = Some(text),
            Kind::Last => self.numbered.entry(parts()).or_default().last = Some(text),
            Kind::First => self.numbered.entry(parts()).or_default().first = Some(text),
            Kind::Several => {
                let names = text
                    .split(';')
                    .map(str::trim)
                    .filter(|name| !name.is_empty());
                self.listed.extend(names.map(whole));
            }
            Kind::Vancouver => self.listed.extend(vancouver(&text)),
        }
    }

    /// The people in order.
    pub(super) fn into_list(self) -> Vec<Person> {
        let numbered = self.numbered.into_values().filter_map(|parts| {
            // `first` beside `author` is the given name of it.
            match (parts.last.or(parts.whole), parts.first) {
                (Some(last), Some(first)) => Some(Person::Split { last, first }),
                (Some(name), None) | (None, Some(name)) => Some(whole(&name)),
                (None, None) => None,
            }
        });
        numbered.chain(self.listed).collect()
    }
}

enum Kind {
    Whole,
    Last,
    First,
    Several,
    Vancouver,
}

fn whole(name: &str) -> Person {
    Person::Whole {
        name: name.to_owned(),
    }
}

/// `Smith J, Doe AB, ((Some Body)), et al.`
fn vancouver(list: &str) -> Vec<Person> {
    let mut names = Vec::new();
    let mut rest = list;
    loop {
        rest = rest.trim_start_matches([',', ' ']);
        if rest.is_empty() {
            return names;
        }
        let body = rest
            .strip_prefix("((")
            .and_then(|rest| rest.split_once("))"));
        let (name, after) = body.unwrap_or_else(|| rest.split_once(',').unwrap_or((rest, "")));
        let name = name.trim();
        if !name.eq_ignore_ascii_case("et al.") && !name.eq_ignore_ascii_case("et al") {
            names.push(whole(name));
        }
        rest = after;
    }
}
