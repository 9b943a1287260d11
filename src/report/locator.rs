//! Inputs as relative references (RFC 3986), for formats that name files by URI.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::safe::web_address;

/// What stays as it is in a path: unreserved characters, those that only delimit within a segment,
/// and the slash. A colon would make a scheme of what stands before it.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'@')
    .remove(b'/');

/// Longest that is made of an input's name, in characters.
const LONGEST: usize = 2_000;

/// The input as a URI: a relative path stays one, an absolute path becomes `file:`, standard input
/// is `stdin`.
///
/// The address of an article becomes host and path: GitHub refuses a whole upload when a location's
/// scheme is another than that of the checkout, and names no file by `https:`.
pub(super) fn uri(input: &str) -> String {
    if input == "-" {
        return "stdin".to_owned();
    }
    if let Some(url) = web_address(input).and_then(|address| Url::parse(&address).ok()) {
        let mut path = format!("{}{}", url.host_str().unwrap_or_default(), url.path());
        if let Some(query) = url.query() {
            path.push('?');
            path.push_str(query);
        }
        // What the address has encoded already is not encoded twice.
        let kept = path.replace('?', "%3F").replace(':', "%3A");
        return kept.replace(['[', ']'], "").chars().take(LONGEST).collect();
    }
    let path: String = input.chars().take(LONGEST).collect();
    let path = path.replace('\\', "/");
    let drive = has_drive(&path);
    let absolute = drive || path.starts_with('/');
    let segments = normal(&path, absolute).join("/");
    let encoded = utf8_percent_encode(&segments, PATH).to_string();
    match (absolute, encoded.is_empty()) {
        (true, _) if drive => format!("file:///{}", encoded.replacen("%3A", ":", 1)),
        (true, _) => format!("file:///{encoded}"),
        (false, true) => "unnamed".to_owned(),
        (false, false) => encoded,
    }
}

/// `C:/`
fn has_drive(path: &str) -> bool {
    let mut letters = path.chars();
    letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.next() == Some(':')
        && letters.next() == Some('/')
}

/// The segments without `.`, and without those that a `..` takes back.
fn normal(path: &str, absolute: bool) -> Vec<&str> {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." if segments.last().is_some_and(|last| *last != "..") => {
                segments.pop();
            }
            ".." if absolute => {}
            segment => segments.push(segment),
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_named_by_uri() {
        let check = |input: &str, expect: &str| assert_eq!(uri(input), expect, "{input:?}");
        check("references/demo.wiki", "references/demo.wiki");
        check("./references//demo.wiki", "references/demo.wiki");
        check("lists/../a b#1?.wiki", "a%20b%231%3F.wiki");
        check("../a.wiki", "../a.wiki");
        check(
            "Київ (місто).wiki",
            "%D0%9A%D0%B8%D1%97%D0%B2%20(%D0%BC%D1%96%D1%81%D1%82%D0%BE).wiki",
        );
        check("a:b.wiki", "a%3Ab.wiki");
        check("100%.wiki", "100%25.wiki");
        check("/srv/a.wiki", "file:///srv/a.wiki");
        check("/../a.wiki", "file:///a.wiki");
        check("C:\\Users\\a b.wiki", "file:///C:/Users/a%20b.wiki");
        check("lists\\a.wiki", "lists/a.wiki");
        check("-", "stdin");
        check("", "unnamed");
        check(".", "unnamed");
        check("a\nb\u{1b}\u{202e}", "a%0Ab%1B%E2%80%AE");
        check("javascript:alert(1)", "javascript%3Aalert(1)");
        check("//evil.example/x", "file:///evil.example/x");
        check(
            "https://me:secret@uk.wikipedia.org/wiki/Київ",
            "uk.wikipedia.org/wiki/%D0%9A%D0%B8%D1%97%D0%B2",
        );
        check(
            "https://en.wikipedia.org/w/index.php?title=A:b&x=1",
            "en.wikipedia.org/w/index.php%3Ftitle=A%3Ab&x=1",
        );
    }
}
