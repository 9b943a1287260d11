//! Everything that citecheck cannot do its work with: one line that names it and the way out.

use super::SOUND;
use super::place::Place;

/// Files that the cases below name.
fn place() -> Place {
    let place = Place::new();
    place.write("sound.txt", SOUND);
    place.write("empty.txt", "");
    place.write("blank.txt", " \n\t\n");
    place.write("prose.txt", "A river flows. Nobody cites it.\n");
    place.write("binary.txt", b"1. \"A\".\0\x01");
    place.write("latin.txt", b"1. ^ \"Der Flu\xdf\". Bote. 3 May 2019.\n");
    place.write("utf16.txt", b"\xff\xfe1\0.\0");
    place.write("folder/picture.png", b"x");
    place.write("prose-folder/a.txt", "A river flows.\n");
    place.write("broken.toml", "format = ");
    place.write("unknown.toml", "\n[fetch]\nintervall = '1s'");
    place.write("latin.toml", b"format = '\xdf'");
    place.write("broken.warc", "GET / HTTP/1.1\r\n\r\n");
    place.write("empty.warc.gz", "");
    place.write("broken.json", "{\"schema\":1}");
    place.write("newer.json", "{\"schema\":99}");
    place.write("text.json", "no json");
    place.write(
        "secret.toml",
        "[[host]]\npattern = 'a.example'\nheaders = { cookie = 'env:CITECHECK_TEST_UNSET' }",
    );
    place
}

