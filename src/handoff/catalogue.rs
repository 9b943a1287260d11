//! Gettext catalogues (PO). Source: GNU gettext manual, "The Format of PO Files".

use super::entry::{Entry, EntryState};
use super::read::ReadError;

/// Whether a text has a message.
pub(super) fn looks_like_one(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        line.starts_with("msgid ") || line.starts_with("msgid\"")
    })
}

/// Reads the messages; the header is none.
pub(super) fn read(text: &str) -> Result<Vec<Entry>, ReadError> {
    let mut reader = Reader::default();
    for (number, line) in (1..).zip(text.lines()) {
        reader
            .line(line.trim())
            .map_err(|message| ReadError::Syntax {
                place: format!("line {number}"),
                message: message.to_owned(),
            })?;
    }
    reader.finish();
    Ok(reader.entries)
}

/// The string that goes on in the next line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Into {
    #[default]
    Nothing,
    Context,
    Id,
    /// A plural or a form of it: none of ours.
    Other,
    Translation,
}

#[derive(Debug, Default)]
struct Reader {
    entries: Vec<Entry>,
    entry: Entry,
    into: Into,
    fuzzy: bool,
    obsolete: bool,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), &'static str> {
        // What stood there before is no part of the message.
        if line.is_empty() || line.starts_with("#|") || line.starts_with("#~|") {
            return Ok(());
        }
        if let Some(message) = line.strip_prefix("#~") {
            self.message(message.trim_start())?;
            self.obsolete = true;
            return Ok(());
        }
        if let Some(comment) = line.strip_prefix('#') {
            self.comment(comment);
            return Ok(());
        }
        self.message(line)
    }

    /// Comments stand before their message.
    fn comment(&mut self, comment: &str) {
        if self.into != Into::Nothing {
            self.finish();
        }
        if let Some(flags) = comment.strip_prefix(',') {
            self.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        } else if let Some(reason) =
            rejection(comment).filter(|_| !comment.starts_with(['.', ':', '~']))
        {
            self.entry.state = EntryState::Rejected;
            self.entry.reason = Some(reason).filter(|reason| !reason.is_empty());
        }
    }

    fn message(&mut self, line: &str) -> Result<(), &'static str> {
        let (into, rest) = if line.starts_with('"') {
            (self.into, line)
        } else if let Some(rest) = line.strip_prefix("msgctxt") {
            (Into::Context, rest)
        } else if let Some(rest) = line.strip_prefix("msgid_plural") {
            (Into::Other, rest)
        } else if let Some(rest) = line.strip_prefix("msgid") {
            (Into::Id, rest)
        } else if let Some(rest) = line.strip_prefix("msgstr[0]") {
            (Into::Translation, rest)
        } else if line.starts_with("msgstr[") {
            (
                Into::Other,
                line.split_once(']').map_or("", |(_, rest)| rest),
            )
        } else if let Some(rest) = line.strip_prefix("msgstr") {
            (Into::Translation, rest)
        } else {
            return Err("neither a comment nor a message");
        };
        let begins = !line.starts_with('"')
            && (into == Into::Context || (into == Into::Id && self.into != Into::Context));
        if begins && self.into != Into::Nothing {
            self.finish();
        }
        self.into = into;
        let text = unquoted(rest.trim())?;
        match into {
            Into::Context => self.entry.id.push_str(&text),
            Into::Id => self.entry.source.push_str(&text),
            Into::Translation => self.entry.target.push_str(&text),
            Into::Other => {}
            Into::Nothing => return Err("a string that belongs to nothing"),
        }
        Ok(())
    }

    fn finish(&mut self) {
        let mut entry = std::mem::take(&mut self.entry);
        let read = std::mem::take(&mut self.into) != Into::Nothing;
        let (fuzzy, obsolete) = (self.fuzzy, self.obsolete);
        (self.fuzzy, self.obsolete) = (false, false);
        if !read || entry.source.is_empty() {
            return;
        }
        if entry.state != EntryState::Rejected {
            entry.state = match (obsolete, fuzzy) {
                (true, _) => EntryState::Untranslated,
                (false, true) => EntryState::Unsure,
                (false, false) => EntryState::Translated,
            };
        }
        if obsolete && entry.state == EntryState::Untranslated {
            entry.target.clear();
        }
        self.entries.push(entry);
    }
}

/// Why a translator's comment leaves the source out: `rejected: a name`; empty where it does not
/// say, and `None` where it does not leave it out.
pub(super) fn rejection(comment: &str) -> Option<String> {
    let rest = comment.trim().strip_prefix("rejected")?;
    if rest.chars().next().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let reason = rest.trim_start_matches([':', '-', '–', '—', ' ']);
    Some(reason.trim().to_owned())
}

fn unquoted(text: &str) -> Result<String, &'static str> {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .ok_or("a string without its quotation marks")?;
    let mut plain = String::with_capacity(inner.len());
    let mut rest = inner.chars();
    while let Some(c) = rest.next() {
        if c == '"' {
            return Err("a quotation mark inside a string");
        }
        if c != '\\' {
            plain.push(c);
            continue;
        }
        match rest.next().ok_or("a string that ends in a backslash")? {
            'n' => plain.push('\n'),
            't' => plain.push('\t'),
            'r' => plain.push('\r'),
            other => plain.push(other),
        }
    }
    Ok(plain)
}
