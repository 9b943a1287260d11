//! Runs that ask an archive, which is a server on loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use super::place::Place;

const PAGE: &str = "<title>A river in spring</title><h1>A river in spring</h1><p>The river rose by \
    two metres in the night, and the lower bridge was closed to carts.</p>";

type Log = Arc<Mutex<Vec<String>>>;

/// A site where `/gone` is gone, and an archive that has it; what was asked.
fn serve() -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let log = Log::default();
    let (own, seen) = (origin.clone(), Arc::clone(&log));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            let (own, seen) = (own.clone(), Arc::clone(&seen));
            thread::spawn(move || answer(stream, &own, &seen));
        }
    });
    (origin, log)
}

fn answer(mut stream: TcpStream, origin: &str, log: &Log) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut lines = reader.by_ref().lines();
    let request = lines.next().and_then(Result::ok).unwrap_or_default();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut length = 0;
    for line in lines.by_ref().map_while(Result::ok) {
        if let Some(bytes) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
            length = bytes.parse().unwrap();
        }
        if let Some(key) = line.to_ascii_lowercase().strip_prefix("authorization: ") {
            log.lock().unwrap().push(format!("key {key}"));
        }
        if line.is_empty() {
            break;
        }
    }
    // A form that is not read to its end is reset under the client.
    reader.read_exact(&mut vec![0; length]).unwrap();
    log.lock().unwrap().push(request);
    let (status, headers, body) = if path.starts_with("/cdx") && path.contains("gone") {
        let rows = format!(
            "[[\"timestamp\",\"original\",\"statuscode\"],[\"20190502000000\",\"{origin}/gone\",\
             \"200\"],[\"20190501000000\",\"{origin}/gone\",\"200\"]]"
        );
        (200, "Content-Type: application/json\r\n", rows)
    } else if path.starts_with("/cdx") {
        (200, "", "[]".to_owned())
    } else if path.starts_with("/web/20190502000000id_/") {
        let dated =
            "Content-Type: text/html\r\nMemento-Datetime: Thu, 02 May 2019 00:00:00 GMT\r\n";
        (
            200,
            dated,
            "<title>Page not found</title><h1>Page not found</h1>".to_owned(),
        )
    } else if path.starts_with("/web/20190501000000id_/") {
        let dated =
            "Content-Type: text/html\r\nMemento-Datetime: Wed, 01 May 2019 00:00:00 GMT\r\n";
        (200, dated, PAGE.to_owned())
    } else if path == "/save" {
        (
            200,
            "Content-Type: text/html\r\n",
            "<title>Save Page Now</title>".to_owned(),
        )
    } else if path == "/spring" {
        (200, "Content-Type: text/html\r\n", PAGE.to_owned())
    } else {
        (404, "", String::new())
    };
    let _ = write!(
        stream,
        "HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}

fn place() -> (Place, Log, String) {
    let (origin, log) = serve();
    let place = Place::new();
    place.write(
        "citecheck.toml",
        format!(
            "[fetch]\nallow-private = true\ninterval = \"0ms\"\n[archives]\navailability = \"\"\n\
             cdx = \"{origin}/cdx\"\nplayback = \"{origin}/web/\"\nsave = \"{origin}/save\"\n"
        ),
    );
    place.write(
        "a.wiki",
        format!(
            "A.<ref>{{{{cite web |url={origin}/gone |title=A river in spring |access-date=3 May \
             2019}}}}</ref>\nB.<ref>{{{{cite web |url={origin}/spring |title=A river in spring}}}}\
             </ref>\n"
        ),
    );
    (place, log, origin)
}

fn asked(log: &Log, what: &str) -> usize {
    let log = log.lock().unwrap();
    log.iter().filter(|line| line.contains(what)).count()
}

#[test]
fn a_copy_is_found_recorded_replayed_and_cited() {
    let (place, log, origin) = place();
    let args = ["check", "a.wiki", "--format", "json", "--now", "2026-11-22"];
    // A replay has no part in the history, so that what only that knows is left out here.
    let record = ["--record", "run.warc.gz", "--no-history"];
    let (status, live, error) = place.run(&[&args[..], &record].concat());
    assert_eq!((status, error.as_str()), (1, ""), "{live}");
    let report: serde_json::Value = serde_json::from_str(&live).unwrap();
    let copy = report
        .pointer("/articles/0/references/0/link/copies/0")
        .unwrap();
    let expect = format!("{origin}/web/20190501000000/{origin}/gone");
    assert_eq!(copy.get("url").unwrap(), &expect);
    assert_eq!(copy.get("vetted").unwrap(), true);
    let before = log.lock().unwrap().len();
    let (_, replayed, _) = place.run(&[&args[..], &["--replay", "run.warc.gz"]].concat());
    assert_eq!(log.lock().unwrap().len(), before, "a replay asks nobody");
    let again: serde_json::Value = serde_json::from_str(&replayed).unwrap();
    let findings = |report: &serde_json::Value| report.pointer("/articles/0/findings").cloned();
    assert_eq!(findings(&again), findings(&report));
    let (_, terminal, _) = place.run(&["check", "a.wiki", "--replay", "run.warc.gz"]);
    assert!(terminal.contains("archived copy"), "{terminal}");
    assert!(terminal.contains("2019-05-01"), "{terminal}");
    let fix = [
        "fix",
        "a.wiki",
        "--unsafe",
        "--rule",
        "dead-link",
        "--replay",
        "run.warc.gz",
    ];
    let (_, fixed, _) = place.run(&fix);
    let cited = format!("|access-date=3 May 2019 |archive-url={expect} |archive-date=1 May 2019");
    let flat = fixed.replace('\n', " ");
    assert!(
        flat.contains(&format!("{cited} |url-status=dead}}}}")),
        "{fixed}"
    );
}

#[test]
fn archives_are_asked_unless_told_otherwise() {
    let (place, log, _) = place();
    place.run(&["check", "a.wiki", "--no-archives"]);
    place.run(&["fix", "a.wiki", "--online", "--no-archives"]);
    place.run(&["check", "a.wiki", "--offline"]);
    assert_eq!((asked(&log, "/cdx"), asked(&log, "/web/")), (0, 0));
    place.run(&["fix", "a.wiki", "--online", "--diff"]);
    assert_eq!(asked(&log, "/cdx"), 1);
    let (_, printed, _) = place.run(&["check", "--print-config", "--no-archives"]);
    assert!(printed.contains("[archives]\nenabled = false"), "{printed}");
    assert_eq!(asked(&log, "/save"), 0);
}

#[test]
fn missing_pages_are_handed_in_with_a_key_only() {
    let (place, log, origin) = place();
    let mut command = place.command();
    command.env_remove("CITECHECK_ARCHIVE_KEY");
    let output = command
        .args(["check", "a.wiki", "--save-missing"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("CITECHECK_ARCHIVE_KEY"), "{error}");
    let mut command = place.command();
    command.env("CITECHECK_ARCHIVE_KEY", "access:secret");
    command.args(["check", "a.wiki", "--save-missing", "--record", "run.warc"]);
    let output = command.output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    let expect = format!(
        "citecheck: not saved now: {origin}/spring: the archive gave a page instead of an answer\n"
    );
    assert_eq!(error, expect);
    assert_eq!(
        (
            asked(&log, "POST /save"),
            asked(&log, "key low access:secret")
        ),
        (1, 1)
    );
    let recording = place.read("run.warc");
    assert!(!recording.contains("secret") && !recording.contains("/save"));
}
