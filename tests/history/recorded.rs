//! Recordings of several days with one history, and the command that looks into it.

use std::fmt::Write as _;

use super::place::Place;

const LIST: &str = "\
1. ^ \"A river in spring\". The Post. 3 May 2019. https://river.example/spring
2. ^ \"A river in autumn\". The Post. 4 May 2019. https://river.example/autumn
3. ^ \"A river in winter\". The Post. 5 May 2019. https://river.example/winter
";

/// A WARC of one day: path and status line.
fn day(day: u32, answers: &[(&str, &str)]) -> String {
    let mut warc = String::new();
    for (at, (path, status)) in answers.iter().enumerate() {
        let body = "<title>A river</title><h1>A river in spring</h1>";
        let block = format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        write!(
            warc,
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000000{at}-0000-4000-\
             8000-0000000000{day:02}>\r\nWARC-Date: 2026-03-{day:02}T06:00:00Z\r\nWARC-Target-URI: \
             https://river.example/{path}\r\nContent-Type: application/http; msgtype=response\r\n\
             Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
        .unwrap();
    }
    warc
}

/// Days on which autumn fails, and winter is gone from the second on.
fn audits() -> Place {
    let place = Place::new();
    place.write("list.txt", LIST);
    for (number, autumn, winter) in [
        (1, "200 OK", "200 OK"),
        (8, "503 Busy", "404 Not Found"),
        (9, "503 Busy", "404 Not Found"),
        (15, "503 Busy", "404 Not Found"),
        (22, "503 Busy", "404 Not Found"),
    ] {
        let answers = [("spring", "200 OK"), ("autumn", autumn), ("winter", winter)];
        place.write(&format!("{number}.warc"), day(number, &answers));
    }
    place
}

fn replay(place: &Place, number: u32) -> Vec<String> {
    let recording = format!("{number}.warc");
    let args = [
        "check", "list.txt", "--replay", &recording, "--format", "json",
    ];
    let (_, out, error) = place.run(&[&args[..], &["--history", "h.db"]].concat());
    assert_eq!(error, "");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let findings = report
        .pointer("/articles/0/findings")
        .unwrap()
        .as_array()
        .unwrap()
        .iter();
    findings
        .filter(|finding| finding["rule"].as_str().unwrap().starts_with("LNK"))
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            format!(
                "{} {} {}",
                finding["reference"],
                text("name"),
                text("severity")
            )
        })
        .collect()
}

#[test]
fn failures_become_a_dead_link_over_weeks() {
    let place = audits();
    assert_eq!(replay(&place, 1), [""; 0]);
    let suspect = ["2 unstable-link warning", "3 dead-link error"];
    for number in [8, 9, 15] {
        assert_eq!(replay(&place, number), suspect, "{number}");
    }
    assert_eq!(
        replay(&place, 22),
        ["2 dead-link error", "3 dead-link error"]
    );
    // What was seen later says nothing of an earlier day, and seeing it again adds nothing.
    let (_, before, _) = place.run(&["history", "export", "--history", "h.db"]);
    assert_eq!(replay(&place, 15), suspect);
    assert_eq!(
        place.run(&["history", "export", "--history", "h.db"]).1,
        before
    );
}

#[test]
fn recordings_in_any_order_come_to_the_same_history() {
    let (one, other) = (audits(), audits());
    for number in [1, 8, 9, 15, 22] {
        replay(&one, number);
    }
    for number in [15, 1, 22, 9, 8, 15] {
        replay(&other, number);
    }
    let export = |place: &Place| place.run(&["history", "export", "--history", "h.db"]).1;
    assert_eq!(export(&one), export(&other));
}

#[test]
fn a_replay_remembers_nothing_unless_told_to() {
    let place = audits();
    place.run(&["check", "list.txt", "--replay", "8.warc"]);
    assert!(!place.names().contains(&".citecheck".to_owned()));
}

fn audited() -> Place {
    let place = audits();
    for number in [1, 8, 9, 15] {
        replay(&place, number);
    }
    place
}

/// Runs `citecheck history` on the audits' history.
fn command(place: &Place, args: &[&str]) -> (i32, String, String) {
    place.run(&[&["history"], args, &["--history", "h.db"]].concat())
}

