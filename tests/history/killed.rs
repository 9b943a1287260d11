//! Runs that are killed, and runs beside each other.

use std::collections::BTreeSet;
use std::process::{Child, Stdio};

use citecheck::history::{HistoryError, Store};

use super::place::Place;
use super::server::{Asked, LIVE, Server, links, place};

const HOSTS: usize = 4;

/// Most links that a killed run may have asked in vain: those under way with hosts that have two at
/// once, the few that wait to be read, those being read, and those being written down.
const MOST_LOST: usize = 24;

fn start(place: &Place) -> Child {
    let mut command = place.command();
    command
        .args(LIVE)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Addresses in the history, each with how often it was seen.
fn remembered(place: &Place) -> Vec<(String, usize)> {
    let store = Store::open_existing(&place.path(".citecheck/history.db"));
    let mut seen = Vec::new();
    match store {
        Ok(store) => store
            .each(|url, observations| {
                seen.push((url.to_string(), observations.len()));
                Ok::<(), HistoryError>(())
            })
            .unwrap(),
        // Killed before it had made one.
        Err(error) => assert!(matches!(error, HistoryError::Absent { .. }), "{error}"),
    }
    seen
}

/// Runs once more, under a name that the server can tell.
fn again(place: &Place) -> (String, String) {
    place.write("citecheck.toml", "[fetch]\nuser-agent = 'second'\n");
    let (_, out, error) = place.run(&[&LIVE[..], &["--max-age", "1d"]].concat());
    (out, error)
}

/// Addresses that the first run and the second asked for, in order. The server may come to the
/// last requests of a killed run only after its end.
fn by_run(server: &Server) -> (Vec<String>, Vec<String>) {
    let (first, second): (Vec<_>, Vec<_>) = server
        .take()
        .into_iter()
        .partition(|asked| asked.agent != "second");
    let urls = |asked: Vec<Asked>| asked.into_iter().map(|asked| asked.url).collect();
    (urls(first), urls(second))
}

#[test]
fn a_run_killed_at_any_moment_goes_on_where_it_was() {
    const LINKS: usize = 100;
    for moment in [1, 37, LINKS - 1, LINKS] {
        let server = Server::start(HOSTS);
        let urls = server.urls(LINKS);
        let place = place(&urls);
        let mut child = start(&place);
        server.wait_for(moment);
        child.kill().unwrap();
        child.wait().unwrap();
        let kept: BTreeSet<String> = remembered(&place).into_iter().map(|(url, _)| url).collect();

        let (out, error) = again(&place);
        let (first, second) = by_run(&server);
        assert!(
            kept.iter().all(|url| first.contains(url)),
            "remembered without being asked"
        );
        let lost = first.len() - kept.len();
        assert!(lost <= MOST_LOST, "{lost} of {} asked twice", first.len());
        let missing: BTreeSet<String> = urls
            .iter()
            .filter(|url| !kept.contains(*url))
            .cloned()
            .collect();
        assert_eq!(
            second.len(),
            missing.len(),
            "asked twice in one run, or not at all"
        );
        assert_eq!(BTreeSet::from_iter(second), missing, "killed at {moment}");
        let verdicts = links(&out, "/verdict");
        let gone = |at: usize| {
            if urls[at].ends_with('9') {
                "gone"
            } else {
                "alive"
            }
        };
        assert!(
            (0..LINKS).all(|at| verdicts[at] == gone(at)),
            "{verdicts:?} {error}"
        );
        let all = remembered(&place);
        assert!(
            all.len() == LINKS && all.iter().all(|(_, times)| *times == 1),
            "{all:?}"
        );
    }
}

#[test]
fn only_what_was_under_way_is_asked_twice() {
    for moment in [10, 30] {
        let server = Server::start(HOSTS);
        let urls = server.urls(40);
        let place = place(&urls);
        server.hold_after(Some(moment));
        let mut child = start(&place);
        // The last that are answered let every host go on to one that is not.
        server.wait_for(moment + HOSTS);
        // What is answered is on disk before anything else happens that one could wait for.
        let mut tries = 0;
        while remembered(&place).len() < moment {
            tries += 1;
            assert!(tries < 100_000, "answers are not remembered as they come");
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        server.hold_after(None);

        again(&place);
        let (first, second) = by_run(&server);
        let under_way: BTreeSet<String> = first[moment..].iter().cloned().collect();
        let before = BTreeSet::from_iter(first);
        let twice: BTreeSet<String> = second
            .into_iter()
            .filter(|url| before.contains(url))
            .collect();
        assert_eq!(twice, under_way);
    }
}

#[test]
fn runs_at_the_same_time_lose_nothing() {
    let server = Server::start(HOSTS);
    let urls = server.urls(30);
    let place = place(&urls);
    let mut children: Vec<Child> = (0..4).map(|_| start(&place)).collect();
    for child in &mut children {
        // Some links are gone: an error was found, and nothing worse happened.
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
    let all = remembered(&place);
    assert_eq!(all.len(), urls.len());
    // Two runs may ask within the same millisecond.
    let times: usize = all.iter().map(|(_, times)| times).sum();
    assert!((3 * 30..=4 * 30).contains(&times), "{times}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_stops_no_run_and_harms_no_history() {
    let server = Server::start(HOSTS);
    let urls = server.urls(200);
    let place = place(&urls[..5]);
    let (status, ..) = place.run(&LIVE);
    assert_eq!(status, 0);
    let before = remembered(&place);
    assert_eq!(before.len(), 5);
    place.write("list.txt", {
        let other = super::server::place(&urls);
        other.read("list.txt")
    });
    // No file may grow beyond 64 KiB, which is what a write to a full disk looks like.
    let program = place.command().get_program().to_owned();
    let script = format!(
        "trap '' XFSZ; ulimit -f 128; exec \"$0\" {}",
        LIVE.join(" ").replace(" --quiet", "")
    );
    let mut shell = std::process::Command::new("sh");
    shell
        .args(["-c", &script])
        .arg(program)
        .current_dir(place.path("."));
    let output = shell.output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(
        error.contains("warning: ") && error.contains("not remembered: "),
        "{error}"
    );
    let verdicts = links(&String::from_utf8(output.stdout).unwrap(), "/verdict");
    assert_eq!(
        verdicts
            .iter()
            .filter(|verdict| *verdict == "alive")
            .count(),
        180
    );
    let after = remembered(&place);
    assert!(
        before
            .iter()
            .all(|(url, _)| after.iter().any(|(kept, _)| kept == url))
    );
    // With room again the history goes on.
    place.run(&LIVE);
    assert_eq!(remembered(&place).len(), 200);
}
