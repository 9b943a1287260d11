//! `[fetch]`: how pages are asked for.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::net::SocketAddr;

use jiff::SignedDuration;
use url::Url;

use crate::fetch::Robots;

/// `[fetch]`: limits, patience and politeness.
///
/// The defaults are those of [`FetchOptions`](crate::fetch::FetchOptions), which tells more of
/// each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchSettings {
    /// Most exchanges at the same time, all hosts together; at least 1.
    pub concurrency: usize,
    /// Most exchanges with one host at the same time; at least 1.
    pub per_host: usize,
    /// Pause between the starts of two exchanges with a host, to begin with.
    pub interval: SignedDuration,
    /// Longest that the pause grows to of itself.
    pub max_interval: SignedDuration,
    /// Time for one exchange, to the last byte of the body; `None` for a minute.
    pub timeout: Option<SignedDuration>,
    /// Time for name, connection and TLS handshake.
    pub connect_timeout: SignedDuration,
    /// Time for one exchange to the end of the answer's header; `None` for half a minute, or as
    /// long as the whole exchange has where that is set.
    pub first_byte_timeout: Option<SignedDuration>,
    /// Bytes a second below which a body is not read on.
    pub min_speed: u32,
    /// How often a URL is asked again after a failure that may pass.
    pub retries: u32,
    /// Pause before the first retry, doubled for each further one.
    pub backoff: SignedDuration,
    /// Longest `Retry-After` that is waited for.
    pub retry_after_limit: SignedDuration,
    /// Most redirects followed for one URL.
    pub max_redirects: usize,
    /// Most bytes of a body that are read.
    pub max_body_bytes: usize,
    /// Time after which the run ends with what is done; `None` for no limit.
    pub max_duration: Option<SignedDuration>,
    /// Whether only status and header of answers are looked at, and no page is read.
    pub links_only: bool,
    /// What is made of `robots.txt`.
    pub robots: Robots,
    /// Whether a site that turns robots away is asked once more as browsers ask.
    pub browser_retry: bool,
    /// The whole `User-Agent`; `None` sends the program's own.
    pub user_agent: Option<String>,
    /// Who to write to, added to the `User-Agent`.
    pub contact: Option<String>,
    /// The proxy to ask through.
    pub proxy: ProxyChoice,
    /// Hosts asked without a proxy besides those that `NO_PROXY` names: names, `.suffix`,
    /// addresses; `*` for all.
    pub proxy_bypass: Vec<String>,
    /// Name servers to ask instead of the system's.
    pub dns_servers: Vec<SocketAddr>,
    /// Addresses of hosts that are not looked up: of `news.example:443` for that port, of
    /// `news.example` for all others; lower case.
    pub resolve: BTreeMap<String, Vec<IpAddr>>,
    /// Files (PEM) with certificates of authorities that are trusted besides those of the system.
    pub ca_files: Vec<String>,
    /// Names that exist whenever the network does.
    pub control_names: Vec<String>,
    /// Whether loopback and private addresses may be asked.
    pub allow_private: bool,
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            concurrency: 64,
            per_host: 2,
            interval: SignedDuration::from_millis(100),
            max_interval: SignedDuration::from_secs(30),
            timeout: None,
            connect_timeout: SignedDuration::from_secs(10),
            first_byte_timeout: None,
            min_speed: 32,
            retries: 2,
            backoff: SignedDuration::from_secs(1),
            retry_after_limit: SignedDuration::from_secs(120),
            max_redirects: 20,
            max_body_bytes: 5 << 20,
            max_duration: None,
            links_only: false,
            robots: Robots::CrawlDelay,
            browser_retry: false,
            user_agent: None,
            contact: None,
            proxy: ProxyChoice::Environment,
            proxy_bypass: Vec::new(),
            dns_servers: Vec::new(),
            resolve: BTreeMap::new(),
            ca_files: Vec::new(),
            control_names: ["www.wikipedia.org", "example.com", "www.iana.org"]
                .map(str::to_owned)
                .to_vec(),
            allow_private: false,
        }
    }
}

/// Which proxy is asked through.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProxyChoice {
    /// The one that the environment names, if any.
    Environment,
    /// None.
    Direct,
    /// This one, for http and https.
    Through(Url),
}

/// What can be made of `robots.txt`, with its word in settings.
pub const ROBOTS: [(&str, Robots); 3] = [
    ("ignore", Robots::Ignore),
    ("crawl-delay", Robots::CrawlDelay),
    ("obey", Robots::Obey),
];
