//! `citecheck check`: the main job.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use citecheck::article::links::attach_links;
use citecheck::check::{CheckOptions, assemble, cited_urls};
use citecheck::config::{FailOn, Settings, to_toml};
use citecheck::fetch::Ask;
use citecheck::model::{Article, LinkVerdict, Network as Source, Report};
use jiff::Timestamp;
use tokio::runtime::Runtime;

use super::args::{CheckArgs, Voice};
use super::baseline::Known;
use super::gather::{Patience, Stopped, find_copies, gather};
use super::input::{Inputs, Reader};
use super::network::Network;
use super::output::{ReaderGone, print, refuse_inputs};
use super::remember::Remembered;
use super::render::{Destinations, place};
use super::todo_memory;
use super::voice::{say, shown, shows_progress};
use super::{Ending, archives, settings};

/// Checks articles and writes the reports.
pub(super) fn check(args: &CheckArgs, voice: &Voice) -> Result<Ending> {
    let mut settings = settings::load(args.read.config.as_deref())?;
    settings::lay_over_check(&mut settings, args);
    settings.color = voice.color.unwrap_or(settings.color);
    if args.print_config {
        print(to_toml(&settings).as_bytes())?;
        return Ok(Ending::Sound);
    }
    let baseline = args.baseline.file(&settings, args.read.config.as_deref())?;
    keep_inputs(args, baseline.as_deref())?;
    let known = (baseline.as_deref())
        .map(|file| Known::open(file, args.baseline.known.update_baseline, &args.inputs))
        .transpose()?;
    let destinations = Destinations::prepare(settings.format, settings.color, &args.output)?;
    let Run {
        mut report,
        stopped,
        unread,
        recorded,
    } = runtime()?.block_on(run(args, &settings, voice))?;
    if let Some(known) = known {
        known.apply(&mut report, unread, voice.quiet)?;
    }
    let mut ending = ending(&report, stopped.as_ref(), &settings);
    if 0 < unread && ending != Ending::Interrupted {
        ending = Ending::Failed;
    }
    if let Some(message) = stopped.and_then(|stopped| stopped.message(not_asked(&report)))
        && (ending == Ending::Failed || !voice.quiet)
    {
        say(&message);
    }
    match destinations.write(&report) {
        Err(error) if !error.is::<ReaderGone>() => Err(error),
        Ok(()) | Err(_) => recorded.map(|()| ending),
    }
}

/// Fails when the run would write over something that it reads.
fn keep_inputs(args: &CheckArgs, baseline: Option<&Path>) -> Result<()> {
    let read = &args.read;
    let named = args.inputs.iter().chain(&args.links_from).map(Path::new);
    let files = [&read.replay, &read.config]
        .into_iter()
        .flatten()
        .map(PathBuf::as_path);
    let mut inputs: Vec<&Path> = named.chain(files).collect();
    if args.baseline.known.update_baseline {
        refuse_inputs(baseline, &inputs)?;
    }
    inputs.extend(baseline);
    let outputs = args.output.iter().map(|(_, path)| path.as_path());
    if let Some(record) = &read.record
        && outputs.clone().any(|output| place(output) == place(record))
    {
        bail!(
            "{} is named by --record and --output; give each its own file",
            record.display()
        );
    }
    refuse_inputs(outputs.chain(read.record.as_deref()), &inputs)
}

/// What the tasks of a run are run by.
pub(super) fn runtime() -> Result<Runtime> {
    Runtime::new().context("cannot start the threads that ask the network")
}

/// The instant on the clock, to the second.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock is read"
)]
pub(super) fn clock() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// How many links were not asked.
fn not_asked(report: &Report) -> usize {
    let skipped = report.counts.verdicts.get(LinkVerdict::Skipped.as_str());
    skipped.copied().unwrap_or_default()
}

/// The time that the settings leave for a run.
pub(super) fn time_left(settings: &Settings, begun: Instant) -> Option<Duration> {
    let whole = settings.fetch.max_duration?.unsigned_abs();
    Some(whole.saturating_sub(begun.elapsed()))
}

/// What a run came to.
struct Run {
    report: Report,
    /// Why it ended before every link was asked, if it did.
    stopped: Option<Stopped>,
    /// Files that could not be read.
    unread: usize,
    /// Whether the recording, if one was made, is whole. The report holds all the same.
    recorded: Result<()>,
}

