//! One bounded parse of a page.
//!
//! html5ever builds what browsers build, but some of its work grows with the product of two sizes
//! that a hostile page controls: the depth of nesting and the number of tags, unclosed formatting
//! elements and paragraphs. A guard between scanner and tree builder bounds each of them; no page
//! that people read comes near.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName, local_name, ns};

use super::attributes::{Attr, AttrName};
use super::planter::Planter;
use super::tag_names::TagNames;
use super::tree::{NodeId, Tree};
use crate::html::{
    Markup, ScannedTag, Scanner, TextPlace, Written, decoded, switches_tokenizer, unformat,
};

/// Start tags below this depth are left out (their text is kept). Chrome stops at 512.
const MAX_DEPTH: usize = 400;
/// Tags read of one page; the rest of the page is not looked at.
const MAX_TAGS: u32 = 100_000;
/// How often the depth is measured, in tags.
const DEPTH_EVERY: u32 = 64;

/// Parses a page. The tree holds the elements with the attributes that evidence is read from;
/// comments, and scripts and styles that tell nothing, are left out, and formatting elements
/// (`<b>`, `<font>` …) are plain `<span>`.
pub(super) fn parse(text: &str) -> Tree<'_> {
    let mut parser = Parser {
        text,
        page: StrTendril::from_slice(text),
        scanner: Scanner::new(text),
        builder: TreeBuilder::new(Planter::new(text.len()), TreeBuilderOpts::default()),
        names: TagNames::default(),
        written: Vec::new(),
        attrs: Vec::new(),
        tags: 0,
        too_deep: false,
        doctype_seen: false,
    };
    while parser.tags < MAX_TAGS && parser.step() {}
    parser.give(Token::EOFToken);
    parser.builder.end();
    parser.builder.sink.finish()
}

struct Parser<'t> {
    text: &'t str,
    /// The page once more: text is given to the builder as pieces of it.
    page: StrTendril,
    scanner: Scanner<'t>,
    builder: TreeBuilder<NodeId, Planter<'t>>,
    names: TagNames<'t>,
    /// Attributes of the tag at hand: as written, and those that tell something.
    written: Vec<Written>,
    attrs: Vec<Attr<'t>>,
    tags: u32,
    too_deep: bool,
    doctype_seen: bool,
}

impl<'t> Parser<'t> {
    /// Takes in what stands next; says whether there was anything.
    fn step(&mut self) -> bool {
        match self.scanner.next(&mut self.written) {
            Some(Markup::Text(text)) => self.take_content(text),
            Some(Markup::Tag(tag)) => self.take_tag(tag),
            Some(Markup::Doctype(written)) => {
                // Only one before all else counts.
                if !std::mem::replace(&mut self.doctype_seen, true)
                    && let Some(doctype) = doctype(written)
                {
                    self.give(Token::DoctypeToken(doctype));
                }
            }
            Some(Markup::Cdata) => {
                if self
                    .builder
                    .adjusted_current_node_present_but_not_in_html_namespace()
                {
                    let text = decoded(self.scanner.cdata(), TextPlace::Raw);
                    self.give(Token::CharacterTokens(StrTendril::from_slice(&text)));
                } else {
                    self.scanner.bogus_comment();
                }
            }
            None => return false,
        }
        true
    }

    /// Text between tags. U+0000 is nothing there, and U+FFFD in an element without markup.
    fn take_content(&mut self, text: &'t str) {
        if memchr::memchr(0, text.as_bytes()).is_none() {
            return self.take_text(text, TextPlace::Content);
        }
        for part in text.split('\0') {
            let part = decoded(part, TextPlace::Content);
            self.give(Token::CharacterTokens(StrTendril::from_slice(&part)));
        }
    }

    fn take_text(&mut self, text: &'t str, place: TextPlace) {
        if text.is_empty() {
            return;
        }
        let text = match decoded(text, place) {
            Cow::Borrowed(piece) => self.piece(piece),
            Cow::Owned(read) => StrTendril::from(read),
        };
        self.give(Token::CharacterTokens(text));
    }

    /// The text that the scanner gave last, without a copy.
    fn piece(&self, text: &str) -> StrTendril {
        let start = self.scanner.at().checked_sub(text.len());
        let start = start.and_then(|start| u32::try_from(start).ok());
        let length = u32::try_from(text.len()).ok();
        let piece = start
            .zip(length)
            .and_then(|(start, length)| self.page.try_subtendril(start, length).ok());
        piece.unwrap_or_else(|| StrTendril::from_slice(text))
    }

