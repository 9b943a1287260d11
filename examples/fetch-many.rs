//! Measures how fast a list of URLs is fetched, without articles, pages or reports around it.
//!
//! ```text
//! cargo run --release --example fetch-many -- [OPTIONS] LIST
//! ```
//!
//! `LIST` holds one URL a line. Options, each with its value: `--concurrency 64`, `--per-host 2`,
//! `--interval 0.1` and `--timeout 60` (seconds), `--retries 2`, `--robots ignore|pace|obey`,
//! `--bodies yes|no`, `--allow-private no|yes`. Prints how long it took, URLs per second, how many
//! URLs came to what, and how often URLs were asked.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring tool reads files and prints"
)]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use citecheck::fetch::{Ask, Event, FetchOptions, Fetcher, LiveTransport, Robots, fetch_all};
use citecheck::model::{FetchOutcome, FetchResult};
use tokio::sync::watch;
use url::Url;

#[tokio::main]
async fn main() -> Result<()> {
    let (options, list) = arguments(std::env::args().skip(1))?;
    let text = std::fs::read_to_string(&list).with_context(|| format!("cannot read {list}"))?;
    let asks: Vec<Ask> = text
        .lines()
        .filter_map(|line| Url::parse(line.trim()).ok())
        .map(Ask::from)
        .collect();
    let fetcher = Arc::new(Fetcher::new(LiveTransport::new(&options)?, options));
    let (_keep, stop) = watch::channel(false);
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut attempts = 0;
    let began = Instant::now();
    fetch_all(&fetcher, &asks, stop, |event| {
        if let Event::Finished(outcome, _) = event {
            let (kind, asked) = summary(outcome);
            *counts.entry(kind).or_default() += 1;
            attempts += asked;
        }
    })
    .await;
    let seconds = began.elapsed().as_secs_f64();
    let done: u32 = counts.values().sum();
    println!(
        "{done} URLs in {seconds:.3} s: {:.0} a second",
        f64::from(done) / seconds
    );
    println!("asked {attempts} times");
    for (kind, count) in counts {
        println!("{count:8} {kind}");
    }
    Ok(())
}

/// What a URL came to, and how often it was asked.
fn summary(outcome: FetchOutcome) -> (String, u32) {
    let kind = match outcome.result {
        FetchResult::Response(response) => response.status.to_string(),
        FetchResult::Failed(failure) => failure.kind.as_str().to_owned(),
        FetchResult::Skipped(reason) => reason.as_str().to_owned(),
        _ => "unknown".to_owned(),
    };
    (kind, outcome.attempts)
}

fn arguments(mut given: impl Iterator<Item = String>) -> Result<(FetchOptions, String)> {
    let mut options = FetchOptions::default();
    let mut list = None;
    while let Some(name) = given.next() {
        if !name.starts_with("--") {
            list = Some(name);
            continue;
        }
        let value = given
            .next()
            .with_context(|| format!("{name} needs a value"))?;
        let seconds = || value.parse().map(Duration::from_secs_f64);
        match name.as_str() {
            "--concurrency" => options.concurrency = value.parse()?,
            "--per-host" => options.per_host = value.parse()?,
            "--interval" => options.interval = seconds()?,
            "--timeout" => options.timeout = seconds()?,
            "--retries" => options.retries = value.parse()?,
            "--bodies" => options.keep_bodies = value == "yes",
            "--allow-private" => options.allow_private = value == "yes",
            "--robots" => {
                options.robots = match value.as_str() {
                    "ignore" => Robots::Ignore,
                    "pace" => Robots::CrawlDelay,
                    "obey" => Robots::Obey,
                    _ => bail!("--robots takes ignore, pace or obey"),
                }
            }
            _ => bail!("no such option: {name}"),
        }
    }
    Ok((options, list.context("which list of URLs?")?))
}
