//! How the network is asked: flags over settings, addresses given, time and pages spared.

use super::place::Place;
use super::server::{serve, verdicts};

/// A list that cites these addresses.
fn list(addresses: &[String]) -> Place {
    let place = Place::new();
    let line = |(at, address): (usize, &String)| {
        format!(
            "{}. ^ \"A river in spring\". The Post. 3 May 2019. {address}\n",
            at + 1
        )
    };
    let lines: String = addresses.iter().enumerate().map(line).collect();
    place.write("list.txt", lines);
    place
}

/// The port of an origin.
fn port(origin: &str) -> &str {
    origin.rsplit(':').next().unwrap_or_default()
}

#[test]
fn flags_are_laid_over_the_settings() {
    let place = Place::new();
    place.write(
        "citecheck.toml",
        "[fetch]\nper-host = 9\nproxy = 'a:1'\nresolve = ['a.example:1:192.0.2.1']\n\
         ca-files = ['own.pem']\ntimeout = '3s'",
    );
    let printed = |args: &[&str]| {
        let (status, out, error) = place.run(&[&["check", "--print-config"], args].concat());
        assert_eq!((status, error.as_str()), (0, ""));
        out
    };
    let holds = |out: &str, lines: &[&str]| {
        for line in lines {
            assert!(out.lines().any(|found| found == *line), "{line} in\n{out}");
        }
    };
    let plain = printed(&[]);
    holds(
        &plain,
        &[
            "per-host = 9",
            "proxy = \"http://a:1/\"",
            "resolve = [\"a.example:1:192.0.2.1\"]",
            "links-only = false",
            "timeout = \"3s\"",
        ],
    );
    // A path in the file is meant from the file's folder.
    assert!(plain.contains("/own.pem\"]"), "{plain}");
    holds(
        &printed(&[
            "--per-host=3",
            "--no-proxy",
            "--resolve=A.example:443:192.0.2.2",
            "--resolve=a.example:443:::1",
            "--dns-server=::1",
            "--links-only",
            "--max-duration=10m",
            "--robots=ignore",
            "--browser-retry",
            "--contact=me@a.example",
        ]),
        &[
            "per-host = 3",
            "proxy = \"none\"",
            "resolve = [\"a.example:1:192.0.2.1\", \"a.example:443:192.0.2.2,::1\"]",
            "dns-servers = [\"[::1]:53\"]",
            "links-only = true",
            "max-duration = \"10m\"",
            "robots = \"ignore\"",
            "browser-retry = true",
            "contact = \"me@a.example\"",
        ],
    );
}

#[test]
fn an_address_given_is_asked_under_the_rules_for_addresses() {
    let origin = serve();
    let port = port(&origin);
    let place = list(&[format!("http://river.example:{port}/spring")]);
    let resolve = format!("river.example:{port}:127.0.0.1");
    let args = ["check", "list.txt", "--format=json", "--resolve", &resolve];
    let (_, out, _) = place.run(&args);
    assert_eq!(verdicts(&out), ["private-address"]);
    let (_, out, _) = place.run(&[&args[..], &["--allow-private"]].concat());
    assert_eq!(verdicts(&out), ["alive"]);
}

#[test]
fn an_address_given_holds_for_its_port_alone() {
    let origin = serve();
    let port = port(&origin);
    // Under .example nothing is found that is not given.
    let place = list(&[format!("http://river.example:{port}/spring")]);
    for (given, verdict) in [("1", "no-such-host"), ("*", "alive"), (port, "alive")] {
        let resolve = format!("river.example:{given}:127.0.0.1");
        let args = [
            "check",
            "list.txt",
            "--format=json",
            "--allow-private",
            "--no-archives",
        ];
        let (_, out, _) = place.run(&[&args[..], &["--resolve", &resolve]].concat());
        assert_eq!(verdicts(&out), [verdict], "{given}");
    }
}

#[test]
fn a_proxy_is_named_once_without_its_password_and_not_at_all_offline() {
    let place = list(&[]);
    place.write("list.txt", super::SOUND);
    let proxied = |args: &[&str]| {
        let mut command = place.command();
        command
            .env("ALL_PROXY", "http://me:s3cr3t@127.0.0.1:9")
            .args(["check", "list.txt"])
            .args(args);
        let output = command.output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let told = proxied(&[]);
    assert_eq!(
        told.matches("asking through the proxy http://127.0.0.1:9: it looks up the names")
            .count(),
        1,
        "{told}"
    );
    assert!(!told.contains("s3cr3t"), "{told}");
    for args in [&["--offline"][..], &["--no-proxy"], &["--quiet"]] {
        assert_eq!(proxied(args), "", "{args:?}");
    }
}

#[test]
fn links_only_reads_no_page_and_says_so() {
    let origin = serve();
    let place = list(&[format!("{origin}/spring"), format!("{origin}/gone")]);
    // The title is another one, which nobody can know without the page.
    let text = place
        .read("list.txt")
        .replace("in spring", "of another kind");
    place.write("list.txt", text);
    place.write(
        "citecheck.toml",
        "[[ignore]]\nrule = 'title-mismatch'\nurl = 'http'\nreason = 'known'",
    );
    let args = [
        "check",
        "list.txt",
        "--allow-private",
        "--interval=0ms",
        "--links-only",
        "--record=run.warc.gz",
        "--output=markdown=run.md",
        "--output=json=run.json",
    ];
    let (status, out, _) = place.run(&args);
    assert_eq!(status, 1, "{out}");
    assert!(out.contains("not read"), "{out}");
    assert!(place.read("run.md").contains("**Pages not read:**"));
    let json = place.read("run.json");
    assert_eq!(verdicts(&json), ["alive", "gone"]);
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    let at = |pointer: &str| report.pointer(pointer).unwrap();
    assert_eq!(at("/run/pages"), false);
    assert_eq!(
        at("/articles/0/references/0/page"),
        &serde_json::Value::Null
    );
    let alive = at("/articles/0/references/0/link");
    let said = alive.get("reason").unwrap();
    assert_eq!(said, "the server answers; the page was not read");
    assert!(alive.get("confidence").unwrap().as_f64().unwrap() < 1.0);
    assert_eq!(
        at("/findings"),
        &serde_json::json!([]),
        "an ignore of what needs pages"
    );
    let (_, out, _) = place.run(&["check", "list.txt", "--format=json", "--allow-private"]);
    assert!(out.contains("\"pages\": true"), "{out}");
}

#[test]
fn a_run_ends_in_time_with_what_is_done() {
    let origin = serve();
    let place = list(&[format!("{origin}/slow")]);
    let args = [
        "check",
        "list.txt",
        "--allow-private",
        "--format=json",
        "--max-duration=300ms",
    ];
    let (status, out, error) = place.run(&args);
    assert_eq!(status, 2, "what was not asked does not pass for sound");
    assert_eq!(
        error,
        "citecheck: the time of --max-duration was up; 1 link was not asked, what is done is \
         reported\n"
    );
    assert_eq!(verdicts(&out), ["skipped"]);
    assert!(out.contains("\"partial\": true"));
    let (status, ..) = place.run(&[&args[..], &["--fail-on=never"]].concat());
    assert_eq!(status, 0);
    // Time enough changes nothing.
    let place = list(&[format!("{origin}/spring")]);
    let (status, out, error) = place.run(&[
        "check",
        "list.txt",
        "--allow-private",
        "--format=json",
        "--max-duration=10m",
    ]);
    assert_eq!((status, error.as_str()), (0, ""), "{out}");
}
