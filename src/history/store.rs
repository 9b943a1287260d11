//! Reading the file.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use url::Url;

use super::error::{HistoryError, OfFile};
use super::observation::Observation;
use super::packed::unpack;
use super::schema;
use crate::model::{FailureKind, LinkFacts, LinkVerdict};

/// An open history.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
    pub(super) of_file: OfFile,
}

/// What is known of a URL without reading its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// When the facts were seen last, UTC.
    pub at: Timestamp,
    /// What made them, as given when they were written.
    pub reader: String,
    /// `ETag` of a page that may be asked for by it.
    pub etag: Option<String>,
    /// `Last-Modified` of such a page.
    pub last_modified: Option<String>,
}

impl Store {
    /// Opens a history, and makes it and its folder if there is none.
    ///
    /// A folder made here gets a `.gitignore`: what one machine saw is no part of a repository
    /// unless someone decides so.
    ///
    /// # Errors
    ///
    /// [`HistoryError::is_passing`] tells those that a run can go on without from a file that is
    /// damaged, another program's, or of a newer schema. None of these is touched.
    pub fn open(path: &Path) -> Result<Self, HistoryError> {
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            make_folder(folder).map_err(|error| HistoryError::Unavailable {
                path: path.display().to_string(),
                detail: error.to_string(),
            })?;
        }
        Self::connect(path, true)
    }

    /// Opens a history that exists.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), and when there is none.
    pub fn open_existing(path: &Path) -> Result<Self, HistoryError> {
        if path.exists() {
            return Self::connect(path, false);
        }
        Err(HistoryError::Absent {
            path: path.display().to_string(),
        })
    }

    fn connect(path: &Path, create: bool) -> Result<Self, HistoryError> {
        Ok(Self {
            connection: schema::open(path, create)?,
            of_file: OfFile(path.to_owned()),
        })
    }

    /// The file.
    pub fn path(&self) -> PathBuf {
        self.of_file.0.clone()
    }

    /// What is known of a URL; `None` when no facts are kept.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn known(&self, url: &Url) -> Result<Option<Known>, HistoryError> {
        let sql = "SELECT facts.at, reader, etag, last_modified FROM facts
                   JOIN url ON url.id = facts.url WHERE url.url = ?1";
        self.one(sql, url, |row| {
            Ok(Known {
                at: instant(row.get(0)?),
                reader: row.get(1)?,
                etag: row.get(2)?,
                last_modified: row.get(3)?,
            })
        })
    }

    /// The facts kept of a URL, as of when they were seen last; `None` when there are none or they
    /// cannot be understood.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn facts(&self, url: &Url) -> Result<Option<LinkFacts>, HistoryError> {
        let sql = "SELECT facts.at, facts FROM facts
                   JOIN url ON url.id = facts.url WHERE url.url = ?1";
        let found = self.one(sql, url, |row| {
            Ok((instant(row.get(0)?), row.get::<_, Vec<u8>>(1)?))
        })?;
        Ok(found.and_then(|(at, bytes)| {
            let mut facts = unpack(&bytes)?;
            facts.outcome.fetched_at = at;
            Some(facts)
        }))
    }

    /// Everything seen of a URL, oldest first.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn observations(&self, url: &Url) -> Result<Vec<Observation>, HistoryError> {
        let read = || -> rusqlite::Result<Vec<Observation>> {
            let sql = "SELECT at, verdict, status, failure, landed FROM observation
                       WHERE url = (SELECT id FROM url WHERE url = ?1) ORDER BY at, verdict";
            let mut statement = self.connection.prepare_cached(sql)?;
            let rows = statement.query_map(params![url.as_str()], |row| observation(row, 0))?;
            rows.collect()
        };
        read().map_err(|error| self.of_file.error(&error))
    }

    /// Hands every URL with its observations to `take`, in the order of the URLs' text.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or what `take` returns.
    pub fn each<E: From<HistoryError>>(
        &self,
        mut take: impl FnMut(&Url, &[Observation]) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT url.url, at, verdict, status, failure, landed FROM url
                   JOIN observation ON observation.url = url.id ORDER BY url.url, at, verdict";
        let fault = |error: rusqlite::Error| E::from(self.of_file.error(&error));
        let mut statement = self.connection.prepare_cached(sql).map_err(fault)?;
        let mut rows = statement.query([]).map_err(fault)?;
        let (mut text, mut seen): (String, Vec<Observation>) = (String::new(), Vec::new());
        let mut flush = |text: &str, seen: &mut Vec<Observation>| -> Result<(), E> {
            if let Ok(url) = Url::parse(text) {
                take(&url, seen)?;
            }
            seen.clear();
            Ok(())
        };
        while let Some(row) = rows.next().map_err(fault)? {
            let next: String = row.get(0).map_err(fault)?;
            if next != text {
                flush(&text, &mut seen)?;
                text = next;
            }
            seen.push(observation(row, 1).map_err(fault)?);
        }
        flush(&text, &mut seen)
    }

    fn one<T>(
        &self,
        sql: &str,
        url: &Url,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, HistoryError> {
        let found = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| statement.query_row(params![url.as_str()], read).optional());
        found.map_err(|error| self.of_file.error(&error))
    }
}

/// Makes the folder of a history.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    fs::write(folder.join(".gitignore"), "*\n")
}

/// An observation whose columns begin at `from`. A word of a newer version reads as unknown.
pub(super) fn observation(row: &Row<'_>, from: usize) -> rusqlite::Result<Observation> {
    let verdict: String = row.get(from + 1)?;
    let failure: Option<String> = row.get(from + 3)?;
    let landed: Option<String> = row.get(from + 4)?;
    Ok(Observation {
        at: instant(row.get(from)?),
        verdict: verdict_of(&verdict).unwrap_or(LinkVerdict::Unknown),
        status: row.get(from + 2)?,
        failure: failure.and_then(|name| FailureKind::from_name(&name)),
        landed: landed.and_then(|url| Url::parse(&url).ok()),
    })
}

fn verdict_of(word: &str) -> Option<LinkVerdict> {
    LinkVerdict::ALL
        .into_iter()
        .find(|verdict| verdict.as_str() == word)
}

/// The instant of so many milliseconds since 1970; those beyond the calendar are 1970.
pub(super) fn instant(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
