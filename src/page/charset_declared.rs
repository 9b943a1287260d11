//! Encodings that HTTP and the markup name.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// How much of a body the `<meta>` declaration is looked for in. The HTML standard says 1,024
/// bytes; pages in the wild put it later, and browsers find it there.
const META_BYTES: usize = 8192;

/// The `charset` parameter of a `Content-Type` value. Labels that the standard maps to `replacement`
/// (`iso-2022-kr`, `hz-gb-2312`) count as unknown: browsers refuse such pages for their scripts'
/// sake, while a reader of text loses all of it.
pub(super) fn declared_in_http(content_type: &str) -> Option<&'static Encoding> {
    let label = after_charset(content_type)?;
    Encoding::for_label_no_replacement(label.as_bytes())
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
pub(super) fn declared_in_meta(body: &[u8]) -> Option<&'static Encoding> {
    let head = body.get(..META_BYTES.min(body.len()))?;
    let head: String = head.iter().map(|byte| char::from(*byte)).collect();
    if head.trim_start().starts_with("<?xml") {
        let declaration = head.split('>').next().unwrap_or_default();
        let named = declaration.split_once("encoding").and_then(|(_, rest)| {
            let value = rest.trim_start().strip_prefix('=')?.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            value.get(1..)?.split(quote).next().map(str::to_owned)
        });
        if let Some(encoding) =
            named.and_then(|name| Encoding::for_label_no_replacement(name.as_bytes()))
        {
            return Some(not_utf16(encoding));
        }
    }
    let lower = head.to_ascii_lowercase();
    lower
        .split("<meta")
        .skip(1)
        .filter_map(|tag| after_charset(tag.split('>').next().unwrap_or_default()))
        .find_map(|label| Encoding::for_label_no_replacement(label.as_bytes()))
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