    fn take_tag(&mut self, scanned: ScannedTag<'t>) {
        let mut tag = Tag {
            kind: if scanned.is_end {
                TagKind::EndTag
            } else {
                TagKind::StartTag
            },
            name: self.names.name(scanned.name),
            self_closing: scanned.self_closing,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        if !self.admits(&tag) {
            return;
        }
        let mut wanted = true;
        if !scanned.is_end {
            self.read_attributes();
            wanted = is_text_wanted(&tag.name, &self.attrs);
            self.carry_attributes(&mut tag);
        }
        // Formatting elements become plain ones, since nothing here asks what is bold.
        unformat(&mut tag);
        let result = self.builder.process_token(Token::TagToken(tag), 1);
        let (text, place) = match result {
            TokenSinkResult::Continue
            | TokenSinkResult::Script(_)
            | TokenSinkResult::EncodingIndicator(_) => return,
            TokenSinkResult::Plaintext => (self.scanner.rest(), TextPlace::Raw),
            TokenSinkResult::RawData(RawKind::Rcdata) => {
                (self.scanner.raw(scanned.name), TextPlace::Content)
            }
            TokenSinkResult::RawData(RawKind::Rawtext) => {
                (self.scanner.raw(scanned.name), TextPlace::Raw)
            }
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => {
                (self.scanner.script(), TextPlace::Raw)
            }
        };
        if wanted {
            self.take_text(text, place);
        }
    }

    fn read_attributes(&mut self) {
        self.attrs.clear();
        for Written { name, value } in &self.written {
            let name = self.text.get(name.0..name.1).unwrap_or_default();
            let value = self.text.get(value.0..value.1).unwrap_or_default();
            let Some(attr) = Attr::read(name, value) else {
                continue;
            };
            // The first of a name counts.
            if self.attrs.iter().all(|known| known.name != attr.name) {
                self.attrs.push(attr);
            }
        }
        self.attrs.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn carry_attributes(&mut self, tag: &mut Tag) {
        // A hidden field in a table stays in it: the builder asks for this attribute alone.
        if tag.name == local_name!("input")
            && let Some(kind) = self.attrs.iter().find(|attr| attr.name == AttrName::Type)
        {
            tag.attrs.push(Attribute {
                name: QualName::new(None, ns!(), local_name!("type")),
                value: StrTendril::from_slice(&kind.value),
            });
        }
        if !self.attrs.is_empty() {
            tag.attrs.extend(self.builder.sink.keep(&mut self.attrs));
        }
    }

    fn give(&self, token: Token) {
        // Text and the end of the page switch nothing.
        let _ = self.builder.process_token(token, 1);
    }

    /// Whether a tag goes into the tree.
    fn admits(&mut self, tag: &Tag) -> bool {
        let tags = self.tags;
        self.tags += 1;
        let every = if self.too_deep { 16 } else { DEPTH_EVERY };
        if tags.is_multiple_of(every) {
            self.too_deep = MAX_DEPTH < self.builder.sink.depth(2 * MAX_DEPTH);
        }
        tag.kind == TagKind::EndTag || !self.too_deep || switches_tokenizer(tag)
    }
}

/// Whether evidence is read from the text in an element: of scripts, from those that hold data.
fn is_text_wanted(name: &LocalName, attrs: &[Attr<'_>]) -> bool {
    match *name {
        local_name!("script") => attrs.iter().any(Attr::is_json_ld),
        local_name!("style")
        | local_name!("textarea")
        | local_name!("iframe")
        | local_name!("noembed")
        | local_name!("noframes") => false,
        _ => true,
    }
}

/// Reads a `<!DOCTYPE …>`: an old one lets tables stand in paragraphs.
fn doctype(written: &str) -> Option<Doctype> {
    let reader = DoctypeReader::default();
    let tokenizer = Tokenizer::new(reader, html5ever::tokenizer::TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(super::text::bounded(written)));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    tokenizer.sink.found.into_inner()
}

#[derive(Default)]
struct DoctypeReader {
    found: RefCell<Option<Doctype>>,
}

impl TokenSink for DoctypeReader {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::DoctypeToken(doctype) = token {
            self.found.borrow_mut().get_or_insert(doctype);
        }
        TokenSinkResult::Continue
    }
}
