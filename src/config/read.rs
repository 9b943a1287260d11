//! Text of a settings file → settings.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::check::{Ignore, RuleLevel};
use crate::model::Severity;
use crate::report::nearest;
use crate::rules;

use super::archives::ARCHIVES;
use super::error::{ConfigError, Place};
use super::fetch_keys::FETCH;
use super::history::HISTORY;
use super::host::{HOST, HostSettings};
use super::keys::{IGNORE, Key, TABLES, TOP};
use super::settings::Settings;
use super::value::word;

/// Levels of a rule by their words.
const LEVELS: [(&str, RuleLevel); 4] = [
    ("off", RuleLevel::Off),
    ("note", RuleLevel::At(Severity::Note)),
    ("warning", RuleLevel::At(Severity::Warning)),
    ("error", RuleLevel::At(Severity::Error)),
];

/// Reads a settings file on top of the defaults. `file` is its name for messages.
///
/// # Errors
///
/// The first fault in the file: no TOML, an unknown key, rule or word, a value out of bounds, an
/// ignore without a reason.
///
/// # Examples
///
/// ```
/// let error = citecheck::config::read("[fetch]\nintervall = '1s'", "citecheck.toml").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "unknown key `intervall` in citecheck.toml:2; did you mean `interval`?"
/// );
/// ```
pub fn read(text: &str, file: &str) -> Result<Settings, ConfigError> {
    // Editors on Windows may begin a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reader = Reader { text, file };
    let document = DeTable::parse(text);
    let document = document.map_err(|error| ConfigError::Syntax {
        place: reader.place(error.span().map_or(0, |span| span.start)),
        message: error.message().lines().collect::<Vec<_>>().join(", "),
    })?;
    let mut settings = Settings::default();
    for entry in in_order(document.get_ref()) {
        match entry.key.as_str() {
            "fetch" => reader.fetch(&entry, &mut settings)?,
            "host" => reader.hosts(&entry, &mut settings)?,
            "history" => reader.history(&entry, &mut settings)?,
            "archives" => {
                let table = reader.table(&entry, entry.value, "must be a table: [archives]")?;
                for inner in in_order(table) {
                    reader.set(&inner, ARCHIVES, &mut settings.archives)?;
                }
            }
            "rules" => reader.rules(&entry, &mut settings)?,
            "ignore" => reader.ignores(&entry, &mut settings)?,
            _ => reader.set(&entry, TOP, &mut settings)?,
        }
    }
    Ok(settings)
}

/// A key with its value.
struct Entry<'a> {
    key: String,
    at: usize,
    value: &'a Spanned<DeValue<'a>>,
}

/// The entries of a table as they stand in the file.
fn in_order<'a>(table: &'a DeTable<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            at: key.span().start,
            value,
        })
        .collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
}

