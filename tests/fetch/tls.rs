//! Certificates and handshakes, each fault with its name.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use citecheck::fetch::FetchOptions;
use citecheck::model::{FailureKind, FetchOutcome};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use url::Url;

use super::support::{Reply, Server, page};
use super::{failure, fetcher, options, response};

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: Vec<u8>,
}

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let key = KeyPair::generate().unwrap();
    let der = params.self_signed(&key).unwrap().der().to_vec();
    Authority {
        issuer: Issuer::new(params, key),
        der,
    }
}

fn acceptor(certificate: &rcgen::Certificate, key: &KeyPair) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// Fetches a page from a server with a certificate for `name`, changed as told.
async fn fetch_with(
    name: &str,
    trusted: bool,
    change: impl Fn(&mut CertificateParams),
) -> FetchOutcome {
    let authority = authority();
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let certificate = if trusted {
        params.signed_by(&key, &authority.issuer).unwrap()
    } else {
        params.self_signed(&key).unwrap()
    };
    let tls = acceptor(&certificate, &key);
    let server = Server::start_on("127.0.0.1:0", Some(tls), |_| page("safe")).await;
    let roots = if trusted {
        vec![authority.der]
    } else {
        Vec::new()
    };
    fetch_from(server.address.port(), roots).await
}

async fn fetch_from(port: u16, extra_roots: Vec<Vec<u8>>) -> FetchOutcome {
    let here: IpAddr = "127.0.0.1".parse().unwrap();
    let options = FetchOptions {
        extra_roots,
        resolve: BTreeMap::from([("secure.example".to_owned(), vec![here])]),
        retries: 0,
        ..options()
    };
    let url = Url::parse(&format!("https://secure.example:{port}/")).unwrap();
    fetcher(options).fetch(&url).await
}

fn check(outcome: &FetchOutcome, expect: FailureKind, start: &str) {
    let (kind, detail) = failure(outcome);
    assert_eq!(kind, expect, "{detail}");
    assert!(detail.starts_with(start), "{detail}");
}

#[tokio::test]
async fn a_good_certificate_is_accepted() {
    let outcome = fetch_with("secure.example", true, |_| {}).await;
    assert_eq!(response(&outcome).body, b"safe");
}

#[tokio::test]
async fn an_expired_certificate_names_the_day() {
    let outcome = fetch_with("secure.example", true, |params| {
        params.not_before = date_time_ymd(2015, 1, 1);
        params.not_after = date_time_ymd(2016, 2, 3);
    })
    .await;
    check(
        &outcome,
        FailureKind::TlsExpired,
        "certificate expired on 2016-02-03",
    );
}

#[tokio::test]
async fn a_certificate_of_tomorrow_names_the_day() {
    let outcome = fetch_with("secure.example", true, |params| {
        params.not_before = date_time_ymd(2095, 1, 1);
        params.not_after = date_time_ymd(2096, 1, 1);
    })
    .await;
    check(
        &outcome,
        FailureKind::TlsExpired,
        "certificate not valid before 2095-01-01",
    );
}

#[tokio::test]
async fn a_certificate_for_another_host_names_both() {
    let outcome = fetch_with("other.example", true, |_| {}).await;
    check(
        &outcome,
        FailureKind::TlsWrongHost,
        "certificate is not valid for `secure.example`, only for `other.example`",
    );
}

#[tokio::test]
async fn a_self_signed_certificate_has_an_unknown_issuer() {
    check(
        &fetch_with("secure.example", false, |_| {}).await,
        FailureKind::TlsUnknownIssuer,
        "unknown issuer",
    );
    let outcome = fetch_with("secure.example", false, |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    })
    .await;
    check(&outcome, FailureKind::TlsUnknownIssuer, "unknown issuer");
}

/// Serves `bytes` to whoever connects, whatever they say.
async fn blurt(bytes: Vec<u8>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.readable().await;
            let _ = stream.try_read(&mut [0; 8192]);
            let _ = stream.write_all(&bytes).await;
            let _ = stream.shutdown().await;
        }
    });
    port
}

#[tokio::test]
async fn a_chain_with_a_missing_link_has_an_unknown_issuer() {
    let root = authority();
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
        .distinguished_name
        .push(DnType::CommonName, "an authority in between");
    let middle = Issuer::new(params, KeyPair::generate().unwrap());
    let params = CertificateParams::new(vec!["secure.example".to_owned()]).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &middle).unwrap();
    let tls = acceptor(&certificate, &key);
    let server = Server::start_on("127.0.0.1:0", Some(tls), |_| page("safe")).await;
    let outcome = fetch_from(server.address.port(), vec![root.der]).await;
    check(&outcome, FailureKind::TlsUnknownIssuer, "unknown issuer");
}

#[tokio::test]
async fn servers_with_old_tls_or_none_say_so() {
    use FailureKind as K;
    let mut hello = b"\x16\x03\x01\x00\x2a\x02\x00\x00\x26\x03\x01".to_vec();
    hello.extend([7; 32]); // a ServerHello of TLS 1.0: random, no session, AES-128-CBC, null
    hello.extend(b"\x00\xc0\x13\x00");
    for (bytes, kind, start) in [
        (hello.as_slice(), K::TlsOldProtocol, "old protocol"),
        // Alert: fatal, protocol_version.
        (
            b"\x15\x03\x01\x00\x02\x02\x46",
            K::TlsOldProtocol,
            "old protocol",
        ),
        // Alert: fatal, handshake_failure.
        (b"\x15\x03\x03\x00\x02\x02\x28", K::Tls, "handshake failed"),
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
            K::Tls,
            "handshake failed",
        ),
        (b"", K::Reset, "connection closed"),
    ] {
        let port = blurt(bytes.to_vec()).await;
        check(&fetch_from(port, Vec::new()).await, kind, start);
    }
}

#[tokio::test]
async fn only_handshakes_that_break_off_are_tried_again() {
    for (bytes, attempts) in [(b"\x15\x03\x03\x00\x02\x02\x28".as_slice(), 1), (b"", 3)] {
        let port = blurt(bytes.to_vec()).await;
        let fetcher = fetcher(options());
        let url = Url::parse(&format!("https://127.0.0.1:{port}/")).unwrap();
        assert_eq!(fetcher.fetch(&url).await.attempts, attempts);
    }
}

#[tokio::test(start_paused = true)]
async fn a_handshake_that_stalls_is_a_timeout() {
    let server = Server::start(|_| Reply::Hang).await; // reads the greeting as a request
    let mut url = server.url("/");
    url.set_scheme("https").unwrap();
    let fetcher = fetcher(FetchOptions {
        retries: 0,
        ..options()
    });
    let began = Instant::now();
    let outcome = fetcher.fetch(&url).await;
    check(&outcome, FailureKind::Timeout, "no connection");
    assert_eq!(began.elapsed().as_secs(), 10);
}
