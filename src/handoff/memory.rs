//! What editors decided of sources to translate, as a text file.
//!
//! A text and no database: a team keeps it beside its settings, sees in a review what was decided,
//! and merges it as it merges the settings. Entries are in the order of their ids, so that two
//! branches that decide different things touch different lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;
use toml::Value;

use crate::check::Remembered;
use crate::model::TodoState;

/// What was decided, by the to-do item's id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Memory {
    /// The decisions.
    pub decided: BTreeMap<String, Decided>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Translated or rejected.
    pub state: TodoState,
    /// The title, for whoever reads the file.
    pub title: String,
    /// Why, where somebody said so.
    pub reason: Option<String>,
}

/// Why the file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MemoryError {
    /// No TOML, or a key that is not known.
    #[error("{0}")]
    Syntax(String),
    /// A state that no decision has.
    #[error("`{0}` is no state; known: translated, rejected")]
    State(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    item: Vec<Item>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    id: String,
    state: String,
    #[serde(default)]
    title: String,
    reason: Option<String>,
}

impl Memory {
    /// Reads the text of the file.
    ///
    /// # Errors
    ///
    /// It is no TOML, has unknown keys, or a state that no decision has.
    pub fn read(text: &str) -> Result<Self, MemoryError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let file: File = toml::from_str(text).map_err(|error| {
            let message: Vec<&str> = error.message().lines().collect();
            let line = error.span().map_or(0, |span| {
                let before = text.bytes().take(span.start);
                before.filter(|byte| *byte == b'\n').count() + 1
            });
            MemoryError::Syntax(format!("line {line}: {}", message.join(", ")))
        })?;
        let mut memory = Self::default();
        for item in file.item {
            let state = TodoState::named(&item.state)
                .filter(|state| *state != TodoState::NeedsTranslation)
                .ok_or(MemoryError::State(item.state))?;
            let decided = Decided {
                state,
                title: item.title,
                reason: item.reason,
            };
            memory.decided.insert(item.id, decided);
        }
        Ok(memory)
    }

    /// The text of the file; reading it gives the same decisions.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut page = String::from(
            "# Sources that `citecheck check` does not ask to translate any more. Written by\n\
             # `citecheck todo`; take an entry out to be asked again.\n",
        );
        for (id, decided) in &self.decided {
            let _ = write!(
                page,
                "\n[[item]]\nid = {}\nstate = \"{}\"\ntitle = {}\n",
                Value::String(id.clone()),
                decided.state.as_str(),
                Value::String(decided.title.clone())
            );
            if let Some(reason) = &decided.reason {
                let _ = writeln!(page, "reason = {}", Value::String(reason.clone()));
            }
        }
        page
    }

    /// As [`CheckOptions`](crate::check::CheckOptions) takes it.
    #[must_use]
    pub fn remembered(&self) -> BTreeMap<String, Remembered> {
        let decided = self.decided.iter().map(|(id, decided)| {
            let known = Remembered {
                state: decided.state,
                reason: decided.reason.clone(),
            };
            (id.clone(), known)
        });
        decided.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut memory = Memory::default();
        for (id, state, title) in [
            (
                "b.2.uk_en",
                TodoState::Rejected,
                "Річка \"x\"\n\u{1b}[[item]]",
            ),
            ("a.1.ja_en", TodoState::Translated, "川が戻る町"),
        ] {
            let decided = Decided {
                state,
                title: title.to_owned(),
                reason: Some("'''a name'''".to_owned()),
            };
            memory.decided.insert(id.to_owned(), decided);
        }
        assert_eq!(Memory::read(&memory.to_toml()), Ok(memory));
        assert_eq!(Memory::read("\u{feff}"), Ok(Memory::default()));
        let wrong = Memory::read("[[item]]\nid = 'x'\nstate = 'done'\n").unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "`done` is no state; known: translated, rejected"
        );
        let wrong = Memory::read("[[item]]\nid = 'x'\nstat = 'rejected'\n").unwrap_err();
        assert!(
            wrong
                .to_string()
                .starts_with("line 3: unknown field `stat`"),
            "{wrong}"
        );
    }
}
