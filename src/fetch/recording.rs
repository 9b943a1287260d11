//! Writing down what servers answered, as WARC/1.1 (ISO 28500).

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use fastwarc::stream_io::gzip::{GzipWriter, GzipWriterOptions};
use fastwarc::warc::record::{WarcRecord, WarcRecordType};
use jiff::Timestamp;
use tempfile::NamedTempFile;

use super::http_block::{request_block, response_block, response_head};
use super::revisit::{self, Original, Written};
use super::transport::{Exchange, ExchangeResult, Request, Transport, WireResponse};
use crate::model::{FailureKind, FetchFailure, Truncation};

/// Why a recording could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// The file could not be created, written or put in its place.
    #[error("cannot write the recording {}", path.display())]
    Io {
        /// The recording.
        path: PathBuf,
        /// What went wrong.
        #[source]
        source: io::Error,
    },
    /// The recording has been finished already.
    #[error("the recording {} is finished already", path.display())]
    Finished {
        /// The recording.
        path: PathBuf,
    },
}

/// A recording being written; clones write to the same one.
///
/// Written beside its place and put there by [`Recorder::finish`], so that there is never half a
/// recording under its name; dropped unfinished, it leaves nothing. A name that ends in `.gz`
/// is compressed record by record, so that any record can be read by itself.
///
/// Answers become `request` and `response` records, the body as sent but for the transfer coding;
/// `revisit` instead of `response` where the body was written before, or the server says that the
/// page has not changed since it was last asked. Failures become `metadata` records of type `application/warc-fields` with `citecheck-failure` (see
/// [`FailureKind::as_str`](crate::model::FailureKind::as_str)) and `citecheck-detail`.
#[derive(Debug, Clone)]
pub struct Recorder(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    compressed: bool,
    state: Mutex<State>,
    written: Mutex<Written>,
}

#[derive(Debug)]
enum State {
    Open(NamedTempFile),
    Failed(io::Error),
    Finished,
}

impl Recorder {
    /// Begins a recording that will be at `path`; `started` is the date of its first record.
    ///
    /// # Errors
    ///
    /// When the folder is missing or cannot be written to.
    pub fn create(path: &Path, started: Timestamp) -> Result<Self, RecordError> {
        let failed = |source| RecordError::Io {
            path: path.to_owned(),
            source,
        };
        let shared = Shared {
            path: path.to_owned(),
            compressed: path.extension().is_some_and(|ending| ending == "gz"),
            state: Mutex::new(State::Open(file_beside(path).map_err(failed)?)),
            written: Mutex::default(),
        };
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let block = format!(
            "software: citecheck/{}\r\nformat: WARC File Format 1.1\r\nconformsTo: \
             http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
            env!("CARGO_PKG_VERSION")
        );
        let mut info = record(WarcRecordType::WarcInfo, started);
        info.headers_mut().set("WARC-Filename", file_name);
        info.headers_mut()
            .set("Content-Type", "application/warc-fields");
        info.set_bytes_payload(block.into_bytes());
        shared.append(&mut [info]).map_err(failed)?;
        Ok(Self(Arc::new(shared)))
    }

    /// Writes down one exchange; `request_headers` are those that were sent with it, of which
    /// credentials and cookies are not written. What was skipped is no exchange and leaves no
    /// record.
    ///
    /// A write that fails ends the recording, and [`Recorder::finish`] says so: a full disk is no
    /// reason to end the run.
    pub fn write(&self, exchange: &Exchange, request_headers: &[(impl AsRef<str>, String)]) {
        let mut records = match &exchange.result {
            ExchangeResult::Response(response) => {
                let original = self.0.written().find(&response.body);
                response_records(exchange, response, request_headers, original.as_ref())
            }
            ExchangeResult::Failed(failure) => {
                Ok(failure_records(exchange, failure, request_headers))
            }
            ExchangeResult::Skipped(_) => return,
        };
        let written = match &mut records {
            Ok(records) => self.0.append(records).inspect(|()| {
                let answer = records.last();
                if let (Some(answer), ExchangeResult::Response(response)) =
                    (answer, &exchange.result)
                {
                    self.0.written().remember(&response.body, answer);
                }
            }),
            Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
        };
        if let Err(error) = written {
            *self.0.state() = State::Failed(error);
        }
    }

    /// Puts the recording in its place, replacing what was there.
    ///
    /// # Errors
    ///
    /// When any record could not be written, or the file not be renamed; then what was there
    /// before is untouched.
    pub fn finish(&self) -> Result<(), RecordError> {
        let path = self.0.path.clone();
        let file = match std::mem::replace(&mut *self.0.state(), State::Finished) {
            State::Open(file) => file,
            State::Failed(source) => return Err(RecordError::Io { path, source }),
            State::Finished => return Err(RecordError::Finished { path }),
        };
        let placed = file
            .as_file()
            .sync_all()
            .and_then(|()| file.persist(&path).map_err(|error| error.error));
        match placed {
            Ok(_) => Ok(()),
            Err(source) => Err(RecordError::Io { path, source }),
        }
    }
}

impl Shared {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn written(&self) -> std::sync::MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends records that belong together; whatever failed before, this does nothing then.
    fn append(&self, records: &mut [WarcRecord]) -> io::Result<()> {
        let bytes = serialize(records, self.compressed)?;
        match &mut *self.state() {
            State::Open(file) => file.as_file_mut().write_all(&bytes),
            State::Failed(_) | State::Finished => Ok(()),
        }
    }
}

