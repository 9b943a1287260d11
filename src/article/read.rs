//! Which reader an input needs.

use super::{html, text, urls, wikitext};
use crate::model::{Article, InputFormat, LanguageTag};

/// How an article is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The article's language, when it is known: it settles month names and templates.
    pub language: Option<LanguageTag>,
}

/// How much of a text is looked at to tell its format, in bytes.
const SAMPLE: usize = 200_000;

/// Reads an article in the format given.
///
/// `input` names it as the user did and is only carried over. Never fails: what cannot be read is
/// listed under [`Article::problems`]. References come in list order; their language is the
/// option's, else what the text tells.
///
/// # Examples
///
/// ```
/// use citecheck::article::{ReadOptions, read};
/// use citecheck::model::InputFormat;
///
/// let text = "It rained.<ref>{{cite web |url=https://a.example |title=Rain |date=3 May 2019}}</ref>";
/// let article = read("rain.wiki", text, InputFormat::Wikitext, &ReadOptions::default());
/// let reference = &article.references[0];
/// assert_eq!(reference.claims, ["It rained."]);
/// assert_eq!(reference.sources[0].citation.title.as_deref(), Some("Rain"));
/// ```
#[must_use]
pub fn read(input: &str, source: &str, format: InputFormat, options: &ReadOptions) -> Article {
    match format {
        InputFormat::Wikitext => wikitext::read(input, source, options),
        InputFormat::Html => html::read(input, source, options),
        InputFormat::Text => text::read(input, source, options),
        InputFormat::Urls => urls::read(input, source, options),
    }
}

/// The format of an input: by the extension of its name (`.wiki`, `.wikitext`, `.mediawiki`,
/// `.html`, `.htm`, `.txt`), else by its text. Where that has addresses alone, one on each line, it
/// is a list of them. `None` when the text is blank or binary.
///
/// # Examples
///
/// ```
/// use citecheck::article::detect_format;
/// use citecheck::model::InputFormat;
///
/// assert_eq!(detect_format("a.wiki", ""), Some(InputFormat::Wikitext));
/// assert_eq!(detect_format("-", "<!DOCTYPE html><html>"), Some(InputFormat::Html));
/// assert_eq!(detect_format("-", "A.<ref>b</ref>"), Some(InputFormat::Wikitext));
/// assert_eq!(detect_format("-", "1. ^ \"A\". B. 2019."), Some(InputFormat::Text));
/// assert_eq!(detect_format("a.txt", "https://a.example/1"), Some(InputFormat::Urls));
/// ```
#[must_use]
pub fn detect_format(name: &str, text: &str) -> Option<InputFormat> {
    let extension = name
        .rsplit(['/', '\\'])
        .next()?
        .rsplit_once('.')
        .map(|(_, end)| end);
    match extension.map(str::to_ascii_lowercase).as_deref() {
        Some("wiki" | "wikitext" | "mediawiki") => return Some(InputFormat::Wikitext),
        Some("html" | "htm" | "xhtml") => return Some(InputFormat::Html),
        Some("txt") if !urls::is_list(text) => return Some(InputFormat::Text),
        _ => {}
    }
    if urls::is_list(text) {
        return Some(InputFormat::Urls);
    }
    if text.trim().is_empty() || text.contains('\0') {
        return None;
    }
    let sample = beginning(text, SAMPLE);
    let lower = sample.to_ascii_lowercase();
    let count =
        |marks: &[&str]| -> usize { marks.iter().map(|mark| lower.matches(mark).count()).sum() };
    let start = lower.trim_start().trim_start_matches('\u{feff}');
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        return Some(InputFormat::Html);
    }
    let html = count(&["</p>", "</a>", "</li>", "</div>", "href=", "<cite"]);
    let wikitext = count(&["<ref>", "<ref ", "{{", "[[", "\n== ", "\n=="]);
    if wikitext.max(html) == 0 {
        return Some(InputFormat::Text);
    }
    Some(if wikitext < html {
        InputFormat::Html
    } else {
        InputFormat::Wikitext
    })
}

/// The first bytes of a text, at most so many, up to a character's end.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes).rev().find_map(|end| text.get(..end));
    if text.len() <= bytes {
        text
    } else {
        end.unwrap_or_default()
    }
}
