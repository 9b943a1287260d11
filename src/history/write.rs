//! Writing observations.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use url::Url;

use super::error::HistoryError;
use super::observation::{Observation, to_millisecond};
use super::packed::{pack, trim};
use super::store::{Store, observation};
use crate::model::{FetchResult, LinkFacts, Truncation};

/// Something to write down.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A URL was asked.
    Seen {
        /// The URL, as [`request_url`](crate::fetch::request_url) gives it.
        url: Url,
        /// What came of it.
        observation: Observation,
        /// All that is known, with what made it; kept for the latest observation alone.
        facts: Option<Box<(String, LinkFacts)>>,
    },
    /// More is known of what was seen: takes the place of everything written of that instant.
    Amended {
        /// The URL.
        url: Url,
        /// What came of it, of the same instant as before.
        observation: Observation,
        /// All that is known, with what made it.
        facts: Option<Box<(String, LinkFacts)>>,
    },
    /// What was written of that instant was not the URL's own: it is taken back.
    Retracted {
        /// The URL.
        url: Url,
        /// The instant, UTC.
        at: Timestamp,
    },
    /// A URL that was asked by its validators has not changed (304): its facts hold on.
    Unchanged {
        /// The URL.
        url: Url,
        /// When, UTC.
        at: Timestamp,
        /// The instant of the facts whose validators were asked by, UTC: another run may have
        /// written others since.
        since: Timestamp,
    },
}

impl Store {
    /// Writes the entries in one transaction. What is there already is left as it is: the same
    /// entries written twice are there once.
    ///
    /// # Errors
    ///
    /// The file cannot be written; then none of the entries was.
    pub fn write(&mut self, entries: Vec<Entry>) -> Result<usize, HistoryError> {
        let written = self.transact(|transaction| {
            let mut new = 0;
            for entry in entries {
                new += usize::from(write_entry(transaction, entry)?);
            }
            Ok(new)
        });
        written.map_err(|error| self.of_file.error(&error))
    }

    pub(super) fn transact<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        // Immediate: a transaction that begins by reading could not wait for its turn to write.
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior)?;
        let result = work(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }
}

/// Writes one entry; whether it was new.
fn write_entry(to: &Transaction<'_>, entry: Entry) -> rusqlite::Result<bool> {
    match entry {
        Entry::Seen {
            url,
            observation,
            facts,
        } => seen(to, &url, &observation, facts),
        Entry::Amended {
            url,
            observation,
            facts,
        } => {
            retract(to, &url, observation.at)?;
            seen(to, &url, &observation, facts)
        }
        Entry::Retracted { url, at } => {
            retract(to, &url, at)?;
            Ok(false)
        }
        Entry::Unchanged { url, at, since } => unchanged(to, &url, at, since),
    }
}

fn seen(
    to: &Transaction<'_>,
    url: &Url,
    observation: &Observation,
    facts: Option<Box<(String, LinkFacts)>>,
) -> rusqlite::Result<bool> {
    let id = id_of(to, url)?;
    let new = insert(to, id, observation)?;
    keep(to, id, observation.at, facts.map(|facts| *facts))?;
    Ok(new)
}

/// Removes what was written of an instant, and the URL if nothing else is known of it.
fn retract(to: &Transaction<'_>, url: &Url, at: Timestamp) -> rusqlite::Result<()> {
    let at = to_millisecond(at).as_millisecond();
    for sql in [
        "DELETE FROM observation
         WHERE url = (SELECT id FROM url WHERE url = ?1) AND at = ?2",
        "DELETE FROM facts WHERE url = (SELECT id FROM url WHERE url = ?1) AND at = ?2",
    ] {
        to.prepare_cached(sql)?.execute(params![url.as_str(), at])?;
    }
    let sql = "DELETE FROM url WHERE url = ?1
               AND NOT EXISTS (SELECT 1 FROM observation WHERE observation.url = url.id)
               AND NOT EXISTS (SELECT 1 FROM facts WHERE facts.url = url.id)";
    to.prepare_cached(sql)?.execute(params![url.as_str()])?;
    Ok(())
}

