//! Baselines as they are written down.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::num::NonZeroUsize;

use serde::{Deserialize, Serialize};

use super::identity::{Identity, article_key};

/// Version of the file's form.
const VERSION: u32 = 1;

/// Findings that are known, by identity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    pub(super) known: BTreeMap<Identity, Known>,
}

/// What a baseline holds of an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// How often it was found.
    pub count: NonZeroUsize,
    /// What the first of them said then.
    pub message: String,
    /// Why it is accepted, where somebody wrote that.
    pub reason: Option<String>,
}

/// A file that is no baseline.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// It has not the form of one.
    #[error(
        "no baseline in line {line}: {message}; restore the file, or delete it and let --update-baseline make it anew"
    )]
    Form {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// It was made by a later version.
    #[error("version {0} of baselines is not known to this citecheck, which reads {VERSION}")]
    Version(u32),
}

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    identity: Identity,
    count: NonZeroUsize,
    #[serde(default)]
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Deserialize)]
struct File {
    baseline: u32,
    findings: Vec<Line>,
}

#[derive(Deserialize)]
struct Version {
    baseline: u32,
}

impl Baseline {
    /// Reads a file. A line that stands there twice, as after two branches were merged, counts
    /// once, with the higher of the counts.
    ///
    /// # Errors
    ///
    /// When it is no baseline, with the line, or one of a later version.
    pub fn read(text: &str) -> Result<Self, BaselineError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if let Ok(Version { baseline }) = serde_json::from_str(text)
            && baseline != VERSION
        {
            return Err(BaselineError::Version(baseline));
        }
        let file: File = serde_json::from_str(text).map_err(|error| {
            let whole = error.to_string();
            let message = whole.split(" at line ").next().unwrap_or_default();
            BaselineError::Form {
                line: error.line().max(1),
                message: message.to_owned(),
            }
        })?;
        debug_assert_eq!(file.baseline, VERSION, "told apart above");
        let mut known: BTreeMap<Identity, Known> = BTreeMap::new();
        for mut line in file.findings {
            line.identity.article = article_key(&line.identity.article);
            let entry = known.entry(line.identity).or_insert_with(|| Known {
                count: line.count,
                message: String::new(),
                reason: None,
            });
            entry.count = entry.count.max(line.count);
            if entry.message.is_empty() {
                entry.message = line.message;
            }
            entry.reason = entry.reason.take().or(line.reason);
        }
        Ok(Self { known })
    }

    /// The file: one finding on each line, by article, then by what it is about, then by rule.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = format!("{{\"baseline\":{VERSION},\"findings\":[");
        for (at, (identity, known)) in self.known.iter().enumerate() {
            let line = Line {
                identity: identity.clone(),
                count: known.count,
                message: known.message.clone(),
                reason: known.reason.clone(),
            };
            // Strings and numbers can always be written.
            let line = serde_json::to_string(&line).unwrap_or_default();
            text.push_str(if at == 0 { "\n" } else { ",\n" });
            for c in line.chars() {
                if deceives(c) {
                    let _ = write!(text, "\\u{:04x}", u32::from(c));
                } else {
                    text.push(c);
                }
            }
        }
        text.push_str("\n]}\n");
        text
    }

    /// How many findings it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        let counts = self.known.values().map(|known| known.count.get());
        // A file says what it likes.
        counts.fold(0, usize::saturating_add)
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// What it holds, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Identity, &Known)> {
        self.known.iter()
    }
}

/// Whether a character makes whoever reviews the file see something else than stands there:
/// controls, those of the direction, those without width but for joiners, which Persian needs.
const fn deceives(c: char) -> bool {
    matches!(
        c,
        '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}
