//! What has happened to a URL so far: where it led, what was asked, which cookies it was given.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::cookies::Jar;
use super::politeness::Permit;
use super::room::{Lease, SMALL_BYTES};
use super::transport::{
    Ask, Exchange, ExchangeResult, Request, Validators, WireResponse, request_url,
};
use crate::model::{FailureKind, FetchFailure, Hop, HttpResponse, Truncation};

pub(super) struct Journey {
    validators: Option<Validators>,
    pub(super) hops: Vec<Hop>,
    pub(super) at: Url,
    pub(super) asked_at: Option<Timestamp>,
    pub(super) attempts: u32,
    pub(super) spent: Duration,
    /// The right to the first request, if it has been waited for.
    pub(super) turn: Option<Permit>,
    /// What was asked, with the cookies of each request.
    asked: Vec<(Url, Option<String>)>,
    cookies: Jar,
    /// Whether every hop was of the origin that was cited.
    same_origin: bool,
    /// The room that the last answer's body takes up.
    pub(super) lease: Lease,
    /// A page that sends its reader on, and when it was asked for.
    stay: Option<(HttpResponse, Option<Timestamp>)>,
}

impl Journey {
    pub(super) fn new(ask: &Ask, turn: Option<Permit>) -> Self {
        Self {
            validators: ask.validators.clone(),
            hops: Vec::new(),
            at: request_url(&ask.url),
            asked_at: None,
            attempts: 1,
            spent: Duration::ZERO,
            turn,
            asked: Vec::new(),
            cookies: Jar::default(),
            same_origin: true,
            lease: Lease::default(),
            stay: None,
        }
    }

    /// The request for where the journey is at.
    pub(super) fn request(&mut self) -> Request {
        let cookies = self.cookies.header(&self.at);
        self.asked.push((self.at.clone(), cookies.clone()));
        Request {
            validators: self.validators.clone().filter(|_| self.hops.is_empty()),
            cookies,
            host_headers: self.same_origin,
            ..Request::to(self.at.clone())
        }
    }

    /// Takes note of what an answer sets.
    pub(super) fn note(&mut self, response: &WireResponse) {
        self.cookies.store(&self.at, response);
    }

    /// Goes on to `target`, which an answer of `status` names.
    pub(super) fn go(&mut self, target: Url, status: u16) {
        if self.at.scheme() == "https" && target.scheme() == "http" {
            self.cookies.clear(); // what was said in private stays so
        }
        self.same_origin &= self.at.origin() == target.origin();
        self.hops.push(Hop {
            url: std::mem::replace(&mut self.at, target),
            status,
        });
    }

    /// Gives the room back before anything is waited for. Of a body that took some up, as much
    /// stays as needs none, in case that no better answer comes.
    pub(super) fn give_back_room(
        &mut self,
        body: &mut Vec<u8>,
        truncated: &mut Option<Truncation>,
    ) {
        self.lease = Lease::default();
        if SMALL_BYTES < body.len() {
            *body = body.get(..SMALL_BYTES).unwrap_or_default().to_vec();
            truncated.get_or_insert(Truncation::SizeLimit);
        }
    }

    /// Keeps the page that led here, in case that nothing is known of where it leads.
    pub(super) fn keep(&mut self, page: Option<HttpResponse>) {
        self.stay = page.map(|page| (page, self.asked_at));
    }

    /// Goes back to the page that led here, if it is kept.
    pub(super) fn back(&mut self) -> Option<HttpResponse> {
        let (page, asked_at) = self.stay.take()?;
        self.at = self.hops.pop()?.url;
        self.asked_at = asked_at;
        Some(page)
    }

    pub(super) fn has_asked(&self, url: &Url) -> bool {
        self.asked.iter().any(|(asked, _)| asked == url)
    }

    /// Why asking for `at` would lead in a circle, if it would. A site that answered with a cookie
    /// is asked once more, since some send everybody round whom they do not know yet.
    pub(super) fn circle(&self) -> Option<FetchFailure> {
        let cookies = self.cookies.header(&self.at);
        let before = self.asked.iter().filter(|(asked, _)| *asked == self.at);
        let known = before.clone().any(|(_, sent)| *sent == cookies) || 1 < before.count();
        known.then(|| FetchFailure {
            kind: FailureKind::TooManyRedirects,
            detail: format!("redirects in a circle, back to {}", self.at),
        })
    }
}

/// Gives the room back that an answer's body takes up; whether the body lost something by it.
pub(super) fn give_back_room(journey: &mut Journey, exchange: &mut Exchange) -> bool {
    let ExchangeResult::Response(response) = &mut exchange.result else {
        return false;
    };
    let before = response.body.len();
    journey.give_back_room(&mut response.body, &mut response.truncated);
    response.body.len() < before
}

/// The status of an answer.
pub(super) fn status(result: &ExchangeResult) -> Option<u16> {
    match result {
        ExchangeResult::Response(response) => Some(response.status),
        ExchangeResult::Failed(_) | ExchangeResult::Skipped(_) => None,
    }
}

/// Whether a site turned the request away for who asks, so that a browser may fare better.
pub(super) fn turned_away(result: &ExchangeResult) -> bool {
    let ExchangeResult::Response(response) = result else {
        return false;
    };
    let challenged = ["cf-mitigated", "x-amzn-waf-action", "x-vercel-mitigated"]
        .iter()
        .any(|name| response.header(name).is_some());
    challenged || matches!(response.status, 401 | 403 | 405 | 406 | 429 | 999)
}
