//! The command line: commands, options and their help.

use std::ffi::OsString;
use std::path::PathBuf;

use citecheck::config::{Color, FailOn};
use citecheck::model::{InputFormat, LanguageTag};
use citecheck::report::Format;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use url::Url;

use super::archives::{ArchiveArgs, SaveArgs};
use super::baseline::{BaselineArgs, CheckBaselineArgs};
use super::help::{
    CHECK_HELP, COLOR, COMPLETIONS_HELP, EXPLAIN_HELP, EXTRACT_HELP, INPUTS, INSPECT_HELP,
    MAN_HELP, REPORT_HELP, RULES_HELP, SCHEMA_HELP, TOP_HELP,
};
use super::history_args::HistoryArgs;
use super::network_args::NetworkArgs;
use super::part::PartArgs;

/// Checks the reference lists of Wikipedia-style articles against the pages they cite.
///
/// Finds dead links, dates and titles that the page contradicts, and sources that readers of the
/// article cannot read.
#[derive(Debug, Parser)]
#[command(name = "citecheck", version, propagate_version = true, after_help = TOP_HELP)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) voice: Voice,
}

/// How much is said, and in which colours.
#[derive(Debug, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Voice {
    /// Say nothing on standard error but errors; no progress bar
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    /// Say on standard error what is being done; twice for every detail
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(super) verbose: u8,
    /// Use colour
    #[arg(long, global = true, value_name = "WHEN", value_parser = colors(), help = COLOR)]
    pub(super) color: Option<Color>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check articles: links, dates, titles, languages
    #[command(after_help = CHECK_HELP)]
    Check(Box<CheckArgs>),
    /// Make the fixes of findings in wikitext: parameters, dates, addresses
    #[command(after_help = super::fix_args::HELP)]
    Fix(Box<super::fix_args::FixArgs>),
    /// Print the references of articles as JSON, CSL-JSON or BibTeX; asks no network but for article
    /// addresses
    #[command(after_help = EXTRACT_HELP)]
    Extract(ExtractArgs),
    /// Print what citecheck reads from saved pages: titles, dates, language, charset
    #[command(after_help = INSPECT_HELP)]
    Inspect(InspectArgs),
    /// Render saved JSON reports in another format; put those of several runs together
    #[command(after_help = REPORT_HELP)]
    Report(ReportArgs),
    /// Look into what earlier runs saw of links; prune, export and import it
    #[command(after_help = super::history_args::HELP)]
    History(super::history_args::HistoryCommandArgs),
    /// Write settings and the workflow of a scheduled audit, to begin with
    #[command(after_help = super::init::HELP)]
    Init(super::init::InitArgs),
    /// Take translations back into wikitext; leave sources out of the to-do list
    #[command(after_help = super::todo_args::HELP)]
    Todo(super::todo_args::TodoArgs),
    /// List the rules with their severities
    #[command(after_help = RULES_HELP)]
    Rules,
    /// Explain a rule: what it does, why it matters, an example, its limits
    #[command(after_help = EXPLAIN_HELP)]
    Explain {
        /// Name or code of the rule: dead-link, LNK001
        rule: String,
    },
    /// Print a completion script for a shell
    #[command(after_help = COMPLETIONS_HELP)]
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page of citecheck, or of one of its commands
    #[command(after_help = MAN_HELP)]
    Man {
        /// The command
        command: Option<String>,
    },
    /// Print the JSON Schema of reports
    #[command(after_help = SCHEMA_HELP)]
    Schema {
        /// The format: json for the report, ndjson for each line of the stream
        #[arg(short, long, value_parser = ["json", "ndjson"], default_value = "json")]
        format: String,
    },
}

