//! Taking content codings off a body: gzip, deflate, br, zstd, as servers really send them.
//!
//! Servers label plain text as gzip, send half a stream, or a bomb. Whatever can be read is; the
//! answer says if it is not all.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

use crate::model::Truncation;

/// More codings one upon the other than any honest server uses.
const MOST_CODINGS: usize = 4;
/// RFC 9659: a zstd window for the web is 8 MiB at most.
const ZSTD_WINDOW_BYTES: u64 = 8 << 20;
const ZSTD_MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];

/// Removes the codings that `content-encoding` names, giving at most `limit` bytes.
///
/// A body that does not have the coding it claims is passed on as it is, and so is one with a
/// coding that is not known; but of bytes that are declared as text and are none, nothing is left. The truncation says why the text ends early, if it does.
pub(super) fn decode(
    headers: &[(String, String)],
    wire: Vec<u8>,
    limit: usize,
) -> (Vec<u8>, Option<Truncation>) {
    let mut codings: Vec<Coding> = headers
        .iter()
        .filter(|(name, _)| name == "content-encoding")
        .flat_map(|(_, value)| value.split(','))
        .filter_map(Coding::from_name)
        .collect();
    codings.truncate(MOST_CODINGS);
    let mut body = wire;
    let mut truncated = None;
    let mut undone = false;
    while let Some(coding) = codings.pop() {
        if let Some(decoded) = coding.remove(&body, limit) {
            truncated = truncated.or(decoded.end.truncation());
            body = decoded.bytes;
        } else {
            undone = true;
        }
    }
    if undone && declared_as_text(headers) && is_no_text(&body) {
        return (Vec::new(), Some(Truncation::Disconnect));
    }
    if limit < body.len() {
        body.truncate(limit);
        truncated = Some(Truncation::SizeLimit);
    }
    (body, truncated)
}

fn declared_as_text(headers: &[(String, String)]) -> bool {
    let declared = headers.iter().find(|(name, _)| name == "content-type");
    declared.is_some_and(|(_, value)| {
        value
            .trim_ascii_start()
            .to_ascii_lowercase()
            .starts_with("text/")
    })
}

/// Whether the bytes begin with what no encoding of a text has, nor any file that servers declare
/// as text by mistake.
fn is_no_text(body: &[u8]) -> bool {
    const LOOKED_AT: usize = 64;
    const FILES: [&[u8]; 7] = [
        b"%PDF",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"PK\x03\x04",
        b"RIFF",
        GZIP_MAGIC,
    ];
    let known = FILES.iter().any(|magic| body.starts_with(magic));
    let utf_16 = body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff");
    let odd = |byte: &u8| matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f);
    !known && !utf_16 && body.iter().take(LOOKED_AT).any(odd)
}

