//! What kind of page it is, as far as dates are concerned: an article is published on a day, a
//! shop, a list or a front page is not.

use std::collections::HashMap;
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::json_ld::{LdNode, LdRank};
use super::outline::{Outline, RegionKind};

/// What tells articles from other pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of a page, each with its own weight"
)]
pub(super) struct PageKind {
    /// The address is the site's root.
    pub(super) is_home: bool,
    /// The address stands in a section of articles, or under a year.
    pub(super) dated_address: bool,
    /// The address stands where things are offered, listed or kept up to date.
    pub(super) undated_address: bool,
    /// The address ends in a name of several words, as headlines make them.
    pub(super) headline_in_address: bool,
    /// `og:type` says website.
    pub(super) og_website: bool,
    /// `og:type` says neither article nor website.
    pub(super) og_other: bool,
    /// JSON-LD describes the web page and no article.
    pub(super) only_web_page: bool,
    /// It has several `<article>`s.
    pub(super) several_articles: bool,
    /// It has little text.
    pub(super) is_short: bool,
}

/// Names of at least so many words are headlines.
const HEADLINE_WORDS: usize = 4;
/// So many articles on one page are a list of them.
const SEVERAL: usize = 3;
/// A page with fewer words is short.
const SHORT_WORDS: usize = 80;

impl PageKind {
    /// Looks at the address, the declared types and the structure of a page.
    pub(super) fn of(outline: &Outline, nodes: &[LdNode], url: Option<&Url>, words: usize) -> Self {
        let has = |rank: LdRank| nodes.iter().any(|node| node.rank == rank);
        let og_type = outline.meta("og:type").next().map(str::to_lowercase);
        let og_type = og_type.as_deref().unwrap_or_default();
        let article = og_type.contains("article") || og_type.contains("post");
        let website = og_type.contains("website");
        let articles = outline.regions.iter();
        let articles = articles.filter(|region| region.kind == RegionKind::Article);
        let of_address = url.map(Self::of_address).unwrap_or_default();
        Self {
            og_website: website,
            og_other: !og_type.is_empty() && !article && !website,
            only_web_page: has(LdRank::Page) && !has(LdRank::Article),
            several_articles: SEVERAL <= articles.count(),
            is_short: words < SHORT_WORDS,
            ..of_address
        }
    }

    fn of_address(url: &Url) -> Self {
        let names: Vec<String> = url
            .path_segments()
            .into_iter()
            .flatten()
            .filter(|name| !name.is_empty())
            .take(MAX_NAMES)
            .map(name_of)
            .collect();
        let Some((last, sections)) = names.split_last() else {
            return Self {
                is_home: url.query().is_none(),
                ..Self::default()
            };
        };
        let kind = |name: &String| WORDS.get(name.as_str()).copied();
        let words = last.split(['-', '_']).filter(|word| !word.is_empty());
        Self {
            dated_address: sections
                .iter()
                .any(|name| kind(name) == Some(Section::Dated) || is_year(name)),
            undated_address: names
                .iter()
                .any(|name| kind(name) == Some(Section::Undated))
                || is_undated_host(url),
            headline_in_address: HEADLINE_WORDS <= words.count(),
            ..Self::default()
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Dated,
    Undated,
}

static WORDS: LazyLock<HashMap<&'static str, Section>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in include_str!("data/address_words.tsv").lines() {
        let (section, names) = match line.split_once('\t') {
            Some(("dated", names)) => (Section::Dated, names),
            Some(("undated", names)) => (Section::Undated, names),
            Some(_) | None => continue,
        };
        words.extend(names.split_whitespace().map(|name| (name, section)));
    }
    words
});

/// Names of a path that are looked at.
const MAX_NAMES: usize = 30;

/// A part of a path in lower case, percent-encoding read, without an ending such as `.html`.
pub(super) fn name_of(part: &str) -> String {
    let name = percent_decode_str(part).decode_utf8_lossy().to_lowercase();
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && (2..=5).contains(&ending.len()) => {
            stem.to_owned()
        }
        Some(_) | None => name,
    }
}

fn is_year(name: &str) -> bool {
    name.len() == 4
        && (name.starts_with("19") || name.starts_with("20"))
        && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Labels under countries' domains that nobody registers.
const SECOND_LEVELS: [&str; 11] = [
    "ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org", "gob",
];

/// Whether a label before the domain says so: `shop.`, `docs.`
fn is_undated_host(url: &Url) -> bool {
    let Some(Host::Domain(host)) = url.host() else {
        return false;
    };
    let labels: Vec<&str> = host.split('.').collect();
    // Under many countries' domains names are registered one label deeper: `wiki.co.uk`.
    let deeper = match labels.as_slice() {
        [.., second, country] => country.len() == 2 && SECOND_LEVELS.contains(second),
        _ => false,
    };
    let before_domain = labels.len().saturating_sub(2 + usize::from(deeper));
    labels
        .iter()
        .take(before_domain)
        .any(|label| WORDS.get(label) == Some(&Section::Undated))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_articles_from_other_pages() {
        for (address, dated, undated, headline) in [
            (
                "https://v.example/news/storm-hits-the-coast-again",
                true,
                false,
                true,
            ),
            ("https://v.example/2024/storm.html", true, false, false),
            ("https://v.example/news/", false, false, false),
            ("https://v.example/новини/шторм", true, false, false),
            (
                "https://v.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8/1",
                true,
                false,
                false,
            ),
            ("https://shop.v.example/kettle", false, true, false),
            ("https://shop.example/kettle", false, false, false),
            ("https://shop.co.uk/kettle", false, false, false),
            ("https://shop.kettles.co.uk/kettle", false, true, false),
            ("https://v.example/produkte/kessel", false, true, false),
            ("https://v.example/", false, false, false),
        ] {
            let kind = PageKind::of_address(&Url::parse(address).unwrap());
            let told = (
                kind.dated_address,
                kind.undated_address,
                kind.headline_in_address,
            );
            assert_eq!(told, (dated, undated, headline), "{address}");
            assert_eq!(kind.is_home, address.ends_with("example/"), "{address}");
        }
    }
}
