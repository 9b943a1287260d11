//! Making the file smaller without changing what it says.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::params;
use url::Url;

use super::error::HistoryError;
use super::observation::Observation;
use super::store::Store;
use super::summary::{Confirm, counted, failures_after, last_alive};

/// What pruning came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Observations removed.
    pub observations: usize,
    /// URLs of which nothing is left.
    pub urls: usize,
}

/// Those of a URL's observations that pruning leaves: everything from `before` on, the newest
/// `keep`, and what its summary stands on.
///
/// That is the first observation, the last alive answer, and as many counted failures of the
/// present row as confirm it: `first_seen`, `last_alive`, `dead_since` and `confirmed` of
/// [`summarise`](super::summarise) stay as they are. Nothing is left of a URL that was not seen
/// since `before`, beyond the newest `keep`.
#[must_use]
pub fn kept(
    observations: &[Observation],
    before: Timestamp,
    keep: usize,
    confirm: Confirm,
) -> Vec<Observation> {
    let mut newest: Vec<&Observation> = observations.iter().collect();
    newest.sort_by_key(|seen| std::cmp::Reverse((seen.at, seen.verdict)));
    let stale = newest.first().is_none_or(|seen| seen.at < before);
    let mut essential: BTreeSet<Timestamp> = BTreeSet::new();
    if !stale || 0 < keep {
        let alive = last_alive(observations);
        let row = failures_after(observations, alive);
        let failures = usize::try_from(confirm.failures.max(1)).unwrap_or(usize::MAX);
        essential.extend(observations.iter().map(|seen| seen.at).min());
        essential.extend(alive);
        essential.extend(counted(&row, confirm).take(failures));
    }
    let mut left: Vec<Observation> = newest
        .into_iter()
        .enumerate()
        .filter(|(at, seen)| *at < keep || before <= seen.at || essential.contains(&seen.at))
        .map(|(_, seen)| seen.clone())
        .collect();
    left.reverse();
    left
}

/// Removes what [`kept`] does not leave, in one transaction, and gives the space back.
///
/// # Errors
///
/// The file cannot be read or written; then nothing was removed.
pub fn prune(
    store: &mut Store,
    before: Timestamp,
    keep: usize,
    confirm: Confirm,
) -> Result<Pruned, HistoryError> {
    let mut doomed: Vec<(Url, Vec<Observation>, bool)> = Vec::new();
    store.each(|url, observations| {
        let left = kept(observations, before, keep, confirm);
        if left.len() < observations.len() {
            let gone = observations.iter().filter(|seen| !left.contains(seen));
            doomed.push((url.clone(), gone.cloned().collect(), left.is_empty()));
        }
        Ok::<(), HistoryError>(())
    })?;
    let removed = store.transact(|transaction| {
        let mut pruned = Pruned::default();
        for (url, gone, all) in &doomed {
            let find = "SELECT id FROM url WHERE url = ?1";
            let id: i64 = transaction
                .prepare_cached(find)?
                .query_row(params![url.as_str()], |row| row.get(0))?;
            for seen in gone {
                let sql = "DELETE FROM observation WHERE url = ?1 AND at = ?2 AND verdict = ?3";
                let at = seen.at.as_millisecond();
                pruned.observations += transaction.prepare_cached(sql)?.execute(params![
                    id,
                    at,
                    seen.verdict.as_str()
                ])?;
            }
            // A run may have seen it again meanwhile.
            let empty = "SELECT NOT EXISTS (SELECT 1 FROM observation WHERE url = ?1)";
            let empty: bool = transaction
                .prepare_cached(empty)?
                .query_row(params![id], |row| row.get(0))?;
            if *all && empty {
                transaction.execute("DELETE FROM facts WHERE url = ?1", params![id])?;
                transaction.execute("DELETE FROM url WHERE id = ?1", params![id])?;
                pruned.urls += 1;
            }
        }
        Ok(pruned)
    });
    let removed = removed.map_err(|error| store.of_file.error(&error))?;
    if 0 < removed.observations {
        // Only tidying: with another run at work it waits for the next time.
        let _ = store.connection.execute_batch("VACUUM");
    }
    Ok(removed)
}
