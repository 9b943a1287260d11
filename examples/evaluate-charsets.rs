//! Measures how pages are decoded: `cargo run --release --example evaluate-charsets -- FILE…`.
//!
//! `FILE` is a list of pages as JSON lines with `path` (or `file`) beside the list and, if known,
//! `lang`. Pages in UTF-8 are encoded again in every legacy encoding in which their language was
//! written and that has all their letters, and read with the right declaration, with none, and
//! with wrong ones. A page is read rightly when its letters and digits come out as they went in.
//! `--wrong` prints each that does not. The pages are other people's and no part of this project.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring tool reads files and prints"
)]

mod figures;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::Context as _;
use citecheck::page::decode;
use encoding_rs::{Encoding, UTF_8};
use rayon::prelude::*;
use regex::bytes::Regex;

/// What languages were written in, most used first; each is in turn the wrong one of the others.
const WRITTEN_IN: &[(&str, &str)] = &[
    ("ru be bg", "windows-1251 koi8-r iso-8859-5 ibm866"),
    ("uk", "windows-1251 koi8-u iso-8859-5"),
    ("sr mk", "windows-1251 iso-8859-5"),
    ("pl cs sk hu sl hr bs ro sq", "windows-1250 iso-8859-2"),
    (
        "de fr es it pt nl sv da nb nn no fi is ca gl eu en af ga",
        "windows-1252 iso-8859-15",
    ),
    ("tr az", "windows-1254"),
    ("lt lv et", "windows-1257 iso-8859-13 iso-8859-4"),
    ("vi", "windows-1258"),
    ("el", "windows-1253 iso-8859-7"),
    ("he yi", "windows-1255"),
    ("ar fa ur", "windows-1256 iso-8859-6"),
    ("th", "windows-874"),
    ("ja", "shift_jis euc-jp iso-2022-jp"),
    ("ko", "euc-kr"),
    ("zh", "gb18030 big5"),
];

/// Siblings that are declared for one another, beside UTF-8 and windows-1252.
const SIBLINGS: &[&str] = &[
    "windows-1251 koi8-r iso-8859-5 ibm866 koi8-u windows-1250",
    "windows-1250 iso-8859-2 windows-1254 windows-1257",
    "windows-1257 iso-8859-13 iso-8859-4 windows-1250",
    "windows-1253 iso-8859-7",
    "windows-1255 windows-1256 iso-8859-6 windows-1251",
    "shift_jis euc-jp gb18030 big5",
    "euc-kr gb18030 big5 euc-jp shift_jis",
];

static META_CHARSET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i-u)(charset|encoding)\s*=\s*["']?[a-z0-9_-]+["']?"#).ok());

struct Page {
    id: String,
    /// In UTF-8, without its declarations.
    text: String,
    lang: String,
}

#[derive(Default, Clone, Copy)]
struct Count {
    right: usize,
    all: usize,
}

type Table = BTreeMap<(String, String), Count>;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (flags, files): (Vec<_>, Vec<_>) = arguments.iter().partition(|a| a.starts_with("--"));
    anyhow::ensure!(!files.is_empty(), "say which lists of pages to measure on");
    let mut pages = Vec::new();
    for file in files {
        pages.extend(read_pages(Path::new(file))?);
    }
    println!("{} pages in UTF-8", pages.len());
    let all: Vec<(String, String, bool, String)> = pages.par_iter().flat_map_iter(cases).collect();
    let mut table = Table::new();
    for (how, encoding, right, detail) in all {
        let counts = [
            (how.clone(), "all".to_owned()),
            (how.clone(), encoding.clone()),
        ];
        for key in counts {
            let count = table.entry(key).or_default();
            count.all += 1;
            count.right += usize::from(right);
        }
        if !right && !flags.is_empty() {
            println!("WRONG\t{how}\t{encoding}\t{detail}");
        }
    }
    for ((how, encoding), count) in table {
        figures::print(&format!("{how}: {encoding}"), count.right, count.all);
    }
    Ok(())
}

fn read_pages(list: &Path) -> anyhow::Result<Vec<Page>> {
    let text =
        std::fs::read_to_string(list).with_context(|| format!("cannot read {}", list.display()))?;
    let folder = list.parent().unwrap_or(Path::new("."));
    let mut pages = Vec::new();
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        let field = |name: &str| value.get(name).and_then(serde_json::Value::as_str);
        let Some(path) = field("path").or_else(|| field("file")) else {
            continue;
        };
        let Ok(bytes) = std::fs::read(folder.join(path)) else {
            continue;
        };
        let Ok(text) = String::from_utf8(undeclared(&bytes)) else {
            continue;
        };
        // Controls come of a wrong reading before: such a page is right in no encoding.
        let broken = text.contains(|c| matches!(c, '\u{80}'..='\u{9f}' | '\u{fffd}'));
        if !broken && !text.is_ascii() && !text.starts_with('\u{feff}') {
            pages.push(Page {
                id: path.to_owned(),
                text,
                lang: field("lang").unwrap_or_default().to_owned(),
            });
        }
    }
    Ok(pages)
}

