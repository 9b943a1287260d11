//! What a page says of itself, held against what a citation says of it.
//!
//! Extracting *the* date or title of a page and comparing it is wrong as often as the extraction
//! is. A citation is checked instead against everything that the page says: a cited value that
//! stands anywhere in it is supported, one that stands nowhere is contradicted only where the page
//! says something else in a place that can be trusted.

mod date;
mod language;
mod title;
mod title_relation;

pub use date::{DateMismatch, verify_date};
pub use language::verify_language;
pub(super) use title::any_alike;
pub use title::{CitedTitles, verify_title};
pub use title_relation::TitleRelation;

use serde::Serialize;

use crate::model::Evidence;

/// Whether a page bears out what is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The page says it too.
    Supported,
    /// The page says something else, in a place that is trusted to tell.
    Contradicted,
    /// The page does not tell, or not surely.
    Unknown,
}

/// An answer with what it rests on. `K` is how cited and found value are related.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification<K> {
    /// Whether the page bears it out.
    pub answer: Answer,
    /// How the two differ, where that can be told.
    pub kind: Option<K>,
    /// What the page says, with where it says it; `None` where it says nothing to the point.
    pub by: Option<Evidence>,
}

impl<K> Verification<K> {
    fn supported(by: Evidence) -> Self {
        Self {
            answer: Answer::Supported,
            kind: None,
            by: Some(by),
        }
    }

    fn contradicted(by: Evidence) -> Self {
        Self {
            answer: Answer::Contradicted,
            kind: None,
            by: Some(by),
        }
    }

    fn unknown() -> Self {
        Self {
            answer: Answer::Unknown,
            kind: None,
            by: None,
        }
    }

    fn of_kind(mut self, kind: Option<K>) -> Self {
        self.kind = kind;
        self
    }
}
