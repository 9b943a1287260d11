//! Facts as they are stored: without what tells nothing, as deflated JSON of bounded size.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::model::{FetchResult, LinkFacts};

/// Facts whose JSON is larger are not kept; such pages are asked again each time.
const LARGEST_JSON: u64 = 1 << 20;

/// Header fields that are long and say nothing of a link: policies for browsers.
const UNTOLD: [&str; 8] = [
    "content-security-policy",
    "content-security-policy-report-only",
    "permissions-policy",
    "feature-policy",
    "report-to",
    "reporting-endpoints",
    "nel",
    "accept-ch",
];

/// Makes facts ready to be stored: policies go, and of cookies only the name is kept, since the
/// value may be a secret.
pub(super) fn trim(facts: &mut LinkFacts) {
    facts.history = None;
    facts.copies = Vec::new();
    let FetchResult::Response(response) = &mut facts.outcome.result else {
        return;
    };
    response.body = Vec::new();
    response
        .headers
        .retain(|(name, _)| !UNTOLD.contains(&name.as_str()));
    for (name, value) in &mut response.headers {
        if name == "set-cookie"
            && let Some(end) = value.find('=')
        {
            value.truncate(end + 1);
        }
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
