//! One URL against servers good and bad.

use std::time::{Duration, Instant};

use citecheck::fetch::{FetchOptions, LiveTransport, request_url};
use citecheck::model::{FailureKind, Truncation};

use super::support::{Reply, Server, answer, page, redirect};
use super::{failure, fetch, fetcher, hops, options, response};

#[tokio::test]
async fn a_page_comes_with_status_headers_and_body() {
    let server = Server::start(|_| {
        let head = "Content-Type: text/html; charset=utf-8\nX-Name: caf\u{e9}\nX-Name: two";
        Reply::Raw(answer(200, head, "<title>Стаття</title>"))
    })
    .await;
    let url = server.url("/a?b=c&d");
    let outcome = fetch(&url).await;
    let page = response(&outcome);
    assert_eq!(page.status, 200);
    assert_eq!(String::from_utf8_lossy(&page.body), "<title>Стаття</title>");
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert_eq!(page.header("x-name"), Some("caf\u{c3}\u{a9}"));
    assert_eq!(page.truncated, None);
    assert_eq!((&outcome.requested, &outcome.landed), (&url, &url));
    assert_eq!((outcome.attempts, outcome.hops.len()), (1, 0));
    let asked = server.requests().remove(0);
    assert_eq!(asked.path, "/a?b=c&d");
    assert!(
        asked.head.contains("user-agent: citecheck/"),
        "{}",
        asked.head
    );
    assert!(
        asked
            .head
            .contains("accept-encoding: gzip, deflate, br, zstd"),
        "{}",
        asked.head
    );
    assert!(
        !asked.head.to_ascii_lowercase().contains("cookie"),
        "{}",
        asked.head
    );
}

#[tokio::test]
async fn credentials_and_fragment_are_neither_sent_nor_reported() {
    let server = Server::start(|_| page("x")).await;
    let mut url = server.url("/a#part");
    url.set_username("me").unwrap();
    url.set_password(Some("secret")).unwrap();
    let outcome = fetch(&url).await;
    assert_eq!(outcome.requested, server.url("/a"));
    assert_eq!(outcome.landed, request_url(&url));
    let head = server.requests().remove(0).head;
    assert!(
        !head.contains("authorization") && !head.contains("part"),
        "{head}"
    );
}

#[tokio::test]
async fn any_status_is_an_answer() {
    let server = Server::start(|request| {
        let status = request.path.trim_start_matches('/').parse().unwrap();
        Reply::Raw(answer(status, "", "body"))
    })
    .await;
    for status in [
        200, 203, 300, 305, 400, 401, 402, 403, 404, 405, 410, 451, 501, 999,
    ] {
        let outcome = fetch(&server.url(&format!("/{status}"))).await;
        assert_eq!(response(&outcome).status, status);
        assert_eq!(outcome.attempts, 1, "{status}");
    }
}

#[tokio::test]
async fn redirects_are_followed_hop_by_hop() {
    let server = Server::start(|request| match request.path.as_str() {
        "/1" => redirect(301, "2"),
        "/2" => redirect(308, "/3"),
        "/3" => redirect(
            302,
            "//127.0.0.1:PORT/4?x#y"
                .replace("PORT", port(&request.host))
                .as_str(),
        ),
        "/4?x" => redirect(303, "/5"),
        "/5" => redirect(307, "/6"),
        _ => page("landed"),
    })
    .await;
    let outcome = fetch(&server.url("/1")).await;
    let expect = [
        ("/1", 301),
        ("/2", 308),
        ("/3", 302),
        ("/4", 303),
        ("/5", 307),
    ];
    assert_eq!(hops(&outcome), expect);
    assert_eq!(outcome.landed, server.url("/6"));
    assert_eq!(outcome.requested, server.url("/1"));
    assert_eq!(response(&outcome).body, b"landed");
    let heads = server.requests();
    assert!(
        heads
            .iter()
            .all(|request| !request.head.contains("referer"))
    );
}

fn port(host: &str) -> &str {
    host.rsplit(':').next().unwrap()
}

#[tokio::test]
async fn circles_and_endless_redirects_end() {
    let server = Server::start(|request| match request.path.as_str() {
        "/self" => redirect(302, "/self"),
        "/a" => redirect(301, "/b"),
        "/b" => redirect(301, "/a"),
        path => redirect(302, &format!("{path}x")),
    })
    .await;
    for (path, followed) in [("/self", 1), ("/a", 2), ("/x", 20)] {
        let outcome = fetch(&server.url(path)).await;
        assert_eq!(failure(&outcome).0, FailureKind::TooManyRedirects, "{path}");
        assert_eq!(outcome.hops.len(), followed, "{path}");
    }
}

