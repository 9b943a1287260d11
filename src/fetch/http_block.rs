//! HTTP messages as they stand in a recording.

use url::Url;

use super::sent::REDACTED;
use super::transport::{WireResponse, latin1, latin1_bytes};

/// The request as it went out, without its secrets: the block of a `request` record.
pub(super) fn request_block(url: &Url, headers: &[(impl AsRef<str>, String)]) -> Vec<u8> {
    let mut target = url.path().to_owned();
    if let Some(query) = url.query() {
        target.push('?');
        target.push_str(query);
    }
    let name = url.host_str().unwrap_or_default();
    let host = match url.port() {
        Some(port) => format!("{name}:{port}"),
        None => name.to_owned(),
    };
    let mut block = format!("GET {target} HTTP/1.1\r\nhost: {host}\r\n").into_bytes();
    for (name, value) in headers {
        let value = if is_secret(name.as_ref()) {
            REDACTED
        } else {
            value
        };
        push_header(&mut block, name.as_ref(), value);
    }
    block.extend_from_slice(b"\r\n");
    block
}

/// Whether a header field of a request says who asks: recordings are passed on.
fn is_secret(name: &str) -> bool {
    name == "cookie"
        || ["auth", "key", "password", "secret", "token"]
            .iter()
            .any(|part| name.contains(part))
}

/// Whether a recorded request carries a field, named in lower case.
pub(super) fn has_field(block: &[u8], name: &str) -> bool {
    block
        .split(|byte| *byte == b'\n')
        .skip(1)
        .map(<[u8]>::trim_ascii)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split(|byte| *byte == b':').next())
        .any(|field| field.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
}

/// The answer as it came, without transfer coding: the block of a `response` record. Without a
/// `content-length` of its own the body ends with the record.
pub(super) fn response_block(response: &WireResponse) -> Vec<u8> {
    let mut block = response_head(response);
    block.extend_from_slice(&response.body);
    block
}

/// The same without the body: the block of a `revisit` record.
pub(super) fn response_head(response: &WireResponse) -> Vec<u8> {
    let reason = reqwest::StatusCode::from_u16(response.status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Unknown");
    let mut block = format!("HTTP/1.1 {} {reason}\r\n", response.status).into_bytes();
    for (name, value) in &response.headers {
        push_header(&mut block, name, value);
    }
    block.extend_from_slice(b"\r\n");
    block
}

fn push_header(block: &mut Vec<u8>, name: &str, value: &str) {
    block.extend_from_slice(name.as_bytes());
    block.extend_from_slice(b": ");
    block.extend(latin1_bytes(value).iter().map(|byte| match byte {
        b'\r' | b'\n' | 0 => b' ',
        byte => *byte,
    }));
    block.extend_from_slice(b"\r\n");
}

/// The status of a recorded answer, from the start of its block; `None` when it is not HTTP.
pub(super) fn status_of(block: &[u8]) -> Option<u16> {
    let line = block.split(|byte| *byte == b'\n').next()?;
    let line = latin1(line.get(..line.len().min(64))?); // the reason may be in any encoding
    let mut words = line.split_ascii_whitespace();
    words.next().filter(|word| word.starts_with("HTTP/"))?;
    let status = words.next()?.parse().ok()?;
    (100..=999).contains(&status).then_some(status)
}

/// Reads a recorded answer, whoever recorded it; `None` when it is not HTTP.
///
/// Header names come in lower case; a transfer coding is removed, and so is its header.
pub(super) fn parse_response(block: &[u8]) -> Option<WireResponse> {
    let status = status_of(block)?;
    let (head, body) = split_head(block);
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.split(|byte| *byte == b'\n').skip(1) {
        let folded = matches!(line.first(), Some(b' ' | b'\t'));
        let line = latin1(line.trim_ascii());
        if folded {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(&line);
            }
        } else if let Some((name, value)) = line.split_once(':') {
            let name = name.trim().to_ascii_lowercase();
            headers.push((name, value.trim().to_owned()));
        }
    }
    let chunked = headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value.contains("chunked"));
    headers.retain(|(name, _)| name != "transfer-encoding");
    let body = Some(body)
        .filter(|_| chunked)
        .and_then(join_chunks)
        .unwrap_or_else(|| body.to_vec());
    Some(WireResponse {
        status,
        headers,
        body,
        truncated: None,
        peer: None,
    })
}

