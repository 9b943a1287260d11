//! One bounded parse of a page, with the place of every tag in its source.
//!
//! html5ever keeps no places. The page is fed to it in pieces that end at each `>`: a tag token
//! always comes at the end of such a piece, so that its bytes are known. Each start tag gets its
//! number in [`Parsed::tags`] as an attribute that no page can write ([`NUMBER`]).
//!
//! Some work of html5ever grows with the product of two sizes that a hostile page controls: the
//! depth of nesting and the number of tags, the attributes of one tag with each other, unclosed
//! formatting elements. The guard between tokenizer and tree builder bounds each of them; no page
//! that people read comes near.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName, TokenizerResult, local_name, ns};
use scraper::{Html, HtmlTreeSink};

use crate::html::{self, switches_tokenizer, unformat};

/// Start tags below this depth are left out (their text is kept). Chrome stops at 512.
const MAX_DEPTH: usize = 400;
/// Tags read of one page, of either kind; the rest of the page is not looked at.
const MAX_TAGS: usize = 2_000_000;
/// Bytes read of one page.
const MAX_BYTES: usize = 1 << 30;
/// How often the depth is measured, in tags.
const DEPTH_EVERY: usize = 64;
/// The attribute with the number of a tag; the tokenizer lets no page write a NUL.
pub(super) const NUMBER: &str = "\0number";
/// The attribute of what was an italic element.
pub(super) const ITALIC: &str = "\0italic";

/// A page with the bytes of its start tags.
#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) html: Html,
    /// Bytes of the start tags, by number.
    pub(super) tags: Vec<Range<usize>>,
}

/// Parses a page. Comments are left out and formatting elements (`<b>`, `<font>` …) are plain
/// `<span>`.
pub(super) fn parse(source: &str) -> Parsed {
    let source = beginning(source, MAX_BYTES);
    let text = html::without_floods(source);
    let guard = Guard {
        inner: TreeBuilder::new(
            HtmlTreeSink::new(Html::new_document()),
            TreeBuilderOpts::default(),
        ),
        source: &text,
        fed: Cell::new(0),
        last: Cell::new(0),
        tags: RefCell::new(Vec::new()),
        met: Cell::new(0),
        too_deep: Cell::new(false),
    };
    let whole = StrTendril::from_slice(&text);
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let queue = BufferQueue::default();
    let mut from = 0;
    let ends = memchr::memchr_iter(b'>', text.as_bytes()).map(|at| at + 1);
    for end in ends.chain([text.len()]) {
        let piece = u32::try_from(from).ok().zip(u32::try_from(end - from).ok());
        let Some((start, length)) = piece.filter(|(_, length)| 0 < *length) else {
            continue;
        };
        queue.push_back(whole.subtendril(start, length));
        tokenizer.sink.fed.set(end);
        while let TokenizerResult::Script(_) | TokenizerResult::EncodingIndicator(_) =
            tokenizer.feed(&queue)
        {}
        from = end;
    }
    tokenizer.end();
    Parsed {
        tags: tokenizer.sink.tags.into_inner(),
        html: tokenizer.sink.inner.sink.finish(),
    }
}

fn beginning(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let end = (0..=bytes).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

type NodeId = <HtmlTreeSink as TreeSink>::Handle;

struct Guard<'t> {
    inner: TreeBuilder<NodeId, HtmlTreeSink>,
    source: &'t str,
    /// How much of the source the tokenizer was given.
    fed: Cell<usize>,
    /// Where the last tag, comment or document type ended.
    last: Cell<usize>,
    tags: RefCell<Vec<Range<usize>>>,
    /// Tags met, of either kind.
    met: Cell<usize>,
    too_deep: Cell<bool>,
}

impl TokenSink for Guard<'_> {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match token {
            Token::ParseError(_) => TokenSinkResult::Continue,
            Token::CommentToken(_) => {
                self.last.set(self.fed.get());
                TokenSinkResult::Continue
            }
            Token::TagToken(mut tag) => {
                let place = self.place(&tag);
                self.last.set(self.fed.get());
                if !self.admits(&tag) {
                    return TokenSinkResult::Continue;
                }
                simplify(&mut tag);
                if tag.kind == TagKind::StartTag {
                    self.number(&mut tag, place);
                }
                self.inner.process_token(Token::TagToken(tag), line)
            }
            Token::CharacterTokens(_) if self.is_full() => TokenSinkResult::Continue,
            Token::DoctypeToken(_) => {
                self.last.set(self.fed.get());
                self.inner.process_token(token, line)
            }
            Token::CharacterTokens(_) | Token::NullCharacterToken | Token::EOFToken => {
                self.inner.process_token(token, line)
            }
        }
    }

    fn end(&self) {
        self.inner.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.inner
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Guard<'_> {
    fn is_full(&self) -> bool {
        MAX_TAGS <= self.met.get()
    }

    /// The bytes of the start tag that was just read; empty where they are not certain.
    fn place(&self, tag: &Tag) -> Range<usize> {
        let (from, end) = (self.last.get(), self.fed.get());
        let text = self.source.get(from..end).unwrap_or_default();
        let starts = |at: &usize| {
            let name = text.get(at + 1..at + 1 + tag.name.len());
            name.is_some_and(|name| name.eq_ignore_ascii_case(&tag.name))
        };
        let found = memchr::memchr_iter(b'<', text.as_bytes())
            .find(starts)
            .filter(|_| tag.kind == TagKind::StartTag);
        found.map_or(end..end, |at| from + at..end)
    }

    fn number(&self, tag: &mut Tag, place: Range<usize>) {
        let mut tags = self.tags.borrow_mut();
        let number = tags.len().to_string();
        tags.push(place);
        tag.attrs.push(Attribute {
            name: QualName::new(None, ns!(), LocalName::from(NUMBER)),
            value: StrTendril::from_slice(&number),
        });
    }

    /// Whether a tag goes into the tree.
    fn admits(&self, tag: &Tag) -> bool {
        if self.is_full() {
            return false;
        }
        let met = self.met.get();
        self.met.set(met + 1);
        let every = if self.too_deep.get() { 16 } else { DEPTH_EVERY };
        if met.is_multiple_of(every) {
            self.too_deep.set(MAX_DEPTH < self.depth());
        }
        tag.kind == TagKind::EndTag || !self.too_deep.get() || switches_tokenizer(tag)
    }

    /// Depth of the node made last: where the next element would go, or near it.
    fn depth(&self) -> usize {
        let html = self.inner.sink.0.borrow();
        let last = html.tree.nodes().next_back();
        last.map_or(0, |node| node.ancestors().take(2 * MAX_DEPTH).count())
    }
}

/// Formatting elements become plain ones. What is italic is kept: works are told from publishers by it.
fn simplify(tag: &mut Tag) {
    if matches!(tag.name, local_name!("i") | local_name!("em")) {
        tag.attrs.push(Attribute {
            name: QualName::new(None, ns!(), LocalName::from(ITALIC)),
            value: StrTendril::new(),
        });
    }
    unformat(tag);
}
