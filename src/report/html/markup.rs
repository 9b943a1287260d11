//! Pieces of HTML that hold the text of strangers.

use std::fmt::Write as _;

use url::Url;

use crate::model::LanguageTag;
use crate::report::safe::{
    is_control, is_invisible_mark, isolate_runs, shown_address, visible, web_address,
};

/// Text as text, in content and in quoted attributes: nothing in it is markup.
pub(super) fn text(text: &str) -> String {
    escape(&visible(text))
}

fn escape(shown: &str) -> String {
    let mut escaped = String::with_capacity(shown.len());
    for c in shown.chars() {
        push(&mut escaped, c);
    }
    escaped
}

fn push(escaped: &mut String, c: char) {
    match c {
        '&' => escaped.push_str("&amp;"),
        '<' => escaped.push_str("&lt;"),
        '>' => escaped.push_str("&gt;"),
        '"' => escaped.push_str("&quot;"),
        c => escaped.push(c),
    }
}

/// ` lang="uk"`; nothing where the language is not known. A tag has letters, digits and hyphens only.
pub(super) fn lang(tag: Option<&LanguageTag>) -> String {
    tag.map_or_else(String::new, |tag| {
        format!(" lang=\"{}\"", text(tag.as_str()))
    })
}

/// What others wrote, with a direction and a language of its own.
pub(super) fn foreign(words: &str, tag: Option<&LanguageTag>) -> String {
    format!("<bdi{} dir=\"auto\">{}</bdi>", lang(tag), text(words))
}

/// As [`foreign`] with the direction that `<bdi>` has by itself, where a page has many.
pub(super) fn quoted(words: &str, tag: Option<&LanguageTag>) -> String {
    format!("<bdi{}>{}</bdi>", lang(tag), text(words))
}

/// A sentence of ours: each “quotation” is marked as of the language given, and right-to-left
/// text is kept to itself wherever it stands.
pub(super) fn sentence(words: &str, tag: Option<&LanguageTag>) -> String {
    let shown = visible(words);
    let mut html = String::with_capacity(shown.len() + 32);
    let mut rest = shown.as_str();
    while let Some((before, quoted, after)) = quotation(rest) {
        html.push_str(&runs(before));
        let _ = write!(
            html,
            "“<bdi{} dir=\"auto\">{}</bdi>”",
            lang(tag),
            escape(quoted)
        );
        rest = after;
    }
    html.push_str(&runs(rest));
    html
}

/// The first balanced quotation: what stands before it, in it and behind it.
fn quotation(text: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = text.split_once('“')?;
    let mut depth = 1usize;
    for (at, c) in from.char_indices() {
        match c {
            '“' => depth += 1,
            '”' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (quoted, after) = from.split_at_checked(at)?;
            return Some((before, quoted, after.strip_prefix('”')?));
        }
    }
    None
}

/// What stands outside of quotations: `code` between a pair of backticks, right-to-left text to itself.
fn runs(words: &str) -> String {
    let pieces: Vec<&str> = words.split('`').collect();
    if pieces.len().is_multiple_of(2) {
        return isolated(words);
    }
    let mut html = String::with_capacity(words.len());
    for (at, piece) in pieces.into_iter().enumerate() {
        if at % 2 == 1 {
            let _ = write!(html, "<code>{}</code>", isolated(piece));
        } else {
            html.push_str(&isolated(piece));
        }
    }
    html
}

fn isolated(words: &str) -> String {
    let mut html = String::with_capacity(words.len());
    // The text is visible already: isolates in it are those that were just set.
    for c in isolate_runs(words).chars() {
        match c {
            '\u{2068}' => html.push_str("<bdi>"),
            '\u{2069}' => html.push_str("</bdi>"),
            c => push(&mut html, c),
        }
    }
    html
}

/// A text to be copied as it is, for `<pre>`: what acts or is not seen is named in its place, with
/// the character that a copy gets.
pub(super) fn exact(source: &str) -> String {
    let mut html = String::with_capacity(source.len() + source.len() / 8);
    for c in source.chars() {
        match c {
            '\n' => html.push('\n'),
            '\t' => html.push_str("&#9;"),
            c if is_control(c) || is_invisible_mark(c) => {
                let code = u32::from(c);
                let _ = write!(html, "<i data-u=\"{code:x}\">U+{code:04X}</i>");
            }
            c => push(&mut html, c),
        }
    }
    html
}

/// A link, if the address is one of the web; else what it would show.
pub(super) fn link(shown: &str, address: &str) -> String {
    match web_address(address) {
        Some(address) => format!(
            "<a href=\"{}\" rel=\"noreferrer noopener\">{shown}</a>",
            escape(&address)
        ),
        None => shown.to_owned(),
    }
}

/// An address to read and follow.
pub(super) fn address(address: &str) -> String {
    // An address is read from left to right whatever its letters are.
    let shown = format!("<bdi dir=\"ltr\">{}</bdi>", text(&shown_address(address)));
    link(&shown, address)
}

/// The host of a web address as people know it: without `www.`, in its own letters unless they
/// mix scripts, as letters do that are made to look like others.
pub(super) fn host(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let ascii = url.host_str()?;
    let (written, read) = idna::domain_to_unicode(ascii);
    let mixed = written.split('.').any(crate::languages::mixes_scripts);
    let host = if mixed || read.is_err() {
        ascii
    } else {
        &written
    };
    Some(visible(host.strip_prefix("www.").unwrap_or(host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup() {
        let check = |given: &str, expect: &str| assert_eq!(text(given), expect);
        check("<b>\"x\" & 'y'", "&lt;b&gt;&quot;x&quot; &amp; 'y'");
        check("</script>\n\u{202e}x", "&lt;/script&gt; \\u{202e}x");
    }

    #[test]
    fn quotations_have_a_language() {
        let uk = LanguageTag::from_static("uk");
        let check = |given: &str, expect: &str| assert_eq!(sentence(given, Some(&uk)), expect);
        check(
            "the page “Річка <i>” says",
            "the page “<bdi lang=\"uk\" dir=\"auto\">Річка &lt;i&gt;</bdi>” says",
        );
        check(
            "a “b “c” d”",
            "a “<bdi lang=\"uk\" dir=\"auto\">b “c” d</bdi>”",
        );
        check("open “ended", "open “ended");
        check("not ישראל 1.", "not <bdi>ישראל 1</bdi>.");
        check("`a` is `<b>`", "<code>a</code> is <code>&lt;b&gt;</code>");
        check("one ` alone", "one ` alone");
    }

    #[test]
    fn what_is_copied_keeps_its_characters() {
        assert_eq!(
            exact("a\tb\r\n<c>\u{200e}"),
            "a&#9;b<i data-u=\"d\">U+000D</i>\n&lt;c&gt;<i data-u=\"200e\">U+200E</i>"
        );
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert_eq!(link("x", "javascript:alert(1)"), "x");
        assert_eq!(
            link("x", "http://me:secret@a.example/\"&b"),
            "<a href=\"http://a.example/%22&amp;b\" rel=\"noreferrer noopener\">x</a>"
        );
    }

    #[test]
    fn hosts_are_in_their_own_letters_unless_they_deceive() {
        let check = |given: &str, expect: Option<&str>| {
            assert_eq!(host(given).as_deref(), expect, "{given}");
        };
        check("https://www.Fluss.example/a", Some("fluss.example"));
        check("https://xn--80ak6aa92e.example/", Some("аррӏе.example"));
        check(
            "https://p\u{430}ypal.example/",
            Some("xn--pypal-4ve.example"),
        );
        check("ftp://fluss.example/", None);
        check("no address", None);
    }
}
