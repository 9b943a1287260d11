//! Workflow commands: read as the runner reads them.

use citecheck::model::{Excerpt, Finding, Report, Severity, Span};
use citecheck::report::Format;

use crate::reports::{attacks, clean, hostile, many_languages, partial};
use crate::shown;

/// A command: its name, its properties and its message, decoded.
#[derive(Debug)]
struct Command {
    name: String,
    properties: Vec<(String, String)>,
    message: String,
}

fn decoded(text: &str) -> String {
    let text = text.replace("%3A", ":").replace("%2C", ",");
    text.replace("%0D", "\r")
        .replace("%0A", "\n")
        .replace("%25", "%")
}

/// The commands of a log; as the runner does, a line is one if it begins with `::` after space, or
/// holds `##[` anywhere.
fn commands(log: &str) -> Vec<Command> {
    let mut commands = Vec::new();
    for line in log.lines() {
        assert!(!line.contains("##["), "an old command: {line}");
        let Some(rest) = line.trim_start().strip_prefix("::") else {
            continue;
        };
        let (head, message) = rest.split_once("::").unwrap();
        let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
        let pairs = properties.split(',').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap());
        commands.push(Command {
            name: name.to_owned(),
            properties: pairs.map(|(k, v)| (k.to_owned(), decoded(v))).collect(),
            message: decoded(message),
        });
    }
    commands
}

fn of(report: &Report) -> Vec<Command> {
    commands(&shown(report, Format::Github))
}

#[test]
fn nothing_that_strangers_wrote_is_a_command() {
    for attack in attacks() {
        let commands = of(&hostile(&attack.text));
        let names: Vec<&str> = commands.iter().map(|it| it.name.as_str()).collect();
        let expect = [
            "group", "error", "endgroup", "group", "error", "endgroup", "group", "error",
            "endgroup",
        ];
        assert_eq!(names, expect, "{:?}", attack.text);
        for command in commands {
            for (name, _) in &command.properties {
                let known = ["file", "line", "endLine", "col", "endColumn", "title"];
                assert!(
                    known.contains(&name.as_str()),
                    "{name} by {:?}",
                    attack.text
                );
            }
        }
    }
}

#[test]
fn annotations_stand_where_the_finding_does() {
    let mut report = many_languages();
    let found = report
        .articles
        .first_mut()
        .unwrap()
        .findings
        .first_mut()
        .unwrap();
    found.span = Some(Span {
        start: 10,
        end: 13,
        line: 12,
        column: 17,
    });
    found.excerpt = Some(Excerpt {
        text: "url".to_owned(),
        start: 0,
        end: 3,
        cut_before: true,
        cut_after: false,
    });
    let commands = of(&report);
    let error = commands.iter().find(|it| it.name == "error").unwrap();
    let expect = [
        ("file", "rivers.wiki"),
        ("line", "12"),
        ("endLine", "12"),
        ("col", "17"),
        ("endColumn", "20"),
        ("title", "dead-link (reference 2)"),
    ];
    let expect = expect.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(error.properties, expect);
    assert!(error.message.starts_with(
        "the server says that the page does not exist\nhttps://fluss.example/saison\nstatus: 410"
    ));
    let groups: Vec<&str> = commands
        .iter()
        .filter(|it| it.name == "group")
        .map(|it| it.message.as_str())
        .collect();
    assert_eq!(groups, ["this run", "rivers.wiki: 5 findings"]);
}

#[test]
fn articles_that_are_no_files_have_no_file() {
    for input in ["-", "https://uk.example/wiki/x"] {
        let mut report = many_languages();
        input.clone_into(&mut report.articles.first_mut().unwrap().input);
        for command in of(&report) {
            assert!(
                command
                    .properties
                    .iter()
                    .all(|(name, _)| name != "file" && name != "line")
            );
        }
    }
}

#[test]
fn what_github_does_not_show_is_printed_and_told() {
    let mut report = many_languages();
    let article = report.articles.first_mut().unwrap();
    let one = article.findings.first().unwrap().clone();
    let many = |severity| {
        std::iter::repeat_n(
            Finding {
                severity,
                ..one.clone()
            },
            12,
        )
    };
    article.findings = many(Severity::Note).chain(many(Severity::Error)).collect();
    let log = shown(&report, Format::Github);
    let commands = commands(&log);
    let count = |name: &str| commands.iter().filter(|it| it.name == name).count();
    assert_eq!(
        (count("error"), count("warning"), count("notice")),
        (10, 1, 10)
    );
    let last = commands.last().unwrap();
    assert!(
        last.message
            .starts_with("12 errors, 1 warning, 12 notes; 5 more than"),
        "{last:?}"
    );
    let printed = log
        .lines()
        .filter(|line| line.starts_with("error: rivers.wiki:12:17: "));
    assert_eq!(printed.count(), 2);
    assert!(of(&clean()).is_empty() && of(&partial()).is_empty());
}
