//! What is recorded replays as the same outcome.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use citecheck::fetch::{
    Ask, FetchOptions, Fetcher, HostOptions, LiveTransport, Recorder, RecordingTransport,
    ReplayTransport, Validators,
};
use citecheck::model::{FailureKind, FetchOutcome, FetchResult, SkipReason};
use jiff::Timestamp;
use url::Url;

use super::support::{Reply, Server, answer, page, redirect};
use super::{failure, options, response};

fn started() -> Timestamp {
    "2026-01-02T03:04:05Z".parse().unwrap()
}

fn replayed(path: &Path) -> Fetcher<ReplayTransport> {
    Fetcher::new(
        ReplayTransport::open(path).unwrap(),
        FetchOptions::default(),
    )
}

async fn record(path: &Path, options: FetchOptions, urls: &[Url]) -> Vec<FetchOutcome> {
    let recorder = Recorder::create(path, started()).unwrap();
    let live = LiveTransport::new(&options).unwrap();
    let fetcher = Fetcher::new(RecordingTransport::new(live, recorder.clone()), options);
    let mut outcomes = Vec::new();
    for url in urls {
        outcomes.push(fetcher.fetch(url).await);
    }
    assert!(!path.exists(), "nothing is there before it is whole");
    recorder.finish().unwrap();
    outcomes
}

async fn server() -> Server {
    Server::start(|request| match request.path.as_str() {
        "/page" => Reply::Raw(answer(
            200,
            "X-A: caf\u{e9}\nX-A: b",
            "<p>Текст 本文 نص</p>",
        )),
        "/chunks" => Reply::Raw(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n".to_vec(),
        ),
        "/lie" => Reply::Raw(answer(200, "Content-Encoding: gzip", "<p>plain")),
        "/half" => Reply::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf".to_vec()),
        "/1" => redirect(301, "/2#frag"),
        "/2" => redirect(302, "/landed"),
        "/circle" => redirect(302, "/circle"),
        "/nowhere" => redirect(302, "mailto:a@b.example"),
        "/404" => Reply::Raw(answer(404, "", "not here")),
        "/flaky" if request.before == 0 => Reply::Raw(answer(503, "", "")),
        "/busy" => Reply::Raw(answer(503, "", "busy")),
        "/reset" => Reply::Reset(Vec::new()),
        "/hang" => Reply::Hang,
        "/large" => page(vec![b'x'; 200_000]),
        "/ssh" => Reply::Raw(b"SSH-2.0-x\r\n".to_vec()),
        _ => page("fine"),
    })
    .await
}

#[tokio::test]
async fn a_replay_gives_the_outcomes_of_the_live_run() {
    let server = server().await;
    let mut urls: Vec<Url> = [
        "/page", "/chunks", "/lie", "/half", "/1", "/circle", "/nowhere", "/404", "/flaky",
        "/busy", "/reset", "/hang", "/large", "/ssh",
    ]
    .iter()
    .map(|path| server.url(path))
    .collect();
    for url in [
        "http://gone.invalid/",
        "http://10.0.0.5:22/",
        "ftp://a.example/",
    ] {
        urls.push(Url::parse(url).unwrap());
    }
    let options = FetchOptions {
        timeout: Duration::from_millis(250),
        body_limit_bytes: 100_000,
        resolve: BTreeMap::new(),
        ..options()
    };
    let folder = tempfile::tempdir().unwrap();
    for name in ["run.warc.gz", "run.warc"] {
        let path = folder.path().join(name);
        let live = record(&path, options.clone(), &urls).await;
        let replay = ReplayTransport::open(&path).unwrap();
        let latest = replay.latest_date().unwrap();
        let fetcher = Fetcher::new(replay, options.clone());
        for outcome in &live {
            let mut again = fetcher.fetch(&outcome.requested).await;
            assert!(again.fetched_at <= latest);
            if again.attempts == 0 {
                again.fetched_at = outcome.fetched_at; // never asked: no date of its own
            }
            assert_eq!(again, *outcome, "{}", outcome.requested);
        }
        assert_eq!(
            live.iter().filter(|outcome| outcome.attempts == 3).count(),
            4
        );
    }
}

