//! `citecheck history`: looking into what runs remember, and moving it.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use anyhow::{Context, Error, Result};
use citecheck::history::{Store, export, import, prune};

use super::check::clock;
use super::history_args::{HistoryAction, HistoryCommandArgs};
use super::history_show::{Which, list, show};
use super::output::print;
use super::settings;
use super::voice::say;

/// Runs the command.
pub(super) fn history(args: &HistoryCommandArgs, quiet: bool) -> Result<()> {
    let tell = |text: &str| {
        if !quiet {
            say(text);
        }
    };
    let config = args.config.as_deref();
    let settings = settings::load(config)?;
    let path = settings::history_file(args.history.as_deref(), &settings, config)?;
    let confirm = settings.history.confirm;
    match &args.action {
        HistoryAction::List {
            url,
            dead,
            suspect,
            format,
        } => {
            let which = Which {
                pattern: url.as_deref(),
                dead: *dead,
                suspect: *suspect,
            };
            list(&existing(&path)?, &which, confirm, format == "json")
        }
        HistoryAction::Show { url, format } => {
            show(&existing(&path)?, url, confirm, format == "json")
        }
        HistoryAction::Prune {
            older_than,
            keep,
            now,
        } => {
            let mut store = existing(&path)?;
            let before = now.unwrap_or_else(clock).checked_sub(*older_than);
            let before = before.context("--older-than reaches beyond the calendar")?;
            let pruned = prune(&mut store, before, *keep, confirm)?;
            tell(&format!(
                "removed {} observations; {} links are forgotten",
                pruned.observations, pruned.urls
            ));
            Ok(())
        }
        HistoryAction::Export => export(&existing(&path)?, print),
        HistoryAction::Import { file } => {
            tell(&take_over(&path, file)?);
            Ok(())
        }
    }
}

fn existing(path: &Path) -> Result<Store> {
    Ok(Store::open_existing(path)?)
}

/// Imports the file and says what came of it.
fn take_over(path: &Path, file: &Path) -> Result<String> {
    let imported = if file.as_os_str() == "-" {
        import(&mut Store::open(path)?, io::stdin().lock())
    } else {
        // Opened first: a name that leads nowhere makes no history.
        let lines = File::open(file).with_context(|| format!("cannot read {}", file.display()))?;
        import(&mut Store::open(path)?, BufReader::new(lines))
    };
    let imported = imported.map_err(|error| {
        let source = file.display().to_string();
        Error::from(error).context(source)
    })?;
    Ok(format!(
        "imported {} observations; {} of {} were there already",
        imported.new,
        imported.read.saturating_sub(imported.new),
        imported.read
    ))
}
