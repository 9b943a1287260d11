//! Tables: CSV as `--format todo-csv` writes it and as spreadsheets save it again.

use csv::{ReaderBuilder, StringRecord};

use super::catalogue::rejection;
use super::entry::{Entry, EntryState};
use super::read::ReadError;
use crate::model::TodoState;

/// Reads the rows of a table whose header has `id` and `translation`; `None` for any other text.
pub(super) fn read(text: &str) -> Result<Option<Vec<Entry>>, ReadError> {
    let mut text = text;
    let mut first = text.lines().next().unwrap_or_default();
    // Excel's own line, which says what stands between cells.
    if first
        .trim_matches('"')
        .to_ascii_lowercase()
        .starts_with("sep=")
    {
        text = text.get(first.len()..).unwrap_or_default().trim_start();
        first = text.lines().next().unwrap_or_default();
    }
    let separators = [b',', b';', b'\t'];
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    let Some(delimiter) = separators
        .into_iter()
        .max_by_key(|separator| count(separator))
    else {
        return Ok(None);
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let Ok(header) = reader.headers().cloned() else {
        return Ok(None);
    };
    let column = |name: &str| header.iter().position(|cell| folded(cell) == name);
    let (Some(id), Some(translation)) = (column("id"), column("translation")) else {
        return Ok(None);
    };
    let columns = Columns {
        id,
        translation,
        source: column("source"),
        transliteration: column("transliteration"),
        state: column("state"),
        note: column("note"),
    };
    let mut entries = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| ReadError::Syntax {
            place: error.position().map_or_else(
                || "an unknown line".to_owned(),
                |position| format!("line {}", position.line()),
            ),
            message: "a row that cannot be parted into cells".to_owned(),
        })?;
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            entries.push(columns.entry(&row));
        }
    }
    Ok(Some(entries))
}

struct Columns {
    id: usize,
    translation: usize,
    source: Option<usize>,
    transliteration: Option<usize>,
    state: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    fn entry(&self, row: &StringRecord) -> Entry {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", text_of);
        let state = folded(cell(self.state));
        let note = cell(self.note);
        let state = if state == TodoState::Rejected.as_str() {
            EntryState::Rejected
        } else if matches!(state.as_str(), "fuzzy" | "unsure" | "needs-review") {
            EntryState::Unsure
        } else {
            // Who fills in a cell need not change another one to say so.
            EntryState::Translated
        };
        let reason = (state == EntryState::Rejected && !note.is_empty())
            .then(|| rejection(note).unwrap_or_else(|| note.to_owned()));
        Entry {
            id: cell(Some(self.id)).trim().to_owned(),
            source: cell(self.source).to_owned(),
            target: cell(Some(self.translation)).to_owned(),
            transliteration: cell(self.transliteration).to_owned(),
            state,
            reason,
        }
    }
}

/// A cell without the mark that keeps a spreadsheet from calculating it.
fn text_of(cell: &str) -> &str {
    let hidden = |c: char| matches!(c, '\u{200B}'..='\u{200D}' | '\'');
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    match cell.strip_prefix('\'') {
        Some(text) if text.trim_start_matches(hidden).starts_with(signs) => text,
        Some(_) | None => cell,
    }
}

/// A heading or a word without what people change in passing.
fn folded(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').trim().to_lowercase();
    text.replace([' ', '_'], "-")
}
