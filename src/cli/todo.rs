//! `citecheck todo`: translations taken back into wikitext, and what is not to be asked again.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use citecheck::article::{self, ReadOptions};
use citecheck::check::extract;
use citecheck::fix::{Selection, Settled, diff, settle};
use citecheck::handoff::{Decided, Entry, Outcome, What, plan, read};
use citecheck::model::{Article, CheckedArticle, InputFormat, Packed, TodoState};
use citecheck::report::for_terminal;
use citecheck::rules::joined_edit_summary;
use jiff::Timestamp;

use super::args::Voice;
use super::check::{clock, runtime};
use super::fix::{is_to_write, print_text, refuse_other_formats, write};
use super::fix_said::painted;
use super::input::{Named, Reader, is_address};
use super::network::Network;
use super::output::print;
use super::text::read_file;
use super::todo_args::{ApplyArgs, RejectArgs, TodoArgs, TodoCommand};
use super::voice::{say, shown, style};
use super::{Ending, settings, todo_memory};

/// Refusals that are told one by one.
const TOLD: usize = 20;

pub(super) fn todo(args: &TodoArgs, voice: &Voice) -> Result<Ending> {
    match &args.command {
        TodoCommand::Apply(args) => apply(args, voice),
        TodoCommand::Reject(args) => reject(args, voice),
    }
}

fn apply(args: &ApplyArgs, voice: &Voice) -> Result<Ending> {
    let mut settings = settings::load(args.config.as_deref())?;
    if args.article_language.is_some() {
        settings.article_language.clone_from(&args.article_language);
    }
    if is_address(&args.article) || (args.article == "-" && args.write) {
        bail!(
            "--article is the file of wikitext to write, which {} is not; save the article's \
             source and name that",
            shown(&args.article)
        );
    }
    if args.article == "-" && args.file == Path::new("-") {
        bail!("only one of the two can be standard input; give the other as a file");
    }
    let entries = entries(&args.file)?;
    let reader = Reader {
        keep_empty: true,
        network: &Network::Offline,
        format: None,
        language: settings.article_language.clone(),
        quiet: voice.quiet,
    };
    let named = runtime()?.block_on(reader.text(&args.article))?;
    refuse_other_formats(&named, None)?;
    let now = clock();
    let reading = |text: &str| -> Article {
        let options = ReadOptions {
            language: settings.article_language.clone().or(named.language.clone()),
        };
        article::read(&named.name, text, InputFormat::Wikitext, &options)
    };
    let outcomes = plan(&reading(&named.text), &entries, now).outcomes;
    let selection = Selection {
        review: true,
        rules: Vec::new(),
    };
    let settled = settle(&named.text, &selection, &mut |text| {
        judged(reading(text), &entries, now)
    });
    if let Some(why) = of_another_article(&named.name, &outcomes) {
        bail!("{why}");
    }
    show(args, voice, &named, &settled, settings.color)?;
    if args.write {
        remember(args, &outcomes, &settled)?;
    }
    if !voice.quiet {
        tell(args, &named, &outcomes, &settled);
    }
    Ok(if args.diff && !settled.edits.is_empty() {
        Ending::Findings
    } else {
        Ending::Sound
    })
}

/// Why none of a file's translations can be of this article; `None` where one is, or nothing came back.
fn of_another_article(name: &str, outcomes: &[Outcome]) -> Option<String> {
    let waiting = |what: What| matches!(what, What::Untranslated);
    let told: Vec<What> = (outcomes.iter().map(|outcome| outcome.what))
        .filter(|what| !waiting(*what))
        .collect();
    let sources = sources(told.len());
    if told.is_empty() {
        None
    } else if told.iter().all(|what| *what == What::OtherLanguage) {
        Some(format!(
            "none of {sources} is translated into the language of {name}; the list was made for \
             other readers"
        ))
    } else if told
        .iter()
        .all(|what| matches!(what, What::Unknown | What::OtherArticle))
    {
        Some(format!(
            "none of {sources} is cited in {name}; give the article that the list was made from"
        ))
    } else {
        None
    }
}

fn entries(file: &Path) -> Result<Vec<Entry>> {
    let name = if file == Path::new("-") {
        "standard input".to_owned()
    } else {
        file.display().to_string()
    };
    let handoff = read(&read_file(file)?).map_err(|problem| anyhow!("{name} {problem}"))?;
    if handoff.entries.is_empty() {
        bail!("{name} holds no text to translate");
    }
    Ok(handoff.entries)
}

/// An article whose findings are the translations that it lacks.
fn judged(article: Article, entries: &[Entry], now: Timestamp) -> CheckedArticle {
    let findings = plan(&article, entries, now).findings;
    let (input, format) = (article.input.clone(), article.format);
    let checked = extract(vec![article]).into_iter().next();
    let mut checked = checked.unwrap_or_else(|| CheckedArticle {
        input,
        format,
        title: None,
        language: None,
        references: Packed::new(),
        counts: None,
        findings: Vec::new(),
        problems: Vec::new(),
    });
    checked.findings = findings;
    checked
}

