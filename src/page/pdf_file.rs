//! Finds a PDF's metadata without its cross-reference table: bodies are cut off, tables are broken.
//!
//! Objects are found by their marks, the last one of a number winning, as later revisions of a
//! file are appended. Streams are inflated up to a bound.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::pdf_objects::{self, Dictionary, whole};
use super::pdf_text;

/// Objects that are remembered of one file, the last ones: they are what counts.
const MAX_OBJECTS: usize = 200_000;

/// Trailers, and streams of objects, that are looked into.
const MAX_TRAILERS: usize = 16;
const MAX_STREAMS: usize = 64;

/// Dictionaries kept of streams when no trailer says of both which of them count.
const MAX_PACKED: usize = 200;

/// Objects with a date that are looked at for the document's information, and objects that may say
/// that the file is encrypted.
const MAX_DATED: usize = 64;
const MAX_HANDLERS: usize = 16;

/// Names of security handlers (ISO 32000-1, 7.6.3 and 7.6.4): what they stand in as the filter is
/// the encryption dictionary.
const HANDLERS: [&str; 2] = ["Standard", "Adobe.PubSec"];

/// Bytes that one stream gives, and all of them together.
const MAX_INFLATED: usize = 1 << 20;
const MAX_INFLATED_TOGETHER: usize = 8 << 20;

/// A file's objects, by where they stand.
#[derive(Debug)]
pub(super) struct PdfFile<'a> {
    body: &'a [u8],
    /// Where objects begin, ascending, with their numbers.
    places: Vec<(usize, usize)>,
    /// The dictionaries that lie in streams of objects, by number.
    packed: BTreeMap<usize, Dictionary>,
    pub(super) is_encrypted: bool,
    root: Option<usize>,
    info: Option<usize>,
}

impl<'a> PdfFile<'a> {
    pub(super) fn open(body: &'a [u8]) -> Self {
        let mut file = Self {
            body,
            places: places(body),
            packed: BTreeMap::new(),
            is_encrypted: false,
            root: None,
            info: None,
        };
        file.read_trailers();
        if !file.is_encrypted {
            file.unpack();
        }
        file
    }

    /// The dictionary of the document's information; of a file without its trailer the last one
    /// that looks like it.
    pub(super) fn info(&self) -> Option<Dictionary> {
        let named = self.info.and_then(|number| self.dictionary(number));
        named.or_else(|| {
            let near = self.around(b"/CreationDate", MAX_DATED).into_iter();
            near.filter_map(Dictionary::read)
                .find(|one| self.looks_like_info(one))
                .or_else(|| {
                    self.packed
                        .values()
                        .find(|one| self.looks_like_info(one))
                        .cloned()
                })
        })
    }

    /// Whether it may be the document's information: it has a date that can be read, and is nothing
    /// that says of itself what it is. Annotations and attachments have dates of their own.
    fn looks_like_info(&self, one: &Dictionary) -> bool {
        let named = one.get("Subtype").is_some()
            || (one.get("Type").is_some() && !one.is_of("Type", "Info"));
        let date = || pdf_text::date(&self.text(one, "CreationDate")?);
        !named && date().is_some()
    }

    /// The string of an entry, which may stand in an object of its own.
    pub(super) fn text(&self, dictionary: &Dictionary, key: &str) -> Option<Vec<u8>> {
        let elsewhere = || pdf_objects::text(self.object(dictionary.reference(key)?)?);
        let own = dictionary.text(key).map(<[u8]>::to_vec);
        own.or_else(elsewhere)
    }

    /// The catalog: the root of the document.
    pub(super) fn catalog(&self) -> Option<Dictionary> {
        let is = |one: &Dictionary| one.is_of("Type", "Catalog");
        let named = self.root.and_then(|number| self.dictionary(number));
        named.filter(is).or_else(|| {
            let near = self.around(b"/Catalog", 1).into_iter().next();
            near.and_then(Dictionary::read)
                .filter(is)
                .or_else(|| self.packed.values().find(|one| is(one)).cloned())
        })
    }

    /// The contents of a stream.
    pub(super) fn stream(&self, number: usize) -> Option<Vec<u8>> {
        contents(self.object(number)?, MAX_INFLATED)
    }

    fn dictionary(&self, number: usize) -> Option<Dictionary> {
        let plain = self.object(number).and_then(Dictionary::read);
        plain.or_else(|| self.packed.get(&number).cloned())
    }

