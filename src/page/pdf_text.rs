//! Text strings and dates of PDF (ISO 32000-1, 7.9.2 and 7.9.4).

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use jiff::civil::Date;

use super::charset;
use crate::model::{CitedDate, DatePoint};

/// Bytes of a text string that are read: metadata are short.
const MAX_BYTES: usize = 4_000;

/// Where `PDFDocEncoding` is not windows-1252: 0x18 to 0x1f, then 0x80 to 0xa0.
const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
const HIGH: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// The text of a string: UTF-16 and UTF-8 with their marks, else `PDFDocEncoding`. Controls and
/// language escapes are left out, white space is folded.
pub(super) fn text(bytes: &[u8]) -> String {
    let bytes = bytes.get(..MAX_BYTES.min(bytes.len())).unwrap_or(bytes);
    let raw = match bytes {
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // No standard allows UTF-8 without a mark, and yet programs write it.
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => eight_bit(bytes),
        },
    };
    let clean = raw.replace(|c: char| c.is_control() || c == '\u{fffd}', " ");
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A string of one byte a letter: in `PDFDocEncoding`, unless it makes sense only in the encoding
/// of the system on which a program wrote its bytes as they were. Empty where it makes sense in
/// none that is known.
fn eight_bit(bytes: &[u8]) -> String {
    if let Some(encoding) = charset::not_western(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let text: String = bytes.iter().map(|byte| pdf_doc(*byte)).collect();
    if is_of_no_language(&text) {
        return String::new();
    }
    text
}

/// Letters from which on a text is held to have some without accents.
const LEAST_LETTERS: usize = 4;

/// Whether two of three Latin letters have accents, as no language writes that has an encoding of
/// one byte a letter: they are letters of another alphabet.
fn is_of_no_language(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let (all, plain) = (letters().count(), letters().filter(char::is_ascii).count());
    LEAST_LETTERS <= all && 3 * plain < all
}

fn pdf_doc(byte: u8) -> char {
    let place = usize::from(byte);
    let own = match byte {
        0x18..=0x1f => LOW.get(place - 0x18),
        0x80..=0xa0 => HIGH.get(place - 0x80),
        _ => None,
    };
    let western = || {
        let byte = [byte];
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
        text.chars().next().unwrap_or(' ')
    };
    own.copied().unwrap_or_else(western)
}

/// `D:YYYYMMDDHHmmSSOHH'mm'`, of which all but the year may be missing; the mark `D:` is missing
/// in many files. The day is the one in the zone written.
pub(super) fn date(bytes: &[u8]) -> Option<CitedDate> {
    let text = text(bytes);
    let text = text.strip_prefix("D:").unwrap_or(&text).trim();
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let year = part(0..4).filter(|year| (1980..=2100).contains(year))?;
    match length {
        4 => Some(CitedDate::point(DatePoint::Year(year))),
        6.. => {
            let month = i8::try_from(part(4..6)?).ok()?;
            let day = i8::try_from(part(6..8).unwrap_or(1)).ok()?;
            let day = Date::new(year, month, day).ok()?;
            Some(if length < 8 {
                CitedDate::point(DatePoint::Month(year, month))
            } else {
                CitedDate::day(day)
            })
        }
        _ => None,
    }
}
