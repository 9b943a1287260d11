//! Where a page says what it is called: every title as written, with the place.

use super::json_ld::{LdNode, LdRank};
use super::outline::{Block, Outline, RegionKind};
use super::text;

/// Longest title kept, in bytes.
const MAX_BYTES: usize = 1_000;

/// Headings looked at in one page.
const MAX_HEADINGS: usize = 12;

/// Lower headings looked at in one page.
const MAX_LOWER_HEADINGS: usize = 30;

/// A place that holds a title; the first names a candidate that several places hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Citation,
    Heading,
    LdHeadline,
    OpenGraph,
    Twitter,
    Title,
    OtherMeta,
    LdName,
}

/// `<meta>` names that hold the title, with how a report names them.
const META_TITLES: &[(&str, Place)] = &[
    ("citation_title", Place::Citation),
    ("og:title", Place::OpenGraph),
    ("twitter:title", Place::Twitter),
    ("dc.title", Place::OtherMeta),
    ("dcterms.title", Place::OtherMeta),
    ("parsely-title", Place::OtherMeta),
    ("sailthru.title", Place::OtherMeta),
    ("headline", Place::OtherMeta),
];

/// A title as it is written on the page, white space folded.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) place: Place,
    /// How a report names the place.
    pub(super) source: &'static str,
    /// Of an `<h1>`.
    pub(super) heading: Option<Heading>,
}

/// What tells a headline from a logo, a slogan or a section's name.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts, not a state"
)]
pub(super) struct Heading {
    /// Whether it is the page's first.
    pub(super) first: bool,
    /// Whether it is the page's only one.
    pub(super) only: bool,
    /// Whether all of it is a link.
    pub(super) linked: bool,
    /// Whether it stands in an article, the main part or the content.
    pub(super) in_article: bool,
}

/// All titles as written, in the order of trust in their places.
pub(super) fn written(outline: &Outline, nodes: &[LdNode]) -> Vec<Written> {
    let mut all = Vec::new();
    let mut push = |text: String, place: Place, source: &'static str| {
        all.push(Written {
            text,
            place,
            source,
            heading: None,
        });
    };
    for node in nodes.iter().filter(|node| node.rank != LdRank::Other) {
        if let Some(headline) = &node.headline {
            push(plain(headline), Place::LdHeadline, "JSON-LD headline");
        }
        if let Some(name) = &node.name {
            push(plain(name), Place::LdName, "JSON-LD name");
        }
    }
    for (name, place) in META_TITLES {
        if let Some(title) = outline.meta(name).next() {
            push(plain(title), *place, name);
        }
    }
    push(folded(&outline.title), Place::Title, "<title>");
    all.extend(headings(outline));
    all
}

/// The `<h1>`s that are not beside the page's own text.
fn headings(outline: &Outline) -> Vec<Written> {
    let own = |block: &&Block| block.heading == 1 && !outline.is_beside(block.region);
    let mut all: Vec<Written> = outline
        .blocks
        .iter()
        .filter(own)
        .map(|block| (*block, heading_text(outline.block_text(*block))))
        .filter(|(_, text)| 1 < text.chars().count())
        .take(MAX_HEADINGS)
        .map(|(block, text)| {
            let within = |kind| outline.is_within(block.region, kind);
            let heading = Heading {
                first: false,
                only: false,
                linked: 9 * block.bytes() <= 10 * block.link_bytes,
                in_article: within(RegionKind::Article)
                    || within(RegionKind::Main)
                    || within(RegionKind::Content),
            };
            Written {
                text,
                place: Place::Heading,
                source: "<h1>",
                heading: Some(heading),
            }
        })
        .collect();
    let only = all.len() == 1;
    if let Some(heading) = all.first_mut().and_then(|first| first.heading.as_mut()) {
        heading.first = true;
        heading.only = only;
    }
    all
}

/// The texts of the page's lower headings, wherever they stand.
pub(super) fn lower_headings(outline: &Outline) -> impl Iterator<Item = &str> {
    let lower = outline
        .blocks
        .iter()
        .filter(|block| matches!(block.heading, 2 | 3));
    let texts = lower.map(|block| outline.block_text(*block));
    texts
        .take(MAX_LOWER_HEADINGS)
        .map(|text| text::head(text, MAX_BYTES))
}

/// White space folded, cut to a sane length.
fn folded(title: &str) -> String {
    text::head(&text::folded(title), MAX_BYTES).to_owned()
}

/// A heading without the sign by which it can be linked to.
fn heading_text(text: &str) -> String {
    folded(text.trim_end_matches(['¶', '#', '§', '🔗', ' ']))
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
