//! Asking the servers themselves.

use std::error::Error;
use std::time::Duration;

use jiff::{Timestamp, Unit};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Proxy, Response};
use tokio::time::{Instant, timeout_at};

use super::address;
use super::body::{self, Body, Limits};
use super::failure::classify;
use super::names::{self, Names};
use super::options::FetchOptions;
use super::proxies::failed_through;
use super::room::Room;
use super::sent;
use super::tls;
use super::transport::{Exchange, ExchangeResult, Request, Transport, WireResponse, latin1};
use crate::model::{FailureKind, FetchFailure};

/// Real sites send more than the hundred header fields that the client takes by default.
const MOST_HEADERS: usize = 256;
/// The same for HTTP/2, which counts bytes.
const MOST_HEADER_BYTES: u32 = 256 << 10;
/// What an HTTP/2 server may send ahead of what is read, as the standard has it by default. The
/// client's own default of megabytes would be held for every body that waits for room.
const HTTP2_WINDOW_BYTES: u32 = 65_535;
/// Connections to one host that are kept open for its next URL. Each may hold tens of kilobytes that
/// its last page was read through.
const MOST_IDLE_CONNECTIONS: usize = 4;

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// A header value has characters that HTTP forbids.
    #[error("user agent `{0}` has characters that HTTP does not allow")]
    UserAgent(String),
    /// A header field for some hosts cannot be sent.
    #[error("the header field `{name}` for `{pattern}` has characters that HTTP does not allow")]
    HostHeader {
        /// The hosts it is for.
        pattern: String,
        /// Its name; its value may be a secret.
        name: String,
    },
    /// An extra root is no certificate.
    #[error("a certificate to trust could not be read")]
    Certificate(#[source] Box<dyn Error + Send + Sync>),
    /// The name servers could not be set up.
    #[error("the name servers could not be set up")]
    NameServers(#[source] Box<dyn Error + Send + Sync>),
    /// The HTTP client refused its settings.
    #[error("the HTTP client could not be set up")]
    Setup(#[source] Box<dyn Error + Send + Sync>),
}

/// Asks servers over the network: GET, no `Referer`, no proxy unless
/// [`proxies`](FetchOptions::proxies) name one.
///
/// Only vetted public addresses are connected to, unless
/// [`allow_private`](FetchOptions::allow_private). Bodies are read up to
/// [`body_limit_bytes`](FetchOptions::body_limit_bytes), media and redirects to less. However many
/// bodies arrive at once, they take turns once they are larger than most
/// pages are, so that memory stays bounded.
#[derive(Debug)]
pub struct LiveTransport {
    client: Client,
    /// Keeps no connections, so that each request gets one of its own.
    fresh: Client,
    names: Names,
    room: Room,
    options: FetchOptions,
}

impl LiveTransport {
    /// Sets up a client.
    ///
    /// # Errors
    ///
    /// When the User-Agent, a header field for some host or an extra root is malformed.
    pub fn new(options: &FetchOptions) -> Result<Self, ClientError> {
        check_host_headers(options)?;
        let names = Names::new(options)?;
        let idle = options.per_host.clamp(1, MOST_IDLE_CONNECTIONS);
        Ok(Self {
            client: client(options, &names, idle)?,
            fresh: client(options, &names, 0)?,
            names,
            room: Room::new(options.body_limit_bytes),
            options: options.clone(),
        })
    }

    async fn ask(&self, request: &Request) -> ExchangeResult {
        let began = Instant::now();
        let settings = sent::settings_of(&self.options.hosts, &request.url);
        let timeout = settings.and_then(|settings| settings.timeout);
        let timeout = timeout.unwrap_or(self.options.timeout);
        let patience = settings.and_then(|settings| settings.first_byte_timeout);
        let patience = patience.unwrap_or(self.options.first_byte_timeout);
        let patience = patience.min(timeout);
        let response = match self.head(request, began + patience, patience).await {
            Ok(response) => response,
            Err(failure) => return ExchangeResult::Failed(failure),
        };
        let peer = response.remote_addr().map(|address| address.ip());
        let status = response.status().as_u16();
        let headers = header_list(response.headers());
        let limits = Limits {
            bytes: self.options.body_limit_bytes,
            min_speed: self.options.min_speed,
            keep: self.options.keep_bodies || request.needs_body,
        };
        let deadline = began + timeout;
        let Body { bytes, truncated } =
            body::read(response, &headers, limits, &self.room, deadline).await;
        ExchangeResult::Response(WireResponse {
            status,
            headers,
            body: bytes,
            truncated,
            peer,
        })
    }

    /// Sends the request and waits for the whole header of the answer: a server that sends it in
    /// drips gets no more time than one that sends nothing.
    async fn head(
        &self,
        request: &Request,
        deadline: Instant,
        patience: Duration,
    ) -> Result<Response, FetchFailure> {
        let client = if request.fresh_connection {
            &self.fresh
        } else {
            &self.client
        };
        let mut headers = HeaderMap::new();
        for (name, value) in sent::special(request, &self.options.hosts) {
            // What a server once sent may be no value that can be sent back: then it is not.
            let name = HeaderName::from_bytes(name.as_bytes());
            if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
                headers.insert(name, value);
            }
        }
        let asking = match &request.form {
            None => client.get(request.url.clone()),
            Some(form) => client
                .post(request.url.clone())
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(form.clone()),
        };
        let asking = asking.headers(headers);
        let proxy = self.options.proxies.for_url(&request.url);
        let sending = names::for_port(&request.url, proxy, asking.send());
        let response = match timeout_at(deadline, sending).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                let failure = classify(&error);
                return Err(match proxy {
                    Some(proxy) => failed_through(proxy, &request.url, failure),
                    None => failure,
                });
            }
            Err(_) => {
                return Err(FetchFailure {
                    kind: FailureKind::Timeout,
                    detail: format!("no answer within {} s", patience.as_secs_f32()),
                });
            }
        };
        // The resolver vetted it already; this holds even if the client finds another way.
        let peer = response.remote_addr().map(|address| address.ip());
        let guarded = !self.options.allow_private && proxy.is_none();
        match peer.filter(|_| guarded).and_then(address::private_detail) {
            Some(detail) => Err(FetchFailure {
                kind: FailureKind::PrivateAddress,
                detail,
            }),
            None => Ok(response),
        }
    }
}