impl Reader<'_> {
    fn place(&self, at: usize) -> Place {
        let before = self.text.bytes().take(at);
        Place {
            file: self.file.to_owned(),
            line: before.filter(|byte| *byte == b'\n').count() + 1,
        }
    }

    fn set<T>(&self, entry: &Entry<'_>, keys: &[Key<T>], into: &mut T) -> Result<(), ConfigError> {
        match keys.iter().find(|key| key.name == entry.key) {
            Some(key) => {
                (key.set)(entry.value.get_ref(), into).map_err(|hint| self.wrong_value(entry, hint))
            }
            None => Err(self.unknown_key(entry, keys.iter().map(|key| key.name).collect())),
        }
    }

    fn fetch(&self, entry: &Entry<'_>, settings: &mut Settings) -> Result<(), ConfigError> {
        for inner in in_order(self.table(entry, entry.value, "must be a table: [fetch]")?) {
            self.set(&inner, FETCH, &mut settings.fetch)?;
        }
        Ok(())
    }

    fn hosts(&self, entry: &Entry<'_>, settings: &mut Settings) -> Result<(), ConfigError> {
        let hint = "must be a list of tables: [[host]]";
        let list = entry.value.get_ref().as_array();
        let list = list.ok_or_else(|| self.wrong_value(entry, hint.to_owned()))?;
        for element in list {
            let table = self.table(entry, element, hint)?;
            settings.hosts.push(self.host(element.span().start, table)?);
        }
        Ok(())
    }

    fn history(&self, entry: &Entry<'_>, settings: &mut Settings) -> Result<(), ConfigError> {
        for inner in in_order(self.table(entry, entry.value, "must be a table: [history]")?) {
            self.set(&inner, HISTORY, &mut settings.history)?;
        }
        Ok(())
    }

    fn host(&self, at: usize, table: &DeTable<'_>) -> Result<HostSettings, ConfigError> {
        let place = self.place(at);
        let mut host = HostSettings {
            place: place.to_string(),
            ..HostSettings::default()
        };
        for inner in in_order(table) {
            self.set(&inner, HOST, &mut host)?;
        }
        if host.pattern.is_empty() {
            return Err(ConfigError::NoPattern { place });
        }
        if host.skip && host.reason.is_none() {
            return Err(ConfigError::SkipWithoutReason { place });
        }
        Ok(host)
    }

    fn rules(&self, entry: &Entry<'_>, settings: &mut Settings) -> Result<(), ConfigError> {
        for inner in in_order(self.table(entry, entry.value, "must be a table: [rules]")?) {
            let name = self.rule_name(&inner.key, inner.at)?;
            let level = word(inner.value.get_ref(), &LEVELS);
            let level = level.map_err(|hint| self.wrong_value(&inner, hint))?;
            settings.rules.insert(name.to_owned(), level);
        }
        Ok(())
    }

    fn ignores(&self, entry: &Entry<'_>, settings: &mut Settings) -> Result<(), ConfigError> {
        let hint = "must be a list of tables: [[ignore]]";
        let list = entry.value.get_ref().as_array();
        let list = list.ok_or_else(|| self.wrong_value(entry, hint.to_owned()))?;
        for element in list {
            let table = self.table(entry, element, hint)?;
            settings
                .ignores
                .push(self.ignore(element.span().start, table)?);
        }
        Ok(())
    }

    fn ignore(&self, at: usize, table: &DeTable<'_>) -> Result<Ignore, ConfigError> {
        let place = self.place(at);
        let mut ignore = Ignore {
            rule: None,
            url: None,
            reference: None,
            article: None,
            reason: String::new(),
            place: place.to_string(),
        };
        for inner in in_order(table) {
            if inner.key == "rule" {
                let name = inner.value.get_ref().as_str().unwrap_or_default();
                ignore.rule = Some(self.rule_name(name, inner.at)?.to_owned());
            } else if IGNORE.iter().any(|key| key.name == inner.key) {
                self.set(&inner, IGNORE, &mut ignore)?;
            } else {
                let known = IGNORE.iter().map(|key| key.name).chain(["rule"]);
                return Err(self.unknown_key(&inner, known.collect()));
            }
        }
        if ignore.reason.is_empty() {
            return Err(ConfigError::NoReason { place });
        }
        if ignore.rule.is_none() && ignore.url.is_none() && ignore.reference.is_none() {
            return Err(ConfigError::MatchesAll { place });
        }
        Ok(ignore)
    }

    fn table<'t>(
        &self,
        entry: &Entry<'_>,
        value: &'t Spanned<DeValue<'t>>,
        hint: &str,
    ) -> Result<&'t DeTable<'t>, ConfigError> {
        let table = value.get_ref().as_table();
        table.ok_or_else(|| self.wrong_value(entry, hint.to_owned()))
    }

    /// The rule's name, for a name or code as written.
    fn rule_name(&self, given: &str, at: usize) -> Result<&'static str, ConfigError> {
        if let Some(rule) = rules::by_name(given) {
            return Ok(rule.name);
        }
        let known = rules::RULES.iter().map(|rule| rule.name);
        Err(ConfigError::UnknownRule {
            place: self.place(at),
            name: given.to_owned(),
            hint: nearest(given, known).map_or_else(
                || "`citecheck rules` lists them".to_owned(),
                |nearest| format!("did you mean `{nearest}`?"),
            ),
        })
    }

    fn unknown_key(&self, entry: &Entry<'_>, known: Vec<&'static str>) -> ConfigError {
        let top = known.contains(&"fail-on");
        let tables = TABLES.into_iter().filter(|_| top);
        let known: Vec<&str> = known.into_iter().chain(tables).collect();
        let of_fetch = FETCH.iter().any(|key| key.name == entry.key);
        let hint = if top && of_fetch {
            "it belongs into [fetch]".to_owned()
        } else {
            match nearest(&entry.key, known.iter().copied()) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("known: {}", known.join(", ")),
            }
        };
        ConfigError::UnknownKey {
            place: self.place(entry.at),
            key: entry.key.clone(),
            hint,
        }
    }

    fn wrong_value(&self, entry: &Entry<'_>, hint: String) -> ConfigError {
        let span = entry.value.span();
        let written = self.text.get(span).unwrap_or_default().lines().next();
        let written: String = written.unwrap_or_default().chars().take(40).collect();
        // What may hold a secret does not get into a log.
        let secret = matches!(entry.key.as_str(), "headers" | "proxy");
        ConfigError::Value {
            place: self.place(entry.at),
            key: entry.key.clone(),
            value: if secret {
                "(not shown)".to_owned()
            } else {
                format!("`{written}`")
            },
            hint,
        }
    }
}
