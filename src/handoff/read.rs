//! Bytes of a translated file → entries, whatever tool wrote it.

use encoding_rs::{Encoding, UTF_8};

use super::entry::{Entry, EntryState};
use super::{catalogue, table, xliff};

/// How far into a file its declared encoding is looked for.
const HEAD_BYTES: usize = 4096;

/// A translated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    /// How it is written.
    pub kind: Kind,
    /// Its texts, in order.
    pub entries: Vec<Entry>,
}

/// How a translated file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A gettext catalogue.
    Po,
    /// XLIFF of any version.
    Xliff,
    /// A table with a header: commas, semicolons or tabs between cells.
    Table,
}

/// Why a translated file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Its bytes are no text in UTF-8 nor in the encoding that it declares.
    #[error("is not UTF-8 (byte {0}); save it as UTF-8")]
    Encoding(usize),
    /// It is none of the forms.
    #[error(
        "is no PO, no XLIFF and no table with the columns id and translation; give the file that \
         `--format po`, `xliff`, `xliff2` or `todo-csv` made, translated"
    )]
    Unknown,
    /// It breaks off or breaks the rules of its form.
    #[error("cannot be read at {place}: {message}")]
    Syntax {
        /// Where: a line or a byte.
        place: String,
        /// What is wrong.
        message: String,
    },
}

/// Reads a PO, an XLIFF 1.x or 2.x document or a table, which is told by its content.
///
/// Takes what tools make of the files: other order, wrapped lines, CR LF, byte order marks, UTF-16,
/// fuzzy and obsolete entries, tags inside translations (their text stays), CDATA, other delimiters.
/// Entities that a document declares itself are not expanded.
///
/// # Errors
///
/// The bytes are no text, the text is none of the forms, or it is broken.
///
/// # Examples
///
/// ```
/// use citecheck::handoff::{EntryState, read};
///
/// let file = "msgctxt \"x\"\nmsgid \"Річка\"\nmsgstr \"\"\n\"The \"\n\"river\"\n";
/// let entry = &read(file.as_bytes()).unwrap().entries[0];
/// assert_eq!((entry.target.as_str(), entry.state), ("The river", EntryState::Translated));
/// ```
pub fn read(bytes: &[u8]) -> Result<Handoff, ReadError> {
    let text = decode(bytes)?;
    let start = text.trim_start();
    let (kind, mut entries) = if start.starts_with('<') {
        (Kind::Xliff, xliff::read(start)?)
    } else if let Some(entries) = table::read(start)? {
        (Kind::Table, entries)
    } else if catalogue::looks_like_one(start) {
        (Kind::Po, catalogue::read(&text)?)
    } else {
        return Err(ReadError::Unknown);
    };
    for entry in &mut entries {
        let nothing = entry.target.trim().is_empty() && entry.transliteration.trim().is_empty();
        if nothing && entry.state != EntryState::Rejected {
            entry.state = EntryState::Untranslated;
        }
    }
    Ok(Handoff { kind, entries })
}

fn decode(bytes: &[u8]) -> Result<String, ReadError> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, bytes.get(mark..).unwrap_or_default()),
        None => (declared(bytes), bytes),
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or_else(|| {
        let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        ReadError::Encoding(valid)
    })
}

/// The encoding that an XML declaration or a PO header names, where the bytes are not UTF-8.
fn declared(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = ["encoding=", "charset="].into_iter().find_map(|mark| {
        let (_, after) = head.split_once(mark)?;
        let after = after.trim_start_matches(['"', '\'']);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
        after.get(..end.unwrap_or(after.len()))
    });
    let encoding = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    encoding.unwrap_or(UTF_8)
}
