//! Answers that repeat another one: `revisit` records, which hold no body of their own.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use fastwarc::warc::record::WarcRecord;

use super::warc_reader::{Entry, Place};

/// The answer has the same body as the one referred to (WARC 1.1, annex 6.7.2).
const IDENTICAL: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
/// The server says that nothing has changed (WARC 1.1, annex 6.7.3).
const NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";
/// Smaller bodies are not worth a reference to another record.
const LEAST_BYTES: usize = 512;
/// Most bodies that are remembered to tell repetitions by.
const MOST_BODIES: usize = 4096;

/// The bodies written so far, known by hash.
#[derive(Debug, Default)]
pub(super) struct Written {
    bodies: HashMap<(u64, u64), Original>,
    keys: [RandomState; 2],
}

/// The record that holds a body.
#[derive(Debug, Clone)]
pub(super) struct Original {
    id: String,
    target: String,
    date: String,
    digest: String,
}

impl Written {
    /// The record that holds this body already.
    pub(super) fn find(&self, body: &[u8]) -> Option<Original> {
        self.bodies.get(&self.key(body)?).cloned()
    }

    /// Remembers where a body was written, once its record has its digest.
    pub(super) fn remember(&mut self, body: &[u8], record: &WarcRecord) {
        let Some(key) = self.key(body).filter(|_| self.bodies.len() < MOST_BODIES) else {
            return;
        };
        let header = |name: &str| {
            let found = record.headers().get(name);
            found.map(Cow::into_owned)
        };
        let original = || {
            Some(Original {
                id: record.record_id()?.into_owned(),
                target: header("WARC-Target-URI")?,
                date: header("WARC-Date")?,
                digest: header("WARC-Payload-Digest")?,
            })
        };
        if let Some(original) = original() {
            self.bodies.entry(key).or_insert(original);
        }
    }

    fn key(&self, body: &[u8]) -> Option<(u64, u64)> {
        let [one, two] = &self.keys;
        (LEAST_BYTES <= body.len()).then(|| (one.hash_one(body), two.hash_one(body)))
    }
}

/// Marks a record as one whose body is that of `original`.
pub(super) fn mark_identical(record: &mut WarcRecord, original: &Original) {
    let headers = record.headers_mut();
    headers.set("WARC-Profile", IDENTICAL);
    headers.set("WARC-Refers-To", &original.id);
    headers.set("WARC-Refers-To-Target-URI", &original.target);
    headers.set("WARC-Refers-To-Date", &original.date);
    headers.set("WARC-Payload-Digest", &original.digest);
}

/// Marks a record as one that says that nothing has changed.
pub(super) fn mark_not_modified(record: &mut WarcRecord) {
    record.headers_mut().set("WARC-Profile", NOT_MODIFIED);
}

/// Where the records that others refer to are in a recording.
#[derive(Debug, Default)]
pub(super) struct Originals {
    places: HashMap<u64, Place>,
    keys: RandomState,
}

impl Originals {
    /// Notes a `response` record under everything that it may be referred to by.
    pub(super) fn note(&mut self, entry: &Entry) {
        let (target, date) = (entry.target(), entry.header("warc-date"));
        let names = [
            ("id", entry.header("warc-record-id"), Some("")),
            ("at", target, date),
            ("digest", entry.header("warc-payload-digest"), Some("")),
        ];
        for (kind, name, of) in names {
            if let (Some(name), Some(of)) = (name, of) {
                let key = self.keys.hash_one((kind, name.trim(), of.trim()));
                self.places.entry(key).or_insert(entry.place);
            }
        }
    }

    /// The record that a `revisit` refers to: by its name, by URL and date, or, as old crawlers
    /// leave it, by the digest of the body alone.
    pub(super) fn find(&self, revisit: &Entry) -> Option<Place> {
        let target = revisit.header("warc-refers-to-target-uri");
        let target = target.or(revisit.target());
        let names = [
            ("id", revisit.header("warc-refers-to"), Some("")),
            ("at", target, revisit.header("warc-refers-to-date")),
            ("digest", revisit.header("warc-payload-digest"), Some("")),
        ];
        names.into_iter().find_map(|(kind, name, of)| {
            let key = self.keys.hash_one((kind, name?.trim(), of?.trim()));
            self.places.get(&key).copied()
        })
    }
}

/// Whether a `revisit` says that the server found nothing changed.
pub(super) fn is_not_modified(revisit: &Entry) -> bool {
    let profile = revisit.header("warc-profile");
    profile.is_some_and(|profile| profile.trim().ends_with("/server-not-modified"))
}
