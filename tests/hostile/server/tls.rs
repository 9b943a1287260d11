//! Certificates and handshakes with a fault each, every one on a port of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::{Log, serve};

/// The name that good certificates are for.
pub(crate) const HOST: &str = "secure.example";

/// What all of them came to.
pub(crate) struct Ports {
    pub(crate) by_name: BTreeMap<String, u16>,
    /// The authority to trust, DER.
    pub(crate) root: Vec<u8>,
}

struct Authority {
    issuer: Issuer<'static, KeyPair>,
    der: CertificateDer<'static>,
}

fn authority(name: &str, parent: Option<&Authority>) -> Authority {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name);
    let key = KeyPair::generate().unwrap();
    let certificate = match parent {
        Some(parent) => params.signed_by(&key, &parent.issuer).unwrap(),
        None => params.self_signed(&key).unwrap(),
    };
    Authority {
        der: certificate.der().clone(),
        issuer: Issuer::new(params, key),
    }
}

fn acceptor(certificate: &Certificate, key: &KeyPair, protocol: &[u8]) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap();
    config.alpn_protocols = vec![protocol.to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

/// Serves every behaviour of the other listeners, each with another certificate.
pub(crate) async fn start(log: &Arc<Log>) -> Ports {
    let root = authority("root", None);
    let middle = authority("middle", Some(&root));
    let stranger = authority("stranger", None);
    let mut by_name = BTreeMap::new();
    let signed = |name: &str, by: Option<&Authority>, (from, to): (i32, i32)| {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(to, 2, 3);
        let key = KeyPair::generate().unwrap();
        let certificate = match by {
            Some(by) => params.signed_by(&key, &by.issuer).unwrap(),
            None => params.self_signed(&key).unwrap(),
        };
        (certificate, key)
    };
    let (now, past, future) = ((2015, 2095), (2015, 2016), (2095, 2096));
    for (name, (certificate, key)) in [
        ("good", signed(HOST, Some(&root), now)),
        ("expired", signed(HOST, Some(&root), past)),
        ("tomorrow", signed(HOST, Some(&root), future)),
        ("wrong-host", signed("other.example", Some(&root), now)),
        ("self-signed", signed(HOST, None, now)),
        ("unknown-issuer", signed(HOST, Some(&stranger), now)),
        ("incomplete-chain", signed(HOST, Some(&middle), now)),
    ] {
        let tls = acceptor(&certificate, &key, b"http/1.1");
        by_name.insert(name.to_owned(), listen(log, tls, None).await);
    }
    let (certificate, key) = signed(HOST, Some(&root), now);
    for (name, flood) in [
        ("h2-continuation", Flood::Endless),
        ("h2-fields", Flood::Fields),
    ] {
        let tls = acceptor(&certificate, &key, b"h2");
        by_name.insert(name.to_owned(), listen(log, tls, Some(flood)).await);
    }
    for (name, bytes) in HANDSHAKES {
        by_name.insert((*name).to_owned(), blurt(log, bytes).await);
    }
    Ports {
        by_name,
        root: root.der.to_vec(),
    }
}

/// What is said instead of a handshake; nothing: the connection stays open and silent.
const HANDSHAKES: &[(&str, &[u8])] = &[
    ("stall", b""),
    // Alerts, fatal: protocol_version, handshake_failure, unrecognized_name.
    ("old", b"\x15\x03\x01\0\x02\x02\x46"),
    ("alert", b"\x15\x03\x03\0\x02\x02\x28"),
    ("unknown-name", b"\x15\x03\x03\0\x02\x02\x70"),
    (
        "plain-http",
        b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
    ),
    // A ServerHello record that announces more than it sends.
    ("half-hello", b"\x16\x03\x03\x40\0\x02\0\x3f\xfc\x03\x03"),
];

async fn blurt(log: &Arc<Log>, bytes: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let log = Arc::clone(log);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            log.accept(port);
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 8192]).await;
                let _ = stream.write_all(bytes).await;
                if !bytes.is_empty() && !bytes.starts_with(b"\x16") {
                    let _ = stream.shutdown().await;
                }
                let _ = stream.read(&mut [0; 64]).await;
            });
        }
    });
    port
}

async fn listen(log: &Arc<Log>, tls: TlsAcceptor, flood: Option<Flood>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let log = Arc::clone(log);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            log.accept(port);
            let (log, tls) = (Arc::clone(&log), tls.clone());
            tokio::spawn(async move {
                let Ok(stream) = tls.accept(stream).await else {
                    return;
                };
                match flood {
                    None => serve(stream, &log).await,
                    Some(flood) => flood.send(stream).await,
                }
            });
        }
    });
    port
}

/// Header fields of HTTP/2 without measure.
#[derive(Debug, Clone, Copy)]
enum Flood {
    /// CONTINUATION frames that never end the header block.
    Endless,
    /// Ten thousand small fields, and then a body.
    Fields,
}

const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const CONTINUATION: u8 = 9;
const END_HEADERS: u8 = 4;

/// A frame (RFC 9113, section 4.1).
fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags, 0, 0, 0, stream], payload].concat()
}

/// A field that is in no table (RFC 7541, section 6.2.2).
fn field(name: &str, value: &str) -> Vec<u8> {
    let length = |text: &str| u8::try_from(text.len()).unwrap();
    [
        &[0, length(name)],
        name.as_bytes(),
        &[length(value)],
        value.as_bytes(),
    ]
    .concat()
}

impl Flood {
    async fn send(self, mut stream: tokio_rustls::server::TlsStream<TcpStream>) {
        const STATUS_200: u8 = 0x88;
        // Preface and request come in as few reads as the client likes; what they say is known.
        let _ = stream.read(&mut [0; 4096]).await;
        let start = [
            frame(SETTINGS, 0, 0, &[]),
            frame(HEADERS, 0, 1, &[STATUS_200]),
        ]
        .concat();
        let mut open = stream.write_all(&start).await.is_ok();
        let block = field("x-field", "value").repeat(600);
        let times = match self {
            Self::Endless => usize::MAX,
            Self::Fields => 16,
        };
        for _ in 0..times {
            let sent = stream.write_all(&frame(CONTINUATION, 0, 1, &block)).await;
            open = open && sent.is_ok();
            if !open {
                return;
            }
        }
        let end = frame(CONTINUATION, END_HEADERS, 1, &field("x-last", "value"));
        let _ = stream.write_all(&end).await;
        let _ = stream.flush().await;
        let _ = stream.read(&mut [0; 64]).await;
    }
}