/// How inputs are read and where answers come from.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(super) struct InputArgs {
    /// How the inputs are written [default: by the name of the file, else by its text]
    #[arg(long, value_name = "FORMAT", value_parser = input_formats())]
    pub(super) input_format: Option<InputFormat>,
    /// The language the articles are in, as a tag such as uk or pt-BR: decides which template
    /// and month names are meant [default: by the address, the page or the text]
    #[arg(long, value_name = "TAG", value_parser = language_tag)]
    pub(super) article_language: Option<LanguageTag>,
    /// Replay a recording (WARC) instead of asking the network
    #[arg(long, value_name = "FILE", conflicts_with_all = ["record", "offline"])]
    pub(super) replay: Option<PathBuf>,
    /// Write down every answer of the network in a recording (WARC/1.1)
    #[arg(long, value_name = "FILE", conflicts_with = "offline")]
    pub(super) record: Option<PathBuf>,
    /// Ask no network: only what the articles themselves tell
    #[arg(long)]
    pub(super) offline: bool,
    /// Settings file [default: the nearest citecheck.toml upwards from the current directory]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Also ask loopback and private addresses
    #[arg(long)]
    pub(super) allow_private: bool,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// What to check
    #[arg(value_name = "INPUT", required_unless_present = "print_config", help = INPUTS)]
    pub(super) inputs: Vec<OsString>,
    /// What to print on standard output [default: terminal]
    #[arg(short, long, value_parser = formats())]
    pub(super) format: Option<Format>,
    /// Also write a report to a file; may be repeated
    #[arg(short, long, value_name = "FORMAT=FILE", value_parser = output)]
    pub(super) output: Vec<(Format, PathBuf)>,
    /// The language readers have, as a tag; sources in any other need translation
    /// [default: the article's own]
    #[arg(long, value_name = "TAG", value_parser = language_tag)]
    pub(super) language: Option<LanguageTag>,
    /// Wikitext without references is no fault: for hooks, which name every changed file
    #[arg(long)]
    pub(super) allow_empty: bool,
    /// In to-do lists, only the sources in this language, as a tag; may be repeated
    #[arg(long, value_name = "TAG", value_parser = language_tag)]
    pub(super) source_language: Vec<LanguageTag>,
    /// In to-do lists, also the sources that are translated or rejected
    #[arg(long)]
    pub(super) all_todo: bool,
    /// Where a list without URLs takes them from: the live article, its saved HTML or wikitext;
    /// -v lists the references that stay without
    #[arg(long, value_name = "INPUT")]
    pub(super) links_from: Option<OsString>,
    /// Exit with 1 from which severity on [default: error]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_ons())]
    pub(super) fail_on: Option<FailOn>,
    /// The instant of the run, for reproducible runs: 2026-03-01 or 2026-03-01T12:00:00Z
    /// [default: of a replay, its latest date; else the clock]
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(super) now: Option<Timestamp>,
    /// Print the settings that the file and the flags amount to, and check nothing
    #[arg(long)]
    pub(super) print_config: bool,
    #[command(flatten)]
    pub(super) part: PartArgs,
    #[command(flatten)]
    pub(super) baseline: CheckBaselineArgs,
    #[command(flatten)]
    pub(super) history: HistoryArgs,
    #[command(flatten)]
    pub(super) network: NetworkArgs,
    #[command(flatten)]
    pub(super) archives: ArchiveArgs,
    #[command(flatten)]
    pub(super) save: SaveArgs,
    #[command(flatten)]
    pub(super) read: InputArgs,
}

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// What to read
    #[arg(value_name = "INPUT", required = true, help = INPUTS)]
    pub(super) inputs: Vec<OsString>,
    /// What to print
    #[arg(short, long, value_enum, default_value_t)]
    pub(super) format: ExtractFormat,
    #[command(flatten)]
    pub(super) read: InputArgs,
}

