//! TLS: whom to trust, and what exactly a failed handshake says.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::Timestamp;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{AlertDescription, CertificateError, ClientConfig, PeerIncompatible};
use rustls_platform_verifier::Verifier;

use crate::model::FailureKind;

/// The client side of TLS: the system's authorities, and `extra_roots` (DER) besides.
///
/// A machine without any authorities (a bare container) uses Mozilla's list as built in; else
/// every `https` link would look like one with a bad certificate.
///
/// # Errors
///
/// When an extra root is no certificate.
pub(super) fn client_config(extra_roots: &[Vec<u8>]) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(ring::default_provider());
    let verifier = verifier(extra_roots, &provider)?;
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous() // the name rustls gives to any verifier passed in; this one verifies
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn verifier(
    extra_roots: &[Vec<u8>],
    provider: &Arc<CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    let extra = extra_roots.iter().cloned().map(CertificateDer::from);
    match Verifier::new(Arc::clone(provider)) {
        Ok(verifier) if extra_roots.is_empty() => Ok(verifier),
        Ok(_) => Verifier::new_with_extra_roots(extra, Arc::clone(provider)),
        Err(_) => {
            let built_in = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().cloned();
            Verifier::new_with_extra_roots(extra.chain(built_in), Arc::clone(provider))
        }
    }
}

/// What a TLS failure is: its kind, and for people what exactly is wrong.
pub(super) fn describe(error: &rustls::Error) -> (FailureKind, String) {
    if let rustls::Error::InvalidCertificate(fault) = error {
        return describe_certificate(fault);
    }
    let old = matches!(
        error,
        rustls::Error::AlertReceived(AlertDescription::ProtocolVersion)
            | rustls::Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                    | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            )
    );
    if old {
        let detail = "old protocol: the server offers only TLS 1.1 or older";
        return (FailureKind::TlsOldProtocol, detail.to_owned());
    }
    (FailureKind::Tls, format!("handshake failed: {error}"))
}

fn describe_certificate(fault: &CertificateError) -> (FailureKind, String) {
    use FailureKind as K;
    if let CertificateError::ExpiredContext { not_after, .. } = fault {
        let detail = format!("certificate expired on {}", day(*not_after));
        return (K::TlsExpired, detail);
    }
    if let CertificateError::NotValidYetContext { not_before, .. } = fault {
        let detail = format!("certificate not valid before {}", day(*not_before));
        return (K::TlsExpired, detail);
    }
    if let CertificateError::NotValidForNameContext {
        expected,
        presented,
    } = fault
    {
        return (K::TlsWrongHost, wrong_name(expected, presented));
    }
    // A certificate that signs itself is an authority's in form, which webpki objects to first.
    let text = fault.to_string();
    let (kind, detail) = if matches!(fault, CertificateError::UnknownIssuer) {
        let detail = "unknown issuer: the certificate is self-signed, its authority is not \
                      trusted, or the server leaves out a link of the chain";
        (K::TlsUnknownIssuer, detail)
    } else if text.contains("CaUsedAsEndEntity") {
        let detail = "unknown issuer: the certificate is self-signed";
        (K::TlsUnknownIssuer, detail)
    } else if matches!(fault, CertificateError::Expired) {
        (K::TlsExpired, "certificate expired")
    } else if matches!(fault, CertificateError::NotValidYet) {
        (K::TlsExpired, "certificate not valid yet")
    } else if matches!(fault, CertificateError::NotValidForName) {
        (K::TlsWrongHost, "certificate is not valid for this host")
    } else if matches!(fault, CertificateError::Revoked) {
        (K::Tls, "certificate was revoked by its authority")
    } else {
        return (K::Tls, format!("certificate was rejected: {text}"));
    };
    (kind, detail.to_owned())
}

/// Certificates of hosting companies list hundreds of names; a few tell enough.
fn wrong_name(expected: &ServerName<'_>, presented: &[String]) -> String {
    const SHOWN: usize = 3;
    let mut text = format!("certificate is not valid for `{}`", expected.to_str());
    for (index, name) in presented.iter().take(SHOWN).enumerate() {
        let name = name.strip_prefix("DnsName(\"").unwrap_or(name);
        let name = name.trim_end_matches("\")");
        let lead = if index == 0 { ", only for " } else { ", " };
        let _ = write!(text, "{lead}`{name}`"); // writing to a string never fails
    }
    if SHOWN < presented.len() {
        text.push_str(" …");
    }
    text
}

fn day(time: UnixTime) -> String {
    i64::try_from(time.as_secs())
        .ok()
        .and_then(|secs| Timestamp::from_second(secs).ok())
        .map_or_else(
            || "an impossible date".to_owned(),
            |instant| instant.strftime("%Y-%m-%d").to_string(),
        )
}