/// Arguments, and how the one line begins after `citecheck: error: `.
const CASES: &[(&[&str], &str)] = &[
    (
        &[
            "check",
            "sound.txt",
            "--offline",
            "--output",
            "json=./sound.txt",
        ],
        "./sound.txt is read by this run; write to another file",
    ),
    (
        &[
            "check",
            "prose-folder",
            "--offline",
            "--output",
            "todo=prose-folder/a.txt",
        ],
        "prose-folder/a.txt is read by this run",
    ),
    (
        &["check", "sound.txt", "--record", "sound.txt"],
        "sound.txt is read by this run",
    ),
    (
        &["report", "newer.json", "--output", "markdown=newer.json"],
        "newer.json is read by this run",
    ),
    (
        &[
            "check",
            "sound.txt",
            "--offline",
            "-o",
            "json=a.json",
            "-o",
            "todo=./a.json",
        ],
        "./a.json is named by two --output",
    ),
    (
        &[
            "check",
            "sound.txt",
            "--record",
            "a.warc",
            "--output",
            "json=./a.warc",
        ],
        "a.warc is named by --record and --output",
    ),
    (
        &["check", "sound.txt", "--offline", "--output", "json=-"],
        "--output writes to files; --format json prints to standard output",
    ),
    (
        &["check", "sound.txt", "--offline", "--language", "ua"],
        "invalid value 'ua' for '--language <TAG>': not a language tag; did you mean `uk`?",
    ),
    (
        &["check", "sound.txt", "--timeout", "0s"],
        "invalid value '0s' for '--timeout <DURATION>': must be longer than zero",
    ),
    (
        &["check", "sound.txt", "--interval", "100000000h"],
        "invalid value '100000000h' for '--interval <DURATION>': must be at most 24 hours",
    ),
    (
        &["check", "sound.txt", "--max-duration", "ten"],
        "invalid value 'ten' for '--max-duration <DURATION>': must be a duration with its unit",
    ),
    (
        &["check", "sound.txt", "--per-host", "0"],
        "invalid value '0' for '--per-host <N>': 0 is not in 1..=1000",
    ),
    (
        &["check", "sound.txt", "--resolve", "a.example"],
        "invalid value 'a.example' for '--resolve <HOST:PORT:ADDRESS>': must be HOST:PORT:ADDRESS",
    ),
    (
        &["check", "sound.txt", "--resolve", "*:443:192.0.2.7"],
        "invalid value '*:443:192.0.2.7' for '--resolve <HOST:PORT:ADDRESS>': must name one host \
         each, and `*` is none; a name server of your own (--dns-server) answers for all of them",
    ),
    (
        &["check", "sound.txt", "--dns-server", "dns.example"],
        "invalid value 'dns.example' for '--dns-server <ADDRESS>': must be the address of a name",
    ),
    (
        &["check", "sound.txt", "--proxy", "ftp://a"],
        "invalid value 'ftp://a' for '--proxy <URL>': must be the address of a proxy",
    ),
    (
        &["fix", "sound.txt", "--proxy", "a:1", "--no-proxy"],
        "the argument '--proxy <URL>' cannot be used with '--no-proxy'",
    ),
    (
        &["check", "sound.txt", "--robots", "allow"],
        "invalid value 'allow' for '--robots <WHAT>' [possible values: ignore, crawl-delay, obey]",
    ),
    (
        &["check", "sound.txt", "--ca-file", "none.pem"],
        "cannot read none.pem: ",
    ),
    (
        &["check", "sound.txt", "--ca-file", "text.json"],
        "text.json holds no certificate; it takes PEM",
    ),
    (
        &["check", "sound.txt", "--config", "secret.toml"],
        "the [[host]] in secret.toml:1 takes `cookie` from the environment variable \
         CITECHECK_TEST_UNSET, which is not set",
    ),
    (
        &["check", "missing.wiki"],
        "no file or folder missing.wiki; check the name",
    ),
    (
        &["check", "uk.wikipedia.org/wiki/X"],
        "no file uk.wikipedia.org/wiki/X; for the article give https://uk.wikipedia.org/wiki/X",
    ),
    (&["check", "empty.txt"], "empty.txt is empty"),
    (&["check", "blank.txt"], "blank.txt is empty"),
    (
        &["check", "prose.txt", "--input-format", "text"],
        "prose.txt has no references, read as plain text (line 1: no reference list found",
    ),
    (
        &["check", "binary.txt"],
        "binary.txt is a binary file (a NUL byte at offset 7)",
    ),
    (
        &["check", "latin.txt"],
        "latin.txt is not UTF-8 (byte 0xDF at offset 13), it looks like windows-1252; convert it: \
         iconv -f windows-1252 -t UTF-8 'latin.txt'",
    ),
    (
        &["check", "utf16.txt"],
        "utf16.txt is UTF-16, not UTF-8; convert it: iconv -f UTF-16",
    ),
    (
        &["check", "folder"],
        "no article with references in the folder folder; files that end in",
    ),
    (
        &["check", "prose-folder", "-q"],
        "no article with references in the folder prose-folder",
    ),
    (
        &["extract", "missing.wiki"],
        "no file or folder missing.wiki",
    ),
    (
        &["check", "sound.txt", "--input-format", "docx"],
        "invalid value 'docx' for '--input-format <FORMAT>' [possible values: wikitext, html, text, urls]",
    ),
    (
        &["check", "sound.txt", "--format", "jsn"],
        "invalid value 'jsn' for '--format <FORMAT>' [possible values: terminal, json, markdown, ",
    ),
    (
        &["check", "sound.txt", "--output", "jsno=x"],
        "invalid value 'jsno=x' for '--output <FORMAT=FILE>': unknown format `jsno`; did you mean \
         `json`?",
    ),
    (
        &["check", "sound.txt", "--output", "run.json"],
        "invalid value 'run.json' for '--output <FORMAT=FILE>': give a format and a file, such as \
         json=run.json",
    ),
    (
        &[
            "check",
            "sound.txt",
            "--offline",
            "--output",
            "json=no/such/run.json",
        ],
        "cannot write no/such/run.json: no folder no/such",
    ),
    (
        &["check", "sound.txt", "--offline", "--output", "json=folder"],
        "cannot write folder: it is a folder; name a file in it",
    ),
    (
        &[
            "check",
            "sound.txt",
            "--offline",
            "-o",
            "json=a",
            "-o",
            "todo=a",
        ],
        "a is named by two --output; give each its own file",
    ),
    (
        &["check", "sound.txt", "--now", "yesterday"],
        "invalid value 'yesterday' for '--now <INSTANT>': not a date such as 2026-03-01",
    ),
    (
        &["check", "sound.txt", "--language", "?"],
        "invalid value '?' for '--language <TAG>': not a language tag such as `uk`",
    ),
    (
        &["check", "sound.txt", "--offline", "--replay", "x"],
        "the argument '--offline' cannot be used with '--replay <FILE>'",
    ),
    (
        &["check", "sound.txt", "--record", "y", "--replay", "x"],
        "the argument '--record <FILE>' cannot be used with '--replay <FILE>'",
    ),
    (
        &["check"],
        "the following required arguments were not provided: <INPUT>...",
    ),
    (
        &["check", "sound.txt", "--frmat", "json"],
        "unexpected argument '--frmat' found; tip: a similar argument exists: '--format'",
    ),
    (
        &["check", "sound.txt", "--config", "none.toml"],
        "no settings file none.toml; without",
    ),
    (
        &["check", "sound.txt", "--config", "broken.toml"],
        "broken.toml:1 is not valid TOML: ",
    ),
    (
        &["check", "sound.txt", "--config", "unknown.toml"],
        "unknown key `intervall` in unknown.toml:3; did you mean `interval`?",
    ),
    (
        &["check", "sound.txt", "--config", "latin.toml"],
        "latin.toml is not UTF-8 at byte 10",
    ),
    (
        &["check", "sound.txt", "--replay", "none.warc.gz"],
        "cannot read the recording none.warc.gz",
    ),
    (
        &["check", "sound.txt", "--replay", "broken.warc"],
        "the recording broken.warc is broken",
    ),
    (
        &["check", "sound.txt", "--replay", "empty.warc.gz"],
        "the recording empty.warc.gz is broken",
    ),
    (
        &["check", "sound.txt", "--record", "no/such/x.warc.gz"],
        "cannot write the recording no/such/x.warc.gz",
    ),
    (
        &["check", "https://news.example/wiki/X", "--offline"],
        "https://news.example/wiki/X is no Wikipedia article; give https://LANG.wikipedia.org/wiki/",
    ),
    (
        &["check", "https://uk.wikipedia.org/wiki/Річка", "--offline"],
        "--offline reads no addresses; save the wikitext of `Річка` at uk.wikipedia.org and give \
         the file",
    ),
    (
        &[
            "check",
            "sound.txt",
            "--offline",
            "--links-from",
            "missing.html",
        ],
        "no file or folder missing.html",
    ),
    (&["report", "none.json"], "cannot read none.json: "),
    (
        &["report", "text.json"],
        "text.json is no citecheck report; `citecheck check INPUT --output",
    ),
    (
        &["report", "broken.json"],
        "broken.json is no citecheck report; ",
    ),
    (
        &["report", "newer.json"],
        "newer.json has schema 99, but this citecheck reads 1; use",
    ),
    (
        &["explain", "dead-lnk"],
        "unknown rule `dead-lnk`; did you mean `dead-link`?",
    ),
    (
        &["explain", "x"],
        "unknown rule `x`; `citecheck rules` lists them",
    ),
    (&["man", "chek"], "no command `chek`; known: check, fix"),
    (&["inspect", "none.html"], "cannot read none.html: "),
    (
        &["inspect", "--batch", "none.jsonl"],
        "cannot read none.jsonl: ",
    ),
    (
        &["exract"],
        "unrecognized subcommand 'exract'; tip: a similar subcommand exists: 'extract'",
    ),
];

