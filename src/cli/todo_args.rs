//! The options of `citecheck todo` and their help.

use std::ffi::OsString;
use std::path::PathBuf;

use citecheck::model::LanguageTag;
use clap::{Args, Subcommand};

use super::args::language_tag;

#[derive(Debug, Args)]
pub(super) struct TodoArgs {
    #[command(subcommand)]
    pub(super) command: TodoCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum TodoCommand {
    /// Write a translated PO, XLIFF or CSV file into the wikitext that it was made from
    #[command(after_help = APPLY_HELP)]
    Apply(ApplyArgs),
    /// Leave sources out of to-do lists for good
    #[command(after_help = REJECT_HELP)]
    Reject(RejectArgs),
}

#[derive(Debug, Args)]
pub(super) struct ApplyArgs {
    /// The translated file, of any of the forms; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// The wikitext
    #[arg(long, value_name = "FILE")]
    pub(super) article: OsString,
    /// Show the changes as a unified diff; exit with 1 when there are any
    #[arg(short, long, conflicts_with = "write")]
    pub(super) diff: bool,
    /// Write the text into the file, whole or not at all, and remember what was translated and
    /// what was rejected
    #[arg(short, long)]
    pub(super) write: bool,
    /// The language the article is in, as a tag such as uk or pt-BR [default: by the text]
    #[arg(long, value_name = "TAG", value_parser = language_tag)]
    pub(super) article_language: Option<LanguageTag>,
    /// Settings file, beside which decisions are remembered [default: the nearest
    /// citecheck.toml upwards from the current directory]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct RejectArgs {
    /// Ids, as to-do lists give them
    #[arg(value_name = "ID", required = true)]
    pub(super) ids: Vec<String>,
    /// Why, for whoever reads the file later
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
    /// Settings file, beside which decisions are remembered [default: the nearest
    /// citecheck.toml upwards from the current directory]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

pub(super) const HELP: &str = "\
Examples:
  citecheck check article.wiki --output po=titles.po
      the titles to translate, for a translation tool
  citecheck todo apply titles.po --article article.wiki --diff
      what the translated file would change
  citecheck todo apply titles.po --article article.wiki --write
  citecheck todo reject cf6a3d28.4da51349da.uk_en --reason \"a name\"

What is translated or rejected is remembered in citecheck-todo.toml beside citecheck.toml (else in
the current directory): a text to keep in version control. `check --all-todo` lists it all the same.";

const APPLY_HELP: &str = "\
Examples:
  citecheck todo apply titles.po --article article.wiki > translated.wiki
      the whole text, with the translations written
  citecheck todo apply titles.xlf --article article.wiki --diff
      only what would change
  citecheck todo apply titles.csv --article article.wiki --write
      in place; doing it again changes nothing

Writes trans-title, trans-quote and, where it is missing, language, by the names that the article's
templates have for them. A table's column `transliteration` (in PO and XLIFF an entry of the id with
.transliteration behind it) goes into title, and the title into script-title. Never overwrites a
translation. Fuzzy entries, and those whose citation has another title now, are left out and told.
Bytes outside the citations concerned stay as they are. Entries are rejected by translate=\"no\" or a
note that begins with `rejected`, in a table by the state `rejected`.

Exit status: 0 done, 1 --diff found something to change, 2 citecheck could not do its work.";

const REJECT_HELP: &str = "\
Example:
  citecheck todo reject cf6a3d28.4da51349da.uk_en --reason \"the title is a name\"";
