//! XLIFF 1.x and 2.x. Sources: OASIS, XLIFF Version 1.2 (2008) and Version 2.0 (2014).

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::catalogue::rejection;
use super::entry::{Entry, EntryState};
use super::read::ReadError;

/// Elements inside each other; more is no document of a tool.
const DEEPEST: usize = 256;

/// Elements whose texts are of other translations, or codes of the original and no text.
const SKIPPED: [&str; 13] = [
    "alt-trans",
    "seg-source",
    "bpt",
    "ept",
    "ph",
    "it",
    "originalData",
    "matches",
    "glossary",
    "skl",
    "skeleton",
    "bin-unit",
    "metadata",
];

/// Reads the units of a document.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, ReadError> {
    let mut reader = Reader::from_str(text);
    let mut document = Document::default();
    loop {
        let event = reader.read_event().map_err(|error| ReadError::Syntax {
            place: format!("byte {}", reader.error_position()),
            message: error.to_string(),
        })?;
        match event {
            Event::Start(tag) => document.open(&tag)?,
            Event::Empty(tag) => {
                document.open(&tag)?;
                document.close();
            }
            Event::End(_) => document.close(),
            Event::Text(text) => document.text(&String::from_utf8_lossy(&text)),
            Event::CData(text) => document.text(&String::from_utf8_lossy(&text)),
            Event::GeneralRef(reference) => document.text(&character(&reference)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => break,
        }
    }
    if !document.is_xliff {
        return Err(ReadError::Unknown);
    }
    if !document.stack.is_empty() {
        return Err(ReadError::Syntax {
            place: "its end".to_owned(),
            message: "it breaks off inside an element".to_owned(),
        });
    }
    Ok(document.entries)
}

/// What `&amp;` and `&#8212;` stand for; nothing for an entity of the document's own.
fn character(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name: &[u8] = reference;
    let text = match name {
        b"amp" => "&",
        b"lt" => "<",
        b"gt" => ">",
        b"quot" => "\"",
        b"apos" => "'",
        _ => "",
    };
    text.to_owned()
}

#[derive(Debug, Default)]
struct Document {
    is_xliff: bool,
    entries: Vec<Entry>,
    stack: Vec<String>,
    /// How deep the outermost skipped element stands.
    skipped_from: Option<usize>,
    unit: Option<Unit>,
}

#[derive(Debug, Default)]
struct Unit {
    entry: Entry,
    /// How far each of its translations is; a unit of version 2 has several.
    states: Vec<EntryState>,
    /// The note that is being read.
    note: String,
    segments: usize,
    targets: usize,
}

impl Document {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        if DEEPEST <= self.stack.len() {
            return Err(ReadError::Syntax {
                place: format!("element {}", self.entries.len() + 1),
                message: "elements too deep inside each other".to_owned(),
            });
        }
        let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
        if self.skipped_from.is_none() && SKIPPED.contains(&name.as_str()) {
            self.skipped_from = Some(self.stack.len());
        }
        if self.skipped_from.is_none() {
            self.element(&name, tag);
        }
        self.stack.push(name);
        Ok(())
    }

    fn element(&mut self, name: &str, tag: &BytesStart<'_>) {
        match name {
            "xliff" if self.stack.is_empty() => self.is_xliff = true,
            "trans-unit" | "unit" => {
                let mut unit = Unit::default();
                unit.entry.id = attribute(tag, "id").unwrap_or_default();
                if attribute(tag, "translate").as_deref() == Some("no") {
                    unit.entry.state = EntryState::Rejected;
                }
                self.unit = Some(unit);
            }
            "segment" | "target" => {
                let state = attribute(tag, "state");
                let qualifier = attribute(tag, "state-qualifier");
                let refused = qualifier.is_some_and(|word| word.starts_with("rejected-"));
                let unsure = state.as_deref().is_some_and(needs_a_look) || refused;
                let in_segment = self.stack.last().is_some_and(|name| name == "segment");
                if let Some(unit) = &mut self.unit {
                    unit.segments += usize::from(name == "segment");
                    unit.targets += usize::from(in_segment);
                    let state = if unsure {
                        EntryState::Unsure
                    } else {
                        EntryState::Translated
                    };
                    unit.states.push(state);
                }
            }
            "cp" => {
                let code = attribute(tag, "hex");
                let code = code.and_then(|code| u32::from_str_radix(&code, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.text(c.encode_utf8(&mut [0; 4]));
                }
            }
            "note" => {
                if let Some(unit) = &mut self.unit {
                    unit.note.clear();
                }
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        let Some(name) = self.stack.pop() else {
            return;
        };
        if self.skipped_from == Some(self.stack.len()) {
            self.skipped_from = None;
            return;
        }
        if self.skipped_from.is_some() {
            return;
        }
        match name.as_str() {
            "note" => {
                if let Some(unit) = &mut self.unit
                    && let Some(reason) = rejection(&unit.note)
                {
                    unit.entry.state = EntryState::Rejected;
                    unit.entry.reason = Some(reason).filter(|reason| !reason.is_empty());
                } else if let Some(unit) = &mut self.unit
                    && let Some(reason) = unit.note.strip_prefix("reason: ")
                {
                    unit.entry
                        .reason
                        .get_or_insert_with(|| reason.trim().to_owned());
                }
            }
            "trans-unit" | "unit" => {
                if let Some(mut unit) = self.unit.take() {
                    if unit.entry.state != EntryState::Rejected {
                        unit.entry.reason = None;
                        unit.entry.state = unit.states.iter().min().copied().unwrap_or_default();
                        // Half a title is none.
                        if unit.targets < unit.segments {
                            unit.entry.target.clear();
                        }
                    }
                    self.entries.push(unit.entry);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped_from.is_some() {
            return;
        }
        let Some(unit) = &mut self.unit else {
            return;
        };
        let is_place = |name: &&String| matches!(name.as_str(), "source" | "target" | "note");
        let place = self.stack.iter().rev().find(is_place);
        match place.map(String::as_str) {
            Some("source") => unit.entry.source.push_str(text),
            Some("target") => unit.entry.target.push_str(text),
            Some("note") => unit.note.push_str(text),
            Some(_) | None => {}
        }
    }
}

/// States of version 1.2 that ask for another look. `new` and `needs-translation` beside a
/// translation are what was said before it came: tools fill in the text and leave the word.
fn needs_a_look(state: &str) -> bool {
    state.starts_with("needs-") && state != "needs-translation"
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.as_ref() == name.as_bytes())?;
    let value = found.unescape_value().ok()?;
    Some(value.into_owned())
}
