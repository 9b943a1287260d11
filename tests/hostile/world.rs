//! Every server that the cases need.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use citecheck::fetch::{FetchOptions, Robots};

use super::case::Case;
use super::server::{self, Log, dns, tcp, tls};

/// The port that stands for any port of the inside of a network: who connects is counted here.
const PRIVATE: u16 = 0;

pub(crate) struct World {
    pub(crate) log: Arc<Log>,
    pub(crate) http: SocketAddr,
    pub(crate) dns: SocketAddr,

    private: SocketAddr,
    hole: SocketAddr,
    tls: tls::Ports,
    tcp: BTreeMap<String, u16>,
}

impl World {
    pub(crate) async fn start() -> Self {
        let log = Arc::new(Log::default());
        let http = server::start(&log).await;
        let dns = dns::start().await;
        let private = tcp::start_private(&log, "127.0.0.1:0").await.unwrap();
        // Where a name leads that changes its mind; and where one that prefers IPv6 gets stuck.
        let second = format!("127.0.0.2:{}", http.port());
        tcp::start_private(&log, &second).await;
        let six = format!("[::1]:{}", http.port()).parse().unwrap();
        tcp::start_black_hole(six);
        let any = "127.0.0.1:0".parse().unwrap();
        let hole = tcp::start_black_hole(any).unwrap();
        let (tls, tcp) = (tls::start(&log).await, tcp::start(&log).await);
        Self {
            log,
            http,
            dns,
            private,
            hole,
            tls,
            tcp,
        }
    }

    /// How many connected to what stands for the inside of a network.
    pub(crate) fn intrusions(&self) -> usize {
        self.log.accepted(PRIVATE)
    }

    /// The address with its placeholders filled.
    pub(crate) fn address(&self, ask: &str) -> String {
        let port = self.http.port();
        let mut text = ask
            .replace("{http}", &format!("http://hostile.example:{port}"))
            .replace("{start}", &format!("http://start.example:{port}"))
            .replace("{port}", &port.to_string())
            .replace("{private}", &self.private.port().to_string())
            .replace(
                "{hole}",
                &format!("http://hostile.example:{}", self.hole.port()),
            )
            .replace("{letters}", &"a".repeat(100_000));
        for (kind, scheme, host, ports) in [
            ("tls", "https", tls::HOST, &self.tls.by_name),
            ("tcp", "http", "hostile.example", &self.tcp),
        ] {
            for (name, port) in ports {
                text = text.replace(
                    &format!("{{{kind}:{name}}}"),
                    &format!("{scheme}://{host}:{port}"),
                );
            }
        }
        assert!(!text.contains('{'), "a placeholder is left: {text}");
        text
    }

    /// Whether the address is asked with the guards on but for the first host.
    pub(crate) fn is_guarded(case: &Case) -> bool {
        case.ask.starts_with("{start}")
    }

    /// How a case is to be asked: `quick` has short time limits, `strict` keeps the address rules,
    /// `large` takes the usual limits for bodies.
    pub(crate) fn options(&self, case: &Case) -> FetchOptions {
        let defaults = FetchOptions::default();
        let is = |name: &str| case.setting(name).is_some();
        let (connect, first, all) = if is("quick") {
            (800, 600, 1500)
        } else {
            (10_000, 15_000, 20_000)
        };
        let robots = match case.setting("robots") {
            Some("obey") => Robots::Obey,
            Some("default") => defaults.robots,
            _ => Robots::Ignore,
        };
        let number = |name: &str| case.setting(name).and_then(|value| value.parse().ok());
        FetchOptions {
            allow_private: !is("strict"),
            connect_timeout: Duration::from_millis(connect),
            first_byte_timeout: Duration::from_millis(first),
            timeout: Duration::from_millis(all),
            patience: Duration::from_millis(2 * all),
            body_limit_bytes: if is("large") {
                defaults.body_limit_bytes
            } else {
                1 << 20
            },
            retries: number("retries").unwrap_or(1),
            backoff: Duration::ZERO,
            interval: Duration::ZERO,
            max_interval: Duration::from_secs(1),
            retry_after_limit: Duration::from_secs(1),
            robots,
            dns_servers: vec![self.dns],
            extra_roots: vec![self.tls.root.clone()],
            resolve: resolve(&self.address(&case.ask)),
            ..defaults
        }
    }
}

/// Names and where they lead. Whatever else ends in `.example` is on loopback.
const PLACES: &[(&str, &[&str])] = &[
    ("gone.example", &[]),
    ("inside.example", &["10.0.0.5"]),
    ("inside-loopback.example", &["127.0.0.1"]),
    ("mixed.example", &["203.0.113.7", "10.0.0.5"]),
    ("prefers-ipv6.example", &["::1", "127.0.0.1"]),
    ("p0.example", &["0.0.0.0"]),
    ("p1.example", &["100.64.0.1"]),
    ("p2.example", &["192.0.2.1"]),
    ("p3.example", &["198.18.0.1"]),
    ("p4.example", &["224.0.0.1"]),
    ("p5.example", &["240.0.0.1"]),
    ("p6.example", &["255.255.255.255"]),
    ("p7.example", &["fc00::1"]),
    ("p8.example", &["fe80::1"]),
    ("p9.example", &["ff02::1"]),
    ("p10.example", &["::ffff:10.0.0.1"]),
    ("p11.example", &["64:ff9b::a00:1"]),
];

/// Hosts of the real web whose names matter, on loopback here.
const REAL: &[&str] = &[
    "hostile.example",
    "start.example",
    "bought.example",
    "consent.youtube.com",
    "guce.yahoo.com",
    "accounts.google.com",
    tls::HOST,
];

fn resolve(address: &str) -> BTreeMap<String, Vec<IpAddr>> {
    let here = vec![IpAddr::V4(Ipv4Addr::LOCALHOST)];
    let mut places: BTreeMap<String, Vec<IpAddr>> = REAL
        .iter()
        .map(|name| ((*name).to_owned(), here.clone()))
        .collect();
    let asked = url::Url::parse(address).ok();
    let host = asked
        .as_ref()
        .and_then(url::Url::host_str)
        .unwrap_or_default();
    if !host.is_empty() && !is_below(host, "test") {
        places.insert(host.trim_end_matches('.').to_owned(), here);
    }
    for (name, addresses) in PLACES {
        let addresses = addresses
            .iter()
            .map(|address| address.parse().unwrap())
            .collect();
        places.insert((*name).to_owned(), addresses);
    }
    places
}

fn is_below(host: &str, top: &str) -> bool {
    host.rsplit('.').next() == Some(top)
}
