//! Measures language detection on labelled texts.
//!
//! `evaluate-languages DIR` reads `titles.tsv`, `short.tsv` and `sentences.tsv` in a folder
//! (columns: language, text, …) and prints a table. `evaluate-languages --lines FILE` reads
//! `id<TAB>text`, or JSON lines with `id` and `text`, and prints `id<TAB>tag<TAB>confidence`.
//! The corpora are other people's texts and no part of this project.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring tool reads files and prints"
)]

use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use citecheck::languages::{detect, same_language, tag_for_name};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--lines", file] => print_answers(Path::new(file)),
        [folder] => print_table(Path::new(folder)),
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

#[derive(Default)]
struct Score {
    texts: u32,
    exact: u32,
    group: u32,
    undetermined: u32,
    english: u32,
    english_called_foreign: u32,
    foreign_called_english: u32,
    sure: u32,
    sure_and_right: u32,
}

fn print_table(folder: &Path) -> anyhow::Result<()> {
    println!("set\ttexts\texact\tgroup\tnone\ten>x\tx>en\t>.9\tright\ttexts/s");
    let _ = detect("unpack the model first", &[]);
    for set in ["titles", "short", "sentences"] {
        let text = read(&folder.join(format!("{set}.tsv")))?;
        let start = Instant::now();
        let score = measure(&text);
        let seconds = start.elapsed().as_secs_f64();
        let share = |count: u32, all: u32| f64::from(count) / f64::from(all.max(1));
        println!(
            "{set}\t{}\t{:.4}\t{:.4}\t{}\t{}/{}\t{}/{}\t{:.3}\t{:.4}\t{:.0}",
            score.texts,
            share(score.exact, score.texts),
            share(score.group, score.texts),
            score.undetermined,
            score.english_called_foreign,
            score.english,
            score.foreign_called_english,
            score.texts - score.english,
            share(score.sure, score.texts),
            share(score.sure_and_right, score.sure),
            f64::from(score.texts) / seconds,
        );
    }
    Ok(())
}

fn measure(table: &str) -> Score {
    let mut score = Score::default();
    for line in table.lines() {
        let mut columns = line.split('\t');
        let (Some(gold), Some(text)) = (columns.next().and_then(tag_for_name), columns.next())
        else {
            continue;
        };
        score.texts += 1;
        let english = gold.primary() == "en";
        score.english += u32::from(english);
        let Some(found) = detect(text, &[]) else {
            score.undetermined += 1;
            continue;
        };
        let right = same_language(&found.tag, &gold);
        score.exact += u32::from(found.tag.primary() == gold.primary());
        score.group += u32::from(right);
        score.english_called_foreign += u32::from(english && !right);
        score.foreign_called_english += u32::from(!english && found.tag.primary() == "en");
        score.sure += u32::from(0.9 < found.confidence);
        score.sure_and_right += u32::from(0.9 < found.confidence && right);
    }
    score
}
