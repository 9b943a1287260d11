//! Finding and reading the settings file, and laying flags over it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use citecheck::config::{FILE_NAME, Settings, read};

use super::args::{CheckArgs, InputArgs};

/// Where a history lies by the settings file.
const HISTORY_FILE: &str = ".citecheck/history.db";

/// Reads `--config`, else the nearest settings file upwards from the current directory, else
/// takes the defaults.
pub(super) fn load(given: Option<&Path>) -> Result<Settings> {
    let (path, name) = match given {
        Some(path) => (path.to_owned(), path.display().to_string()),
        None => match nearest_file()? {
            Some(found) => found,
            None => return Ok(Settings::default()),
        },
    };
    let bytes = fs::read(&path).map_err(|problem| match (problem.kind(), given) {
        (ErrorKind::NotFound, Some(_)) => anyhow!(
            "no settings file {}; without --config the nearest {FILE_NAME} is read",
            path.display()
        ),
        _ => anyhow!(problem).context(format!("cannot read {}", path.display())),
    })?;
    let text = String::from_utf8(bytes).map_err(|problem| {
        let at = problem.utf8_error().valid_up_to();
        anyhow!(
            "{} is not UTF-8 at byte {at}; TOML has to be",
            path.display()
        )
    })?;
    let mut settings = read(&text, &name)?;
    // A path in the file is meant from the file's own folder.
    let folder = path.parent().unwrap_or(Path::new(""));
    for file in &mut settings.fetch.ca_files {
        *file = folder.join(&file).display().to_string();
    }
    Ok(settings)
}

/// The nearest settings file upwards, and its name as seen from here: `../citecheck.toml`.
fn nearest_file() -> Result<Option<(PathBuf, String)>> {
    let here = std::env::current_dir().context("the current directory cannot be read")?;
    let mut name = FILE_NAME.to_owned();
    for folder in here.ancestors() {
        let path = folder.join(FILE_NAME);
        if path.is_file() {
            return Ok(Some((path, name)));
        }
        name.insert_str(0, "../");
    }
    Ok(None)
}

/// The folder of the settings file that [`load`] reads, else the current one; empty for that.
pub(super) fn folder(given: Option<&Path>) -> Result<PathBuf> {
    let file = match given {
        Some(path) => Some(path.to_owned()),
        None => nearest_file()?.map(|(_, name)| PathBuf::from(name)),
    };
    let folder = file.as_deref().and_then(Path::parent);
    Ok(folder.map(Path::to_owned).unwrap_or_default())
}

/// The history that is meant: the one named, else the one of the settings, else the usual one.
/// The latter two lie by the folder of the settings file.
pub(super) fn history_file(
    named: Option<&Path>,
    settings: &Settings,
    config: Option<&Path>,
) -> Result<PathBuf> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let file = settings.history.file.as_deref();
    Ok(folder(config)?.join(file.unwrap_or(HISTORY_FILE)))
}

/// Lays the flags that `check` and `extract` share over the settings.
pub(super) fn lay_over(settings: &mut Settings, flags: &InputArgs) {
    if flags.article_language.is_some() {
        settings
            .article_language
            .clone_from(&flags.article_language);
    }
    settings.fetch.allow_private |= flags.allow_private;
}

/// Lays the flags of `check` over the settings.
pub(super) fn lay_over_check(settings: &mut Settings, flags: &CheckArgs) {
    lay_over(settings, &flags.read);
    if flags.language.is_some() {
        settings.language.clone_from(&flags.language);
    }
    flags.archives.lay_over(&mut settings.archives);
    settings.format = flags.format.unwrap_or(settings.format);
    settings.fail_on = flags.fail_on.unwrap_or(settings.fail_on);
    let history = &mut settings.history;
    history.enabled = (history.enabled || flags.history.history.is_some()) && !flags.history.off;
    history.max_age = flags.history.max_age.unwrap_or(history.max_age);
    flags.network.lay_over(&mut settings.fetch);
}
