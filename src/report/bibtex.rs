//! Entries for BibLaTeX, in UTF-8: what biber, `JabRef` and Zotero read.
//!
//! BibLaTeX and not the BibTeX of 1988: only its `online` has an address, and only its `date` and
//! `urldate` keep the precision of a date. `archiveurl`, `archivedate` and `citecheck` (article and
//! number of the reference) are no fields of its styles, which pass over them.

use std::fmt::Write as _;

use crate::model::{CheckedArticle, CitedDate, Person};

use super::bibliography::{Item, items, some};
use super::safe::{shown_address, visible};

/// Fields that are parameters of CS1 as they stand.
const PARAMETERS: [(&str, &str); 7] = [
    ("location", "location"),
    ("volume", "volume"),
    ("number", "issue"),
    ("edition", "edition"),
    ("series", "series"),
    ("isbn", "isbn"),
    ("issn", "issn"),
];

/// The cited works of the articles as entries, ending with a line feed; empty if there is none.
#[must_use]
pub fn bibtex(articles: &[CheckedArticle]) -> String {
    let mut page = String::new();
    for (at, item) in items(articles).iter().enumerate() {
        if 0 < at {
            page.push('\n');
        }
        entry(&mut page, item);
    }
    page
}

fn entry(page: &mut String, item: &Item<'_>) {
    let citation = &item.citation;
    let _ = writeln!(page, "@{}{{{},", item.biblatex, item.key);
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(page, "  {name} = {{{value}}},");
        }
    };
    let text = |value: Option<String>| value.map(|value| escaped(&value));
    put("author", names(&citation.authors));
    put("editor", names(&citation.editors));
    put("title", text(item.title()));
    let translated = citation.trans_title.as_deref().and_then(some);
    put(
        "titleaddon",
        translated.map(|title| format!("[{}]", escaped(&title))),
    );
    put(container(item), text(item.container()));
    put("entrysubtype", subtype(item.csl));
    let publisher = if item.biblatex == "report" || item.biblatex == "thesis" {
        "institution"
    } else {
        "publisher"
    };
    put(
        publisher,
        text(citation.publisher.as_deref().and_then(some)),
    );
    for (name, parameter) in PARAMETERS {
        put(name, text(item.field(parameter)));
    }
    let pages = item.field("pages").or_else(|| item.field("page"));
    put(
        "pages",
        pages.map(|pages| escaped(&pages).replace('–', "--")),
    );
    put("date", citation.date.map(date));
    put("doi", item.field("doi").map(|doi| verbatim(&doi)));
    put("url", item.url().map(|url| verbatim(&url)));
    put("urldate", citation.access_date.map(date));
    put(
        "language",
        item.language.as_ref().map(|tag| escaped(tag.as_str())),
    );
    put("archiveurl", item.archive_url().map(|url| verbatim(&url)));
    put("archivedate", citation.archive_date.map(date));
    let place = format!(
        "{}, reference {}",
        shown_address(item.article),
        item.reference
    );
    put("citecheck", Some(escaped(&place)));
    page.push_str("}\n");
}

/// The field for what a work appeared in.
fn container(item: &Item<'_>) -> &'static str {
    match item.biblatex {
        "article" => "journaltitle",
        "incollection" | "inproceedings" | "inreference" => "booktitle",
        "online" => "organization",
        _ => "maintitle",
    }
}

fn subtype(csl: &str) -> Option<String> {
    let subtype = csl
        .strip_prefix("article-")
        .filter(|kind| *kind != "journal");
    subtype.map(str::to_owned)
}

/// EDTF, which is what `date` takes.
fn date(date: CitedDate) -> String {
    date.to_string()
}

/// Names as "Last, First and {Name in One Piece}".
fn names(people: &[Person]) -> Option<String> {
    let names: Vec<String> = people.iter().filter_map(name).collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

fn name(person: &Person) -> Option<String> {
    match person {
        Person::Split { last, first } => match (some(last), some(first)) {
            (Some(last), Some(first)) => Some(format!("{}, {}", part(&last), part(&first))),
            (Some(name), None) | (None, Some(name)) => Some(format!("{{{}}}", escaped(&name))),
            (None, None) => None,
        },
        Person::Whole { name } => some(name).map(|name| format!("{{{}}}", escaped(&name))),
    }
}

/// A part of a name; commas and "and" would part it further.
fn part(name: &str) -> String {
    let parted = name.contains(',') || name.split(' ').any(|word| word.eq_ignore_ascii_case("and"));
    if parted {
        return format!("{{{}}}", escaped(name));
    }
    escaped(name)
}

/// Text in which nothing is a command of TeX. Braces are named: BibTeX counts them even behind a
/// backslash.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '%' | '#' | '$' | '&' | '_' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address or identifier, which BibLaTeX takes as it stands, but for braces and backslashes.
fn verbatim(text: &str) -> String {
    let plain = visible(text).replace('{', "%7B").replace('}', "%7D");
    plain.replace('\\', "%5C")
}
