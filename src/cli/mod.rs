//! The command line: arguments, files, progress, exit status. Uses the library's public API only.

mod archives;
mod args;
mod baseline;
mod batch;
mod catalogue;
mod changed;
mod check;
mod cited;
mod end;
mod extract;
mod fix;
mod fix_args;
mod fix_said;
mod gather;
mod help;
mod history;
mod history_args;
mod history_show;
mod init;
mod init_find;
mod input;
mod inspect;
mod network;
mod network_args;
mod output;
mod part;
mod progress;
mod proxy;
mod remember;
mod render;
mod settings;
mod text;
mod todo;
mod todo_args;
mod todo_memory;
mod voice;
mod wikipedia;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use citecheck::report;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use args::{Cli, Command};
use output::ReaderGone;

/// How a run ended, when it did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Nothing at or above the severity that fails a run.
    Sound,
    /// Findings that fail the run.
    Findings,
    /// Interrupted; what was done is reported.
    Interrupted,
    /// Not all of its work was done, which has been said; what was done is reported.
    Failed,
}

/// Exit status of a run that could not do its work.
const FAILED: u8 = 2;

/// Runs the program.
pub(crate) fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    voice::start_log(&cli.voice);
    match run(cli) {
        Ok(Ending::Sound) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Ok(Ending::Interrupted) => ExitCode::from(130),
        Ok(Ending::Failed) => ExitCode::from(FAILED),
        Err(error) if error.is::<ReaderGone>() => ExitCode::SUCCESS,
        Err(error) => {
            voice::say(&format!("error: {error:#}"));
            ExitCode::from(FAILED)
        }
    }
}

fn run(cli: Cli) -> Result<Ending> {
    match cli.command {
        Command::Check(args) => return check::check(&args, &cli.voice),
        Command::Fix(args) => return fix::fix(&args, &cli.voice),
        Command::Extract(args) => return extract::extract(&args, cli.voice.quiet),
        Command::Inspect(args) => return inspect::inspect(&args),
        Command::Report(args) => return render::saved(&args, &cli.voice),
        Command::History(args) => history::history(&args, cli.voice.quiet)?,
        Command::Init(args) => init::init(&args, cli.voice.quiet)?,
        Command::Todo(args) => return todo::todo(&args, &cli.voice),
        Command::Rules => output::print(catalogue::rules().as_bytes())?,
        Command::Explain { rule } => output::print(catalogue::explain(&rule)?.as_bytes())?,
        Command::Completions { shell } => output::print(&catalogue::completions(shell))?,
        Command::Man { command } => output::print(&catalogue::man(command.as_deref())?)?,
        Command::Schema { format } => {
            let schema = match format.as_str() {
                "ndjson" => report::stream_schema(),
                _ => report::schema(),
            };
            output::print(schema.as_bytes())?;
        }
    }
    Ok(Ending::Sound)
}

/// Help and version as clap prints them; a fault of the arguments on one line.
fn usage(error: &clap::Error) -> ExitCode {
    let kind = error.kind();
    if matches!(kind, ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if kind == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::from(FAILED);
    }
    let text = error.to_string();
    let useful = |line: &&str| !line.starts_with("Usage:") && !line.starts_with("For more");
    let lines: Vec<&str> = text.lines().filter(useful).map(str::trim).collect();
    let line = lines
        .join(" ")
        .replace("  tip:", "; tip:")
        .replace(" tip:", "; tip:");
    voice::say(&format!(
        "{}; see `{} --help`",
        line.replace(";; tip:", "; tip:").trim(),
        command_named(std::env::args_os().skip(1))
    ));
    ExitCode::from(FAILED)
}

/// The command that the arguments name, as far as they name one: `citecheck history list`.
fn command_named(arguments: impl Iterator<Item = OsString>) -> String {
    let mut command = Cli::command();
    let mut name = command.get_name().to_owned();
    for argument in arguments {
        let Some(found) = argument.to_str().and_then(|it| command.find_subcommand(it)) else {
            continue;
        };
        name = format!("{name} {}", found.get_name());
        command = found.clone();
    }
    name
}
