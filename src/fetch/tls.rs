//! TLS: whom to trust, and what exactly a failed handshake says.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::Timestamp;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{AlertDescription, CertificateError, ClientConfig, PeerIncompatible};
use rustls_platform_verifier::Verifier;

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

/// What a TLS failure is, for people: begins with `certificate expired`, `certificate is not
/// valid for`, `unknown issuer`, `old protocol`, `certificate` or `handshake`.
pub(super) fn describe(error: &rustls::Error) -> String {
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
        return "old protocol: the server offers only TLS 1.1 or older".to_owned();
    }
    format!("handshake failed: {error}")
}

fn describe_certificate(fault: &CertificateError) -> String {
    if let CertificateError::ExpiredContext { not_after, .. } = fault {
        return format!("certificate expired on {}", day(*not_after));
    }
    if let CertificateError::NotValidYetContext { not_before, .. } = fault {
        return format!("certificate not valid before {}", day(*not_before));
    }
    if let CertificateError::NotValidForNameContext {
        expected,
        presented,
    } = fault
    {
        return wrong_name(expected, presented);
    }
    if matches!(fault, CertificateError::UnknownIssuer) {
        return "unknown issuer: the certificate is self-signed or its authority is not trusted"
            .to_owned();
    }
    // A certificate that signs itself is an authority's in form, which webpki objects to first.
    let text = fault.to_string();
    if text.contains("CaUsedAsEndEntity") {
        return "unknown issuer: the certificate is self-signed".to_owned();
    }
    if matches!(fault, CertificateError::Expired) {
        return "certificate expired".to_owned();
    }
    if matches!(fault, CertificateError::NotValidForName) {
        return "certificate is not valid for this host".to_owned();
    }
    format!("certificate was rejected: {text}")
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
