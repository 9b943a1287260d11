//! One URL from request to outcome: redirects and retries.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;
use url::Url;

use super::address;
use super::coding;
use super::options::FetchOptions;
use super::politeness::Gate;
use super::redirect;
use super::retry;
use super::transport::{
    Ask, Exchange, ExchangeResult, Request, Transport, Validators, WireResponse, request_url,
};
use crate::model::{
    FailureKind, FetchFailure, FetchOutcome, FetchResult, Hop, HttpResponse, SkipReason,
};

/// Fetches URLs through a [`Transport`].
///
/// Follows redirects in a loop of its own, so that every hop is recorded and judged by the same
/// address rules, asks again after failures that may pass, and gives each host its pauses. Keeps
/// no cookies.
#[derive(Debug)]
pub struct Fetcher<T> {
    transport: T,
    options: FetchOptions,
    gate: Gate,
}

/// What has happened to a URL so far.
struct Journey {
    validators: Option<Validators>,
    hops: Vec<Hop>,
    at: Url,
    asked_at: Option<Timestamp>,
    attempts: u32,
    spent: Duration,
}

impl<T: Transport> Fetcher<T> {
    /// A fetcher that asks through `transport`.
    pub fn new(transport: T, options: FetchOptions) -> Self {
        let interval = if transport.is_live() {
            options.interval
        } else {
            Duration::ZERO
        };
        Self {
            gate: Gate::new(options.concurrency, interval),
            transport,
            options,
        }
    }

    /// Where answers come from.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// The settings it was made with.
    pub fn options(&self) -> &FetchOptions {
        &self.options
    }

    /// Fetches one URL and says what happened; never fails.
    ///
    /// `requested` of the outcome is the [`request_url`] of `url`: fragment, user name and
    /// password are neither sent nor reported. `attempts` counts the first try and every retry,
    /// of whichever hop; `fetched_at` is when the URL that gave the result was asked.
    pub async fn fetch(&self, url: &Url) -> FetchOutcome {
        self.ask_again(&Ask::from(url.clone())).await
    }

    /// As [`fetch`](Self::fetch); a page known by validators may answer 304 and no body.
    pub async fn ask_again(&self, ask: &Ask) -> FetchOutcome {
        let requested = request_url(&ask.url);
        let mut journey = Journey {
            validators: ask.validators.clone(),
            hops: Vec::new(),
            at: requested.clone(),
            asked_at: None,
            attempts: 1,
            spent: Duration::ZERO,
        };
        let result = self.travel(&mut journey).await;
        let unasked = match &result {
            FetchResult::Response(_) => false,
            FetchResult::Failed(failure) => journey.hops.is_empty() && refused(failure.kind),
            FetchResult::Skipped(_) => true,
        };
        FetchOutcome {
            requested,
            hops: journey.hops,
            landed: journey.at,
            fetched_at: journey.asked_at.unwrap_or_else(|| self.transport.now()),
            attempts: if unasked { 0 } else { journey.attempts },
            result,
        }
    }

    /// The outcome of a URL that is not asked.
    pub fn skip(&self, url: &Url, reason: SkipReason) -> FetchOutcome {
        let requested = request_url(url);
        FetchOutcome {
            landed: requested.clone(),
            requested,
            hops: Vec::new(),
            fetched_at: self.transport.now(),
            attempts: 0,
            result: FetchResult::Skipped(reason),
        }
    }

    /// Whether the network itself is away: none of
    /// [`control_names`](FetchOptions::control_names) can be looked up.
    ///
    /// To be asked when nothing at all answered, before links are called dead. Always `false` for
    /// a replay.
    pub async fn network_is_down(&self) -> bool {
        self.transport.network_is_down().await
    }

    /// When the URL's host may be asked next.
    pub(super) fn ready_at(&self, url: &Url) -> Instant {
        self.gate.ready_at(url)
    }

