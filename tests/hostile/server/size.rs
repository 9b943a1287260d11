//! Lengths and codings that are not what they say, and bombs.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::pages::article_text;
use super::{Reply, answer, head, html_with};

const HTML: &str = "Content-Type: text/html";

pub(crate) fn reply(name: &str) -> Option<Reply> {
    length(name)
        .or_else(|| chunked(name))
        .or_else(|| coding(name))
        .or_else(|| bomb(name))
}

/// `Content-Length` that cannot be.
fn length(name: &str) -> Option<Reply> {
    let text = article_text();
    let claims = |lengths: &str| {
        let mut bytes = head("HTTP/1.1 200 OK", &format!("{HTML}\n{lengths}"));
        bytes.extend(article_text().bytes());
        Reply::Bytes(bytes)
    };
    Some(match name {
        "length-negative" => claims("Content-Length: -1"),
        "length-word" => claims("Content-Length: abc"),
        "length-empty" => claims("Content-Length:"),
        "length-plus" => claims(&format!("Content-Length: +{}", text.len())),
        "length-hex" => claims("Content-Length: 0x10"),
        "length-huge" => claims("Content-Length: 99999999999999999999999999"),
        "length-two" => claims("Content-Length: 10\nContent-Length: 20"),
        "length-list" => claims("Content-Length: 10, 20"),
        "length-same-twice" => {
            let length = text.len();
            claims(&format!(
                "Content-Length: {length}\nContent-Length: {length}"
            ))
        }
        "length-and-chunked" => claims("Content-Length: 5\nTransfer-Encoding: chunked"),
        "short-of-length" => claims("Content-Length: 900000"),
        "few-of-length" => {
            let mut bytes = head("HTTP/1.1 200 OK", &format!("{HTML}\nContent-Length: 90000"));
            bytes.extend(b"<html><p>The");
            Reply::Bytes(bytes)
        }
        "more-than-length" => claims(&format!("Content-Length: {}", text.len() - 20)),
        "pdf-endless" => {
            let headers = "Content-Type: application/pdf\nContent-Length: 209715200";
            let start = [head("HTTP/1.1 200 OK", headers), b"%PDF-1.7\n".to_vec()].concat();
            Reply::Repeat(start, vec![b'x'; 64 << 10], 3200)
        }
        "video" => {
            let headers = "Content-Type: video/mp4\nContent-Length: 2097152000";
            let start = [
                head("HTTP/1.1 200 OK", headers),
                b"\0\0\0\x20ftypisom".to_vec(),
            ];
            Reply::Repeat(start.concat(), vec![0; 64 << 10], 32_000)
        }
        _ => return None,
    })
}

