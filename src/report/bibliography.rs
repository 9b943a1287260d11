//! The works that references cite, as bibliographies have them: one item for each work.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::{CheckedArticle, CheckedReference, Citation, LanguageTag, Work};

use super::safe::{visible, web_address};

/// Types by template.
const TYPES: &str = include_str!("data/work-types.tsv");

/// Longest key without the digits that make it unique.
const KEY: usize = 40;

/// A cited work.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// Unique among the items, in ASCII; the same as long as the citation is, wherever it stands.
    pub(super) key: String,
    /// Type in CSL.
    pub(super) csl: &'static str,
    /// Entry type in BibLaTeX.
    pub(super) biblatex: &'static str,
    /// Its article.
    pub(super) article: &'a str,
    /// Number of the reference.
    pub(super) reference: u32,
    /// What the citation says.
    pub(super) citation: Citation,
    /// The source's language.
    pub(super) language: Option<LanguageTag>,
}

impl Item<'_> {
    /// A parameter by its CS1 name, on one line, without the marks of links and italics.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        let value = &self.citation.fields.get(name)?.value;
        let plain = value.replace("[[", "").replace("]]", "").replace("''", "");
        some(&plain)
    }

    /// The work's own title: of a chapter, if one is cited.
    pub(super) fn title(&self) -> Option<String> {
        self.field("chapter").or_else(|| self.whole_title())
    }

    /// What it appeared in.
    pub(super) fn container(&self) -> Option<String> {
        if self.field("chapter").is_some() {
            return self.whole_title();
        }
        let book = || self.field("book-title");
        self.citation.work.as_deref().and_then(some).or_else(book)
    }

    fn whole_title(&self) -> Option<String> {
        let citation = &self.citation;
        let title = citation.title.as_ref().or(citation.script_title.as_ref());
        title.and_then(|title| some(title))
    }

    /// The address, if it is one of the web; no link may lead elsewhere.
    pub(super) fn url(&self) -> Option<String> {
        self.citation.url.as_deref().and_then(web_address)
    }

    /// The archived copy.
    pub(super) fn archive_url(&self) -> Option<String> {
        self.citation.archive_url.as_deref().and_then(web_address)
    }
}

/// The value on one line; `None` if nothing is left.
pub(super) fn some(text: &str) -> Option<String> {
    let text = visible(text);
    (!text.is_empty()).then_some(text)
}

/// Every work of the articles that is told by more than its place, in order.
pub(super) fn items(articles: &[CheckedArticle]) -> Vec<Item<'_>> {
    let types = types();
    let mut keys: BTreeMap<String, usize> = BTreeMap::new();
    let mut items = Vec::new();
    for article in articles {
        for block in article.references.blocks() {
            for reference in block.iter() {
                let works = reference.works().filter(|work| is_told(work.citation));
                items.extend(works.map(|work| {
                    let mut item = item(article, reference, work, &types);
                    let count = keys.entry(item.key.clone()).or_default();
                    *count += 1;
                    if 1 < *count {
                        let _ = write!(item.key, "-{count}");
                    }
                    item
                }));
            }
        }
    }
    items
}

fn is_told(citation: &Citation) -> bool {
    let titled = citation.title.is_some() || citation.script_title.is_some();
    titled || citation.url.is_some() || citation.work.is_some()
}

fn item<'a>(
    article: &'a CheckedArticle,
    reference: &CheckedReference,
    work: Work<'_>,
    types: &BTreeMap<String, (&'static str, &'static str)>,
) -> Item<'a> {
    let by_template = work.template.and_then(|name| types.get(&folded(name)));
    let (csl, biblatex) = by_template
        .copied()
        .unwrap_or_else(|| by_parameters(work.citation));
    let chapter = csl == "book" && work.citation.fields.contains_key("chapter");
    let (csl, biblatex) = if chapter {
        ("chapter", "incollection")
    } else {
        (csl, biblatex)
    };
    // What the citation says comes first; a title's language is told apart with less certainty.
    let cited = work.citation.language.first();
    let known = work.language.map(|known| &known.tag);
    Item {
        key: key(work.citation),
        csl,
        biblatex,
        article: &article.input,
        reference: reference.number,
        citation: work.citation.clone(),
        language: cited.or(known).cloned(),
    }
}

/// Types of templates, by folded name.
fn types() -> BTreeMap<String, (&'static str, &'static str)> {
    let lines = TYPES.lines().filter(|line| !line.starts_with('#'));
    let mut types = BTreeMap::new();
    for line in lines {
        let mut columns = line.split('\t');
        if let (Some(csl), Some(biblatex), Some(names)) =
            (columns.next(), columns.next(), columns.next())
        {
            types.extend(names.split(';').map(|name| (folded(name), (csl, biblatex))));
        }
    }
    types
}

fn folded(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, ' ' | '_' | '-'));
    letters.flat_map(char::to_lowercase).collect()
}

fn by_parameters(citation: &Citation) -> (&'static str, &'static str) {
    let fields = &citation.fields;
    let work = fields
        .get("work")
        .and_then(|field| field.parameter.as_deref());
    match work {
        Some("journal") => ("article-journal", "article"),
        Some("newspaper") => ("article-newspaper", "article"),
        Some("magazine") => ("article-magazine", "article"),
        Some(_) | None if fields.contains_key("isbn") => ("book", "book"),
        Some(_) | None if fields.contains_key("doi") => ("article-journal", "article"),
        Some(_) | None if citation.url.is_some() => ("webpage", "online"),
        Some(_) | None => ("document", "misc"),
    }
}

/// Name, year, and six digits of a hash over what tells the work: `penhallick-1998-3fa2c1`.
fn key(citation: &Citation) -> String {
    use crate::model::Person;
    let name = citation.authors.first().map(|author| match author {
        Person::Split { last, .. } => last.as_str(),
        Person::Whole { name } => name.as_str(),
    });
    let name = slug(name.or(citation.work.as_deref()).unwrap_or_default());
    let year = citation.date.map(|date| date.from.earliest().year());
    let title = citation.title.as_ref().or(citation.script_title.as_ref());
    let told = [citation.url.as_ref(), title, citation.work.as_ref()];
    let mut hasher = Sha256::new();
    for part in told.into_iter().flatten() {
        let part = web_address(part).unwrap_or_else(|| part.clone());
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let mut key = if name.is_empty() {
        "ref".to_owned()
    } else {
        name
    };
    if let Some(year) = year {
        let _ = write!(key, "-{year}");
    }
    key.push('-');
    for byte in hasher.finalize().iter().take(3) {
        let _ = write!(key, "{byte:02x}");
    }
    key
}

/// Lower-case letters and digits of ASCII; accents are left off, other scripts left out.
fn slug(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
    let mut slug = String::new();
    for c in plain {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && c.is_ascii() {
            slug.push('-');
        }
        if KEY <= slug.len() {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_types_is_whole() {
        let types = types();
        for line in TYPES.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 3, "{line}");
        }
        assert_eq!(
            types.get(&folded("Cite_News")),
            Some(&("article-newspaper", "article"))
        );
        assert_eq!(
            types.get(&folded("Internetquelle")),
            Some(&("webpage", "online"))
        );
        assert_eq!(types.get(&folded("استشهاد بكتاب")), Some(&("book", "book")));
    }

    #[test]
    fn keys_are_ascii() {
        let check = |text: &str, expect: &str| assert_eq!(slug(text), expect);
        check("Penhallick", "penhallick");
        check("Müller-Łoś", "muller-os");
        check("Річка", "");
        check("} @x{,", "x");
        check("", "");
    }
}
