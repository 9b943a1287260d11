//! Facts as they are stored: without what tells nothing, as deflated JSON of bounded size.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::model::{FetchResult, LinkFacts};

/// Facts whose JSON is larger are not kept; such pages are asked again each time.
const LARGEST_JSON: u64 = 1 << 20;

/// Makes facts ready to be stored: no body, no cookies, no policies for browsers.
pub(super) fn trim(facts: &mut LinkFacts) {
    facts.history = None;
    facts.copies = Vec::new();
    if let FetchResult::Response(response) = &mut facts.outcome.result {
        response.body = Vec::new();
        response.shed_headers();
    }
}

/// The bytes to store; `None` for facts that are too large.
pub(super) fn pack(facts: &LinkFacts) -> Option<Vec<u8>> {
    let json = serde_json::to_vec(facts).ok()?;
    if LARGEST_JSON < u64::try_from(json.len()).unwrap_or(u64::MAX) {
        return None;
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&json).ok()?;
    encoder.finish().ok()
}

/// The facts of stored bytes; `None` for bytes that a differing version wrote.
pub(super) fn unpack(bytes: &[u8]) -> Option<LinkFacts> {
    let mut json = Vec::new();
    let mut decoder = ZlibDecoder::new(bytes).take(LARGEST_JSON + 1);
    decoder.read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}
