//! What editors decided of sources to translate: the file, and what a run takes from it.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use citecheck::check::Remembered;
use citecheck::handoff::Memory;
use citecheck::languages::same_language;
use citecheck::model::{LanguageTag, Report};

use super::output::OutputFile;
use super::settings;

/// Where decisions lie by the settings file.
const FILE: &str = "citecheck-todo.toml";

/// The file that is meant: by the settings file, else in the current directory.
pub(super) fn file(config: Option<&Path>) -> Result<PathBuf> {
    Ok(settings::folder(config)?.join(FILE))
}

/// The decisions of a file; none where it is not there.
pub(super) fn load(path: &Path) -> Result<Memory> {
    let name = path.display();
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(problem) if problem.kind() == ErrorKind::NotFound => return Ok(Memory::default()),
        Err(problem) => return Err(problem).with_context(|| format!("cannot read {name}")),
    };
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| anyhow!("{name} is not UTF-8; TOML has to be"))?;
    Memory::read(&text).map_err(|problem| anyhow!("{name}: {problem}"))
}

/// Writes the decisions, whole or not at all.
pub(super) fn save(path: &Path, memory: &Memory) -> Result<()> {
    OutputFile::create(path)?.finish(memory.to_toml().as_bytes())
}

/// What a run takes from the decisions.
pub(super) fn remembered(config: Option<&Path>) -> Result<BTreeMap<String, Remembered>> {
    Ok(load(&file(config)?)?.remembered())
}

/// Leaves the sources of other languages out of a report's to-do list; none given keeps all.
pub(super) fn keep_languages(report: &mut Report, languages: &[LanguageTag]) {
    if !languages.is_empty() {
        let wanted = |tag: &LanguageTag| languages.iter().any(|own| same_language(own, tag));
        report.todo.retain(|item| wanted(&item.language));
        report.counts.count_todo(&report.todo);
    }
}
