//! Deadlines, speeds and sizes, on a clock that jumps from one timer to the next.

use std::time::Duration;

use citecheck::fetch::{FetchOptions, Robots};
use citecheck::model::{FailureKind, FetchResult, SkipReason, Truncation};
use tokio::time::Instant;

use super::support::{Reply, Server, answer, page};
use super::{failure, fetcher, options, response};

const SECOND: Duration = Duration::from_secs(1);

/// The defaults, but no second try.
fn once() -> FetchOptions {
    FetchOptions {
        retries: 0,
        ..options()
    }
}

#[tokio::test(start_paused = true)]
async fn a_header_in_drips_has_no_more_time_than_none() {
    let head = b"HTTP/1.1 200 OK\r\nX-Slow: ".to_vec();
    let server = Server::start(move |request| match request.path.as_str() {
        "/hang" => Reply::Hang,
        "/early" => Reply::Drip(
            Vec::new(),
            b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec(),
            SECOND,
        ),
        _ => Reply::Drip(head.clone(), b"y".to_vec(), SECOND),
    })
    .await;
    for path in ["/hang", "/drip", "/early"] {
        let began = Instant::now();
        let outcome = fetcher(once()).fetch(&server.url(path)).await;
        let (kind, detail) = failure(&outcome);
        assert_eq!(
            (kind, detail),
            (FailureKind::Timeout, "no answer within 30 s")
        );
        assert_eq!(began.elapsed().as_secs(), 30, "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_in_drips_is_cut_and_kept() {
    let head = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    let server = Server::start(move |request| match request.path.as_str() {
        "/slow" => Reply::Drip(head.clone(), b"x".to_vec(), SECOND),
        "/stops" => Reply::Stall([head.clone(), vec![b'x'; 640]].concat()),
        _ => Reply::Drip(head.clone(), vec![b'x'; 40], SECOND),
    })
    .await;
    // 32 bytes a second after 10 s: the first is too slow then, the second has sent enough for
    // 20 s, and the third is fast enough for all of the minute.
    for (path, seconds, bytes) in [
        ("/slow", 10, 9..=11),
        ("/stops", 20, 640..=640),
        ("/enough", 60, 2360..=2440),
    ] {
        let began = Instant::now();
        let outcome = fetcher(once()).fetch(&server.url(path)).await;
        let page = response(&outcome);
        assert_eq!(page.truncated, Some(Truncation::TimeLimit), "{path}");
        assert!(
            bytes.contains(&page.body.len()),
            "{path} {}",
            page.body.len()
        );
        assert_eq!(began.elapsed().as_secs(), seconds, "{path}");
    }
}

#[tokio::test(start_paused = true)]
async fn some_hosts_have_a_time_limit_of_their_own() {
    let server = Server::start(|_| Reply::Hang).await;
    let began = Instant::now();
    let mut options = once();
    options.hosts.push(citecheck::fetch::HostOptions {
        pattern: "127.0.0.1".to_owned(),
        timeout: Some(3 * SECOND),
        ..Default::default()
    });
    let outcome = fetcher(options).fetch(&server.url("/")).await;
    assert_eq!(failure(&outcome).0, FailureKind::Timeout);
    assert_eq!(began.elapsed().as_secs(), 3);
}

#[tokio::test]
async fn chunks_count_for_what_they_cost_on_the_wire() {
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let server = Server::start(move |request| {
        let chunks = if request.path == "/tiny" {
            b"1\r\nx\r\n".repeat(1000)
        } else {
            format!("1;{}\r\nx\r\n", "e".repeat(8 << 10)).into_bytes()
        };
        Reply::Endless(head.clone(), chunks)
    })
    .await;
    let fetcher = fetcher(FetchOptions {
        body_limit_bytes: 1 << 20,
        ..options()
    });
    for path in ["/tiny", "/extended"] {
        let outcome = fetcher.fetch(&server.url(path)).await;
        let page = response(&outcome);
        assert_eq!(page.truncated, Some(Truncation::SizeLimit), "{path}");
        assert!(page.body.len() < 400_000, "{path} {}", page.body.len());
        assert_eq!(outcome.attempts, 1, "{path}");
    }
}

#[tokio::test]
async fn robots_txt_is_read_where_bodies_are_not_kept() {
    let server = Server::start(|request| match request.path.as_str() {
        "/robots.txt" => page("User-agent: *\nDisallow: /private"),
        _ => page("page"),
    })
    .await;
    let fetcher = fetcher(FetchOptions {
        keep_bodies: false,
        robots: Robots::Obey,
        ..once()
    });
    let outcome = fetcher.fetch(&server.url("/private")).await;
    let skipped = FetchResult::Skipped(SkipReason::Robots);
    assert_eq!(outcome.result, skipped);
    let outcome = fetcher.fetch(&server.url("/public")).await;
    let page = response(&outcome);
    assert_eq!((page.status, page.body.len()), (200, 0));
}

#[tokio::test]
async fn bodies_that_are_not_kept_are_read_to_their_end() {
    let server = Server::start(|request| match request.path.as_str() {
        "/half" => Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf".to_vec()),
        "/404" => Reply::Raw(answer(404, "", "not here")),
        _ => page(vec![b'x'; 3 << 20]),
    })
    .await;
    let fetcher = fetcher(FetchOptions {
        keep_bodies: false,
        body_limit_bytes: 1 << 20,
        ..once()
    });
    for (path, status, truncated) in [
        ("/large", 200, Some(Truncation::SizeLimit)),
        ("/half", 200, Some(Truncation::Disconnect)),
        ("/404", 404, None),
    ] {
        let outcome = fetcher.fetch(&server.url(path)).await;
        let page = response(&outcome);
        assert_eq!((page.status, page.truncated), (status, truncated), "{path}");
        assert!(page.body.is_empty(), "{path}");
    }
}

/// All of the 200 large bodies arrive, though only a few have room at a time.
#[tokio::test]
async fn large_bodies_take_turns() {
    let server = Server::start(|_| page(vec![b'x'; 400_000])).await;
    let names: Vec<String> = (0..200).map(|n| format!("h{n}.example")).collect();
    let mut options = once();
    options.concurrency = names.len();
    for name in &names {
        options
            .resolve
            .insert(name.clone(), vec![server.address.ip()]);
    }
    let fetcher = fetcher(options);
    let urls: Vec<_> = names.iter().map(|name| server.url_on(name, "/")).collect();
    let fetches = urls.iter().map(|url| fetcher.fetch(url));
    for outcome in futures_util::future::join_all(fetches).await {
        let page = response(&outcome);
        assert_eq!((page.body.len(), page.truncated), (400_000, None));
    }
}
