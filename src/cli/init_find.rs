//! Which articles a folder holds, for `citecheck init`.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use citecheck::article::{self, ReadOptions};
use citecheck::model::InputFormat;
use walkdir::WalkDir;

use super::text::{decode, read_limited};

/// Endings that only articles have: what `.txt` and `.html` are in a repository, nobody knows.
const ENDINGS: [&str; 3] = ["wiki", "wikitext", "mediawiki"];

/// Folders of other programs.
const FOREIGN: [&str; 4] = ["node_modules", "target", "vendor", "venv"];

/// Where articles are meant to be when there are none yet.
const USUAL: &str = "articles";

/// Entries looked at; a repository can hold millions.
const MOST_ENTRIES: usize = 20_000;

/// Articles whose language is looked at.
const MOST_READ: usize = 20;

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files and folders right here with articles in them, by name.
    pub(super) inputs: Vec<String>,
    /// Tags of the languages that articles are in, the most frequent first.
    pub(super) languages: Vec<String>,
    /// Name of the folder itself, if it has one.
    pub(super) place: String,
}

impl Found {
    /// The inputs, or where they are usually put.
    pub(super) fn inputs_or_usual(&self) -> Vec<&str> {
        if self.inputs.is_empty() {
            return vec![USUAL];
        }
        self.inputs.iter().map(String::as_str).collect()
    }
}

/// Looks at a folder. What cannot be read is not there.
pub(super) fn find(folder: &Path) -> Found {
    let place = fs::canonicalize(folder).unwrap_or_default();
    let place = place.file_name().unwrap_or_default().to_string_lossy();
    let mut found = Found {
        place: place.into_owned(),
        ..Found::default()
    };
    let mut languages: BTreeMap<String, usize> = BTreeMap::new();
    let mut read = 0;
    let walk = WalkDir::new(folder).min_depth(1).sort_by_file_name();
    let own = walk.into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        !name.starts_with('.') && !FOREIGN.contains(&name.as_ref())
    });
    for entry in own.take(MOST_ENTRIES).flatten() {
        if !entry.file_type().is_file() || !is_wikitext(entry.path()) {
            continue;
        }
        let Some(top) = top(folder, entry.path()) else {
            continue;
        };
        if found.inputs.last() != Some(&top) {
            found.inputs.push(top);
        }
        if read < MOST_READ {
            read += 1;
            if let Some(tag) = language(entry.path()) {
                *languages.entry(tag).or_default() += 1;
            }
        }
    }
    let mut tags: Vec<(String, usize)> = languages.into_iter().collect();
    tags.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found.languages = tags.into_iter().map(|(tag, _)| tag).collect();
    found
}

fn is_wikitext(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// The first part of a path inside a folder, if it can stand in a workflow as it is: what is markup
/// to YAML, GitHub or a shell is left to people.
fn top(folder: &Path, path: &Path) -> Option<String> {
    let inside = path.strip_prefix(folder).ok()?;
    let top = inside.components().next()?.as_os_str().to_str()?;
    let plain = |c: char| c.is_alphanumeric() || "._- ".contains(c);
    let edges = |c: Option<char>| c.is_some_and(|c| c != ' ' && c != '-');
    let fits = top.chars().all(plain) && edges(top.chars().next()) && !top.ends_with(' ');
    fits.then(|| top.to_owned())
}

fn language(path: &Path) -> Option<String> {
    let name = path.display().to_string();
    let bytes = read_limited(&mut File::open(path).ok()?, &name).ok()?;
    let text = decode(&name, bytes).ok()?;
    let options = ReadOptions { language: None };
    let article = article::read(&name, &text, InputFormat::Wikitext, &options);
    article.language.map(|tag| tag.to_string())
}
