//! Makes `references/demo.warc.gz`, the recording that the demonstration replays, from what
//! `references/demo/` says of the made-up sites.
//!
//! ```sh
//! cargo run --example make-demo            # from anywhere in the project
//! cargo run --example make-demo other.warc.gz
//! ```
//!
//! The same sources give the same bytes: dates come from `exchanges.toml`, and record ids, which
//! a live recording draws at random, are made from what the records hold.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use citecheck::fetch::{Exchange, ExchangeResult, Recorder, WireResponse, user_agent};
use citecheck::model::{FailureKind, FetchFailure};
use encoding_rs::Encoding;
use fastwarc::stream_io::gzip::GzipWriter;
use fastwarc::warc::iter::{ArchiveIterator, ArchiveIteratorOptions};
use fastwarc::warc::record::{WarcRecord, WarcRecordType};
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use url::Url;

fn main() -> Result<()> {
    let references = Path::new(env!("CARGO_MANIFEST_DIR")).join("references");
    let target = std::env::args_os().nth(1).map(PathBuf::from);
    let target = target.unwrap_or_else(|| references.join("demo.warc.gz"));
    let (recorded, exchanges) = read_exchanges(&references.join("demo"))?;
    write_recording(recorded, &exchanges, &target)
}

/// `exchanges.toml`: see the comment there for the keys.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    recorded: Timestamp,
    exchange: Vec<Scene>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scene {
    url: Url,
    page: Option<String>,
    #[serde(default = "utf_8")]
    charset: String,
    #[serde(rename = "type", default = "html")]
    media_type: String,
    #[serde(default = "ok")]
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    failure: Option<String>,
    #[serde(default)]
    detail: String,
    #[serde(default = "once")]
    times: u32,
}

fn utf_8() -> String {
    "utf-8".to_owned()
}

fn html() -> String {
    "text/html; charset=utf-8".to_owned()
}

fn ok() -> u16 {
    200
}

fn once() -> u32 {
    1
}

/// What `folder` says was asked and answered, in order, one second after the other, and when it
/// began.
pub(crate) fn read_exchanges(folder: &Path) -> Result<(Timestamp, Vec<Exchange>)> {
    let path = folder.join("exchanges.toml");
    let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let script: Script = toml::from_slice(&text)
        .with_context(|| format!("{} is not as its comment says", path.display()))?;
    let mut exchanges = Vec::new();
    let mut at = script.recorded;
    for scene in &script.exchange {
        let result = scene
            .result(folder)
            .with_context(|| format!("exchange with {}", scene.url))?;
        for _ in 0..scene.times {
            exchanges.push(Exchange {
                url: scene.url.clone(),
                at,
                attempts: 1,
                result: result.clone(),
            });
            at = at.checked_add(1.second())?;
        }
    }
    Ok((script.recorded, exchanges))
}

impl Scene {
    fn result(&self, folder: &Path) -> Result<ExchangeResult> {
        if let Some(failure) = &self.failure {
            let kind = FailureKind::from_name(failure);
            return Ok(ExchangeResult::Failed(FetchFailure {
                kind: kind.with_context(|| format!("unknown failure `{failure}`"))?,
                detail: self.detail.clone(),
            }));
        }
        let body = match &self.page {
            Some(page) => self.body(&folder.join("pages").join(page))?,
            None => Vec::new(),
        };
        let mut headers: Vec<(String, String)> = Vec::new();
        if self.page.is_some() {
            headers.push(("content-type".to_owned(), self.media_type.clone()));
        }
        headers.push(("content-length".to_owned(), body.len().to_string()));
        headers.extend(self.headers.clone());
        Ok(ExchangeResult::Response(WireResponse {
            status: self.status,
            headers,
            body,
            truncated: None,
            peer: None,
        }))
    }

    /// The page in the encoding that the site sends.
    fn body(&self, page: &Path) -> Result<Vec<u8>> {
        let text = fs::read(page).with_context(|| format!("cannot read {}", page.display()))?;
        let text = String::from_utf8(text)
            .with_context(|| format!("{} is not stored in UTF-8", page.display()))?;
        let encoding = Encoding::for_label(self.charset.as_bytes())
            .with_context(|| format!("unknown charset `{}`", self.charset))?;
        let (body, _, lossy) = encoding.encode(&text);
        if lossy {
            bail!(
                "{} has characters that {} lacks",
                page.display(),
                self.charset
            );
        }
        Ok(body.into_owned())
    }
}

