//! What can be wrong with a settings file.

use std::fmt;

use thiserror::Error;

/// A line of a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file as named to the reader.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A fault of a settings file, with where it is and the way out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The text is not TOML.
    #[error("{place} is not valid TOML: {message}")]
    Syntax {
        /// Where.
        place: Place,
        /// What the parser says.
        message: String,
    },
    /// A key that means nothing here.
    #[error("unknown key `{key}` in {place}; {hint}")]
    UnknownKey {
        /// Where.
        place: Place,
        /// The key.
        key: String,
        /// The nearest known key, or all of them.
        hint: String,
    },
    /// A rule that does not exist.
    #[error("unknown rule `{name}` in {place}; {hint}")]
    UnknownRule {
        /// Where.
        place: Place,
        /// The name given.
        name: String,
        /// The nearest known rule, or how to list them.
        hint: String,
    },
    /// A value that the key does not take.
    #[error("`{key}` in {place} is {value}, but {hint}")]
    Value {
        /// Where.
        place: Place,
        /// The key.
        key: String,
        /// The value as written.
        value: String,
        /// What the key takes: "must be …", "known are …; did you mean …?".
        hint: String,
    },
    /// An ignore without a reason.
    #[error("the [[ignore]] in {place} has no `reason`; say why the finding is accepted")]
    NoReason {
        /// Where.
        place: Place,
    },
    /// A host entry that names no hosts.
    #[error("the [[host]] in {place} has no `pattern`; say which hosts it is for")]
    NoPattern {
        /// Where.
        place: Place,
    },
    /// Hosts that are not asked, without a reason.
    #[error("the [[host]] in {place} skips hosts without a `reason`; say why they are not asked")]
    SkipWithoutReason {
        /// Where.
        place: Place,
    },
    /// An ignore that nothing limits.
    #[error("the [[ignore]] in {place} would hide everything; give a `rule`, `url` or `reference`")]
    MatchesAll {
        /// Where.
        place: Place,
    },
}
