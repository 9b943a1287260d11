//! Runs one after the other: what is asked again, and how.

use super::server::{Asked, LIVE, Server, links, place};

/// Days after the instant at which a link was checked.
fn later(out: &str, days: i64) -> String {
    let checked = links(out, "/checked_at").into_iter().min().unwrap();
    let checked: jiff::Timestamp = checked.parse().unwrap();
    let later = checked + jiff::SignedDuration::from_hours(24 * days);
    later.to_string()
}

fn conditional(asked: &[Asked]) -> usize {
    asked.iter().filter(|asked| asked.conditional).count()
}

#[test]
fn young_facts_are_used_and_older_ones_validated() {
    let server = Server::start(3);
    let urls = server.urls(40);
    let place = place(&urls);
    let week = [&LIVE[..], &["--max-age", "7d"]].concat();
    let (status, first, _) = place.run(&week);
    assert_eq!((status, server.take().len()), (1, 40));

    // At once: nothing is asked, and the report says when the facts are from.
    let (_, again, _) = place.run(&week);
    assert_eq!(server.take(), []);
    for pointer in ["/verdict", "/checked_at", "/status"] {
        assert_eq!(links(&again, pointer), links(&first, pointer));
    }
    assert_eq!(links(&again, "/history/checks")[0], "1");

    // A week later: all are asked, those with a validator only whether they have changed.
    server.change(&urls[1]);
    let then = later(&first, 8);
    let (_, weekly, _) = place.run(&[&week[..], &["--now", &then]].concat());
    let asked = server.take();
    // The four pages that are gone have nothing to be validated.
    assert_eq!((asked.len(), conditional(&asked)), (40, 36));
    assert_eq!(links(&weekly, "/verdict"), links(&first, "/verdict"));
    assert_eq!(links(&weekly, "/status"), links(&first, "/status"));
    let pages = |out: &str| {
        let report: serde_json::Value = serde_json::from_str(out).unwrap();
        let title = |at: usize| {
            let pointer = format!("/articles/0/references/{at}/page/title");
            report
                .pointer(&pointer)
                .unwrap()
                .as_str()
                .unwrap()
                .to_owned()
        };
        (title(0), title(1))
    };
    assert_eq!(
        pages(&first),
        (
            "A river in spring 0".to_owned(),
            "A river in spring 0".to_owned()
        )
    );
    assert_eq!(
        pages(&weekly),
        (
            "A river in spring 0".to_owned(),
            "A river in spring 1".to_owned()
        )
    );
    assert_eq!(links(&weekly, "/history/checks"), vec!["2"; 40]);
    assert!(links(&weekly, "/checked_at") > links(&first, "/checked_at"));

    // Without an age everything is asked; with a recording, everything whole.
    place.run(&LIVE);
    let asked = server.take();
    assert_eq!((asked.len(), conditional(&asked)), (40, 36));
    place.run(&[&week[..], &["--record", "run.warc.gz"]].concat());
    let asked = server.take();
    assert_eq!((asked.len(), conditional(&asked)), (40, 0));
}

#[test]
fn what_was_asked_of_the_host_besides_is_known_of_facts_that_are_used_again() {
    let server = Server::start(1);
    server.answer_all();
    let place = place(&server.urls(3));
    let week = [&LIVE[..], &["--max-age", "7d"]].concat();
    let (_, first, _) = place.run(&week);
    // The host was asked for a page that cannot exist, and gave the same.
    assert_eq!(links(&first, "/verdict")[1..], ["soft-404", "soft-404"]);
    assert_eq!(server.take().len(), 3 + 1);
    let (_, again, _) = place.run(&week);
    assert_eq!(server.take(), []);
    assert_eq!(links(&again, "/verdict"), links(&first, "/verdict"));
    assert_eq!(links(&again, "/history/checks"), ["1", "1", "1"]);
    let (_, lines, _) = place.run(&["history", "export"]);
    let soft = lines.lines().filter(|line| line.contains("\"soft-404\""));
    assert_eq!((lines.lines().count(), soft.count()), (3, 3), "{lines}");
}

#[test]
fn a_run_that_reads_pages_needs_more_than_one_of_links_only() {
    let server = Server::start(2);
    let place = place(&server.urls(20));
    let links_only = [&LIVE[..], &["--links-only", "--max-age", "7d"]].concat();
    place.run(&links_only);
    assert_eq!(server.take().len(), 20);
    place.run(&links_only);
    assert_eq!(server.take(), []);
    // The pages come whole: an answer that nothing has changed would bring no title.
    let (_, full, _) = place.run(&[&LIVE[..], &["--max-age", "7d"]].concat());
    let asked = server.take();
    assert_eq!((asked.len(), conditional(&asked)), (20, 0));
    assert!(full.contains("River 0"), "{full}");
}

#[test]
fn without_a_history_nothing_is_kept_nor_used() {
    let server = Server::start(1);
    let place = place(&server.urls(3));
    place.run(&[&LIVE[..], &["--no-history"]].concat());
    assert_eq!(place.names(), ["list.txt"]);
    place.write("citecheck.toml", "[history]\nenabled = false\n");
    let (_, out, _) = place.run(&LIVE);
    assert_eq!(place.names(), ["citecheck.toml", "list.txt"]);
    assert_eq!(links(&out, "/history"), vec!["null"; 3]);
    server.take();
    place.run(&["check", "list.txt", "--offline"]);
    assert_eq!(server.take(), []);
}

#[test]
fn the_history_lies_by_the_settings() {
    let server = Server::start(1);
    let place = place(&server.urls(2));
    place.write(
        "citecheck.toml",
        "[history]\nfile = 'audit/links.db'\nmax-age = '7d'\n",
    );
    place.write("below/list.txt", place.read("list.txt"));
    place.run_in("below", &LIVE);
    assert!(place.path("audit/links.db").is_file());
    assert_eq!(server.take().len(), 2);
    place.run(&LIVE);
    assert_eq!(server.take(), [], "max-age of the settings");
    place.run(&[&LIVE[..], &["--max-age", "0s"]].concat());
    assert_eq!(server.take().len(), 2);
    let (status, list, _) = place.run_in("below", &["history", "list"]);
    assert_eq!((status, list.lines().count()), (0, 2));
}

#[test]
fn a_place_that_cannot_be_written_is_told_and_changes_nothing() {
    let server = Server::start(1);
    let place = place(&server.urls(3));
    let args: Vec<&str> = LIVE
        .iter()
        .copied()
        .filter(|arg| *arg != "--quiet")
        .collect();
    let named = ["--history", "list.txt/history.db"];
    let (status, out, error) = place.run(&[&args[..], &named].concat());
    assert_eq!(
        (status, links(&out, "/verdict")),
        (0, vec!["alive".to_owned(); 3])
    );
    assert!(
        error.starts_with("citecheck: warning: the history list.txt/history.db cannot be"),
        "{error}"
    );
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn a_damaged_history_ends_the_run_before_anything_is_asked() {
    let server = Server::start(1);
    let place = place(&server.urls(3));
    place.write(".citecheck/history.db", "a text, no database".repeat(99));
    let (status, out, error) = place.run(&LIVE);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(
        error.contains("is damaged") && error.contains("--no-history"),
        "{error}"
    );
    assert_eq!(server.take(), []);
    assert_eq!(
        place.read(".citecheck/history.db"),
        "a text, no database".repeat(99)
    );
}
