//! Whether to ask again, and how long to wait first.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use super::transport::{Exchange, ExchangeResult};
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

/// What an exchange says about asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Advice {
    /// It would come to the same.
    Stands,
    /// It may go better.
    Again,
    /// The host wants fewer requests: none for so long, if it says how long.
    Busy(Option<Duration>),
}

/// Whether to ask again, and whom to give a rest.
///
/// 429 and 503 speak for the host, as does whatever else names a time and may pass.
pub(super) fn advice(exchange: &Exchange) -> Advice {
    if !is_transient(&exchange.result) {
        return Advice::Stands;
    }
    match &exchange.result {
        ExchangeResult::Response(response) => {
            let wait = retry_after(|name| response.header(name), exchange.at);
            if wait.is_some() || matches!(response.status, 429 | 503) {
                Advice::Busy(wait)
            } else {
                Advice::Again
            }
        }
        ExchangeResult::Failed(_) | ExchangeResult::Skipped(_) => Advice::Again,
    }
}

/// What `Retry-After` of an answer that came `at` asks for, in seconds or as an HTTP date; `None`
/// when it is absent, past or not readable.
pub(crate) fn retry_after<'a>(
    header: impl Fn(&str) -> Option<&'a str>,
    at: Timestamp,
) -> Option<Duration> {
    let value = header("retry-after")?.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = |text: &str| httpdate::parse_http_date(text).ok();
    // The server's own clock, where it tells it: only the difference matters.
    let now = header("date")
        .and_then(date)
        .unwrap_or_else(|| SystemTime::from(at));
    date(value)?.duration_since(now).ok()
}

/// Anything up to the whole pause before retry number `retries` (from 0), "full jitter": clients
/// that failed together do not return together.
pub(super) fn all_at_random(backoff: Duration, retries: u32) -> Duration {
    share(doubled(backoff, retries))
}

/// Between half of the pause and all of it, for a host that wants one.
pub(super) fn half_at_random(backoff: Duration, retries: u32) -> Duration {
    let half = doubled(backoff, retries) / 2;
    half.saturating_add(share(half))
}

fn doubled(backoff: Duration, retries: u32) -> Duration {
    backoff.saturating_mul(1 << retries.min(16))
}

fn share(most: Duration) -> Duration {
    let random = RandomState::new().build_hasher().finish() % 1025;
    let share = u32::try_from(random).unwrap_or(0);
    (most / 1024).saturating_mul(share)
}

#[cfg(test)]
mod tests {
    use super::super::transport::WireResponse;
    use super::*;

    fn check(status: u16, retry_after: &str, expect: Advice) {
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
        assert_eq!(advice(&exchange), expect, "{status} {retry_after}");
    }

    fn busy(seconds: u64) -> Advice {
        Advice::Busy(Some(Duration::from_secs(seconds)))
    }

    #[test]
    fn retry_after_is_read_in_seconds_and_as_a_date() {
        check(429, "7", busy(7));
        check(503, "0", busy(0));
        check(500, " 3 ", busy(3));
        check(503, "Thu, 01 Jan 2026 00:00:09 GMT", busy(9));
        check(503, "Thursday, 01-Jan-26 00:00:09 GMT", busy(9));
        check(503, "Thu Jan  1 00:00:09 2026", busy(9));
        check(429, "Fri, 02 Jan 2026 00:00:00 GMT", busy(86_400));
        check(429, "99999999999999999999999999", busy(u64::MAX));
    }

    #[test]
    fn unreadable_or_past_retry_after_counts_as_absent() {
        for value in [
            "",
            "soon",
            "-5",
            "1.5",
            "7, 9",
            "Wed, 31 Dec 2025 00:00:00 GMT",
            "Thu, 32 Jan 2026 00:00:09 GMT",
            "２０",
        ] {
            check(429, value, Advice::Busy(None));
            check(500, value, Advice::Again);
        }
    }

    #[test]
    fn only_what_may_pass_is_asked_again() {
        for status in [408, 425, 500, 502, 504, 520, 530] {
            check(status, "", Advice::Again);
        }
        for status in [429, 503] {
            check(status, "", Advice::Busy(None));
        }
        for status in [200, 301, 400, 401, 403, 404, 410, 451, 501, 505, 999] {
            check(status, "", Advice::Stands);
            check(status, "7", Advice::Stands);
        }
    }

    #[test]
    fn pauses_double_and_are_cut_at_random() {
        let second = Duration::from_secs(1);
        for retries in 0..4 {
            let whole = second * (1 << retries);
            for _ in 0..50 {
                assert!(all_at_random(second, retries) <= whole);
                let half = half_at_random(second, retries);
                assert!(whole / 2 <= half && half <= whole, "{half:?}");
            }
        }
        let mean: Duration = (0..400).map(|_| all_at_random(second, 0)).sum::<Duration>() / 400;
        assert!(second / 4 < mean && mean < second * 3 / 4, "{mean:?}");
        assert_eq!(half_at_random(Duration::ZERO, 9), Duration::ZERO);
        assert!(all_at_random(Duration::MAX, u32::MAX) <= Duration::MAX);
    }
}
