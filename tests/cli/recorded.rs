//! Runs that replay a recording.

use std::fmt::Write as _;

use super::place::Place;

/// A list with addresses; the second page is gone, the third was not recorded.
const LIST: &str = "\
1. ^ \"A river in spring\". The Post. 3 May 2019. https://river.example/spring
2. ^ \"A river in autumn\". The Post. 4 May 2019. https://river.example/autumn
3. ^ \"A river in winter\". The Post. 5 May 2019. https://river.example/winter
";

/// An uncompressed WARC of responses: address, date, status line and body.
fn warc(responses: &[(&str, &str, &str, &str)]) -> String {
    let mut warc = String::new();
    for (at, (url, date, status, body)) in responses.iter().enumerate() {
        let block = format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        write!(
            warc,
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000000{at}-0000-4000-\
             8000-000000000000>\r\nWARC-Date: {date}\r\nWARC-Target-URI: {url}\r\nContent-Type: \
             application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
        .unwrap();
    }
    warc
}

fn place() -> Place {
    let place = Place::new();
    place.write("list.txt", LIST);
    place.write(
        "pages.warc",
        warc(&[
            (
                "https://river.example/spring",
                "2026-02-01T10:00:00Z",
                "200 OK",
                "<title>A river in spring</title><h1>A river in spring</h1>",
            ),
            (
                "https://river.example/autumn",
                "2026-02-02T10:00:00Z",
                "404 Not Found",
                "gone",
            ),
        ]),
    );
    place
}

#[test]
fn a_replay_takes_its_instant_from_the_recording() {
    let place = place();
    let args = [
        "check",
        "list.txt",
        "--replay",
        "pages.warc",
        "--format",
        "json",
    ];
    let (status, out, error) = place.run(&args);
    assert_eq!((status, error.as_str()), (1, ""), "{out}");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let at = |pointer: &str| report.pointer(pointer).unwrap().clone();
    assert_eq!(at("/run/started"), "2026-02-02T10:00:00Z");
    assert_eq!(at("/run/finished"), "2026-02-02T10:00:00Z");
    assert_eq!(at("/run/network"), "replay");
    let verdicts =
        [0, 1, 2].map(|number| at(&format!("/articles/0/references/{number}/link/verdict")));
    assert_eq!(verdicts, ["alive", "gone", "skipped"]);
    assert_eq!(place.run(&args).1, out, "not the same bytes twice");
    let (_, out, _) = place.run(&[&args[..], &["--now", "2027-01-01"]].concat());
    assert!(out.contains("\"started\": \"2027-01-01T00:00:00Z\""));
}

#[test]
fn an_article_is_read_from_the_recording_of_its_address() {
    let place = Place::new();
    let url = "https://en.wikipedia.org/w/index.php?title=River_bank&action=raw";
    let moved = "https://en.wikipedia.org/w/index.php?title=Bank&action=raw";
    let wikitext = "A river.<ref>{{cite web |title=A river |url=https://river.example/ \
                    |date=3 May 2019}}</ref>";
    let missing = "https://en.wikipedia.org/w/index.php?title=No_such&action=raw";
    let date = "2026-02-01T10:00:00Z";
    place.write(
        "wiki.warc",
        warc(&[
            (moved, date, "200 OK", "#REDIRECT [[River bank]]"),
            (url, date, "200 OK", wikitext),
            (missing, date, "404 Not Found", ""),
        ]),
    );
    let check = |title: &str| {
        let address = format!("https://en.wikipedia.org/wiki/{title}");
        place.run(&["extract", &address, "--replay", "wiki.warc"])
    };
    for title in ["River_bank", "Bank"] {
        let (status, out, error) = check(title);
        assert_eq!((status, error.as_str()), (0, ""));
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        let article = report.pointer("/articles/0").unwrap();
        assert_eq!(article.get("title").unwrap(), "River bank");
        assert_eq!(article.get("language").unwrap(), "en");
        assert_eq!(
            article.pointer("/references/0/citation/title").unwrap(),
            "A river"
        );
    }
    let (status, _, error) = check("No_such");
    assert_eq!(status, 2);
    let expect = "citecheck: error: no article `No such` at en.wikipedia.org; check the title\n";
    assert_eq!(error, expect);
    let (_, _, error) = check("Other");
    assert!(
        error.contains("the recording lacks `Other` at en.wikipedia.org"),
        "{error}"
    );
}

#[test]
fn known_sites_are_judged_by_what_their_answers_mean_there() {
    let place = Place::new();
    let cited = [
        "https://www.youtube.com/watch?v=removed-abc&t=7",
        "https://www.youtube.com/watch?v=present-abc",
        "https://www.amazon.de/dp/1",
        "https://shop.example/dp/1",
    ];
    let line = |(at, url): (usize, &&str)| {
        format!(
            "{}. ^ \"A river in spring\". The Post. 3 May 2019. {url}\n",
            at + 1
        )
    };
    let lines: String = cited.iter().enumerate().map(line).collect();
    place.write("list.txt", lines);
    let form = |video: &str| {
        format!(
            "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2F\
             watch%3Fv%3D{video}"
        )
    };
    let page = "<title>A river in spring - YouTube</title><h1>A river in spring</h1>";
    let date = "2026-02-01T10:00:00Z";
    place.write(
        "pages.warc",
        warc(&[
            (cited[0], date, "200 OK", page),
            (
                &form("removed-abc%26t%3D7"),
                date,
                "404 Not Found",
                "Not Found",
            ),
            (cited[1], date, "200 OK", page),
            (&form("present-abc"), date, "200 OK", "{}"),
            (cited[2], date, "503 Service Unavailable", ""),
            (cited[3], date, "503 Service Unavailable", ""),
        ]),
    );
    let args = ["check", "list.txt", "--replay=pages.warc", "--format=json"];
    let (_, out, _) = place.run(&args);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let link = |number: usize, field: &str| {
        let pointer = format!("/articles/0/references/{number}/link/{field}");
        report
            .pointer(&pointer)
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    };
    let verdicts = [0, 1, 2, 3].map(|number| link(number, "verdict"));
    assert_eq!(verdicts, ["gone", "alive", "blocked", "unstable"]);
    assert_eq!(link(0, "evidence/1/what"), "asked as well");
    assert_eq!(link(0, "evidence/1/value"), form("removed-abc%26t%3D7"));
    assert_eq!(link(0, "evidence/1/source"), "HTTP 404");
    assert_eq!(link(2, "reason"), "the shop answers 503 to robots");
    assert_eq!(link(2, "evidence/1/source"), "as of 2026-11");
}
