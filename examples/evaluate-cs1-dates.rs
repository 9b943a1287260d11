//! Compares CS1's verdicts on dates, archive dates and orders of dates with tables of true ones:
//! `cargo run --release --example evaluate-cs1-dates -- FOLDER`.
//!
//! `FOLDER` holds `cs1/dates.tsv` (parameter, value, count, verdict;
//! `year>date` for a year that counts as the date), `cs1/dates_made.tsv` (parameter, value,
//! verdict), `cs1/archive_dates.tsv` and `cs1/date_order.tsv` with the articles in `wikitext/`.
//! Prints what differs, then the figures. Values are judged by the library and, each written into
//! a citation of one article, by the rules. The run is on 22 November 2026.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program"
)]

mod figures;

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

use citecheck::article::{ReadOptions, read};
use citecheck::check::{CheckOptions, Facts, assemble};
use citecheck::cs1::dates::{DateParameter, judge};
use citecheck::model::{Article, CheckedArticle, CheckedReference, Finding, InputFormat, Network};
use jiff::Timestamp;
use jiff::tz::TimeZone;

type Failed = Box<dyn Error>;

fn main() -> Result<(), Failed> {
    let folder = std::env::args().nth(1).ok_or("which folder?")?;
    let folder = Path::new(&folder);
    let now: Timestamp = "2026-11-22T00:00:00Z".parse()?;
    verdicts(folder, "cs1/dates.tsv", 3, now)?;
    verdicts(folder, "cs1/dates_made.tsv", 2, now)?;
    archives(folder, now)?;
    orders(folder, now)?;
    Ok(())
}

/// The rows of a table below its heading.
fn rows(path: &Path) -> Result<Vec<Vec<String>>, Failed> {
    let text = fs::read_to_string(path)?;
    let lines = text.lines().skip(1);
    Ok(lines
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect())
}

fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", String::as_str)
}

fn verdicts(folder: &Path, table: &str, column: usize, now: Timestamp) -> Result<(), Failed> {
    let rows = rows(&folder.join(table))?;
    let today = now.to_zoned(TimeZone::UTC).date();
    let mut right = 0;
    let mut text = String::new();
    for row in &rows {
        let (written, value) = (cell(row, 0), cell(row, 1));
        let (name, judged) = written.split_once('>').unwrap_or((written, written));
        let judged = DateParameter::of(judged).ok_or("an unknown parameter")?;
        let verdict = judge(judged, value, today);
        let expected = cell(row, column) == "ok";
        if verdict.is_ok() == expected {
            right += 1;
        } else {
            println!("{table}: {written}={value}: {verdict:?}");
        }
        text.push_str(&citation(name, value, written.contains('>')));
    }
    figures::print(&format!("{table}: the library"), right, rows.len());
    let article = report(&text, now);
    let mut right = 0;
    for (row, number) in rows.iter().zip(1..) {
        let found = findings(&article, "invalid-date", number);
        let expected = usize::from(cell(row, column) != "ok");
        if found.len() == expected {
            right += 1;
        } else {
            println!("{table}: {row:?}: {found:?}");
        }
    }
    figures::print(&format!("{table}: the rule"), right, rows.len());
    Ok(())
}

/// A citation with one date to be judged, and what else CS1 asks for beside it.
fn citation(name: &str, value: &str, promoted: bool) -> String {
    let date = match name {
        "year" | "publication-date" if !promoted => {
            format!("|date={}", if name == "year" { value } else { "1066" })
        }
        _ => String::new(),
    };
    let archive = if name == "archive-date" {
        "|archive-url=https://archive.example/a"
    } else {
        ""
    };
    format!(
        "It is so.<ref>{{{{cite web|url=https://a.example/b|title=A title\
         |{name}={value}{date}{archive}}}}}</ref>\n"
    )
}

