//! Measures titles read from saved pages, and how cited titles are held against them:
//! `cargo run --release --example evaluate-titles -- GOLD.jsonl…`.
//!
//! `GOLD.jsonl` has lines with `file` (relative to the list), `url`, `gold_title`, and `lang` where
//! it is known; lines without a title are skipped. Printed are how often the title is the known one
//! and how often its token-set ratio is 90 or more (both as rapidfuzz counts them, on NFKC text in
//! lower case without punctuation), how often any candidate's is, by which candidate each other
//! page would have been right, and what verifying says of the true title, of the title of another
//! page of the same site, and of another site's in the same language.
//! With `--show` each page that is not right is listed; without `--url` addresses are not used.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that reads files and prints figures"
)]

mod figures;
mod title_ratio;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use citecheck::model::PageEvidence;
use citecheck::page::{PageInput, read};
use citecheck::rules::verify::{Answer, CitedTitles, verify_title};
use serde::Deserialize;
use title_ratio::{normal, token_set};
use url::Url;

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "named as the list names them")]
struct Gold {
    file: String,
    url: Option<String>,
    gold_title: Option<String>,
    lang: Option<String>,
}

/// A page with the title that it has.
struct Page {
    file: String,
    host: String,
    language: String,
    title: String,
    found: PageEvidence,
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let lists = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"));
    let (mut pages, mut time) = (Vec::new(), Duration::ZERO);
    for list in lists {
        read_list(Path::new(list), has("--url"), &mut pages, &mut time)?;
    }
    print_titles(&pages, has("--show"));
    print_verified(&pages, has("--show"));
    println!("{} pages read in {:.2} s", pages.len(), time.as_secs_f64());
    Ok(())
}

fn read_list(
    list: &Path,
    use_url: bool,
    pages: &mut Vec<Page>,
    time: &mut Duration,
) -> anyhow::Result<()> {
    let folder = list.parent().unwrap_or(Path::new("."));
    let lines = std::fs::read_to_string(list).with_context(|| list.display().to_string())?;
    for line in lines.lines() {
        let gold: Gold = serde_json::from_str(line)?;
        let Some(title) = gold.gold_title else {
            continue;
        };
        let body = std::fs::read(folder.join(&gold.file))?;
        let url = gold.url.as_deref().and_then(|url| Url::parse(url).ok());
        let started = Instant::now();
        let found = read(&PageInput {
            body: &body,
            url: url.as_ref().filter(|_| use_url),
            ..PageInput::default()
        });
        *time += started.elapsed();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
        pages.push(Page {
            file: gold.file,
            host: host.trim_start_matches("www.").to_owned(),
            language: gold.lang.unwrap_or_default(),
            title,
            found,
        });
    }
    Ok(())
}

fn print_titles(pages: &[Page], show: bool) {
    let (mut equal, mut near, mut any) = (0, 0, 0);
    let mut missed: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for page in pages {
        let told = page.found.title.as_deref().unwrap_or_default();
        let is_equal = normal(told) == normal(&page.title);
        let is_near = 90.0 <= token_set(told, &page.title);
        equal += usize::from(is_equal);
        near += usize::from(is_near);
        let mut values = page.found.titles.iter().map(|title| title.value.as_str());
        any += usize::from(values.any(|title| 90.0 <= token_set(title, &page.title)));
        if is_equal {
            continue;
        }
        let mut titles = page.found.titles.iter();
        let right = titles.find(|title| normal(&title.value) == normal(&page.title));
        let right = right.map_or("none", |title| title.source.as_str());
        let first = page.found.titles.first();
        let given = first.map_or("none", |title| title.source.as_str());
        *missed.entry((given, right)).or_default() += 1;
        if show {
            let kind = if is_near { "near" } else { "other" };
            println!("{kind}\t{}\tis    {}", page.file, page.title);
            for title in &page.found.titles {
                println!("{kind}\t{}\t{}\t{}", page.file, title.value, title.source);
            }
        }
    }
    figures::print("titles: equal", equal, pages.len());
    figures::print("titles: token set", near, pages.len());
    figures::print("titles: token set, any candidate", any, pages.len());
    let mut missed: Vec<_> = missed.into_iter().collect();
    missed.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    for ((given, right), count) in missed.into_iter().take(12) {
        println!("  {count:>4} not equal: told by {given}, right in {right}");
    }
}

fn print_verified(pages: &[Page], show: bool) {
    let (mut own, mut same_site, mut other_site) = ([0; 3], [0; 3], [0; 3]);
    for (at, page) in pages.iter().enumerate() {
        let answer = count(&mut own, &page.title, page);
        if show && answer != Answer::Supported {
            println!(
                "{answer:?}\t{}\t{}\t{:?}",
                page.file, page.title, page.found.title
            );
        }
        // The next page that qualifies, from here on.
        let others = || pages.iter().cycle().skip(at + 1).take(pages.len() - 1);
        let differs = |other: &&Page| token_set(&other.title, &page.title) < 60.0;
        let mut of_site = others()
            .filter(differs)
            .filter(|other| other.host == page.host);
        if let Some(other) = of_site.next() {
            count(&mut same_site, &other.title, page);
        }
        let elsewhere = |other: &&Page| other.host != page.host && other.language == page.language;
        if let Some(other) = others().filter(differs).find(elsewhere) {
            let answer = count(&mut other_site, &other.title, page);
            if show && answer == Answer::Supported {
                println!(
                    "wrongly {answer:?}\t{}\t{}\t{:?}",
                    page.file, other.title, page.found.title
                );
            }
        }
    }
    for (name, [supported, contradicted, unknown]) in [
        ("true title", own),
        ("title of another page of the site", same_site),
        ("title of another site", other_site),
    ] {
        let all = supported + contradicted + unknown;
        figures::print(&format!("{name}: supported"), supported, all);
        figures::print(&format!("{name}: contradicted"), contradicted, all);
        figures::print(&format!("{name}: not told"), unknown, all);
    }
}

fn count(answers: &mut [usize; 3], title: &str, page: &Page) -> Answer {
    let cited = CitedTitles {
        title: Some(title),
        ..CitedTitles::default()
    };
    let answer = verify_title(cited, &page.found).answer;
    let [supported, contradicted, unknown] = answers;
    match answer {
        Answer::Supported => *supported += 1,
        Answer::Contradicted => *contradicted += 1,
        Answer::Unknown => *unknown += 1,
    }
    answer
}