/// The help that is named is that of the command.
#[test]
fn faults_of_arguments_lead_to_the_help_of_the_command() {
    let place = place();
    for (args, expect) in [
        (
            &["check", "sound.txt", "--ofline"][..],
            "see `citecheck check --help`\n",
        ),
        (
            &["--quiet", "history", "list", "--ded"],
            "see `citecheck history list --help`\n",
        ),
        (&["exract", "x"], "see `citecheck --help`\n"),
    ] {
        let (_, _, error) = place.run(args);
        assert!(error.ends_with(expect), "{error}");
    }
}

#[test]
fn every_fault_is_one_line_with_the_way_out_and_status_2() {
    let place = place();
    let before = place.names();
    for (args, expect) in CASES {
        let (status, out, error) = place.run(args);
        assert_eq!(status, 2, "{args:?}: {out}{error}");
        assert_eq!(out, "", "{args:?}");
        assert_eq!(error.lines().count(), 1, "{args:?}: {error}");
        let said = error
            .strip_prefix("citecheck: error: ")
            .unwrap_or_else(|| panic!("{error}"));
        assert!(said.starts_with(expect), "{args:?}:\n{said}\n{expect}");
    }
    assert_eq!(
        place.names(),
        before,
        "a run that failed leaves no file behind"
    );
}

#[test]
fn a_failed_run_leaves_an_earlier_report_as_it_was() {
    let place = place();
    place.write("run.json", "earlier");
    let (status, ..) = place.run(&["check", "missing.wiki", "--output", "json=run.json"]);
    assert_eq!(status, 2);
    assert_eq!(place.read("run.json"), "earlier");
}

#[cfg(unix)]
#[test]
fn names_cannot_act_on_the_terminal() {
    let (_, _, error) = place().run(&["check", "a\u{1b}[31m\nb.txt"]);
    assert_eq!(
        error,
        "citecheck: error: no file or folder a\\u{1b}[31m b.txt; check the name\n"
    );
}
