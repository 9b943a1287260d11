//! What changed in files since a git revision.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, anyhow, bail};
use citecheck::check::Selection;
use citecheck::model::{Article, InputFormat};

use super::input::is_address;
use super::text::read_file;

/// Longest text taken out by a hunk in which entries are looked for, in bytes: behind it the file was
/// written anew, and looking for each of thousands of entries in it takes minutes.
const REWRITTEN: usize = 1 << 20;

/// The changes since a revision, asked of git file by file.
#[derive(Debug)]
pub(super) struct Changes<'a> {
    revision: &'a str,
    /// By folder: the commit to compare with.
    bases: RefCell<HashMap<PathBuf, String>>,
}

/// A changed stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hunk {
    /// First line of what is there now, from 1; of a deletion the line before it.
    start: usize,
    /// Lines that are there now.
    lines: usize,
    /// What was there.
    removed: String,
}

impl<'a> Changes<'a> {
    pub(super) fn since(revision: &'a str) -> Self {
        Self {
            revision,
            bases: RefCell::default(),
        }
    }

    /// The inputs without files that are gone and were there at the revision.
    pub(super) fn without_deleted(&self, inputs: &[OsString]) -> Result<Vec<OsString>> {
        let mut left = Vec::new();
        for input in inputs {
            let path = Path::new(input);
            if is_address(input) || input == "-" || path.exists() || !self.was_there(path)? {
                left.push(input.clone());
            }
        }
        Ok(left)
    }

    fn was_there(&self, path: &Path) -> Result<bool> {
        let here = Path::new(".");
        let base = self.base(here)?;
        let listed = git(
            here,
            &["ls-tree", "--name-only", &base, "--"],
            Some(path.as_os_str()),
        )?;
        Ok(listed.status.success() && !listed.stdout.is_empty())
    }

    /// What of an article was added or changed.
    pub(super) fn of(&self, article: &Article) -> Result<Selection> {
        let name = OsString::from(&article.input);
        if is_address(&name) || name == "-" {
            bail!(
                "--changed-since compares files of a git repository, which {} is not",
                if name == "-" {
                    "standard input"
                } else {
                    &article.input
                }
            );
        }
        let path = Path::new(&name);
        let text = if article.format == InputFormat::Wikitext {
            article.text.clone()
        } else {
            String::from_utf8_lossy(&read_file(path)?).into_owned()
        };
        let Some(hunks) = self.hunks(path)? else {
            let blocks = article.references.blocks();
            let every = blocks.flat_map(|block| {
                let numbers: Vec<u32> = block.iter().map(|it| it.number).collect();
                numbers
            });
            return Ok(Selection {
                numbers: every.collect(),
                lines: vec![(1, usize::MAX)],
            });
        };
        let mut selection = Selection::default();
        for block in article.references.blocks() {
            for reference in &*block {
                let entry = reference.span.text(&text).unwrap_or_default();
                let first = reference.span.line;
                let last = first + entry.matches('\n').count();
                if hunks.iter().any(|hunk| hunk.changes(first, last, entry)) {
                    selection.numbers.insert(reference.number);
                    selection.lines.push((first, last));
                }
            }
        }
        let there = hunks.iter().filter(|hunk| 0 < hunk.lines);
        let lines = there.map(|hunk| (hunk.start, hunk.start + hunk.lines - 1));
        selection.lines.extend(lines);
        Ok(selection)
    }

    /// The changed stretches of a file; `None` when all of it is new.
    fn hunks(&self, path: &Path) -> Result<Option<Vec<Hunk>>> {
        let folder = folder(path);
        let file = path.file_name().context("a file has a name")?;
        let base = self.base(folder)?;
        let known = git(folder, &["ls-files", "--error-unmatch", "--"], Some(file))?;
        if !known.status.success() {
            return Ok(None);
        }
        let arguments = [
            "diff",
            "--unified=0",
            "--inter-hunk-context=0",
            "--text",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
            &base,
            "--",
        ];
        let diff = git(folder, &arguments, Some(file))?;
        if !diff.status.success() {
            bail!("git cannot compare {}: {}", path.display(), said(&diff));
        }
        Ok(Some(hunks(&String::from_utf8_lossy(&diff.stdout))))
    }

