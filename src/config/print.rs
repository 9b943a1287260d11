//! Settings → text of a settings file.

use std::fmt::Write as _;

use jiff::SignedDuration;
use toml::Value;

use crate::check::{Ignore, RuleLevel};
use crate::rules;

use super::settings::{FetchSettings, Settings};
use super::value::show_size;

/// Writes settings as a settings file that gives the same settings: every key, every rule with
/// its severity, every ignore. Keys that are not set stand in comments.
#[must_use]
pub fn to_toml(settings: &Settings) -> String {
    let mut page = String::new();
    let mut line = |key: &str, value: Option<String>, example: &str| match value {
        Some(value) => writeln!(page, "{key} = {}", Value::String(value)),
        None => writeln!(page, "# {key} = \"{example}\""),
    };
    let tag = |tag: &Option<crate::model::LanguageTag>| tag.as_ref().map(ToString::to_string);
    let _ = line("format", Some(settings.format.to_string()), "");
    let _ = line("fail-on", Some(settings.fail_on.as_str().to_owned()), "");
    let _ = line("language", tag(&settings.language), "en");
    let _ = line("article-language", tag(&settings.article_language), "en");
    let _ = line("color", Some(settings.color.as_str().to_owned()), "");
    fetch(&mut page, &settings.fetch);
    page.push_str("\n[rules]\n");
    for rule in rules::RULES {
        let level = settings.rules.get(rule.name).copied();
        let word = match level.unwrap_or(RuleLevel::At(rule.severity)) {
            RuleLevel::Off => "off",
            RuleLevel::At(severity) => severity.as_str(),
        };
        let comment = if level.is_none() { "# " } else { "" };
        let _ = writeln!(page, "{comment}{} = \"{word}\"", rule.name);
    }
    for entry in &settings.ignores {
        ignore(&mut page, entry);
    }
    page
}

fn fetch(page: &mut String, fetch: &FetchSettings) {
    let duration = |duration: SignedDuration| Value::String(format!("{duration:#}"));
    let text = |value: &Option<String>| value.clone().map(Value::String);
    let lines = [
        ("concurrency", Some(count(fetch.concurrency))),
        ("interval", Some(duration(fetch.interval))),
        ("timeout", Some(duration(fetch.timeout))),
        ("connect-timeout", Some(duration(fetch.connect_timeout))),
        ("retries", Some(Value::Integer(i64::from(fetch.retries)))),
        ("max-redirects", Some(count(fetch.max_redirects))),
        (
            "max-body",
            Some(Value::String(show_size(fetch.max_body_bytes))),
        ),
        ("user-agent", text(&fetch.user_agent)),
        ("contact", text(&fetch.contact)),
        ("allow-private", Some(Value::Boolean(fetch.allow_private))),
    ];
    page.push_str("\n[fetch]\n");
    for (key, value) in lines {
        let _ = match value {
            Some(value) => writeln!(page, "{key} = {value}"),
            None => writeln!(page, "# {key} = \"\""),
        };
    }
}

fn count(number: usize) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn ignore(page: &mut String, ignore: &Ignore) {
    let text = |value: &Option<String>| value.clone().map(Value::String);
    let reference = ignore
        .reference
        .map(|number| Value::Integer(i64::from(number)));
    let lines = [
        ("rule", text(&ignore.rule)),
        ("url", text(&ignore.url)),
        ("reference", reference),
        ("article", text(&ignore.article)),
        ("reason", Some(Value::String(ignore.reason.clone()))),
    ];
    page.push_str("\n[[ignore]]\n");
    for (key, value) in lines {
        if let Some(value) = value {
            let _ = writeln!(page, "{key} = {value}");
        }
    }
}
