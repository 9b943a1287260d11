//! The conditions of a run.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::scope::Scope;
use crate::model::{LanguageTag, Network, Severity, TodoState};

/// The conditions under which articles are checked.
#[derive(Debug, Clone)]
pub struct CheckOptions {
    /// The instant of the run: dates are judged against it.
    pub now: Timestamp,
    /// Where the facts come from.
    pub network: Network,
    /// Whether the pages that answered were read.
    pub pages: bool,
    /// Whether the run is about links alone: rules that need no network are left out then, and
    /// nothing is said of languages.
    pub links_only: bool,
    /// The language that readers have; `None` takes each article's own.
    pub readers: Option<LanguageTag>,
    /// Severities set by rule name; rules not named keep their own.
    pub levels: BTreeMap<String, RuleLevel>,
    /// Findings that are known and accepted.
    pub ignores: Vec<Ignore>,
    /// What part of the articles the run is about.
    pub scope: Scope,
    /// What editors decided of sources to translate, by [`TodoItem::id`](crate::model::TodoItem).
    pub remembered: BTreeMap<String, Remembered>,
    /// Whether to-do lists are to show what is translated or rejected as well.
    pub all_todo: bool,
}

impl CheckOptions {
    /// Options of a run at an instant, all else by default.
    #[must_use]
    pub fn at(now: Timestamp, network: Network) -> Self {
        Self {
            now,
            network,
            pages: true,
            links_only: false,
            readers: None,
            levels: BTreeMap::new(),
            ignores: Vec::new(),
            scope: Scope::default(),
            remembered: BTreeMap::new(),
            all_todo: false,
        }
    }
}

/// What an editor decided of a source to translate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Translated or rejected.
    pub state: TodoState,
    /// Why, where they said so.
    pub reason: Option<String>,
}

/// How a rule's findings are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleLevel {
    /// Not at all.
    Off,
    /// With this severity; a finding that its rule lowered stays lowered.
    At(Severity),
}

/// An `[[ignore]]` entry: findings that all of its parts match are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignore {
    /// Name of a rule; `None` matches any.
    pub rule: Option<String>,
    /// The cited URL; `*` stands for any characters. `None` matches any.
    pub url: Option<String>,
    /// Number of the reference; `None` matches any.
    pub reference: Option<u32>,
    /// The article's input, or its end at a path separator; `None` matches any.
    pub article: Option<String>,
    /// Why, for whoever reads the settings later.
    pub reason: String,
    /// Where the entry stands, for messages: `citecheck.toml:12`.
    pub place: String,
}