fn report(text: &str, now: Timestamp) -> CheckedArticle {
    let article = read("-", text, InputFormat::Wikitext, &ReadOptions::default());
    checked(article, now)
}

fn checked(article: Article, now: Timestamp) -> CheckedArticle {
    let options = CheckOptions::at(now, Network::Offline);
    let report = assemble(vec![article], &Facts::default(), &options, now, false);
    let mut articles = report.articles;
    articles.remove(0)
}

fn findings<'a>(article: &'a CheckedArticle, rule: &str, number: u32) -> Vec<&'a Finding> {
    let findings = article.findings.iter();
    findings
        .filter(|finding| finding.name == rule && finding.reference == Some(number))
        .collect()
}

fn archives(folder: &Path, now: Timestamp) -> Result<(), Failed> {
    let rows = rows(&folder.join("cs1/archive_dates.tsv"))?;
    let copies = rows.iter().map(|row| {
        let (date, stamp) = (cell(row, 1), cell(row, 2));
        let copy = format!("https://web.archive.org/web/{stamp}/https://a.example/b");
        format!(
            "It is so.<ref>{{{{cite web|url=https://a.example/b|title=A title\
             |archive-url={copy}|archive-date={date}}}}}</ref>\n"
        )
    });
    let text: String = copies.collect();
    let article = report(&text, now);
    let mut right = 0;
    for (row, number) in rows.iter().zip(1..) {
        let found = findings(&article, "archive-date-mismatch", number);
        let fix = found.first().and_then(|finding| finding.fix.as_ref());
        let suggested = fix.and_then(|fix| fix.edits.first());
        let suggested = suggested.map_or("", |edit| edit.replacement.as_str());
        let said = if found.is_empty() {
            "ok".to_owned()
        } else {
            format!("mismatch:{suggested}")
        };
        if said == cell(row, 3) {
            right += 1;
        } else {
            println!("archive_dates.tsv: {row:?}: {said}");
        }
    }
    figures::print("cs1/archive_dates.tsv", right, rows.len());
    Ok(())
}

fn orders(folder: &Path, now: Timestamp) -> Result<(), Failed> {
    let rows = rows(&folder.join("cs1/date_order.tsv"))?;
    let expected: BTreeSet<(String, String, String)> = rows
        .iter()
        .map(|row| {
            (
                cell(row, 0).into(),
                cell(row, 1).into(),
                cell(row, 4).into(),
            )
        })
        .collect();
    let mut found = BTreeSet::new();
    let mut mismatches = 0;
    for entry in fs::read_dir(folder.join("wikitext"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if !name.starts_with("en__") {
            continue;
        }
        let article = report(&fs::read_to_string(&path)?, now);
        for finding in &article.findings {
            let kind = match finding.name.as_ref() {
                "access-date-before-publication" => "access<date",
                "archive-date-before-publication" => "archive<date",
                "archive-date-mismatch" => {
                    mismatches += 1;
                    println!("{name}: {}", finding.message);
                    continue;
                }
                _ => continue,
            };
            let mut works = article
                .references
                .iter()
                .filter(|reference| Some(reference.number) == finding.reference)
                .flat_map(CheckedReference::works);
            let work = works.find(|work| {
                let mut fields = work.citation.fields.values();
                fields.any(|field| Some(field.span) == finding.span)
            });
            let url = work.and_then(|work| work.citation.url.clone());
            let key = (name.to_string(), kind.to_owned(), url.unwrap_or_default());
            if !expected.contains(&key) {
                println!("date_order.tsv does not have {key:?}: {}", finding.message);
            }
            found.insert(key);
        }
    }
    for missing in expected.difference(&found) {
        println!("date_order.tsv: not found: {missing:?}");
    }
    let right = expected.intersection(&found).count();
    figures::print("cs1/date_order.tsv", right, expected.len());
    println!(
        "in the same articles: {} others, {mismatches} archive-date mismatches",
        found.difference(&expected).count()
    );
    Ok(())
}
