//! One HTTP exchange, wherever its answer comes from.

use std::future::Future;
use std::net::IpAddr;

use jiff::Timestamp;
use url::Url;

use crate::model::{FetchFailure, SkipReason, Truncation};

/// Gives the answer to one request: no redirects, no retries.
///
/// Implementations: [`LiveTransport`](super::LiveTransport) asks the server,
/// [`ReplayTransport`](super::ReplayTransport) a recording, and
/// [`RecordingTransport`](super::RecordingTransport) writes down what another one answers.
pub trait Transport: Send + Sync {
    /// Asks for the request's URL, which is `http` or `https` and has neither fragment nor user
    /// name.
    fn exchange(&self, request: &Request) -> impl Future<Output = Exchange> + Send;

    /// Whether servers are asked: then hosts get their pauses and failures another try.
    fn is_live(&self) -> bool;

    /// The instant to write on URLs that were not asked.
    fn now(&self) -> Timestamp;

    /// The header fields that go out with a request, in order, `Host` aside; names in lower case.
    /// For recordings: values that the settings give for the host are left out.
    fn request_headers(&self, request: &Request) -> Vec<(String, String)>;

    /// Whether the network itself is away: no name that must exist can be looked up.
    fn network_is_down(&self) -> impl Future<Output = bool> + Send;
}

/// One request to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a way of asking that goes with every other"
)]
pub struct Request {
    /// The URL.
    pub url: Url,
    /// What an unchanged page is known by: the server may then answer 304 and no body.
    pub validators: Option<Validators>,
    /// Whether a connection of its own is opened for it.
    pub fresh_connection: bool,
    /// Whether it carries the header fields that browsers send.
    pub as_browser: bool,
    /// The `Cookie` field, if the hops so far set any for this URL.
    pub cookies: Option<String>,
    /// Whether it carries the header fields that the settings give for its host, credentials for
    /// example: not once a redirect has come from another origin.
    pub host_headers: bool,
    /// Further header fields, names in lower case, in place of those that every request carries.
    pub fields: Vec<(&'static str, String)>,
    /// Whether the body is wanted whatever [`FetchOptions::keep_bodies`](super::FetchOptions) says:
    /// `robots.txt`, which is read and not reported.
    pub needs_body: bool,
    /// A form to hand in (`a=b&c=d`): the request is a POST then, and not recorded.
    pub form: Option<String>,
}

impl Request {
    /// A plain request for `url`.
    #[must_use]
    pub const fn to(url: Url) -> Self {
        Self {
            url,
            validators: None,
            fresh_connection: false,
            as_browser: false,
            cookies: None,
            host_headers: true,
            fields: Vec::new(),
            needs_body: false,
            form: None,
        }
    }
}

/// What a server said a page is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`, as received.
    pub etag: Option<String>,
    /// `Last-Modified`, as received.
    pub last_modified: Option<String>,
}

/// A URL to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The URL.
    pub url: Url,
    /// What its answer was known by when it was last fetched, if it was and led to no redirect:
    /// an answer of 304 then says that nothing has changed.
    pub validators: Option<Validators>,
}

impl From<Url> for Ask {
    fn from(url: Url) -> Self {
        Self {
            url,
            validators: None,
        }
    }
}

/// What one request came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The URL asked.
    pub url: Url,
    /// When, UTC, to the millisecond.
    pub at: Timestamp,
    /// How often the URL was asked to get here: 1, or more when a recording holds tries that
    /// failed in passing before this answer.
    pub attempts: u32,
    /// What came of it.
    pub result: ExchangeResult,
}

/// An answer, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExchangeResult {
    /// The server answered.
    Response(WireResponse),
    /// No usable answer arrived.
    Failed(FetchFailure),
    /// The URL was not asked.
    Skipped(SkipReason),
}

/// An answer as it came over the wire, but for the transfer coding, which is removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireResponse {
    /// Status code, 100 to 999.
    pub status: u16,
    /// Header fields in the order received without `transfer-encoding`, names in lower case;
    /// bytes outside ASCII are read as Latin-1.
    pub headers: Vec<(String, String)>,
    /// The body with its content coding still on.
    pub body: Vec<u8>,
    /// Why `body` is shorter than what the server offered, if it is.
    pub truncated: Option<Truncation>,
    /// The address that answered, if known.
    pub peer: Option<IpAddr>,
}

impl WireResponse {
    /// The first value of a header; `name` in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The URL as it is asked and reported: without fragment, user name and password.
///
/// Two cited URLs with the same request URL are the same page; credentials in a citation are
/// neither sent nor shown.
///
/// # Examples
///
/// ```
/// use citecheck::fetch::request_url;
/// use url::Url;
///
/// let cited = Url::parse("http://me:secret@news.example/a#top").unwrap();
/// assert_eq!(request_url(&cited).as_str(), "http://news.example/a");
/// ```
#[must_use]
pub fn request_url(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    // Both fail only for URLs that cannot have credentials: then there are none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// Bytes as text, each byte the character of its number.
pub(super) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The bytes that [`latin1`] made `text` of; characters beyond Latin-1 keep their UTF-8 form.
pub(super) fn latin1_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(u32::from(c)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    bytes
}
