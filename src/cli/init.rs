//! `citecheck init`: the settings and the workflow of a scheduled audit, to begin with.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use citecheck::config::{FILE_NAME, read};
use clap::Args;

use super::init_find::{Found, find};
use super::output::{OutputFile, print};
use super::voice::say;

/// Where GitHub looks for workflows.
const WORKFLOW: &str = ".github/workflows/citecheck.yml";

const SETTINGS: &str = include_str!("init/citecheck.toml");
const BY_CARGO: &str = include_str!("init/workflow.yml");
const BY_ACTION: &str = include_str!("init/workflow-action.yml");

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Write over files that exist
    #[arg(long)]
    force: bool,
    /// Write the settings only
    #[arg(long, conflicts_with = "action")]
    no_workflow: bool,
    /// Print what would be written, and write nothing
    #[arg(long, conflicts_with = "force")]
    print: bool,
    /// Let the workflow use citecheck's action from this repository, pinned by its commit
    /// [default: the workflow installs this version with cargo]
    #[arg(long, value_name = "OWNER/REPOSITORY@COMMIT", value_parser = pinned)]
    action: Option<String>,
}

/// Help after the options.
pub(super) const HELP: &str = "\
Examples:
  citecheck init
      citecheck.toml and .github/workflows/citecheck.yml, which checks twice a week
  citecheck init --print
      only shows both
  citecheck init --no-workflow --force
      settings as they were in the beginning
  citecheck init --action OWNER/REPOSITORY@COMMIT
      a workflow that keeps a tracking issue and annotates, by citecheck's own action

The current folder is looked at for articles in wikitext; name others in the workflow.";

/// Writes the files, or prints them.
pub(super) fn init(args: &InitArgs, quiet: bool) -> Result<()> {
    let found = find(Path::new("."));
    let mut files = vec![(FILE_NAME, settings(&found)?)];
    if !args.no_workflow {
        files.push((WORKFLOW, workflow(&found, args.action.as_deref())));
    }
    if args.print {
        let pages = files.iter().map(|(path, text)| format!("# {path}\n{text}"));
        return print(pages.collect::<Vec<_>>().join("\n").as_bytes());
    }
    write(&files, args.force)?;
    if !quiet {
        tell(&files, &found);
    }
    Ok(())
}

/// The settings; read back, so that what is written is never refused.
fn settings(found: &Found) -> Result<String> {
    let languages = match found.languages.as_slice() {
        [] => String::new(),
        tags => format!("; of those found here: {}", tags.join(", ")),
    };
    let text = SETTINGS.replace("@LANGUAGE@", &languages);
    read(&text, FILE_NAME).context("the settings of `init` are not valid")?;
    Ok(text)
}

fn workflow(found: &Found, action: Option<&str>) -> String {
    let inputs: Vec<String> = found
        .inputs_or_usual()
        .iter()
        .map(|input| format!("            {input}"))
        .collect();
    let page = action.map_or_else(
        || BY_CARGO.replace("@VERSION@", env!("CARGO_PKG_VERSION")),
        |action| BY_ACTION.replace("@ACTION@", action),
    );
    page.replace("@CRON@", &cron(&found.place))
        .replace("@INPUTS@", &inputs.join("\n"))
}

/// Twice a week at night (UTC), at a time that hangs on the folder's name, so that not all audits of
/// the world begin in the same minute; the same folder always gets the same.
fn cron(place: &str) -> String {
    let sum = place.bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    // Never the first minutes of an hour, in which GitHub puts off what is scheduled.
    let (minute, hour, day) = (7 + sum % 47, 1 + sum / 47 % 5, 1 + sum / 235 % 3);
    format!("{minute} {hour} * * {day},{}", day + 3)
}

/// Writes all files, or none when one of them exists.
fn write(files: &[(&str, String)], force: bool) -> Result<()> {
    let exists = |path: &str| fs::symlink_metadata(path).is_ok();
    if let Some((path, _)) = files.iter().find(|(path, _)| !force && exists(path)) {
        bail!("{path} exists; --force writes over it, --print only shows what would be written");
    }
    for (path, text) in files {
        let folder = Path::new(path).parent().map(Path::to_owned);
        let folder: PathBuf = folder.unwrap_or_default();
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        OutputFile::create(Path::new(path))?.finish(text.as_bytes())?;
    }
    Ok(())
}

/// Says what was done and what to do next.
fn tell(files: &[(&str, String)], found: &Found) {
    let paths: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
    say(&format!("wrote {}", paths.join(" and ")));
    let with_workflow = paths.contains(&WORKFLOW);
    if found.inputs.is_empty() {
        let place = if with_workflow {
            " in the workflow"
        } else {
            ""
        };
        say(&format!(
            "no articles in wikitext here: name yours{place}, as files, folders or addresses"
        ));
    }
    if with_workflow && !Path::new(".git").exists() {
        say(
            "this is not the top folder of a repository, and only there does GitHub read workflows: move .github",
        );
    }
    let inputs: Vec<String> = found.inputs_or_usual().iter().map(|i| quoted(i)).collect();
    say(&format!("next: citecheck check {}", inputs.join(" ")));
    if with_workflow {
        say(
            "next: commit both files; the audit runs by its schedule and by hand (Actions, citations, Run workflow)",
        );
    }
}

fn quoted(input: &str) -> String {
    if input.contains(' ') {
        format!("'{input}'")
    } else {
        input.to_owned()
    }
}

/// `OWNER/REPOSITORY@COMMIT`, as a workflow's `uses:` has it.
fn pinned(text: &str) -> Result<String> {
    let (repository, commit) = text.split_once('@').unwrap_or((text, ""));
    let parts: Vec<&str> = repository.split('/').collect();
    let named = |part: &&str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    };
    ensure!(
        2 <= parts.len() && parts.iter().all(named),
        "give it as OWNER/REPOSITORY@COMMIT"
    );
    let whole = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
    ensure!(
        whole,
        "pin it by a whole commit (40 hexadecimal digits); a tag can be moved to other code"
    );
    Ok(text.to_owned())
}
