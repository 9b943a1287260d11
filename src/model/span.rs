//! Where something stands in the input.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch of the input.
///
/// `start` and `end` are byte offsets into the input as UTF-8 (`end` is exclusive) and always lie
/// on character boundaries. `line` and `column` say where `start` is, both from 1; columns count
/// Unicode scalar values.
#[derive(
    Default,
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Line of `start`, from 1.
    pub line: usize,
    /// Column of `start` in Unicode scalar values, from 1.
    pub column: usize,
}

impl Span {
    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers nothing: a place between two characters.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The text that the span covers; `None` when `input` is not what the span was made for.
    #[must_use]
    pub fn text(self, input: &str) -> Option<&str> {
        input.get(self.start..self.end)
    }
}
