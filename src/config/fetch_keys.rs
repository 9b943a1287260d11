//! The keys of `[fetch]` and what they set.

use toml::de::DeValue;

use super::fetch_settings::{FetchSettings, ProxyChoice, ROBOTS};
use super::host::is_header_value;
use super::keys::Key;
use super::network_values::{dns_server, host_name, proxy, resolved};
use super::value::{Hint, duration, flag, number, run_time, size, text, texts, timeout, word};

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
        name: "per-host",
        set: |value, fetch| {
            fetch.per_host = number(value, 1, 1000)? as usize;
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
        name: "max-interval",
        set: |value, fetch| {
            fetch.max_interval = duration(value)?;
            Ok(())
        },
    },
    Key {
        name: "timeout",
        set: |value, fetch| {
            fetch.timeout = Some(timeout(value)?);
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
        name: "first-byte-timeout",
        set: |value, fetch| {
            fetch.first_byte_timeout = Some(timeout(value)?);
            Ok(())
        },
    },
    Key {
        name: "min-speed",
        set: |value, fetch| {
            fetch.min_speed = number(value, 0, 1_000_000)?;
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
        name: "backoff",
        set: |value, fetch| {
            fetch.backoff = duration(value)?;
            Ok(())
        },
    },
    Key {
        name: "retry-after-limit",
        set: |value, fetch| {
            fetch.retry_after_limit = duration(value)?;
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
        name: "max-duration",
        set: |value, fetch| {
            fetch.max_duration = Some(run_time(value)?);
            Ok(())
        },
    },
    Key {
        name: "links-only",
        set: |value, fetch| {
            fetch.links_only = flag(value)?;
            Ok(())
        },
    },
    Key {
        name: "robots",
        set: |value, fetch| {
            fetch.robots = word(value, &ROBOTS)?;
            Ok(())
        },
    },
    Key {
        name: "browser-retry",
        set: |value, fetch| {
            fetch.browser_retry = flag(value)?;
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
        name: "proxy",
        set: |value, fetch| {
            fetch.proxy = proxy_choice(value)?;
            Ok(())
        },
    },
    Key {
        name: "proxy-bypass",
        set: |value, fetch| {
            fetch.proxy_bypass = texts(value)?;
            Ok(())
        },
    },
    Key {
        name: "dns-servers",
        set: |value, fetch| {
            let servers = texts(value)?;
            fetch.dns_servers = servers
                .iter()
                .map(|text| dns_server(text))
                .collect::<Result<_, _>>()?;
            Ok(())
        },
    },
    Key {
        name: "resolve",
        set: |value, fetch| {
            for entry in texts(value)? {
                let (host, addresses) = resolved(&entry)?;
                fetch.resolve.entry(host).or_default().extend(addresses);
            }
            Ok(())
        },
    },
    Key {
        name: "ca-files",
        set: |value, fetch| {
            fetch.ca_files = texts(value)?;
            Ok(())
        },
    },
    Key {
        name: "control-names",
        set: |value, fetch| {
            let names = texts(value)?;
            let names: Option<Vec<String>> = names.iter().map(|name| host_name(name)).collect();
            fetch.control_names = names.ok_or("must be names of hosts")?;
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
    if is_header_value(&text) {
        return Ok(text);
    }
    Err("must be ASCII without control characters, since it is sent in a header".to_owned())
}

/// "environment", "none", or a proxy's address.
fn proxy_choice(value: &DeValue<'_>) -> Result<ProxyChoice, Hint> {
    let text = text(value)?;
    match text.as_str() {
        "environment" => Ok(ProxyChoice::Environment),
        "none" => Ok(ProxyChoice::Direct),
        address => proxy(address).map(ProxyChoice::Through).map_err(|hint| {
            let known = hint.trim_start_matches("must be ");
            format!("must be \"environment\", \"none\" or {known}")
        }),
    }
}
