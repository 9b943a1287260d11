//! Bytes to text: which encoding a page really uses.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1254, X_USER_DEFINED,
};

/// How much of a body the `<meta>` declaration is looked for in. The HTML standard says 1,024
/// bytes; pages in the wild put it later, and browsers find it there.
const META_BYTES: usize = 8192;

/// How much of a body the detector reads: what it has not told by then it never tells.
const DETECTED_BYTES: usize = 256 * 1024;

/// A decoded body.
#[derive(Debug, Clone)]
pub(super) struct Decoded<'a> {
    /// The text; bytes that the encoding lacks are U+FFFD.
    pub(super) text: Cow<'a, str>,
    /// The encoding's WHATWG name.
    pub(super) charset: &'static str,
}

/// Reads a body as text.
///
/// The order was measured on real and on re-encoded pages: byte order mark, then UTF-8 that is
/// valid and not plain ASCII (it beats any declaration: nothing else looks like it by chance),
/// then HTTP, then `<meta>`, then detection. A declared encoding in which the bytes make no sense
/// is passed over.
pub(super) fn decode<'a>(body: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
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
    for encoding in declared.into_iter().flatten() {
        if plausible(body, encoding) {
            return decode_as(body, encoding);
        }
    }
    decode_as(body, detect(body))
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

/// The `charset` parameter of a `Content-Type` value.
fn declared_in_http(content_type: &str) -> Option<&'static Encoding> {
    let label = after_charset(content_type)?;
    Encoding::for_label(label.as_bytes())
}

/// What follows `charset=`, quotes removed.
fn after_charset(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let (_, rest) = lower.split_once("charset")?;
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    let end = value
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\'' | ';' | ',' | '>' | '/'))
        .unwrap_or(value.len());
    value.get(..end).map(str::to_owned)
}

/// The encoding that a `<meta>` tag or an XML declaration names.
fn declared_in_meta(body: &[u8]) -> Option<&'static Encoding> {
    let head = body.get(..META_BYTES.min(body.len()))?;
    let head: String = head.iter().map(|byte| char::from(*byte)).collect();
    if head.trim_start().starts_with("<?xml") {
        let declaration = head.split('>').next().unwrap_or_default();
        let named = declaration.split_once("encoding").and_then(|(_, rest)| {
            let value = rest.trim_start().strip_prefix('=')?.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            value.get(1..)?.split(quote).next().map(str::to_owned)
        });
        if let Some(encoding) = named.and_then(|name| Encoding::for_label(name.as_bytes())) {
            return Some(not_utf16(encoding));
        }
    }
    let lower = head.to_ascii_lowercase();
    lower
        .split("<meta")
        .skip(1)
        .filter_map(|tag| after_charset(tag.split('>').next().unwrap_or_default()))
        .find_map(|label| Encoding::for_label(label.as_bytes()))
        .map(not_utf16)
}

/// A declaration that was read as ASCII cannot be true when it says UTF-16 (HTML standard,
/// "prescan a byte stream").
fn not_utf16(encoding: &'static Encoding) -> &'static Encoding {
    match encoding {
        e if e == UTF_16LE || e == UTF_16BE => UTF_8,
        e if e == X_USER_DEFINED => WINDOWS_1252,
        other => other,
    }
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