/// Head and body, parted at the first empty line.
fn split_head(block: &[u8]) -> (&[u8], &[u8]) {
    let mut start = 0;
    while let Some(rest) = block.get(start..) {
        let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
            break;
        };
        let line = rest.get(..length).unwrap_or_default();
        let next = start + length + 1;
        if line.trim_ascii().is_empty() {
            return block.split_at_checked(next).unwrap_or((block, &[]));
        }
        start = next;
    }
    (block, &[])
}

/// The body without its chunks, as far as it goes; `None` when it is not in chunks, as crawlers
/// leave it that took them out and kept the header.
fn join_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut rest = body;
    let mut first = true;
    while let Some(end) = rest.iter().take(4096).position(|byte| *byte == b'\n') {
        let (line, after) = rest.split_at_checked(end + 1)?;
        let size = std::str::from_utf8(line)
            .ok()
            .and_then(|line| line.split(';').next())
            .and_then(|size| usize::from_str_radix(size.trim(), 16).ok());
        let Some(size) = size else {
            break;
        };
        first = false;
        if size == 0 {
            break;
        }
        let (chunk, after) = after
            .split_at_checked(size)
            .unwrap_or_else(|| (after, Default::default()));
        joined.extend_from_slice(chunk);
        let after = after.strip_prefix(b"\r").unwrap_or(after);
        rest = after.strip_prefix(b"\n").unwrap_or(after);
    }
    (!first).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(block: &[u8], status: u16, headers: &[(&str, &str)], body: &[u8]) {
        let response = parse_response(block).unwrap();
        let found: Vec<(&str, &str)> = response
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!((response.status, found.as_slice()), (status, headers));
        assert_eq!(
            String::from_utf8_lossy(&response.body),
            String::from_utf8_lossy(body)
        );
    }

    #[test]
    fn answers_of_any_crawler_are_read() {
        let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: a\r\n\tb\r\n\r\n<p>\r\n\r\n";
        check(
            page,
            200,
            &[("content-type", "text/html"), ("x", "a b")],
            b"<p>\r\n\r\n",
        );
        check(b"HTTP/2 404\nA:b\n\nx", 404, &[("a", "b")], b"x");
        check(b"HTTP/1.0 999 Denied\r\n\r\n", 999, &[], b"");
        check(
            b"HTTP/1.1 301 Moved\r\nLocation : /x",
            301,
            &[("location", "/x")],
            b"",
        );
        check(
            b"HTTP/1.1 200 \xe9\r\nX: caf\xe9\r\n\r\n",
            200,
            &[("x", "caf\u{e9}")],
            b"",
        );
    }

    #[test]
    fn chunks_are_joined_where_there_are_any() {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (body, joined) in [
            ("5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n", "hello world"),
            ("5\r\nhello\r\nff\r\ncut sho", "hellocut sho"),
            ("0\r\n\r\n", ""),
            ("<p>no chunks", "<p>no chunks"),
            ("<p>no\nchunks", "<p>no\nchunks"),
            ("", ""),
        ] {
            check(
                format!("{head}{body}").as_bytes(),
                200,
                &[],
                joined.as_bytes(),
            );
        }
    }

    #[test]
    fn what_is_not_http_is_not_read() {
        for block in [
            "",
            "SSH-2.0-OpenSSH",
            "HTTP/1.1",
            "HTTP/1.1 20",
            "HTTP/1.1 abc",
            "<html>",
        ] {
            assert_eq!(parse_response(block.as_bytes()), None, "{block}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_block_is_read_or_refused(block: Vec<u8>) {
            let _ = parse_response(&block);
            let mut marked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
            marked.extend(&block);
            assert!(parse_response(&marked).is_some());
        }
    }
}