    /// The bytes from an object on.
    fn object(&self, number: usize) -> Option<&'a [u8]> {
        let found = self.places.iter().rev().find(|(_, n)| *n == number);
        found.and_then(|(at, _)| self.body.get(*at..))
    }

    /// The objects in which a name stands, the last ones first.
    fn around(&self, name: &[u8], most: usize) -> Vec<&'a [u8]> {
        let found = memmem::rfind_iter(self.body, name).take(most);
        let object = |at: usize| {
            let next = self.places.partition_point(|(place, _)| *place <= at);
            let (place, _) = self.places.get(next.checked_sub(1)?)?;
            self.body.get(*place..)
        };
        found.filter_map(object).collect()
    }

    fn read_trailers(&mut self) {
        let plain = memmem::rfind_iter(self.body, b"trailer")
            .take(MAX_TRAILERS)
            .filter_map(|at| self.body.get(at + b"trailer".len()..));
        let streams = self.around(b"/XRef", MAX_TRAILERS);
        let dictionaries: Vec<Dictionary> = plain
            .chain(streams)
            .filter_map(Dictionary::read)
            .filter(|one| one.get("Root").is_some())
            .collect();
        self.is_encrypted = dictionaries.iter().any(|one| one.get("Encrypt").is_some())
            || (dictionaries.is_empty() && self.has_encryption_dictionary());
        self.root = dictionaries.iter().find_map(|one| one.reference("Root"));
        self.info = dictionaries.iter().find_map(|one| one.reference("Info"));
    }

    /// Whether a file whose trailer is cut off is encrypted all the same.
    fn has_encryption_dictionary(&self) -> bool {
        HANDLERS.iter().any(|handler| {
            let name = format!("/{handler}");
            let near = self.around(name.as_bytes(), MAX_HANDLERS).into_iter();
            near.filter_map(Dictionary::read)
                .any(|one| one.is_of("Filter", handler))
        })
    }

    /// Reads the dictionaries that lie in streams of objects (ISO 32000-1, 7.5.7), of the last
    /// streams first. Returns how many bytes were inflated for it.
    fn unpack(&mut self) -> usize {
        let mut room = MAX_INFLATED_TOGETHER;
        for object in self.around(b"/ObjStm", MAX_STREAMS) {
            let Some((first, bytes)) = Dictionary::read(object)
                .and_then(|one| one.number("First"))
                .zip(contents(object, MAX_INFLATED.min(room)))
            else {
                continue;
            };
            room = room.saturating_sub(bytes.len());
            let numbers: Vec<usize> = bytes
                .get(..first)
                .unwrap_or_default()
                .split(u8::is_ascii_whitespace)
                .filter_map(whole)
                .collect();
            for pair in numbers.chunks_exact(2) {
                let &[number, at] = pair else { continue };
                let object = first.checked_add(at).and_then(|at| bytes.get(at..));
                if self.wants(number)
                    && let Some(dictionary) = object.and_then(Dictionary::read)
                {
                    self.packed.entry(number).or_insert(dictionary);
                }
            }
        }
        MAX_INFLATED_TOGETHER - room
    }

    /// What the trailer names is kept, however much comes before it; of what could be the rest,
    /// where the trailer does not name both, the first.
    fn wants(&self, number: usize) -> bool {
        if self.packed.contains_key(&number) {
            return false;
        }
        let named = [self.root, self.info];
        let unknown = named.contains(&None);
        named.contains(&Some(number)) || (unknown && self.packed.len() < MAX_PACKED)
    }
}

/// Where objects begin (`12 0 obj`), with their numbers.
fn places(body: &[u8]) -> Vec<(usize, usize)> {
    let marks = memmem::rfind_iter(body, b" obj").take(MAX_OBJECTS);
    let mut places: Vec<_> = marks
        .filter_map(|at| Some((at + b" obj".len(), number_before(body.get(..at)?)?)))
        .collect();
    places.reverse();
    places
}

/// The `12` of `12 0` at the end of the bytes.
fn number_before(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.get(bytes.len().saturating_sub(20)..)?;
    let mut words = tail.rsplit(|byte| !byte.is_ascii_digit());
    let generation = words.next()?;
    let number = words.next()?;
    whole(generation).and(whole(number))
}

/// What a stream holds, inflated if it is deflated; other filters and predictors are not read.
fn contents(object: &[u8], most: usize) -> Option<Vec<u8>> {
    let start = memmem::find(object.get(..object.len().min(64 << 10))?, b"stream")?;
    let (head, rest) = object.split_at_checked(start)?;
    if memmem::find(head, b"endobj").is_some() {
        return None;
    }
    let rest = rest.strip_prefix(b"stream")?;
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    if memmem::find(head, b"/FlateDecode").is_some() {
        let mut bytes = Vec::new();
        let limit = u64::try_from(most).unwrap_or_default();
        // What came before an error or a cut is read all the same.
        let _ = ZlibDecoder::new(rest).take(limit).read_to_end(&mut bytes);
        return Some(bytes);
    }
    let plain = rest.get(..rest.len().min(most))?;
    let end = memmem::find(plain, b"endstream").unwrap_or(plain.len());
    plain.get(..end).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    /// A stream that inflates to more than is read of one.
    fn bomb() -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&vec![b'0'; 2 * MAX_INFLATED]).unwrap();
        let packed = encoder.finish().unwrap();
        let head = b"7 0 obj <</Type/ObjStm/First 9/Filter/FlateDecode>> stream\n".as_slice();
        [head, &packed, b"\nendstream endobj\n"].concat()
    }

    #[test]
    fn what_is_inflated_is_bounded() {
        let bomb = bomb();
        for (bombs, inflated) in [
            (1, MAX_INFLATED),
            (3, 3 * MAX_INFLATED),
            (40, MAX_INFLATED_TOGETHER),
        ] {
            let body = bomb.repeat(bombs);
            let mut file = PdfFile::open(&body);
            assert_eq!(file.unpack(), inflated, "{bombs} streams");
            assert!(file.stream(7).unwrap().len() <= MAX_INFLATED);
        }
    }

    #[test]
    fn what_is_kept_of_streams_is_bounded() {
        let mut table = String::new();
        for number in 10..10 + 2 * MAX_PACKED {
            table += &number.to_string();
            table += " 0 ";
        }
        let head = format!("7 0 obj <</Type/ObjStm/First {}>> stream\n", table.len());
        let body = format!("{head}{table}<</A 1>> endstream endobj\n");
        assert_eq!(PdfFile::open(body.as_bytes()).packed.len(), MAX_PACKED);
    }

    #[test]
    fn the_last_places_are_kept() {
        let body = [
            b"1 0 obj ".repeat(MAX_OBJECTS).as_slice(),
            b"2 0 obj <</A 1>> ",
        ]
        .concat();
        let file = PdfFile::open(&body);
        assert_eq!(file.places.len(), MAX_OBJECTS);
        assert!(file.dictionary(2).is_some());
        assert!(file.places.is_sorted());
    }
}
