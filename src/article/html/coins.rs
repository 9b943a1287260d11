//! `COinS`: the machine-readable copy of a citation that the citation templates print beside it
//! (`<span class="Z3988" title="ctx_ver=Z39.88-2004&…">`, `OpenURL` 1.0 key/value pairs).

use crate::model::{CitedDate, Person};

/// A value with the key that it came from, for finding its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) key: &'static str,
    pub(super) value: String,
}

/// What a `COinS` title holds of a citation.
#[derive(Debug, Default)]
pub(super) struct MachineCopy {
    pub(super) authors: Vec<Person>,
    pub(super) date: Option<CitedDate>,
    /// The address cited.
    pub(super) url: Option<Told>,
    /// By CS1's name, in CS1's order: `title`, `work`, `isbn` …
    pub(super) fields: Vec<(&'static str, Told)>,
}

/// Keys with one value each, and CS1's names for them.
const PLAIN: [(&str, &str); 10] = [
    ("rft.pub", "publisher"),
    ("rft.place", "location"),
    ("rft.date", "date"),
    ("rft.edition", "edition"),
    ("rft.series", "series"),
    ("rft.volume", "volume"),
    ("rft.issue", "issue"),
    ("rft.pages", "pages"),
    ("rft.isbn", "isbn"),
    ("rft.issn", "issn"),
];
/// Identifiers in `rft_id`, and CS1's names for them.
const IDENTIFIERS: [(&str, &str); 6] = [
    ("info:doi/", "doi"),
    ("info:pmid/", "pmid"),
    ("info:oclcnum/", "oclc"),
    ("info:bibcode/", "bibcode"),
    ("info:hdl/", "hdl"),
    ("info:arxiv/", "arxiv"),
];

/// Reads the title of a `COinS` span; `encyclopedia` says that the citation is one of an entry in
/// a work of reference, whose `title` is the entry's.
///
/// CS1 writes `rft.date` in ISO form, names as `Last, First` and the cited address as the first
/// `rft_id` that is an address and not marked as an identifier (`#id-name=PMC`).
pub(super) fn read(title: &str, encyclopedia: bool) -> MachineCopy {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(title.as_bytes())
        .map(|(key, value)| (key.into_owned(), value.trim().to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let all = |key: &'static str| {
        let matching = pairs.iter().filter(move |(name, _)| name == key);
        matching.map(|(_, value)| value.as_str())
    };
    let first = |key: &'static str| {
        all(key).next().map(|value| Told {
            key,
            value: value.to_owned(),
        })
    };
    let mut fields = Vec::new();
    let mut add = |name: &'static str, told: Option<Told>| {
        fields.extend(told.map(|told| (name, told)));
    };
    // For a part of a book `atitle` is the chapter: CS1's `title` is the book's.
    match (
        first("rft.atitle"),
        first("rft.btitle"),
        first("rft.jtitle"),
    ) {
        (Some(entry), Some(book), work) if encyclopedia => {
            add("title", Some(entry));
            add("work", work.or(Some(book)));
        }
        (chapter, Some(book), work) => {
            add("title", Some(book));
            add("chapter", chapter);
            add("work", work);
        }
        (title, None, work) => {
            add("title", title.or_else(|| first("rft.title")));
            add("work", work);
        }
    }
    for (key, name) in PLAIN {
        add(name, first(key));
    }
    for id in all("rft_id") {
        let found = IDENTIFIERS
            .iter()
            .find_map(|(prefix, name)| Some((*name, id.strip_prefix(prefix)?)));
        if let Some((name, value)) = found {
            let value = value.to_owned();
            add(
                name,
                Some(Told {
                    key: "rft_id",
                    value,
                }),
            );
        }
    }
    let is_address = |id: &&str| {
        (id.starts_with("http:") || id.starts_with("https:")) && !id.contains("#id-name=")
    };
    MachineCopy {
        authors: authors(&all),
        date: all("rft.date").next().and_then(date),
        url: all("rft_id").find(is_address).map(|url| Told {
            key: "rft_id",
            value: url.to_owned(),
        }),
        fields,
    }
}

/// `2024-11-03`, `2024-11`, `2024`; ranges as `2009-01/2009-03`.
fn date(text: &str) -> Option<CitedDate> {
    text.parse().ok()
}

fn authors<'a, I: Iterator<Item = &'a str>>(all: &impl Fn(&'static str) -> I) -> Vec<Person> {
    let last = all("rft.aulast").next();
    let given = all("rft.aufirst").next();
    let whole = |name: &str| Person::Whole {
        name: name.to_owned(),
    };
    let split = |last: &str, first: &str| Person::Split {
        last: last.to_owned(),
        first: first.to_owned(),
    };
    let first = match (last, given) {
        (Some(last), Some(first)) => Some(split(last, first)),
        (Some(name), None) => Some(whole(name)),
        _ => None,
    };
    let same = |name: &str| match &first {
        Some(Person::Split { last, first }) => name == format!("{last}, {first}"),
        Some(Person::Whole { name: known }) => name == known,
        None => false,
    };
    let others = all("rft.au")
        .filter(|name| !same(name))
        .map(|name| match name.split_once(", ") {
            Some((last, first)) if !first.contains(',') => split(last, first),
            _ => whole(name),
        });
    let others: Vec<Person> = others.collect();
    first.into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, encyclopedia: bool, expect: &[(&str, &str)]) {
        let copy = read(title, encyclopedia);
        let found: Vec<(&str, &str)> = copy
            .fields
            .iter()
            .map(|(name, told)| (*name, told.value.as_str()))
            .collect();
        assert_eq!(found, expect, "{title}");
    }

    #[test]
    fn article_chapter_and_entry_are_told_apart() {
        check(
            "rft.genre=article&rft.jtitle=The+Gazette&rft.atitle=A+day&rft.date=2019-05-03",
            false,
            &[
                ("title", "A day"),
                ("work", "The Gazette"),
                ("date", "2019-05-03"),
            ],
        );
        let part = "rft.genre=bookitem&rft.atitle=Part&rft.btitle=Book&rft.pub=P";
        check(
            part,
            false,
            &[("title", "Book"), ("chapter", "Part"), ("publisher", "P")],
        );
        check(
            part,
            true,
            &[("title", "Part"), ("work", "Book"), ("publisher", "P")],
        );
    }

    #[test]
    fn identifiers_are_no_address() {
        let copy = read(
            "rft.btitle=B&rft_id=info%3Adoi%2F10.1%2Fx&rft_id=https%3A%2F%2Fa.example%2F7%23id-name\
             %3DPMC&rft_id=https%3A%2F%2Fb.example%2F&rft.aulast=Vale&rft.aufirst=Ann&\
             rft.au=Vale%2C+Ann&rft.au=Roe%2C+Bo",
            false,
        );
        assert_eq!(
            copy.url.map(|told| told.value).as_deref(),
            Some("https://b.example/")
        );
        assert_eq!(copy.authors.len(), 2);
        check("rft_id=info%3Adoi%2F10.1%2Fx", false, &[("doi", "10.1/x")]);
    }
}