/// A page without the encodings that its markup names.
fn undeclared(bytes: &[u8]) -> Vec<u8> {
    match META_CHARSET.as_ref() {
        Some(pattern) => pattern.replace_all(bytes, &b"data-x=1"[..]).into_owned(),
        None => bytes.to_vec(),
    }
}

/// How a page is served, the encoding that it is in, whether it was read rightly, and more.
fn cases(page: &Page) -> Vec<(String, String, bool, String)> {
    let mut answers = Vec::new();
    let primary = page.lang.split('-').next().unwrap_or_default();
    let natural: Vec<&str> = WRITTEN_IN
        .iter()
        .filter(|(languages, _)| languages.split(' ').any(|known| known == primary))
        .flat_map(|(_, encodings)| encodings.split(' '))
        .collect();
    for name in every_encoding() {
        let is_natural = natural.contains(&name);
        let Some((bytes, letters)) = encoded(&page.text, name) else {
            continue;
        };
        let mut ask = |how: &str, http: Option<&str>, meta: Option<&str>| {
            let body = meta.map_or_else(|| bytes.clone(), |label| with_meta(&bytes, label));
            let header = http.map(|label| format!("text/html; charset={label}"));
            let decoded = decode(&body, header.as_deref());
            let right = letters_of(&decoded.text) == letters;
            let detail = format!(
                "{}\t{}\t{:?} {:?} -> {}",
                page.id, page.lang, http, meta, decoded.charset
            );
            answers.push((how.to_owned(), name.to_owned(), right, detail));
        };
        let kind = if is_natural {
            ""
        } else {
            " (of another language)"
        };
        ask(&format!("right in HTTP{kind}"), Some(name), None);
        ask(&format!("right in meta{kind}"), None, Some(name));
        if !is_natural {
            continue;
        }
        ask("undeclared", None, None);
        for wrong in wrong_for(name) {
            ask(&format!("wrong: {wrong} in HTTP"), Some(wrong), None);
            ask(&format!("wrong: {wrong} in meta"), None, Some(wrong));
            ask(&format!("wrong: {wrong} in both"), Some(wrong), Some(wrong));
            ask("wrong in HTTP, right in meta", Some(wrong), Some(name));
            ask("right in HTTP, wrong in meta", Some(name), Some(wrong));
        }
    }
    let letters = letters_of(&page.text);
    for wrong in every_encoding().filter(|name| *name != "iso-2022-jp") {
        let body = page.text.as_bytes();
        let header = format!("text/html; charset={wrong}");
        let right = letters_of(&decode(body, Some(&header)).text) == letters;
        answers.push((
            "UTF-8 as another".to_owned(),
            wrong.to_owned(),
            right,
            page.id.clone(),
        ));
    }
    answers
}

fn every_encoding() -> impl Iterator<Item = &'static str> {
    WRITTEN_IN
        .iter()
        .flat_map(|(_, encodings)| encodings.split(' '))
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
}

fn wrong_for(name: &str) -> Vec<&'static str> {
    let western = ["windows-1252", "iso-8859-15"].contains(&name);
    let mut wrong = vec!["utf-8"];
    if !western {
        wrong.push("iso-8859-1");
    }
    let siblings = SIBLINGS
        .iter()
        .filter(|row| row.split(' ').any(|known| known == name))
        .flat_map(|row| row.split(' '));
    for sibling in siblings {
        if sibling != name && !wrong.contains(&sibling) {
            wrong.push(sibling);
        }
    }
    if western {
        wrong.extend([
            "windows-1250",
            "windows-1251",
            "windows-1254",
            "gb18030",
            "shift_jis",
        ]);
    }
    wrong
}

/// The page in an encoding, with what of its letters is to come back; characters that it lacks
/// become references, as software writes them. `None` where letters are among them, or where
/// nothing beyond ASCII is left.
fn encoded(text: &str, name: &str) -> Option<(Vec<u8>, String)> {
    let encoding = Encoding::for_label(name.as_bytes())?;
    let (bytes, _, _) = encoding.encode(text);
    let (back, _, _) = encoding.decode(&bytes);
    let lost = |text: &str| {
        text.chars()
            .filter(|c| !c.is_ascii() && c.is_alphabetic())
            .count()
    };
    let (before, after) = (lost(text), lost(&back));
    if before == 0 || after < before || encoding == UTF_8 {
        return None;
    }
    // What is UTF-8 in another encoding was encoded twice before.
    let escapes = encoding == encoding_rs::ISO_2022_JP;
    if !escapes && std::str::from_utf8(&bytes).is_ok() {
        return None;
    }
    let letters = letters_of(&back);
    Some((bytes.into_owned(), letters))
}

fn with_meta(bytes: &[u8], label: &str) -> Vec<u8> {
    let mut body = format!("<!DOCTYPE html><meta charset=\"{label}\">").into_bytes();
    body.extend_from_slice(bytes);
    body
}

/// Letters and digits beyond ASCII: what an encoding decides about.
fn letters_of(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_ascii() && (c.is_alphanumeric() || *c == '\u{fffd}'))
        .collect()
}
