//! `[history]`: what is remembered of links between runs, and how it is used.

use std::fmt::Write as _;

use jiff::{SignedDuration, Span, SpanRelativeTo};
use toml::Value;
use toml::de::DeValue;

use super::keys::Key;
use super::value::{Hint, flag, number, text};
use crate::history::Confirm;

/// Longest age that makes sense; also keeps arithmetic with instants within the calendar.
const OLDEST: SignedDuration = SignedDuration::from_hours(24 * 36_525);

/// `[history]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistorySettings {
    /// Whether runs remember anything.
    pub enabled: bool,
    /// The file, relative to the folder of the settings; `None` is `.citecheck/history.db`.
    pub file: Option<String>,
    /// Facts younger than this are used without asking; zero always asks.
    pub max_age: SignedDuration,
    /// When failures confirm that a link is dead.
    pub confirm: Confirm,
}

impl Default for HistorySettings {
    fn default() -> Self {
        Self {
            enabled: true,
            file: None,
            max_age: SignedDuration::ZERO,
            confirm: Confirm::default(),
        }
    }
}

/// Keys of `[history]`; `confirm` is a table of its own.
pub(super) const HISTORY: &[Key<HistorySettings>] = &[
    Key {
        name: "enabled",
        set: |value, history| {
            history.enabled = flag(value)?;
            Ok(())
        },
    },
    Key {
        name: "file",
        set: |value, history| {
            history.file = Some(text(value)?);
            Ok(())
        },
    },
    Key {
        name: "max-age",
        set: |value, history| {
            let age = value.as_str().and_then(read_age);
            history.max_age = age.ok_or_else(|| format!("must be {AGE}"))?;
            Ok(())
        },
    },
    Key {
        name: "confirm",
        set: |value, history| {
            history.confirm = confirm(value)?;
            Ok(())
        },
    },
];

/// What an age is, for messages.
pub const AGE: &str = "an age with its unit, such as \"12h\", \"7d\" or \"4w\"";

/// Reads an age: "12h", "7d", "4w", "1d 12h"; days have 24 hours. `None` for anything else,
/// ages below zero or above a century among it.
///
/// # Examples
///
/// ```
/// let week = citecheck::config::read_age("1w").unwrap();
/// assert_eq!(week.as_hours(), 168);
/// assert_eq!(citecheck::config::read_age("7"), None);
/// ```
#[must_use]
pub fn read_age(text: &str) -> Option<SignedDuration> {
    let span: Span = text.trim().parse().ok()?;
    let days = SpanRelativeTo::days_are_24_hours();
    let age = span.to_duration(days).ok()?;
    (!age.is_negative() && age <= OLDEST).then_some(age)
}

fn confirm(value: &DeValue<'_>) -> Result<Confirm, Hint> {
    let hint = || "must be a table such as { failures = 3, days = 3 }".to_owned();
    let table = value.as_table().ok_or_else(hint)?;
    let mut confirm = Confirm::default();
    for (key, value) in table {
        let within = |least, most| {
            number(value.get_ref(), least, most)
                .map_err(|hint| format!("its `{}` {hint}", key.get_ref()))
        };
        match key.get_ref().as_ref() {
            "failures" => confirm.failures = within(1, 1000)?,
            "days" => confirm.days = within(0, 1000)?,
            _ => return Err(hint()),
        }
    }
    Ok(confirm)
}

/// Writes the table as a settings file has it.
pub(super) fn print(page: &mut String, history: &HistorySettings) {
    let hours = history.max_age.as_hours();
    let age = if hours % 24 == 0 && SignedDuration::from_hours(hours) == history.max_age {
        format!("{}d", hours / 24)
    } else {
        format!("{:#}", history.max_age)
    };
    let file = match &history.file {
        Some(file) => format!("file = {}", Value::String(file.clone())),
        None => "# file = \".citecheck/history.db\"".to_owned(),
    };
    let Confirm { failures, days } = history.confirm;
    let _ = write!(
        page,
        "\n[history]\nenabled = {}\n{file}\nmax-age = \"{age}\"\n\
         confirm = {{ failures = {failures}, days = {days} }}\n",
        history.enabled
    );
}
