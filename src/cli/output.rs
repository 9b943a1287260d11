//! Standard output and files: whole or not at all.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use tempfile::{Builder, NamedTempFile};

use super::input::is_article;

/// Whoever read standard output has gone away, as `head` does: no fault, but no need to go on.
#[derive(Debug, thiserror::Error)]
#[error("standard output was closed")]
pub(super) struct ReaderGone;

/// How much is written at once.
const PIECE_BYTES: usize = 64 << 10;

/// Prints to standard output; fails with [`ReaderGone`] when nobody reads it any more.
pub(super) fn print(bytes: &[u8]) -> Result<()> {
    print_by(|out| out.write_all(bytes))
}

/// As [`print`], of what is written piece by piece.
pub(super) fn print_by(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::with_capacity(PIECE_BYTES, io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(problem) if problem.kind() == ErrorKind::BrokenPipe => Err(ReaderGone.into()),
        Err(problem) => Err(problem).context("cannot write to standard output"),
    }
}

/// A file that will be written when the run is over.
///
/// Made before the run, so that a file that cannot be written is told at once and not after an
/// hour. Written beside its place and renamed, so that no reader sees half of it; a device or
/// pipe is written as it is.
#[derive(Debug)]
pub(super) struct OutputFile {
    path: PathBuf,
    beside: Option<NamedTempFile>,
    /// Those of the file that is replaced.
    permissions: Option<fs::Permissions>,
}

impl OutputFile {
    /// Makes ready to write.
    pub(super) fn create(path: &Path) -> Result<Self> {
        let cannot = || format!("cannot write {}", path.display());
        // A link is followed: what it leads to is replaced, not the link.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let existing = fs::metadata(&target).ok();
        if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
            bail!(
                "cannot write {}: it is a folder; name a file in it",
                path.display()
            );
        }
        if existing
            .as_ref()
            .is_some_and(|existing| !existing.is_file())
        {
            return Ok(Self {
                path: target,
                beside: None,
                permissions: None,
            });
        }
        let permissions = existing.map(|existing| existing.permissions());
        if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
            bail!("cannot write {}: it is write-protected", path.display());
        }
        let folder = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let beside = new_file(folder).map_err(|problem| {
            // The system's own words name the file beside, which nobody asked for.
            let kind = problem.kind();
            if kind == ErrorKind::NotFound {
                anyhow!("{}: no folder {}", cannot(), folder.display())
            } else {
                anyhow!("{} in {}: {kind}", cannot(), folder.display())
            }
        })?;
        Ok(Self {
            path: target,
            beside: Some(beside),
            permissions,
        })
    }

    /// Writes all and puts the file in its place.
    pub(super) fn finish(self, bytes: &[u8]) -> Result<()> {
        self.finish_by(|out| out.write_all(bytes))
    }

    /// As [`finish`](Self::finish), of what is written piece by piece.
    pub(super) fn finish_by(
        self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        let cannot = || format!("cannot write {}", self.path.display());
        let buffered = |file: &mut dyn Write| {
            let mut out = BufWriter::with_capacity(PIECE_BYTES, file);
            write(&mut out).and_then(|()| out.flush())
        };
        match self.beside {
            None => {
                let mut file = fs::File::create(&self.path).with_context(cannot)?;
                buffered(&mut file).with_context(cannot)
            }
            Some(mut file) => {
                buffered(&mut file).with_context(cannot)?;
                if let Some(permissions) = self.permissions {
                    let kept = file.as_file().set_permissions(permissions);
                    kept.with_context(cannot)?;
                }
                file.persist(&self.path).with_context(cannot)?;
                Ok(())
            }
        }
    }
}

/// Fails when a file that will be written is one that is read, or lies in a folder that is read and
/// is named like an article: a report must not take the place of its article.
pub(super) fn refuse_inputs<'a>(
    outputs: impl IntoIterator<Item = &'a Path>,
    inputs: &[&Path],
) -> Result<()> {
    let read: Vec<PathBuf> = inputs
        .iter()
        .filter_map(|input| fs::canonicalize(input).ok())
        .collect();
    for output in outputs {
        // What does not exist yet is no input.
        let Ok(target) = fs::canonicalize(output) else {
            continue;
        };
        let taken = read.iter().any(|input| {
            *input == target || (input.is_dir() && target.starts_with(input) && is_article(&target))
        });
        if taken {
            bail!(
                "{} is read by this run; write to another file",
                output.display()
            );
        }
    }
    Ok(())
}

/// A new file that others may read as far as the umask allows, like any file a program makes.
fn new_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".citecheck-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
