//! The tables of the file, and how a file of an older schema becomes one of today's.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::error::{HistoryError, OfFile};

/// `application_id` of the file, by which `file` and we tell it from other databases: "cite".
const APPLICATION: i64 = 0x6369_7465;

/// How long another program's transaction is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// Each step leads from the schema of its position to the next one; `user_version` counts them.
/// Published steps are never changed: files made by them exist.
const STEPS: [&str; 2] = [
    "CREATE TABLE url (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE);
     CREATE TABLE observation (
         url INTEGER NOT NULL REFERENCES url (id),
         at INTEGER NOT NULL, -- milliseconds since 1970, UTC
         verdict TEXT NOT NULL,
         status INTEGER,
         failure TEXT,
         landed TEXT,
         PRIMARY KEY (url, at, verdict)
     ) WITHOUT ROWID;",
    "CREATE TABLE facts (
         url INTEGER PRIMARY KEY REFERENCES url (id),
         at INTEGER NOT NULL, -- of the last observation
         reader TEXT NOT NULL, -- what made them: facts of another are not used again
         etag TEXT,
         last_modified TEXT,
         facts BLOB NOT NULL -- JSON, deflated (zlib)
     );",
];

/// The newest schema.
fn newest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// Opens the file, makes it if it may and must, and brings it to the newest schema.
pub(super) fn open(path: &Path, create: bool) -> Result<Connection, HistoryError> {
    let of_file = OfFile(path.to_owned());
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let opened = Connection::open_with_flags(path, flags).and_then(|connection| {
        connection.busy_timeout(PATIENCE)?;
        Ok(connection)
    });
    let mut connection = opened.map_err(|error| of_file.error(&error))?;
    let found = version(&connection, path)?;
    let prepared = prepare(&mut connection, found);
    prepared.map_err(|error| of_file.error(&error))?;
    Ok(connection)
}

/// The schema of the file, before anything is written to it.
fn version(connection: &Connection, path: &Path) -> Result<i64, HistoryError> {
    let read = || -> rusqlite::Result<(i64, i64, i64)> {
        // Of one moment: another run may be making the tables.
        let moment = connection.unchecked_transaction()?;
        let tables = "SELECT count(*) FROM sqlite_schema";
        Ok((
            moment.query_row("PRAGMA application_id", [], |row| row.get(0))?,
            moment.query_row("PRAGMA user_version", [], |row| row.get(0))?,
            moment.query_row(tables, [], |row| row.get(0))?,
        ))
    };
    let (application, version, tables) =
        read().map_err(|error| HistoryError::from_sqlite(path, &error))?;
    let path = path.display().to_string();
    match (application, version, tables) {
        (APPLICATION, ..) | (0, 0, 0) => {}
        _ => return Err(HistoryError::Foreign { path }),
    }
    if newest() < version {
        return Err(HistoryError::Newer {
            path,
            found: version,
            known: newest(),
        });
    }
    Ok(version)
}

fn prepare(connection: &mut Connection, found: i64) -> rusqlite::Result<()> {
    // With the log of WAL a commit needs no wait for the disk to survive a killed process, and
    // readers and a writer do not wait for each other. Where a file system cannot do it SQLite
    // keeps to its older journal, which is as safe and slower.
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA synchronous = NORMAL")?;
    if found == newest() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another run may have been faster.
    let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in STEPS.iter().skip(usize::try_from(found).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    transaction.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {}",
        newest()
    ))?;
    transaction.commit()
}
