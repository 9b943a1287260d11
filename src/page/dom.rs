//! One bounded parse of a page.
//!
//! html5ever builds what browsers build, but some of its work grows with the product of two sizes
//! that a hostile page controls: the depth of nesting and the number of tags, the attributes of
//! one tag with each other, unclosed formatting elements and paragraphs. A guard between
//! tokenizer and tree builder bounds each of them; no page that people read comes near.

use std::cell::Cell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, TokenizerResult};
use scraper::{Html, HtmlTreeSink};

use crate::html::{self, switches_tokenizer, unformat};

/// Start tags below this depth are left out (their text is kept). Chrome stops at 512.
const MAX_DEPTH: usize = 400;
/// Tags read of one page; the rest of the page is not looked at.
const MAX_TAGS: u32 = 100_000;
/// Labels in attributes are shorter.
const LONGEST_LABEL_BYTES: usize = 80;
/// How often the depth is measured, in tags.
const DEPTH_EVERY: u32 = 64;

/// Parses a page. The tree holds the elements with the attributes that evidence is read from;
/// comments are left out and formatting elements (`<b>`, `<font>` …) are plain `<span>`.
pub(super) fn parse(text: &str) -> Html {
    let builder = TreeBuilder::new(
        HtmlTreeSink::new(Html::new_document()),
        TreeBuilderOpts::default(),
    );
    let guard = Guard {
        inner: builder,
        tags: Cell::new(0),
        too_deep: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(&html::without_floods(text)));
    while let TokenizerResult::Script(_) | TokenizerResult::EncodingIndicator(_) =
        tokenizer.feed(&queue)
    {}
    tokenizer.end();
    tokenizer.sink.inner.sink.finish()
}

type NodeId = <HtmlTreeSink as TreeSink>::Handle;

struct Guard {
    inner: TreeBuilder<NodeId, HtmlTreeSink>,
    tags: Cell<u32>,
    too_deep: Cell<bool>,
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        match token {
            Token::CommentToken(_) | Token::ParseError(_) => TokenSinkResult::Continue,
            Token::TagToken(mut tag) => {
                if self.admits(&tag) {
                    simplify(&mut tag);
                    self.inner.process_token(Token::TagToken(tag), line)
                } else {
                    TokenSinkResult::Continue
                }
            }
            Token::CharacterTokens(_) if MAX_TAGS <= self.tags.get() => TokenSinkResult::Continue,
            Token::DoctypeToken(_)
            | Token::CharacterTokens(_)
            | Token::NullCharacterToken
            | Token::EOFToken => self.inner.process_token(token, line),
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

impl Guard {
    /// Whether a tag goes into the tree.
    fn admits(&self, tag: &Tag) -> bool {
        let tags = self.tags.get();
        if MAX_TAGS <= tags {
            return false;
        }
        self.tags.set(tags + 1);
        let every = if self.too_deep.get() { 16 } else { DEPTH_EVERY };
        if tags.is_multiple_of(every) {
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

/// Formatting elements become plain ones, since nothing here asks what is bold.
fn simplify(tag: &mut Tag) {
    unformat(tag);
    tag.attrs.retain(is_evidence);
}

/// Attributes that are read; the others are not kept.
fn is_evidence(attribute: &Attribute) -> bool {
    let name: &str = &attribute.name.local;
    match name {
        "id" | "class" | "itemprop" | "itemtype" | "property" | "name" | "content" | "datetime"
        | "pubdate" | "lang" | "rel" | "hreflang" | "http-equiv" | "type" | "role" | "hidden"
        | "aria-hidden" | "title" | "href" => true,
        "style" => attribute.value.contains("none"),
        // What a field or button says of itself; never what was filled in for somebody.
        "placeholder" | "value" | "aria-label" => attribute.value.len() <= LONGEST_LABEL_BYTES,
        "autocomplete" => ["username", "password"]
            .iter()
            .any(|asked| attribute.value.contains(asked)),
        _ => name.strip_prefix("data-").is_some_and(|rest| {
            rest.contains("date") || rest.contains("time") || rest.contains("publish")
        }),
    }
}
