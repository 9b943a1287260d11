//! Records of a WARC file, one by one, whoever wrote it.
//!
//! On top of `fastwarc`, which takes field names in their usual case only and ends quietly where
//! a file is cut off: here names may have any case, and a record that is not whole is an error.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use fastwarc::stream_io::gzip::GzipReader;
use fastwarc::stream_io::traits::WarcRead;
use fastwarc::warc::iter::{ArchiveIterator, ArchiveIteratorOptions};
use fastwarc::warc::record::WarcRecord;

/// Longest header of a record; anything longer is no WARC.
const MOST_HEADER_BYTES: usize = 2 << 20;

/// A record's place in its file: the gzip member it is in (or its own start in a plain file),
/// and how many records come before it there. A well-made file has one record per member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) offset: u64,
    pub(super) nth: usize,
}

/// A record's header fields and the start of its block.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) place: Place,
    headers: Vec<(String, String)>,
    /// The block up to the limit asked for.
    pub(super) block: Vec<u8>,
}

impl Entry {
    /// The first value of a field, whatever the case of its name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Whether the record is of the given `WARC-Type`.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.header("warc-type")
            .is_some_and(|found| found.eq_ignore_ascii_case(kind))
    }

    /// `WARC-Target-URI`, without the angle brackets that WARC/1.0 writers put around it.
    pub(super) fn target(&self) -> Option<&str> {
        let target = self.header("warc-target-uri")?;
        Some(target.trim_start_matches('<').trim_end_matches('>'))
    }
}

/// The records from some place on.
pub(super) struct Records {
    records: ArchiveIterator,
    last: Option<Place>,
}

impl Records {
    /// Reads from `offset`, where a record or gzip member starts.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or starts like neither WARC nor gzip (`InvalidData`).
    pub(super) fn open(path: &Path, offset: u64) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let compressed = is_compressed(&mut file)?;
        file.seek(SeekFrom::Start(offset))?;
        let options = ArchiveIteratorOptions {
            stream_detect: false,
            parse_http: false,
            max_header_len: MOST_HEADER_BYTES,
            ..ArchiveIteratorOptions::default()
        };
        let records = if compressed {
            ArchiveIterator::with_options(GzipReader::with_capacity(file, 16 << 10), options)
        } else {
            ArchiveIterator::with_options(BufReader::with_capacity(64 << 10, file), options)
        };
        Ok(Self {
            records,
            last: None,
        })
    }

    /// The next record with up to `limit` bytes of its block; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the file is damaged or cut off here.
    pub(super) fn next(&mut self, limit: usize) -> io::Result<Option<Entry>> {
        let Some(record) = self.records.next().transpose()? else {
            return Ok(None);
        };
        let mut record = record.borrow_mut();
        let headers: Vec<(String, String)> = record
            .headers()
            .items()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        let place = self.place(&mut record)?;
        self.last = Some(place);
        let mut entry = Entry {
            place,
            headers,
            block: Vec::new(),
        };
        let length = entry
            .header("content-length")
            .and_then(|length| length.parse().ok())
            .ok_or_else(|| broken("a record without a length"))?;
        entry.block = read_block(&mut record, length, limit)?;
        Ok(Some(entry))
    }

    /// Where the last record stands.
    pub(super) fn last(&self) -> Option<Place> {
        self.last
    }

    fn place(&self, record: &mut WarcRecord) -> io::Result<Place> {
        let start = record.stream_pos();
        let member = match record.reader_mut() {
            Some(reader) => reader.frame_start_position()?,
            None => None,
        };
        let offset = member.unwrap_or(start);
        let nth = match self.last {
            Some(last) if last.offset == offset => last.nth + 1,
            _ => 0,
        };
        Ok(Place { offset, nth })
    }
}

/// Reads `length` bytes and keeps the first `limit`.
fn read_block(record: &mut WarcRecord, length: u64, limit: usize) -> io::Result<Vec<u8>> {
    let reader = record
        .reader_mut()
        .ok_or_else(|| broken("a record without a block"))?;
    reader.set_limit(length); // `fastwarc` takes 0 where the name has another case
    let mut block = Vec::new();
    let kept = reader
        .take(u64::try_from(limit).unwrap_or(u64::MAX))
        .read_to_end(&mut block)?;
    let mut seen = u64::try_from(kept).unwrap_or(u64::MAX);
    loop {
        let count = reader.fill_buf()?.len();
        if count == 0 {
            break;
        }
        reader.consume(count);
        seen = seen.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
    }
    if seen < length {
        return Err(broken("the file ends within a record"));
    }
    Ok(block)
}

fn is_compressed(file: &mut File) -> io::Result<bool> {
    let mut start = Vec::new();
    file.take(5).read_to_end(&mut start)?;
    match start.as_slice() {
        [0x1f, 0x8b, ..] => Ok(true),
        b"WARC/" => Ok(false),
        _ => Err(broken("it starts like neither WARC nor gzip")),
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}
