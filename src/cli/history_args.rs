//! The options of `citecheck history`, and those of a run about its history.

use std::path::PathBuf;

use citecheck::config::{AGE, read_age};
use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::args::instant;

/// What a run remembers, and whether it asks again.
#[derive(Debug, Args)]
#[command(next_help_heading = "History")]
pub(super) struct HistoryArgs {
    /// Where runs remember what they saw of links [default: .citecheck/history.db beside the
    /// settings file, else in the current directory]
    #[arg(long, value_name = "FILE")]
    pub(super) history: Option<PathBuf>,
    /// Neither read nor write a history
    #[arg(long = "no-history", conflicts_with = "history")]
    pub(super) off: bool,
    /// Use what the history has seen of a link less than this ago, such as 12h or 7d, instead of
    /// asking again; 0s always asks
    #[arg(long, value_name = "AGE", value_parser = age, conflicts_with = "off")]
    pub(super) max_age: Option<SignedDuration>,
}

#[derive(Debug, Args)]
pub(super) struct HistoryCommandArgs {
    #[command(subcommand)]
    pub(super) action: HistoryAction,
    /// The history [default: .citecheck/history.db beside the settings file, else in the current
    /// directory]
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) history: Option<PathBuf>,
    /// Settings file [default: the nearest citecheck.toml upwards from the current directory]
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum HistoryAction {
    /// List the links with how they stand
    #[command(after_help = LIST_HELP)]
    List {
        /// Only addresses that fit; `*` stands for any characters, and without one it is the
        /// beginning that is meant
        #[arg(long, value_name = "PATTERN")]
        url: Option<String>,
        /// Only links that are gone, or whose failures are confirmed
        #[arg(long, conflicts_with = "suspect")]
        dead: bool,
        /// Only links whose failures are not confirmed yet
        #[arg(long)]
        suspect: bool,
        /// How to print it
        #[arg(short, long, value_name = "FORMAT", value_parser = formats(), default_value = "text")]
        format: String,
    },
    /// Show everything seen of a link, oldest first
    #[command(after_help = SHOW_HELP)]
    Show {
        /// The link as cited
        url: Url,
        /// How to print it
        #[arg(short, long, value_name = "FORMAT", value_parser = formats(), default_value = "text")]
        format: String,
    },
    /// Remove what is old; how links stand does not change by it
    #[command(after_help = PRUNE_HELP)]
    Prune {
        /// Remove what was seen longer ago than this, such as 52w
        #[arg(long, value_name = "AGE", value_parser = age)]
        older_than: SignedDuration,
        /// Leave the newest N of each link, however old
        #[arg(long, value_name = "N", default_value_t = 0)]
        keep: usize,
        /// The instant from which ages are counted [default: the clock]
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        now: Option<Timestamp>,
    },
    /// Print everything as JSON lines, one for each time that a link was asked
    #[command(after_help = EXPORT_HELP)]
    Export,
    /// Take over what `export` printed; what is there already is left as it is
    #[command(after_help = IMPORT_HELP)]
    Import {
        /// A file of JSON lines; `-` for standard input
        file: PathBuf,
    },
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(["text", "json"])
}

fn age(text: &str) -> Result<SignedDuration, String> {
    read_age(text).ok_or_else(|| format!("not {AGE}"))
}

pub(super) const HELP: &str = "\
Examples:
  citecheck history list --dead
      links that are gone or confirmed dead, with since when
  citecheck history show https://news.example/2019/quake
      each time that it was asked
  citecheck history prune --older-than 52w
  citecheck history export > history.ndjson
  citecheck history import history.ndjson --history other.db

A failure that may pass (a timeout, a 503) makes a link suspect; failures = 3 of them, each at \
least days = 3 after the one counted before it, with no page in between, make it dead. `confirm` \
in [history] of citecheck.toml sets both numbers.";

const LIST_HELP: &str = "\
Examples:
  citecheck history list
  citecheck history list --suspect --url https://news.example/
  citecheck history list --dead --format json

The columns are: how the link stands, since when it fails, failures that count, when it last \
answered, how often it was asked, and its address.";

const SHOW_HELP: &str = "\
Example:
  citecheck history show https://news.example/2019/quake";

const PRUNE_HELP: &str = "\
Examples:
  citecheck history prune --older-than 52w
      of links seen since then, what they stand on is left: the first time,
      the last answer, and the failures that confirm; links not seen since
      then are forgotten
  citecheck history prune --older-than 4w --keep 3";

const EXPORT_HELP: &str = "\
Example:
  citecheck history export > history.ndjson

Lines are ordered by address, then by instant: the same history gives the same bytes.";

const IMPORT_HELP: &str = "\
Examples:
  citecheck history import history.ndjson
  ssh audit citecheck history export | citecheck history import -

All lines are taken over or none: those that cannot be read are named by their numbers.";