    async fn travel(&self, journey: &mut Journey) -> FetchResult {
        loop {
            if let Err(failure) = address::check_scheme(&journey.at) {
                return FetchResult::Failed(failure);
            }
            let exchange = self.ask(journey).await;
            let response = match exchange.result {
                ExchangeResult::Response(response) => response,
                ExchangeResult::Failed(failure) => return FetchResult::Failed(failure),
                ExchangeResult::Skipped(reason) => return FetchResult::Skipped(reason),
            };
            let target = match redirect::target(&journey.at, &response) {
                None => return FetchResult::Response(self.decode(response)),
                Some(Ok(target)) => target,
                Some(Err(failure)) => return FetchResult::Failed(failure),
            };
            if let Some(failure) = self.refuse_redirect(journey, &target) {
                return FetchResult::Failed(failure);
            }
            journey.hops.push(Hop {
                url: std::mem::replace(&mut journey.at, target),
                status: response.status,
            });
        }
    }

    /// Asks for the URL that the journey is at, again if need be.
    async fn ask(&self, journey: &mut Journey) -> Exchange {
        let mut retries = 0;
        loop {
            let permit = self.gate.enter(&journey.at).await;
            let started = Instant::now();
            let request = Request {
                validators: journey
                    .validators
                    .clone()
                    .filter(|_| journey.hops.is_empty()),
                ..Request::to(journey.at.clone())
            };
            let exchange = self.transport.exchange(&request).await;
            drop(permit);
            journey.spent += started.elapsed();
            journey.asked_at = Some(exchange.at);
            journey.attempts += exchange.attempts.saturating_sub(1);
            let patient = self.transport.is_live() && journey.spent < self.options.patience;
            let pause = retry::pause(&exchange, retries, &self.options).filter(|_| patient);
            let Some(pause) = pause else {
                return exchange;
            };
            // The whole host gets the pause: its other URLs would fare no better.
            self.gate.hold(&journey.at, pause);
            retries += 1;
            journey.attempts += 1;
        }
    }

    fn refuse_redirect(&self, journey: &Journey, target: &Url) -> Option<FetchFailure> {
        let failed = |kind, detail| Some(FetchFailure { kind, detail });
        let seen = *target == journey.at || journey.hops.iter().any(|hop| hop.url == *target);
        if seen {
            let detail = format!("redirects in a circle, back to {target}");
            return failed(FailureKind::TooManyRedirects, detail);
        }
        if self.options.max_redirects <= journey.hops.len() {
            let detail = format!("more than {} redirects", self.options.max_redirects);
            return failed(FailureKind::TooManyRedirects, detail);
        }
        if self.options.patience <= journey.spent {
            let detail = format!(
                "redirects took longer than {} s",
                self.options.patience.as_secs_f32()
            );
            return failed(FailureKind::Timeout, detail);
        }
        None
    }

    fn decode(&self, response: WireResponse) -> HttpResponse {
        let limit = self.options.body_limit_bytes;
        let (body, cut) = coding::decode(&response.headers, response.body, limit);
        HttpResponse {
            status: response.status,
            headers: response.headers,
            body,
            truncated: response.truncated.or(cut),
        }
    }
}

/// Whether a failure of this kind means that no server was asked.
fn refused(kind: FailureKind) -> bool {
    match kind {
        FailureKind::PrivateAddress | FailureKind::UnsupportedScheme => true,
        FailureKind::BadRedirect
        | FailureKind::Connect
        | FailureKind::Dns
        | FailureKind::DnsTemporary
        | FailureKind::Protocol
        | FailureKind::Reset
        | FailureKind::Timeout
        | FailureKind::Tls
        | FailureKind::TlsExpired
        | FailureKind::TlsOldProtocol
        | FailureKind::TlsUnknownIssuer
        | FailureKind::TlsWrongHost
        | FailureKind::TooManyHeaders
        | FailureKind::TooManyRedirects
        | FailureKind::Unreachable => false,
    }
}
