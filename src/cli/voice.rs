//! How the program speaks: colours, width, links, log and errors.

use std::ffi::OsStr;
use std::io::{IsTerminal, Write, stderr, stdout};

use anstream::{AutoStream, ColorChoice};
use citecheck::config::Color;
use citecheck::report::{Style, for_terminal};
use tracing::level_filters::LevelFilter;

use super::args::Voice;

/// How a report looks on this standard output.
pub(super) fn style(color: Color) -> Style {
    let color = match color {
        // NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM have their say here.
        Color::Auto => AutoStream::choice(&stdout()) != ColorChoice::Never,
        Color::Always => true,
        Color::Never | _ => false,
    };
    Style {
        color,
        width: width(),
        hyperlinks: color && follows_links(),
    }
}

/// Columns of the terminal, else `COLUMNS`, else 80.
fn width() -> usize {
    let terminal = terminal_size::terminal_size_of(stdout()).map(|(width, _)| usize::from(width.0));
    let columns = || variable("COLUMNS").and_then(|columns| columns.parse().ok());
    terminal
        .or_else(columns)
        .filter(|columns| 0 < *columns)
        .unwrap_or(80)
}

/// Whether the terminal is one that is known to follow links (OSC 8).
fn follows_links() -> bool {
    if let Some(forced) = variable("FORCE_HYPERLINK") {
        return forced != "0";
    }
    let is_one_of = |name: &str, known: &[&str]| {
        variable(name).is_some_and(|value| known.contains(&value.as_str()))
    };
    let present = |name: &str| variable(name).is_some();
    stdout().is_terminal()
        && (is_one_of(
            "TERM_PROGRAM",
            &["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"],
        ) || is_one_of(
            "TERM",
            &["xterm-kitty", "foot", "alacritty", "xterm-ghostty"],
        ) || present("WT_SESSION")
            || present("DOMTERM")
            || variable("VTE_VERSION").is_some_and(|version| "5000" <= version.as_str()))
}

fn variable(name: &str) -> Option<String> {
    let value = std::env::var_os(name)?;
    value
        .to_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// Whether a progress bar has a place.
pub(super) fn shows_progress(voice: &Voice) -> bool {
    !voice.quiet && voice.verbose == 0 && stderr().is_terminal()
}

/// Sends the program's log to standard error, as much of it as was asked for.
pub(super) fn start_log(voice: &Voice) {
    let level = match voice.verbose {
        0 => return,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let colors = match voice.color {
        Some(Color::Always) => true,
        Some(Color::Never) => false,
        Some(Color::Auto | _) | None => AutoStream::choice(&stderr()) != ColorChoice::Never,
    };
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(colors)
        .without_time()
        .with_target(false)
        .with_writer(stderr)
        .init();
}

/// Says something on standard error, on one line: `citecheck: text`.
///
/// When standard error is closed there is nobody to tell.
pub(super) fn say(text: &str) {
    let _ = writeln!(stderr().lock(), "citecheck: {}", one_line(text));
}

/// The text on one line, with what would act on a terminal escaped.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    for_terminal(&words.join(" "))
}

/// A path or other text of the system for messages.
pub(super) fn shown(text: &OsStr) -> String {
    text.to_string_lossy().into_owned()
}
