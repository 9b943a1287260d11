//! Recordings of other makers, and broken ones.

use std::io::Write;
use std::path::PathBuf;

use citecheck::fetch::{FetchOptions, Fetcher, ReplayError, ReplayTransport};
use citecheck::model::{FailureKind, FetchOutcome, FetchResult, SkipReason, Truncation};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use tempfile::TempDir;
use url::Url;

use super::{failure, hops, response};

/// One record; `fields` one per line, without the length.
fn record(fields: &str, block: &str) -> Vec<u8> {
    let mut record = String::from("WARC/1.0\r\n");
    for field in fields.lines() {
        record.push_str(field.trim());
        record.push_str("\r\n");
    }
    let length = block.len();
    format!("{record}Content-Length: {length}\r\n\r\n{block}\r\n\r\n").into_bytes()
}

fn answer(url: &str, date: &str, block: &str) -> Vec<u8> {
    let fields = format!(
        "WARC-Type: response\nWARC-Target-URI: {url}\nWARC-Date: {date}\n\
         Content-Type: application/http; msgtype=response"
    );
    record(&fields, block)
}

fn ok(url: &str, body: &str) -> Vec<u8> {
    answer(
        url,
        "2025-01-01T00:00:00Z",
        &format!("HTTP/1.1 200 OK\r\n\r\n{body}"),
    )
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crawl.warc.gz");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

async fn fetch(bytes: &[u8], url: &str) -> FetchOutcome {
    let (_folder, path) = file(bytes);
    let replay = ReplayTransport::open(&path).unwrap();
    let fetcher = Fetcher::new(replay, FetchOptions::default());
    fetcher.fetch(&Url::parse(url).unwrap()).await
}

const A: &str = "http://a.example/";

#[tokio::test]
async fn plain_per_record_and_whole_file_compression_are_read() {
    let records = [
        record(
            "WARC-Type: warcinfo\nWARC-Date: 2030-01-01T00:00:00Z",
            "software: x\r\n",
        ),
        ok(A, "first"),
        ok("http://b.example/", &"second ".repeat(50_000)),
        ok("http://c.example/", "third"),
    ];
    let plain = records.concat();
    let members = records.iter().flat_map(|record| gzip(record)).collect();
    for bytes in [plain.clone(), members, gzip(&plain)] {
        assert_eq!(response(&fetch(&bytes, A).await).body, b"first");
        assert_eq!(
            response(&fetch(&bytes, "http://b.example/").await)
                .body
                .len(),
            350_000
        );
        assert_eq!(
            response(&fetch(&bytes, "http://c.example/").await).body,
            b"third"
        );
        let (_folder, path) = file(&bytes);
        let replay = ReplayTransport::open(&path).unwrap();
        assert_eq!(replay.len(), 3);
        let latest = replay.latest_date().unwrap().to_string();
        assert_eq!(
            latest, "2025-01-01T00:00:00Z",
            "of answers, not of the file"
        );
    }
}

#[tokio::test]
async fn field_names_may_have_any_case_and_targets_brackets() {
    let block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nlower";
    let text = format!(
        "WARC/1.0\r\nwarc-type: response\r\nwarc-target-uri: <{A}>\r\n\
         warc-date: 2025-01-01T00:00:00Z\r\ncontent-length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    );
    let bytes = [text.into_bytes(), ok("http://b.example/", "next")].concat();
    assert_eq!(response(&fetch(&bytes, A).await).body, b"lower");
    assert_eq!(
        response(&fetch(&bytes, "http://b.example/").await).body,
        b"next"
    );
}

#[tokio::test]
async fn the_last_answer_of_a_url_wins() {
    let bytes = [
        ok(A, "old"),
        answer(
            "HTTP://A.EXAMPLE:80/#x",
            "2025-03-01T00:00:00Z",
            "HTTP/1.1 404 Gone\r\n\r\nnew",
        ),
    ]
    .concat();
    let outcome = fetch(&bytes, A).await;
    assert_eq!((response(&outcome).status, outcome.attempts), (404, 1));
    assert_eq!(outcome.fetched_at.to_string(), "2025-03-01T00:00:00Z");
}

#[tokio::test]
async fn tries_that_failed_before_the_answer_are_counted() {
    let busy = || answer(A, "2025-01-01T00:00:00Z", "HTTP/1.1 503 Busy\r\n\r\n");
    let bytes = [busy(), busy(), ok(A, "at last")].concat();
    assert_eq!(fetch(&bytes, A).await.attempts, 3);
    let bytes = [ok(A, "good"), busy(), busy()].concat();
    let outcome = fetch(&bytes, A).await;
    assert_eq!((response(&outcome).status, outcome.attempts), (503, 2));
}

#[tokio::test]
async fn failures_are_read_from_metadata() {
    let failed = |kind: &str| {
        let fields = format!(
            "WARC-Type: metadata\nWARC-Target-URI: {A}\nWARC-Date: 2025-01-01T00:00:00Z\n\
             Content-Type: application/warc-fields"
        );
        let block = format!("citecheck-failure: {kind}\r\ncitecheck-detail: as it was: bad\r\n");
        record(&fields, &block)
    };
    for kind in FailureKind::ALL {
        let outcome = fetch(&failed(kind.as_str()), A).await;
        assert_eq!(failure(&outcome), (kind, "as it was: bad"));
    }
    assert_eq!(
        failure(&fetch(&failed("unheard-of"), A).await).0,
        FailureKind::Protocol
    );
}

#[tokio::test]
async fn other_records_are_passed_over() {
    let target = format!("WARC-Target-URI: {A}\nWARC-Date: 2025-06-01T00:00:00Z");
    let bytes = [
        ok(A, "kept"),
        record(
            &format!("WARC-Type: revisit\n{target}"),
            "HTTP/1.1 200 OK\r\n\r\n",
        ),
        record(
            &format!("WARC-Type: request\n{target}"),
            "GET / HTTP/1.1\r\n\r\n",
        ),
        record(
            &format!("WARC-Type: metadata\n{target}"),
            "outlink: http://b.example/\r\n",
        ),
        record(&format!("WARC-Type: novelty\n{target}"), ""),
        record(
            "WARC-Type: response\nWARC-Target-URI: dns:a.example\nWARC-Date: 2025-06-01T00:00:00Z",
            "x",
        ),
        record(
            "WARC-Type: response\nWARC-Target-URI: no url\nWARC-Date: 2025-06-01T00:00:00Z",
            "x",
        ),
        record(
            "WARC-Type: response\nWARC-Target-URI: http://b.example/\nWARC-Date: whenever",
            "x",
        ),
    ]
    .concat();
    assert_eq!(response(&fetch(&bytes, A).await).body, b"kept");
    let outcome = fetch(&bytes, "http://b.example/").await;
    assert_eq!(
        outcome.result,
        FetchResult::Skipped(SkipReason::NotRecorded)
    );
}

#[tokio::test]
async fn revisits_have_the_body_that_they_refer_to() {
    let original = |block: &str| {
        let fields = format!(
            "WARC-Type: response\nWARC-Target-URI: {A}\nWARC-Date: 2025-01-01T00:00:00Z\n\
             WARC-Record-ID: <urn:uuid:1>\nWARC-Payload-Digest: sha1:ABC"
        );
        record(&fields, block)
    };
    let revisit = |profile: &str, refers: &str, block: &str| {
        let fields = format!(
            "WARC-Type: revisit\nWARC-Target-URI: http://b.example/\n\
             WARC-Date: 2025-06-01T00:00:00Z\n\
             WARC-Profile: http://netpreserve.org/warc/1.0/revisit/{profile}\n{refers}"
        );
        record(&fields, block)
    };
    let ways = [
        "WARC-Refers-To: <urn:uuid:1>".to_owned(),
        format!("WARC-Refers-To-Target-URI: {A}\nWARC-Refers-To-Date: 2025-01-01T00:00:00Z"),
        "WARC-Payload-Digest: sha1:ABC".to_owned(),
    ];
    let page = "HTTP/1.1 200 OK\r\nX: one\r\n\r\nthe body";
    for refers in &ways {
        let head = "HTTP/1.1 404 Not Found\r\nX: two\r\n\r\n";
        let again = revisit("identical-payload-digest", refers, head);
        let outcome = fetch(&[original(page), again].concat(), "http://b.example/").await;
        let found = response(&outcome);
        assert_eq!((found.status, found.header("x")), (404, Some("two")));
        assert_eq!(found.body, b"the body", "{refers}");
        let head = "HTTP/1.1 304 Not Modified\r\n\r\n";
        let same = revisit("server-not-modified", refers, head);
        let outcome = fetch(&[original(page), same].concat(), "http://b.example/").await;
        let found = response(&outcome);
        assert_eq!(
            (found.status, found.body.as_slice()),
            (200, &b"the body"[..])
        );
        assert_eq!(outcome.fetched_at.to_string(), "2025-06-01T00:00:00Z");
    }
    let alone = revisit(
        "server-not-modified",
        "",
        "HTTP/1.1 304 Not Modified\r\n\r\n",
    );
    let outcome = fetch(&alone, "http://b.example/").await;
    assert_eq!(response(&outcome).status, 304);
}

#[tokio::test]
async fn bodies_of_other_crawlers_are_understood() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let bytes = answer(A, "2025-01-01T00:00:00Z", chunked);
    assert_eq!(response(&fetch(&bytes, A).await).body, b"abc");
    let decoded =
        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n<p>";
    let bytes = answer(A, "2025-01-01T00:00:00Z", decoded);
    assert_eq!(response(&fetch(&bytes, A).await).body, b"<p>");
    let fields = format!(
        "WARC-Type: response\nWARC-Target-URI: {A}\nWARC-Date: 2025-01-01T00:00:00Z\n\
         WARC-Truncated: length"
    );
    let outcome = fetch(&record(&fields, "HTTP/1.1 200 OK\r\n\r\ncut"), A).await;
    assert_eq!(response(&outcome).truncated, Some(Truncation::SizeLimit));
    let outcome = fetch(&answer(A, "2025-01-01T00:00:00Z", "SSH-2.0"), A).await;
    assert_eq!(failure(&outcome).0, FailureKind::Protocol);
}

#[tokio::test]
async fn redirects_replay_hop_by_hop() {
    let hop = "HTTP/1.1 301 Moved\r\nLocation: http://b.example/x\r\n\r\n";
    let first = answer(A, "2025-01-01T00:00:00Z", hop);
    let outcome = fetch(
        &[first.clone(), ok("http://b.example/x", "there")].concat(),
        A,
    )
    .await;
    assert_eq!(
        (hops(&outcome), response(&outcome).body.as_slice()),
        (vec![("/", 301)], &b"there"[..])
    );
    let outcome = fetch(&first, A).await;
    assert_eq!(
        outcome.result,
        FetchResult::Skipped(SkipReason::NotRecorded)
    );
    assert_eq!(outcome.landed.as_str(), "http://b.example/x");
}

fn broken(bytes: &[u8]) -> String {
    let (_folder, path) = file(bytes);
    let error = ReplayTransport::open(&path).unwrap_err();
    assert!(matches!(error, ReplayError::Broken { .. }), "{error:?}");
    assert!(error.to_string().contains("crawl.warc.gz"), "{error}");
    error.to_string()
}

#[test]
fn broken_recordings_name_the_place() {
    let whole = ok(A, "whole");
    let member = gzip(&whole);
    let cut = |bytes: &[u8], by: usize| bytes.get(..bytes.len() - by).unwrap().to_vec();
    for (bytes, place) in [
        (
            Vec::new(),
            "record 1, byte 0: it starts like neither WARC nor gzip",
        ),
        (
            b"<html>".to_vec(),
            "record 1, byte 0: it starts like neither WARC nor gzip",
        ),
        (gzip(b"<html>"), "record 1, byte 0"),
        (
            cut(&whole, 6),
            "record 1, byte 0: the file ends within a record",
        ),
        ([whole.clone(), cut(&whole, 6)].concat(), "record 2, byte"),
        (
            [whole.clone(), b"rubbish\r\n".to_vec()].concat(),
            "record 2, byte 0",
        ),
        (
            b"WARC/1.1\r\nWARC-Type: response\r\n\r\n".to_vec(),
            "record 1, byte 0: a record without",
        ),
        (
            [member.clone(), cut(&member, 40)].concat(),
            "record 2, byte",
        ),
        (
            [member.clone(), b"\x1f\x8b\x08rubbish rubbish".to_vec()].concat(),
            "record 2, byte 0",
        ),
    ] {
        let message = broken(&bytes);
        assert!(message.contains(place), "{message} / {place}");
    }
    let huge = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 99999999999999999\r\n\r\nx";
    assert!(broken(huge).contains("ends within"));
}

#[test]
fn a_missing_recording_is_an_error() {
    let error = ReplayTransport::open("no/such.warc.gz".as_ref()).unwrap_err();
    assert!(matches!(error, ReplayError::Io { .. }));
    assert!(error.to_string().contains("no/such.warc.gz"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn damaged_recordings_never_crash(at in 0_usize..600, byte: u8, compressed: bool) {
        let mut bytes = [ok(A, "one"), ok("http://b.example/", "two")].concat();
        if compressed {
            bytes = [gzip(&ok(A, "one")), gzip(&ok("http://b.example/", "two"))].concat();
        }
        let at = at % bytes.len();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        let (_folder, path) = file(&bytes);
        let _ = ReplayTransport::open(&path);
    }
}
