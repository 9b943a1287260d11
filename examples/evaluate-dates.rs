//! Measures dates read from saved pages:
//! `cargo run --release --example evaluate-dates -- GOLD.jsonl…`.
//!
//! `GOLD.jsonl` has lines with `id`, `file` (relative to the list), `url`, `gold_date`, `gold_alt`.
//! Printed are accuracy and F on dated pages as htmldate's own comparison counts them, the share of undated
//! pages that are given a date, how often a date of each confidence is right, speed.
//! With `--predictions` it prints `id<TAB>date` lines instead, with `--dump` every page's evidence
//! as JSON, with `--url` the page's address is used too.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a program that reads files and prints figures"
)]

mod figures;

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use citecheck::model::{DateKind, PageEvidence};
use citecheck::page::{PageInput, read};
use serde::Deserialize;
use url::Url;

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "named as the list names them")]
struct Gold {
    id: String,
    file: String,
    url: Option<String>,
    gold_date: Option<String>,
    #[serde(default)]
    gold_alt: Vec<String>,
}

#[derive(Default)]
struct Figures {
    dated: usize,
    right: usize,
    wrong: usize,
    missing: usize,
    undated: usize,
    invented: usize,
    invented_unsaid: usize,
    unsaid: usize,
    /// By tenth of confidence: answers, and right ones (undated pages count as wrong).
    tiers: [(usize, usize); 11],
    bytes: usize,
    time: Duration,
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let mut figures = Figures::default();
    for list in arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"))
    {
        let list = Path::new(list);
        let folder = list.parent().unwrap_or(Path::new("."));
        let lines = std::fs::read_to_string(list).with_context(|| list.display().to_string())?;
        for line in lines.lines() {
            let gold: Gold = serde_json::from_str(line)?;
            let body = std::fs::read(folder.join(&gold.file))?;
            let url = gold.url.as_deref().filter(|_| has("--url"));
            let url = url.and_then(|url| Url::parse(url).ok());
            let started = Instant::now();
            let page = read(&PageInput {
                body: &body,
                url: url.as_ref(),
                ..PageInput::default()
            });
            figures.time += started.elapsed();
            figures.bytes += body.len();
            if has("--predictions") {
                println!("{}\t{}", gold.id, day(&page).unwrap_or_default());
            } else if has("--dump") {
                println!("{}\t{}", gold.id, serde_json::to_string(&page)?);
            }
            figures.count(&gold, &page);
        }
    }
    if !has("--predictions") && !has("--dump") {
        figures.print();
    }
    Ok(())
}

/// The publication date when it is known to the day.
fn day(page: &PageEvidence) -> Option<String> {
    let date = page.published.as_ref()?.date.as_day()?;
    Some(date.to_string())
}

impl Figures {
    fn count(&mut self, gold: &Gold, page: &PageEvidence) {
        let told = day(page);
        let right = told.as_deref().is_some_and(|day| {
            gold.gold_date.as_deref() == Some(day) || gold.gold_alt.iter().any(|alt| alt == day)
        });
        if gold.gold_date.is_some() {
            self.dated += 1;
            self.right += usize::from(right);
            self.wrong += usize::from(told.is_some() && !right);
            self.missing += usize::from(told.is_none());
        } else {
            let said = page.dates.iter().any(|date| {
                let machine = ["JSON-LD", "<meta", "itemprop"];
                date.kind == DateKind::Published
                    && machine.iter().any(|source| date.source.starts_with(source))
            });
            self.undated += 1;
            self.invented += usize::from(told.is_some());
            self.unsaid += usize::from(!said);
            self.invented_unsaid += usize::from(!said && told.is_some());
        }
        if let (Some(_), Some(published)) = (told, &page.published) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a probability times ten"
            )]
            let tier = (published.confidence * 10.0) as usize;
            if let Some((answers, good)) = self.tiers.get_mut(tier) {
                *answers += 1;
                *good += usize::from(right);
            }
        }
    }

    fn print(&self) {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        figures::print("dated pages: right (accuracy)", self.right, self.dated);
        let told = self.right + self.wrong;
        figures::print(
            "dated pages: right of those told (precision)",
            self.right,
            told,
        );
        figures::print("dated pages: none", self.missing, self.dated);
        let f = share(2 * self.right, 2 * self.right + self.wrong + self.missing);
        println!("dated pages: F {f:.3}");
        figures::print("undated pages: given a date", self.invented, self.undated);
        let (invented, unsaid) = (self.invented_unsaid, self.unsaid);
        figures::print("undated pages without data: given a date", invented, unsaid);
        for (tier, (answers, good)) in self.tiers.iter().enumerate().rev() {
            if 0 < *answers {
                let confidence = format!("confidence {}.{}: right", tier / 10, tier % 10);
                figures::print(&confidence, *good, *answers);
            }
        }
        let pages = (self.dated + self.undated) as f64;
        println!(
            "{:.0} pages and {:.1} MB per second",
            pages / self.time.as_secs_f64(),
            self.bytes as f64 / 1e6 / self.time.as_secs_f64()
        );
    }
}
