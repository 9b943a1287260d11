//! Files and standard input → bytes → text, or why they are none.

use std::fs::File;
use std::io::{Read, stdin};
use std::path::Path;

use anyhow::{Context, Result, bail};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// Largest input; no article, page or report comes near, and no device without end fills the
/// memory.
const MOST_BYTES: u64 = 256 << 20;

/// Reads a file whole; `-` is standard input.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>> {
    if path == Path::new("-") {
        return read_limited(&mut stdin().lock(), "standard input");
    }
    let name = path.display().to_string();
    let mut file = File::open(path).with_context(|| format!("cannot read {name}"))?;
    read_limited(&mut file, &name)
}

/// Reads to the end. `name` is the input for messages.
pub(super) fn read_limited(from: &mut impl Read, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = from.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.with_context(|| format!("cannot read {name}"))?;
    if MOST_BYTES < bytes.len() as u64 {
        bail!(
            "{name} is larger than {} MiB, which nothing that is read here is",
            MOST_BYTES >> 20
        );
    }
    Ok(bytes)
}

/// Reads the bytes of an input as UTF-8. `name` is the input for messages.
pub(super) fn decode(name: &str, bytes: Vec<u8>) -> Result<String> {
    if bytes.is_empty() || bytes.iter().all(u8::is_ascii_whitespace) {
        bail!("{name} is empty");
    }
    let utf_16 = matches!(bytes.get(..2), Some([0xFF, 0xFE] | [0xFE, 0xFF]));
    if utf_16 {
        bail!(
            "{name} is UTF-16, not UTF-8; convert it: {}",
            iconv(name, "UTF-16")
        );
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        bail!("{name} is a binary file (a NUL byte at offset {at}); give text, wikitext or HTML");
    }
    String::from_utf8(bytes).or_else(|problem| {
        let at = problem.utf8_error().valid_up_to();
        let bytes = problem.as_bytes();
        let byte = bytes.get(at).copied().unwrap_or_default();
        let guess = guess(bytes);
        bail!(
            "{name} is not UTF-8 (byte 0x{byte:02X} at offset {at}), it looks like {guess}; \
             convert it: {}",
            iconv(name, guess)
        )
    })
}

fn guess(bytes: &[u8]) -> &'static str {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny).name()
}

fn iconv(name: &str, from: &str) -> String {
    let name = if name == "standard input" { "-" } else { name };
    format!("iconv -f {from} -t UTF-8 '{name}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_told_with_the_way_out() {
        let check = |bytes: &[u8], expect: &str| {
            let error = decode("a.txt", bytes.to_vec()).unwrap_err().to_string();
            assert_eq!(error, expect);
        };
        check(b" \n", "a.txt is empty");
        check(
            b"1. a\0b",
            "a.txt is a binary file (a NUL byte at offset 4); give text, wikitext or HTML",
        );
        check(
            &[0xFF, 0xFE, b'a', 0],
            "a.txt is UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8 'a.txt'",
        );
        // "Річка тече" in windows-1251.
        check(
            b"\xd0\xb3\xf7\xea\xe0 \xf2\xe5\xf7\xe5 \xed\xe0\xe7\xe0\xe4",
            "a.txt is not UTF-8 (byte 0xF7 at offset 2), it looks like windows-1251; convert it: \
             iconv -f windows-1251 -t UTF-8 'a.txt'",
        );
        assert_eq!(decode("a.txt", "1. Річка".into()).unwrap(), "1. Річка");
    }
}
