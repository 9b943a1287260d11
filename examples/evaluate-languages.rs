//! Measures language detection on labelled texts and pages:
//! `cargo run --release --example evaluate-languages -- [--show] FOLDER [PAGES.jsonl]`.
//!
//! `FOLDER` holds `titles.tsv`, `short.tsv` and `sentences.tsv` (columns: language, text, …) and
//! `mixed.json` (lists of id, larger language, smaller language, share of the larger, paragraphs).
//! `PAGES.jsonl` has lines with `path` (relative to the list), `lang`, `title`, `og_title`, `h1`
//! and what the page declares: `html_lang`, `content_language`, `og_locale`, `dc_language`,
//! `jsonld`, `hreflang_self`, `url`. `--show` lists what was missed.
//! `--lines FILE` reads `id<TAB>text`, or JSON lines with `id` and `text`, and prints
//! `id<TAB>tag<TAB>confidence`.
//! The corpora are other people's texts and no part of this project.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measuring tool reads files and prints"
)]

mod figures;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use citecheck::languages::{
    DeclaredLanguage, LanguageSignal, detect, host_language, path_language, same_language,
    tag_for_name,
};
use citecheck::model::{DetectedLanguage, LanguageTag};
use citecheck::page::{PageInput, read as read_page};
use serde::Deserialize;
use url::Url;

/// Over this an answer is sure.
const SURE: f64 = 0.9;

/// A language with a smaller share of a mixed page is not found.
const LEAST_SHARE: f64 = 0.1;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let show = arguments.iter().any(|argument| argument == "--show");
    let arguments: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| *argument != "--show")
        .collect();
    match arguments.as_slice() {
        ["--lines", file] => print_answers(Path::new(file)),
        [folder] => print_texts(Path::new(folder), show),
        [folder, pages] => {
            print_texts(Path::new(folder), show)?;
            print_pages(Path::new(pages), show)
        }
        _ => anyhow::bail!("say which folder to measure on, or --lines FILE"),
    }
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn print_answers(path: &Path) -> anyhow::Result<()> {
    for (id, text) in read(path)?.lines().filter_map(read_line) {
        match detect(&text, &[]) {
            Some(found) => println!("{id}\t{}\t{}", found.tag, found.confidence),
            None => println!("{id}\tund\t0"),
        }
    }
    Ok(())
}

fn read_line(line: &str) -> Option<(String, String)> {
    if line.starts_with('{') {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        let field = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
        return Some((field("id")?, field("text")?));
    }
    let (id, text) = line.split_once('\t')?;
    Some((id.to_owned(), text.to_owned()))
}

/// What was answered about texts whose language is known.
#[derive(Default)]
struct Score {
    texts: usize,
    exact: usize,
    group: usize,
    undetermined: usize,
    english: usize,
    english_called_foreign: usize,
    foreign_called_english: usize,
    /// By tenth of confidence: answers, right ones, sum of the confidences.
    tenths: [(usize, usize, f64); 10],
    sure: usize,
    sure_and_right: usize,
    misses: Vec<String>,
    time: Duration,
}

