//! `citecheck fix`: the fixes of findings, made in the text.

use std::ffi::OsString;
use std::fs;
use std::io::{IsTerminal as _, stdout};
use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};
use citecheck::article::{self, ReadOptions};
use citecheck::check::{CheckOptions, Facts, assemble, cited_urls};
use citecheck::config::Settings;
use citecheck::fetch::Ask;
use citecheck::fetch::request_url;
use citecheck::fix::{Selection, Settled, diff, settle};
use citecheck::model::{Article, CheckedArticle, InputFormat, Network as Source, Packed};
use citecheck::report::for_terminal;

use super::args::Voice;
use super::catalogue::rule_named;
use super::check::{clock, runtime, time_left};
use super::fix_args::FixArgs;
use super::fix_said::{painted, tell};
use super::gather::{Patience, Stopped, find_copies, gather};
use super::input::{Named, Reader, files_of, is_address};
use super::network::Network;
use super::output::{OutputFile, print};
use super::text::read_file;
use super::voice::{shown, shows_progress, style};
use super::{Ending, archives, settings};

/// Fixes wikitext and prints it, shows the changes, or writes it in place.
pub(super) fn fix(args: &FixArgs, voice: &Voice) -> Result<Ending> {
    let mut settings = settings::load(args.read.config.as_deref())?;
    settings::lay_over(&mut settings, &args.read);
    args.network.lay_over(&mut settings.fetch);
    args.archives.lay_over(&mut settings.archives);
    let color = voice.color.unwrap_or(settings.color);
    let selection = selection(args)?;
    let inputs = inputs(args)?;
    let work = Work {
        args,
        settings: &settings,
        voice,
        selection: &selection,
    };
    let Some(fixed) = runtime()?.block_on(work.fixed(&inputs))? else {
        return Ok(Ending::Interrupted);
    };
    if args.write {
        // One file that was changed: none is written.
        for (named, settled) in &fixed {
            is_to_write(named, settled)?;
        }
    }
    let colored = style(color).color;
    let mut changed = false;
    for (named, settled) in &fixed {
        changed |= !settled.edits.is_empty();
        if args.diff {
            let shown = diff(&named.name, &named.text, &settled.edits);
            if colored {
                print(painted(&shown).as_bytes())?;
            } else {
                print_text(&shown)?;
            }
        } else if !args.write {
            print_text(&settled.text)?;
        } else {
            write(named, settled)?;
        }
        if !voice.quiet {
            tell(named, settled, &selection, args.diff);
        }
    }
    Ok(if args.diff && changed {
        Ending::Findings
    } else {
        Ending::Sound
    })
}

/// Replaces a file that has anything to fix.
pub(super) fn write(named: &Named, settled: &Settled) -> Result<()> {
    if settled.edits.is_empty() {
        return Ok(());
    }
    let file = OutputFile::create(Path::new(&named.name))?;
    // As late as can be: an editor may save while pages are fetched.
    if is_to_write(named, settled)? {
        file.finish(settled.text.as_bytes())?;
    }
    Ok(())
}

/// Whether a file is still to be replaced by its fixed text; fails when it is no longer what was
/// read, for the replacement would undo what was saved meanwhile.
pub(super) fn is_to_write(named: &Named, settled: &Settled) -> Result<bool> {
    let path = Path::new(&named.name);
    // A device or a pipe gives its text once.
    if settled.edits.is_empty() || fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Ok(!settled.edits.is_empty());
    }
    let now = read_file(path)?;
    // A file that was named twice is as it should be already.
    if now == settled.text.as_bytes() {
        return Ok(false);
    }
    if now != named.text.as_bytes() {
        bail!(
            "{} was changed while this run read and fixed it, so it is not written; run it again",
            named.name
        );
    }
    Ok(true)
}

/// Prints a text as it is, save that on a terminal nothing of it acts.
pub(super) fn print_text(text: &str) -> Result<()> {
    if stdout().is_terminal() {
        print(for_terminal(text).as_bytes())
    } else {
        print(text.as_bytes())
    }
}

/// What is fixed, by rule.
fn selection(args: &FixArgs) -> Result<Selection> {
    let mut rules = Vec::new();
    for name in &args.rules {
        rules.push(rule_named(name)?.name.to_owned());
    }
    Ok(Selection {
        review: args.review,
        rules,
    })
}

/// The inputs, with the files of wikitext in place of folders.
fn inputs(args: &FixArgs) -> Result<Vec<OsString>> {
    let mut inputs = Vec::new();
    for input in &args.inputs {
        let path = Path::new(input);
        if args.write && (is_address(input) || input == "-") {
            bail!(
                "--write needs a file to write, which {} is not; leave it out to print the text",
                shown(input)
            );
        }
        if path.is_dir() {
            let files = files_of(path)?.into_iter().filter(|file| {
                let name = file.to_string_lossy();
                article::detect_format(&name, "") == Some(InputFormat::Wikitext)
            });
            let before = inputs.len();
            inputs.extend(files.map(OsString::from));
            if before == inputs.len() {
                bail!(
                    "no wikitext (.wiki, .wikitext, .mediawiki) in the folder {}",
                    path.display()
                );
            }
        } else {
            inputs.push(input.clone());
        }
    }
    if 1 < inputs.len() && !args.diff && !args.write {
        bail!("more than one text cannot be printed; add --diff or --write, or give one input");
    }
    Ok(inputs)
}

