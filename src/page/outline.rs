//! What one walk over a page gathers; everything else is read from here.

use crate::model::DateKind;

/// A page taken apart.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// `<html lang>`.
    pub(super) html_lang: Option<String>,
    /// `<meta>` tags in order.
    pub(super) metas: Vec<Meta>,
    /// `<link>` tags that name the page itself or its versions.
    pub(super) links: Vec<Link>,
    /// The first `<title>`.
    pub(super) title: String,
    /// JSON-LD scripts.
    pub(super) json_ld: Vec<String>,
    /// Text of `<noscript>`.
    pub(super) noscript: String,
    /// How many scripts the page has.
    pub(super) scripts: usize,
    /// Whether it shows something that is no text: pictures, frames, films.
    pub(super) shows_media: bool,
    /// Whether an element is there for a script to fill, such as `<div id="root">`.
    pub(super) mount_point: bool,
    /// How many `<input>`s were looked at.
    pub(super) fields: usize,
    /// Fields that ask who the visitor is.
    pub(super) credentials: Credentials,
    /// What shown fields and buttons say in their attributes, one line each; its beginning.
    pub(super) field_labels: String,
    /// Text of `<template>`s, which only a script shows; its beginning.
    pub(super) template: String,
    /// All visible text, white space folded, one line per block.
    pub(super) text: String,
    /// The blocks of `text`, in order.
    pub(super) blocks: Vec<Block>,
    /// Regions of the page; each one's parent comes before it. The first is the page.
    pub(super) regions: Vec<Region>,
    /// Elements that may hold a date, in order.
    pub(super) marks: Vec<Mark>,
}

/// How many fields ask for a password or a user's name, by where they stand.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Credentials {
    /// In the page's own elements.
    pub(super) in_page: usize,
    /// Of those, how many stand in elements that are not shown.
    pub(super) hidden: usize,
    /// Of those, how many are shown in the page's frame: its head, menus, columns, foot.
    pub(super) in_frame: usize,
    /// In a `<template>`.
    pub(super) in_template: usize,
}

impl Credentials {
    /// How many are shown.
    pub(super) fn shown(self) -> usize {
        self.in_page.saturating_sub(self.hidden)
    }

    /// How many are shown where the text of a page stands.
    pub(super) fn in_text(self) -> usize {
        self.shown().saturating_sub(self.in_frame)
    }
}

/// A `<meta>` tag.
#[derive(Debug)]
pub(super) struct Meta {
    /// `name`, `property`, `itemprop` or `http-equiv`, in lower case.
    pub(super) name: String,
    /// `content`.
    pub(super) content: String,
}

/// A `<link>` tag.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) rel: String,
    pub(super) href: String,
    pub(super) hreflang: Option<String>,
}

/// A stretch of text without a block boundary inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// First byte in [`Outline::text`].
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Bytes of it that are link text.
    pub(super) link_bytes: usize,
    /// 1 to 6 for a heading, 0 otherwise.
    pub(super) heading: u8,
    /// Whether it is a list item or table cell.
    pub(super) item: bool,
    /// Index of its innermost region.
    pub(super) region: usize,
}

impl Block {
    pub(super) fn bytes(self) -> usize {
        self.end.saturating_sub(self.start)
    }
}

/// What a part of the page holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RegionKind {
    Page,
    /// `<article>` or an element marked as one.
    Article,
    /// `<main>`.
    Main,
    /// The article's text, by class or `itemprop`.
    Content,
    Header,
    Nav,
    Footer,
    Aside,
    Form,
    Comments,
    Related,
    Boilerplate,
    Hidden,
}

impl RegionKind {
    /// Whether the region's text is not the page's own.
    pub(super) fn is_beside(self) -> bool {
        match self {
            Self::Page | Self::Article | Self::Main | Self::Content | Self::Header => false,
            Self::Nav
            | Self::Footer
            | Self::Aside
            | Self::Form
            | Self::Comments
            | Self::Related
            | Self::Boilerplate
            | Self::Hidden => true,
        }
    }
}

/// A part of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub(super) kind: RegionKind,
    /// Index of the region around it; its own for the page.
    pub(super) parent: usize,
    /// Whether the element's name or role says so, and not only a class.
    pub(super) certain: bool,
    /// Bytes of text in it, inner regions included.
    pub(super) bytes: usize,
    /// Whether it holds the page's first `<h1>`.
    pub(super) has_h1: bool,
    /// Whether it or a region around it is beside the page's own text. Settled after the walk.
    pub(super) beside: bool,
}

