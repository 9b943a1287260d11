//! What the README shows is what citecheck prints.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test helper may panic and read files"
)]

use assert_cmd::Command;
use citecheck::rules::RULES;

fn readme() -> String {
    std::fs::read_to_string("README.md").unwrap()
}

/// The fenced blocks that follow a text, each with what stands before it since the last one.
fn blocks(readme: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let (mut before, mut block, mut fence) = (String::new(), String::new(), None);
    for line in readme.lines() {
        match &fence {
            None if line.starts_with("```") => {
                let ticks: String = line.chars().take_while(|c| *c == '`').collect();
                fence = Some(ticks);
            }
            Some(ticks) if line == ticks => {
                found.push((std::mem::take(&mut before), std::mem::take(&mut block)));
                fence = None;
            }
            None => before = format!("{before}{line}\n"),
            Some(_) => block = format!("{block}{line}\n"),
        }
    }
    found
}

#[test]
fn output_is_shown_as_it_is_printed() {
    let mut shown = 0;
    for (before, block) in blocks(&readme()) {
        let Some((_, rest)) = before.rsplit_once("<!-- output of: ") else {
            continue;
        };
        let arguments = rest.split_once(" -->").unwrap().0.split(' ');
        let output = Command::cargo_bin("citecheck")
            .unwrap()
            .args(arguments)
            .output()
            .unwrap();
        let output = String::from_utf8(output.stdout).unwrap();
        for piece in block.split("⋮\n") {
            assert!(
                output.contains(piece),
                "not printed any more:\n{piece}\nin\n{output}"
            );
        }
        shown += 1;
    }
    assert_eq!(
        shown, 3,
        "the terminal report, the to-do list and the fixes"
    );
}

#[test]
fn settings_that_are_shown_are_read() {
    let blocks = blocks(&readme());
    let settings = blocks
        .iter()
        .find(|(_, block)| block.contains("[[ignore]]"))
        .unwrap();
    citecheck::config::read(&settings.1, "README.md").unwrap();
}

#[test]
fn every_rule_is_listed() {
    let readme = readme();
    for rule in RULES {
        let row = format!(
            "| {} | `{}` | {} |",
            rule.code,
            rule.name,
            rule.severity.as_str()
        );
        assert!(readme.contains(&row), "{row}");
    }
}
