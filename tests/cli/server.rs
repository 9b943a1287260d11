//! Live runs against a server on loopback.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use super::place::Place;

/// Serves `/spring` and says 404 to all else; `/slow` is never answered. Gives the origin.
pub(crate) fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            thread::spawn(move || answer(stream));
        }
    });
    origin
}

fn answer(mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let request = lines
        .next()
        .unwrap_or_else(|| Ok(String::new()))
        .unwrap_or_default();
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    for line in lines.by_ref() {
        if line.unwrap_or_default().is_empty() {
            break;
        }
    }
    let body = "<title>A river in spring</title><h1>A river in spring</h1>";
    let status = match path.as_str() {
        "/spring" => "200 OK",
        "/slow" => {
            // Until the other side hangs up.
            let _ = lines.next();
            return;
        }
        _ => "404 Not Found",
    };
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\
         \r\n\r\n{body}",
        body.len()
    );
}

fn place(paths: &[&str]) -> Place {
    let origin = serve();
    let place = Place::new();
    let lines: Vec<String> = paths
        .iter()
        .enumerate()
        .map(|(at, path)| {
            format!(
                "{}. ^ \"A river in spring\". The Post. 3 May 2019. {origin}{path}\n",
                at + 1
            )
        })
        .collect();
    place.write("list.txt", lines.concat());
    place
}

const LIVE: [&str; 6] = [
    "check",
    "list.txt",
    "--allow-private",
    "--interval",
    "0ms",
    "--format",
];

pub(crate) fn verdicts(json: &str) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_str(json).unwrap();
    let references = report
        .pointer("/articles/0/references")
        .unwrap()
        .as_array()
        .unwrap();
    let verdict = |reference: &serde_json::Value| {
        reference
            .pointer("/link/verdict")
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    references.iter().map(verdict).collect()
}

#[test]
fn a_live_run_can_be_recorded_and_replayed() {
    let place = place(&["/spring", "/gone"]);
    let args = [&LIVE[..], &["json", "--record", "run.warc.gz"]].concat();
    let (status, live, error) = place.run(&args);
    assert_eq!((status, error.as_str()), (1, ""), "{live}");
    assert_eq!(verdicts(&live), ["alive", "gone"]);
    let args = [
        "check",
        "list.txt",
        "--replay",
        "run.warc.gz",
        "--format",
        "json",
    ];
    let (status, replayed, _) = place.run(&[&args[..], &["--allow-private"]].concat());
    assert_eq!(status, 1);
    assert_eq!(verdicts(&replayed), ["alive", "gone"]);
}

#[test]
fn private_addresses_are_not_asked_unless_allowed() {
    let place = place(&["/spring"]);
    let (_, out, _) = place.run(&["check", "list.txt", "--format", "json"]);
    assert_eq!(verdicts(&out), ["private-address"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_reports_what_is_done_as_partial() {
    signalled("-INT");
}

/// What `timeout`, containers and cancelled jobs send.
#[cfg(unix)]
#[test]
fn sigterm_reports_what_is_done_as_partial() {
    signalled("-TERM");
}

#[cfg(unix)]
fn signalled(signal: &str) {
    let place = place(&["/spring", "/slow"]);
    let mut command = place.command();
    command
        .args(LIVE)
        .args(["json", "--output", "todo=todo.md", "-v"]);
    command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    let pid = child.id().to_string();
    // The log says when the first link is done and the second is asked; which is the earlier of
    // the two is not said, for a host may be asked two at once.
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut awaited = vec!["done with", "asking"];
    let asked = log.by_ref().map(Result::unwrap).any(|line| {
        awaited.retain(|news| {
            let of = if *news == "asking" {
                "/slow"
            } else {
                "/spring"
            };
            !(line.contains(news) && line.contains(of))
        });
        awaited.is_empty()
    });
    assert!(asked, "the log never told of {awaited:?}");
    std::process::Command::new("kill")
        .args([signal, &pid])
        .status()
        .unwrap();
    let rest: Vec<String> = log.map(Result::unwrap).collect();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{rest:?}");
    assert!(
        rest.iter()
            .any(|line| line.starts_with("citecheck: interrupted")),
        "{rest:?}"
    );
    let out = String::from_utf8(output.stdout).unwrap();
    assert_eq!(verdicts(&out), ["alive", "skipped"]);
    assert!(out.contains("\"partial\": true"));
    assert!(place.read("todo.md").contains("**Partial:**"));
}
