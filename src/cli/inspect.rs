//! `citecheck inspect`: what is read from saved pages.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Result, bail};
use citecheck::model::{DateCandidate, DetectedLanguage, PageDate, PageEvidence, TitleCandidate};
use citecheck::page::{PageInput, read};
use citecheck::report;
use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::Ending;
use super::args::InspectArgs;
use super::batch;
use super::cited::Verified;
use super::output::print;
use super::text::read_file;
use super::voice::{one_line, say};

/// What is printed of a page: [`PageEvidence`] with the name it goes by.
#[derive(Debug, Serialize)]
pub(super) struct Inspected {
    pub(super) id: Value,
    published: Option<PageDate>,
    modified: Option<PageDate>,
    dates: Vec<DateCandidate>,
    titles: Vec<TitleCandidate>,
    title: Option<String>,
    language: Option<DetectedLanguage>,
    charset: String,
    words: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    verify: Option<Verified>,
}

impl Inspected {
    pub(super) fn new(id: Value, page: PageEvidence, verify: Option<Verified>) -> Self {
        Self {
            id,
            verify,
            published: page.published,
            modified: page.modified,
            dates: page.dates,
            titles: page.titles,
            title: page.title,
            language: page.language,
            charset: page.charset,
            words: page.words,
        }
    }
}

/// Prints what the pages hold.
pub(super) fn inspect(args: &InspectArgs) -> Result<Ending> {
    if let Some(list) = &args.batch {
        if args.text {
            let bare = batch::texts(list)?;
            if bare == 0 {
                return Ok(Ending::Sound);
            }
            let lines = if bare == 1 { "line has" } else { "lines have" };
            say(&format!(
                "error: {bare} {lines} no tab; {} is read as id, tab, text",
                list.display()
            ));
            return Ok(Ending::Failed);
        }
        let failed = batch::inspect(list)?;
        if failed == 0 {
            return Ok(Ending::Sound);
        }
        let lines = if failed == 1 { "line" } else { "lines" };
        say(&format!(
            "error: {failed} {lines} of {} named no page that can be read; the answers say why",
            list.display()
        ));
        return Ok(Ending::Failed);
    }
    if args.text {
        bail!("--text reads lists of texts: name one with --batch FILE");
    }
    for (at, path) in args.pages.iter().enumerate() {
        let page = read_page(path, args.url.as_ref())?;
        let name = path.display().to_string();
        let text = if args.json {
            report::line(&Inspected::new(Value::String(name), page, None)) + "\n"
        } else {
            let gap = if at == 0 { "" } else { "\n" };
            format!("{gap}{}", describe(&name, &page))
        };
        print(text.as_bytes())?;
    }
    Ok(Ending::Sound)
}

/// Reads a saved page.
pub(super) fn read_page(path: &Path, url: Option<&Url>) -> Result<PageEvidence> {
    let body = read_file(path)?;
    Ok(read(&PageInput {
        body: &body,
        url,
        ..PageInput::default()
    }))
}

/// The evidence for people: each value with where it was read.
fn describe(name: &str, page: &PageEvidence) -> String {
    let mut text = format!("{}\n", one_line(name));
    let mut line = |label: &str, value: &str, source: &str| {
        let value = one_line(value);
        let _ = match one_line(source).as_str() {
            "" => writeln!(text, "  {label:<10} {value}"),
            source => writeln!(text, "  {label:<10} {value}  ({source})"),
        };
    };
    if let Some(kind) = unread(page) {
        line("not read", kind, "");
    }
    line("title", page.title.as_deref().unwrap_or("none"), "");
    for title in &page.titles {
        line("", &title.value, &title.source);
    }
    for (label, date) in [("published", &page.published), ("modified", &page.modified)] {
        match date {
            Some(found) => {
                let sure = format!("{}, {:.0} % sure", found.source, found.confidence * 100.0);
                line(label, &found.date.to_string(), &sure);
            }
            None => line(label, "unknown", ""),
        }
    }
    for date in &page.dates {
        line("date", &date.date.to_string(), &date.source);
    }
    match &page.language {
        Some(language) => {
            let name = citecheck::languages::english_name(&language.tag);
            let sure = format!("{:.0} % sure", language.confidence * 100.0);
            line("language", &format!("{name}, {}", language.tag), &sure);
            for evidence in &language.evidence {
                line(
                    "",
                    &evidence.value,
                    &format!("{}, {}", evidence.what, evidence.source),
                );
            }
        }
        None => line("language", "unknown", ""),
    }
    line("charset", &page.charset, "");
    line("words", &page.words.to_string(), "");
    for signal in &page.signals {
        let kind = serde_json::to_value(signal.kind).unwrap_or_default();
        let kind = kind.as_str().unwrap_or_default().to_owned();
        line(
            "signal",
            &format!("{kind}: {}", signal.excerpt),
            &signal.source,
        );
    }
    text
}

/// What a body is that nothing was read of; `None` where it was read.
fn unread(page: &PageEvidence) -> Option<&str> {
    let nothing = page.titles.is_empty() && page.dates.is_empty() && page.charset.is_empty();
    let kind = match page.media_type.as_str() {
        "" | "application/octet-stream" => "neither HTML nor text nor PDF, as far as can be told",
        kind => kind,
    };
    (nothing && page.words == 0).then_some(kind)
}
