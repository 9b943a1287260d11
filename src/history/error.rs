//! What can go wrong with a history.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// Why a history could not be opened, read or written. The file is never overwritten.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HistoryError {
    /// There is none.
    #[error("no history at {path}; `citecheck check` makes one, --history names another")]
    Absent {
        /// The file looked for.
        path: String,
    },
    /// The file is no SQLite database, or a broken one.
    #[error(
        "the history {path} is damaged ({detail}); move it away to begin anew, restore a copy, or \
         use --no-history"
    )]
    Damaged {
        /// The file.
        path: String,
        /// What SQLite says.
        detail: String,
    },
    /// The database is another program's.
    #[error("{path} is a database, but no history of citecheck; name another file with --history")]
    Foreign {
        /// The file.
        path: String,
    },
    /// The schema is newer than this program.
    #[error(
        "the history {path} was written by a newer citecheck (schema {found}; this one knows \
         {known}); update citecheck, or name another file with --history"
    )]
    Newer {
        /// The file.
        path: String,
        /// Its `user_version`.
        found: i64,
        /// The newest one known here.
        known: i64,
    },
    /// The file cannot be opened, made or written: permissions, a full disk.
    #[error("the history {path} cannot be written ({detail})")]
    Unavailable {
        /// The file.
        path: String,
        /// What SQLite or the system says.
        detail: String,
    },
    /// Another program holds the file locked for too long.
    #[error("the history {path} is in use by another program")]
    Busy {
        /// The file.
        path: String,
    },
    /// Anything else that SQLite reports.
    #[error("the history {path} cannot be used ({detail})")]
    Other {
        /// The file.
        path: String,
        /// What SQLite says.
        detail: String,
    },
    /// Lines that are no observations; nothing was taken over.
    #[error("{}", of_lines(.0))]
    Lines(Vec<BadLine>),
    /// The lines to import cannot be read.
    #[error("cannot read the observations ({0})")]
    Read(String),
}

/// A line that is no observation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from 1.
    pub number: usize,
    /// What is wrong with it: a lowercase fragment.
    pub reason: String,
}

impl HistoryError {
    /// Whether a run can do its work without the history: it is there but not to be had now, or
    /// cannot be made here. A damaged or newer file is not: it may be about to be lost.
    #[must_use]
    pub const fn is_passing(&self) -> bool {
        match self {
            Self::Unavailable { .. } | Self::Busy { .. } => true,
            Self::Absent { .. }
            | Self::Damaged { .. }
            | Self::Foreign { .. }
            | Self::Newer { .. }
            | Self::Other { .. }
            | Self::Lines(_)
            | Self::Read(_) => false,
        }
    }

    /// What SQLite says, told apart by what there is to do.
    pub(super) fn from_sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        let (path, detail) = (path.display().to_string(), error.to_string());
        let code = error.sqlite_error_code();
        let is_one_of = |codes: &[ErrorCode]| code.is_some_and(|code| codes.contains(&code));
        if is_one_of(&[ErrorCode::NotADatabase, ErrorCode::DatabaseCorrupt]) {
            Self::Damaged { path, detail }
        } else if is_one_of(&[ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked]) {
            Self::Busy { path }
        } else if is_one_of(&[
            ErrorCode::CannotOpen,
            ErrorCode::ReadOnly,
            ErrorCode::DiskFull,
            ErrorCode::PermissionDenied,
            ErrorCode::SystemIoFailure,
            ErrorCode::FileLockingProtocolFailed,
        ]) {
            Self::Unavailable { path, detail }
        } else {
            Self::Other { path, detail }
        }
    }
}

/// Turns errors of SQLite into those of the file they are about.
#[derive(Debug, Clone)]
pub(super) struct OfFile(pub(super) PathBuf);

impl OfFile {
    pub(super) fn error(&self, error: &rusqlite::Error) -> HistoryError {
        HistoryError::from_sqlite(&self.0, error)
    }
}

fn of_lines(lines: &[BadLine]) -> String {
    let each: Vec<String> = lines
        .iter()
        .map(|line| format!("line {}: {}", line.number, line.reason))
        .collect();
    format!("nothing was imported; {}", each.join("; "))
}
