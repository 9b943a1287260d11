//! No answer: what that means for the link.

use super::answer::verdict;
use super::confidence::{OBSERVED, SAID};
use crate::model::{Evidence, FailureKind, FetchFailure, LinkVerdict, Verdict};

/// Judges a failure; its kind decides, and its detail tells what exactly went wrong.
pub(super) fn judge(failure: &FetchFailure) -> Verdict {
    let (link, confidence) = match failure.kind {
        // The name server's word, which a lapsed payment changes as well as an end.
        FailureKind::Dns => (LinkVerdict::NoSuchHost, SAID),
        FailureKind::DnsTemporary
        | FailureKind::Unreachable
        | FailureKind::Reset
        | FailureKind::Timeout => (LinkVerdict::Unstable, OBSERVED),
        FailureKind::Connect => (LinkVerdict::Refused, OBSERVED),
        FailureKind::TlsExpired
        | FailureKind::TlsWrongHost
        | FailureKind::TlsUnknownIssuer
        | FailureKind::TlsOldProtocol
        | FailureKind::Tls => (LinkVerdict::TlsError, OBSERVED),
        FailureKind::Protocol
        | FailureKind::TooManyHeaders
        | FailureKind::TooManyRedirects
        | FailureKind::BadRedirect => (LinkVerdict::Unknown, OBSERVED),
        FailureKind::PrivateAddress => (LinkVerdict::PrivateAddress, OBSERVED),
        FailureKind::UnsupportedScheme => (LinkVerdict::UnsupportedScheme, OBSERVED),
    };
    let mut judged = verdict(link, reason(failure), confidence);
    judged.evidence.push(Evidence::new(
        "failure",
        failure.detail.clone(),
        failure.kind.as_str(),
    ));
    judged
}

/// What went wrong; the kind of a certificate's fault is named where the detail does not.
fn reason(failure: &FetchFailure) -> String {
    let (kind, told_by) = match failure.kind {
        FailureKind::TlsExpired => ("the certificate has expired", ["expired", "not valid yet"]),
        FailureKind::TlsWrongHost => ("the certificate is another host's", ["host", "name"]),
        FailureKind::TlsUnknownIssuer => (
            "nobody trusted vouches for the certificate",
            ["issuer", "trust"],
        ),
        FailureKind::TlsOldProtocol => (
            "only versions of TLS that are no longer safe",
            ["version", "protocol"],
        ),
        FailureKind::Dns
        | FailureKind::DnsTemporary
        | FailureKind::Unreachable
        | FailureKind::Connect
        | FailureKind::Reset
        | FailureKind::Tls
        | FailureKind::Timeout
        | FailureKind::Protocol
        | FailureKind::TooManyHeaders
        | FailureKind::TooManyRedirects
        | FailureKind::BadRedirect
        | FailureKind::PrivateAddress
        | FailureKind::UnsupportedScheme => return failure.detail.clone(),
    };
    let detail = failure.detail.to_lowercase();
    if told_by.iter().any(|word| detail.contains(word)) {
        failure.detail.clone()
    } else if failure.detail.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind}: {}", failure.detail)
    }
}
