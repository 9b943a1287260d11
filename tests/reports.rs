//! The committed reports are what citecheck makes of the committed lists.
#![expect(
    clippy::disallowed_methods,
    reason = "a test helper may panic, read files and the environment"
)]

use std::fs;

use assert_cmd::Command;

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
    let mut compared = 0;
    for (file, command) in rows {
        let mut citecheck = Command::cargo_bin("citecheck").unwrap();
        let output = citecheck
            .args(command.split(' '))
            .arg("--fail-on=never")
            .output()
            .unwrap();
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
        compared += 1;
    }
    assert_eq!(compared, 4);
}