/// Whether the body has a coding that [`decode`] removes.
pub(super) fn is_coded(headers: &[(String, String)]) -> bool {
    headers
        .iter()
        .filter(|(name, _)| name == "content-encoding")
        .flat_map(|(_, value)| value.split(','))
        .any(|name| Coding::from_name(name).is_some())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

struct Decoded {
    bytes: Vec<u8>,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Complete,
    Limit,
    Broken,
}

impl End {
    fn truncation(self) -> Option<Truncation> {
        match self {
            Self::Complete => None,
            Self::Limit => Some(Truncation::SizeLimit),
            Self::Broken => Some(Truncation::Disconnect),
        }
    }
}

impl Coding {
    fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Some(Self::Gzip),
            "deflate" => Some(Self::Deflate),
            "br" => Some(Self::Brotli),
            "zstd" => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The body without this coding; `None` when it does not have it.
    fn remove(self, body: &[u8], limit: usize) -> Option<Decoded> {
        match self {
            Self::Gzip => body.starts_with(GZIP_MAGIC).then(|| gzip(body, limit)),
            Self::Zstd => body.starts_with(ZSTD_MAGIC).then(|| zstd(body, limit)),
            Self::Deflate => Some(deflate(body, limit)).filter(|decoded| plausible(decoded, body)),
            Self::Brotli => {
                let decoder = brotli_decompressor::Decompressor::new(body, 16 << 10);
                Some(read(decoder, Vec::new(), limit)).filter(|decoded| plausible(decoded, body))
            }
        }
    }
}

/// Deflate and brotli have no mark at their start. What breaks off and looks like markup as it
/// stands, or gives nothing at all, never had the coding.
fn plausible(decoded: &Decoded, body: &[u8]) -> bool {
    let markup = body.trim_ascii_start().first() == Some(&b'<');
    decoded.end != End::Broken || !(markup || decoded.bytes.is_empty())
}

/// Members one after the other; what follows the last one is padding.
fn gzip(mut body: &[u8], limit: usize) -> Decoded {
    let mut bytes = Vec::new();
    loop {
        let mut decoder = GzDecoder::new(body);
        let decoded = read(&mut decoder, bytes, limit);
        body = decoder.into_inner();
        if decoded.end != End::Complete || !body.starts_with(GZIP_MAGIC) {
            return decoded;
        }
        bytes = decoded.bytes;
    }
}

/// `deflate` means zlib (RFC 9110), but many servers send it bare.
fn deflate(body: &[u8], limit: usize) -> Decoded {
    let zlib = match body {
        [first, second, ..] => {
            first & 0x0f == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0
        }
        _ => false,
    };
    if zlib {
        read(ZlibDecoder::new(body), Vec::new(), limit)
    } else {
        read(DeflateDecoder::new(body), Vec::new(), limit)
    }
}

fn zstd(mut body: &[u8], limit: usize) -> Decoded {
    let mut bytes = Vec::new();
    loop {
        let decoded = match StreamingDecoder::new_with_max_window_size(&mut body, ZSTD_WINDOW_BYTES)
        {
            Ok(decoder) => read(decoder, bytes, limit),
            Err(_) => Decoded {
                bytes,
                end: End::Broken,
            },
        };
        if decoded.end != End::Complete || !body.starts_with(ZSTD_MAGIC) {
            return decoded;
        }
        bytes = decoded.bytes;
    }
}

/// Appends what `decoder` gives to `bytes`, up to `limit` in all.
fn read(mut decoder: impl Read, mut bytes: Vec<u8>, limit: usize) -> Decoded {
    let mut buffer = [0; 16 << 10];
    let end = loop {
        let chunk = match decoder.read(&mut buffer) {
            Ok(0) => break End::Complete,
            Ok(count) => buffer.get(..count).unwrap_or_default(),
            Err(_) => break End::Broken,
        };
        let room = limit.saturating_sub(bytes.len());
        bytes.extend_from_slice(chunk.get(..room).unwrap_or(chunk));
        if room < chunk.len() {
            break End::Limit;
        }
    };
    Decoded { bytes, end }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &str = "Сторінка, 頁, صفحة. ";

    fn gzipped(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn check(coding: &str, wire: &[u8], text: &[u8], truncated: Option<Truncation>) {
        let headers = [("content-encoding".to_owned(), coding.to_owned())];
        let (body, cut) = decode(&headers, wire.to_vec(), 1 << 20);
        assert_eq!(
            String::from_utf8_lossy(&body),
            String::from_utf8_lossy(text)
        );
        assert_eq!(cut, truncated, "{coding}");
    }

    #[test]
    fn each_coding_is_removed() {
        let text = TEXT.repeat(100);
        let text = text.as_bytes();
        check("gzip", &gzipped(text), text, None);
        check("X-GZip", &gzipped(text), text, None);
        check("gzip, gzip", &gzipped(&gzipped(text)), text, None);
        check("identity", text, text, None);
        check("x-unknown", text, text, None);
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(text).unwrap();
        check("deflate", &zlib.finish().unwrap(), text, None);
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
        bare.write_all(text).unwrap();
        check("deflate", &bare.finish().unwrap(), text, None);
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        check(
            "zstd",
            &ruzstd::encoding::compress_to_vec(text, level),
            text,
            None,
        );
        // "hello" as one uncompressed metablock.
        check("br", b"\x0b\x02\x80hello\x03", b"hello", None);
    }

    #[test]
    fn plain_text_that_claims_a_coding_stays_as_it_is() {
        let page = b"<!doctype html><title>plain</title>".as_slice();
        for coding in ["gzip", "deflate", "br", "zstd", "gzip, br"] {
            check(coding, page, page, None);
        }
    }

    #[test]
    fn of_a_stream_that_gives_nothing_nothing_is_left() {
        let skippable = [0x50, 0x2a, 0x4d, 0x18, 0xff, 0xff, 0xff, 0x7f];
        for (coding, declared, wire, kept) in [
            ("zstd", "text/html", skippable.as_slice(), false),
            (
                "br",
                "text/html; charset=utf-8",
                &[0x5b, 0xff, 0xff, 0xff, 0, 0],
                false,
            ),
            ("gzip", "text/html", b"%PDF-1.7\n\x01\x02", true),
            ("zstd", "application/octet-stream", &skippable, true),
        ] {
            let headers = [("content-encoding", coding), ("content-type", declared)];
            let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let (body, cut) = decode(&headers, wire.to_vec(), 1 << 20);
            assert_eq!(body, if kept { wire } else { &[] }, "{coding}");
            assert_eq!(cut.is_none(), kept, "{coding}");
        }
    }

    #[test]
    fn several_members_are_one_text_and_padding_is_ignored() {
        let mut wire = gzipped(b"one ");
        wire.extend(gzipped(b"two"));
        wire.extend([0; 20]);
        check("gzip", &wire, b"one two", None);
    }

    #[test]
    fn a_broken_stream_gives_what_came_before() {
        let text: Vec<u8> = (0..60_000_u32).flat_map(u32::to_le_bytes).collect();
        let wire = gzipped(&text);
        let half = wire.get(..wire.len() / 2).unwrap();
        let headers = [("content-encoding".to_owned(), "gzip".to_owned())];
        let (body, cut) = decode(&headers, half.to_vec(), 1 << 20);
        assert!(1000 < body.len() && text.starts_with(&body));
        assert_eq!(cut, Some(Truncation::Disconnect));
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = gzipped(&vec![0; 40 << 20]);
        let headers = [("content-encoding".to_owned(), "gzip".to_owned())];
        let (body, cut) = decode(&headers, bomb, 1 << 20);
        assert_eq!((body.len(), cut), (1 << 20, Some(Truncation::SizeLimit)));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_decode_to_something(wire: Vec<u8>, coding in 0_usize..4) {
            let coding = ["gzip", "deflate", "br", "zstd"].get(coding).unwrap();
            let mut marked = ZSTD_MAGIC.to_vec();
            marked.extend(&wire);
            for wire in [wire, marked] {
                let headers = [("content-encoding".to_owned(), (*coding).to_owned())];
                assert!(decode(&headers, wire, 4096).0.len() <= 4096);
            }
        }
    }
}
