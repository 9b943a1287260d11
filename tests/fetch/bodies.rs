//! Heads and bodies as servers really send them.

use std::io::Write;

use citecheck::fetch::FetchOptions;
use citecheck::model::{FailureKind, Truncation};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::support::{Reply, Server, answer, page};
use super::{failure, fetch, fetcher, options, response};

pub(super) fn gzipped(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn what_a_broken_connection_delivered_is_kept() {
    let server = Server::start(|request| match request.path.as_str() {
        "/fin" => Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf".to_vec()),
        _ => Reply::Raw(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n9\r\n".to_vec(),
        ),
    })
    .await;
    for path in ["/fin", "/chunks"] {
        let outcome = fetch(&server.url(path)).await;
        let page = response(&outcome);
        assert_eq!(page.body, b"half", "{path}");
        assert_eq!(page.truncated, Some(Truncation::Disconnect), "{path}");
        assert_eq!(outcome.attempts, 3);
    }
}

#[tokio::test]
async fn content_codings_are_removed() {
    let text = "<p>Пошук 検索 بحث</p>".repeat(50);
    let expect = text.clone().into_bytes();
    let server = Server::start(move |request| {
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        let (coding, body) = match request.path.as_str() {
            "/gzip" => ("gzip", gzipped(text.as_bytes())),
            "/zstd" => (
                "zstd",
                ruzstd::encoding::compress_to_vec(text.as_bytes(), level),
            ),
            "/lie" => ("gzip", text.clone().into_bytes()),
            _ => ("x-unknown", text.clone().into_bytes()),
        };
        Reply::Raw(answer(200, &format!("Content-Encoding: {coding}"), body))
    })
    .await;
    for path in ["/gzip", "/zstd", "/lie", "/unknown"] {
        let outcome = fetch(&server.url(path)).await;
        assert_eq!(response(&outcome).body, expect, "{path}");
        assert_eq!(response(&outcome).truncated, None, "{path}");
    }
}

#[tokio::test]
async fn bodies_stop_at_the_limit() {
    let bomb = gzipped(&vec![b' '; 64 << 20]);
    let server = Server::start(move |request| match request.path.as_str() {
        "/bomb" => Reply::Raw(answer(200, "Content-Encoding: gzip", &bomb)),
        "/endless" => Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'<'; 64 << 10]),
        "/film" => {
            let head = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n";
            Reply::Endless(head.to_vec(), vec![0; 64 << 10])
        }
        _ => page(vec![b'x'; 100_000]),
    })
    .await;
    let fetcher = fetcher(FetchOptions {
        body_limit_bytes: 1 << 20,
        ..options()
    });
    for (path, length) in [
        ("/bomb", 1 << 20),
        ("/endless", 1 << 20),
        ("/film", 256 << 10),
    ] {
        let outcome = fetcher.fetch(&server.url(path)).await;
        let page = response(&outcome);
        assert_eq!(
            (page.body.len(), page.truncated),
            (length, Some(Truncation::SizeLimit))
        );
    }
    let outcome = fetcher.fetch(&server.url("/whole")).await;
    assert_eq!(
        (response(&outcome).body.len(), response(&outcome).truncated),
        (100_000, None)
    );
}

#[tokio::test]
async fn odd_heads_are_read_or_refused_but_never_crash() {
    let server = Server::start(|request| {
        let many =
            |count: usize| (0..count).fold(String::new(), |all, n| format!("{all}X-{n}: y\n"));
        Reply::Raw(match request.path.as_str() {
            "/101" => answer(200, &many(101), "x"),
            "/bytes" => b"HTTP/1.1 200 OK\r\nX: \xff\x1b[2J\r\nContent-Length: 1\r\n\r\nx".to_vec(),
            "/fold" => b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 1\r\n\r\nx".to_vec(),
            "/space" => b"HTTP/1.1 200 OK\r\nX : a\r\nContent-Length: 1\r\n\r\nx".to_vec(),
            "/10000" => answer(200, &many(10_000), "x"),
            "/huge" => answer(200, &format!("X: {}", "y".repeat(1 << 20)), "x"),
            "/ssh" => b"SSH-2.0-OpenSSH_9.6\r\n".to_vec(),
            "/http09" => b"<html>old</html>".to_vec(),
            "/icy" => b"ICY 200 OK\r\n\r\n".to_vec(),
            "/minus" => b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nxy".to_vec(),
            "/words" => b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nxy".to_vec(),
            "/20" => b"HTTP/1.1 20 OK\r\n\r\n".to_vec(),
            _ => b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy".to_vec(),
        })
    })
    .await;
    for path in ["/101", "/bytes", "/fold", "/space"] {
        assert_eq!(
            response(&fetch(&server.url(path)).await).body,
            b"x",
            "{path}"
        );
    }
    for (path, kind) in [
        ("/10000", FailureKind::TooManyHeaders),
        ("/huge", FailureKind::TooManyHeaders),
        ("/ssh", FailureKind::Protocol),
        ("/http09", FailureKind::Protocol),
        ("/icy", FailureKind::Protocol),
        ("/20", FailureKind::Protocol),
        ("/minus", FailureKind::Protocol),
        ("/words", FailureKind::Protocol),
        ("/lengths", FailureKind::Protocol),
    ] {
        let outcome = fetch(&server.url(path)).await;
        assert_eq!(failure(&outcome).0, kind, "{path}: {outcome:?}");
        assert_eq!(outcome.attempts, 1, "{path}");
    }
}
