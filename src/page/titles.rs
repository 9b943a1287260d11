//! Title candidates, and the best of them.

use std::collections::BTreeSet;

use super::json_ld::{LdNode, LdRank};
use super::outline::{Block, Outline};
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
    list.raw.push((outline.title.clone(), "<title>".to_owned()));
    let others: Vec<&str> = list.raw.iter().map(|(title, _)| title.as_str()).collect();
    let headings = headings(outline, &others);
    for heading in &headings {
        list.raw.push((heading.text.clone(), "<h1>".to_owned()));
    }
    list.ordered(&site, &headings)
}

/// The text of the `<h1>`s that are not beside the page's own text, the likeliest first: the one
/// that the titles written for machines repeat. A slogan or a section's name is in none of them.
fn headings(outline: &Outline, others: &[&str]) -> Vec<Heading> {
    let other_pairs: Vec<Pairs> = others.iter().map(|title| pairs(title)).collect();
    // Too short to be compared by pairs of letters, a heading may still be a part of a title.
    let others_parts: BTreeSet<String> = others
        .iter()
        .flat_map(|title| title.split(['|', '-', '–', '—', ':', '·', '»', '｜', '_']))
        .map(key)
        .collect();
    let own = |block: &&Block| block.heading == 1 && !outline.is_beside(block.region);
    let mut all: Vec<Heading> = outline
        .blocks
        .iter()
        .filter(own)
        .map(|block| folded(outline.block_text(*block)))
        .filter(|text| 1 < text.chars().count())
        .take(MAX_HEADINGS)
        .map(|text| {
            let own = pairs(&text);
            let shares = other_pairs.iter().map(|other| likeness(&own, other));
            let part = others_parts.contains(&key(&text));
            let likeness = shares.fold(if part { 1.0 } else { 0.0 }, f64::max);
            let common = other_pairs.iter().map(|other| common_pairs(&own, other));
            Heading {
                likeness,
                common: if likeness < SAME_TITLE {
                    0
                } else {
                    common.max().unwrap_or(0)
                },
                text,
            }
        })
        .collect();
    // A kicker is a part of the title too: of those alike, the one that has more of it.
    all.sort_by(|a, b| {
        let alike = b.likeness.total_cmp(&a.likeness);
        b.common.cmp(&a.common).then(alike)
    });
    all
}

struct Heading {
    text: String,
    /// How much of it, or of another title, the two share: 0 to 1.
    likeness: f64,
    /// How many pairs of letters it shares with the title that it is like.
    common: usize,
}

/// Likeness from which a heading is the article's.
const SAME_TITLE: f64 = 0.6;

/// Headings looked at in one page.
const MAX_HEADINGS: usize = 12;

/// Neighbouring letters, ascending, each pair once.
type Pairs = Vec<(char, char)>;

/// Neighbouring letters: compare titles in scripts with and without spaces alike.
fn pairs(text: &str) -> Pairs {
    let letters: Vec<char> = key(text::head(text, MAX_BYTES)).chars().collect();
    let next = letters.iter().copied().skip(1);
    let mut pairs: Pairs = letters.iter().copied().zip(next).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How many pairs two lists share.
fn common_pairs(a: &Pairs, b: &Pairs) -> usize {
    let is_in = |pair: &&(char, char)| b.binary_search(pair).is_ok();
    a.iter().filter(is_in).count()
}

/// The share of the smaller set that the other has too.
fn likeness(a: &Pairs, b: &Pairs) -> f64 {
    let smaller = a.len().min(b.len());
    if smaller < 4 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "titles have few letters")]
    let share = common_pairs(a, b) as f64 / smaller as f64;
    share
}

#[derive(Default)]
struct Titles {
    raw: Vec<(String, String)>,
}

impl Titles {
    /// What a heading loses: when no other title is like it, or when one stands whole within it
    /// and the rest is a kicker or subtitle.
    fn doubt(&self, heading: &str, headings: &[Heading]) -> u8 {
        let unlike = |known: &Heading| known.text == heading && known.likeness < SAME_TITLE;
        if headings.iter().any(unlike) {
            return UNLIKE_HEADING;
        }
        let whole = key(heading);
        let within = self.raw.iter().any(|(title, source)| {
            let title = key(title);
            let length = title.chars().count();
            matches!(source.as_str(), "JSON-LD headline" | "og:title")
                && 12 <= length
                && length + 4 <= whole.chars().count()
                && whole.contains(&title)
        });
        if within { LONGER_HEADING } else { 0 }
    }

    fn ordered(self, site: &SiteNames, headings: &[Heading]) -> Vec<TitleCandidate> {
        let mut ranked: Vec<(u8, TitleCandidate)> = Vec::new();
        for (value, source) in &self.raw {
            let stripped = site.strip(value, headings);
            let is_site = site.is_name(value);
            let lost = if source == "<h1>" {
                self.doubt(value, headings)
            } else {
                0
            };
            let lost = lost + u8::from(is_site) * 20;
            let rank = |base: u8| base + lost;
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

/// What a heading loses that no other title is like: it stands behind these.
const UNLIKE_HEADING: u8 = 5;

/// What a heading loses that holds more than the title: it stands behind headline and `og:title`.
const LONGER_HEADING: u8 = 3;

/// How far a source is trusted to hold the title and nothing else; lower is better. Measured on
/// pages with known titles.
fn base_rank(source: &str) -> u8 {
    match source {
        _ if source.starts_with("citation_title") => 0,
        _ if source.starts_with("<h1>") => 1,
        _ if source.starts_with("JSON-LD headline") => 2,
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
    fn strip(&self, title: &str, headings: &[Heading]) -> Option<String> {
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

    fn strip_once<'a>(&self, title: &'a str, headings: &[Heading]) -> Option<&'a str> {
        let is_heading = |text: &str| {
            let text = key(text);
            8 <= text.len() && headings.iter().any(|heading| key(&heading.text) == text)
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
