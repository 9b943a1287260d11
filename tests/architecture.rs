//! The floors of the code base: which module may import which.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::string_slice,
    reason = "a test helper may panic, read files and slice ASCII source"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module with the modules it may import; a module is never above one it is imported by.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("dates", &["model"]),
    ("cs1", &["model"]),
    ("html", &[]),
    ("languages", &["model"]),
    ("links", &["model"]),
    ("wikitext", &["model"]),
    (
        "article",
        &["model", "dates", "html", "languages", "links", "wikitext"],
    ),
    ("page", &["model", "dates", "html", "languages", "links"]),
    ("fetch", &["model"]),
    ("history", &["model"]),
    ("archive", &["model", "fetch", "links"]),
    ("rules", &["model", "dates", "cs1", "languages", "links"]),
    (
        "check",
        &[
            "model",
            "dates",
            "languages",
            "links",
            "article",
            "page",
            "fetch",
            "links",
            "history",
            "archive",
            "rules",
        ],
    ),
    ("fix", &["model"]),
    ("report", &["model", "rules", "languages", "fix"]),
    (
        "config",
        &[
            "model",
            "languages",
            "article",
            "fetch",
            "history",
            "archive",
            "rules",
            "check",
            "report",
        ],
    ),
    (
        "handoff",
        &["model", "languages", "wikitext", "rules", "check"],
    ),
];

#[test]
fn modules_import_only_lower_floors() {
    let mut broken = Vec::new();
    for file in rust_files(Path::new("src")) {
        let module = top_module(&file);
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else {
            assert!(
                matches!(module.as_str(), "lib" | "main" | "cli"),
                "{module} has no floor in MAY_IMPORT"
            );
            continue;
        };
        for target in crate_imports(&fs::read_to_string(&file).unwrap()) {
            if target != module && !allowed.contains(&target.as_str()) {
                broken.push(format!("{} imports crate::{target}", file.display()));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "imports that climb:\n{}",
        broken.join("\n")
    );
}

/// Floors that work on values alone; `fetch` and the command line are what has effects.
const PURE: &[&str] = &[
    "model",
    "dates",
    "cs1",
    "html",
    "languages",
    "links",
    "wikitext",
    "article",
    "page",
    "rules",
    "check",
    "fix",
    "report",
    "config",
    "handoff",
];

/// What reaches for files, the network, the environment, another process or the clock.
const EFFECTS: [&str; 18] = [
    "fs::",
    "File::",
    "env::",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "ToSocketAddrs",
    "process::",
    "thread::",
    "stdin(",
    "stdout(",
    "stderr(",
    "reqwest",
    "tokio::net",
    "tokio::spawn",
    "tokio::time",
    "SystemTime",
    "now(",
];

#[test]
fn floors_below_the_command_line_have_no_effects() {
    let mut broken = Vec::new();
    for file in rust_files(Path::new("src")) {
        if !PURE.contains(&top_module(&file).as_str()) {
            continue;
        }
        let code = code_of(&fs::read_to_string(&file).unwrap());
        for effect in EFFECTS {
            let mut found = code.match_indices(effect).map(|(at, _)| &code[..at]);
            if found.any(|before| !before.ends_with(is_of_name)) {
                broken.push(format!("{} uses {effect}", file.display()));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "effects in pure modules:\n{}",
        broken.join("\n")
    );
}

#[test]
fn floors_have_no_cycle() {
    let mut placed: BTreeSet<&str> = BTreeSet::new();
    for (module, allowed) in MAY_IMPORT {
        assert!(
            allowed.iter().all(|below| placed.contains(below)),
            "{module} is listed too early"
        );
        placed.insert(module);
    }
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = rust_files(Path::new("src"))
        .into_iter()
        .map(|file| (fs::read_to_string(&file).unwrap().lines().count(), file))
        .filter(|(lines, _)| 400 < *lines)
        .map(|(lines, file)| format!("{} ({lines} lines)", file.display()))
        .collect();
    assert!(long.is_empty(), "split these files:\n{}", long.join("\n"));
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The first path component under `src`, without `.rs`.
fn top_module(file: &Path) -> String {
    let first = file
        .components()
        .nth(1)
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Names that follow `crate::` in code, including the first names of `crate::{a::b, c}`.
fn crate_imports(source: &str) -> BTreeSet<String> {
    let code = code_of(source);
    let mut names = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        if code[..at].ends_with('$') {
            continue; // `$crate::` inside a macro
        }
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group_heads(group)),
            None => names.extend(identifier(rest)),
        }
    }
    names
}

/// The source without comments of their own line and without its unit tests.
fn code_of(source: &str) -> String {
    let code = source
        .lines()
        .take_while(|line| line.trim() != "#[cfg(test)]")
        .filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

/// Whether the character can stand inside a name.
fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn group_heads(group: &str) -> Vec<String> {
    let (mut heads, mut depth, mut at_head) = (Vec::new(), 0usize, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_head = true,
            c if at_head && c.is_ascii_alphabetic() => {
                heads.extend(identifier(&group[at..]));
                at_head = false;
            }
            _ => {}
        }
    }
    heads
}

fn identifier(text: &str) -> Option<String> {
    let end = text.find(|c: char| !is_of_name(c)).unwrap_or(text.len());
    (0 < end).then(|| text[..end].to_owned())
}
