//! Which citations need an address, and what is wrong with those that have none.

use super::cs1;
use super::parameters::{given, parameter};
use super::rule::SourceContext;
use crate::cs1::UrlDemand;
use crate::links::embedded_url;

static MAKERS: &str = include_str!("data/address-makers.tsv");
static WEB_WORDS: &str = include_str!("data/web-template-words.tsv");

/// Identifiers that lead to the source without a URL.
const IDENTIFIERS: [&str; 12] = [
    "doi", "isbn", "issn", "pmid", "pmc", "arxiv", "eprint", "oclc", "jstor", "hdl", "bibcode",
    "s2cid",
];

/// Which flaw a citation without any URL has; one citation has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoUrl {
    /// The address of an archived copy stands alone.
    ArchiveAlone,
    /// It cites a web page.
    WebPage,
    /// It says when something was accessed.
    Accessed,
    /// It says what format the missing page has, or who may read it.
    Described,
}

/// The flaw that a citation without a URL has; `None` where it has one or needs none.
pub(super) fn no_url(ctx: &SourceContext<'_>) -> Option<NoUrl> {
    let citation = &ctx.source.citation;
    let template = ctx.source.template.as_ref()?;
    let titles = ["title", "chapter"];
    let linked = |field: &str| {
        let field = citation.fields.get(field);
        field.is_some_and(|field| embedded_url(&field.value).is_some())
    };
    // What a template writes into the parameter is an address too; a link in the title is
    // reported as such.
    let has = |field: &str| citation.fields.contains_key(field);
    let has_url = citation.url.is_some() || has("url") || has("chapter-url");
    if has_url || titles.into_iter().any(linked) {
        return None;
    }
    let demand = cs1::rendered(ctx).map(|template| template.url);
    if citation.archive_url.is_some() {
        let own = given(ctx, "archive-url").is_some();
        return (own && demand.is_some()).then_some(NoUrl::ArchiveAlone);
    }
    let cites_web = match demand {
        Some(UrlDemand::Always) => true,
        Some(UrlDemand::WithWebsite) => parameter(ctx, "website").is_some(),
        Some(UrlDemand::Never) => false,
        None => !has_identifier(ctx) && has_web_word(template),
    };
    if cites_web {
        return Some(NoUrl::WebPage);
    }
    let finds_itself = || has_identifier(ctx) || makes_addresses(template);
    if has("access-date") && (demand.is_some() || !finds_itself()) {
        return Some(NoUrl::Accessed);
    }
    let described = ["format", "url-access"];
    let described = described.iter().any(|name| parameter(ctx, name).is_some());
    (demand.is_some() && described).then_some(NoUrl::Described)
}

/// Whether the name tells that web pages are cited; a word in Latin letters stands alone, since
/// "web" is also in "Webster".
fn has_web_word(template: &str) -> bool {
    let name = template.to_lowercase();
    let mut words = name.split([' ', '_', '-']);
    rows(WEB_WORDS).any(|(word, _)| {
        if word.is_ascii() {
            words.clone().any(|part| part == word)
        } else {
            name.contains(word)
        }
    }) || words.any(|part| {
        crate::cs1::template(part).is_some_and(|template| template.url == UrlDemand::Always)
    })
}

/// Whether a template is of a family whose members make addresses of their own.
fn makes_addresses(template: &str) -> bool {
    let counts = template.chars().filter(|c| !matches!(c, ' ' | '_' | '-'));
    let name: String = counts.flat_map(char::to_lowercase).collect();
    rows(MAKERS).any(|(beginning, _)| name.starts_with(beginning))
}

fn has_identifier(ctx: &SourceContext<'_>) -> bool {
    let raw = ctx.source.citation.raw.iter();
    let mut given = raw.filter(|(_, value)| !value.trim().is_empty());
    given.any(|(name, _)| IDENTIFIERS.contains(&name.to_lowercase().as_str()))
}

/// The first two columns of a table.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_line_has_its_columns() {
        for (table, columns) in [(MAKERS, 2), (WEB_WORDS, 3)] {
            for line in table.lines().filter(|line| !line.starts_with('#')) {
                assert_eq!(line.split('\t').count(), columns, "{line}");
            }
        }
    }
}
