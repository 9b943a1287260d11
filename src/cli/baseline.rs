//! `--baseline`: only what is new is reported.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use citecheck::check::{Baseline, hold_back, update};
use citecheck::config::Settings;
use citecheck::model::Report;
use clap::Args;

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
}

impl Known {
    /// Reads the file, which need not be there if it is to be written, and makes ready to write it.
    pub(super) fn open(file: &Path, is_updated: bool) -> Result<Self> {
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
        Ok(Self {
            name,
            baseline,
            updated,
        })
    }

    /// Brings the file up to date if that was asked for, and takes out of the report what is known.
    pub(super) fn apply(self, report: &mut Report, quiet: bool) -> Result<()> {
        let Some(file) = self.updated else {
            hold_back(report, &self.baseline, &self.name);
            return Ok(());
        };
        let new = update(&self.baseline, report);
        hold_back(report, &new.baseline, &self.name);
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

fn is_missing(problem: &anyhow::Error) -> bool {
    let cause = problem.downcast_ref::<std::io::Error>();
    cause.is_some_and(|cause| cause.kind() == ErrorKind::NotFound)
}
