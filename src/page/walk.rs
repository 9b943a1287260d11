//! The one walk over a page's tree.

use html5ever::local_name;

use super::attributes::{Attr, AttrName};
use super::element;
use super::element_role::{self, ElementRole};
use super::fields::asks_for_credentials;
use super::frame::{Capture, Frame};
use super::outline::{Block, Mark, Outline, Region, RegionKind};
use super::text::{bounded, each_run, folded};
use super::tree::{Content, Element, Tree};

/// Bounds on what is kept of one page.
const MAX_MARKS: usize = 300;
const MAX_JSON_LD_BYTES: usize = 2_000_000;
const MAX_TEXT_BYTES: usize = 1_000_000;
const MAX_NOSCRIPT_BYTES: usize = 2_000;
const MAX_TEMPLATE_BYTES: usize = 4_000;

/// Walks a page once, in document order and without recursion.
pub(super) fn walk(tree: &Tree<'_>) -> Outline {
    let mut walker = Walker::new();
    let mut node = Tree::root();
    let mut depth = 0usize;
    loop {
        let descend = walker.enter(&tree.content(node), depth);
        if descend && let Some(child) = tree.first_child(node) {
            node = child;
            depth += 1;
            continue;
        }
        loop {
            walker.leave(depth);
            if let Some(next) = tree.next_sibling(node) {
                node = next;
                break;
            }
            let Some(parent) = tree.parent(node) else {
                return walker.finish();
            };
            node = parent;
            depth = depth.saturating_sub(1);
        }
    }
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts of a position in the page, not a state"
)]
struct Walker {
    outline: Outline,
    frames: Vec<Frame>,
    capture: Capture,
    region: usize,
    heading: u8,
    item: bool,
    /// Start of the block being filled.
    block_start: usize,
    /// Link bytes of the block being filled.
    link_bytes: usize,
    /// Whether a space is due before the next word.
    space: bool,
    title_done: bool,
    h1_seen: bool,
    json_ld_bytes: usize,
}

impl Walker {
    fn new() -> Self {
        let page = Region {
            kind: RegionKind::Page,
            parent: 0,
            certain: true,
            bytes: 0,
            has_h1: false,
            beside: false,
        };
        Self {
            outline: Outline {
                regions: vec![page],
                ..Outline::default()
            },
            frames: Vec::new(),
            capture: Capture::Visible,
            region: 0,
            heading: 0,
            item: false,
            block_start: 0,
            link_bytes: 0,
            space: false,
            title_done: false,
            h1_seen: false,
            json_ld_bytes: 0,
        }
    }

    /// Takes in a node; says whether its children are of interest.
    fn enter(&mut self, content: &Content<'_, '_>, depth: usize) -> bool {
        match content {
            Content::Text(text) => {
                self.take_text(text);
                false
            }
            Content::Element(element) => self.enter_element(*element, depth),
            Content::Group => true,
            Content::Nothing => false,
        }
    }

    fn enter_element(&mut self, element: Element<'_, '_>, depth: usize) -> bool {
        let role = element_role::role(element.name);
        if self.capture == Capture::Template {
            return self.enter_template(element, role);
        }
        self.outline.shows_media |= element_role::shows_media(element.name);
        match role {
            ElementRole::Skip => false,
            ElementRole::Script => {
                self.outline.scripts += 1;
                if !element.attrs.iter().any(Attr::is_json_ld) {
                    return false;
                }
                self.outline.json_ld.push(String::new());
                self.captures(Capture::JsonLd, depth)
            }
            ElementRole::Title if self.title_done => false,
            ElementRole::Title => {
                self.title_done = true;
                self.captures(Capture::Title, depth)
            }
            ElementRole::NoScript => self.captures(Capture::NoScript, depth),
            ElementRole::Template => self.captures(Capture::Template, depth),
            ElementRole::Input => {
                self.outline.take_field(element, self.region);
                false
            }
            ElementRole::Meta => {
                self.outline.take_meta(element);
                false
            }
            ElementRole::Link => {
                self.outline.take_link(element);
                false
            }
            ElementRole::LineBreak => {
                self.break_line();
                false
            }
            ElementRole::Block(heading) => {
                self.enter_content(element, depth, Some(heading));
                true
            }
            ElementRole::Inline => {
                self.enter_content(element, depth, None);
                true
            }
        }
    }

    /// Elements that stand ready for a script to show: of interest are text and fields alone.
    fn enter_template(&mut self, element: Element<'_, '_>, role: ElementRole) -> bool {
        if role == ElementRole::Input {
            let asks = asks_for_credentials(element);
            self.outline.credentials.in_template += usize::from(asks);
        }
        !matches!(
            role,
            ElementRole::Skip | ElementRole::Script | ElementRole::Input
        )
    }

    fn captures(&mut self, capture: Capture, depth: usize) -> bool {
        let mut frame = Frame::new(depth, self.outline.text.len());
        frame.capture = Some(self.capture);
        self.capture = capture;
        self.frames.push(frame);
        true
    }

