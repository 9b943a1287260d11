//! From the error chains of the HTTP client to kinds of failure.

use std::error::Error;
use std::io;

use super::names::LookupError;
use super::tls;
use crate::model::{FailureKind, FetchFailure};

const HEADER_TOO_LARGE: &str = "more header fields, or larger ones, than are taken";

/// What a failed request failed of.
///
/// The chain of sources is searched for the most telling error: a lookup, then TLS, then the
/// socket, then HTTP itself.
pub(super) fn classify(error: &reqwest::Error) -> FetchFailure {
    let chain = chain(error);
    let found = first(&chain, lookup)
        .or_else(|| first(&chain, tls))
        .or_else(|| first(&chain, socket))
        .or_else(|| first(&chain, http));
    if let Some(failure) = found {
        return failure;
    }
    let deepest = chain.last().map_or_else(String::new, ToString::to_string);
    if error.is_timeout() {
        let detail = if error.is_connect() {
            "no connection within the time limit"
        } else {
            "no answer within the time limit"
        };
        return failure(FailureKind::Timeout, detail);
    }
    let kind = if error.is_connect() {
        FailureKind::Connect
    } else {
        FailureKind::Protocol
    };
    failure(kind, deepest)
}

fn first(
    chain: &[&(dyn Error + 'static)],
    reading: impl Fn(&(dyn Error + 'static)) -> Option<FetchFailure>,
) -> Option<FetchFailure> {
    chain.iter().find_map(|error| reading(*error))
}

/// The error and its sources, outermost first. An `io::Error` that wraps another error skips it
/// in `source()`, so what it wraps is added.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    const MOST: usize = 32; // a chain that refers to itself must end
    let mut chain: Vec<&'a (dyn Error + 'static)> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        if chain.len() == MOST {
            break;
        }
        chain.push(error);
        let inner = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
            .map(|inner| inner as &(dyn Error + 'static));
        next = inner.or_else(|| error.source());
    }
    chain
}

fn lookup(error: &(dyn Error + 'static)) -> Option<FetchFailure> {
    let error = error.downcast_ref::<LookupError>()?;
    let kind = match error {
        LookupError::NotFound(_) => FailureKind::Dns,
        LookupError::Temporary(..) => FailureKind::DnsTemporary,
        LookupError::Private(..) => FailureKind::PrivateAddress,
    };
    Some(failure(kind, error.to_string()))
}

fn tls(error: &(dyn Error + 'static)) -> Option<FetchFailure> {
    let error = error.downcast_ref::<rustls::Error>()?;
    let (kind, detail) = tls::describe(error);
    Some(failure(kind, detail))
}

fn socket(error: &(dyn Error + 'static)) -> Option<FetchFailure> {
    use io::ErrorKind as K;
    let error = error.downcast_ref::<io::Error>()?;
    let io_kind = error.kind();
    let (kind, detail) = if io_kind == K::ConnectionRefused {
        (FailureKind::Connect, "connection refused")
    } else if matches!(
        io_kind,
        K::ConnectionReset | K::ConnectionAborted | K::BrokenPipe
    ) {
        (FailureKind::Reset, "connection reset")
    } else if matches!(io_kind, K::UnexpectedEof | K::NotConnected) {
        (FailureKind::Reset, "connection closed early")
    } else if matches!(io_kind, K::HostUnreachable | K::AddrNotAvailable) {
        (FailureKind::Unreachable, "no route to the host")
    } else if matches!(io_kind, K::NetworkUnreachable | K::NetworkDown) {
        (FailureKind::Unreachable, "no route to the network")
    } else if io_kind == K::TimedOut {
        (FailureKind::Timeout, "no connection within the time limit")
    } else {
        return None;
    };
    Some(failure(kind, detail))
}

fn http(error: &(dyn Error + 'static)) -> Option<FetchFailure> {
    if let Some(error) = error.downcast_ref::<h2::Error>() {
        return Some(http2(error));
    }
    let error = error.downcast_ref::<hyper::Error>()?;
    // An HTTP/2 fault stands deeper in the chain and tells more.
    if error
        .source()
        .is_some_and(|source| source.downcast_ref::<h2::Error>().is_some())
    {
        return None;
    }
    if error.is_incomplete_message() || error.is_canceled() || error.is_closed() {
        return Some(failure(
            FailureKind::Reset,
            "connection closed before an answer",
        ));
    }
    let text = error.to_string();
    // hyper has a question for this on the server's side only.
    if text.contains("message head is too large") {
        return Some(failure(FailureKind::TooManyHeaders, HEADER_TOO_LARGE));
    }
    let detail = format!("not a valid HTTP answer: {text}");
    error
        .is_parse()
        .then(|| failure(FailureKind::Protocol, detail))
}

fn http2(error: &h2::Error) -> FetchFailure {
    if error.is_remote() && error.reason() != Some(h2::Reason::HTTP_1_1_REQUIRED) {
        let detail = format!("the server ended the exchange: {error}");
        return failure(FailureKind::Reset, detail);
    }
    // This is how the client ends a stream of an oversized header, and a flood of its pieces.
    let oversized = error.is_library()
        && (error.is_reset() && error.reason() == Some(h2::Reason::PROTOCOL_ERROR)
            || error.reason() == Some(h2::Reason::ENHANCE_YOUR_CALM));
    if oversized {
        return failure(FailureKind::TooManyHeaders, HEADER_TOO_LARGE);
    }
    let detail = format!("not a valid HTTP/2 answer: {error}");
    failure(FailureKind::Protocol, detail)
}

fn failure(kind: FailureKind, detail: impl Into<String>) -> FetchFailure {
    FetchFailure {
        kind,
        detail: detail.into(),
    }
}
