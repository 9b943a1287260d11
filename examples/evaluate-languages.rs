//! Measures language detection on labelled texts:
//! `cargo run --release --example evaluate-languages -- FOLDER`.
//!
//! `FOLDER` holds `titles.tsv`, `short.tsv` and `sentences.tsv` (columns: language, text, …).
//! `--lines FILE` reads `id<TAB>text`, or JSON lines with `id` and `text`, and prints
//! `id<TAB>tag<TAB>confidence`.
//! The corpora are other people's texts and no part of this project.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measuring tool reads files and prints"
)]

mod figures;

use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use citecheck::languages::{detect, same_language, tag_for_name};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--lines", file] => print_answers(Path::new(file)),
        [folder] => print_figures(Path::new(folder)),
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
    texts: usize,
    exact: usize,
    group: usize,
    undetermined: usize,
    english: usize,
    english_called_foreign: usize,
    foreign_called_english: usize,
    sure: usize,
    sure_and_right: usize,
}

fn print_figures(folder: &Path) -> anyhow::Result<()> {
    let _ = detect("unpack the model first", &[]);
    for set in ["titles", "short", "sentences"] {
        let text = read(&folder.join(format!("{set}.tsv")))?;
        let start = Instant::now();
        let score = measure(&text);
        let seconds = start.elapsed().as_secs_f64();
        let foreign = score.texts - score.english;
        for (measure, part, all) in [
            ("this language", score.exact, score.texts),
            ("it or one like it", score.group, score.texts),
            ("no answer", score.undetermined, score.texts),
            (
                "English called foreign",
                score.english_called_foreign,
                score.english,
            ),
            (
                "foreign called English",
                score.foreign_called_english,
                foreign,
            ),
            ("sure (over 0.9)", score.sure, score.texts),
            ("right where sure", score.sure_and_right, score.sure),
        ] {
            figures::print(&format!("{set}: {measure}"), part, all);
        }
        #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
        let speed = score.texts as f64 / seconds;
        println!("{set}: {speed:.0} texts per second");
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
        score.english += usize::from(english);
        let Some(found) = detect(text, &[]) else {
            score.undetermined += 1;
            continue;
        };
        let right = same_language(&found.tag, &gold);
        score.exact += usize::from(found.tag.primary() == gold.primary());
        score.group += usize::from(right);
        score.english_called_foreign += usize::from(english && !right);
        score.foreign_called_english += usize::from(!english && found.tag.primary() == "en");
        score.sure += usize::from(0.9 < found.confidence);
        score.sure_and_right += usize::from(0.9 < found.confidence && right);
    }
    score
}
