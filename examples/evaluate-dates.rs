//! Measures dates read from saved pages, and cited dates verified against them:
//! `cargo run --release --example evaluate-dates -- GOLD.jsonl…`.
//!
//! `GOLD.jsonl` has lines with `id`, `file` (relative to the list), `url`, `gold_date`, `gold_alt`.
//! Printed are accuracy and F on dated pages as htmldate's own comparison counts them and the share
//! of undated pages that are given a date, each for all answers and for those of at least some
//! confidence; how often the surest three quarters are right; what becomes of true cited dates and
//! of dates that are off by a week, a month and a year; speed. With `--predictions` it prints
//! `id<TAB>date` lines instead, with `--dump` every page's evidence as JSON. `--url` uses the
//! pages' addresses too; `--apart FILE` leaves pages out whose id is the second column of `FILE`:
//! those with doubtful labels.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a program that reads files and prints figures"
)]

mod figures;

use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use citecheck::model::{CitedDate, DateKind, PageEvidence};
use citecheck::page::{PageInput, read};
use citecheck::rules::verify::{Answer, verify_date};
use jiff::ToSpan;
use jiff::civil::Date;
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

/// What one page came to.
struct Row {
    dated: bool,
    /// Confidence of the day given, and whether it is the right one.
    told: Option<(f64, bool)>,
    /// Whether data for machines call some date the one of publication.
    said: bool,
    /// What the page says to its true date moved by each of [`OFFSETS`].
    answers: Vec<Answer>,
}

/// In days.
const OFFSETS: [i64; 7] = [0, 7, -7, 31, -31, 365, -365];

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let apart_at = arguments.iter().position(|argument| argument == "--apart");
    let apart = match apart_at.and_then(|at| arguments.get(at + 1)) {
        Some(file) => second_column(Path::new(file))?,
        None => HashSet::new(),
    };
    let lists = arguments.iter().enumerate().filter(|(at, argument)| {
        !argument.starts_with("--") && apart_at.is_none_or(|flag| *at != flag + 1)
    });
    let mut rows = Vec::new();
    let mut spent = Duration::ZERO;
    for (_, list) in lists {
        let list = Path::new(list);
        let folder = list.parent().unwrap_or(Path::new("."));
        let lines = std::fs::read_to_string(list).with_context(|| list.display().to_string())?;
        for line in lines.lines() {
            let gold: Gold = serde_json::from_str(line)?;
            if apart.contains(&gold.id) {
                continue;
            }
            let body = std::fs::read(folder.join(&gold.file))?;
            let url = gold.url.as_deref().filter(|_| has("--url"));
            let url = url.and_then(|url| Url::parse(url).ok());
            let started = Instant::now();
            let page = read(&PageInput {
                body: &body,
                url: url.as_ref(),
                ..PageInput::default()
            });
            spent += started.elapsed();
            if has("--predictions") {
                let day = day(&page).map(|day| day.to_string());
                println!("{}\t{}", gold.id, day.unwrap_or_default());
            } else if has("--dump") {
                println!("{}\t{}", gold.id, serde_json::to_string(&page)?);
            }
            rows.push(row(&gold, &page));
        }
    }
    if !has("--predictions") && !has("--dump") {
        print_figures(&rows);
        let speed = rows.len() as f64 / spent.as_secs_f64();
        println!("{speed:.0} pages per second");
    }
    Ok(())
}

fn second_column(file: &Path) -> anyhow::Result<HashSet<String>> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let column = text.lines().filter_map(|line| line.split('\t').nth(1));
    Ok(column.map(str::to_owned).collect())
}

/// The publication date when it is known to the day.
fn day(page: &PageEvidence) -> Option<Date> {
    page.published.as_ref()?.date.as_day()
}

fn row(gold: &Gold, page: &PageEvidence) -> Row {
    let truth: Option<Date> = gold.gold_date.as_deref().and_then(|date| date.parse().ok());
    let right =
        |day: Date| truth == Some(day) || gold.gold_alt.iter().any(|alt| *alt == day.to_string());
    let confidence = page.published.as_ref().map(|date| date.confidence);
    let moved = |days: i64| {
        let day = truth?.checked_add(days.days()).ok()?;
        Some(verify_date(CitedDate::day(day), None, page).answer)
    };
    Row {
        dated: gold.gold_date.is_some(),
        told: day(page)
            .zip(confidence)
            .map(|(day, confidence)| (confidence, right(day))),
        said: page.dates.iter().any(|date| {
            let machine = ["JSON-LD", "<meta", "itemprop"];
            date.kind == DateKind::Published
                && machine.iter().any(|source| date.source.starts_with(source))
        }),
        answers: OFFSETS.into_iter().filter_map(moved).collect(),
    }
}

fn print_figures(rows: &[Row]) {
    let dated: Vec<&Row> = rows.iter().filter(|row| row.dated).collect();
    let undated: Vec<&Row> = rows.iter().filter(|row| !row.dated).collect();
    println!("confidence  accuracy  precision  recall  F      undated given a date, without data");
    for least in [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] {
        let told = |row: &&&Row| row.told.is_some_and(|(confidence, _)| least <= confidence);
        let given = dated.iter().filter(told).count() as f64;
        let right = dated
            .iter()
            .filter(told)
            .filter(|row| is_right(row))
            .count() as f64;
        let all = dated.len().max(1) as f64;
        let invented =
            |rows: &[&Row]| rows.iter().filter(told).count() as f64 / rows.len().max(1) as f64;
        let without: Vec<&Row> = undated.iter().copied().filter(|row| !row.said).collect();
        println!(
            "{least:<10}  {:.4}    {:.4}     {:.4}  {:.4}  {:.3}                  {:.3}",
            right / all,
            right / given.max(1.0),
            given / all,
            2.0 * right / (right + all),
            invented(&undated),
            invented(&without),
        );
    }
    print_tiers(rows, &dated);
    for (at, days) in OFFSETS.iter().enumerate() {
        let of = |answer: Answer| {
            let same = |row: &&&Row| row.answers.get(at) == Some(&answer);
            dated.iter().filter(same).count()
        };
        for (answer, name) in [
            (Answer::Supported, "supported"),
            (Answer::Contradicted, "contradicted"),
        ] {
            let what = format!("cited date off by {days} days: {name}");
            figures::print(&what, of(answer), dated.len());
        }
    }
}

fn is_right(row: &Row) -> bool {
    row.told.is_some_and(|(_, right)| right)
}

/// How often answers of each confidence are right, undated pages counted as wrong, and how often
/// the surest three quarters of the dated pages are.
fn print_tiers(rows: &[Row], dated: &[&Row]) {
    for tenth in (0..10).rev() {
        let (from, to) = (f64::from(tenth) / 10.0, f64::from(tenth + 1) / 10.0);
        let told: Vec<bool> = rows
            .iter()
            .filter_map(|row| row.told)
            .filter(|(confidence, _)| from <= *confidence && (*confidence < to || tenth == 9))
            .map(|(_, right)| right)
            .collect();
        let right = told.iter().filter(|right| **right).count();
        if !told.is_empty() {
            figures::print(&format!("confidence {from:.1}: right"), right, told.len());
        }
    }
    let mut surest: Vec<(f64, bool)> = dated.iter().filter_map(|row| row.told).collect();
    surest.sort_by(|a, b| b.0.total_cmp(&a.0));
    surest.truncate(dated.len() * 3 / 4);
    let right = surest.iter().filter(|(_, right)| *right).count();
    figures::print("the surest three quarters: right", right, surest.len());
}
