//! The keys of each table and what they set.

use toml::de::DeValue;

use crate::check::Ignore;
use crate::report::Format;

use super::settings::{Color, FailOn, FetchSettings, Settings};
use super::value::{Hint, duration, flag, language, number, size, text, timeout, word};

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
        name: "color",
        set: |value, settings| {
            let choices = Color::ALL.map(|choice| (choice.as_str(), choice));
            settings.color = word(value, &choices)?;
            Ok(())
        },
    },
];

/// Tables of the file.
pub(super) const TABLES: [&str; 3] = ["fetch", "rules", "ignore"];

/// Keys of `[fetch]`.
pub(super) const FETCH: &[Key<FetchSettings>] = &[
    Key {
        name: "concurrency",
        set: |value, fetch| {
            fetch.concurrency = number(value, 1, 10_000)? as usize;
            Ok(())
        },
    },
    Key {
        name: "interval",
        set: |value, fetch| {
            fetch.interval = duration(value)?;
            Ok(())
        },
    },
    Key {
        name: "timeout",
        set: |value, fetch| {
            fetch.timeout = timeout(value)?;
            Ok(())
        },
    },
    Key {
        name: "connect-timeout",
        set: |value, fetch| {
            fetch.connect_timeout = timeout(value)?;
            Ok(())
        },
    },
    Key {
        name: "retries",
        set: |value, fetch| {
            fetch.retries = number(value, 0, 20)?;
            Ok(())
        },
    },
    Key {
        name: "max-redirects",
        set: |value, fetch| {
            fetch.max_redirects = number(value, 0, 50)? as usize;
            Ok(())
        },
    },
    Key {
        name: "max-body",
        set: |value, fetch| {
            fetch.max_body_bytes = size(value)?;
            Ok(())
        },
    },
    Key {
        name: "user-agent",
        set: |value, fetch| {
            fetch.user_agent = Some(header(value)?);
            Ok(())
        },
    },
    Key {
        name: "contact",
        set: |value, fetch| {
            fetch.contact = Some(header(value)?);
            Ok(())
        },
    },
    Key {
        name: "allow-private",
        set: |value, fetch| {
            fetch.allow_private = flag(value)?;
            Ok(())
        },
    },
];

/// Text that an HTTP header can hold.
fn header(value: &DeValue<'_>) -> Result<String, Hint> {
    let text = text(value)?;
    if text.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
        return Ok(text);
    }
    Err("must be ASCII without control characters, since it is sent in a header".to_owned())
}

/// Keys of `[[ignore]]`; `rule` is read apart, since a wrong one is an unknown rule.
pub(super) const IGNORE: &[Key<Ignore>] = &[
    Key {
        name: "url",
        set: |value, ignore| {
            let pattern = text(value)?;
            // Without a star it is the beginning of the addresses meant.
            let star = if pattern.contains('*') { "" } else { "*" };
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
