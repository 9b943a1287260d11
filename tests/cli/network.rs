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
            "resolve = [\"a.example:*:192.0.2.1\"]",
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
            "resolve = [\"a.example:*:192.0.2.2,::1\"]",
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
