//! An article as read: its references, and what could not be read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LanguageTag, Reference};

/// How an input is written.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum InputFormat {
    /// `MediaWiki` source.
    Wikitext,
    /// A rendered page.
    Html,
    /// Text copied from a rendered page.
    Text,
}

/// An article with its references.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The input as the user named it: a path, `-` or an address.
    pub input: String,
    /// How it was written.
    pub format: InputFormat,
    /// The article's title, when the input tells.
    pub title: Option<String>,
    /// The article's own language; `None` when neither setting nor text tells.
    pub language: Option<LanguageTag>,
    /// References in list order.
    pub references: Vec<Reference>,
    /// What could not be read, by place.
    pub problems: Vec<Problem>,
}

/// Something in an input that could not be read as meant; the rest was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
    /// What is wrong: a lowercase fragment.
    pub message: String,
}
