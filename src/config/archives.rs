//! `[archives]`: which archives are asked for copies, and how often.

use jiff::SignedDuration;
use toml::Value;
use toml::de::DeValue;
use url::Url;

use super::keys::Key;
use super::value::{Hint, duration, flag, number, text};
use crate::archive::{ArchiveOptions, never_asked};

/// `[archives]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveSettings {
    /// Whether archives are asked at all.
    pub enabled: bool,
    /// Which, and how often.
    pub options: ArchiveOptions,
}

impl Default for ArchiveSettings {
    fn default() -> Self {
        Self {
            enabled: true,
            options: ArchiveOptions::default(),
        }
    }
}

/// Keys of `[archives]`.
pub(super) const ARCHIVES: &[Key<ArchiveSettings>] = &[
    Key {
        name: "enabled",
        set: |value, archives| {
            archives.enabled = flag(value)?;
            Ok(())
        },
    },
    Key {
        name: "availability",
        set: |value, archives| {
            archives.options.availability = endpoint(value)?;
            Ok(())
        },
    },
    Key {
        name: "cdx",
        set: |value, archives| {
            archives.options.cdx = endpoint(value)?;
            Ok(())
        },
    },
    Key {
        name: "playback",
        set: |value, archives| {
            archives.options.playback = endpoint(value)?;
            Ok(())
        },
    },
    Key {
        name: "timegates",
        set: |value, archives| {
            archives.options.timegates = endpoints(value)?;
            Ok(())
        },
    },
    Key {
        name: "timemaps",
        set: |value, archives| {
            archives.options.timemaps = endpoints(value)?;
            Ok(())
        },
    },
    Key {
        name: "save",
        set: |value, archives| {
            archives.options.save = endpoint(value)?;
            Ok(())
        },
    },
    Key {
        name: "rate",
        set: |value, archives| {
            archives.options.rate = number(value, 1, 1000)?;
            Ok(())
        },
    },
    Key {
        name: "budget",
        set: |value, archives| {
            archives.options.budget = number(value, 0, 1_000_000)?;
            Ok(())
        },
    },
    Key {
        name: "patience",
        set: |value, archives| {
            archives.options.patience = duration(value)?.unsigned_abs();
            Ok(())
        },
    },
];

/// The lines of the table as a settings file has them.
pub(super) fn lines(archives: &ArchiveSettings) -> Vec<(&'static str, Value)> {
    let options = &archives.options;
    let address = |url: &Option<Url>| {
        let written = url.as_ref().map_or_else(String::new, Url::to_string);
        Value::String(written)
    };
    let list = |urls: &[Url]| {
        urls.iter()
            .map(|url| Value::String(url.to_string()))
            .collect()
    };
    let patience = SignedDuration::try_from(options.patience).unwrap_or_default();
    vec![
        ("enabled", Value::Boolean(archives.enabled)),
        ("availability", address(&options.availability)),
        ("cdx", address(&options.cdx)),
        ("playback", address(&options.playback)),
        ("timegates", Value::Array(list(&options.timegates))),
        ("timemaps", Value::Array(list(&options.timemaps))),
        ("save", address(&options.save)),
        ("rate", Value::Integer(i64::from(options.rate))),
        ("budget", Value::Integer(i64::from(options.budget))),
        ("patience", Value::String(format!("{patience:#}"))),
    ]
}

/// An address of an archive; "" for none.
fn endpoint(value: &DeValue<'_>) -> Result<Option<Url>, Hint> {
    if value.as_str().is_some_and(|text| text.trim().is_empty()) {
        return Ok(None);
    }
    address(&text(value)?).map(Some)
}

fn endpoints(value: &DeValue<'_>) -> Result<Vec<Url>, Hint> {
    let hint = || "must be a list of addresses".to_owned();
    let list = value.as_array().ok_or_else(hint)?;
    list.iter()
        .map(|element| address(&text(element.get_ref()).map_err(|_| hint())?))
        .collect()
}

fn address(text: &str) -> Result<Url, Hint> {
    let url = Url::parse(text).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| "must be a web address, or \"\" for none".to_owned())?;
    if never_asked(&url) {
        return Err("names an archive that is never asked".to_owned());
    }
    Ok(url)
}