#[tokio::test]
async fn redirects_to_nowhere_are_failures_of_their_own() {
    let server = Server::start(|request| match request.path.as_str() {
        "/none" => Reply::Raw(answer(302, "", "")),
        "/file" => redirect(302, "file:///etc/passwd"),
        "/js" => redirect(302, "javascript:alert(1)"),
        "/data" => redirect(302, "data:text/html,x"),
        "/bad" => redirect(302, "http://a b/"),
        _ => redirect(302, "http://example.com:22/"),
    })
    .await;
    for path in ["/none", "/file", "/js", "/data", "/bad"] {
        let outcome = fetch(&server.url(path)).await;
        assert_eq!(failure(&outcome).0, FailureKind::BadRedirect, "{path}");
        assert_eq!(outcome.landed, server.url(path));
    }
    let outcome = fetch(&server.url("/port")).await;
    assert_eq!(failure(&outcome).0, FailureKind::UnsupportedScheme);
    assert_eq!(hops(&outcome), [("/port", 302)]);
}

#[tokio::test]
async fn ipv6_literals_are_fetched() {
    let server = Server::start_on("[::1]:0", None, |_| page("six")).await;
    assert_eq!(response(&fetch(&server.url("/")).await).body, b"six");
}

#[tokio::test]
async fn failures_that_pass_are_tried_again() {
    let server = Server::start(|request| match (request.path.as_str(), request.before) {
        ("/503", 0 | 1) => Reply::Raw(answer(503, "", "busy")),
        ("/429", 0) => Reply::Raw(answer(429, "Retry-After: 0", "")),
        ("/reset", 0) => Reply::Reset(Vec::new()),
        ("/body", 0) => Reply::Reset(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal".to_vec()),
        _ => page("back"),
    })
    .await;
    for (path, attempts) in [("/503", 3), ("/429", 2), ("/reset", 2), ("/body", 2)] {
        let outcome = fetch(&server.url(path)).await;
        assert_eq!(response(&outcome).body, b"back", "{path}");
        assert_eq!(outcome.attempts, attempts, "{path}");
    }
}

#[tokio::test]
async fn failures_that_stay_are_reported_after_three_tries() {
    let server = Server::start(|request| match request.path.as_str() {
        "/500" => Reply::Raw(answer(500, "", "")),
        "/long" => Reply::Raw(answer(429, "Retry-After: 3600", "")),
        _ => Reply::Reset(Vec::new()),
    })
    .await;
    let outcome = fetch(&server.url("/500")).await;
    assert_eq!((response(&outcome).status, outcome.attempts), (500, 3));
    let outcome = fetch(&server.url("/reset")).await;
    assert_eq!(
        (failure(&outcome).0, outcome.attempts),
        (FailureKind::Reset, 3)
    );
    let outcome = fetch(&server.url("/long")).await;
    assert_eq!((response(&outcome).status, outcome.attempts), (429, 1));
}

#[tokio::test]
async fn a_closed_port_refuses() {
    let server = Server::start(|_| page("")).await;
    // A port that was free a moment ago, on an address that nothing else here listens on.
    let mut url = server.url("/");
    url.set_ip_host("127.0.0.77".parse().unwrap()).unwrap();
    let outcome = fetch(&url).await;
    assert_eq!(
        failure(&outcome),
        (FailureKind::Connect, "connection refused")
    );
}

#[tokio::test]
async fn deadlines_hold_before_and_within_the_answer() {
    let server = Server::start(|request| match request.path.as_str() {
        "/hang" => Reply::Hang,
        "/head" => Reply::Stall(b"HTTP/1.1 200 OK\r\nContent-".to_vec()),
        _ => Reply::Stall(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nfirst words".to_vec()),
    })
    .await;
    let fetcher = fetcher(FetchOptions {
        timeout: Duration::from_millis(250),
        retries: 0,
        ..options()
    });
    for path in ["/hang", "/head"] {
        let outcome = fetcher.fetch(&server.url(path)).await;
        assert_eq!(failure(&outcome).0, FailureKind::Timeout, "{path}");
    }
    let outcome = fetcher.fetch(&server.url("/body")).await;
    let page = response(&outcome);
    assert_eq!(page.body, b"first words");
    assert_eq!(page.truncated, Some(Truncation::TimeLimit));
}

#[tokio::test]
async fn patience_ends_retries() {
    let server = Server::start(|_| Reply::Hang).await;
    let fetcher = fetcher(FetchOptions {
        timeout: Duration::from_millis(200),
        patience: Duration::from_millis(350),
        retries: 50,
        ..options()
    });
    let began = Instant::now();
    let outcome = fetcher.fetch(&server.url("/")).await;
    assert_eq!(
        (failure(&outcome).0, outcome.attempts),
        (FailureKind::Timeout, 2)
    );
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn an_endless_url_is_no_crash() {
    let server = Server::start(|_| Reply::Raw(answer(414, "", ""))).await;
    let outcome = fetch(&server.url(&format!("/{}", "a".repeat(100_000)))).await;
    assert_eq!(failure(&outcome).0, FailureKind::Protocol);
    let outcome = fetch(&server.url(&format!("/{}", "я".repeat(5_000)))).await;
    assert_eq!(response(&outcome).status, 414);
}

#[tokio::test]
async fn an_impossible_user_agent_is_an_error() {
    let options = FetchOptions {
        user_agent: "two\nlines".to_owned(),
        ..options()
    };
    assert!(LiveTransport::new(&options).is_err());
}