fn id_of(to: &Transaction<'_>, url: &Url) -> rusqlite::Result<i64> {
    let mut find = to.prepare_cached("SELECT id FROM url WHERE url = ?1")?;
    let found = find.query_row(params![url.as_str()], |row| row.get(0));
    if let Some(id) = found.optional()? {
        return Ok(id);
    }
    to.prepare_cached("INSERT INTO url (url) VALUES (?1)")?
        .insert(params![url.as_str()])
}

fn insert(to: &Transaction<'_>, id: i64, seen: &Observation) -> rusqlite::Result<bool> {
    let sql = "INSERT OR IGNORE INTO observation (url, at, verdict, status, failure, landed)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let rows = to.prepare_cached(sql)?.execute(params![
        id,
        seen.at.as_millisecond(),
        seen.verdict.as_str(),
        seen.status,
        seen.failure.map(crate::model::FailureKind::as_str),
        seen.landed.as_ref().map(Url::as_str),
    ])?;
    Ok(0 < rows)
}

/// Keeps the facts if they are the latest. Those of an older instant go even if there are no
/// newer ones to keep: they would hide what was seen since.
fn keep(
    to: &Transaction<'_>,
    id: i64,
    at: Timestamp,
    facts: Option<(String, LinkFacts)>,
) -> rusqlite::Result<()> {
    let at = at.as_millisecond();
    let sql = "SELECT max(at) FROM observation WHERE url = ?1";
    let latest: Option<i64> = to
        .prepare_cached(sql)?
        .query_row(params![id], |row| row.get(0))?;
    if latest.is_some_and(|latest| at < latest) {
        return Ok(());
    }
    let packed = facts.and_then(|(reader, mut facts)| {
        trim(&mut facts);
        Some((reader, validators(&facts), pack(&facts)?))
    });
    let Some((reader, (etag, modified), bytes)) = packed else {
        let older = "DELETE FROM facts WHERE url = ?1 AND at < ?2";
        to.prepare_cached(older)?.execute(params![id, at])?;
        return Ok(());
    };
    let sql = "INSERT OR REPLACE INTO facts (url, at, reader, etag, last_modified, facts)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    to.prepare_cached(sql)?
        .execute(params![id, at, reader, etag, modified, bytes])?;
    Ok(())
}

/// What an unchanged page is known by: of a whole answer of 200 without redirects, where the
/// server names it.
fn validators(facts: &LinkFacts) -> (Option<String>, Option<String>) {
    let FetchResult::Response(response) = &facts.outcome.result else {
        return (None, None);
    };
    let broken_off = match response.truncated {
        None | Some(Truncation::SizeLimit) => false,
        Some(Truncation::TimeLimit | Truncation::Disconnect | Truncation::Unread) => true,
    };
    if response.status != 200 || !facts.outcome.hops.is_empty() || broken_off {
        return (None, None);
    }
    let header = |name| response.header(name).map(str::to_owned);
    (header("etag"), header("last-modified"))
}

/// Sees again what was seen `since`, and has its facts hold on if they are still there. Facts of
/// another run that were seen in between go: they would hide what was seen after them.
fn unchanged(
    to: &Transaction<'_>,
    url: &Url,
    at: Timestamp,
    since: Timestamp,
) -> rusqlite::Result<bool> {
    let since = to_millisecond(since).as_millisecond();
    let sql = "SELECT observation.at, verdict, status, failure, landed, observation.url
               FROM url JOIN observation ON observation.url = url.id
               WHERE url.url = ?1 AND observation.at = ?2";
    let found = to
        .prepare_cached(sql)?
        .query_row(params![url.as_str(), since], |row| {
            Ok((observation(row, 0)?, row.get::<_, i64>(5)?))
        });
    let Some((before, id)) = found.optional()? else {
        return Ok(false);
    };
    let at = to_millisecond(at);
    let new = insert(to, id, &Observation { at, ..before })?;
    let at = at.as_millisecond();
    to.prepare_cached("UPDATE facts SET at = ?2 WHERE url = ?1 AND at = ?3 AND at < ?2")?
        .execute(params![id, at, since])?;
    to.prepare_cached("DELETE FROM facts WHERE url = ?1 AND at < ?2")?
        .execute(params![id, at])?;
    Ok(new)
}