    /// Elements that hold visible text. `block` is the heading level of a block, 0 for none.
    fn enter_content(&mut self, element: Element<'_, '_>, depth: usize, block: Option<u8>) {
        let traits = element::read(element);
        if *element.name == local_name!("html") {
            self.outline.html_lang = element.attribute(&AttrName::Lang).map(str::to_owned);
        }
        self.outline.mount_point |= traits.mount_point;
        if block.is_some() || traits.region.is_some() {
            self.boundary();
        }
        let mut frame = Frame::new(depth, self.outline.text.len());
        if let Some(heading) = block {
            frame.is_block = true;
            frame.item = Some(std::mem::replace(&mut self.item, traits.item));
            if 0 < heading {
                frame.heading = Some(std::mem::replace(&mut self.heading, heading));
            }
        }
        if let Some(kind) = traits.region {
            frame.region = Some(self.open_region(kind, traits.certain));
        }
        if block == Some(1) && !self.h1_seen {
            self.h1_seen = true;
            self.mark_h1();
        }
        if *element.name == local_name!("a") && element.attribute(&AttrName::Href).is_some() {
            frame.link_start = Some(self.outline.text.len());
        }
        if let Some(date) = traits.date
            && self.outline.marks.len() < MAX_MARKS
        {
            frame.mark = Some(self.outline.marks.len());
            self.outline.marks.push(Mark {
                source: date.source,
                name: date.name,
                kind: date.kind,
                value: date.value,
                start: self.outline.text.len(),
                end: self.outline.text.len(),
                region: self.region,
            });
        }
        let has_effect = frame.is_block
            || frame.region.is_some()
            || frame.link_start.is_some()
            || frame.mark.is_some();
        if has_effect {
            self.frames.push(frame);
        }
    }

    fn open_region(&mut self, kind: RegionKind, certain: bool) -> usize {
        let parent = self.region;
        self.region = self.outline.regions.len();
        self.outline.regions.push(Region {
            kind,
            parent,
            certain,
            bytes: 0,
            has_h1: false,
            beside: false,
        });
        parent
    }

    fn mark_h1(&mut self) {
        let mut at = self.region;
        while let Some(region) = self.outline.regions.get_mut(at) {
            region.has_h1 = true;
            if region.parent == at {
                break;
            }
            at = region.parent;
        }
    }

    /// Ends what began at this depth.
    fn leave(&mut self, depth: usize) {
        while self.frames.last().is_some_and(|frame| frame.depth == depth) {
            let Some(frame) = self.frames.pop() else {
                break;
            };
            if let Some(start) = frame.link_start {
                // A link that holds blocks counts for the block that it ends in.
                let from = start.max(self.block_start);
                self.link_bytes += self.outline.text.len().saturating_sub(from);
            }
            if let Some(at) = frame.mark
                && let Some(mark) = self.outline.marks.get_mut(at)
            {
                mark.end = self.outline.text.len();
            }
            if frame.is_block || frame.region.is_some() {
                self.boundary();
            }
            if let Some(outer) = frame.region {
                let bytes = self.outline.text.len().saturating_sub(frame.region_start);
                if let Some(region) = self.outline.regions.get_mut(self.region) {
                    region.bytes = bytes;
                }
                self.region = outer;
            }
            self.heading = frame.heading.unwrap_or(self.heading);
            self.item = frame.item.unwrap_or(self.item);
            self.capture = frame.capture.unwrap_or(self.capture);
        }
    }

    /// Ends the block being filled.
    fn boundary(&mut self) {
        self.space = false;
        let end = self.outline.text.len();
        if self.block_start < end {
            self.outline.blocks.push(Block {
                start: self.block_start,
                end,
                link_bytes: self.link_bytes,
                heading: self.heading,
                item: self.item,
                region: self.region,
            });
            self.outline.text.push('\n');
        }
        self.link_bytes = 0;
        self.block_start = self.outline.text.len();
    }

    fn break_line(&mut self) {
        self.space = false;
        if self.block_start < self.outline.text.len() && !self.outline.text.ends_with('\n') {
            self.outline.text.push('\n');
        }
    }

    fn take_text(&mut self, text: &str) {
        match self.capture {
            Capture::Visible => self.take_visible(text),
            Capture::Title => self.outline.title.push_str(bounded(text)),
            Capture::JsonLd => {
                self.json_ld_bytes += text.len();
                if self.json_ld_bytes <= MAX_JSON_LD_BYTES
                    && let Some(script) = self.outline.json_ld.last_mut()
                {
                    script.push_str(text);
                }
            }
            Capture::NoScript => {
                if self.outline.noscript.len() < MAX_NOSCRIPT_BYTES {
                    self.outline.noscript.push_str(bounded(text));
                }
            }
            Capture::Template => {
                if self.outline.template.len() < MAX_TEMPLATE_BYTES {
                    self.outline.template.push_str(bounded(text));
                    self.outline.template.push('\n');
                }
            }
        }
    }

    fn take_visible(&mut self, text: &str) {
        if MAX_TEXT_BYTES < self.outline.text.len() {
            return;
        }
        let spaced = each_run(text, |words, spaced| {
            self.space |= spaced;
            self.take_words(words);
        });
        self.space |= spaced;
    }

    /// Words with a space between each.
    fn take_words(&mut self, words: &str) {
        let out = &mut self.outline.text;
        if self.space && self.block_start < out.len() && !out.ends_with('\n') {
            out.push(' ');
        }
        self.space = false;
        out.push_str(words);
    }

    fn finish(mut self) -> Outline {
        self.boundary();
        let total = self.outline.text.len();
        if let Some(page) = self.outline.regions.first_mut() {
            page.bytes = total;
        }
        self.outline.title = folded(&self.outline.title);
        self.outline.noscript = folded(&self.outline.noscript);
        self.outline.settle_regions();
        self.outline
    }
}
