//! Title candidates, and the best of them.

use super::json_ld::{LdNode, LdRank};
use super::outline::Outline;
use super::text;
use crate::model::TitleCandidate;

/// Longest title kept, in bytes.
const MAX_BYTES: usize = 1_000;

/// Titles kept of one page.
const MAX_TITLES: usize = 20;

/// `<meta>` names that hold the title, best first, with how a report names them.
const META_TITLES: &[(&str, &str)] = &[
    ("citation_title", "citation_title"),
    ("og:title", "og:title"),
    ("twitter:title", "twitter:title"),
    ("dc.title", "dc.title"),
    ("dcterms.title", "dcterms.title"),
    ("parsely-title", "parsely-title"),
    ("sailthru.title", "sailthru.title"),
    ("headline", "headline"),
];

/// What separates a title from the name of its site. A hyphen needs space around it.
const SEPARATORS: &[&str] = &[
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " ~ ", " : ", " › ",
    " ‹ ", " // ", " _ ", " ‒ ", " ― ", "｜", "|", "－", "：", " > ", " < ", "_", " -- ", ": ",
];

/// All titles, most trustworthy first, duplicates removed; then the best one without its site's
/// name.
pub(super) fn titles(
    outline: &Outline,
    nodes: &[LdNode],
    host: Option<&str>,
) -> Vec<TitleCandidate> {
    let site = SiteNames::read(outline, host);
    let headings = headings(outline);
    let mut list = Titles::default();
    for node in nodes.iter().filter(|node| node.rank != LdRank::Other) {
        if let Some(headline) = &node.headline {
            let source = match node.rank {
                LdRank::Article => "JSON-LD headline",
                LdRank::Page | LdRank::Other => "JSON-LD name",
            };
            list.raw.push((plain(headline), source.to_owned()));
        }
    }
    for (name, source) in META_TITLES {
        if let Some(title) = outline.meta(name).next() {
            list.raw.push((plain(title), (*source).to_owned()));
        }
    }
    for heading in &headings {
        list.raw.push((heading.clone(), "<h1>".to_owned()));
    }
    list.raw.push((outline.title.clone(), "<title>".to_owned()));
    list.ordered(&site, &headings)
}

/// The text of the `<h1>`s that are not beside the page's own text, the likeliest first: the one
/// that `<title>` repeats.
fn headings(outline: &Outline) -> Vec<String> {
    let mut all: Vec<String> = outline
        .blocks
        .iter()
        .filter(|block| block.heading == 1 && !outline.is_beside(block.region))
        .map(|block| folded(outline.block_text(*block)))
        .filter(|text| 1 < text.chars().count())
        .take(5)
        .collect();
    let title = key(&outline.title);
    let named = |text: &String| !title.contains(&key(text)) || key(text).chars().count() < 4;
    all.sort_by_key(named);
    all
}

#[derive(Default)]
struct Titles {
    raw: Vec<(String, String)>,
}

impl Titles {
    fn ordered(self, site: &SiteNames, headings: &[String]) -> Vec<TitleCandidate> {
        let mut ranked: Vec<(u8, TitleCandidate)> = Vec::new();
        for (value, source) in &self.raw {
            let stripped = site.strip(value, headings);
            let is_site = site.is_name(value);
            let rank = |base: u8| if is_site { base + 20 } else { base };
            if let Some(stripped) = stripped {
                let without = format!("{source} without the site's name");
                ranked.push((rank(base_rank(&without)), candidate(stripped, without)));
                ranked.push((30, candidate(value.clone(), source.clone())));
            } else {
                ranked.push((
                    rank(base_rank(source)),
                    candidate(value.clone(), source.clone()),
                ));
            }
        }
        ranked.retain(|(_, title)| !title.value.is_empty());
        ranked.sort_by_key(|(rank, _)| *rank);
        let mut seen: Vec<String> = Vec::new();
        let mut kept = Vec::new();
        for (_, title) in ranked {
            if !seen.contains(&title.value) && kept.len() < MAX_TITLES {
                seen.push(title.value.clone());
                kept.push(title);
            }
        }
        kept
    }
}