async fn run(args: &CheckArgs, settings: &Settings, voice: &Voice) -> Result<Run> {
    let (clock, begun) = (clock(), Instant::now());
    let network = Network::open(&args.read, settings, voice.quiet, clock)?;
    let now = args.now.or(network.recorded_at()).unwrap_or(clock);
    let reading = articles(args, settings, voice, &network);
    let Inputs {
        mut articles,
        unread,
    } = match time_left(settings, begun) {
        None => reading.await?,
        Some(left) => tokio::time::timeout(left, reading)
            .await
            .map_err(|_| anyhow!("the time of --max-duration was up before all was read"))??,
    };
    let scope = args.part.scope(&mut articles)?;
    let asked = scope.narrowed(&articles);
    let urls = cited_urls(&asked);
    let archives = archives::options(&settings.archives, args.save.save_missing)?;
    let patience = Patience {
        left: time_left(settings, begun),
        shown: shows_progress(voice),
    };
    let remembered = Remembered::open(args, settings, &network, now, &urls)?;
    let mut gathered = if let Some(remembered) = remembered {
        let gathering = remembered.gather(&network, &urls, &asked, patience);
        gathering.await?
    } else {
        let asks: Vec<Ask> = urls.into_iter().map(Ask::from).collect();
        gather(&network, &asks, patience, |_| ()).await
    };
    if let Some(options) = archives {
        let patience = Patience {
            left: time_left(settings, begun),
            ..patience
        };
        let saved = find_copies(&network, &asked, &mut gathered, &options, patience).await;
        if !voice.quiet {
            archives::tell(&saved);
        }
    }
    let recorded = network.finish();
    // A run that asks no link is about all else.
    let links_only = settings.fetch.links_only && network.kind() != Source::Offline;
    let options = CheckOptions {
        readers: settings.language.clone(),
        levels: settings.rules.clone(),
        ignores: settings.ignores.clone(),
        pages: !links_only,
        links_only,
        scope: scope.clone(),
        remembered: todo_memory::remembered(args.read.config.as_deref())?,
        all_todo: args.all_todo,
        ..CheckOptions::at(now, network.kind())
    };
    let finished = if now == clock {
        let seconds = i64::try_from(begun.elapsed().as_secs()).unwrap_or_default();
        Timestamp::from_second(now.as_second().saturating_add(seconds)).unwrap_or(now)
    } else {
        now
    };
    let partial = gathered.stopped.is_some();
    let mut report = assemble(articles, &gathered.facts, &options, finished, partial);
    todo_memory::keep_languages(&mut report, &args.source_language);
    if let Some(Stopped::NoNetwork(why)) = &gathered.stopped {
        report.run.trouble = Some(why.clone());
    }
    Ok(Run {
        report,
        stopped: gathered.stopped,
        unread,
        recorded,
    })
}

async fn articles(
    args: &CheckArgs,
    settings: &Settings,
    voice: &Voice,
    network: &Network,
) -> Result<Inputs> {
    let reader = Reader {
        network,
        format: args.read.input_format,
        language: settings.article_language.clone(),
        quiet: voice.quiet,
        keep_empty: args.allow_empty,
    };
    let named = args.part.inputs(&args.inputs)?;
    let mut inputs = reader.articles(&named).await?;
    if let Some(from) = &args.links_from {
        // The other reading of the article may be written in any way.
        let source = Reader {
            format: None,
            ..reader
        }
        .article(from)
        .await?;
        let articles = &mut inputs.articles;
        let filled: usize = articles
            .iter_mut()
            .map(|article| attach_links(article, &source))
            .sum();
        let all: usize = articles
            .iter()
            .map(|article| article.references.len())
            .sum();
        if !voice.quiet {
            say(&format!(
                "took the links of {filled} of {all} citations from {}",
                shown(from)
            ));
        }
        if 0 < voice.verbose {
            tell_unmatched(articles, from);
        }
    }
    Ok(inputs)
}

/// Says which citations are still without a link.
fn tell_unmatched(articles: &[Article], from: &OsStr) {
    for article in articles {
        for reference in article.references.blocks().flat_map(Cow::into_owned) {
            for source in &reference.sources {
                let citation = &source.citation;
                if citation.url.is_some() {
                    continue;
                }
                let title = citation.title.as_ref().or(citation.script_title.as_ref());
                say(&format!(
                    "{}: no link for reference {} in {}: {}",
                    article.input,
                    reference.number,
                    shown(from),
                    title.map_or("(no title)", String::as_str)
                ));
            }
        }
    }
}

fn ending(report: &Report, stopped: Option<&Stopped>, settings: &Settings) -> Ending {
    let of_articles = report.articles.iter().flat_map(|article| &article.findings);
    let mut findings = of_articles.chain(&report.findings);
    let fails = findings.any(|finding| settings.fail_on.fails(finding.severity));
    match stopped {
        Some(Stopped::Interrupted) => Ending::Interrupted,
        Some(Stopped::NoNetwork(_)) => Ending::Failed,
        Some(Stopped::TimeUp) | None if fails => Ending::Findings,
        // What was not asked must not pass for sound, unless nothing is to fail.
        Some(Stopped::TimeUp) if settings.fail_on != FailOn::Never => Ending::Failed,
        Some(Stopped::TimeUp) | None => Ending::Sound,
    }
}