/// What `extract` prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ExtractFormat {
    /// All that was read of the references, with places
    #[default]
    Json,
    /// The cited works for Zotero, citeproc and Pandoc (CSL-JSON 1.0.2)
    CslJson,
    /// The cited works as BibLaTeX entries, for biber, `JabRef` and Zotero
    Bibtex,
}

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// Saved pages; `-` for standard input
    #[arg(value_name = "PAGE", required_unless_present = "batch")]
    pub(super) pages: Vec<PathBuf>,
    /// The address that the page was saved from: part of its date and language is read there
    #[arg(long, value_parser = web_address)]
    pub(super) url: Option<Url>,
    /// Pages listed in a file of JSON lines {"id","file","url","cited"}; prints one JSON line for
    /// each, in their order
    #[arg(long, value_name = "FILE", conflicts_with_all = ["pages", "url"])]
    pub(super) batch: Option<PathBuf>,
    /// The batch holds texts, not pages: lines of id, tab, text; prints id, language tag and
    /// confidence of each, between tabs
    #[arg(long)]
    pub(super) text: bool,
    /// Print JSON lines instead of text
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// Reports made by `check --format json`, several are put together: shards of one audit, or runs
    /// over different articles; `-` for standard input
    #[arg(value_name = "RUN.json", required = true)]
    pub(super) runs: Vec<PathBuf>,
    /// What to print on standard output
    #[arg(short, long, value_parser = formats(), default_value = "terminal")]
    pub(super) format: Format,
    /// Also write a report to a file; may be repeated
    #[arg(short, long, value_name = "FORMAT=FILE", value_parser = output)]
    pub(super) output: Vec<(Format, PathBuf)>,
    /// Exit with 1 from which severity on [default: never]
    #[arg(long, value_name = "SEVERITY", value_parser = fail_ons())]
    pub(super) fail_on: Option<FailOn>,
    /// In to-do lists, only the sources in this language, as a tag; may be repeated
    #[arg(long, value_name = "TAG", value_parser = language_tag)]
    pub(super) source_language: Vec<LanguageTag>,
    /// In to-do lists, also the sources that are translated or rejected
    #[arg(long)]
    pub(super) all_todo: bool,
    // Last: its heading stands over all that follows.
    #[command(flatten)]
    pub(super) baseline: BaselineArgs,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::as_str))
        .try_map(|name| name.parse::<Format>())
}

fn fail_ons() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(FailOn::ALL.map(FailOn::as_str))
        .try_map(|name| name.parse::<FailOn>())
}

fn colors() -> impl TypedValueParser<Value = Color> {
    PossibleValuesParser::new(Color::ALL.map(Color::as_str)).try_map(|name| name.parse::<Color>())
}

const INPUT_FORMATS: [(&str, InputFormat); 4] = [
    ("wikitext", InputFormat::Wikitext),
    ("html", InputFormat::Html),
    ("text", InputFormat::Text),
    ("urls", InputFormat::Urls),
];

fn input_formats() -> impl TypedValueParser<Value = InputFormat> {
    PossibleValuesParser::new(INPUT_FORMATS.map(|(name, _)| name)).try_map(|name| {
        let found = INPUT_FORMATS.iter().find(|(known, _)| *known == name);
        found.map(|(_, format)| *format).ok_or("unknown format")
    })
}

pub(super) fn language_tag(text: &str) -> Result<LanguageTag, String> {
    citecheck::languages::known_tag(text).map_err(|nearest| match nearest {
        Some(tag) => format!("not a language tag; did you mean `{tag}`?"),
        None => "not a language tag such as `uk` or `pt-BR`".to_owned(),
    })
}

pub(super) fn instant(text: &str) -> Result<Timestamp, String> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(instant);
    }
    let midnight = text
        .parse::<Date>()
        .and_then(|day| day.to_zoned(TimeZone::UTC));
    midnight
        .map(|zoned| zoned.timestamp())
        .map_err(|_| "not a date such as 2026-03-01 or 2026-03-01T12:00:00Z".to_owned())
}

fn web_address(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|problem| format!("not an address: {problem}"))
}

fn output(text: &str) -> Result<(Format, PathBuf), String> {
    let (format, file) = text
        .split_once('=')
        .filter(|(_, file)| !file.is_empty())
        .ok_or("give a format and a file, such as json=run.json")?;
    let format = format
        .parse::<Format>()
        .map_err(|unknown| unknown.to_string())?;
    Ok((format, PathBuf::from(file)))
}