fn file_beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".citecheck-").suffix(".warc.partial");
    #[cfg(unix)]
    {
        // As any other file: the default of temporary files is for their owner alone.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn serialize(records: &mut [WarcRecord], compressed: bool) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for record in records {
        if compressed {
            let options = GzipWriterOptions {
                compression_level: 6,
                ..GzipWriterOptions::default()
            };
            let mut writer = GzipWriter::with_options(bytes, options);
            record.write_with_checksum(&mut writer)?;
            bytes = writer.into_inner()?; // ends the gzip member: one record each
        } else {
            record.write_with_checksum(&mut bytes)?;
        }
    }
    Ok(bytes)
}

fn record(kind: WarcRecordType, at: Timestamp) -> WarcRecord {
    let mut record = WarcRecord::new();
    record.init_headers(kind, None);
    record.headers_mut().set("WARC-Date", at.to_string());
    record
}

fn record_of(kind: WarcRecordType, exchange: &Exchange) -> WarcRecord {
    let mut record = record(kind, exchange.at);
    record
        .headers_mut()
        .set("WARC-Target-URI", exchange.url.as_str());
    record
}

fn response_records(
    exchange: &Exchange,
    response: &WireResponse,
    request_headers: &[(impl AsRef<str>, String)],
    original: Option<&Original>,
) -> io::Result<Vec<WarcRecord>> {
    let conditional = request_headers
        .iter()
        .any(|(name, _)| matches!(name.as_ref(), "if-none-match" | "if-modified-since"));
    let unchanged = response.status == 304 && conditional;
    let whole = original.is_none() && !unchanged;
    let kind = if whole {
        WarcRecordType::Response
    } else {
        WarcRecordType::Revisit
    };
    let mut answer = record_of(kind, exchange);
    if let Some(peer) = response.peer {
        answer
            .headers_mut()
            .set("WARC-IP-Address", peer.to_string());
    }
    if let Some(truncated) = response.truncated {
        answer
            .headers_mut()
            .set("WARC-Truncated", truncation_name(truncated));
    }
    answer.set_is_http(true);
    if let Some(original) = original {
        revisit::mark_identical(&mut answer, original);
    } else if unchanged {
        revisit::mark_not_modified(&mut answer);
    }
    if whole {
        answer.set_bytes_payload(response_block(response));
        // Only for a parsed answer does the crate write a digest of the payload beside the
        // block's.
        answer.parse_http_with_opts(fastwarc::warc::record::AutoDecode::None, usize::MAX, false)?;
    } else {
        answer
            .headers_mut()
            .set("Content-Type", "application/http; msgtype=response");
        answer.set_bytes_payload(response_head(response));
    }
    let request = request_record(exchange, request_headers, &answer);
    Ok(vec![request, answer])
}

fn request_record(
    exchange: &Exchange,
    headers: &[(impl AsRef<str>, String)],
    answer: &WarcRecord,
) -> WarcRecord {
    let mut request = record_of(WarcRecordType::Request, exchange);
    request.set_is_http(true);
    request.set_bytes_payload(request_block(&exchange.url, headers));
    let answer_id = answer.record_id().unwrap_or_default().into_owned();
    request.headers_mut().set("WARC-Concurrent-To", answer_id);
    request
}

fn failure_records(
    exchange: &Exchange,
    failure: &FetchFailure,
    request_headers: &[(impl AsRef<str>, String)],
) -> Vec<WarcRecord> {
    let metadata = failure_record(exchange, failure);
    let sent = matches!(
        failure.kind,
        FailureKind::Protocol
            | FailureKind::Reset
            | FailureKind::Timeout
            | FailureKind::TooManyHeaders
    );
    if sent {
        vec![
            request_record(exchange, request_headers, &metadata),
            metadata,
        ]
    } else {
        vec![metadata]
    }
}

fn failure_record(exchange: &Exchange, failure: &FetchFailure) -> WarcRecord {
    let mut metadata = record_of(WarcRecordType::Metadata, exchange);
    metadata
        .headers_mut()
        .set("Content-Type", "application/warc-fields");
    let mut block = format!("citecheck-failure: {}\r\n", failure.kind.as_str());
    let detail = failure.detail.replace(char::is_control, " ");
    let _ = write!(block, "citecheck-detail: {detail}\r\n"); // writing to a string never fails
    metadata.set_bytes_payload(block.into_bytes());
    metadata
}

/// The reasons of ISO 28500, section 5.13.
fn truncation_name(truncation: Truncation) -> &'static str {
    match truncation {
        Truncation::SizeLimit => "length",
        Truncation::TimeLimit => "time",
        Truncation::Disconnect => "disconnect",
        Truncation::Unread => "unspecified",
    }
}

/// Passes on what another transport answers, and writes it down.
#[derive(Debug)]
pub struct RecordingTransport<T> {
    inner: T,
    recorder: Recorder,
}

impl<T> RecordingTransport<T> {
    /// Records what `inner` answers.
    pub fn new(inner: T, recorder: Recorder) -> Self {
        Self { inner, recorder }
    }
}

impl<T: Transport> Transport for RecordingTransport<T> {
    async fn exchange(&self, request: &Request) -> Exchange {
        let exchange = self.inner.exchange(request).await;
        // What was handed in is no page that a replay could ask for.
        if request.form.is_none() {
            self.recorder
                .write(&exchange, &self.inner.request_headers(request));
        }
        exchange
    }

    fn is_live(&self) -> bool {
        self.inner.is_live()
    }

    fn now(&self) -> Timestamp {
        self.inner.now()
    }

    fn request_headers(&self, request: &Request) -> Vec<(String, String)> {
        self.inner.request_headers(request)
    }

    async fn network_is_down(&self) -> bool {
        self.inner.network_is_down().await
    }
}
