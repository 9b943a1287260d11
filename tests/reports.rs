//! The committed reports are what citecheck makes of the committed lists.
#![expect(
    clippy::disallowed_methods,
    reason = "a test helper may panic, read files and the environment"
)]

use std::collections::BTreeSet;
use std::fs;

use assert_cmd::Command;
use citecheck::report::Format;

#[test]
fn committed_reports_are_up_to_date() {
    let readme = fs::read_to_string("reports/README.md").unwrap();
    let rows = readme.lines().filter_map(|line| {
        let (file, command) = line
            .strip_prefix("| `")?
            .strip_suffix("` |")?
            .split_once("` | `")?;
        Some((file, command.strip_prefix("citecheck ")?))
    });
    let mut made_in = BTreeSet::new();
    for (file, command) in rows {
        let mut citecheck = Command::cargo_bin("citecheck").unwrap();
        citecheck.args(command.split(' '));
        if let Some((_, format)) = command.split_once(" --format ") {
            made_in.extend(format.split(' ').next());
        }
        if command.starts_with("check ") {
            citecheck.arg("--fail-on=never");
        }
        let output = citecheck.output().unwrap();
        assert!(output.status.success(), "{command}");
        let path = format!("reports/{file}");
        if std::env::var_os("UPDATE_REPORTS").is_some() {
            fs::write(&path, &output.stdout).unwrap();
        }
        let made = String::from_utf8(output.stdout).unwrap();
        let committed = fs::read_to_string(&path).unwrap();
        assert!(
            made == committed,
            "{path} is out of date; see reports/README.md\n{made}"
        );
    }
    let missing = Format::ALL.map(Format::as_str);
    let missing: Vec<&str> = (missing.into_iter())
        .filter(|format| !made_in.contains(format))
        .collect();
    assert!(missing.is_empty(), "no report in {missing:?}");
}
