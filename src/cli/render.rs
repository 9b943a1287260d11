//! Reports to standard output and files, from a run or from a saved report.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use citecheck::check::merge;
use citecheck::config::{Color, FailOn};
use citecheck::model::{Report, SCHEMA_VERSION, Shard};
use citecheck::report::{Format, write};
use serde::Deserialize;

use super::Ending;
use super::args::{ReportArgs, Voice};
use super::baseline::Known;
use super::output::{OutputFile, print_by, refuse_inputs};
use super::text::read_file;
use super::todo_memory;
use super::voice;

/// Where a report goes.
#[derive(Debug)]
pub(super) struct Destinations {
    format: Format,
    color: Color,
    files: Vec<(Format, OutputFile)>,
}

impl Destinations {
    /// Makes ready to write, and fails if any file cannot be.
    pub(super) fn prepare(
        format: Format,
        color: Color,
        files: &[(Format, PathBuf)],
    ) -> Result<Self> {
        let mut ready = Vec::new();
        for (at, (format, path)) in files.iter().enumerate() {
            if path.as_os_str() == "-" {
                bail!("--output writes to files; --format {format} prints to standard output");
            }
            let same = |earlier: &PathBuf| place(earlier) == place(path);
            if files.iter().take(at).any(|(_, earlier)| same(earlier)) {
                bail!(
                    "{} is named by two --output; give each its own file",
                    path.display()
                );
            }
            ready.push((*format, OutputFile::create(path)?));
        }
        Ok(Self {
            format,
            color,
            files: ready,
        })
    }

    /// Writes the files, then standard output.
    pub(super) fn write(self, report: &Report) -> Result<()> {
        let style = voice::style(self.color);
        for (format, file) in self.files {
            // A file is no terminal: no colour, and of a usual width.
            let style = citecheck::report::Style::default();
            file.finish_by(|out| write(report, format, &style, out))?;
        }
        print_by(|out| write(report, self.format, &style, out))
    }
}

/// Where a file stands, or will: its folder without links and detours.
pub(super) fn place(path: &Path) -> PathBuf {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")));
    match (folder, path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

/// Renders saved reports.
pub(super) fn saved(args: &ReportArgs, voice: &Voice) -> Result<Ending> {
    let mut inputs: Vec<&Path> = args.runs.iter().map(PathBuf::as_path).collect();
    let baseline = args.baseline.file();
    if args.baseline.update_baseline {
        refuse_inputs(baseline.as_deref(), &inputs)?;
    }
    inputs.extend(baseline.as_deref());
    refuse_inputs(args.output.iter().map(|(_, path)| path.as_path()), &inputs)?;
    let known = (baseline.as_deref())
        .map(|file| Known::open(file, args.baseline.update_baseline, &[]))
        .transpose()?;
    let color = voice.color.unwrap_or(Color::Auto);
    let destinations = Destinations::prepare(args.format, color, &args.output)?;
    let mut reports = Vec::new();
    for run in &args.runs {
        reports.push((run.display().to_string(), read(run)?));
    }
    let mut report = merge(reports)?;
    if let Some(known) = known {
        known.apply(&mut report, 0, voice.quiet)?;
    }
    report.run.all_todo |= args.all_todo;
    todo_memory::keep_languages(&mut report, &args.source_language);
    destinations.write(&report)?;
    if let (Some(shard), Some(FailOn::Error | FailOn::Warning)) = (report.run.shard, args.fail_on) {
        let Shard { index, of } = shard;
        voice::say(&format!(
            "error: shard {index} of {of} alone says nothing of the others; give the reports of all"
        ));
        return Ok(Ending::Failed);
    }
    let fail_on = args.fail_on.unwrap_or(FailOn::Never);
    let of_articles = report.articles.iter().flat_map(|article| &article.findings);
    let mut findings = of_articles.chain(&report.findings);
    Ok(if findings.any(|finding| fail_on.fails(finding.severity)) {
        Ending::Findings
    } else if report.run.partial && fail_on != FailOn::Never {
        Ending::Failed
    } else {
        Ending::Sound
    })
}

/// The part of a report that tells whether the rest can be read.
#[derive(Debug, Deserialize)]
struct Version {
    schema: u32,
}

fn read(path: &Path) -> Result<Report> {
    let name = path.display();
    let bytes = read_file(path)?;
    let version = serde_json::from_slice::<Version>(&bytes);
    if let Ok(Version { schema }) = version
        && schema != SCHEMA_VERSION
    {
        bail!(
            "{name} has schema {schema}, but this citecheck reads {SCHEMA_VERSION}; use the version that made it"
        );
    }
    serde_json::from_slice(&bytes).with_context(|| {
        format!(
            "{name} is no citecheck report; `citecheck check INPUT --output json=run.json` makes one"
        )
    })
}
