//! What a body is: by its first bytes, then by the type that the server declared.

/// What a body is, as far as reading it is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyKind {
    /// HTML or XHTML: read as a page.
    Html,
    /// Plain text: words and language only.
    Text,
    /// Anything else, by its media type; not read.
    Other(String),
}

impl BodyKind {
    /// The media type: `text/html`, `text/plain`, `application/pdf` …
    #[must_use]
    pub fn media_type(&self) -> &str {
        match self {
            Self::Html => "text/html",
            Self::Text => "text/plain",
            Self::Other(media_type) => media_type,
        }
    }
}

/// Leading bytes that settle the type whatever is declared. From the WHATWG MIME Sniffing
/// standard, and the office formats that citations lead to.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "application/pdf"),
    (b"%!PS-Adobe-", "application/postscript"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"\0\0\x01\0", "image/x-icon"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"OggS\0", "application/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"PK\x03\x04", "application/zip"),
    (b"Rar!\x1a\x07", "application/x-rar-compressed"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "application/x-ole-storage",
    ),
    (b"{\\rtf", "application/rtf"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"AT&TFORM", "image/vnd.djvu"),
];

/// How much of a body is looked at.
const SNIFFED_BYTES: usize = 2048;

/// Tells what a body is. `content_type` is the HTTP header's value, parameters allowed.
///
/// Bytes win over a declaration where they are unmistakable: a PDF declared as HTML is a PDF, and
/// a page with markup declared as plain text or as nothing is read as a page. An empty body is
/// what was declared, HTML if nothing was.
///
/// # Examples
///
/// ```
/// use citecheck::page::{BodyKind, body_kind};
///
/// assert_eq!(body_kind(b"<!DOCTYPE html><p>x", None), BodyKind::Html);
/// assert_eq!(body_kind(b"%PDF-1.7", Some("text/html")).media_type(), "application/pdf");
/// ```
#[must_use]
pub fn body_kind(body: &[u8], content_type: Option<&str>) -> BodyKind {
    let declared = content_type.map(essence).unwrap_or_default();
    let head = body.get(..SNIFFED_BYTES.min(body.len())).unwrap_or(body);
    let narrow;
    let head = if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        // UTF-16 by its mark: markup is what is left without the zeros.
        narrow = head
            .iter()
            .copied()
            .skip(2)
            .filter(|byte| *byte != 0)
            .collect::<Vec<u8>>();
        narrow.as_slice()
    } else {
        head
    };
    if let Some(known) = magic(head) {
        return zip_based(known, &declared);
    }
    if is_html_type(&declared) {
        return BodyKind::Html;
    }
    if looks_like_html(head) && (is_vague(&declared) || declared == "application/xml") {
        return BodyKind::Html;
    }
    if !is_vague(&declared) {
        return BodyKind::Other(declared);
    }
    if looks_binary(head) {
        return BodyKind::Other("application/octet-stream".to_owned());
    }
    if let Some(kind) = markup(trimmed(head)) {
        return kind;
    }
    match trimmed(head).first() {
        Some(b'{' | b'[') if looks_like_json(head) => {
            BodyKind::Other("application/json".to_owned())
        }
        Some(b'<') if trimmed(head).starts_with(b"<?xml") => {
            BodyKind::Other("application/xml".to_owned())
        }
        None if declared.is_empty() => BodyKind::Html,
        _ => BodyKind::Text,
    }
}

/// The type without its parameters, in lower case.
fn essence(content_type: &str) -> String {
    let first = content_type.split([';', ',']).next().unwrap_or_default();
    first.trim().to_ascii_lowercase()
}

fn is_html_type(declared: &str) -> bool {
    matches!(
        declared,
        "text/html" | "application/xhtml+xml" | "application/vnd.wap.xhtml+xml"
    )
}

