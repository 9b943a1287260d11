//! The scanner against html5ever's tokenizer: whatever the markup, both read the same.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use proptest::prelude::*;

use super::{Markup, Scanner, TextPlace, decoded};

#[derive(Debug, Clone, PartialEq, Eq)]
enum Read {
    Start(String, Vec<(String, String)>, bool),
    End(String),
    Text(String),
}

#[derive(Default)]
struct Reads(Vec<Read>);

impl Reads {
    fn text(&mut self, more: &str) {
        match self.0.last_mut() {
            _ if more.is_empty() => {}
            Some(Read::Text(text)) => text.push_str(more),
            _ => self.0.push(Read::Text(more.to_owned())),
        }
    }
}

fn raw_kind(name: &str) -> Option<RawKind> {
    match name {
        "title" => Some(RawKind::Rcdata),
        "style" => Some(RawKind::Rawtext),
        "script" => Some(RawKind::ScriptData),
        _ => None,
    }
}

#[derive(Default)]
struct Sink(RefCell<Reads>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut reads = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => reads.text(&text),
            Token::NullCharacterToken => reads.text("\0"),
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => {
                reads.0.push(Read::End(tag.name.to_string()));
            }
            Token::TagToken(tag) => {
                let attribute = |attr: &html5ever::Attribute| {
                    (attr.name.local.to_string(), attr.value.to_string())
                };
                let attrs = tag.attrs.iter().map(attribute).collect();
                let name = tag.name.to_string();
                let raw = raw_kind(&name);
                reads.0.push(Read::Start(name, attrs, tag.self_closing));
                if let Some(kind) = raw {
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::DoctypeToken(_)
            | Token::CommentToken(_)
            | Token::ParseError(_)
            | Token::EOFToken => {}
        }
        TokenSinkResult::Continue
    }
}

fn by_html5ever(page: &str) -> Vec<Read> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(page));
    while let TokenizerResult::Script(()) | TokenizerResult::EncodingIndicator(_) =
        tokenizer.feed(&queue)
    {}
    tokenizer.end();
    tokenizer.sink.0.into_inner().0
}

fn by_scanner(page: &str) -> Vec<Read> {
    let mut scanner = Scanner::new(page);
    let (mut reads, mut written) = (Reads::default(), Vec::new());
    while let Some(markup) = scanner.next(&mut written) {
        match markup {
            Markup::Text(text) => {
                for (at, part) in text.split('\0').enumerate() {
                    reads.text(if at == 0 { "" } else { "\0" });
                    reads.text(&decoded(part, TextPlace::Content));
                }
            }
            Markup::Tag(tag) => {
                let name = tag.name.replace('\0', "\u{fffd}").to_ascii_lowercase();
                if tag.is_end {
                    reads.0.push(Read::End(name));
                    continue;
                }
                let mut attrs: Vec<(String, String)> = Vec::new();
                for attribute in &written {
                    let of = |(start, end): (usize, usize)| page.get(start..end).unwrap();
                    let key = of(attribute.name).replace('\0', "\u{fffd}");
                    let key = key.to_ascii_lowercase();
                    if attrs.iter().all(|(known, _)| *known != key) {
                        let value = decoded(of(attribute.value), TextPlace::Attribute);
                        attrs.push((key, value.into_owned()));
                    }
                }
                let raw = raw_kind(&name);
                reads.0.push(Read::Start(name, attrs, tag.self_closing));
                match raw {
                    Some(RawKind::Rcdata) => {
                        reads.text(&decoded(scanner.raw(tag.name), TextPlace::Content));
                    }
                    Some(RawKind::Rawtext) => {
                        reads.text(&decoded(scanner.raw(tag.name), TextPlace::Raw));
                    }
                    Some(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => {
                        reads.text(&decoded(scanner.script(), TextPlace::Raw));
                    }
                    None => {}
                }
            }
            Markup::Doctype(_) => {}
            Markup::Cdata => scanner.bogus_comment(),
        }
    }
    reads.0
}

const PIECES: &[&str] = &[
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    " ",
    "\n",
    "\r\n",
    "!",
    "-",
    "--",
    "?",
    "&",
    ";",
    "#",
    "a",
    "x",
    "é",
    "<a",
    "</",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<!",
    "<!doctype html>",
    "<![CDATA[",
    "]]>",
    "<p class=x>",
    "</p >",
    "<br/>",
    "<img src='a b' alt>",
    "<a HREF=\"?a=1&copy=2&amp;b\" href=y>",
    "<script>",
    "</script>",
    "</SCRIPT ",
    "<script",
    "<!--<script>",
    "<title>",
    "</title>",
    "<style>",
    "</style>",
    "</styl>",
    "&amp;",
    "&copy",
    "&notit;",
    "&#39;",
    "&#x80;",
    "&#",
    "\0",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3_000) })]

    #[test]
    fn any_markup_is_read_as_html5ever_reads_it(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)
    ) {
        let page = pieces.concat();
        prop_assert_eq!(by_scanner(&page), by_html5ever(&page), "{:?}", page);
    }
}
