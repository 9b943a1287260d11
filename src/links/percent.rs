//! Percent-encoding.

/// The text with its percent-encoded bytes decoded; what is no UTF-8 then stays as it was.
pub(super) fn decoded(text: &str) -> String {
    let bytes = decode_where(text, |_| true);
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The text with only those bytes decoded that never needed encoding (RFC 3986, 2.3), and the
/// other encodings in upper case.
pub(super) fn normalised(text: &str) -> String {
    let unreserved =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    let bytes = decode_where(text, unreserved);
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn decode_where(text: &str, wanted: impl Fn(u8) -> bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let encoded = match (byte, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        let Some((high, low)) = encoded else {
            out.push(*byte);
            rest = after;
            continue;
        };
        let value = high * 16 + low;
        if wanted(value) {
            out.push(value);
        } else {
            out.extend(format!("%{value:02X}").bytes());
        }
        rest = after.get(2..).unwrap_or_default();
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
