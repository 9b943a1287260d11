//! The options of `citecheck fix` and their help.

use std::ffi::OsString;

use clap::Args;
use jiff::Timestamp;

use super::archives::ArchiveArgs;
use super::args::{InputArgs, instant};
use super::network_args::NetworkArgs;

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of its own on the command line"
)]
pub(super) struct FixArgs {
    /// What to fix
    #[arg(value_name = "INPUT", required = true, help = INPUTS)]
    pub(super) inputs: Vec<OsString>,
    /// Show the changes as a unified diff; exit with 1 when there are any
    #[arg(short, long, conflicts_with = "write")]
    pub(super) diff: bool,
    /// Write the fixed text into the files, each whole or not at all
    #[arg(short, long)]
    pub(super) write: bool,
    /// Also make the fixes that an editor should review
    #[arg(long = "unsafe")]
    pub(super) review: bool,
    /// Make the fixes of this rule only, by name or code; may be repeated
    #[arg(
        long = "rule",
        alias = "select",
        value_name = "NAME",
        value_delimiter = ','
    )]
    pub(super) rules: Vec<String>,
    /// Ask the network for every cited URL, as `check` does; some fixes need it
    #[arg(long, conflicts_with_all = ["offline", "replay"])]
    pub(super) online: bool,
    /// The instant of the run, for reproducible runs: 2026-03-01 or 2026-03-01T12:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(super) now: Option<Timestamp>,
    #[command(flatten)]
    pub(super) network: NetworkArgs,
    #[command(flatten)]
    pub(super) archives: ArchiveArgs,
    #[command(flatten)]
    pub(super) read: InputArgs,
}

const INPUTS: &str = "Files of wikitext (.wiki, .wikitext), folders of them, `-` for standard \
    input, or addresses such as https://uk.wikipedia.org/wiki/Київ";

pub(super) const HELP: &str = "\
Examples:
  citecheck fix article.wiki > fixed.wiki
      the whole text, with the safe fixes made
  citecheck fix article.wiki --diff
      only what would change
  citecheck fix articles/ --write
      in place; running it again changes nothing
  citecheck fix article.wiki --write --unsafe --rule language-missing
      one rule's fixes, those that need a look as well
  citecheck fix article.wiki --diff --replay run.warc.gz
      also fixes that need the cited pages, such as new addresses

No network is asked without --online or --record. Every link is then asked anew: the history of \
links that `check` keeps is neither read nor written. Bytes outside the edits stay as they are.

Exit status: 0 done, 1 --diff found something to change, 2 citecheck could not do its work, \
130 interrupted (nothing was written). When the time of --max-duration is up, or the network is \
away, nothing is written either, and the status is 2.";
