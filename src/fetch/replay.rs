//! Answers from a recording instead of the network.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use url::Url;

use super::http_block::{has_field, parse_response, status_of};
use super::retry::{is_transient_answer, is_transient_failure};
use super::revisit::{Originals, is_not_modified};
use super::transport::{Exchange, ExchangeResult, Request, Transport, request_url};
use super::warc_reader::{Entry, Place, Records};
use crate::model::{FailureKind, FetchFailure, SkipReason, Truncation};

/// Most bytes of one record that are read; the rest counts as truncated.
const MOST_RECORD_BYTES: usize = 16 << 20;
/// Enough of a block to tell what it holds.
const HEAD_BYTES: usize = 4096;

/// Why a recording cannot be replayed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplayError {
    /// The file cannot be read.
    #[error("cannot read the recording {}", path.display())]
    Io {
        /// The recording.
        path: PathBuf,
        /// What went wrong.
        #[source]
        source: io::Error,
    },
    /// The file is damaged, cut off, or no WARC.
    #[error("the recording {} is broken at record {record}, byte {offset}: {detail}", path.display())]
    Broken {
        /// The recording.
        path: PathBuf,
        /// Number of the record, from 1.
        record: usize,
        /// Where in the file it begins, or the one before it does.
        offset: u64,
        /// What is wrong: a lowercase fragment.
        detail: String,
    },
}

/// Answers from a WARC recording, made by citecheck or by any other crawler.
///
/// Reads gzip per record and plain files, `response` records of `http` and `https` URLs,
/// `revisit` records with the body of the record that they refer to, and the `metadata` records that [`Recorder`](super::Recorder) writes for failures. The last record of a
/// URL wins; what was answered to a request with cookies, or with a browser's header fields, is
/// told apart. Only the places of the records are kept in memory. What the recording lacks is
/// skipped, [`SkipReason::NotRecorded`].
#[derive(Debug)]
pub struct ReplayTransport {
    path: PathBuf,
    index: HashMap<String, Answers>,
    latest: Option<Timestamp>,
    originals: Originals,
    /// The last request, while the next record may be its answer.
    asked: Option<(String, Manner)>,
}

/// How a URL was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Manner {
    #[default]
    Plain,
    Cookies,
    Browser,
}

/// The last answer to each manner of asking for a URL.
#[derive(Debug, Clone, Copy, Default)]
struct Answers {
    plain: Option<Indexed>,
    cookies: Option<Indexed>,
    browser: Option<Indexed>,
}

impl Answers {
    fn of(&mut self, manner: Manner) -> &mut Option<Indexed> {
        match manner {
            Manner::Plain => &mut self.plain,
            Manner::Cookies => &mut self.cookies,
            Manner::Browser => &mut self.browser,
        }
    }

    /// The answer to a request. One that was made as a browser has no other; else any will do,
    /// since crawlers differ in what they send.
    fn to(self, request: &Request) -> Option<Indexed> {
        if request.as_browser {
            return self.browser;
        }
        let (first, second) = match request.cookies {
            Some(_) => (self.cookies, self.plain),
            None => (self.plain, self.cookies),
        };
        first.or(second).or(self.browser)
    }
}

#[derive(Debug, Clone, Copy)]
struct Indexed {
    place: Place,
    /// Where the body is, if not there.
    body: Option<Place>,
    at: Timestamp,
    transient: bool,
    /// Tries that failed in passing, one after the other, up to this one.
    attempts: u32,
}

impl ReplayTransport {
    /// Reads through a recording and notes where each answer is.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is no WARC, or is damaged anywhere.
    pub fn open(path: &Path) -> Result<Self, ReplayError> {
        let mut replay = Self {
            path: path.to_owned(),
            index: HashMap::new(),
            latest: None,
            originals: Originals::default(),
            asked: None,
        };
        let mut records = Records::open(path, 0).map_err(|error| replay.broken(error, 1, 0))?;
        let mut number = 0;
        loop {
            number += 1;
            match records.next(HEAD_BYTES) {
                Ok(Some(entry)) => replay.note(&entry),
                Ok(None) => break,
                Err(error) => {
                    let offset = records.last().map_or(0, |place| place.offset);
                    return Err(replay.broken(error, number, offset));
                }
            }
        }
        if number == 1 {
            let empty = io::Error::new(io::ErrorKind::InvalidData, "it holds no record");
            return Err(replay.broken(empty, 1, 0));
        }
        Ok(replay)
    }

    /// The `WARC-Date` of the latest answer or failure, UTC; `None` when it holds none.
    #[must_use]
    pub fn latest_date(&self) -> Option<Timestamp> {
        self.latest
    }

