//! Reads date strings from a table and says which are not read as its gold column says:
//! `cargo run --release --example evaluate-date-strings -- strings FILE`.
//!
//! `strings FILE` takes `language<TAB>text<TAB>ISO date` lines, `texts FILE`
//! takes texts alone, one per line, `speed FILE` times `find_all` on a file.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program"
)]

mod figures;

use std::error::Error;
use std::time::Instant;

use citecheck::dates::{DateReading, find_all, read};
use citecheck::model::LanguageTag;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let kind = arguments.next().ok_or("strings, texts or speed?")?;
    let text = std::fs::read_to_string(arguments.next().ok_or("which file?")?)?;
    match kind.as_str() {
        "strings" => strings(&text),
        "texts" => texts(&text),
        _ => speed(&text),
    }
    Ok(())
}

fn strings(table: &str) {
    let (mut right, mut found_right, mut all) = (0, 0, 0);
    for line in table.lines() {
        let mut cells = line.split('\t');
        let (Some(tag), Some(text), Some(gold)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let tag = LanguageTag::parse(tag);
        let reading = read(text, tag.as_ref());
        let is_right = matches!(&reading, DateReading::Date(date) if date.to_string() == gold);
        let found = find_all(text, tag.as_ref());
        let is_found = matches!(found.as_slice(), [one] if one.date.to_string() == gold);
        all += 1;
        right += usize::from(is_right);
        found_right += usize::from(is_found);
        if !is_right || !is_found {
            println!("{text}\t{gold}\t{reading:?}\t{found:?}");
        }
    }
    figures::print("read", right, all);
    figures::print("found", found_right, all);
}

fn texts(lines: &str) {
    for line in lines.lines() {
        let reading = read(line, None);
        if let DateReading::Date(date) = reading {
            println!("{line}\t{date}");
        } else {
            println!("{line}\t{reading:?}");
        }
    }
}

fn speed(text: &str) {
    let _warm = find_all("1 May 2020", None);
    let start = Instant::now();
    let found = find_all(text, None).len();
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX)) / 1e6;
    println!(
        "{found} dates, {megabytes:.1} MB, {:.1} MB/s",
        megabytes / seconds
    );
}
