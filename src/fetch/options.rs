//! How pages are asked for: limits, patience and politeness.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use url::Url;

/// Settings of a [`Fetcher`](super::Fetcher) and its [`LiveTransport`](super::LiveTransport).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchOptions {
    /// The `User-Agent` sent; see [`user_agent`].
    pub user_agent: String,
    /// Whether loopback, private and other local addresses may be asked.
    pub allow_private: bool,
    /// Time for looking up the name, connecting and the TLS handshake.
    pub connect_timeout: Duration,
    /// Time for one exchange from its start to the end of the answer's header.
    pub first_byte_timeout: Duration,
    /// Time for one exchange from lookup to the last byte of the body.
    pub timeout: Duration,
    /// Bytes a second below which a body is not read on once it has had some seconds to start.
    pub min_speed: u32,
    /// Time that all exchanges for one URL may take together before no further redirect or retry
    /// is begun. Waiting for the host's turn does not count.
    pub patience: Duration,
    /// Most bytes of a body that are kept, as sent and again once decoded.
    pub body_limit_bytes: usize,
    /// Most redirects followed for one URL.
    pub max_redirects: usize,
    /// How often a URL is asked again after a failure that may pass.
    pub retries: u32,
    /// Longest pause before the first retry, doubled for each further one. How much of it is
    /// waited is left to chance; of a host that answers 429 or 503 without a `Retry-After` at
    /// least half. Zero for none.
    pub backoff: Duration,
    /// Longest `Retry-After` that is waited for. An answer that asks for more stands as it is,
    /// and the host's other URLs are skipped,
    /// [`SkipReason::HostPaused`](crate::model::SkipReason::HostPaused): a run neither hangs for an
    /// hour nor asks a host that wants to be left alone.
    pub retry_after_limit: Duration,
    /// Most exchanges at the same time, all hosts together.
    pub concurrency: usize,
    /// Most exchanges with one host at the same time; at least 1.
    pub per_host: usize,
    /// Pause between the starts of two exchanges with a host, to begin with: it follows how long
    /// the host takes to answer, down to a quarter of this. Zero for none but what the host asks
    /// for.
    pub interval: Duration,
    /// Longest that the pause grows to, `Crawl-delay` included, without a `Retry-After`.
    pub max_interval: Duration,
    /// What is made of `robots.txt`.
    pub robots: Robots,
    /// Whether bodies are kept; if not, they are read to their end and dropped, and pages are not
    /// judged by what they show.
    pub keep_bodies: bool,
    /// Whether a URL whose site turns robots away is asked once more with the header fields that
    /// browsers send. The `User-Agent` stays citecheck's own.
    pub browser_retry: bool,
    /// Where to send requests instead of to their hosts.
    pub proxies: Proxies,
    /// Name servers to ask instead of the system's.
    pub dns_servers: Vec<SocketAddr>,
    /// What differs for some hosts; the first entry that fits a host holds.
    pub hosts: Vec<HostOptions>,
    /// Certificates (DER) of authorities trusted besides those of the system.
    pub extra_roots: Vec<Vec<u8>>,
    /// Addresses for host names (lower case) that are not to be looked up, as with curl's
    /// `--resolve`: `news.example:443` for requests to that port, `news.example` for all others.
    /// An empty list means that the name does not exist. The address rules apply.
    pub resolve: BTreeMap<String, Vec<IpAddr>>,
    /// Names that exist whenever the network does, for
    /// [`Fetcher::network_is_down`](super::Fetcher::network_is_down).
    pub control_names: Vec<String>,
}

impl Default for FetchOptions {
    fn default() -> Self {
        Self {
            user_agent: user_agent(None),
            allow_private: false,
            connect_timeout: Duration::from_secs(10),
            first_byte_timeout: Duration::from_secs(30),
            timeout: Duration::from_secs(60),
            min_speed: 32,
            patience: Duration::from_secs(120),
            body_limit_bytes: 5 << 20,
            max_redirects: 20,
            retries: 2,
            backoff: Duration::from_secs(1),
            retry_after_limit: Duration::from_secs(120),
            concurrency: 64,
            per_host: 2,
            interval: Duration::from_millis(100),
            max_interval: Duration::from_secs(30),
            robots: Robots::CrawlDelay,
            keep_bodies: true,
            browser_retry: false,
            proxies: Proxies::default(),
            dns_servers: Vec::new(),
            hosts: Vec::new(),
            extra_roots: Vec::new(),
            resolve: BTreeMap::new(),
            control_names: ["www.wikipedia.org", "example.com", "www.iana.org"]
                .map(str::to_owned)
                .to_vec(),
        }
    }
}

/// What is made of a site's `robots.txt`.
///
/// Checking a citation is a reader's visit to one page, no crawl, so that only the pace is heeded
/// by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Robots {
    /// It is not asked for.
    Ignore,
    /// Its `Crawl-delay` is kept, up to a limit.
    CrawlDelay,
    /// Its `Crawl-delay` is kept, and what it disallows is not asked.
    Obey,
}

/// Proxies by the scheme of what is asked.
///
/// A proxy looks names up itself: keeping away from private addresses is then its duty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// For `http` (`http://`, `https://`, `socks5://` or `socks5h://`).
    pub http: Option<Url>,
    /// For `https`.
    pub https: Option<Url>,
    /// Hosts asked without one: names, `.suffix`, addresses; `*` for all.
    pub bypass: Vec<String>,
}

/// What differs for some hosts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostOptions {
    /// A name, or `*.example.org` for it and all names below; or an address as URLs have it.
    pub pattern: String,
    /// As [`FetchOptions::per_host`].
    pub per_host: Option<usize>,
    /// As [`FetchOptions::interval`].
    pub interval: Option<Duration>,
    /// As [`FetchOptions::timeout`].
    pub timeout: Option<Duration>,
    /// As [`FetchOptions::first_byte_timeout`].
    pub first_byte_timeout: Option<Duration>,
    /// As [`FetchOptions::retries`].
    pub retries: Option<u32>,
    /// Header fields sent to these hosts alone, never after a redirect to another origin:
    /// `authorization`, for example. Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Not to be asked at all.
    pub skip: bool,
}

impl HostOptions {
    /// Whether they are for a host, named as in URLs.
    #[must_use]
    pub fn fits(&self, host: &str) -> bool {
        match self.pattern.strip_prefix("*.") {
            Some(domain) => host
                .strip_suffix(domain)
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
            None => self.pattern == host,
        }
    }
}

/// The `User-Agent`: program, version, home page, and whom to write to.
///
/// `contact` is an address or page of whoever runs the check, as Wikimedia's User-Agent policy
/// asks for.
///
/// # Examples
///
/// ```
/// let agent = citecheck::fetch::user_agent(Some("editor@example.org"));
/// assert!(agent.starts_with("citecheck/"));
/// assert!(agent.ends_with(" (citation checker; editor@example.org)"));
/// ```
#[must_use]
pub fn user_agent(contact: Option<&str>) -> String {
    // Stock firewall rules turn away any agent with the word "link" in its name.
    let version = env!("CARGO_PKG_VERSION");
    let contact = contact.map_or_else(String::new, |contact| format!("; {contact}"));
    format!("citecheck/{version} (citation checker{contact})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_agent_lacks_the_word_that_firewalls_block() {
        assert!(!FetchOptions::default().user_agent.contains("link"));
    }
}