    /// How many URLs it has an answer or failure for.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    fn broken(&self, error: io::Error, record: usize, offset: u64) -> ReplayError {
        let path = self.path.clone();
        let damaged = matches!(
            error.kind(),
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::Other
        );
        if !damaged {
            return ReplayError::Io {
                path,
                source: error,
            };
        }
        ReplayError::Broken {
            path,
            record,
            offset,
            detail: error.to_string(),
        }
    }

    /// Enters a record in the index, if it is one that answers for a URL.
    fn note(&mut self, entry: &Entry) {
        let asked = self.asked.take();
        if entry.is("request") {
            let answer = entry.header("warc-concurrent-to");
            self.asked = answer.map(|answer| (answer.to_owned(), manner(&entry.block)));
            return;
        }
        let mut place = entry.place;
        let mut body = None;
        let transient = if entry.is("response") {
            self.originals.note(entry);
            is_transient_record(entry)
        } else if entry.is("revisit") {
            match (self.originals.find(entry), is_not_modified(entry)) {
                // What has not changed is what was there before.
                (Some(original), true) => place = original,
                (None, true) => {}
                (Some(original), false) => body = Some(original),
                (None, false) => return,
            }
            is_transient_record(entry)
        } else if entry.is("metadata") {
            match failure(entry) {
                Some(failure) => is_transient_failure(failure.kind),
                None => return,
            }
        } else {
            return;
        };
        let url = entry.target().and_then(|target| Url::parse(target).ok());
        let at = entry.header("warc-date").and_then(|date| date.parse().ok());
        let (Some(url), Some(at)) = (url, at) else {
            return;
        };
        if !matches!(url.scheme(), "http" | "https") {
            return;
        }
        self.latest = self.latest.max(Some(at));
        let key = String::from(request_url(&url));
        let manner = asked
            .filter(|(answer, _)| entry.header("warc-record-id") == Some(answer))
            .map_or(Manner::Plain, |(_, manner)| manner);
        let answer = self.index.entry(key).or_default().of(manner);
        let before = answer.filter(|before| before.transient);
        *answer = Some(Indexed {
            place,
            body,
            at,
            transient,
            attempts: before.map_or(1, |before| before.attempts.saturating_add(1)),
        });
    }

    fn read(&self, place: Place) -> io::Result<Option<Entry>> {
        let mut records = Records::open(&self.path, place.offset)?;
        for _ in 0..place.nth {
            records.next(0)?;
        }
        records.next(MOST_RECORD_BYTES)
    }

    fn answer(&self, indexed: Indexed) -> ExchangeResult {
        let mut result = self.answer_at(indexed.place);
        if let (ExchangeResult::Response(response), Some(place)) = (&mut result, indexed.body) {
            let ExchangeResult::Response(original) = self.answer_at(place) else {
                return result;
            };
            response.body = original.body;
            response.truncated = original.truncated;
        }
        result
    }

    fn answer_at(&self, place: Place) -> ExchangeResult {
        let unusable = |detail: String| {
            ExchangeResult::Failed(FetchFailure {
                kind: FailureKind::Protocol,
                detail,
            })
        };
        let entry = match self.read(place) {
            Ok(Some(entry)) => entry,
            Ok(None) => return unusable("the recording changed while it was read".to_owned()),
            Err(error) => return unusable(format!("the recording cannot be read: {error}")),
        };
        if let Some(failure) = failure(&entry) {
            return ExchangeResult::Failed(failure);
        }
        let Some(mut response) = parse_response(&entry.block) else {
            return unusable("the recorded answer is not HTTP".to_owned());
        };
        let full = MOST_RECORD_BYTES <= entry.block.len();
        let empty = response.body.is_empty();
        response.truncated = truncation(&entry, empty).or(full.then_some(Truncation::SizeLimit));
        response.peer = entry
            .header("warc-ip-address")
            .and_then(|address| address.parse().ok());
        ExchangeResult::Response(response)
    }
}

impl Transport for ReplayTransport {
    async fn exchange(&self, request: &Request) -> Exchange {
        let answers = self.index.get(request_url(&request.url).as_str());
        let found = answers.and_then(|answers| answers.to(request));
        Exchange {
            url: request.url.clone(),
            at: found.map_or_else(|| self.now(), |found| found.at),
            attempts: found.map_or(1, |found| found.attempts),
            result: match found {
                Some(found) => self.answer(found),
                None => ExchangeResult::Skipped(SkipReason::NotRecorded),
            },
        }
    }

    fn is_live(&self) -> bool {
        false
    }

    /// The date of the latest record: a replay reads no clock.
    fn now(&self) -> Timestamp {
        self.latest.unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn request_headers(&self, _request: &Request) -> Vec<(String, String)> {
        Vec::new()
    }

    async fn network_is_down(&self) -> bool {
        false
    }
}

/// How a request was made, as its record tells.
fn manner(block: &[u8]) -> Manner {
    if has_field(block, "sec-fetch-mode") {
        Manner::Browser
    } else if has_field(block, "cookie") {
        Manner::Cookies
    } else {
        Manner::Plain
    }
}

/// The failure that a `metadata` record holds; a kind that this version does not know is
/// `Protocol`.
fn failure(entry: &Entry) -> Option<FetchFailure> {
    if !entry.is("metadata") {
        return None;
    }
    let text = String::from_utf8_lossy(&entry.block);
    let field = |name: &str| {
        text.lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.trim().eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim().to_owned())
    };
    let kind = field("citecheck-failure")?;
    Some(FetchFailure {
        detail: field("citecheck-detail").unwrap_or_else(|| kind.clone()),
        kind: FailureKind::from_name(&kind).unwrap_or(FailureKind::Protocol),
    })
}

fn is_transient_record(entry: &Entry) -> bool {
    status_of(&entry.block)
        .is_some_and(|status| is_transient_answer(status, truncation(entry, true)))
}

fn truncation(entry: &Entry, empty: bool) -> Option<Truncation> {
    match entry.header("warc-truncated")?.trim() {
        "length" => Some(Truncation::SizeLimit),
        "time" => Some(Truncation::TimeLimit),
        // The format has no word of its own for it.
        "unspecified" if empty => Some(Truncation::Unread),
        _ => Some(Truncation::Disconnect),
    }
}
