//! JSON: the report as it is, and the schema of it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::LazyLock;

use regex::Regex;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::model::Report;

use super::safe::{is_control, is_invisible_mark};

/// The report, indented, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    pretty(report)
}

/// As [`render`], written piece by piece: the text of a long list takes more room than all else.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(Escaped(&mut *out), report)?;
    out.write_all(b"\n")
}

/// The JSON Schema (draft 2020-12) of a report, indented, ending with a line feed.
#[must_use]
pub fn schema() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    pretty(&settings.into_generator().into_root_schema_for::<Report>())
}

/// Any of our values as indented JSON that is safe to print.
///
/// JSON itself escapes C0 only. The other characters that act on a terminal, turn text around or
/// cannot be seen are escaped as well; they occur in strings alone, so the values stay what they are.
/// Only user names and passwords of addresses are left out: reports are uploaded and passed on.
#[must_use]
pub fn pretty(value: &impl Serialize) -> String {
    let mut json = Vec::new();
    let written = serde_json::to_writer_pretty(Escaped(&mut json), value);
    text(json, written) + "\n"
}

/// As [`pretty`], on one line without a line feed.
#[must_use]
pub fn line(value: &impl Serialize) -> String {
    let mut json = Vec::new();
    let written = serde_json::to_writer(Escaped(&mut json), value);
    text(json, written)
}

/// What stands before the `@` of an address's host; a quote or backslash ends a string of JSON or
/// begins an escape, so neither is ever part of it.
static CREDENTIALS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)(https?://)[^/?#\s"\\]*@"#).ok());

fn without_credentials(json: &str) -> Cow<'_, str> {
    match &*CREDENTIALS {
        Some(credentials) => credentials.replace_all(json, "$1"),
        None => Cow::Borrowed(json),
    }
}

/// Our values have string keys, which is all that could fail; should one fail, the text says so.
fn text(json: Vec<u8>, written: serde_json::Result<()>) -> String {
    let text = written
        .map_err(|problem| problem.to_string())
        .and_then(|()| String::from_utf8(json).map_err(|problem| problem.to_string()));
    text.unwrap_or_else(|problem| serde_json::json!({ "error": problem }).to_string())
}

/// Escapes what may not be printed of the JSON that is written through it, which comes in pieces of
/// whole characters, a string's text between two escapes in one.
struct Escaped<W>(W);

impl<W: Write> Write for Escaped<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let harmless = |byte: &u8| matches!(byte, b'\n' | b' '..=b'~');
        let named = piece.contains(&b'@');
        if !named && piece.iter().all(harmless) {
            self.0.write_all(piece)?;
            return Ok(piece.len());
        }
        let text = std::str::from_utf8(piece).map_err(io::Error::other)?;
        let text = if named {
            without_credentials(text)
        } else {
            Cow::Borrowed(text)
        };
        let mut safe = String::with_capacity(piece.len());
        for c in text.chars() {
            if c != '\n' && (is_control(c) || is_invisible_mark(c)) {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(safe, "\\u{unit:04x}");
                }
            } else {
                safe.push(c);
            }
        }
        self.0.write_all(safe.as_bytes())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_left_out() {
        let check = |text: &str, expect: &str| {
            let json = line(&text);
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), expect);
        };
        check("http://me:secret@a.example/x", "http://a.example/x");
        check(
            "see HTTPS://me@p@a.example, gone",
            "see HTTPS://a.example, gone",
        );
        check(
            "https://web.example/2019/http://me:secret@a.example/",
            "https://web.example/2019/http://a.example/",
        );
        for whole in [
            "https://social.example/@me",
            "http://a.example/?to=me@b.example",
            "http://a.example \" me@b.example",
            "me@a.example",
        ] {
            check(whole, whole);
        }
    }

    #[test]
    fn escaped_controls_are_the_same_value() {
        let value = "\u{1b}]8;;x\u{7} \u{9b}31m \u{202e}abc \u{e0041} سلام\u{200c}";
        let json = pretty(&value);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), value);
        assert!(!json.trim_end().chars().any(is_control), "{json}");
    }
}
