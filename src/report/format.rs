//! The formats by name, and how they look.

use std::str::FromStr;
use std::{fmt, io};

use crate::model::Report;

use super::{
    csv, github, html, json, junit, markdown, ndjson, po, sarif, terminal, todo, todo_csv, xliff,
    xliff2,
};

/// A way to write a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// For a person at a terminal.
    Terminal,
    /// The report itself, for programs; renders again as any other format.
    Json,
    /// For a job summary or a comment.
    Markdown,
    /// One page for a browser, with nothing to load.
    Html,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// `JUnit` XML, for build servers.
    Junit,
    /// Workflow commands of GitHub Actions.
    Github,
    /// A table for spreadsheets (RFC 4180).
    Csv,
    /// One JSON object on each line.
    Ndjson,
    /// Check-boxes of the sources to translate.
    Todo,
    /// The sources to translate for a spreadsheet.
    TodoCsv,
    /// The sources to translate as a gettext catalogue.
    Po,
    /// The sources to translate as XLIFF 1.2.
    Xliff,
    /// The sources to translate as XLIFF 2.0.
    Xliff2,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 14] = [
        Self::Terminal,
        Self::Json,
        Self::Markdown,
        Self::Html,
        Self::Sarif,
        Self::Junit,
        Self::Github,
        Self::Csv,
        Self::Ndjson,
        Self::Todo,
        Self::TodoCsv,
        Self::Po,
        Self::Xliff,
        Self::Xliff2,
    ];

    /// The name used on the command line and in settings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Todo => "todo",
            Self::TodoCsv => "todo-csv",
            Self::Po => "po",
            Self::Xliff => "xliff",
            Self::Xliff2 => "xliff2",
        }
    }

    /// One line for help texts.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Terminal => "findings by article and reference, for a person at a terminal",
            Self::Json => "the whole report, for programs and for `citecheck report`",
            Self::Markdown => "tables for a job summary or a pull request",
            Self::Html => {
                "one page for a browser, with filters, corrections to copy and nothing to load"
            }
            Self::Sarif => "SARIF 2.1.0, for GitHub code scanning and editors",
            Self::Junit => "JUnit XML: a case per reference, failed by errors, for build servers",
            Self::Github => "annotations in a GitHub Actions log, grouped by article",
            Self::Csv => "a row per finding, and per work without any, for spreadsheets",
            Self::Ndjson => "a stream of JSON objects, one on each line, for programs",
            Self::Todo => "check-boxes of the sources to translate, by language",
            Self::TodoCsv => "the sources to translate for a spreadsheet",
            Self::Po => "the sources to translate as a gettext catalogue",
            Self::Xliff => "the sources to translate as XLIFF 1.2, for any translation tool",
            Self::Xliff2 => "the sources to translate as XLIFF 2.0",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = Self::ALL.into_iter().find(|format| format.as_str() == name);
        found.ok_or_else(|| UnknownFormat {
            given: name.to_owned(),
            nearest: nearest(name, Self::ALL.map(Self::as_str)),
        })
    }
}

/// There is no format of that name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat {
    /// What was asked for.
    pub given: String,
    /// The format whose name is closest, when one is close.
    pub nearest: Option<&'static str>,
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown format `{}`; ", self.given)?;
        match self.nearest {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => write!(f, "known: {}", Format::ALL.map(Format::as_str).join(", ")),
        }
    }
}

impl std::error::Error for UnknownFormat {}

/// The candidate that a mistyped name most likely means; `None` when none is close.
///
/// Close is at most one edit in three letters; a candidate that the name begins counts as close.
/// Upper case and `_` for `-` are no difference.
#[must_use]
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace('_', "-");
    let given = plain(given);
    let allowed = given.chars().count().div_ceil(3);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let known = plain(candidate);
            let edits = strsim::damerau_levenshtein(&given, &known);
            let begins = 2 <= given.len() && known.starts_with(&given);
            (edits <= allowed || begins).then_some((edits, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// How a report for the terminal looks. Other formats take no notice of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether to use colour.
    pub color: bool,
    /// Columns of the terminal; narrower ones than 40 are treated as 40.
    pub width: usize,
    /// Whether the terminal follows links (OSC 8).
    pub hyperlinks: bool,
}

impl Default for Style {
    /// Plain text of 80 columns.
    fn default() -> Self {
        Self {
            color: false,
            width: 80,
            hyperlinks: false,
        }
    }
}

/// Writes a report. Ends with a line feed; the same report and style give the same bytes.
#[must_use]
pub fn render(report: &Report, format: Format, style: &Style) -> String {
    match format {
        Format::Terminal => terminal::render(report, *style),
        Format::Json => json::render(report),
        Format::Markdown => markdown::render(report),
        Format::Html => html::render(report),
        Format::Sarif => sarif::render(report),
        Format::Junit => junit::render(report),
        Format::Github => github::render(report),
        Format::Csv => csv::render(report),
        Format::Ndjson => ndjson::render(report),
        Format::Todo => todo::render(report),
        Format::TodoCsv => todo_csv::render(report),
        Format::Po => po::render(report),
        Format::Xliff => xliff::render(report),
        Format::Xliff2 => xliff2::render(report),
    }
}

/// As [`render`], written piece by piece where the format can be: the same bytes in less memory.
///
/// # Errors
///
/// Those of `out`.
pub fn write(
    report: &Report,
    format: Format,
    style: &Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Json => json::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::Csv => csv::write(report, out),
        Format::Ndjson => ndjson::write(report, out),
        Format::Terminal
        | Format::Markdown
        | Format::Html
        | Format::Sarif
        | Format::Github
        | Format::Todo
        | Format::TodoCsv
        | Format::Po
        | Format::Xliff
        | Format::Xliff2 => out.write_all(render(report, format, style).as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_read_by_the_names_they_print() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
    }

    #[test]
    fn a_mistyped_format_is_told_the_nearest() {
        let check = |given: &str, expect: &str| {
            let message = given.parse::<Format>().unwrap_err().to_string();
            assert_eq!(message, expect);
        };
        check("jsno", "unknown format `jsno`; did you mean `json`?");
        check("JSON", "unknown format `JSON`; did you mean `json`?");
        check("term", "unknown format `term`; did you mean `terminal`?");
        let known = Format::ALL.map(Format::as_str).join(", ");
        let unknown = format!("unknown format `spreadsheet`; known: {known}");
        check("spreadsheet", &unknown);
        check("", &format!("unknown format ``; known: {known}"));
    }
}
