//! What happened when a URL was requested: facts only, no verdict.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

/// The record of one request with its redirects, successful or not.
///
/// Holds no "dead" or "alive" flag: that is a rule's judgement and depends on settings. A stored
/// outcome can therefore be judged again under new ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchOutcome {
    /// The URL as cited.
    pub requested: Url,
    /// Redirects that were followed, in order.
    pub hops: Vec<Hop>,
    /// The URL that gave `result`; equals `requested` when there was no redirect.
    pub landed: Url,
    /// When the last attempt started, UTC.
    pub fetched_at: Timestamp,
    /// How often the URL was asked; 0 when it was not.
    pub attempts: u32,
    /// The response, or why there was none.
    pub result: FetchResult,
}

/// A redirect that was followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// The URL that answered with a redirect.
    pub url: Url,
    /// Its status, 300 to 399.
    pub status: u16,
}

/// A response, or the reason there was none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FetchResult {
    /// The server answered, with any status code.
    Response(HttpResponse),
    /// No usable answer arrived.
    Failed(FetchFailure),
    /// The URL was not asked.
    Skipped(SkipReason),
}

/// A received HTTP response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpResponse {
    /// Status code.
    pub status: u16,
    /// Header fields in the order received, names in lower case; bytes outside ASCII are read as
    /// Latin-1.
    pub headers: Vec<(String, String)>,
    /// The body with content codings removed, charset untouched. Not written to disk with the
    /// rest: an outcome that is kept has none.
    #[serde(skip)]
    pub body: Vec<u8>,
    /// Why `body` is shorter than what the server offered, if it is.
    pub truncated: Option<Truncation>,
}

/// Header fields that tell browsers and caches what to do, and nobody what a page is.
const TOLD_TO_BROWSERS: [&str; 32] = [
    "accept-ch",
    "accept-ranges",
    "access-control-allow-credentials",
    "access-control-allow-headers",
    "access-control-allow-methods",
    "access-control-allow-origin",
    "age",
    "alt-svc",
    "cache-control",
    "connection",
    "content-length",
    "content-security-policy",
    "content-security-policy-report-only",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "date",
    "expires",
    "feature-policy",
    "keep-alive",
    "nel",
    "permissions-policy",
    "pragma",
    "referrer-policy",
    "report-to",
    "reporting-endpoints",
    "set-cookie",
    "strict-transport-security",
    "vary",
    "x-content-type-options",
    "x-frame-options",
    "x-xss-protection",
];

impl HttpResponse {
    /// Lets go of the header fields that tell browsers and caches what to do, and nobody what a page
    /// is: half of what a run would hold of each link. Cookies, which may be secrets, are among
    /// them.
    pub fn shed_headers(&mut self) {
        self.headers
            .retain(|(name, _)| TOLD_TO_BROWSERS.binary_search(&name.as_str()).is_err());
        self.headers.shrink_to_fit();
    }

    /// The first value of a header; `name` in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Why no usable answer arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchFailure {
    /// The kind.
    pub kind: FailureKind,
    /// What exactly went wrong, for people: a lowercase fragment.
    pub detail: String,
}

/// Kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FailureKind {
    /// The host name does not exist.
    Dns,
    /// The name could not be looked up just now.
    DnsTemporary,
    /// There is no route to the host or the network.
    Unreachable,
    /// The connection was refused.
    Connect,
    /// The connection was reset or closed early.
    Reset,
    /// The certificate has expired, or is not valid yet.
    TlsExpired,
    /// The certificate is another host's.
    TlsWrongHost,
    /// Nobody trusted vouches for the certificate: self-signed, an unknown authority, or a link of
    /// the chain is missing.
    TlsUnknownIssuer,
    /// The server speaks only versions of TLS that are no longer safe.
    TlsOldProtocol,
    /// The handshake failed in another way.
    Tls,
    /// A deadline passed.
    Timeout,
    /// The answer is not HTTP that can be understood.
    Protocol,
    /// More header fields, or larger ones, than are taken.
    TooManyHeaders,
    /// More redirects than are followed, or a circle of them.
    TooManyRedirects,
    /// A redirect to nowhere: no `Location`, or one that is no web address.
    BadRedirect,
    /// The URL, or a redirect, leads to a loopback or private address.
    PrivateAddress,
    /// The URL, or a redirect, has a scheme or port that is not fetched.
    UnsupportedScheme,
}

impl FailureKind {
    /// Every kind, in the order declared.
    pub const ALL: [Self; 17] = [
        Self::Dns,
        Self::DnsTemporary,
        Self::Unreachable,
        Self::Connect,
        Self::Reset,
        Self::TlsExpired,
        Self::TlsWrongHost,
        Self::TlsUnknownIssuer,
        Self::TlsOldProtocol,
        Self::Tls,
        Self::Timeout,
        Self::Protocol,
        Self::TooManyHeaders,
        Self::TooManyRedirects,
        Self::BadRedirect,
        Self::PrivateAddress,
        Self::UnsupportedScheme,
    ];

    /// The name used in recordings: `citecheck-failure: dns`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::DnsTemporary => "dns-temporary",
            Self::Unreachable => "unreachable",
            Self::Connect => "connect",
            Self::Reset => "reset",
            Self::TlsExpired => "tls-expired",
            Self::TlsWrongHost => "tls-wrong-host",
            Self::TlsUnknownIssuer => "tls-unknown-issuer",
            Self::TlsOldProtocol => "tls-old-protocol",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::Protocol => "protocol",
            Self::TooManyHeaders => "too-many-headers",
            Self::TooManyRedirects => "too-many-redirects",
            Self::BadRedirect => "bad-redirect",
            Self::PrivateAddress => "private-address",
            Self::UnsupportedScheme => "unsupported-scheme",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Why a URL was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SkipReason {
    /// The recording that is replayed lacks it.
    NotRecorded,
    /// The run uses no network.
    Offline,
    /// The run was interrupted, or its time was up, before its turn.
    Interrupted,
    /// The network was away, or something between here and the host answered in its place.
    NoNetwork,
    /// The site's `robots.txt` asks robots to stay away, and the settings obey it.
    Robots,
    /// The host asked for a longer pause than the run waits, or turned too many requests away.
    HostPaused,
    /// The settings or the table of site quirks leave this address out.
    Excluded,
}

impl SkipReason {
    /// The reason for people: a lowercase fragment.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotRecorded => "not recorded",
            Self::Offline => "offline",
            Self::Interrupted => "interrupted",
            Self::NoNetwork => "the network was away",
            Self::Robots => "robots.txt asks robots to stay away",
            Self::HostPaused => "the host asked for a longer pause than the run waits",
            Self::Excluded => "left out by the settings",
        }
    }
}

/// Why a body was cut short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Truncation {
    /// The size limit was reached.
    SizeLimit,
    /// The time limit was reached.
    TimeLimit,
    /// The connection closed early, or the content coding broke off.
    Disconnect,
    /// Nobody wanted it: only status and header fields were looked at.
    Unread,
}
