//! Settings → text of a settings file.

use std::fmt::Write as _;

use jiff::SignedDuration;
use toml::Value;
use url::Url;

use crate::check::{Ignore, RuleLevel};
use crate::rules;

use super::archives;
use super::fetch_settings::{FetchSettings, ProxyChoice, ROBOTS};
use super::history;
use super::host::{HeaderText, HostSettings};
use super::settings::Settings;
use super::value::show_size;

/// Writes settings as a settings file that gives the same settings: every key, every rule with
/// its severity, every ignore. Keys that are not set stand in comments; secrets are hidden.
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
    let _ = line(
        "baseline",
        settings.baseline.clone(),
        "citecheck-baseline.json",
    );
    let _ = line("color", Some(settings.color.as_str().to_owned()), "");
    fetch(&mut page, &settings.fetch);
    for entry in &settings.hosts {
        host(&mut page, entry);
    }
    history::print(&mut page, &settings.history);
    page.push_str("\n[archives]\n");
    for (key, value) in archives::lines(&settings.archives) {
        let _ = writeln!(page, "{key} = {value}");
    }
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
    let text = |value: &Option<String>| value.clone().map(Value::String);
    let robots = ROBOTS.iter().find(|(_, robots)| *robots == fetch.robots);
    let proxy = match &fetch.proxy {
        ProxyChoice::Environment => "environment".to_owned(),
        ProxyChoice::Direct => "none".to_owned(),
        ProxyChoice::Through(url) => shown_proxy(url),
    };
    let resolve = fetch.resolve.iter().map(|(host, addresses)| {
        let addresses: Vec<String> = addresses.iter().map(ToString::to_string).collect();
        let port = if host.contains(':') { "" } else { ":*" };
        format!("{host}{port}:{}", addresses.join(","))
    });
    let lines = [
        ("concurrency", Some(count(fetch.concurrency))),
        ("per-host", Some(count(fetch.per_host))),
        ("interval", Some(duration(fetch.interval))),
        ("max-interval", Some(duration(fetch.max_interval))),
        ("timeout", fetch.timeout.map(duration)),
        ("connect-timeout", Some(duration(fetch.connect_timeout))),
        ("first-byte-timeout", fetch.first_byte_timeout.map(duration)),
        (
            "min-speed",
            Some(Value::Integer(i64::from(fetch.min_speed))),
        ),
        ("retries", Some(Value::Integer(i64::from(fetch.retries)))),
        ("backoff", Some(duration(fetch.backoff))),
        ("retry-after-limit", Some(duration(fetch.retry_after_limit))),
        ("max-redirects", Some(count(fetch.max_redirects))),
        (
            "max-body",
            Some(Value::String(show_size(fetch.max_body_bytes))),
        ),
        ("max-duration", fetch.max_duration.map(duration)),
        ("links-only", Some(Value::Boolean(fetch.links_only))),
        (
            "robots",
            robots.map(|(word, _)| Value::String((*word).to_owned())),
        ),
        ("browser-retry", Some(Value::Boolean(fetch.browser_retry))),
        ("user-agent", text(&fetch.user_agent)),
        ("contact", text(&fetch.contact)),
        ("proxy", Some(Value::String(proxy))),
        ("proxy-bypass", Some(texts(&fetch.proxy_bypass))),
        ("dns-servers", Some(texts(&fetch.dns_servers))),
        ("resolve", Some(texts(resolve))),
        ("ca-files", Some(texts(&fetch.ca_files))),
        ("control-names", Some(texts(&fetch.control_names))),
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

fn host(page: &mut String, host: &HostSettings) {
    let headers: Vec<String> = host.headers.iter().map(shown_header).collect();
    let lines = [
        ("pattern", Some(Value::String(host.pattern.clone()))),
        ("per-host", host.per_host.map(count)),
        ("interval", host.interval.map(duration)),
        ("timeout", host.timeout.map(duration)),
        (
            "retries",
            host.retries.map(|often| Value::Integer(i64::from(often))),
        ),
        ("skip", host.skip.then_some(Value::Boolean(true))),
        ("reason", host.reason.clone().map(Value::String)),
    ];
    page.push_str("\n[[host]]\n");
    for (key, value) in lines {
        if let Some(value) = value {
            let _ = writeln!(page, "{key} = {value}");
        }
    }
    if !headers.is_empty() {
        let _ = writeln!(page, "headers = {{ {} }}", headers.join(", "));
    }
}

/// Header fields whose values are nobody's secret.
const PUBLIC_HEADERS: [&str; 3] = ["accept", "accept-language", "user-agent"];

/// `"name" = "value"`; what stands in the file itself may be a secret and is hidden.
fn shown_header((name, text): &(String, HeaderText)) -> String {
    let value = match text {
        HeaderText::Variable(variable) => format!("env:{variable}"),
        HeaderText::Plain(value) if PUBLIC_HEADERS.contains(&name.as_str()) => value.clone(),
        HeaderText::Plain(_) => "(hidden)".to_owned(),
    };
    let quoted = |text: &str| Value::String(text.to_owned()).to_string();
    format!("{} = {}", quoted(name), quoted(&value))
}

/// A proxy's address without its password.
fn shown_proxy(url: &Url) -> String {
    let mut url = url.clone();
    if url.password().is_some() {
        // Fails only for addresses without a host, which no proxy has.
        let _ = url.set_password(Some("hidden"));
    }
    url.to_string()
}

fn duration(duration: SignedDuration) -> Value {
    Value::String(format!("{duration:#}"))
}

fn texts<T: ToString>(values: impl IntoIterator<Item = T>) -> Value {
    let texts = values
        .into_iter()
        .map(|value| Value::String(value.to_string()));
    Value::Array(texts.collect())
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
