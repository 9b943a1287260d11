//! The keys of each table and what they set; those of `[fetch]` and `[[host]]` stand apart.

use toml::de::DeValue;

use crate::check::Ignore;
use crate::report::Format;

use super::settings::{Color, FailOn, Settings};
use super::value::{Hint, language, number, text, word};

/// A key of a table that sets something of `T`.
#[derive(Debug)]
pub(super) struct Key<T> {
    /// Its name.
    pub(super) name: &'static str,
    /// Reads the value into its place.
    pub(super) set: fn(&DeValue<'_>, &mut T) -> Result<(), Hint>,
}

/// Keys that stand in no table.
pub(super) const TOP: &[Key<Settings>] = &[
    Key {
        name: "format",
        set: |value, settings| {
            let choices = Format::ALL.map(|format| (format.as_str(), format));
            settings.format = word(value, &choices)?;
            Ok(())
        },
    },
    Key {
        name: "fail-on",
        set: |value, settings| {
            let choices = FailOn::ALL.map(|choice| (choice.as_str(), choice));
            settings.fail_on = word(value, &choices)?;
            Ok(())
        },
    },
    Key {
        name: "language",
        set: |value, settings| {
            settings.language = Some(language(value)?);
            Ok(())
        },
    },
    Key {
        name: "article-language",
        set: |value, settings| {
            settings.article_language = Some(language(value)?);
            Ok(())
        },
    },
    Key {
        name: "baseline",
        set: |value, settings| {
            settings.baseline = Some(text(value)?);
            Ok(())
        },
    },
    Key {
        name: "color",
        set: |value, settings| {
            let choices = Color::ALL.map(|choice| (choice.as_str(), choice));
            settings.color = word(value, &choices)?;
            Ok(())
        },
    },
];

/// Tables of the file.
pub(super) const TABLES: [&str; 6] = ["fetch", "host", "history", "archives", "rules", "ignore"];

/// Keys of `[[ignore]]`; `rule` is read apart, since a wrong one is an unknown rule.
pub(super) const IGNORE: &[Key<Ignore>] = &[
    Key {
        name: "url",
        set: |value, ignore| {
            let pattern = text(value)?;
            // All that is below it.
            let star = if pattern.ends_with('/') { "*" } else { "" };
            ignore.url = Some(format!("{pattern}{star}"));
            Ok(())
        },
    },
    Key {
        name: "reference",
        set: |value, ignore| {
            ignore.reference = Some(number(value, 1, u32::MAX)?);
            Ok(())
        },
    },
    Key {
        name: "article",
        set: |value, ignore| {
            ignore.article = Some(text(value)?);
            Ok(())
        },
    },
    Key {
        name: "reason",
        set: |value, ignore| {
            ignore.reason = text(value)?;
            Ok(())
        },
    },
];