impl Transport for LiveTransport {
    async fn exchange(&self, request: &Request) -> Exchange {
        let at = self.now();
        let result = match address::check(&request.url, self.options.allow_private) {
            Ok(()) => self.ask(request).await,
            Err(failure) => ExchangeResult::Failed(failure),
        };
        Exchange {
            url: request.url.clone(),
            at,
            attempts: 1,
            result,
        }
    }

    fn is_live(&self) -> bool {
        true
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "when a server was asked is a fact that only the clock knows"
    )]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        now.round(Unit::Millisecond).unwrap_or(now)
    }

    fn request_headers(&self, request: &Request) -> Vec<(String, String)> {
        sent::all(request, &self.options)
    }

    async fn network_is_down(&self) -> bool {
        self.names.all_unreachable().await
    }
}

fn client(options: &FetchOptions, names: &Names, idle: usize) -> Result<Client, ClientError> {
    let mut headers = HeaderMap::new();
    for (name, value) in sent::plain(&options.user_agent) {
        let parsed = HeaderValue::from_str(value)
            .map_err(|_| ClientError::UserAgent(options.user_agent.clone()))?;
        headers.insert(HeaderName::from_static(name), parsed);
    }
    let tls = tls::client_config(&options.extra_roots)
        .map_err(|error| ClientError::Certificate(error.into()))?;
    let builder = Client::builder()
        .tls_backend_preconfigured(tls)
        .default_headers(headers)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .dns_resolver(names.clone())
        .connect_timeout(options.connect_timeout)
        .pool_max_idle_per_host(idle)
        .pool_idle_timeout(Duration::from_secs(10))
        .http1_max_headers(MOST_HEADERS)
        .http2_max_header_list_size(MOST_HEADER_BYTES)
        .http2_initial_stream_window_size(HTTP2_WINDOW_BYTES)
        .http2_initial_connection_window_size(HTTP2_WINDOW_BYTES)
        .http1_ignore_invalid_headers_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true);
    let proxies = options.proxies.clone();
    let builder = if proxies.hosts().next().is_some() {
        builder.proxy(Proxy::custom(move |url| proxies.for_url(url).cloned()))
    } else {
        builder
    };
    builder
        .build()
        .map_err(|error| ClientError::Setup(error.into()))
}

fn check_host_headers(options: &FetchOptions) -> Result<(), ClientError> {
    for settings in &options.hosts {
        for (name, value) in &settings.headers {
            let name_fits = HeaderName::from_bytes(name.as_bytes()).is_ok();
            if !name_fits || HeaderValue::from_str(value).is_err() {
                return Err(ClientError::HostHeader {
                    pattern: settings.pattern.clone(),
                    name: name.clone(),
                });
            }
        }
    }
    Ok(())
}

fn header_list(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| name.as_str() != "transfer-encoding")
        .map(|(name, value)| (name.as_str().to_owned(), latin1(value.as_bytes())))
        .collect()
}