impl Score {
    fn count(&mut self, gold: &LanguageTag, found: Option<&DetectedLanguage>, what: &str) {
        self.texts += 1;
        let english = gold.primary() == "en";
        self.english += usize::from(english);
        let Some(found) = found else {
            self.undetermined += 1;
            self.misses.push(format!("{gold}\t-\t0\t{what}"));
            return;
        };
        let right = same_language(&found.tag, gold);
        self.exact += usize::from(found.tag.primary() == gold.primary());
        self.group += usize::from(right);
        self.english_called_foreign += usize::from(english && !right);
        self.foreign_called_english += usize::from(!english && found.tag.primary() == "en");
        self.sure += usize::from(SURE < found.confidence);
        self.sure_and_right += usize::from(SURE < found.confidence && right);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a confidence is from 0 to 1"
        )]
        let tenth = (found.confidence * 10.0) as usize;
        if let Some((answers, rights, sum)) = self.tenths.get_mut(tenth.min(9)) {
            *answers += 1;
            *rights += usize::from(right);
            *sum += found.confidence;
        }
        if !right {
            let (tag, confidence) = (&found.tag, found.confidence);
            self.misses
                .push(format!("{gold}\t{tag}\t{confidence}\t{what}"));
        }
    }

    fn print(&self, set: &str, show: bool) {
        let foreign = self.texts - self.english;
        for (measure, part, all) in [
            ("this language", self.exact, self.texts),
            ("it or one like it", self.group, self.texts),
            ("no answer", self.undetermined, self.texts),
            (
                "English called foreign",
                self.english_called_foreign,
                self.english,
            ),
            (
                "foreign called English",
                self.foreign_called_english,
                foreign,
            ),
            ("sure (over 0.9)", self.sure, self.texts),
            ("right where sure", self.sure_and_right, self.sure),
        ] {
            figures::print(&format!("{set}: {measure}"), part, all);
        }
        let (mut apart, mut answers) = (0.0, 0usize);
        for (tenth, (count, right, sum)) in self.tenths.iter().enumerate() {
            if 0 < *count {
                let measure = format!("{set}: right where 0.{tenth} to 0.{tenth}9");
                figures::print(&measure, *right, *count);
            }
            apart += (sum - *right as f64).abs();
            answers += count;
        }
        let error = apart / answers.max(1) as f64;
        println!("{set}: expected calibration error {error:.4}");
        let speed = self.texts as f64 / self.time.as_secs_f64();
        println!("{set}: {speed:.0} per second");
        if show {
            for miss in &self.misses {
                println!("missed\t{set}\t{miss}");
            }
        }
    }
}

fn print_texts(folder: &Path, show: bool) -> anyhow::Result<()> {
    let _ = detect("unpack the model first", &[]);
    for set in ["titles", "short", "sentences"] {
        let table = read(&folder.join(format!("{set}.tsv")))?;
        let mut score = Score::default();
        for line in table.lines() {
            let mut columns = line.split('\t');
            let (Some(gold), Some(text)) = (columns.next().and_then(tag_for_name), columns.next())
            else {
                continue;
            };
            let start = Instant::now();
            let found = detect(text, &[]);
            score.time += start.elapsed();
            score.count(&gold, found.as_ref(), text);
        }
        score.print(set, show);
    }
    print_mixed(&folder.join("mixed.json"), show)
}

/// A page made of paragraphs in two languages: id, the larger language, the smaller one, the
/// larger one's share, paragraphs.
#[derive(Deserialize)]
struct Mixed(String, String, String, f64, Vec<String>);

#[derive(Default)]
struct MixedScore {
    pages: usize,
    majority: usize,
    both: usize,
    third: usize,
    /// Differences between the shares told and true of the larger language.
    apart: f64,
}

fn print_mixed(path: &Path, show: bool) -> anyhow::Result<()> {
    let pages: Vec<Mixed> = serde_json::from_str(&read(path)?)?;
    for share in [0.5, 0.7, 0.85] {
        let mut score = MixedScore::default();
        for page in pages.iter().filter(|page| (page.3 - share).abs() < 0.01) {
            count_mixed(page, &mut score, show);
        }
        let set = format!("mixed {:.0} %", share * 100.0);
        for (measure, part) in [
            ("larger language named", score.majority),
            ("both found", score.both),
            ("another found", score.third),
        ] {
            figures::print(&format!("{set}: {measure}"), part, score.pages);
        }
        let apart = score.apart / score.pages.max(1) as f64;
        println!("{set}: larger share told wrong by {apart:.3}");
    }
    Ok(())
}

