//! `--baseline`: only what is new is reported.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use citecheck::check::{Baseline, Ground, hold_back, update};
use citecheck::config::Settings;
use citecheck::model::Report;
use clap::Args;

use super::input::{is_address, is_article};
use super::output::OutputFile;
use super::settings::folder;
use super::text::{decode, read_file};
use super::voice::say;

/// What is written where nothing names a file.
const FILE: &str = "citecheck-baseline.json";

/// What is known already.
#[derive(Debug, Args)]
#[command(next_help_heading = "Known findings")]
pub(super) struct BaselineArgs {
    /// Report only what is not in this baseline; the rest is counted
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write all that is found into the baseline, and take out what is found no more; what this
    /// run did not look at stays [default file: citecheck-baseline.json]
    #[arg(long)]
    pub(super) update_baseline: bool,
}

/// The same, where settings may name a baseline.
#[derive(Debug, Args)]
#[command(next_help_heading = "Known findings")]
pub(super) struct CheckBaselineArgs {
    #[command(flatten)]
    pub(super) known: BaselineArgs,
    /// Report all, whatever baseline the settings name
    #[arg(long, conflicts_with_all = ["baseline", "update_baseline"])]
    pub(super) no_baseline: bool,
}

impl BaselineArgs {
    /// The file that is meant without any settings.
    pub(super) fn file(&self) -> Option<PathBuf> {
        let usual = self.update_baseline.then(|| PathBuf::from(FILE));
        self.baseline.clone().or(usual)
    }
}

impl CheckBaselineArgs {
    /// The file of the baseline that a run has to do with.
    pub(super) fn file(
        &self,
        settings: &Settings,
        config: Option<&Path>,
    ) -> Result<Option<PathBuf>> {
        if self.no_baseline || self.known.baseline.is_some() {
            return Ok(self.known.baseline.clone());
        }
        let named = settings.baseline.as_deref();
        let usual = self.known.update_baseline.then_some(FILE);
        let Some(file) = named.or(usual) else {
            return Ok(None);
        };
        Ok(Some(folder(config)?.join(file)))
    }
}

/// A baseline that was read for a run.
#[derive(Debug)]
pub(super) struct Known {
    name: String,
    baseline: Baseline,
    /// Where the new one goes.
    updated: Option<OutputFile>,
    ground: Ground,
}

impl Known {
    /// Reads the file, which need not be there if it is to be written, and makes ready to write it.
    ///
    /// Articles of it that lie in one of the folders among the `inputs`, and are none any more, are
    /// gone.
    pub(super) fn open(file: &Path, is_updated: bool, inputs: &[OsString]) -> Result<Self> {
        let name = file.display().to_string();
        let baseline = match read_file(file) {
            Ok(bytes) => {
                let text = decode(&name, bytes)?;
                Baseline::read(&text).with_context(|| format!("cannot read {name}"))?
            }
            Err(problem) if is_missing(&problem) && is_updated => Baseline::default(),
            Err(problem) if is_missing(&problem) => {
                bail!("no baseline {name}; --update-baseline makes it")
            }
            Err(problem) => return Err(problem),
        };
        let updated = is_updated.then(|| OutputFile::create(file)).transpose()?;
        let here = std::env::current_dir().unwrap_or_default();
        let root = here.join(file.parent().unwrap_or(Path::new("")));
        // Both without links, or neither, so that one lies in the other.
        let (here, root) = match (here.canonicalize(), root.canonicalize()) {
            (Ok(here), Ok(root)) => (here, root),
            _ => (here, root),
        };
        let gone = gone(&baseline, inputs, &[&root, &here]);
        let text = |path: PathBuf| path.to_str().unwrap_or_default().to_owned();
        Ok(Self {
            name,
            baseline,
            updated,
            ground: Ground {
                root: text(root),
                here: text(here),
                gone,
            },
        })
    }

    /// Brings the file up to date if that was asked for, and takes out of the report what is known.
    pub(super) fn apply(mut self, report: &mut Report, unread: usize, quiet: bool) -> Result<()> {
        if 0 < unread {
            // What could not be read is not gone.
            self.ground.gone.clear();
        }
        let Some(file) = self.updated else {
            hold_back(report, &self.baseline, &self.name, &self.ground);
            return Ok(());
        };
        let new = update(&self.baseline, report, &self.ground);
        hold_back(report, &new.baseline, &self.name, &self.ground);
        if new.baseline != self.baseline || !Path::new(&self.name).exists() {
            file.finish(new.baseline.write().as_bytes())?;
        }
        if !quiet {
            say(&format!(
                "{} holds {} findings: {} added, {} removed",
                self.name,
                new.baseline.len(),
                new.added,
                new.removed
            ));
        }
        Ok(())
    }
}

/// The articles of a baseline that a run over the folders among the inputs reads, if they are there
/// and cite anything.
fn gone(baseline: &Baseline, inputs: &[OsString], bases: &[&Path]) -> BTreeSet<String> {
    let whole = |base: &Path, path: &Path| -> PathBuf { base.join(path).components().collect() };
    let here = Path::new(".").canonicalize().unwrap_or_default();
    let folders: Vec<PathBuf> = (inputs.iter().map(Path::new))
        .filter(|input| input.is_dir())
        .map(|input| whole(&here, input))
        .collect();
    let lies_in = |article: &Path| folders.iter().any(|folder| article.starts_with(folder));
    let mut articles: Vec<&str> = (baseline.iter().map(|(identity, _)| identity))
        .map(|identity| identity.article.as_str())
        .collect();
    articles.dedup();
    let gone = articles.into_iter().filter(|article| {
        let mut paths = bases.iter().map(|base| whole(base, Path::new(article)));
        let Some(path) = paths.find(|path| lies_in(path)) else {
            return false;
        };
        let is_there = path.try_exists().unwrap_or(true);
        // A file of a folder that cites nothing any more is passed over.
        !is_address(&OsString::from(article)) && (!is_there || is_article(&path))
    });
    gone.map(str::to_owned).collect()
}

fn is_missing(problem: &anyhow::Error) -> bool {
    let cause = problem.downcast_ref::<std::io::Error>();
    cause.is_some_and(|cause| cause.kind() == ErrorKind::NotFound)
}