/// Chunks that break the rules.
fn chunked(name: &str) -> Option<Reply> {
    let text = article_text();
    let whole = format!("{:x}\r\n{text}\r\n", text.len());
    let body = match name {
        "chunk-negative" => format!("-5\r\n{text}\r\n0\r\n\r\n"),
        "chunk-overflow" => format!("fffffffffffffffff\r\n{text}\r\n0\r\n\r\n"),
        "chunk-max" => format!("ffffffffffffffff\r\n{text}"),
        "chunk-no-size" => format!("\r\n{text}\r\n0\r\n\r\n"),
        "chunk-garbage-after" => format!("{whole}0\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\nsmuggled"),
        "chunk-no-end" => whole,
        "chunk-bad-second" => format!("{whole}zz\r\nmore\r\n0\r\n\r\n"),
        "chunk-upper-case" => {
            format!(
                "{:X};a=b\r\n{text}\r\n000\r\nX-Trailer: yes\r\n\r\n",
                text.len()
            )
        }
        _ => return None,
    };
    let mut bytes = head(
        "HTTP/1.1 200 OK",
        &format!("{HTML}\nTransfer-Encoding: chunked"),
    );
    bytes.extend(body.bytes());
    Some(Reply::Bytes(bytes))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Codings that are not there, not known, or there many times over.
fn coding(name: &str) -> Option<Reply> {
    let text = article_text();
    let plain = text.as_bytes();
    let says =
        |coding: &str, body: &[u8]| Some(html_with(&format!("Content-Encoding: {coding}"), body));
    match name {
        "gzip-plain" => says("gzip", plain),
        "brotli-plain" => says("br", plain),
        "zstd-plain" => says("zstd", plain),
        "gzip-truncated" => {
            // Long enough and little alike, so that half a stream still is a text.
            let long: Vec<String> = (0..400).map(|n| format!("<p>{n}: {text}")).collect();
            let whole = gzip(long.concat().as_bytes());
            says("gzip", &whole[..whole.len() / 2])
        }
        "gzip-start-only" => says("gzip", &gzip(plain)[..12]),
        "gzip-bad-checksum" => {
            let mut bytes = gzip(plain);
            let end = bytes.len();
            bytes[end - 8..end - 4].fill(0);
            says("gzip", &bytes)
        }
        "gzip-trailing" => says(
            "gzip",
            &[gzip(plain), b"trailing rubbish".to_vec()].concat(),
        ),
        "gzip-twice" => says("gzip, gzip", &gzip(&gzip(plain))),
        "gzip-twice-said-once" => says("gzip", &gzip(&gzip(plain))),
        "gzip-unsaid" => Some(html_with("", gzip(plain))),
        "gzip-upper-case" => says("GZIP", &gzip(plain)),
        "deflate-zlib" => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(plain).unwrap();
            says("deflate", &encoder.finish().unwrap())
        }
        "deflate-raw" => {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(plain).unwrap();
            says("deflate", &encoder.finish().unwrap())
        }
        "nested-ten" => {
            let body = (0..10).fold(plain.to_vec(), |inner, _| gzip(&inner));
            says(&["gzip"; 10].join(", "), &body)
        }
        "unknown-coding" => says("x-unknown", &gzip(plain)[10..]),
        "unknown-coding-plain" => says("x-unknown", plain),
        "coding-list-empty" => says(",, ,", plain),
        _ => None,
    }
}

/// A little that becomes very much.
fn bomb(name: &str) -> Option<Reply> {
    let says = |coding: &str, body: Vec<u8>| {
        let headers = format!("{HTML}\nContent-Encoding: {coding}");
        Some(Reply::Bytes(answer(200, &headers, body)))
    };
    match name {
        "gzip-bomb" => {
            // Members one after the other are one text: a megabyte that becomes a gigabyte.
            let megabyte = gzip(&vec![b' '; 1 << 20]);
            says(
                "gzip",
                [gzip(article_text().as_bytes()), megabyte.repeat(1024)].concat(),
            )
        }
        "gzip-bomb-nested" => says("gzip, gzip", gzip(&gzip(&vec![b'a'; 32 << 20]))),
        // One metablock of 16 MiB: a literal and a copy of all the rest does not fit in a constant,
        // so it announces the length and breaks off.
        "brotli-bomb" => says("br", [&[0x5b, 0xff, 0xff, 0xff][..], &[0; 64]].concat()),
        // A frame that asks for a window of 2 GiB before its first block.
        "zstd-window" => says(
            "zstd",
            [&ZSTD_MAGIC[..], &[0x00, 0xa8], &[1, 0, 0]].concat(),
        ),
        // 128 KiB blocks of one repeated byte (RLE), 8,000 of them: a gigabyte in 32 KB.
        "zstd-bomb" => {
            let block = [0x02, 0x00, 0x10, b'a'];
            let last = [0x03, 0x00, 0x10, b'a'];
            let start = [&ZSTD_MAGIC[..], &[0x00, 0x58]].concat();
            says("zstd", [start, block.repeat(8000), last.to_vec()].concat())
        }
        // Frames that are to be skipped, and nothing else.
        "zstd-skippable" => says("zstd", vec![0x50, 0x2a, 0x4d, 0x18, 0xff, 0xff, 0xff, 0x7f]),
        _ => None,
    }
}

const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