fn count_mixed(
    Mixed(id, larger, smaller, share, paragraphs): &Mixed,
    score: &mut MixedScore,
    show: bool,
) {
    let paragraphs: Vec<String> = paragraphs
        .iter()
        .map(|text| text.replace('&', "&amp;").replace('<', "&lt;"))
        .collect();
    let body = paragraphs.join("</p>\n<p>");
    let body = format!("<html><body><article><p>{body}</p></article></body></html>");
    let page = read_page(&PageInput {
        body: body.as_bytes(),
        content_type: Some("text/html; charset=utf-8"),
        ..PageInput::default()
    });
    let language = page.language;
    let shares = language.as_ref().map_or(&[][..], |found| &found.shares);
    let is = |tag: &LanguageTag, name: &str| {
        tag_for_name(name).is_some_and(|gold| same_language(tag, &gold))
    };
    let share_of = |name: &str| -> f64 {
        let own = shares.iter().filter(|found| is(&found.tag, name));
        own.map(|found| found.share).sum()
    };
    let (first, second) = (share_of(larger), share_of(smaller));
    let named = language
        .as_ref()
        .is_some_and(|found| is(&found.tag, larger));
    let both = LEAST_SHARE <= first && LEAST_SHARE <= second;
    let third = shares.iter().any(|found| {
        LEAST_SHARE <= found.share && !is(&found.tag, larger) && !is(&found.tag, smaller)
    });
    score.pages += 1;
    score.majority += usize::from(named);
    score.both += usize::from(both);
    score.third += usize::from(third);
    score.apart += (first - share).abs();
    if show && !(named && both && !third) {
        println!("missed\tmixed\t{id}\t{larger} {smaller} {share}\t{shares:?}");
    }
}

#[derive(Deserialize)]
struct Page {
    path: String,
    lang: String,
    html_lang: String,
    content_language: String,
    og_locale: String,
    dc_language: String,
    jsonld: String,
    hreflang_self: String,
    url: String,
    title: String,
    og_title: String,
    h1: String,
}

impl Page {
    /// What is declared, as far as the list tells.
    fn declared(&self) -> Vec<DeclaredLanguage> {
        let values = [
            (&self.html_lang, LanguageSignal::HtmlLang),
            (&self.content_language, LanguageSignal::HttpHeader),
            (&self.dc_language, LanguageSignal::Meta),
            (&self.og_locale, LanguageSignal::OpenGraph),
            (&self.jsonld, LanguageSignal::JsonLd),
            (&self.hreflang_self, LanguageSignal::Hreflang),
        ];
        let mut declared: Vec<DeclaredLanguage> = values
            .into_iter()
            .filter_map(|(value, signal)| {
                let tag = tag_for_name(value.split([',', ';', '.']).next()?.trim())?;
                Some(DeclaredLanguage { tag, signal })
            })
            .collect();
        if let Ok(url) = Url::parse(&self.url) {
            declared.extend(url.host_str().and_then(host_language));
            declared.extend(path_language(url.path()));
        }
        declared
    }

    fn first_title(&self) -> Option<&str> {
        let titles = [&self.title, &self.og_title, &self.h1];
        let titles = titles.into_iter().map(|title| title.trim());
        titles.into_iter().find(|title| !title.is_empty())
    }
}

fn print_pages(list: &Path, show: bool) -> anyhow::Result<()> {
    let folder = list.parent().unwrap_or(Path::new("."));
    let (mut pages, mut alone, mut with_declared) =
        (Score::default(), Score::default(), Score::default());
    for line in read(list)?.lines() {
        let page: Page = serde_json::from_str(line)?;
        let Some(gold) = tag_for_name(&page.lang) else {
            continue;
        };
        let body = std::fs::read(folder.join(&page.path))
            .with_context(|| format!("cannot read {}", page.path))?;
        let url = Url::parse(&page.url).ok();
        let start = Instant::now();
        let found = read_page(&PageInput {
            body: &body,
            url: url.as_ref(),
            ..PageInput::default()
        });
        pages.time += start.elapsed();
        pages.count(&gold, found.language.as_ref(), &page.path);
        let Some(title) = page.first_title() else {
            continue;
        };
        let declared = page.declared();
        for (score, declared) in [(&mut alone, &[][..]), (&mut with_declared, &declared)] {
            let start = Instant::now();
            let found = detect(title, declared);
            score.time += start.elapsed();
            score.count(&gold, found.as_ref(), title);
        }
    }
    pages.print("pages", show);
    alone.print("titles of pages", show);
    with_declared.print("titles of pages with what is declared", show);
    Ok(())
}
