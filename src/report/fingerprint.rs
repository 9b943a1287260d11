//! What makes a finding the same one in the next run, wherever it has moved.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::model::Finding;

use super::safe::web_address;
use super::subject::CitedWork;

/// How fingerprints are made; a change of what goes into them is a new version.
pub(super) const KEY: &str = "citecheckFinding/v1";

/// Bytes of the hash that are written.
const HASH_BYTES: usize = 16;

/// Characters of a place that tell it.
const PLACE: usize = 200;

/// Gives each finding its own fingerprint: 32 hexadecimal digits of SHA-256 over article, rule and
/// what the finding is about, a colon, and which of the findings that agree in these it is, from 1,
/// in the order of the article.
///
/// What it is about is the URL of the work, else its title; what stands at the place for a finding
/// about the article; the message for one about the run. No line, number or date is in it: a
/// reference that is moved or renumbered keeps its findings.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: BTreeMap<String, usize>,
}

impl Fingerprints {
    /// That of the next finding, in the report's order. `article` is a name that is the same in
    /// the next run; `None` for the run itself.
    pub(super) fn next(
        &mut self,
        article: Option<&str>,
        finding: &Finding,
        work: Option<&CitedWork>,
    ) -> String {
        let subject = match (article, work) {
            (None, _) => finding.message.clone(),
            (Some(_), None) => place(finding),
            (Some(_), Some(work)) => about(work),
        };
        let parts = [KEY, article.unwrap_or_default(), &finding.rule.0, &subject];
        let hash = hash(&parts);
        let count = self.seen.entry(hash.clone()).or_default();
        *count += 1;
        format!("{hash}:{count}")
    }
}

fn about(work: &CitedWork) -> String {
    match (&work.url, &work.title) {
        // As links are written: without credentials, which a saved report does not have.
        (Some(url), _) => web_address(url).unwrap_or_else(|| url.trim().to_owned()),
        (None, Some(title)) => title.clone(),
        (None, None) => String::new(),
    }
}

fn place(finding: &Finding) -> String {
    let excerpt = finding.excerpt.as_ref();
    let place = excerpt.and_then(|it| it.text.get(it.start..it.end));
    place.unwrap_or_default().chars().take(PLACE).collect()
}

/// The parts, each with its length, so that no two lists of parts are the same bytes.
fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let mut text = String::with_capacity(HASH_BYTES * 2);
    for byte in hasher.finalize().iter().take(HASH_BYTES) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
