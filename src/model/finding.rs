//! What a rule says about a reference.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

/// A stable identifier such as `LNK001`; never reused once published.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct RuleCode(pub Cow<'static, str>);

/// How much a finding matters to the reader of the report.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Note,
    /// Probably wrong.
    Warning,
    /// The reference does not support the article as it stands.
    Error,
}

impl Severity {
    /// The word used in reports and settings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing a rule noticed about a reference, an article or the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Code of the rule, for example `LNK001`.
    pub rule: RuleCode,
    /// Name of the rule, for example `dead-link`.
    pub name: Cow<'static, str>,
    /// Severity after settings were applied.
    pub severity: Severity,
    /// Number of the reference concerned; `None` for the article or the run.
    pub reference: Option<u32>,
    /// One sentence, lowercase, no full stop.
    pub message: String,
    /// The values that decided, each with where it was read.
    pub evidence: Vec<Evidence>,
    /// Where in the input; `None` for the run.
    pub span: Option<Span>,
    /// The line there, where the input is wikitext.
    #[serde(default)]
    pub excerpt: Option<Excerpt>,
    /// A correction, when the evidence allows one.
    pub fix: Option<Fix>,
}

/// A value with where it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// What the value is: `published`, `status`, `cited date` …
    pub what: Cow<'static, str>,
    /// The value as read.
    pub value: String,
    /// Where it was read: `JSON-LD datePublished`, `HTTP`, `citation`.
    pub source: Cow<'static, str>,
}

impl Evidence {
    /// Makes a piece of evidence.
    #[must_use]
    pub fn new(
        what: impl Into<Cow<'static, str>>,
        value: impl Into<String>,
        source: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            what: what.into(),
            value: value.into(),
            source: source.into(),
        }
    }
}

/// The line of an input where something stands, or the part of a long line around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Excerpt {
    /// The text, without its line break.
    pub text: String,
    /// First byte in `text` of what is meant.
    pub start: usize,
    /// One past its last byte in `text`; what goes on after the excerpt ends with it.
    pub end: usize,
    /// Whether the line begins before `text`.
    pub cut_before: bool,
    /// Whether the line goes on after `text`.
    pub cut_after: bool,
}

/// A proposed correction: edits of the input that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fix {
    /// What the edits do, as an imperative: `replace the URL with its new address`.
    pub description: String,
    /// Whether it may be made without an editor looking at it.
    #[serde(default)]
    pub safety: Safety,
    /// Replacements of stretches of the input, in order, not overlapping.
    pub edits: Vec<Edit>,
    /// The edit summary to save the correction with, in the language of the article's wiki.
    #[serde(default)]
    pub summary: String,
}

/// Whether a fix may be made unseen.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Safety {
    /// What the citation says stays the same, or the evidence leaves nothing to judge.
    Safe,
    /// An editor should look at it first.
    #[default]
    Review,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Edit {
    /// First byte that is replaced.
    pub start: usize,
    /// One past the last byte; equals `start` for an insertion.
    pub end: usize,
    /// What takes its place.
    pub replacement: String,
}