#[test]
fn the_list_says_how_links_stand() {
    let place = audited();
    let check = |args: &[&str], expect: &[&str]| {
        let (status, out, error) = command(&place, &[&["list"], args].concat());
        assert_eq!((status, error.as_str()), (0, ""), "{args:?}");
        let lines: Vec<String> = out
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(lines, expect, "{args:?}");
    };
    let autumn = "suspect 2026-03-08 2 2026-03-01 4 https://river.example/autumn";
    let spring = "alive - 0 2026-03-15 4 https://river.example/spring";
    let winter = "dead 2026-03-08 2 2026-03-01 4 https://river.example/winter";
    check(&[], &[autumn, spring, winter]);
    check(&["--dead"], &[winter]);
    check(&["--suspect"], &[autumn]);
    check(&["--url", "https://river.example/s"], &[spring]);
    check(&["--url", "*.example/*n*r"], &[winter]);
    check(&["--url", "https://bank.example/"], &[]);
    place.write(
        "citecheck.toml",
        "[history]\nconfirm = { failures = 2, days = 7 }\n",
    );
    check(&["--dead"], &[&autumn.replace("suspect", "dead"), winter]);
    let (_, json, _) = command(&place, &["list", "--suspect", "--format", "json"]);
    assert_eq!(json, "");
    let (_, json, _) = command(&place, &["list", "--dead", "--format", "json"]);
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(first["standing"], "dead");
    assert_eq!(first["dead_since"], "2026-03-08T06:00:00Z");
    assert_eq!(first["confirmed"], true);
}

#[test]
fn a_link_is_shown_with_all_that_was_seen() {
    let place = audited();
    let (status, out, _) = command(&place, &["show", "https://river.example/autumn#top"]);
    assert_eq!(status, 0);
    assert_eq!(out.lines().count(), 6, "{out}");
    assert!(
        out.contains("2026-03-08T06:00:00Z  unstable                503\n"),
        "{out}"
    );
    let (_, json, _) = command(
        &place,
        &["show", "https://river.example/winter", "--format", "json"],
    );
    assert_eq!(
        json.lines()
            .filter(|line| line.contains("\"status\":404"))
            .count(),
        3
    );
    let (status, _, error) = command(&place, &["show", "https://river.example/other"]);
    assert_eq!(status, 2);
    assert!(error.contains("was never seen"), "{error}");
}

#[test]
fn pruning_changes_no_standing() {
    let place = audited();
    let (_, before, _) = command(&place, &["list", "--format", "json"]);
    let prune = ["prune", "--older-than", "4d", "--now", "2026-03-16"];
    let (status, _, said) = command(&place, &prune);
    assert_eq!(status, 0);
    assert!(
        said.contains("removed 4 observations; 0 links are forgotten"),
        "{said}"
    );
    let (_, after, _) = command(&place, &["list", "--format", "json"]);
    let without_checks = |text: &str| -> Vec<serde_json::Value> {
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        lines
            .map(|mut line: serde_json::Value| {
                line["checks"] = serde_json::Value::Null;
                line
            })
            .collect()
    };
    assert_eq!(without_checks(&after), without_checks(&before));
    let (_, _, said) = command(
        &place,
        &["prune", "--older-than", "1d", "--now", "2026-05-01", "-q"],
    );
    assert_eq!(said, "");
    assert_eq!(command(&place, &["list"]).1, "");
}

#[test]
fn observations_move_between_histories() {
    let place = audited();
    let (_, lines, _) = command(&place, &["export"]);
    assert_eq!(lines.lines().count(), 12);
    place.write("lines.ndjson", &lines);
    let import = |file: &str, input: &str| {
        let args = ["history", "import", file, "--history", "other.db"];
        place.run_with(&args, input)
    };
    let (status, _, said) = import("lines.ndjson", "");
    assert_eq!(status, 0);
    assert!(
        said.contains("imported 12 observations; 0 of 12 were"),
        "{said}"
    );
    let (_, _, said) = import("-", &lines);
    assert!(
        said.contains("imported 0 observations; 12 of 12 were"),
        "{said}"
    );
    assert_eq!(
        place.run(&["history", "export", "--history", "other.db"]).1,
        lines
    );
    let (status, _, said) = import("-", "{\"url\":\"https://river.example/\"}\n\nx\n");
    assert_eq!(status, 2);
    assert!(
        said.contains("nothing was imported; line 1: ") && said.contains("line 3: "),
        "{said}"
    );
    let (status, _, said) = import("none.ndjson", "");
    assert!(
        status == 2 && said.contains("cannot read none.ndjson"),
        "{said}"
    );
}

#[test]
fn what_is_not_there_is_told_with_the_way_out() {
    let place = Place::new();
    let (status, _, error) = place.run(&["history", "list"]);
    assert_eq!(status, 2);
    assert_eq!(
        error,
        "citecheck: error: no history at .citecheck/history.db; `citecheck check` makes one, \
         --history names another\n"
    );
    assert_eq!(place.names(), [""; 0]);
    place.write("import.ndjson", "x\n");
    let (status, ..) = place.run(&["history", "prune", "--older-than", "7"]);
    assert_eq!(status, 2);
}
