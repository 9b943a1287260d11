//! Wikitext, HTML and plain text → [`Article`](crate::model::Article) with its references.

pub mod links;
pub mod sentences;
pub mod text;

use crate::model::LanguageTag;

/// How an article is to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The article's language, when it is known: it settles month names and templates.
    pub language: Option<LanguageTag>,
}
