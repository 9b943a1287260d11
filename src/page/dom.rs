//! One bounded parse of a page.
//!
//! html5ever builds what browsers build, but some of its work grows with the product of two sizes
//! that a hostile page controls: the depth of nesting and the number of tags, the attributes of
//! one tag with each other, unclosed formatting elements and paragraphs. A guard between
//! tokenizer and tree builder bounds each of them; no page that people read comes near.

use std::borrow::Cow;
use std::cell::Cell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, TokenizerResult, local_name};
use scraper::{Html, HtmlTreeSink};

/// Start tags below this depth are left out (their text is kept). Chrome stops at 512.
const MAX_DEPTH: usize = 400;
/// Tags read of one page; the rest of the page is not looked at.
const MAX_TAGS: u32 = 400_000;
/// Attributes read of one tag.
const MAX_ATTRIBUTES: usize = 250;
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
    queue.push_back(StrTendril::from_slice(&without_attribute_floods(text)));
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

/// Elements whose content is not markup: left out, their content would be read as such.
fn switches_tokenizer(tag: &Tag) -> bool {
    matches!(
        tag.name,
        local_name!("script")
            | local_name!("style")
            | local_name!("title")
            | local_name!("textarea")
            | local_name!("noscript")
            | local_name!("iframe")
            | local_name!("xmp")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("plaintext")
    )
}

/// Formatting elements are reopened in every later block until they are closed; as `<span>` they
/// are not, and nothing here asks what is bold.
fn simplify(tag: &mut Tag) {
    if matches!(
        tag.name,
        local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    ) {
        tag.name = local_name!("span");
    }
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
        _ => name.strip_prefix("data-").is_some_and(|rest| {
            rest.contains("date") || rest.contains("time") || rest.contains("publish")
        }),
    }
}

/// The page without the attributes of a tag beyond [`MAX_ATTRIBUTES`]: the tokenizer compares
/// each attribute with all before it.
fn without_attribute_floods(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    // Tags are looked for inside quotes, scripts and comments too, so that none can hide there;
    // this bounds how often a stretch is looked at.
    let mut budget = 16 * bytes.len() + 65_536;
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(open) = find(bytes, at, |byte| byte == b'<') {
        at = open + 1;
        let name = match bytes.get(at) {
            Some(b'/') => at + 1,
            _ => at,
        };
        if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let scan = scan_tag(bytes, name);
        let Some(rest) = budget.checked_sub(scan.end - open) else {
            cuts.push((open, bytes.len()));
            break;
        };
        budget = rest;
        if let Some(flood) = scan.flood {
            cuts.push((flood, scan.end));
            at = scan.end;
        }
    }
    if cuts.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end) in cuts {
        kept.push_str(text.get(from..start).unwrap_or_default());
        from = end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(kept)
}

struct TagScan {
    /// Where the tag's `>` is, or the end of the page.
    end: usize,
    /// Where the attribute after the last allowed one starts.
    flood: Option<usize>,
}

/// Walks a tag as the tokenizer does: names, `=`, values in quotes or without.
fn scan_tag(bytes: &[u8], name: usize) -> TagScan {
    let delimits = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let mut at = find(bytes, name, delimits).unwrap_or(bytes.len());
    let (mut attributes, mut flood) = (0usize, None);
    loop {
        let skips = |byte: u8| !(byte.is_ascii_whitespace() || byte == b'/');
        at = find(bytes, at, skips).unwrap_or(bytes.len());
        if matches!(bytes.get(at), None | Some(b'>')) {
            return TagScan { end: at, flood };
        }
        attributes += 1;
        if attributes == MAX_ATTRIBUTES {
            flood = Some(at);
        }
        // A name may start with `=`.
        at = find(bytes, at + 1, |byte| delimits(byte) || byte == b'=').unwrap_or(bytes.len());
        let value = find(bytes, at, |byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
        if bytes.get(value) != Some(&b'=') {
            continue;
        }
        at = find(bytes, value + 1, |byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
        at = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                find(bytes, at + 1, |byte| byte == *quote).map_or(bytes.len(), |close| close + 1)
            }
            _ => find(bytes, at, |byte| byte.is_ascii_whitespace() || byte == b'>')
                .unwrap_or(bytes.len()),
        };
    }
}

fn find(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.iter()
        .position(|byte| wanted(*byte))
        .map(|at| from + at)
}
