//! One URL from request to outcome: redirects and retries.

use std::time::Duration;

use url::Url;

use super::address;
use super::coding;
use super::journey::{Journey, give_back_room, status, turned_away};
use super::options::FetchOptions;
use super::politeness::{Gate, Permit};
use super::redirect;
use super::refresh;
use super::retry;
use super::room::{Lease, MEDIUM_BYTES, Room, with_lease};
use super::sent;
use super::transport::{
    Ask, Exchange, ExchangeResult, Request, Transport, WireResponse, request_url,
};
use crate::model::{
    FailureKind, FetchFailure, FetchOutcome, FetchResult, HttpResponse, SkipReason, Truncation,
};

/// Fetches URLs through a [`Transport`].
///
/// Follows redirects in a loop of its own, so that every hop is recorded and judged by the same
/// address rules, asks again after failures that may pass, and gives each host its pauses. A page
/// that sends its reader on within 5 s (`Refresh`) counts as a redirect. Cookies are kept on the
/// way to one URL and no longer.
#[derive(Debug)]
pub struct Fetcher<T> {
    transport: T,
    options: FetchOptions,
    gate: Gate,
    /// Room for bodies once they are decoded.
    room: Room,
}

impl<T: Transport> Fetcher<T> {
    /// A fetcher that asks through `transport`.
    pub fn new(transport: T, options: FetchOptions) -> Self {
        Self {
            gate: Gate::new(&options, transport.is_live()),
            room: Room::new(options.body_limit_bytes),
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
        self.prepare(&self.gate.host(&ask.url), &ask.url, 1).await;
        self.ask_in_turn(ask, None).await.0
    }

    /// As [`ask_again`](Self::ask_again), with the right to the first request. Gives the room that
    /// the body takes up besides: others that are large wait until it is dropped, so that it is to
    /// be kept as long as the body is.
    pub(super) async fn ask_in_turn(
        &self,
        ask: &Ask,
        turn: Option<Permit>,
    ) -> (FetchOutcome, Lease) {
        let requested = request_url(&ask.url);
        let mut journey = Journey::new(ask, turn);
        let result = self.travel(&mut journey).await;
        let unasked = match &result {
            FetchResult::Response(_) => false,
            FetchResult::Failed(failure) => journey.hops.is_empty() && refused(failure.kind),
            FetchResult::Skipped(_) => true,
        };
        let outcome = FetchOutcome {
            requested,
            hops: journey.hops,
            landed: journey.at,
            fetched_at: journey.asked_at.unwrap_or_else(|| self.transport.now()),
            attempts: if unasked { 0 } else { journey.attempts },
            result,
        };
        (outcome, journey.lease)
    }

    /// Makes one exchange and says what happened: no redirect is followed, nothing is asked
    /// again and no pause is kept, which are then the caller's to see to. Hosts that the settings
    /// leave out are not asked.
    pub async fn exchange(&self, request: &Request) -> FetchOutcome {
        let requested = request_url(&request.url);
        let mut asked_at = None;
        let mut attempts = 0;
        let result = if let Err(failure) = address::check_scheme(&requested) {
            FetchResult::Failed(failure)
        } else if self.gate.host(&requested).is_excluded() {
            FetchResult::Skipped(SkipReason::Excluded)
        } else {
            let asked = with_lease(&self.room, self.transport.exchange(request)).await;
            let (exchange, mut lease) = asked;
            asked_at = Some(exchange.at);
            attempts = exchange.attempts;
            match exchange.result {
                ExchangeResult::Response(response) => {
                    FetchResult::Response(self.decode(response, &mut lease).await)
                }
                ExchangeResult::Failed(failure) => FetchResult::Failed(failure),
                ExchangeResult::Skipped(reason) => FetchResult::Skipped(reason),
            }
        };
        FetchOutcome {
            landed: requested.clone(),
            requested,
            hops: Vec::new(),
            fetched_at: asked_at.unwrap_or_else(|| self.transport.now()),
            attempts,
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

    /// Where each host's turns are given out.
    pub(super) fn gate(&self) -> &Gate {
        &self.gate
    }

    async fn travel(&self, journey: &mut Journey) -> FetchResult {
        loop {
            if let Err(failure) = address::check_scheme(&journey.at) {
                return FetchResult::Failed(failure);
            }
            let settings = sent::settings_of(&self.options.hosts, &journey.at);
            if settings.is_some_and(|settings| settings.skip) {
                return FetchResult::Skipped(SkipReason::Excluded);
            }
            if self.is_disallowed(&journey.at).await {
                return FetchResult::Skipped(SkipReason::Robots);
            }
            let response = match self.ask(journey).await {
                ExchangeResult::Response(response) => response,
                ExchangeResult::Failed(failure) => return FetchResult::Failed(failure),
                ExchangeResult::Skipped(reason) => {
                    let stay = journey.back().map(FetchResult::Response);
                    return stay.unwrap_or(FetchResult::Skipped(reason));
                }
            };
            journey.keep(None);
            journey.note(&response);
            let gone_on = match redirect::target(&journey.at, &response) {
                Some(Ok(target)) => {
                    let status = response.status;
                    drop(response);
                    journey.lease = Lease::default();
                    self.go_on(journey, target, status)
                }
                Some(Err(failure)) => Err(failure),
                None => {
                    let response = self.decode(response, &mut journey.lease).await;
                    let onward = refresh::target(&journey.at, &response);
                    match onward.filter(|target| !journey.has_asked(target)) {
                        None => return FetchResult::Response(response),
                        Some(target) => self.go_on_from(journey, target, response),
                    }
                }
            };
            if let Err(failure) = gone_on {
                return FetchResult::Failed(failure);
            }
        }
    }

    /// Follows a redirect, if it is to be followed.
    fn go_on(&self, journey: &mut Journey, target: Url, status: u16) -> Result<(), FetchFailure> {
        let failed = |kind, detail| Err(FetchFailure { kind, detail });
        if self.options.max_redirects <= journey.hops.len() {
            let detail = format!(
                "more than {} redirects, the next to {target}",
                self.options.max_redirects
            );
            return failed(FailureKind::TooManyRedirects, detail);
        }
        if self.options.patience <= journey.spent {
            let detail = format!(
                "redirects took longer than {} s",
                self.options.patience.as_secs_f32()
            );
            return failed(FailureKind::Timeout, detail);
        }
        journey.go(target, status);
        match journey.circle() {
            Some(failure) => Err(failure),
            None => Ok(()),
        }
    }

    /// Follows a page that sends its reader on. A recording may lack what comes next, as crawlers
    /// do not follow these: then the page is what there is.
    fn go_on_from(
        &self,
        journey: &mut Journey,
        target: Url,
        mut page: HttpResponse,
    ) -> Result<(), FetchFailure> {
        journey.give_back_room(&mut page.body, &mut page.truncated);
        self.go_on(journey, target, page.status)?;
        journey.keep(Some(page).filter(|_| !self.transport.is_live()));
        Ok(())
    }

    /// Asks for the URL that the journey is at, again if need be.
    async fn ask(&self, journey: &mut Journey) -> ExchangeResult {
        let mut request = journey.request();
        let mut retries = 0;
        let mut before = None;
        let exchange = loop {
            let (mut exchange, pause) = self.take_turn(journey, &request, retries).await;
            if let (ExchangeResult::Skipped(_), Some(before)) = (&exchange.result, before.take()) {
                break before; // the host was given up meanwhile
            }
            journey.attempts += u32::from(0 < retries);
            let Some(pause) = pause.filter(|_| journey.spent < self.options.patience) else {
                break exchange;
            };
            // Whoever waits has no permit and no room, so that others may go first.
            give_back_room(journey, &mut exchange);
            tokio::time::sleep(pause).await;
            before = Some(exchange);
            retries += 1;
            // What went wrong may be the connection's fault, or that of the machine it leads to.
            request.fresh_connection = true;
        };
        if self.options.browser_retry && turned_away(&exchange.result) {
            return self.ask_as_browser(journey, request, exchange).await;
        }
        exchange.result
    }

    /// Asks once more with the header fields of a browser, and goes by that answer if it is a
    /// better one.
    async fn ask_as_browser(
        &self,
        journey: &mut Journey,
        request: Request,
        mut first: Exchange,
    ) -> ExchangeResult {
        let whole = !give_back_room(journey, &mut first);
        let request = Request {
            as_browser: true,
            ..request
        };
        let (second, _) = self.take_turn(journey, &request, 1).await;
        if matches!(second.result, ExchangeResult::Skipped(_)) {
            journey.asked_at = Some(first.at);
            return first.result; // a recording without it, or a host that was given up
        }
        journey.attempts += 1;
        let better = matches!(second.result, ExchangeResult::Response(_))
            && !turned_away(&second.result)
            && !retry::is_transient(&second.result);
        if better || !whole && status(&first.result) == status(&second.result) {
            return second.result;
        }
        journey.lease = Lease::default();
        journey.asked_at = Some(first.at);
        first.result
    }

    /// Makes one exchange when it is the host's turn; `retries` came before it. Gives the pause
    /// after which it is worth repeating, if it is.
    async fn take_turn(
        &self,
        journey: &mut Journey,
        request: &Request,
        retries: u32,
    ) -> (Exchange, Option<Duration>) {
        let turn = match journey.turn.take() {
            Some(permit) => Ok(permit),
            None => self.gate.enter(&journey.at).await,
        };
        let permit = match turn {
            Ok(permit) => permit,
            Err(reason) => return (self.unasked(request, reason), None),
        };
        let started = permit.started();
        let (exchange, lease) = with_lease(&self.room, self.transport.exchange(request)).await;
        let waited = lease.waited();
        journey.lease = lease;
        journey.spent += started.elapsed().saturating_sub(waited);
        journey.asked_at = Some(exchange.at);
        journey.attempts += exchange.attempts.saturating_sub(1);
        let pause = permit.done(&exchange, retries, waited);
        (exchange, pause)
    }

    fn unasked(&self, request: &Request, reason: SkipReason) -> Exchange {
        Exchange {
            url: request.url.clone(),
            at: self.transport.now(),
            attempts: 1,
            result: ExchangeResult::Skipped(reason),
        }
    }

    /// Takes the content coding off a body, and room for what comes out of it.
    async fn decode(&self, response: WireResponse, lease: &mut Lease) -> HttpResponse {
        let most = self.options.body_limit_bytes;
        let wire = response.body;
        let (body, cut) = if coding::is_coded(&response.headers) && !wire.is_empty() {
            self.room.hold(lease, MEDIUM_BYTES).await;
            let some = MEDIUM_BYTES.min(most);
            let first = coding::decode(&response.headers, wire.clone(), some);
            if first.1 == Some(Truncation::SizeLimit) && some < most {
                drop(first);
                self.room.hold(lease, most).await;
                coding::decode(&response.headers, wire, most)
            } else {
                first
            }
        } else {
            coding::decode(&response.headers, wire, most)
        };
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
