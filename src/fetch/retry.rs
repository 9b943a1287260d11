//! When to ask again, and how long to wait first.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use super::options::FetchOptions;
use super::transport::{Exchange, ExchangeResult, WireResponse};
use crate::model::{FailureKind, Truncation};

/// Whether the answer may be another one in a moment.
pub(super) fn is_transient(result: &ExchangeResult) -> bool {
    match result {
        ExchangeResult::Response(response) => {
            is_transient_answer(response.status, response.truncated)
        }
        ExchangeResult::Failed(failure) => is_transient_failure(failure.kind),
        ExchangeResult::Skipped(_) => false,
    }
}

/// 408, 425, 429 and server errors but for those that say "never" (501, 505), and bodies that
/// broke off, but for those of redirects, which nobody reads.
pub(super) fn is_transient_answer(status: u16, truncated: Option<Truncation>) -> bool {
    let busy = matches!(status, 408 | 425 | 429 | 500..=599) && !matches!(status, 501 | 505);
    busy || truncated == Some(Truncation::Disconnect) && !(300..400).contains(&status)
}

pub(super) fn is_transient_failure(kind: FailureKind) -> bool {
    match kind {
        FailureKind::Connect
        | FailureKind::DnsTemporary
        | FailureKind::Reset
        | FailureKind::Timeout => true,
        FailureKind::BadRedirect
        | FailureKind::Dns
        | FailureKind::PrivateAddress
        | FailureKind::Protocol
        | FailureKind::Tls
        | FailureKind::TlsExpired
        | FailureKind::TlsOldProtocol
        | FailureKind::TlsUnknownIssuer
        | FailureKind::TlsWrongHost
        | FailureKind::TooManyHeaders
        | FailureKind::TooManyRedirects
        | FailureKind::Unreachable
        | FailureKind::UnsupportedScheme => false,
    }
}

/// How long to wait before asking again; `None` to leave it at this answer.
///
/// `retries` counts those made so far.
pub(super) fn pause(exchange: &Exchange, retries: u32, options: &FetchOptions) -> Option<Duration> {
    if options.retries <= retries || !is_transient(&exchange.result) {
        return None;
    }
    let asked_for = match &exchange.result {
        ExchangeResult::Response(response) => retry_after(response, exchange.at),
        ExchangeResult::Failed(_) | ExchangeResult::Skipped(_) => None,
    };
    match asked_for {
        Some(wait) if options.retry_after_limit < wait => None,
        Some(wait) => Some(wait),
        None => {
            let pause = options
                .backoff
                .saturating_mul(1_u32.wrapping_shl(retries.min(16)));
            Some(shorten_at_random(pause))
        }
    }
}

/// What `Retry-After` asks for, in seconds or as an HTTP date; `None` when it is absent, past or
/// not readable.
fn retry_after(response: &WireResponse, at: Timestamp) -> Option<Duration> {
    let value = response.header("retry-after")?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = |text: &str| httpdate::parse_http_date(text).ok();
    // The server's own clock, where it tells it: only the difference matters.
    let now = response
        .header("date")
        .and_then(date)
        .unwrap_or_else(|| SystemTime::from(at));
    date(value)?.duration_since(now).ok()
}

/// Between half of the pause and all of it, so that clients that failed together do not return
/// together.
fn shorten_at_random(pause: Duration) -> Duration {
    let random = RandomState::new().build_hasher().finish() % 1024;
    let share = u32::try_from(random).unwrap_or(0);
    pause / 2 + (pause / 2 / 1024).saturating_mul(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, retry_after: &str, expect: Option<u64>) {
        let mut headers = vec![(
            "date".to_owned(),
            "Thu, 01 Jan 2026 00:00:00 GMT".to_owned(),
        )];
        if !retry_after.is_empty() {
            headers.push(("retry-after".to_owned(), retry_after.to_owned()));
        }
        let exchange = Exchange {
            url: "http://a.example/".parse().unwrap(),
            at: "2031-01-01T00:00:00Z".parse().unwrap(),
            attempts: 1,
            result: ExchangeResult::Response(WireResponse {
                status,
                headers,
                body: Vec::new(),
                truncated: None,
                peer: None,
            }),
        };
        let options = FetchOptions {
            backoff: Duration::ZERO,
            ..FetchOptions::default()
        };
        let found = pause(&exchange, 0, &options);
        assert_eq!(
            found,
            expect.map(Duration::from_secs),
            "{status} {retry_after}"
        );
        assert_eq!(pause(&exchange, options.retries, &options), None);
    }

    #[test]
    fn retry_after_is_honoured_up_to_the_limit() {
        check(429, "7", Some(7));
        check(503, "0", Some(0));
        check(503, "Thu, 01 Jan 2026 00:00:09 GMT", Some(9));
        check(429, "120", Some(120));
        check(429, "121", None);
        check(429, "99999999999999999999999999", None);
        check(429, "Fri, 02 Jan 2026 00:00:00 GMT", None);
    }

    #[test]
    fn unreadable_or_past_retry_after_counts_as_absent() {
        for value in [
            "",
            "soon",
            "-5",
            "1.5",
            "Wed, 31 Dec 2025 00:00:00 GMT",
            "２０",
        ] {
            check(429, value, Some(0));
        }
    }

    #[test]
    fn only_what_may_pass_is_asked_again() {
        for status in [408, 425, 429, 500, 502, 503, 504, 520, 530] {
            check(status, "", Some(0));
        }
        for status in [200, 301, 400, 401, 403, 404, 410, 451, 501, 505, 999] {
            check(status, "", None);
        }
    }
}