#[tokio::test]
async fn what_depends_on_cookies_or_on_who_asks_replays_too() {
    let server = Server::start(|request| {
        let browser = request.head.contains("sec-fetch-mode");
        match request.path.as_str() {
            "/cookie" if request.head.contains("cookie: seen=1") => page("known"),
            "/cookie" => Reply::Raw(answer(302, "Location: /cookie\nSet-Cookie: seen=1", "")),
            "/wall" if browser => page("a reader"),
            "/wall" => Reply::Raw(answer(403, "", "a robot")),
            "/on" => Reply::Raw(answer(200, "Refresh: 0; url=/landed", "")),
            _ => page("x".repeat(2000)),
        }
    })
    .await;
    let options = FetchOptions {
        browser_retry: true,
        ..options()
    };
    let urls: Vec<Url> = ["/cookie", "/wall", "/on", "/same/1", "/same/2"]
        .iter()
        .map(|path| server.url(path))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.warc");
    let live = record(&path, options.clone(), &urls).await;
    let replay = ReplayTransport::open(&path).unwrap();
    let fetcher = Fetcher::new(replay, options);
    for outcome in &live {
        assert_eq!(fetcher.fetch(&outcome.requested).await, *outcome);
    }
    let outcome = replayed(&path).fetch(&server.url("/wall")).await;
    assert_eq!((response(&outcome).status, outcome.attempts), (403, 1));
    let text = String::from_utf8(std::fs::read(&path).unwrap()).unwrap();
    assert!(text.contains("cookie: [redacted]") && text.contains("sec-fetch-mode: navigate"));
    assert_eq!(
        text.matches("WARC-Type: revisit").count(),
        2,
        "of the same body thrice"
    );
    assert_eq!(text.matches(&"x".repeat(2000)).count(), 1);
}

#[tokio::test]
async fn what_was_sent_is_recorded_without_its_secrets() {
    let server = Server::start(|request| {
        let known = request.head.contains("if-none-match");
        Reply::Raw(answer(if known { 304 } else { 200 }, "ETag: W/\"1\"", ""))
    })
    .await;
    let mut options = options();
    options.hosts.push(HostOptions {
        pattern: "127.0.0.1".to_owned(),
        headers: vec![
            ("authorization".to_owned(), "Bearer hidden".to_owned()),
            ("x-api-key".to_owned(), "hidden".to_owned()),
            ("x-visitor".to_owned(), "hidden".to_owned()),
        ],
        ..HostOptions::default()
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.warc");
    let recorder = Recorder::create(&path, started()).unwrap();
    let live = LiveTransport::new(&options).unwrap();
    let fetcher = Fetcher::new(RecordingTransport::new(live, recorder.clone()), options);
    let ask = Ask {
        url: server.url("/"),
        validators: Some(Validators {
            etag: Some("W/\"1\"".to_owned()),
            last_modified: None,
        }),
    };
    let outcome = fetcher.ask_again(&ask).await;
    assert_eq!(response(&outcome).status, 304);
    recorder.finish().unwrap();
    assert!(server.requests().remove(0).head.contains("Bearer hidden"));
    let text = String::from_utf8(std::fs::read(&path).unwrap()).unwrap();
    assert!(!text.contains("hidden"), "{text}");
    assert!(text.contains("x-visitor: [redacted]") && text.contains("if-none-match: W/\"1\""));
    assert!(text.contains("WARC-Type: revisit") && text.contains("/server-not-modified"));
    assert_eq!(replayed(&path).ask_again(&ask).await.result, outcome.result);
}

#[tokio::test]
async fn what_was_not_recorded_is_skipped() {
    let server = server().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.warc.gz");
    record(&path, options(), &[server.url("/page"), server.url("/2")]).await;
    let fetcher = replayed(&path);
    let outcome = fetcher.fetch(&server.url("/other")).await;
    assert_eq!(
        outcome.result,
        FetchResult::Skipped(SkipReason::NotRecorded)
    );
    assert_eq!(outcome.attempts, 0);
    let outcome = fetcher.fetch(&server.url("/page?x")).await;
    assert_eq!(
        outcome.result,
        FetchResult::Skipped(SkipReason::NotRecorded)
    );
    assert_eq!(
        response(&fetcher.fetch(&server.url("/page#part")).await).status,
        200
    );
}

#[tokio::test]
async fn a_recording_that_is_not_finished_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.warc.gz");
    drop(Recorder::create(&path, started()).unwrap());
    assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    let recorder = Recorder::create(&path, started()).unwrap();
    recorder.finish().unwrap();
    assert!(recorder.finish().is_err());
    let names: Vec<_> = folder
        .path()
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap())
        .collect();
    assert_eq!(names.len(), 1);
    let replay = ReplayTransport::open(&path).unwrap();
    assert_eq!((replay.len(), replay.latest_date()), (0, None));
}

#[test]
fn a_place_that_cannot_be_written_to_is_an_error() {
    let error = Recorder::create(Path::new("no/such/folder/run.warc.gz"), started()).unwrap_err();
    assert!(
        error.to_string().contains("no/such/folder/run.warc.gz"),
        "{error}"
    );
}

#[tokio::test]
async fn address_rules_do_not_apply_to_what_was_recorded() {
    let server = server().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.warc.gz");
    record(&path, options(), &[server.url("/page")]).await;
    // `allow_private` is off in the default options.
    assert_eq!(
        response(&replayed(&path).fetch(&server.url("/page")).await).status,
        200
    );
    let outcome = replayed(&path)
        .fetch(&Url::parse("file:///etc/passwd").unwrap())
        .await;
    assert_eq!(failure(&outcome).0, FailureKind::UnsupportedScheme);
}