/// Prints the text or its changes, or writes it in place.
fn show(
    args: &ApplyArgs,
    voice: &Voice,
    named: &Named,
    settled: &Settled,
    color: citecheck::config::Color,
) -> Result<()> {
    if args.write {
        is_to_write(named, settled)?;
        return write(named, settled);
    }
    if !args.diff {
        return print_text(&settled.text);
    }
    let shown = diff(&named.name, &named.text, &settled.edits);
    if style(voice.color.unwrap_or(color)).color {
        print(painted(&shown).as_bytes())
    } else {
        print_text(&shown)
    }
}

/// Notes what is translated now and what was rejected.
fn remember(args: &ApplyArgs, outcomes: &[Outcome], settled: &Settled) -> Result<()> {
    let path = todo_memory::file(args.config.as_deref())?;
    let before = todo_memory::load(&path)?;
    let mut memory = before.clone();
    let dropped = !settled.dropped.is_empty();
    // A source whose title came back and whose quotation did not is asked for again.
    let is_done = |what| {
        matches!(
            what,
            What::Write | What::Written | What::OtherTranslation | What::Rejected
        )
    };
    let open: BTreeSet<&str> = outcomes
        .iter()
        .filter(|outcome| !is_done(outcome.what))
        .map(|outcome| outcome.id.as_str())
        .collect();
    for outcome in outcomes {
        // Of several one may have been dropped; the article itself tells the others.
        let is_written = outcome.what == What::Write && !dropped;
        let is_there = is_written || outcome.what == What::Written;
        let state = if is_there && !open.contains(outcome.id.as_str()) {
            TodoState::Translated
        } else if outcome.what == What::Rejected {
            TodoState::Rejected
        } else {
            continue;
        };
        let decided = Decided {
            state,
            title: outcome.source.clone(),
            reason: outcome.reason.clone(),
        };
        memory.decided.entry(outcome.id.clone()).or_insert(decided);
    }
    if memory == before {
        return Ok(());
    }
    todo_memory::save(&path, &memory)
}

/// Says what was written, and of what was not why.
fn tell(args: &ApplyArgs, named: &Named, outcomes: &[Outcome], settled: &Settled) {
    let name = &named.name;
    let written = settled.applied.len();
    let made = if args.write {
        "translated"
    } else {
        "to translate"
    };
    say(&format!("{name}: {} {made}", citations(written)));
    let count = |what: What| {
        outcomes
            .iter()
            .filter(|outcome| outcome.what == what)
            .count()
    };
    for (what, said) in [
        (What::Written, "there already"),
        (What::Untranslated, "not translated yet"),
        (What::Rejected, "rejected"),
        (What::OtherArticle, "of other articles"),
    ] {
        let number = count(what);
        if 0 < number {
            say(&format!("{name}: {number} {said}"));
        }
    }
    let refused = outcomes.iter().filter_map(|outcome| {
        let why = outcome.what.refusal()?;
        (outcome.what != What::OtherArticle).then_some((outcome, why))
    });
    let mut more: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, (outcome, why)) in refused.enumerate() {
        if TOLD <= at {
            *more.entry(why).or_default() += 1;
            continue;
        }
        let of = outcome
            .reference
            .map_or_else(String::new, |number| format!(" (reference {number})"));
        let title: String = outcome.source.chars().take(60).collect();
        let line = format!("{name}: left out {}{of} “{title}”: {why}", outcome.id);
        say(&for_terminal(&line.replace(['\n', '\r'], " ")));
    }
    for (why, number) in more {
        say(&format!("{name}: left out {number} more: {why}"));
    }
    for dropped in &settled.dropped {
        let of = dropped.fix.reference.unwrap_or_default();
        say(&format!(
            "{name}: left out reference {of}: the article would not be read as before"
        ));
    }
    if 0 < written {
        let made = settled.applied.iter();
        let made = made.map(|fix| (fix.rule.as_str(), fix.description.as_str()));
        let summary = joined_edit_summary(made, settled.article.language.as_ref());
        say(&format!("{name}: edit summary: {summary}"));
    }
}

fn citations(number: usize) -> String {
    format!("{number} citation{}", if number == 1 { "" } else { "s" })
}

fn sources(number: usize) -> String {
    format!("{number} source{}", if number == 1 { "" } else { "s" })
}

fn reject(args: &RejectArgs, voice: &Voice) -> Result<Ending> {
    let path = todo_memory::file(args.config.as_deref())?;
    let mut memory = todo_memory::load(&path)?;
    for id in &args.ids {
        let id = id.strip_suffix(".quote").unwrap_or(id);
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
        if id.split('.').count() != 3 || !id.chars().all(plain) {
            bail!(
                "{id:?} is no id of a source; to-do lists give them: citecheck check ARTICLE \
                 --format todo"
            );
        }
        let known = memory.decided.remove(id);
        let decided = Decided {
            state: TodoState::Rejected,
            title: known.map_or_else(String::new, |known| known.title),
            reason: args.reason.clone(),
        };
        memory.decided.insert(id.to_owned(), decided);
    }
    todo_memory::save(&path, &memory)?;
    if !voice.quiet {
        say(&format!(
            "{} rejected in {}",
            sources(args.ids.len()),
            path.display()
        ));
    }
    Ok(Ending::Sound)
}
