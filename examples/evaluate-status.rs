//! Measures the judgement of links on saved bodies:
//! `cargo run --release --example evaluate-status -- MANIFEST.tsv [--ordinary GOLD.jsonl…] [--all]`.
//!
//! `MANIFEST.tsv` names in its first line the columns `id` and `label` (others are not read); the
//! body of a line is `html/ID.html` beside it. `GOLD.jsonl` has lines with `file`, relative to the
//! list, and `url`: ordinary pages. Every body is judged as an answer of status 200 to a citation
//! without a title: alone; with a probe of its host that finds the same body if the page is dead,
//! and an honest 404 or another body if it lives. Figures are told apart by half: ids whose last
//! hexadecimal digit is even are the half that tables may be written against, the others are held
//! out. Misses of the first half are listed; with `--all` those of both.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that reads files and prints figures"
)]

mod figures;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use citecheck::check::read_page;
use citecheck::model::{
    Citation, FetchOutcome, FetchResult, HostProbe, HttpResponse, LinkFacts, LinkVerdict, Verdict,
};
use citecheck::rules::{judge, wants_probe};
use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

#[derive(Deserialize)]
struct Ordinary {
    file: String,
    url: Option<String>,
}

/// Right answers of all, by measure and half.
#[derive(Default)]
struct Figures(BTreeMap<(&'static str, &'static str), (usize, usize)>);

impl Figures {
    fn count(&mut self, measure: &'static str, half: &'static str, right: bool) {
        for half in ["both", half] {
            let (good, all) = self.0.entry((measure, half)).or_default();
            *good += usize::from(right);
            *all += 1;
        }
    }

    fn print(&self) {
        for ((measure, half), (right, all)) in &self.0 {
            figures::print(&format!("{measure} ({half})"), *right, *all);
        }
    }
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let all = arguments.iter().any(|argument| argument == "--all");
    let lists = arguments.iter().filter(|name| !name.starts_with("--"));
    let mut figures = Figures::default();
    for list in lists {
        let list = Path::new(list);
        if list.extension().is_some_and(|end| end == "tsv") {
            labelled(list, all, &mut figures)?;
        } else {
            ordinary(list, &mut figures)?;
        }
    }
    figures.print();
    Ok(())
}

fn labelled(list: &Path, all: bool, figures: &mut Figures) -> anyhow::Result<()> {
    let folder = list.parent().unwrap_or(Path::new(".")).join("html");
    let lines = std::fs::read_to_string(list).with_context(|| list.display().to_string())?;
    let head: Vec<&str> = lines
        .lines()
        .next()
        .unwrap_or_default()
        .split('\t')
        .collect();
    let column = |name: &str| head.iter().position(|known| *known == name);
    let (id_at, label_at) = column("id")
        .zip(column("label"))
        .context("no columns id and label")?;
    let cited = "https://site.example/2019/03/the-cited-page".parse()?;
    for line in lines.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let (Some(id), Some(label)) = (cells.get(id_at), cells.get(label_at)) else {
            continue;
        };
        let half = half(id);
        let body = std::fs::read(folder.join(format!("{id}.html"))).context((*id).to_owned())?;
        let facts = facts_of(body, &cited);
        let alone = judge(&facts, &Citation::default());
        let (measure, right) = expected(label, alone.link);
        figures.count(measure, half, right);
        if *label == "soft404" || *label == "host_gone" {
            figures.count("dead found, body alone", half, is_dead(alone.link));
        }
        let probed = probed(&facts, label, id);
        if let Some((measure, right)) = with_probe(label, probed.link) {
            figures.count(measure, half, right);
            if !right && (all || half == "written against") {
                println!("PROBED {}", miss(id, label, &probed, &facts));
            }
        }
        if !right && (all || half == "written against") {
            println!("MISS {}", miss(id, label, &alone, &facts));
        }
    }
    Ok(())
}

fn half(id: &str) -> &'static str {
    let last = id.chars().next_back().and_then(|digit| digit.to_digit(16));
    if last.unwrap_or(0).is_multiple_of(2) {
        "written against"
    } else {
        "held out"
    }
}

