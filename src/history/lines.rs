//! Observations as JSON lines, to move them between machines and to read them with other tools.

use std::fmt::Write;
use std::io::{BufRead, Read};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use super::error::{BadLine, HistoryError};
use super::observation::{Observation, to_millisecond};
use super::packed::unpack;
use super::store::{Store, observation};
use super::write::Entry;
use crate::model::{FailureKind, LinkFacts, LinkVerdict};

/// Longest line that is read, in bytes.
const LONGEST: u64 = 4 << 20;

/// Bad lines that are named before reading on ends.
const NAMED: usize = 10;

/// What an import came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// Observations that were not there before.
    pub new: usize,
    /// Observations read.
    pub read: usize,
}

/// One observation.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    url: Url,
    at: Timestamp,
    verdict: LinkVerdict,
    status: Option<u16>,
    failure: Option<FailureKind>,
    landed: Option<Url>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reader: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    facts: Option<LinkFacts>,
}

/// Writes every observation as a line of JSON, by URL, then by instant; the latest of a URL has
/// the facts with it. The same history gives the same bytes.
///
/// # Errors
///
/// The file cannot be read, or what `take` returns when a line is handed to it.
pub fn export<E: From<HistoryError>>(
    store: &Store,
    mut take: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let sql = "SELECT url.url, observation.at, verdict, status, failure, landed, reader, facts
               FROM url JOIN observation ON observation.url = url.id
               LEFT JOIN facts ON facts.url = url.id AND facts.at = observation.at
               ORDER BY url.url, observation.at, verdict";
    let fault = |error: rusqlite::Error| E::from(store.of_file.error(&error));
    let mut statement = store.connection.prepare(sql).map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        let text: String = row.get(0).map_err(fault)?;
        let Ok(url) = Url::parse(&text) else {
            continue;
        };
        let seen = observation(row, 1).map_err(fault)?;
        let packed: Option<Vec<u8>> = row.get(7).map_err(fault)?;
        let facts = packed.and_then(|packed| unpack(&packed)).map(|mut facts| {
            facts.outcome.fetched_at = seen.at;
            facts
        });
        let reader: Option<String> = row.get(6).map_err(fault)?;
        let line = Line {
            url,
            at: seen.at,
            verdict: seen.verdict,
            status: seen.status,
            failure: seen.failure,
            landed: seen.landed,
            reader: reader.filter(|_| facts.is_some()),
            facts,
        };
        if let Ok(json) = serde_json::to_string(&line) {
            take(shown(&json).as_bytes())?;
        }
    }
    Ok(())
}

/// The line with its end. What would act on a terminal or turn text around is escaped, which
/// means the same in JSON; serde escapes only what is ASCII.
fn shown(json: &str) -> String {
    let mut line = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        let acts = c.is_control()
            || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}');
        if acts {
            let _ = write!(line, "\\u{:04x}", u32::from(c));
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    line
}

/// Takes over the observations that [`export`] wrote, in one transaction; those that are there
/// already are left as they are. Empty lines are passed over.
///
/// All is read before the history is touched: whoever writes it does not wait for a slow pipe.
///
/// # Errors
///
/// Lines that are no observations, by their numbers; or the history cannot be written. Nothing
/// was taken over then.
pub fn import(store: &mut Store, lines: impl BufRead) -> Result<Imported, HistoryError> {
    let entries = read_lines(lines)?;
    let read = entries.len();
    let new = store.write(entries)?;
    Ok(Imported { new, read })
}

fn read_lines(mut lines: impl BufRead) -> Result<Vec<Entry>, HistoryError> {
    let mut entries = Vec::new();
    let mut bad = Vec::new();
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let line = lines.by_ref().take(LONGEST).read_until(b'\n', &mut bytes);
        if line.map_err(|problem| HistoryError::Read(problem.to_string()))? == 0 {
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match read_line(&bytes) {
            Ok(entry) => entries.push(entry),
            Err(reason) => {
                bad.push(BadLine { number, reason });
                if NAMED <= bad.len() || longest(&bytes) {
                    break;
                }
            }
        }
    }
    if bad.is_empty() {
        Ok(entries)
    } else {
        Err(HistoryError::Lines(bad))
    }
}

fn longest(bytes: &[u8]) -> bool {
    u64::try_from(bytes.len()).is_ok_and(|length| LONGEST <= length) && !bytes.ends_with(b"\n")
}

fn read_line(bytes: &[u8]) -> Result<Entry, String> {
    if longest(bytes) {
        return Err(format!("longer than {LONGEST} bytes"));
    }
    let line: Line = serde_json::from_slice(bytes).map_err(|problem| problem.to_string())?;
    let at = to_millisecond(line.at);
    if let Some(facts) = &line.facts
        && (facts.outcome.requested != line.url || to_millisecond(facts.outcome.fetched_at) != at)
    {
        return Err("the facts are of another URL or instant".to_owned());
    }
    Ok(Entry::Seen {
        url: line.url,
        observation: Observation {
            at,
            verdict: line.verdict,
            status: line.status,
            failure: line.failure,
            landed: line.landed,
        },
        facts: line
            .reader
            .zip(line.facts)
            .map(|known| Box::new((known.0, known.1))),
    })
}
