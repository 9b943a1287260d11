//! Archives in a run: whether they are asked, and what is said of pages that were handed in.

use std::env;

use anyhow::{Result, bail};
use citecheck::archive::{Key, Saved};
use citecheck::check::{CopyOptions, SaveReport};
use citecheck::config::ArchiveSettings;
use citecheck::fetch::HostOptions;
use citecheck::links;
use clap::Args;

use super::voice::say;

/// Where the key for saving pages is looked for.
const KEY: &str = "CITECHECK_ARCHIVE_KEY";

const SAVE_MISSING: &str = "Ask the Wayback Machine to save living pages that it does not have; the \
    key of an account of the Internet Archive (ACCESS:SECRET) is taken from CITECHECK_ARCHIVE_KEY";

/// Whether archives are asked.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Archives")]
pub(super) struct ArchiveArgs {
    /// Ask archives for copies of dead links, and whether cited copies show anything [default]
    #[arg(long, overrides_with = "no_archives")]
    pub(super) archives: bool,
    /// Ask no archive
    #[arg(long, overrides_with = "archives")]
    pub(super) no_archives: bool,
}

/// What is handed in to archives.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Archives")]
pub(super) struct SaveArgs {
    #[arg(long, help = SAVE_MISSING, conflicts_with_all = ["no_archives", "offline", "replay", "links_only"])]
    pub(super) save_missing: bool,
}

impl ArchiveArgs {
    /// Lays the flags over the settings.
    pub(super) fn lay_over(&self, settings: &mut ArchiveSettings) {
        settings.enabled = (settings.enabled || self.archives) && !self.no_archives;
    }
}

/// Hosts that no request goes to, not even after a redirect: archives that no citation should use.
pub(super) fn never_asked() -> Vec<HostOptions> {
    let hosts = links::archive::deprecated_hosts().into_iter();
    let names = hosts.flat_map(|host| [host.to_owned(), format!("*.{host}")]);
    names
        .map(|pattern| HostOptions {
            pattern,
            skip: true,
            ..HostOptions::default()
        })
        .collect()
}

/// What is asked of archives; `None` for nothing.
///
/// Fails when pages are to be saved and there is no key.
pub(super) fn options(settings: &ArchiveSettings, save: bool) -> Result<Option<CopyOptions>> {
    let key = if save { Some(key()?) } else { None };
    let archives = settings.options.clone();
    let asked = settings.enabled || key.is_some();
    Ok(asked.then_some(CopyOptions {
        archives,
        save: key,
    }))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a secret does not belong on the command line, where others see it"
)]
fn key() -> Result<Key> {
    let text = env::var(KEY).unwrap_or_default();
    if text.is_empty() {
        bail!(
            "--save-missing needs the key of an account of the Internet Archive in {KEY}, as ACCESS:SECRET"
        );
    }
    match Key::read(&text) {
        Some(key) => Ok(key),
        None => bail!("{KEY} is no key of the form ACCESS:SECRET"),
    }
}

/// Says on standard error what came of the pages that were handed in.
pub(super) fn tell(saved: &[SaveReport]) {
    let copies = saved.iter().filter_map(|report| match &report.saved {
        Saved::Copy(copy) => Some((&report.page, copy)),
        Saved::Deferred(_) | Saved::Failed(_) => None,
    });
    for (page, copy) in copies {
        say(&format!("saved {page}: {copy}"));
    }
    for report in saved {
        match &report.saved {
            Saved::Copy(_) => {}
            Saved::Deferred(why) => say(&format!("not saved now: {}: {why}", report.page)),
            Saved::Failed(why) => say(&format!("not saved: {}: {why}", report.page)),
        }
    }
}
