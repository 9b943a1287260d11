//! Whether two references say the same, and how they become one.

use std::collections::BTreeSet;

use super::cs1;
use super::duplicate_reference::Cited;
use super::edits::{self, insertion, replaced};
use crate::model::{Article, DatePoint, Fix, Person, ReferenceKind, Safety};

/// What tells two references with one address apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Difference {
    /// Nothing.
    None,
    /// A field of the citation.
    Field(&'static str),
    /// What stands beside the citation.
    Text,
}

/// Fields that select a part of the work: one that is given and one that is not differ.
const PARTS: [&str; 12] = [
    "page", "pages", "at", "chapter", "quote", "volume", "issue", "time", "minutes", "section",
    "id", "edition",
];

/// Fields in which two versions of one citation may be more or less complete.
const WHOLE: [&str; 3] = ["title", "script-title", "date"];

const OPEN: usize = "<ref>".len();
const CLOSE: usize = "</ref>".len();

/// What tells two references with one address apart.
pub(super) fn difference(first: &Cited<'_>, again: &Cited<'_>) -> Difference {
    let value = |cited: &Cited<'_>, field: &str| {
        let fields = &cited.source.citation.fields;
        fields
            .get(field)
            .map(|field| folded(&cs1::given(&field.value)))
    };
    for field in PARTS {
        if value(first, field) != value(again, field) {
            return Difference::Field(if field == "pages" { "page" } else { field });
        }
    }
    for field in WHOLE {
        if let (Some(a), Some(b)) = (value(first, field), value(again, field))
            && a != b
            && !same_date(field, first, again)
        {
            return Difference::Field(field);
        }
    }
    if stands_alone(first) && stands_alone(again) {
        Difference::None
    } else {
        Difference::Text
    }
}

/// Letters and digits in lower case: marks and spaces tell no titles apart.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn same_date(field: &str, first: &Cited<'_>, again: &Cited<'_>) -> bool {
    match (first.source.citation.date, again.source.citation.date) {
        (Some(a), Some(b)) => field == "date" && a.overlaps(b),
        _ => false,
    }
}

/// Whether the citation is all that the reference holds, as far as places tell.
fn stands_alone(cited: &Cited<'_>) -> bool {
    let (whole, inner) = (cited.reference.span, cited.source.span);
    let after = whole.end.checked_sub(inner.end);
    let before = inner.start.checked_sub(whole.start);
    // `<ref name="…" group="…">`, with a little room for spaces.
    let names = cited
        .reference
        .names
        .iter()
        .map(|name| name.len() + 9)
        .sum::<usize>();
    let group = cited.reference.group.as_ref().map_or(0, |it| it.len() + 10);
    let longest = OPEN + names + group + 2;
    after.is_some_and(|after| (CLOSE..CLOSE + 2).contains(&after))
        && before.is_some_and(|before| (OPEN..=longest).contains(&before))
}

/// Names that the article's references have, in lower case.
pub(super) fn names(article: &Article) -> BTreeSet<String> {
    let undefined = article.undefined.iter().map(|it| it.name.to_lowercase());
    let mut names: BTreeSet<String> = undefined.collect();
    for block in article.references.blocks() {
        let own = block.iter().flat_map(|reference| &reference.names);
        names.extend(own.map(|name| name.to_lowercase()));
    }
    names
}

/// Gives the first reference of a group a name, if it has none, and uses it in place of the
/// unnamed ones that say the same.
pub(super) fn fix(group: &[Cited<'_>], taken: &mut BTreeSet<String>) -> Option<Fix> {
    // One with a name is used by it elsewhere: it stays. Else the fullest does.
    let first = group
        .iter()
        .find(|it| !it.reference.names.is_empty())
        .or_else(|| {
            let fullest = |it: &&Cited<'_>| it.source.citation.fields.len();
            group.iter().rev().max_by_key(fullest)
        })?;
    if first.reference.group.is_some() {
        return None;
    }
    let unnamed: Vec<&Cited<'_>> = group
        .iter()
        .filter(|it| it.reference.number != first.reference.number)
        .filter(|it| it.reference.names.is_empty() && is_bare_tag(it))
        .filter(|it| difference(first, it) == Difference::None)
        .filter(|it| it.source.citation.fields.len() <= first.source.citation.fields.len())
        .collect();
    if unnamed.is_empty() {
        return None;
    }
    let mut edits = Vec::new();
    let name = if let Some(name) = first.reference.names.first() {
        // A name with a quotation mark was written without marks around it.
        (!name.contains(['"', '<', '>'])).then(|| name.clone())?
    } else {
        let at = is_bare_tag(first).then_some(first.reference.span.start + "<ref".len())?;
        let name = new_name(first, taken);
        edits.push(insertion(at, format!(" name=\"{name}\"")));
        name
    };
    edits.extend(unnamed.iter().map(|it| {
        let span = it.reference.span;
        replaced(span.start..span.end, format!("<ref name=\"{name}\" />"))
    }));
    edits::fix("use one named reference", Safety::Review, edits)
}

/// Whether the reference is written `<ref>…</ref>`, without attributes.
fn is_bare_tag(cited: &Cited<'_>) -> bool {
    let before = cited
        .source
        .span
        .start
        .checked_sub(cited.reference.span.start);
    let footnote = cited.reference.kind == ReferenceKind::Footnote;
    before == Some(OPEN) && footnote && cited.reference.names.is_empty() && stands_alone(cited)
}

/// A name that no reference has yet: the author's family name, else the site, and the year.
fn new_name(cited: &Cited<'_>, taken: &mut BTreeSet<String>) -> String {
    let citation = &cited.source.citation;
    let author = citation.authors.first().map(|person| match person {
        Person::Split { last, .. } => last.as_str(),
        Person::Whole { name } => name.as_str(),
    });
    let url = citation.url.as_deref().unwrap_or_default();
    let site = url.split("//").nth(1).unwrap_or_default();
    let site = site.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let site = site.strip_prefix("www.").unwrap_or(site);
    let plain = |text: &str| -> String {
        let fits = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.');
        let kept: String = text.chars().filter(fits).take(40).collect();
        kept.trim().to_owned()
    };
    let mut name = author.map(plain).unwrap_or_default();
    if name.is_empty() {
        name = plain(site);
    }
    if let Some(date) = citation.date {
        let year = match date.from {
            DatePoint::Year(year) | DatePoint::Season(year, _) | DatePoint::Month(year, _) => year,
            DatePoint::Day(day) => day.year(),
        };
        name = format!("{name} {year}");
    }
    // A name of digits alone is not allowed.
    if !name.contains(char::is_alphabetic) {
        name = format!("ref {name}");
    }
    let name = name.trim().to_owned();
    // Past the letters, a number that grows with the names taken.
    let many = u32::try_from(taken.len()).unwrap_or(u32::MAX).max(27);
    let free = (1..=26).chain(many..).map(|number| match number {
        1 => name.clone(),
        _ => format!("{name} {}", letter(number)),
    });
    for candidate in free.take(taken.len() + 2) {
        if taken.insert(candidate.to_lowercase()) {
            return candidate;
        }
    }
    name
}

/// `b` for 2, `c` for 3 …, then numbers.
fn letter(number: u32) -> String {
    let letter = u8::try_from(number).ok().filter(|number| *number <= 26);
    letter.map_or_else(
        || number.to_string(),
        |number| char::from(b'a' + number - 1).to_string(),
    )
}