fn ordinary(list: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    let folder = list.parent().unwrap_or(Path::new("."));
    let lines = std::fs::read_to_string(list).with_context(|| list.display().to_string())?;
    for line in lines.lines() {
        let page: Ordinary = serde_json::from_str(line)?;
        let body = std::fs::read(folder.join(&page.file))?;
        let url = page.url.as_deref().and_then(|url| Url::parse(url).ok());
        let facts = facts_of(body, &url.unwrap_or("https://site.example/page".parse()?));
        let verdict = judge(&facts, &Citation::default());
        let fine = verdict.link.is_cited_page() || verdict.link == LinkVerdict::Unknown;
        figures.count("ordinary pages left alone", "both lists", fine);
        figures.count(
            "ordinary pages not probed",
            "both lists",
            !wants_probe(&facts),
        );
        if !fine {
            println!("FLAGGED {}", miss(&page.file, "ordinary", &verdict, &facts));
        }
    }
    Ok(())
}

fn facts_of(body: Vec<u8>, url: &Url) -> LinkFacts {
    read_page(FetchOutcome {
        requested: url.clone(),
        hops: Vec::new(),
        landed: url.clone(),
        fetched_at: Timestamp::UNIX_EPOCH,
        attempts: 1,
        result: FetchResult::Response(HttpResponse {
            status: 200,
            headers: vec![("content-type".to_owned(), "text/html".to_owned())],
            body,
            truncated: None,
        }),
    })
}

/// The judgement with the probe that the host of such a page would give; the page's own if the
/// facts ask for none.
fn probed(facts: &LinkFacts, label: &str, id: &str) -> Verdict {
    let mut facts = facts.clone();
    if wants_probe(&facts) {
        let dead = matches!(label, "soft404" | "host_gone" | "parked");
        // A page that only a script fills is the same under every address of its host.
        let same = dead || label == "js_shell";
        let honest = !same && half(id) == "held out";
        facts.probe = Some(Box::new(HostProbe {
            url: facts.outcome.requested.clone(),
            landed: facts.outcome.landed.clone(),
            status: Some(if honest { 404 } else { 200 }),
            similarity: if same { 1.0 } else { 0.2 },
        }));
    }
    judge(&facts, &Citation::default())
}

fn is_dead(link: LinkVerdict) -> bool {
    matches!(
        link,
        LinkVerdict::Soft404
            | LinkVerdict::Gone
            | LinkVerdict::Parked
            | LinkVerdict::Usurped
            | LinkVerdict::RedirectedToHomePage
    )
}

/// What is measured by a label, and whether the judgement is right by it.
fn expected(label: &str, link: LinkVerdict) -> (&'static str, bool) {
    let fine = link.is_cited_page() || link == LinkVerdict::Unknown;
    match label {
        "alive" => ("living pages not called dead", !is_dead(link) && fine),
        "soft404" => (
            "error pages found, body alone",
            link == LinkVerdict::Soft404,
        ),
        "host_gone" => ("sites gone found, body alone", is_dead(link)),
        "blocked" => ("walls found", link == LinkVerdict::Blocked),
        "forbidden" => ("refusals found", link == LinkVerdict::Blocked),
        "login" => ("log-in forms found", link == LinkVerdict::LoginWall),
        "parked" => ("parked domains found", link == LinkVerdict::Parked),
        "consent" => ("consent walls found", link == LinkVerdict::ConsentWall),
        "js_shell" => ("script shells unknown", link == LinkVerdict::Unknown),
        "server_error" => ("faults found", link == LinkVerdict::Unstable),
        _ => ("other labels", true),
    }
}

/// The same with a probe, where it changes something.
fn with_probe(label: &str, link: LinkVerdict) -> Option<(&'static str, bool)> {
    match label {
        "alive" => Some(("living pages not called dead, probed", !is_dead(link))),
        "soft404" | "host_gone" => Some(("dead found, probed", is_dead(link))),
        "js_shell" => Some((
            "script shells unknown, probed",
            link == LinkVerdict::Unknown,
        )),
        _ => None,
    }
}

fn miss(id: &str, label: &str, verdict: &Verdict, facts: &LinkFacts) -> String {
    let page = facts.page.as_ref();
    let title = page.and_then(|page| page.title.as_deref()).unwrap_or("-");
    let chars = page.map_or(0, |page| page.text_chars);
    let signals: Vec<String> = page
        .iter()
        .flat_map(|page| &page.signals)
        .map(|signal| format!("{:?} {:?} {}", signal.kind, signal.excerpt, signal.source))
        .collect();
    let link = verdict.link.as_str();
    format!(
        "{id} {label} → {link} {:.2} ({}) “{title}” {chars} chars {signals:?}",
        verdict.confidence, verdict.reason
    )
}
