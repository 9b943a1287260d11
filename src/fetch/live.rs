//! Asking the servers themselves.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use jiff::{Timestamp, Unit};
use reqwest::Client;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

use super::address;
use super::failure::classify;
use super::names::Names;
use super::options::FetchOptions;
use super::tls;
use super::transport::{Exchange, ExchangeResult, Request, Transport, WireResponse, latin1};
use crate::model::{FailureKind, FetchFailure, Truncation};

/// Bodies up to this size need no permit; larger ones take turns, see [`LARGE_BODIES`].
const SMALL_BODY_BYTES: usize = 256 << 10;
/// How many bodies may grow past [`SMALL_BODY_BYTES`] at the same time: what bounds memory when
/// every server sends without end.
const LARGE_BODIES: usize = 4;
/// Enough of an image, film or document to see what it is; citecheck does not read on.
const MEDIA_LIMIT_BYTES: usize = 256 << 10;
/// Enough of the body of a redirect, which nobody reads.
const REDIRECT_LIMIT_BYTES: usize = 64 << 10;
/// Real sites send more than the hundred header fields that the client takes by default.
const MOST_HEADERS: usize = 256;
/// The same for HTTP/2, which counts bytes.
const MOST_HEADER_BYTES: u32 = 256 << 10;

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// A header value has characters that HTTP forbids.
    #[error("user agent `{0}` has characters that HTTP does not allow")]
    UserAgent(String),
    /// An extra root is no certificate.
    #[error("a certificate to trust could not be read")]
    Certificate(#[source] Box<dyn Error + Send + Sync>),
    /// The HTTP client refused its settings.
    #[error("the HTTP client could not be set up")]
    Setup(#[source] Box<dyn Error + Send + Sync>),
}

/// Asks servers over the network: GET, no cookies, no proxy, no `Referer`.
///
/// Only vetted public addresses are connected to, unless
/// [`allow_private`](FetchOptions::allow_private). Bodies are read up to
/// [`body_limit_bytes`](FetchOptions::body_limit_bytes), media and redirects to less.
#[derive(Debug)]
pub struct LiveTransport {
    client: Client,
    names: Names,
    request_headers: Vec<(&'static str, String)>,
    large_bodies: Arc<Semaphore>,
    allow_private: bool,
    timeout: Duration,
    body_limit_bytes: usize,
}

impl LiveTransport {
    /// Sets up a client.
    ///
    /// # Errors
    ///
    /// When the User-Agent or an extra root is malformed.
    pub fn new(options: &FetchOptions) -> Result<Self, ClientError> {
        let request_headers = request_headers(options);
        let mut headers = HeaderMap::new();
        for (name, value) in &request_headers {
            let parsed = HeaderValue::from_str(value)
                .map_err(|_| ClientError::UserAgent(options.user_agent.clone()))?;
            headers.insert(HeaderName::from_static(name), parsed);
        }
        let names = Names::new(options);
        let tls = tls::client_config(&options.extra_roots)
            .map_err(|error| ClientError::Certificate(error.into()))?;
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .default_headers(headers)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .dns_resolver(names.clone())
            .connect_timeout(options.connect_timeout)
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(Duration::from_secs(10))
            .http1_max_headers(MOST_HEADERS)
            .http2_max_header_list_size(MOST_HEADER_BYTES)
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .build()
            .map_err(|error| ClientError::Setup(error.into()))?;
        Ok(Self {
            client,
            names,
            request_headers,
            large_bodies: Arc::new(Semaphore::new(LARGE_BODIES)),
            allow_private: options.allow_private,
            timeout: options.timeout,
            body_limit_bytes: options.body_limit_bytes,
        })
    }

    async fn ask(&self, request: &Request) -> ExchangeResult {
        let deadline = Instant::now() + self.timeout;
        let mut asking = self.client.get(request.url.clone());
        if let Some(known) = &request.validators {
            let fields = [
                (IF_NONE_MATCH, &known.etag),
                (IF_MODIFIED_SINCE, &known.last_modified),
            ];
            for (name, value) in fields {
                // What a server once sent may be no value that can be sent back: then it is not.
                let value = value.as_deref().map(HeaderValue::from_str);
                if let Some(Ok(value)) = value {
                    asking = asking.header(name, value);
                }
            }
        }
        let answer = timeout_at(deadline, asking.send()).await;
        let response = match answer {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return ExchangeResult::Failed(classify(&error)),
            Err(_) => {
                return ExchangeResult::Failed(FetchFailure {
                    kind: FailureKind::Timeout,
                    detail: format!("no answer within {} s", self.timeout.as_secs_f32()),
                });
            }
        };
        let peer = response.remote_addr().map(|address| address.ip());
        // The resolver vetted it already; this holds even if the client finds another way.
        if let Some(detail) = peer
            .filter(|_| !self.allow_private)
            .and_then(address::private_detail)
        {
            return ExchangeResult::Failed(FetchFailure {
                kind: FailureKind::PrivateAddress,
                detail,
            });
        }
        let status = response.status().as_u16();
        let headers = header_list(response.headers());
        let limit = body_limit(status, &headers, self.body_limit_bytes);
        let (body, truncated) = self.read_body(response, limit, deadline).await;
        ExchangeResult::Response(WireResponse {
            status,
            headers,
            body,
            truncated,
            peer,
        })
    }

    /// Reads up to `limit` bytes; whatever ends the reading early, what arrived is kept.
    async fn read_body(
        &self,
        mut response: reqwest::Response,
        limit: usize,
        deadline: Instant,
    ) -> (Vec<u8>, Option<Truncation>) {
        let mut body: Vec<u8> = Vec::new();
        let mut turn: Option<SemaphorePermit<'_>> = None;
        loop {
            let chunk = match timeout_at(deadline, response.chunk()).await {
                Ok(Ok(Some(chunk))) => chunk,
                Ok(Ok(None)) => return (body, None),
                Ok(Err(_)) => return (body, Some(Truncation::Disconnect)),
                Err(_) => return (body, Some(Truncation::TimeLimit)),
            };
            let room = limit.saturating_sub(body.len());
            body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
            if room < chunk.len() {
                return (body, Some(Truncation::SizeLimit));
            }
            if turn.is_none() && SMALL_BODY_BYTES < body.len() {
                match timeout_at(deadline, self.large_bodies.acquire()).await {
                    Ok(permit) => turn = permit.ok(),
                    Err(_) => return (body, Some(Truncation::TimeLimit)),
                }
                // Once and for all: growing by doubling would hold the body twice over.
                body.reserve_exact(limit.saturating_sub(body.len()));
            }
        }
    }
}

impl Transport for LiveTransport {
    async fn exchange(&self, request: &Request) -> Exchange {
        let at = self.now();
        let result = match address::check(&request.url, self.allow_private) {
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

    fn request_headers(&self) -> &[(&'static str, String)] {
        &self.request_headers
    }

    async fn network_is_down(&self) -> bool {
        self.names.all_unreachable().await
    }
}

fn request_headers(options: &FetchOptions) -> Vec<(&'static str, String)> {
    let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    vec![
        ("user-agent", options.user_agent.clone()),
        ("accept", accept.to_owned()),
        // The page in its own language is what the article cites, so none is preferred.
        ("accept-language", "*".to_owned()),
        ("accept-encoding", "gzip, deflate, br, zstd".to_owned()),
    ]
}

fn header_list(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| name.as_str() != "transfer-encoding")
        .map(|(name, value)| (name.as_str().to_owned(), latin1(value.as_bytes())))
        .collect()
}

fn body_limit(status: u16, headers: &[(String, String)], most: usize) -> usize {
    let value = |name: &str| {
        let found = headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.trim().to_ascii_lowercase())
    };
    let media = value("content-type").is_some_and(|kind| {
        ["audio/", "font/", "image/", "video/"]
            .iter()
            .chain(&[
                "application/octet-stream",
                "application/pdf",
                "application/zip",
            ])
            .any(|media| kind.starts_with(media) && !kind.contains("xml"))
    });
    if (300..400).contains(&status) && value("location").is_some() {
        most.min(REDIRECT_LIMIT_BYTES)
    } else if media {
        most.min(MEDIA_LIMIT_BYTES)
    } else {
        most
    }
}
