//! The command line as users meet it: help, errors, exit status, outputs.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test helper may panic and read files"
)]

#[path = "cli/archives.rs"]
mod archives;
#[path = "cli/baseline.rs"]
mod baseline;
#[path = "cli/errors.rs"]
mod errors;
#[path = "cli/fix.rs"]
mod fix;
#[path = "cli/hooks.rs"]
mod hooks;
#[path = "cli/init.rs"]
mod init;
#[path = "cli/network.rs"]
mod network;
#[path = "cli/part.rs"]
mod part;
#[path = "cli/place.rs"]
mod place;
#[path = "cli/recorded.rs"]
mod recorded;
#[path = "cli/server.rs"]
mod server;

use std::fs;

use place::Place;

/// A list in which everything is in order.
const SOUND: &str = "\
Heading

1. ^ \"A river in spring\". The Post. 3 May 2019. Retrieved 5 May 2019.
2. ^ \"A river in autumn\". The Post. 4 May 2019. Retrieved 5 May 2019.
";

/// Wikitext with an error: no calendar has the day.
const FAULTY: &str = "\
A river.<ref>{{cite web |title=A river in spring |url=https://river.example/spring |date=3 May 2019
|access-date=31 February 2020 |website=The Post}}</ref>
A bank.<ref>{{cite web |title=A river in autumn |url=https://river.example/autumn |date=4 May 2019
|website=The Post}}</ref>
";

const COMMANDS: [&str; 13] = [
    "check",
    "fix",
    "extract",
    "inspect",
    "report",
    "history",
    "init",
    "todo",
    "rules",
    "explain",
    "completions",
    "man",
    "schema",
];

#[test]
fn every_command_has_help_with_examples() {
    let place = Place::new();
    for command in COMMANDS {
        let (status, out, _) = place.run(&[command, "--help"]);
        assert_eq!(status, 0);
        assert!(out.contains("Example"), "{command}: {out}");
        assert!(
            out.contains(&format!("citecheck {command}")),
            "{command}: {out}"
        );
    }
    let (status, out, _) = place.run(&["--help"]);
    assert_eq!(status, 0);
    for command in COMMANDS {
        assert!(out.contains(command));
    }
}

#[test]
fn the_catalogue_needs_no_input() {
    let place = Place::new();
    let check = |args: &[&str], expect: &str| {
        let (status, out, error) = place.run(args);
        assert_eq!((status, error.as_str()), (0, ""), "{args:?}");
        assert!(out.contains(expect), "{args:?}: {out}");
    };
    check(&["rules"], "dead-link");
    check(&["explain", "dead-link"], "## What it does");
    check(&["explain", "LNK001"], "# dead-link");
    check(
        &["explain", "invalid-date"],
        "## More\n<https://en.wikipedia.org/wiki/Help:CS1_errors#bad_date>\n",
    );
    check(&["completions", "bash"], "complete");
    check(&["completions", "fish"], "complete");
    check(&["man"], ".TH citecheck 1");
    check(&["man", "check"], "print\\-config");
    check(&["schema"], "\"$schema\"");
    check(&["--version"], "citecheck 0.");
}