/// The conditions of a run.
struct Work<'a> {
    args: &'a FixArgs,
    settings: &'a Settings,
    voice: &'a Voice,
    selection: &'a Selection,
}

impl Work<'_> {
    /// Reads and fixes every input; `None` when it was interrupted.
    async fn fixed(&self, inputs: &[OsString]) -> Result<Option<Vec<(Named, Settled)>>> {
        let read = &self.args.read;
        let asks = self.args.online || read.record.is_some() || read.replay.is_some();
        let (clock, begun) = (clock(), Instant::now());
        let network = if asks || inputs.iter().any(is_address) {
            Network::open(read, self.settings, self.voice.quiet, clock)?
        } else {
            Network::Offline
        };
        let now = self.args.now.or(network.recorded_at()).unwrap_or(clock);
        let reader = Reader {
            keep_empty: true,
            network: &network,
            format: read.input_format,
            language: self.settings.article_language.clone(),
            quiet: self.voice.quiet,
        };
        let mut texts = Vec::new();
        for input in inputs {
            let named = reader.text(input).await?;
            refuse_other_formats(&named, read.input_format)?;
            texts.push(named);
        }
        let facts = if asks {
            let articles: Vec<Article> = texts
                .iter()
                .map(|named| self.read(named, &named.text))
                .collect();
            let asks: Vec<Ask> = cited_urls(&articles).into_iter().map(Ask::from).collect();
            let patience = Patience {
                left: time_left(self.settings, begun),
                shown: shows_progress(self.voice),
            };
            let mut gathered = gather(&network, &asks, patience, |_| ()).await;
            if let Some(options) = archives::options(&self.settings.archives, false)? {
                let patience = Patience {
                    left: time_left(self.settings, begun),
                    ..patience
                };
                find_copies(&network, &articles, &mut gathered, &options, patience).await;
            }
            match &gathered.stopped {
                None => {}
                Some(Stopped::Interrupted) => return Ok(None),
                Some(Stopped::NoNetwork(why)) => {
                    bail!("no network: {why}, or leave out --online")
                }
                Some(Stopped::TimeUp) => bail!(
                    "the time of --max-duration was up before every link was asked; nothing was \
                     fixed"
                ),
            }
            with_landings(gathered.facts)
        } else {
            Facts::new()
        };
        network.finish()?;
        let options = CheckOptions {
            readers: self.settings.language.clone(),
            levels: self.settings.rules.clone(),
            ignores: self.settings.ignores.clone(),
            pages: !self.settings.fetch.links_only,
            ..CheckOptions::at(
                now,
                if asks {
                    network.kind()
                } else {
                    Source::Offline
                },
            )
        };
        let fixed = texts.into_iter().map(|named| {
            let settled = settle(&named.text, self.selection, &mut |text| {
                self.judged(&named, text, &facts, &options)
            });
            (named, settled)
        });
        Ok(Some(fixed.collect()))
    }

    fn read(&self, named: &Named, text: &str) -> Article {
        let language = self.settings.article_language.clone();
        let options = ReadOptions {
            language: language.or(named.language.clone()),
        };
        let mut article = article::read(&named.name, text, InputFormat::Wikitext, &options);
        article.title = article.title.or(named.title.clone());
        article
    }

    fn judged(
        &self,
        named: &Named,
        text: &str,
        facts: &Facts,
        options: &CheckOptions,
    ) -> CheckedArticle {
        let article = self.read(named, text);
        let format = article.format;
        let report = assemble(vec![article], facts, options, options.now, false);
        let checked = report.articles.into_iter().next();
        checked.unwrap_or_else(|| CheckedArticle {
            input: named.name.clone(),
            format,
            title: None,
            language: None,
            references: Packed::new(),
            counts: None,
            findings: Vec::new(),
            problems: Vec::new(),
        })
    }
}

/// Fixes are edits of wikitext; other formats are made from it.
pub(super) fn refuse_other_formats(named: &Named, given: Option<InputFormat>) -> Result<()> {
    let known = given
        .or(named.format)
        .or_else(|| article::detect_format(&named.name, &named.text));
    let name = if named.name == "-" {
        "standard input"
    } else {
        &named.name
    };
    let found = match known {
        Some(InputFormat::Wikitext) => return Ok(()),
        Some(InputFormat::Html) => "HTML",
        Some(InputFormat::Text) => "plain text",
        Some(InputFormat::Urls) => "a list of addresses",
        Some(_) | None => "unknown",
    };
    bail!(
        "{name} is no wikitext (it looks like {found}), and only wikitext can be fixed; if it is, \
         say so with --input-format wikitext"
    )
}

/// Facts under the addresses that redirects led to as well: a fixed citation names those.
fn with_landings(mut facts: Facts) -> Facts {
    let moved = facts
        .values()
        .filter(|facts| !facts.outcome.hops.is_empty());
    let landings: Vec<_> = moved
        .map(|facts| {
            let mut landing = facts.clone();
            landing.outcome.requested = request_url(&landing.outcome.landed);
            landing.outcome.hops = Vec::new();
            landing
        })
        .collect();
    for landing in landings {
        let address = landing.outcome.requested.clone();
        facts.entry(address).or_insert(landing);
    }
    facts
}
