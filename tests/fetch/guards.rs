//! Where citecheck does not go, and names that lead nowhere.

use std::net::IpAddr;

use citecheck::fetch::{Exchange, FetchOptions, Fetcher, LiveTransport, Request, Transport};
use citecheck::model::FailureKind;
use url::Url;

use super::support::{Server, page, redirect};
use super::{failure, fetch, fetcher, hops, options};

#[tokio::test]
async fn private_addresses_are_never_connected_to() {
    let server = Server::start(|_| page("secret")).await;
    let port = server.address.port();
    let guarded = || {
        let mut options = FetchOptions {
            allow_private: false,
            ..options()
        };
        options.resolve.insert(
            "inside.example".to_owned(),
            addresses(&["127.0.0.1", "::1"]),
        );
        fetcher(options)
    };
    for host in [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "017700000001",
        "0.0.0.0",
        "localhost",
        "inside.example",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
    ] {
        let url = Url::parse(&format!("http://{host}:{port}/")).unwrap();
        let outcome = guarded().fetch(&url).await;
        assert_eq!(failure(&outcome).0, FailureKind::PrivateAddress, "{host}");
        assert_eq!(outcome.attempts, 0, "{host}");
    }
    assert_eq!(server.accepted(), 0);
}

/// The redirecting server stands for a public one: only its own address is let through.
#[tokio::test]
async fn redirects_into_the_local_network_are_refused() {
    let secret = Server::start(|_| page("secret")).await;
    let port = secret.address.port();
    for target in ["localhost", "inside.invalid.local", "10.0.0.5"] {
        let server =
            Server::start(move |_| redirect(302, &format!("http://{target}:{port}/"))).await;
        let transport = Doorway {
            door: server.address.port(),
            open: LiveTransport::new(&options()).unwrap(),
            shut: LiveTransport::new(&FetchOptions::default()).unwrap(),
        };
        let fetcher = Fetcher::new(transport, options());
        let outcome = fetcher.fetch(&server.url("/")).await;
        assert_eq!(failure(&outcome).0, FailureKind::PrivateAddress, "{target}");
        assert_eq!(hops(&outcome), [("/", 302)]);
        assert_eq!(outcome.landed.host_str(), Some(target));
    }
    assert_eq!(secret.accepted(), 0);
}

/// Asks one port without the address rules and everything else under them.
struct Doorway {
    door: u16,
    open: LiveTransport,
    shut: LiveTransport,
}

impl Transport for Doorway {
    async fn exchange(&self, request: &Request) -> Exchange {
        if request.url.port() == Some(self.door) {
            self.open.exchange(request).await
        } else {
            self.shut.exchange(request).await
        }
    }

    fn is_live(&self) -> bool {
        true
    }

    fn now(&self) -> jiff::Timestamp {
        self.shut.now()
    }

    fn request_headers(&self, request: &Request) -> Vec<(String, String)> {
        self.shut.request_headers(request)
    }

    async fn network_is_down(&self) -> bool {
        false
    }
}

fn addresses(list: &[&str]) -> Vec<IpAddr> {
    list.iter()
        .map(|address| address.parse().unwrap())
        .collect()
}

#[tokio::test]
async fn what_is_no_web_address_is_not_asked() {
    for url in [
        "ftp://a.example/",
        "mailto:a@b.example",
        "javascript:1",
        "http://a.example:25/",
    ] {
        let outcome = fetch(&Url::parse(url).unwrap()).await;
        assert_eq!(failure(&outcome).0, FailureKind::UnsupportedScheme, "{url}");
        assert_eq!(outcome.attempts, 0);
    }
}

#[tokio::test]
async fn names_that_do_not_exist_are_told_from_lookups_that_fail() {
    let mut options = options();
    options
        .resolve
        .insert("gone.example".to_owned(), Vec::new());
    let fetcher = fetcher(options);
    for host in ["gone.example", "never.invalid", "invalid"] {
        let url = Url::parse(&format!("http://{host}/")).unwrap();
        let outcome = fetcher.fetch(&url).await;
        assert_eq!(failure(&outcome).0, FailureKind::Dns, "{host}");
        assert_eq!(outcome.attempts, 1);
    }
}

#[tokio::test]
async fn a_network_without_its_control_names_is_down() {
    let mut options = options();
    options.control_names = vec!["one.example".to_owned(), "two.example".to_owned()];
    options.resolve.insert("one.example".to_owned(), Vec::new());
    options.resolve.insert("two.example".to_owned(), Vec::new());
    assert!(fetcher(options.clone()).network_is_down().await);
    options
        .resolve
        .insert("two.example".to_owned(), addresses(&["192.0.2.1"]));
    assert!(!fetcher(options).network_is_down().await);
}
