//! Names the language of every line of a file, for measuring.
//!
//! `cargo run --release --example evaluate-languages -- FILE` reads `id<TAB>text` and prints
//! `id<TAB>tag<TAB>confidence`, and the rate on standard error. Lines that begin with `{` are read
//! as JSON with `id` and `text`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a measuring tool reads files and prints"
)]

use std::fmt::Write as _;
use std::time::Instant;

use anyhow::Context as _;
use citecheck::languages::detect;

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).context("say which file to read")?;
    let input = std::fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
    let lines: Vec<(String, String)> = input.lines().filter_map(read_line).collect();
    let _ = detect("warm up", &[]);
    let start = Instant::now();
    let mut answers = String::new();
    for (id, text) in &lines {
        match detect(text, &[]) {
            Some(found) => writeln!(answers, "{id}\t{}\t{}", found.tag, found.confidence)?,
            None => writeln!(answers, "{id}\tund\t0")?,
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    print!("{answers}");
    eprintln!("{} texts in {seconds:.2} s", lines.len());
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