    /// The commit to compare the files of a folder with: where the history forked from the
    /// revision, so that what others did there since is not taken for a change here.
    fn base(&self, folder: &Path) -> Result<String> {
        if let Some(known) = self.bases.borrow().get(folder) {
            return Ok(known.clone());
        }
        let inside = git(folder, &["rev-parse", "--is-inside-work-tree"], None)?;
        if !inside.status.success() {
            bail!(
                "--changed-since compares files of a git repository, and git says of {}: {}",
                folder.display(),
                said(&inside)
            );
        }
        let revision = self.revision;
        let commit = format!("{revision}^{{commit}}");
        let arguments = [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &commit,
        ];
        let found = git(folder, &arguments, None)?;
        if !found.status.success() {
            bail!("git knows no revision `{revision}`{}", shallow(folder)?);
        }
        let commit = line(&found);
        let fork = git(folder, &["merge-base", &commit, "HEAD"], None)?;
        let base = if fork.status.success() {
            line(&fork)
        } else if shallow(folder)?.is_empty() {
            commit
        } else {
            bail!(
                "git does not know where the history forked from `{revision}`{}",
                shallow(folder)?
            );
        };
        self.bases
            .borrow_mut()
            .insert(folder.to_owned(), base.clone());
        Ok(base)
    }
}

/// What to do about a clone that lacks older commits; empty when it has all.
fn shallow(folder: &Path) -> Result<&'static str> {
    let is_shallow = git(folder, &["rev-parse", "--is-shallow-repository"], None)?;
    Ok(if line(&is_shallow) == "true" {
        "; this clone is shallow: `git fetch --unshallow`, or `fetch-depth: 0` for \
         actions/checkout, gets the rest"
    } else {
        ""
    })
}

fn folder(path: &Path) -> &Path {
    let parent = path.parent();
    let parent = parent.filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

/// Runs git in a folder, without what its settings could make it run.
fn git(folder: &Path, arguments: &[&str], path: Option<&OsStr>) -> Result<Output> {
    let mut command = Command::new("git");
    command
        .args(["--no-pager", "--literal-pathspecs"])
        .args(["-c", "core.quotepath=off", "-c", "core.fsmonitor=false"])
        .args(arguments)
        .args(path)
        .current_dir(folder)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C");
    command.output().map_err(|problem| {
        if problem.kind() == ErrorKind::NotFound {
            anyhow!("--changed-since asks git, which is not installed")
        } else {
            anyhow!(problem).context("cannot run git")
        }
    })
}

/// The first line that git printed.
fn line(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().next().unwrap_or_default().trim().to_owned()
}

/// What git complained of.
fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().next().unwrap_or("it failed");
    line.trim_start_matches("fatal: ").to_owned()
}

/// Reads a diff without context.
fn hunks(diff: &str) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let mut removed = 0;
    let mut added = 0;
    for line in diff.split_inclusive('\n') {
        if 0 < removed && line.starts_with('-') {
            removed -= 1;
            if let Some(hunk) = hunks.last_mut() {
                hunk.removed.push_str(line.get(1..).unwrap_or_default());
            }
        } else if 0 < added && line.starts_with('+') {
            added -= 1;
        } else if let Some(header) = line.strip_prefix("@@ -")
            && let Some((old, new)) = header.split_once(" +")
            && let Some((_, old)) = lines(old)
            && let Some((start, new)) = new.split_once(' ').and_then(|(new, _)| lines(new))
        {
            (removed, added) = (old, new);
            hunks.push(Hunk {
                start,
                lines: new,
                removed: String::new(),
            });
        }
    }
    hunks
}

/// `12` or `12,3`: a line and how many there are.
fn lines(text: &str) -> Option<(usize, usize)> {
    match text.split_once(',') {
        None => Some((text.parse().ok()?, 1)),
        Some((start, count)) => Some((start.parse().ok()?, count.parse().ok()?)),
    }
}

impl Hunk {
    /// Whether an entry from line `first` to `last` is another one than before. In a paragraph, which
    /// is one line, a changed word touches all its references: those that stood there before word for
    /// word did not change. Where more than [`REWRITTEN`] was taken out all did.
    fn changes(&self, first: usize, last: usize, entry: &str) -> bool {
        let touched = if self.lines == 0 {
            // Something was taken out of its middle.
            first <= self.start && self.start < last
        } else {
            first < self.start + self.lines && self.start <= last
        };
        let is_new = || REWRITTEN < self.removed.len() || !self.removed.contains(entry);
        touched && (entry.is_empty() || is_new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_there_before_did_not_change_unless_all_was_written_anew() {
        let entry = "<ref>x</ref>";
        let hunk = |padding: usize| Hunk {
            start: 3,
            lines: 2,
            removed: format!("{}{entry}", "x".repeat(padding)),
        };
        assert!(!hunk(10).changes(3, 3, entry));
        assert!(hunk(10).changes(4, 4, "<ref>y</ref>"));
        assert!(!hunk(10).changes(5, 5, "<ref>y</ref>"));
        assert!(hunk(REWRITTEN).changes(3, 3, entry));
        assert!(!hunk(REWRITTEN).changes(5, 5, entry));
    }
}
