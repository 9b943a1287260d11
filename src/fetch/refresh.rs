//! Pages that send their reader on: `Refresh`, as a header field or a `<meta>`.

use std::cell::RefCell;
use std::sync::LazyLock;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use regex::bytes::Regex;
use url::Url;

use super::transport::request_url;
use crate::model::HttpResponse;

/// Longest wait that is a redirect; a page that stays longer is meant to be read.
const MOST_SECONDS: u32 = 5;
/// Where a `<meta>` that counts stands.
const HEAD_BYTES: usize = 64 << 10;

/// Most pages have none, and need not be parsed to know.
static HAS_REFRESH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)http-equiv\s*=\s*["']?\s*refresh"#).ok());

/// Where a page that was found sends its reader within some seconds.
///
/// `None` for a page that stays, reloads itself, or leads to no web address. What stands in
/// comments, scripts, templates or `<noscript>` is nothing that a browser follows.
pub(super) fn target(base: &Url, response: &HttpResponse) -> Option<Url> {
    if !(200..300).contains(&response.status) {
        return None; // an error or a wall stays one, wherever it leads
    }
    let address = match response.header("refresh") {
        Some(value) => address(value)?,
        None => address(&in_markup(response)?)?,
    };
    let target = request_url(&base.join(&address).ok()?);
    let leads_on = matches!(target.scheme(), "http" | "https") && target != *base;
    leads_on.then_some(target)
}

/// The value of the first `<meta http-equiv="refresh">`.
fn in_markup(response: &HttpResponse) -> Option<String> {
    let markup = response.header("content-type").is_none_or(|kind| {
        let kind = kind.to_ascii_lowercase();
        kind.contains("html") || kind.contains("xml")
    });
    let length = response.body.len().min(HEAD_BYTES);
    let head = response.body.get(..length).filter(|_| markup)?;
    if !HAS_REFRESH.as_ref()?.is_match(head) {
        return None;
    }
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(String::from_utf8_lossy(head).as_ref()));
    let tokenizer = Tokenizer::new(Finder::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input); // scripts are not run: there is nothing to wait for
    tokenizer.sink.found.take()
}

#[derive(Default)]
struct Finder {
    found: RefCell<Option<String>>,
    /// How deep in `<template>`.
    depth: RefCell<usize>,
}

impl TokenSink for Finder {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else {
            return TokenSinkResult::Continue;
        };
        let starts = tag.kind == TagKind::StartTag;
        match &*tag.name {
            "script" if starts => return TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "noscript" | "iframe" | "noembed" | "noframes" | "xmp" if starts => {
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            "title" | "textarea" if starts => {
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "template" => {
                let mut depth = self.depth.borrow_mut();
                *depth = if starts {
                    *depth + 1
                } else {
                    depth.saturating_sub(1)
                };
            }
            "meta" if starts && *self.depth.borrow() == 0 => {
                let mut found = self.found.borrow_mut();
                if found.is_none() {
                    *found = refresh_of(&tag);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn refresh_of(meta: &Tag) -> Option<String> {
    let value = |name: &str| {
        let mut found = meta.attrs.iter().filter(|field| &*field.name.local == name);
        found.next().map(|field| field.value.to_string())
    };
    value("http-equiv").filter(|name| name.trim().eq_ignore_ascii_case("refresh"))?;
    value("content")
}

/// The address of a `Refresh` value, as the HTML standard reads it ("shared declarative refresh
/// steps"); `None` when it names none or waits too long.
fn address(value: &str) -> Option<String> {
    let value = value.trim_start();
    let digits = value
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(value.len());
    let (seconds, rest) = value.split_at_checked(digits)?;
    if seconds.is_empty() && !rest.starts_with('.') {
        return None;
    }
    let seconds: u32 = match seconds {
        "" => 0,
        seconds => seconds.parse().unwrap_or(u32::MAX),
    };
    if MOST_SECONDS < seconds {
        return None;
    }
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if !rest.starts_with([';', ',']) && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    let rest = rest.trim_start();
    let rest = rest.strip_prefix([';', ',']).unwrap_or(rest).trim_start();
    let address = without_name(rest).unwrap_or(rest);
    let address = match address.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = address.strip_prefix(quote).unwrap_or(address);
            inner.split(quote).next().unwrap_or(inner)
        }
        _ => address,
    };
    let address = address.trim();
    (!address.is_empty()).then(|| address.to_owned())
}

/// The value behind `url =`.
fn without_name(text: &str) -> Option<&str> {
    let (name, rest) = text.split_at_checked(3)?;
    if !name.eq_ignore_ascii_case("url") {
        return None;
    }
    rest.trim_start().strip_prefix('=').map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(headers: &[(&str, &str)], body: &str) -> Option<String> {
        let response = HttpResponse {
            status: 200,
            headers: headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: body.as_bytes().to_vec(),
            truncated: None,
        };
        let base = "https://a.example/dir/page".parse().unwrap();
        target(&base, &response).map(String::from)
    }

    #[test]
    fn header_values_are_read_as_browsers_do() {
        let check = |value: &str, expect: Option<&str>| {
            let expect = expect.map(|path| format!("https://a.example{path}"));
            assert_eq!(found(&[("refresh", value)], ""), expect, "{value}");
        };
        check("0; url=/x", Some("/x"));
        check("0;URL='/x'", Some("/x"));
        check("5, url = \"/x\" more", Some("/x"));
        check("0 /x", Some("/x"));
        check(" 1.9;url=y", Some("/dir/y"));
        check(".5;/x", Some("/x"));
        check("6; url=/x", None);
        check("99999999999; url=/x", None);
        check("0", None);
        check("0;", None);
        check("0; url=", None);
        check("0; url=page#part", None);
        check("0; url=javascript:alert(1)", None);
        check("0; url=http://", None);
        check("url=/x", None);
        check("", None);
    }

    #[test]
    fn only_a_meta_that_browsers_follow_counts() {
        let check = |body: &str, expect: Option<&str>| {
            let expect = expect.map(|path| format!("https://a.example{path}"));
            assert_eq!(
                found(&[("content-type", "text/html")], body),
                expect,
                "{body}"
            );
        };
        let meta = "<meta http-equiv=refresh content='0;url=/x'>";
        check(meta, Some("/x"));
        check(
            "<META content=\"1; URL=/стаття\" HTTP-EQUIV = 'Refresh'/>",
            Some("/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F"),
        );
        check(
            "<meta http-equiv=refresh content='0;url=/x?a=1&amp;b=2'>",
            Some("/x?a=1&b=2"),
        );
        check(&format!("<title>a</title><body>{meta}"), Some("/x"));
        check("<meta http-equiv=refresh content=300>", None);
        for (before, after) in [
            ("<!--", "-->"),
            ("<noscript>", "</noscript>"),
            ("<script>'", "'</script>"),
            ("<style>", "</style>"),
            ("<template>", "</template>"),
            ("<textarea>", "</textarea>"),
            ("<a title=\"", "\">"),
        ] {
            check(&format!("{before}{meta}{after}<p>text"), None);
        }
        let late = format!("{}{meta}", " ".repeat(HEAD_BYTES));
        check(&late, None);
        assert_eq!(found(&[("content-type", "text/plain")], meta), None);
    }
}