fn candidate(value: String, source: String) -> TitleCandidate {
    TitleCandidate { value, source }
}

/// How far a source is trusted to hold the title and nothing else; lower is better. Measured on
/// pages with known titles.
fn base_rank(source: &str) -> u8 {
    match source {
        _ if source.starts_with("citation_title") => 0,
        _ if source.starts_with("JSON-LD headline") => 1,
        _ if source.starts_with("<h1>") => 2,
        _ if source.starts_with("og:title") => 3,
        _ if source.starts_with("twitter:title") => 4,
        _ if source.starts_with("<title>") => 5,
        _ if source.starts_with("JSON-LD name") => 7,
        _ => 6,
    }
}

/// Names that the site goes by.
struct SiteNames {
    /// As the page says, folded for comparison.
    named: Vec<String>,
    /// Labels of the host without its suffix.
    labels: Vec<String>,
}

impl SiteNames {
    fn read(outline: &Outline, host: Option<&str>) -> Self {
        let named = [
            "og:site_name",
            "application-name",
            "twitter:site",
            "publisher",
            "author",
        ]
        .into_iter()
        .filter_map(|name| outline.meta(name).next())
        .map(key)
        .filter(|name| 1 < name.chars().count())
        .collect();
        let labels: Vec<&str> = host.unwrap_or_default().split('.').collect();
        let kept = labels.len().saturating_sub(1);
        let labels = labels
            .into_iter()
            .take(kept)
            .filter(|label| 3 <= label.len() && !matches!(*label, "www" | "com" | "news"))
            .map(key)
            .collect();
        Self { named, labels }
    }

    /// Whether a text is the site's name and nothing else.
    fn is_name(&self, text: &str) -> bool {
        let name = key(text);
        if name.is_empty() {
            return false;
        }
        let bare = name
            .trim_end_matches("online")
            .trim_end_matches("com")
            .trim_start_matches("www")
            .trim_start_matches("the");
        let is_label = |label: &String| {
            let short = 4 <= label.len() && name.len() <= label.len() + 12;
            *label == name || *label == bare || short && name.contains(label.as_str())
        };
        self.named
            .iter()
            .any(|known| *known == name || *known == bare)
            || self.labels.iter().any(is_label)
    }

    /// The title without the site's name before or after it; `None` when nothing shows that a
    /// part of it is that.
    fn strip(&self, title: &str, headings: &[String]) -> Option<String> {
        let mut rest = title.trim();
        let mut changed = false;
        // Section and site may both stand there; each cut needs its own evidence.
        for _ in 0..3 {
            let Some(shorter) = self.strip_once(rest, headings) else {
                break;
            };
            rest = shorter;
            changed = true;
        }
        changed.then(|| rest.to_owned())
    }

    fn strip_once<'a>(&self, title: &'a str, headings: &[String]) -> Option<&'a str> {
        let is_heading = |text: &str| {
            let text = key(text);
            8 <= text.chars().count() && headings.iter().any(|heading| key(heading) == text)
        };
        for separator in SEPARATORS {
            if let Some((head, tail)) = title.rsplit_once(separator)
                && !head.trim().is_empty()
                && (self.is_name(tail) || is_heading(head))
                && !self.is_name(head)
            {
                return Some(head.trim());
            }
            if let Some((head, tail)) = title.split_once(separator)
                && !tail.trim().is_empty()
                && (self.is_name(head) || is_heading(tail))
                && !self.is_name(tail)
            {
                return Some(tail.trim());
            }
        }
        None
    }
}

/// Letters and digits in lower case: how names are compared.
fn key(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// White space folded, cut to a sane length.
fn folded(title: &str) -> String {
    text::head(&text::folded(title), MAX_BYTES).to_owned()
}

/// A title from a place where markup is text: entities and tags that were put there twice are
/// read.
fn plain(title: &str) -> String {
    let escaped = title.contains('&') && title.contains(';') || title.contains("</");
    if !escaped {
        return folded(title);
    }
    let html = super::dom::parse(text::bounded(title));
    let outline = super::walk::walk(&html);
    folded(&outline.text)
}
