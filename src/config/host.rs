//! `[[host]]`: what differs for some hosts.

use std::fmt;
use std::net::Ipv6Addr;

use jiff::SignedDuration;
use toml::de::DeValue;
use url::Host;

use super::keys::Key;
use super::network_values::host_name;
use super::value::{Hint, duration, flag, number, text, timeout};

/// A `[[host]]` entry: what differs for the hosts that its pattern names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostSettings {
    /// A name, or `*.example.org` for it and all names below; lower case. Or an address, that of
    /// IPv6 in brackets.
    pub pattern: String,
    /// Most exchanges at the same time.
    pub per_host: Option<usize>,
    /// Pause between the starts of two exchanges, to begin with.
    pub interval: Option<SignedDuration>,
    /// Time for one exchange.
    pub timeout: Option<SignedDuration>,
    /// How often a URL is asked again after a failure that may pass.
    pub retries: Option<u32>,
    /// Header fields sent to these hosts alone, by name in lower case.
    pub headers: Vec<(String, HeaderText)>,
    /// Whether they are not asked at all.
    pub skip: bool,
    /// Why, for whoever reads the settings.
    pub reason: Option<String>,
    /// Where the entry stands, for messages: `citecheck.toml:12`.
    pub place: String,
}

/// The value of a header field.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderText {
    /// As it stands in the file.
    Plain(String),
    /// What the environment variable of that name holds: `env:NAME`.
    Variable(String),
}

impl fmt::Debug for HeaderText {
    // What is dumped for a search of faults is no place for a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(_) => f.write_str("Plain(…)"),
            Self::Variable(name) => write!(f, "Variable({name})"),
        }
    }
}

/// Header fields that belong to the connection or that citecheck decides itself.
const OWN_HEADERS: [&str; 11] = [
    "accept-encoding",
    "connection",
    "content-length",
    "host",
    "if-modified-since",
    "if-none-match",
    "keep-alive",
    "proxy-authorization",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// Keys of `[[host]]`.
pub(super) const HOST: &[Key<HostSettings>] = &[
    Key {
        name: "pattern",
        set: |value, host| {
            host.pattern = pattern(&text(value)?)?;
            Ok(())
        },
    },
    Key {
        name: "per-host",
        set: |value, host| {
            host.per_host = Some(number(value, 1, 1000)? as usize);
            Ok(())
        },
    },
    Key {
        name: "interval",
        set: |value, host| {
            host.interval = Some(duration(value)?);
            Ok(())
        },
    },
    Key {
        name: "timeout",
        set: |value, host| {
            host.timeout = Some(timeout(value)?);
            Ok(())
        },
    },
    Key {
        name: "retries",
        set: |value, host| {
            host.retries = Some(number(value, 0, 20)?);
            Ok(())
        },
    },
    Key {
        name: "headers",
        set: |value, host| {
            host.headers = headers(value)?;
            Ok(())
        },
    },
    Key {
        name: "skip",
        set: |value, host| {
            host.skip = flag(value)?;
            Ok(())
        },
    },
    Key {
        name: "reason",
        set: |value, host| {
            host.reason = Some(text(value)?);
            Ok(())
        },
    },
];

fn pattern(text: &str) -> Result<String, Hint> {
    let (star, name) = match text.strip_prefix("*.") {
        Some(name) => ("*.", name),
        None => ("", text),
    };
    if star.is_empty()
        && let Some(address) = address(name)
    {
        return Ok(address);
    }
    let name = host_name(name).filter(|_| !name.contains('*'));
    name.map(|name| format!("{star}{name}")).ok_or_else(|| {
        "must be the name of a host, such as \"news.example\", or \"*.news.example\" for it and \
         all names below, or an address, such as \"192.0.2.7\""
            .to_owned()
    })
}

/// An address in the form that URLs have it, which is one alone: `127.1` is `127.0.0.1`.
fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let inner = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if let Ok(address) = inner.unwrap_or(text).parse::<Ipv6Addr>() {
        return Some(Host::<String>::Ipv6(address).to_string());
    }
    match Host::parse(text).ok()? {
        Host::Ipv4(address) => Some(address.to_string()),
        Host::Ipv6(_) | Host::Domain(_) => None,
    }
}

fn headers(value: &DeValue<'_>) -> Result<Vec<(String, HeaderText)>, Hint> {
    let hint = "must be a table of texts, such as { authorization = \"env:NEWS_TOKEN\" }";
    let table = value.as_table().ok_or_else(|| hint.to_owned())?;
    let mut headers = Vec::new();
    for (name, value) in table {
        let name = name.get_ref().to_ascii_lowercase();
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if name.is_empty() || !name.chars().all(token) {
            return Err("names header fields with characters that HTTP does not allow".to_owned());
        }
        if OWN_HEADERS.contains(&name.as_str()) {
            return Err(format!("`{name}` is a header field that cannot be set"));
        }
        let value = value.get_ref().as_str().ok_or_else(|| hint.to_owned())?;
        headers.push((name, header_text(value.trim())?));
    }
    headers.sort_by(|a, b| a.0.cmp(&b.0));
    if headers
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.0 == b.0))
    {
        return Err("names a header field twice".to_owned());
    }
    Ok(headers)
}

fn header_text(value: &str) -> Result<HeaderText, Hint> {
    if let Some(name) = value.strip_prefix("env:") {
        let sound = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(sound) {
            return Err("must name an environment variable after `env:`".to_owned());
        }
        return Ok(HeaderText::Variable(name.to_owned()));
    }
    if !is_header_value(value) {
        return Err("must hold ASCII without control characters".to_owned());
    }
    Ok(HeaderText::Plain(value.to_owned()))
}

/// Whether an HTTP header can hold a text.
pub(super) fn is_header_value(text: &str) -> bool {
    text.chars().all(|c| c == ' ' || c.is_ascii_graphic())
}
