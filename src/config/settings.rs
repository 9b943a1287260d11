//! The settings themselves, with their defaults.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::archives::ArchiveSettings;
use super::history::HistorySettings;
use crate::check::{Ignore, RuleLevel};
use crate::model::{LanguageTag, Severity};
use crate::report::{Format, nearest};

use super::fetch_settings::FetchSettings;
use super::host::HostSettings;

/// Everything that can be set for a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What goes to standard output.
    pub format: Format,
    /// From which severity on a run fails.
    pub fail_on: FailOn,
    /// The language that readers have; `None` takes each article's own.
    pub language: Option<LanguageTag>,
    /// The language the articles are in; `None` reads it from the input.
    pub article_language: Option<LanguageTag>,
    /// Whether to use colour.
    pub color: Color,
    /// How pages are asked for.
    pub fetch: FetchSettings,
    /// What differs for some hosts; the first entry that fits a host holds.
    pub hosts: Vec<HostSettings>,
    /// What is remembered between runs.
    pub history: HistorySettings,
    /// Which archives are asked for copies.
    pub archives: ArchiveSettings,
    /// Severities by rule name; rules that are not named keep their own.
    pub rules: BTreeMap<String, RuleLevel>,
    /// Findings that are known and accepted.
    pub ignores: Vec<Ignore>,
    /// The file of findings that need not be told again, by the folder of the settings file.
    pub baseline: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format: Format::Terminal,
            fail_on: FailOn::Error,
            language: None,
            article_language: None,
            color: Color::Auto,
            fetch: FetchSettings::default(),
            hosts: Vec::new(),
            history: HistorySettings::default(),
            archives: ArchiveSettings::default(),
            rules: BTreeMap::new(),
            ignores: Vec::new(),
            baseline: None,
        }
    }
}

/// From which severity on a run fails (exit status 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailOn {
    /// From errors on.
    Error,
    /// From warnings on.
    Warning,
    /// Whatever is found, the run succeeds.
    Never,
}

impl FailOn {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Never];

    /// The word used in settings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Never => "never",
        }
    }

    /// Whether a finding of this severity fails the run.
    #[must_use]
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => Severity::Error <= severity,
            Self::Warning => Severity::Warning <= severity,
            Self::Never => false,
        }
    }
}

/// Whether to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Color {
    /// On a terminal, unless the environment says otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Always, Self::Never];

    /// The word used in settings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }
    }
}

/// A word that is none of the choices: `unknown … ; did you mean …?`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord(String);

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for UnknownWord {}

impl UnknownWord {
    fn new(word: &str, known: &[&str]) -> Self {
        let hint = match nearest(word, known.iter().copied()) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => format!("known: {}", known.join(", ")),
        };
        Self(format!("unknown word `{word}`; {hint}"))
    }
}

impl FromStr for FailOn {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let found = Self::ALL.into_iter().find(|choice| choice.as_str() == word);
        found.ok_or_else(|| UnknownWord::new(word, &Self::ALL.map(Self::as_str)))
    }
}

impl FromStr for Color {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let found = Self::ALL.into_iter().find(|choice| choice.as_str() == word);
        found.ok_or_else(|| UnknownWord::new(word, &Self::ALL.map(Self::as_str)))
    }
}