#[test]
fn each_format_is_printed() {
    let place = Place::new();
    place.write("a.txt", SOUND);
    for (format, expect) in [
        ("terminal", "a.txt\n"),
        ("json", "\"schema\": 1"),
        ("markdown", "## citecheck: no findings"),
        ("todo", "# Sources to translate"),
        ("todo-csv", "id,state,"),
        ("po", "msgid \"\""),
        ("xliff", "<xliff version=\"1.2\""),
        ("xliff2", "<xliff version=\"2.0\""),
    ] {
        let (status, out, error) = place.run(&[
            "check",
            "a.txt",
            "--offline",
            "--now",
            "2026-03-01",
            "--format",
            format,
        ]);
        assert_eq!((status, error.as_str()), (0, ""), "{format}");
        assert!(out.contains(expect), "{format}: {out}");
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let place = Place::new();
    place.write("a.wiki", FAULTY);
    let args = [
        "check",
        "a.wiki",
        "--offline",
        "--now",
        "2026-03-01T12:00:00Z",
        "--format",
        "json",
    ];
    let first = place.run(&args);
    assert_eq!(first, place.run(&args));
    assert!(first.1.contains("\"started\": \"2026-03-01T12:00:00Z\""));
    assert!(first.1.contains("\"finished\": \"2026-03-01T12:00:00Z\""));
}

#[test]
fn outputs_are_files_and_the_terminal_still_speaks() {
    let place = Place::new();
    place.write("a.txt", SOUND);
    let (status, out, _) = place.run(&[
        "check",
        "a.txt",
        "--offline",
        "--output",
        "json=run.json",
        "-o",
        "todo=todo.md",
    ]);
    assert_eq!(status, 0);
    assert!(out.contains("2 references"));
    assert!(place.read("todo.md").starts_with("# Sources to translate"));
    let (status, again, _) = place.run(&["report", "run.json", "--format", "json"]);
    assert_eq!(status, 0);
    assert_eq!(again, place.read("run.json"));
    let (_, terminal, _) = place.run(&["report", "run.json"]);
    assert_eq!(terminal, out);
    assert_eq!(place.names(), ["a.txt", "run.json", "todo.md"]);
}

#[test]
fn exit_status_follows_fail_on() {
    let place = Place::new();
    place.write("a.wiki", FAULTY);
    let check = |args: &[&str], expect: i32| {
        let all = [
            &["check", "a.wiki", "--offline", "--now", "2026-03-01"],
            args,
        ]
        .concat();
        let (status, out, _) = place.run(&all);
        assert_eq!(status, expect, "{args:?}: {out}");
    };
    check(&[], 1);
    check(&["--fail-on", "warning"], 1);
    check(&["--fail-on", "never"], 0);
    place.write("citecheck.toml", "fail-on = 'never'");
    check(&[], 0);
    check(&["--fail-on", "error"], 1);
    place.write("citecheck.toml", "[rules]\ninvalid-date = 'note'");
    check(&[], 0);
    place.write(
        "citecheck.toml",
        "[[ignore]]\nrule = 'invalid-date'\nreason = 'known'",
    );
    check(&[], 0);
}

#[test]
fn settings_are_found_upwards_and_flags_win() {
    let place = Place::new();
    place.write(
        "citecheck.toml",
        "format = 'json'\nlanguage = 'uk'\n[fetch]\ninterval = '2s'",
    );
    place.write("sub/deep/a.txt", SOUND);
    let run = |args: &[&str]| place.run_in("sub/deep", args);
    let (_, out, _) = run(&["check", "--print-config"]);
    assert!(
        out.contains("format = \"json\"") && out.contains("interval = \"2s\""),
        "{out}"
    );
    let (_, out, _) = run(&[
        "check",
        "--print-config",
        "--format",
        "todo",
        "--interval",
        "1ms",
        "--language",
        "de",
    ]);
    assert!(
        out.contains("format = \"todo\"") && out.contains("interval = \"1ms\""),
        "{out}"
    );
    assert!(out.contains("language = \"de\""), "{out}");
    // What is printed is itself a settings file, and gives the same.
    place.write("printed.toml", &out);
    let (status, again, error) =
        run(&["check", "--print-config", "--config", "../../printed.toml"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert_eq!(again, out);
    let (_, out, _) = run(&["check", "a.txt", "--offline"]);
    assert!(out.starts_with("{\n  \"schema\": 1,"));
    place.write("citecheck.toml", "frmat = 'json'");
    let (_, _, error) = run(&["check", "a.txt", "--offline"]);
    let expect = "unknown key `frmat` in ../../citecheck.toml:1; did you mean `format`?";
    assert_eq!(error, format!("citecheck: error: {expect}\n"));
}

#[test]
fn a_file_of_a_folder_that_cannot_be_read_is_told_and_the_others_are_checked() {
    let place = Place::new();
    place.write("lists/a.txt", SOUND);
    place.write("lists/b.txt", "");
    place.write("lists/c.txt", b"1. ^ \"Der Flu\xdf\". Bote. 3 May 2019.\n");
    place.write("lists/d.txt", SOUND);
    for command in ["check", "extract"] {
        let mut args = vec![command, "lists", "--offline"];
        if command == "check" {
            args.extend(["--format", "json"]);
        }
        let (status, out, error) = place.run(&args);
        assert_eq!(status, 2, "not all of the work was done");
        let told: Vec<&str> = error.lines().collect();
        assert_eq!(told.len(), 2, "{error}");
        assert!(error.contains("lists/b.txt is empty"), "{error}");
        assert!(error.contains("lists/c.txt is not UTF-8"), "{error}");
        assert!(told.iter().all(|line| line.ends_with("; it is left out")));
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        let articles = report.get("articles").unwrap().as_array().unwrap();
        let names: Vec<&serde_json::Value> = articles
            .iter()
            .map(|article| article.get("input").unwrap())
            .collect();
        assert_eq!(names, ["lists/a.txt", "lists/d.txt"]);
    }
    // One that is named itself is what the run is for.
    let (status, out, _) = place.run(&["check", "lists/a.txt", "lists/b.txt", "--offline"]);
    assert_eq!((status, out.as_str()), (2, ""));
}

#[test]
fn references_that_stay_without_a_link_are_listed_on_request() {
    let place = Place::new();
    place.write("list.txt", SOUND);
    place.write(
        "article.wiki",
        "A.<ref>{{cite news |title=A river in spring |date=3 May 2019 |url=https://a.example/}}</ref>",
    );
    let args = [
        "check",
        "list.txt",
        "--links-from",
        "article.wiki",
        "--offline",
    ];
    let (_, _, error) = place.run(&args);
    assert_eq!(error.lines().count(), 1, "{error}");
    let (_, _, error) = place.run(&[&args[..], &["-v"]].concat());
    let unmatched =
        "citecheck: list.txt: no link for reference 2 in article.wiki: A river in autumn";
    assert!(error.lines().any(|line| line == unmatched), "{error}");
    assert!(!error.contains("no link for reference 1"), "{error}");
}

#[test]
fn folders_are_read_in_order_without_readmes_and_hidden_files() {
    let place = Place::new();
    for name in [
        "b.txt",
        "a/z.txt",
        "a/.hidden.txt",
        ".git/x.txt",
        "README.txt",
        "notes.md",
    ] {
        place.write(&format!("lists/{name}"), SOUND);
    }
    place.write("lists/c.txt", "Nothing to see here.\n");
    let (status, out, error) = place.run(&["extract", "lists"]);
    assert_eq!(status, 0);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let articles = report.get("articles").unwrap().as_array().unwrap();
    let inputs: Vec<&str> = articles
        .iter()
        .map(|article| article.get("input").unwrap().as_str().unwrap())
        .collect();
    assert_eq!(inputs, ["lists/a/z.txt", "lists/b.txt"]);
    assert!(
        error.starts_with("citecheck: passed over: lists/c.txt has no references"),
        "{error}"
    );
    let (_, _, error) = place.run(&["extract", "lists", "--quiet"]);
    assert_eq!(error, "");
}

#[test]
fn extract_counts_what_a_source_consists_of() {
    let place = Place::new();
    for (source, tags, references) in [
        (
            "A.<ref name=a>{{cite web|title=T}}</ref> B.<ref name=a />",
            2,
            1,
        ),
        ("No {{reference}} at [[all]].", 0, 0),
    ] {
        let arguments = ["extract", "-", "--input-format", "wikitext"];
        let (status, out, error) = place.run_with(&arguments, source);
        assert_eq!((status, error.as_str()), (0, ""), "{source}");
        let value: serde_json::Value = serde_json::from_str(&out).unwrap();
        let article = value.pointer("/articles/0").unwrap();
        let counted = article.pointer("/counts/ref_tags").unwrap();
        assert_eq!(counted, tags, "{source}");
        let list = article.pointer("/references").unwrap();
        assert_eq!(list.as_array().unwrap().len(), references, "{source}");
    }
}

#[test]
fn extract_prints_bibliographies() {
    let place = Place::new();
    let source = "A.<ref>{{cite book |last=Ніч |first=Олена |title=Річка |year=1998}}</ref>";
    let run = |format: &str| {
        let arguments = [
            "extract",
            "-",
            "--input-format",
            "wikitext",
            "--format",
            format,
        ];
        let (status, out, error) = place.run_with(&arguments, source);
        assert_eq!((status, error.as_str()), (0, ""), "{format}");
        out
    };
    let items: serde_json::Value = serde_json::from_str(&run("csl-json")).unwrap();
    assert_eq!(items.pointer("/0/type").unwrap(), "book");
    assert_eq!(items.pointer("/0/author/0/family").unwrap(), "Ніч");
    let entry = run("bibtex");
    assert!(entry.starts_with("@book{ref-1998-"), "{entry}");
    assert!(
        entry.contains("  author = {Ніч, Олена},\n  title = {Річка},\n"),
        "{entry}"
    );
}

#[test]
fn undefined_names_are_told_once() {
    let place = Place::new();
    for source in [
        "A.<ref name=\"gone\" />\n\nB.<ref>{{cite web|title=T|url=https://a.example/}}</ref>",
        "Дощ.<ref name=\"gone\" />",
    ] {
        let input = ["-", "--input-format", "wikitext"];
        let (status, out, error) = place.run_with(&[&["extract"], &input[..]].concat(), source);
        assert_eq!((status, error.as_str()), (0, ""), "{source}");
        let value: serde_json::Value = serde_json::from_str(&out).unwrap();
        let article = value.pointer("/articles/0").unwrap();
        assert_eq!(article.pointer("/undefined/0/name").unwrap(), "gone");
        assert_eq!(article.pointer("/undefined/0/span/line").unwrap(), 1);
        assert_eq!(
            article.pointer("/problems").unwrap(),
            &serde_json::json!([])
        );
        let check = ["check", "--offline", "--now", "2026-03-01"];
        let (_, out, _) = place.run_with(&[&check[..], &input[..]].concat(), source);
        assert_eq!(out.matches("is called gone").count(), 1, "{out}");
        assert!(!out.contains("not defined"), "{out}");
    }
}

#[test]
fn extract_prints_references_and_no_findings() {
    let place = Place::new();
    let (status, out, _) = place.run_with(&["extract", "-"], FAULTY);
    assert_eq!(status, 0);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let keys: Vec<&String> = report.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["articles", "schema", "tool"]);
    let article = report.pointer("/articles/0").unwrap();
    assert_eq!(article.get("input").unwrap(), "-");
    assert!(article.get("findings").is_none());
    assert_eq!(
        article.pointer("/references/1/citation/title").unwrap(),
        "A river in autumn"
    );
}

#[test]
fn quiet_is_quiet_and_colour_is_asked_for() {
    let place = Place::new();
    place.write("a.txt", SOUND);
    let run = |args: &[&str]| {
        let all = [
            &["check", "a.txt", "--offline", "--now", "2026-03-01"],
            args,
        ]
        .concat();
        place.run(&all).1
    };
    assert!(!run(&[]).contains('\u{1b}'));
    assert!(run(&["--color", "always"]).contains("\u{1b}["));
    assert!(!run(&["--color", "never"]).contains('\u{1b}'));
    let environment = |name: &str, value: &str| {
        let mut command = place.command();
        command
            .env(name, value)
            .args(["check", "a.txt", "--offline"]);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(environment("CLICOLOR_FORCE", "1").contains('\u{1b}'));
    assert!(!environment("NO_COLOR", "1").contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_is_quiet() {
    let place = Place::new();
    let mut child = place
        .command()
        .arg("schema")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_batch_verifies_what_is_cited_and_names_the_language_of_texts() {
    let place = Place::new();
    place.write(
        "page.html",
        "<html lang=uk><title>Повінь зупинила потяги на сході області</title>\
         <meta property='article:published_time' content='2019-05-03T10:00:00+03:00'>\
         <h1>Повінь зупинила потяги на сході області</h1><p>Рух потягів не відновлять до ранку, \
         повідомила залізниця у середу, бо колію розмило на десяти ділянках.",
    );
    let line = |cited: &str| format!("{{\"id\":1,\"file\":\"page.html\",\"cited\":{cited}}}\n");
    place.write(
        "list.jsonl",
        [
            line(r#"{"date":"3 травня 2019","title":"Повінь зупинила потяги","language":"uk"}"#),
            line(r#"{"date":"2018-05-03","title":"Курс гривні знову зріс за день","language":"German"}"#),
            line(r#"{"date":"n.d.","title":"Flood halts trains in the east"}"#),
            line("{}"),
        ]
        .concat(),
    );
    let (status, out, error) = place.run(&["inspect", "--batch", "list.jsonl"]);
    assert_eq!((status, error.as_str()), (0, ""));
    let verified: Vec<String> = out
        .lines()
        .filter_map(|line| {
            Some(
                line.split_once(",\"verify\":")?
                    .1
                    .strip_suffix('}')?
                    .to_owned(),
            )
        })
        .collect();
    assert_eq!(
        verified,
        [
            r#"{"date":"supported","title":"supported","title_kind":"shortened","language":"supported"}"#,
            r#"{"date":"contradicted","date_kind":"wrong-year","title":"contradicted","title_kind":"different-page","language":"contradicted"}"#,
            r#"{"date":"unknown","title":"unknown","title_kind":"not-comparable"}"#,
            "{}",
        ]
    );
    place.write(
        "texts.tsv",
        "a\tМіноборони пояснило перенесення навчань\nb\t2024\nc\tRegierung beschließt neues Gesetz\n",
    );
    let (status, out, _) = place.run(&["inspect", "--text", "--batch", "texts.tsv"]);
    assert_eq!(status, 0);
    let tags: Vec<Vec<&str>> = out
        .lines()
        .map(|line| line.split('\t').take(2).collect())
        .collect();
    assert_eq!(tags, [["a", "uk"], ["b", "und"], ["c", "de"]], "{out}");
}

#[test]
fn what_a_batch_line_cites_is_held_to_its_form() {
    let place = Place::new();
    place.write(
        "gone.html",
        "<title>404 Not Found</title><h1>Page not found</h1>",
    );
    let line = |cited: &str| format!("{{\"id\":1,\"file\":\"gone.html\",\"cited\":{cited}}}\n");
    place.write(
        "list.jsonl",
        [
            line(r#"{"date":20240312}"#),
            line(r#"{"dat":"2024-03-12"}"#),
            line(r#""2024-03-12""#),
            line("null"),
            line(r#"{"date":"2024-03-12","language":null}"#),
        ]
        .concat(),
    );
    let (status, out, _) = place.run(&["inspect", "--batch", "list.jsonl"]);
    assert_eq!(status, 2);
    let lines: Vec<&str> = out.lines().collect();
    for (number, (line, error)) in (1..).zip(lines.iter().zip([
        "`date` of `cited` is no text",
        "`cited` has an unknown key `dat`; known: date, title, language, access-date",
        "`cited` is no object",
    ])) {
        let expect = format!("{{\"id\":1,\"line\":{number},\"error\":\"{error}\"}}");
        assert_eq!(*line, expect);
    }
    assert!(!lines.get(3).unwrap().contains("verify"), "{out}");
    assert!(
        lines
            .get(4)
            .unwrap()
            .ends_with("\"verify\":{\"date\":\"unknown\"}}"),
        "{out}"
    );
    place.write(
        "bare.tsv",
        "\u{feff}a\tRegierung beschließt neues Gesetz\nno tab\n",
    );
    let (status, out, error) = place.run(&["inspect", "--text", "--batch", "bare.tsv"]);
    assert_eq!(status, 2);
    assert!(out.starts_with("a\tde\t"), "{out}");
    assert_eq!(
        error,
        "citecheck: error: 1 line has no tab; bare.tsv is read as id, tab, text\n"
    );
    let (status, _, error) = place.run(&["inspect", "--text", "gone.html"]);
    assert_eq!(status, 2);
    assert!(error.contains("name one with --batch FILE"), "{error}");
}

#[test]
fn inspect_says_that_nothing_can_be_read() {
    let place = Place::new();
    place.write("noise.bin", [0x00, 0xff, 0x13, 0x37, 0x80, 0x00].repeat(50));
    place.write("dot.png", *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let (status, out, _) = place.run(&["inspect", "noise.bin", "dot.png"]);
    assert_eq!(status, 0);
    let noise = "noise.bin\n  not read   neither HTML nor text nor PDF, as far as can be told\n";
    assert!(out.contains(noise), "{out}");
    assert!(out.contains("dot.png\n  not read   image/png\n"), "{out}");
}

#[test]
fn rules_and_help_fit_80_columns() {
    let place = Place::new();
    let (_, out, _) = place.run(&["rules"]);
    let longest = out.lines().map(|line| line.chars().count()).max();
    assert!(longest.is_some_and(|longest| longest <= 80), "{out}");
    for help in [&["history", "--help"], &["fix", "--help"]] {
        let mut citecheck = assert_cmd::Command::cargo_bin("citecheck").unwrap();
        let output = citecheck.args(help).env("COLUMNS", "80").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        // A line that was broken by hand and then again leaves a few words alone.
        let ragged = text.lines().zip(text.lines().skip(1)).find(|(line, next)| {
            line.len() < 40
                && line.contains(' ')
                && !line.starts_with(' ')
                && !next.is_empty()
                && !next.starts_with(' ')
                && !line.ends_with(':')
        });
        assert_eq!(ragged, None, "{text}");
    }
}

#[test]
fn inspect_tells_what_a_page_holds() {
    let place = Place::new();
    place.write(
        "page.html",
        "<html lang=uk><title>Річка | Вісник</title><h1>Річка</h1>\
         <meta property='article:published_time' content='2019-05-03T10:00:00+03:00'>",
    );
    let (status, out, _) = place.run(&["inspect", "page.html"]);
    assert_eq!(status, 0);
    assert!(out.starts_with("page.html\n  title      Річка\n"), "{out}");
    assert!(out.contains("published  2019-05-03  ("), "{out}");
    place.write(
        "list.jsonl",
        "{\"id\":1,\"file\":\"page.html\",\"url\":\"https://v.example/\",\"more\":0}\n\
         not json\n\n{\"id\":\"b\",\"file\":\"missing.html\"}\n{\"id\":\"c\",\"file\":\"page.html\"}\n",
    );
    let (status, out, error) = place.run(&["inspect", "--batch", "list.jsonl"]);
    assert_eq!(status, 2, "not every page could be read");
    assert_eq!(
        error,
        "citecheck: error: 2 lines of list.jsonl named no page that can be read; the answers say \
         why\n"
    );
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 4, "{out}");
    let start = "{\"id\":1,\"published\":{\"date\":\"2019-05-03\",\"source\":";
    assert!(lines.first().unwrap().starts_with(start), "{out}");
    assert!(
        lines
            .get(1)
            .unwrap()
            .starts_with("{\"id\":null,\"line\":2,\"error\":\"not JSON: "),
        "{out}"
    );
    assert!(
        lines
            .get(2)
            .unwrap()
            .starts_with("{\"id\":\"b\",\"line\":4,\"error\":\"cannot read "),
        "{out}"
    );
    let last: serde_json::Value = serde_json::from_str(lines.get(3).unwrap()).unwrap();
    let mut keys: Vec<&str> = last
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    let expect = [
        "charset",
        "dates",
        "id",
        "language",
        "modified",
        "published",
        "title",
        "titles",
        "words",
    ];
    assert_eq!(keys, expect);
}

#[test]
fn reports_fit_the_published_schema() {
    let place = Place::new();
    place.write("a.wiki", FAULTY);
    let (_, schema, _) = place.run(&["schema"]);
    let schema = serde_json::from_str(&schema).unwrap();
    let (_, report, _) = place.run(&["check", "a.wiki", "--offline", "--format", "json"]);
    let report = serde_json::from_str(&report).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&report)
        .map(|e| e.to_string())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[test]
fn a_device_is_written_as_it_is() {
    let place = Place::new();
    place.write("a.txt", SOUND);
    let (status, _, error) =
        place.run(&["check", "a.txt", "--offline", "--output", "json=/dev/null"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}