/// An element that may hold a date.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) source: MarkSource,
    /// `itemprop` or `property`, class words …
    pub(super) name: String,
    /// What the name says the date is of.
    pub(super) kind: DateKind,
    /// A machine-readable value: `datetime`, `content`, `data-…`.
    pub(super) value: Option<String>,
    /// First byte of the element's text in [`Outline::text`].
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Index of its innermost region.
    pub(super) region: usize,
}

/// What makes an element a [`Mark`]. The better one counts when several do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MarkSource {
    /// `itemprop` or `RDFa` `property`.
    Property,
    /// `<time>`.
    Time,
    /// A `data-…` attribute that names a date.
    Data,
    /// A class or id that names a date.
    Class,
    /// A class or id of a line that often holds a date.
    Byline,
}

impl Outline {
    /// The text between two offsets.
    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default().trim()
    }

    /// A block's text.
    pub(super) fn block_text(&self, block: Block) -> &str {
        self.slice(block.start, block.end)
    }

    /// Contents of the `<meta>` tags of a name, in order.
    pub(super) fn meta<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.metas.iter().filter(move |meta| meta.name == name);
        named
            .map(|meta| meta.content.trim())
            .filter(|content| !content.is_empty())
    }

    /// Whether a region, or one around it, is of a kind.
    pub(super) fn is_within(&self, region: usize, kind: RegionKind) -> bool {
        let mut at = region;
        while let Some(current) = self.regions.get(at) {
            if current.kind == kind {
                return true;
            }
            if current.parent == at {
                return false;
            }
            at = current.parent;
        }
        false
    }

    /// Whether a region is beside the page's own text.
    pub(super) fn is_beside(&self, region: usize) -> bool {
        self.regions.get(region).is_some_and(|region| region.beside)
    }

    /// Byte offset of the first `<h1>`, or of the first lower heading outside of side matter.
    pub(super) fn headline_at(&self) -> Option<usize> {
        let first = |level: u8| {
            let own = |block: &&Block| block.heading == level && !self.is_beside(block.region);
            self.blocks.iter().find(own).map(|block| block.start)
        };
        first(1).or_else(|| first(2))
    }

    /// Where the first long text without links begins.
    pub(super) fn content_at(&self) -> Option<usize> {
        let is_text = |block: &&Block| 200 <= block.bytes() && 3 * block.link_bytes < block.bytes();
        let mut own = self
            .blocks
            .iter()
            .filter(|block| !self.is_beside(block.region));
        own.find(is_text).map(|block| block.start)
    }

    /// Whether dates in a region are of something else than the page: comments, other articles,
    /// menus. Side matter inside an article is the article's own: its date often stands there.
    pub(super) fn is_foreign(&self, region: usize) -> bool {
        if !self.is_beside(region) {
            return false;
        }
        let mut at = region;
        while let Some(current) = self.regions.get(at) {
            match current.kind {
                RegionKind::Comments | RegionKind::Related | RegionKind::Nav => return true,
                RegionKind::Article | RegionKind::Content if !current.beside => return false,
                RegionKind::Page
                | RegionKind::Article
                | RegionKind::Main
                | RegionKind::Content
                | RegionKind::Header
                | RegionKind::Footer
                | RegionKind::Aside
                | RegionKind::Form
                | RegionKind::Boilerplate
                | RegionKind::Hidden => {}
            }
            if current.parent == at {
                return true;
            }
            at = current.parent;
        }
        true
    }

    /// Settles which regions are beside the text. A region that holds most of the text, or the
    /// first `<h1>`, is no sidebar whatever its class says.
    pub(super) fn settle_regions(&mut self) {
        let total = self.text.len();
        for at in 0..self.regions.len() {
            let Some(region) = self.regions.get(at).copied() else {
                break;
            };
            let inherited = at != region.parent && self.is_beside(region.parent);
            let holds_page = 5 * region.bytes > 3 * total && 200 < total;
            // A logo in the menu may be an `<h1>`; what a class calls navigation holds none.
            let holds_headline =
                region.has_h1 && !(region.certain && region.kind == RegionKind::Nav);
            let own = region.kind.is_beside() && !holds_page && !holds_headline;
            if let Some(region) = self.regions.get_mut(at) {
                region.beside = own || inherited;
            }
        }
    }
}