/// Writes the exchanges down as a live run would, with ids that stay the same.
pub(crate) fn write_recording(
    started: Timestamp,
    exchanges: &[Exchange],
    target: &Path,
) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let raw = folder.path().join("raw.warc");
    let request_headers = [
        ("user-agent", user_agent(None)),
        (
            "accept",
            "text/html,application/xhtml+xml,*/*;q=0.8".to_owned(),
        ),
    ];
    let recorder = Recorder::create(&raw, started)?;
    for exchange in exchanges {
        recorder.write(exchange, &request_headers);
    }
    recorder.finish()?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let bytes = settle(&raw, &name)?;
    fs::write(target, bytes).with_context(|| format!("cannot write {}", target.display()))
}

/// A record as it stands in the raw recording.
struct Raw {
    kind: WarcRecordType,
    headers: Vec<(String, String)>,
    block: Vec<u8>,
}

impl Raw {
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// An id made from what tells the record from all others.
    fn settled_id(&self) -> String {
        let told_apart_by = [
            self.kind.as_str(),
            self.header("WARC-Date"),
            self.header("WARC-Target-URI"),
            self.header("WARC-Block-Digest"),
        ];
        uuid_of(told_apart_by.join("\n").as_bytes())
    }
}

/// The raw recording with lasting ids, each record in a gzip member of its own.
fn settle(raw: &Path, name: &str) -> Result<Vec<u8>> {
    let records = read_raw(raw)?;
    let ids: HashMap<&str, String> = records
        .iter()
        .map(|record| (record.header("WARC-Record-ID"), record.settled_id()))
        .collect();
    let distinct: std::collections::HashSet<&String> = ids.values().collect();
    ensure!(distinct.len() == records.len(), "two records have one id");
    let mut bytes = Vec::new();
    for record in &records {
        let mut settled = WarcRecord::new();
        settled.init_headers(record.kind, None);
        for (key, value) in &record.headers {
            let value = match key.as_str() {
                "WARC-Record-ID" | "WARC-Concurrent-To" => ids
                    .get(value.as_str())
                    .with_context(|| format!("{key} names a record that is not there"))?,
                "WARC-Filename" => name,
                _ => value,
            };
            settled.headers_mut().set(key, value);
        }
        settled.set_bytes_payload(record.block.clone());
        let mut writer = GzipWriter::new(bytes);
        settled.write(&mut writer)?;
        bytes = writer.into_inner()?;
    }
    Ok(bytes)
}

fn read_raw(path: &Path) -> Result<Vec<Raw>> {
    let options = ArchiveIteratorOptions {
        parse_http: false, // blocks are copied as they are
        ..ArchiveIteratorOptions::default()
    };
    let mut records = Vec::new();
    for record in ArchiveIterator::with_options(File::open(path)?, options) {
        let record = record?;
        let mut record = record.borrow_mut();
        record.freeze()?;
        records.push(Raw {
            kind: record.record_type(),
            headers: record
                .headers()
                .items()
                .map(|(key, value)| (key.into_owned(), value.into_owned()))
                .collect(),
            block: record.frozen_payload_bytes().unwrap_or_default().to_vec(),
        });
    }
    Ok(records)
}

/// A UUID of version 8 (RFC 9562: made by a rule of one's own) from the FNV-1a hash of `bytes`.
fn uuid_of(bytes: &[u8]) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = bytes.iter().fold(OFFSET, |hash, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(PRIME)
    });
    let version = (hash & !(0xf << 76)) | (8 << 76);
    let variant = (version & !(0b11 << 62)) | (0b10 << 62);
    let digits = format!("{variant:032x}");
    let group = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    format!(
        "<urn:uuid:{}-{}-{}-{}-{}>",
        group(0, 8),
        group(8, 12),
        group(12, 16),
        group(16, 20),
        group(20, 32)
    )
}
