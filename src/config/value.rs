//! Values of single keys: what a key takes, and how a wrong one is explained.

use jiff::SignedDuration;
use toml::de::DeValue;

use crate::languages;
use crate::model::LanguageTag;
use crate::report::nearest;

/// What is wrong with a value: completes "`key` is 7, but …".
pub(super) type Hint = String;

/// Longest duration that makes sense for a request.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);
/// Longest duration that makes sense for a run.
const LONGEST_RUN: SignedDuration = SignedDuration::from_hours(24 * 31);

pub(super) fn text(value: &DeValue<'_>) -> Result<String, Hint> {
    let text = value
        .as_str()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    text.map(str::to_owned)
        .ok_or_else(|| "must be a text".to_owned())
}

pub(super) fn flag(value: &DeValue<'_>) -> Result<bool, Hint> {
    value
        .as_bool()
        .ok_or_else(|| "must be `true` or `false`".to_owned())
}

/// A whole number within bounds.
pub(super) fn number(value: &DeValue<'_>, least: u32, most: u32) -> Result<u32, Hint> {
    let number = value.as_integer().and_then(|number| {
        let digits = number.as_str().replace('_', "");
        u32::from_str_radix(&digits, number.radix()).ok()
    });
    number
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("must be a whole number from {least} to {most}"))
}

/// One of some words; `choices` are words with what they stand for.
pub(super) fn word<T: Copy>(value: &DeValue<'_>, choices: &[(&str, T)]) -> Result<T, Hint> {
    let given = value.as_str().unwrap_or_default();
    let found = choices.iter().find(|(word, _)| *word == given);
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        let known = format!("must be one of \"{}\"", words.join("\", \""));
        match nearest(given, words.iter().copied()) {
            Some(nearest) => format!("{known}; did you mean \"{nearest}\"?"),
            None => known,
        }
    })
}

/// A language tag; a language's name is answered with its tag.
pub(super) fn language(value: &DeValue<'_>) -> Result<LanguageTag, Hint> {
    let given = value.as_str().unwrap_or_default();
    languages::known_tag(given).map_err(|nearest| match nearest {
        Some(tag) => format!("must be a language tag; did you mean \"{tag}\"?"),
        None => "must be a language tag such as \"uk\" or \"pt-BR\"".to_owned(),
    })
}

/// A list of texts; a single one may stand without brackets.
pub(super) fn texts(value: &DeValue<'_>) -> Result<Vec<String>, Hint> {
    if value.is_str() {
        return Ok(vec![text(value)?]);
    }
    let hint = || "must be a list of texts".to_owned();
    let list = value.as_array().ok_or_else(hint)?;
    list.iter()
        .map(|entry| text(entry.get_ref()).map_err(|_| hint()))
        .collect()
}

/// A duration with its unit: "500ms", "2s", "1m 30s"; zero may stand without one.
pub(super) fn duration(value: &DeValue<'_>) -> Result<SignedDuration, Hint> {
    pause(value.as_str().unwrap_or_default())
}

/// A duration that is not zero.
pub(super) fn timeout(value: &DeValue<'_>) -> Result<SignedDuration, Hint> {
    patience(value.as_str().unwrap_or_default())
}

/// How long a run may take.
pub(super) fn run_time(value: &DeValue<'_>) -> Result<SignedDuration, Hint> {
    time_limit(value.as_str().unwrap_or_default())
}

/// Reads a pause: zero to a day, with its unit; zero needs none.
///
/// # Errors
///
/// What it must be, completing "it …".
pub fn pause(text: &str) -> Result<SignedDuration, String> {
    spell(text, LONGEST)
}

/// Reads a time for a request: more than zero, to a day.
///
/// # Errors
///
/// What it must be, completing "it …".
pub fn patience(text: &str) -> Result<SignedDuration, String> {
    pause(text).and_then(not_zero)
}

/// Reads a time for a run: more than zero, to a month.
///
/// # Errors
///
/// What it must be, completing "it …".
pub fn time_limit(text: &str) -> Result<SignedDuration, String> {
    spell(text, LONGEST_RUN).and_then(not_zero)
}

fn spell(text: &str, longest: SignedDuration) -> Result<SignedDuration, Hint> {
    // Nothing is nothing in every unit.
    let parsed = match text.trim() {
        "0" => Some(SignedDuration::ZERO),
        text => text.parse().ok(),
    };
    let duration = parsed.filter(|duration| !duration.is_negative());
    let duration = duration.ok_or_else(|| {
        "must be a duration with its unit, such as \"500ms\" or \"30s\"".to_owned()
    })?;
    if longest < duration {
        return Err(format!("must be at most {} hours", longest.as_hours()));
    }
    Ok(duration)
}

fn not_zero(duration: SignedDuration) -> Result<SignedDuration, Hint> {
    if duration.is_zero() {
        return Err("must be longer than zero".to_owned());
    }
    Ok(duration)
}

/// Units of size, longest names first.
const UNITS: [(&str, usize); 7] = [
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("kB", 1000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("B", 1),
];

/// A size in bytes: "5MiB", "800 kB", or a number of bytes.
pub(super) fn size(value: &DeValue<'_>) -> Result<usize, Hint> {
    let hint = || "must be a size such as \"5MiB\"".to_owned();
    if value.is_integer() {
        let bytes = number(value, 1, u32::MAX).map_err(|_| hint())?;
        return usize::try_from(bytes).map_err(|_| hint());
    }
    let text = value.as_str().unwrap_or_default().trim();
    let unit = UNITS
        .iter()
        .find_map(|(unit, bytes)| Some((text.strip_suffix(unit)?, *bytes)));
    let (digits, bytes) = unit.ok_or_else(hint)?;
    let count: usize = digits.trim().parse().map_err(|_| hint())?;
    count
        .checked_mul(bytes)
        .filter(|size| 0 < *size)
        .ok_or_else(hint)
}

/// A size as [`size`] reads it, in the largest unit that divides it.
pub(super) fn show_size(bytes: usize) -> String {
    let unit = UNITS
        .into_iter()
        .filter(|(name, _)| name.ends_with("iB") || *name == "B")
        .filter(|(_, size)| bytes.is_multiple_of(*size))
        .max_by_key(|(_, size)| *size);
    let (name, size) = unit.unwrap_or(("B", 1));
    format!("{}{name}", bytes / size)
}