/// Types that servers send when they do not know.
fn is_vague(declared: &str) -> bool {
    matches!(
        declared,
        "" | "text/plain"
            | "application/octet-stream"
            | "application/unknown"
            | "unknown/unknown"
            | "binary/octet-stream"
            | "*/*"
            | "text"
            | "html"
    )
}

fn magic(head: &[u8]) -> Option<&'static str> {
    if let (Some(b"RIFF"), Some(form)) = (head.get(..4), head.get(8..12)) {
        return match form {
            b"WEBP" => Some("image/webp"),
            b"AVI " => Some("video/avi"),
            b"WAVE" => Some("audio/wave"),
            _ => None,
        };
    }
    if head.get(4..8) == Some(b"ftyp") {
        return match head.get(8..12) {
            Some(b"avif") => Some("image/avif"),
            _ => Some("video/mp4"),
        };
    }
    // A PDF may start after a little rubbish (ISO 32000 annex H).
    let start = trimmed(head);
    if start.starts_with(b"%PDF-") {
        return Some("application/pdf");
    }
    // Two letters are no proof of a bitmap: the reserved bytes of its header must be zero.
    MAGIC
        .iter()
        .find(|(bytes, _)| head.starts_with(bytes))
        .map(|(_, name)| *name)
        .filter(|name| *name != "image/bmp" || head.get(6..10) == Some(&[0; 4]))
}

/// An office document is a ZIP or OLE file: the declared type knows which.
fn zip_based(known: &str, declared: &str) -> BodyKind {
    let container = matches!(known, "application/zip" | "application/x-ole-storage");
    let office = declared.contains("officedocument")
        || declared.contains("opendocument")
        || declared.starts_with("application/vnd.ms-")
        || matches!(declared, "application/epub+zip" | "application/msword");
    let name = if container && office { declared } else { known };
    BodyKind::Other(name.to_owned())
}

/// Markup that nobody declared, by its first tag.
fn markup(start: &[u8]) -> Option<BodyKind> {
    let rest = start.strip_prefix(b"<")?;
    let length = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let name = rest.get(..length)?.to_ascii_lowercase();
    match name.as_slice() {
        b"" => None,
        b"svg" => Some(BodyKind::Other("image/svg+xml".to_owned())),
        b"rss" | b"feed" | b"urlset" | b"sitemapindex" | b"rdf" => {
            Some(BodyKind::Other("application/xml".to_owned()))
        }
        _ => Some(BodyKind::Html),
    }
}

/// Tags that open an HTML document, in lower case.
const HTML_STARTS: &[&[u8]] = &[
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<title",
    b"<script",
    b"<meta",
    b"<link",
    b"<style",
    b"<iframe",
    b"<table",
    b"<div",
    b"<font",
    b"<center",
    b"<h1",
    b"<p>",
    b"<a ",
    b"<br",
    b"<b>",
    b"<!--",
];

fn looks_like_html(head: &[u8]) -> bool {
    let start = trimmed(head);
    let lower = start.to_ascii_lowercase();
    if HTML_STARTS.iter().any(|tag| lower.starts_with(tag)) {
        return true;
    }
    // XHTML opens with an XML declaration.
    let has = |needle: &[u8]| lower.windows(needle.len()).any(|window| window == needle);
    lower.starts_with(b"<?xml") && (has(b"<html") || has(b"<!doctype html"))
}

/// Control characters that no text encoding of the web uses; UTF-16 text starts with its mark.
fn looks_binary(head: &[u8]) -> bool {
    let marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    !marked
        && head
            .iter()
            .any(|byte| matches!(byte, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f))
}

fn looks_like_json(head: &[u8]) -> bool {
    let body = trimmed(head).get(1..).unwrap_or_default();
    let next = body.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(next, None | Some(b'"' | b'{' | b'[' | b'}' | b']'))
}

/// The bytes after a UTF-8 mark and white space.
fn trimmed(head: &[u8]) -> &[u8] {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start()
}
