//! Bytes to text: which encoding a page really uses.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8, WINDOWS_1252, WINDOWS_1254};

use super::charset_declared::{declared_in_http, declared_in_meta};
use super::charset_judge::reads_better;

/// How much of a body the detector reads: what it has not told by then it never tells.
const DETECTED_BYTES: usize = 256 * 1024;

/// A decoded body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without a byte order mark; bytes that the encoding lacks are U+FFFD.
    pub text: Cow<'a, str>,
    /// The encoding's WHATWG name: `UTF-8`, `windows-1251`.
    pub charset: &'static str,
}

/// Reads a body as text. `content_type` is the HTTP header's value.
///
/// The order was measured on real and on re-encoded pages: byte order mark, then UTF-8 that is
/// valid and not plain ASCII, but for a few broken characters (it beats any declaration: nothing
/// else looks like it by chance), then HTTP, then `<meta>`, then detection. A declared encoding
/// in which the bytes make no sense is passed over; so is one whose text is in no alphabet, or
/// holds hardly any of the letters that texts of its script are made of, while another encoding
/// (the other one declared, or the one detected) gives such a text. In doubt the declaration
/// stays.
///
/// Any bytes are read. The encodings are those of the WHATWG standard.
///
/// # Examples
///
/// ```
/// use citecheck::page::decode;
///
/// let body = b"<title>\xcf\xee\xe3\xee\xe4\xe0 \xe2 \xca\xe8\xe5\xe2\xe5</title>";
/// let decoded = decode(body, Some("text/html; charset=utf-8"));
/// assert_eq!(decoded.text, "<title>Погода в Киеве</title>");
/// assert_eq!(decoded.charset, "windows-1251");
/// ```
#[must_use]
pub fn decode<'a>(body: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(body) {
        return decode_as(body.get(mark..).unwrap_or_default(), encoding);
    }
    if is_utf8_text(body) {
        return decode_as(body, UTF_8);
    }
    let http = content_type.and_then(declared_in_http);
    let declared = [http, declared_in_meta(body)];
    if body.is_ascii() && !body.contains(&0x1b) {
        let named = declared.into_iter().flatten().next();
        let ascii_like = named.filter(|encoding| encoding.is_ascii_compatible());
        return decode_as(body, ascii_like.unwrap_or(UTF_8));
    }
    decode_as(body, chosen(body, declared))
}

/// The encoding of a body that is neither ASCII nor UTF-8 throughout.
fn chosen(body: &[u8], declared: [Option<&'static Encoding>; 2]) -> &'static Encoding {
    if is_nearly_utf8(body) {
        return UTF_8;
    }
    let detected = detect(body);
    let plausible = |encoding: &&'static Encoding| plausible(body, encoding);
    let mut sensible = declared.into_iter().flatten().filter(plausible);
    let Some(first) = sensible.next() else {
        return detected;
    };
    // A declaration that the bytes bear out is not doubted.
    if first == detected {
        return first;
    }
    let sample = sample(body);
    let others = sensible.chain([detected]);
    others.fold(first, |best, other| {
        if other != best && reads_better(sample, other, best) {
            other
        } else {
            best
        }
    })
}

/// The encoding of a short text that its format takes for Western, where another one makes more
/// sense of the bytes.
pub(super) fn not_western(bytes: &[u8]) -> Option<&'static Encoding> {
    let detected = detect(bytes);
    (detected != WINDOWS_1252 && reads_better(bytes, detected, WINDOWS_1252)).then_some(detected)
}

fn decode_as<'a>(body: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(body);
    Decoded {
        text,
        charset: encoding.name(),
    }
}

/// Valid UTF-8 with at least one character beyond ASCII; a character cut off by a size limit is
/// forgiven.
fn is_utf8_text(body: &[u8]) -> bool {
    match std::str::from_utf8(body) {
        Ok(_) => !body.is_ascii(),
        Err(error) => {
            error.error_len().is_none()
                && body
                    .get(..error.valid_up_to())
                    .is_some_and(|valid| !valid.is_ascii())
        }
    }
}

/// Characters of UTF-8 that stand against each broken byte of a page that is UTF-8 all the same.
/// Hardly any byte beyond ASCII of other encodings is by chance a character of it.
const WHOLE_TO_BROKEN: usize = 10;

/// UTF-8 but for a few bytes: cut in the middle of a character by a program that counts bytes, or
/// with a line of another encoding put in. No look at the letters is needed, of which many scripts
/// have no table.
fn is_nearly_utf8(body: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in sample(body).utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
        if 64 * (1 + whole) < broken {
            return false;
        }
    }
    0 < whole && WHOLE_TO_BROKEN * broken <= whole
}

/// Whether the bytes make sense in an encoding: hardly any of them are undefined in it, and the
/// declaration is not one that software fills in unasked while the bytes say otherwise.
fn plausible(body: &[u8], encoding: &'static Encoding) -> bool {
    let sample = sample(body);
    let (text, had_errors) = encoding.decode_without_bom_handling(sample);
    if had_errors {
        let broken = text.matches('\u{fffd}').count();
        let beyond_ascii = sample.iter().filter(|byte| !byte.is_ascii()).count();
        // A page in UTF-8 with a few broken characters is still UTF-8.
        if beyond_ascii < 10 * broken {
            return false;
        }
    }
    // Single-byte Western encodings accept any bytes: ask for a second opinion where almost
    // every byte is beyond ASCII, which no Western text is.
    let western = encoding == WINDOWS_1252 || encoding == WINDOWS_1254;
    !(western && mostly_beyond_ascii(sample) && detect(body) != encoding)
}

/// Whether letters beyond ASCII outnumber the ASCII letters outside of tags.
fn mostly_beyond_ascii(sample: &[u8]) -> bool {
    let (mut beyond, mut ascii, mut in_tag) = (0usize, 0usize, false);
    for byte in sample {
        match byte {
            b'<' => in_tag = true,
            b'>' => in_tag = false,
            _ if in_tag => {}
            0x80.. => beyond += 1,
            b'a'..=b'z' | b'A'..=b'Z' => ascii += 1,
            _ => {}
        }
    }
    16 < beyond && ascii < 2 * beyond
}

fn sample(body: &[u8]) -> &[u8] {
    body.get(..DETECTED_BYTES.min(body.len())).unwrap_or(body)
}

/// The encoding that the bytes themselves suggest. No hint from the host: a wrong one does more
/// harm than a right one helps.
fn detect(body: &[u8]) -> &'static Encoding {
    let sample = sample(body);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, sample.len() == body.len());
    let guess = detector.guess(None, Utf8Detection::Allow);
    // GBK is a part of GB18030, which decodes both.
    if guess.name() == "GBK" {
        GB18030
    } else {
        guess
    }
}
