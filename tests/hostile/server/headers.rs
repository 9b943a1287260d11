//! Status lines and header fields against the rules.

use super::pages::article_text;
use super::{Reply, head, html_with};

pub(crate) fn reply(name: &str) -> Option<Reply> {
    status_line(name)
        .or_else(|| fields(name))
        .or_else(|| odd_fields(name))
}

fn raw(start: &[u8]) -> Reply {
    Reply::Bytes([start, article_text().as_bytes()].concat())
}

fn status_line(name: &str) -> Option<Reply> {
    let line = |line: &str| Some(raw(&head(line, "Content-Type: text/html")));
    match name {
        "status-999" => line("HTTP/1.1 999 Request denied"),
        "status-000" => line("HTTP/1.1 000 Nothing"),
        "status-099" => line("HTTP/1.1 099 Low"),
        "status-20" => line("HTTP/1.1 20 OK"),
        "status-600" => line("HTTP/1.1 600 High"),
        "status-700" => line("HTTP/1.1 700 Higher"),
        "status-2000" => line("HTTP/1.1 2000 OK"),
        "status-word" => line("HTTP/1.1 OK"),
        "icy" => line("ICY 200 OK"),
        "http-3-7" => line("HTTP/3.7 200 OK"),
        "http-1-0" => line("HTTP/1.0 200 OK"),
        "lower-case" => line("http/1.1 200 ok"),
        "no-reason" => line("HTTP/1.1 200"),
        "empty-reason" => line("HTTP/1.1 200 "),
        "reason-utf8" => line("HTTP/1.1 200 все добре"),
        "reason-long" => line(&format!("HTTP/1.1 200 {}", "O".repeat(100_000))),
        "http-0-9" => Some(raw(b"")),
        "blank-lines-first" => Some(raw(b"\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")),
        "many-blank-lines" => Some(Reply::Repeat(Vec::new(), b"\r\n".repeat(64), usize::MAX)),
        "line-feeds" => Some(raw(
            b"HTTP/1.1 200 OK\nContent-Type: text/html\nConnection: close\n\n",
        )),
        "carriage-returns" => Some(raw(b"HTTP/1.1 200 OK\rContent-Type: text/html\r\r")),
        "nothing" => Some(Reply::Bytes(Vec::new())),
        "head-only-end" => Some(Reply::Bytes(b"HTTP/1.1 200 OK\r\nContent-Ty".to_vec())),
        "reset-in-head" => Some(Reply::Reset(b"HTTP/1.1 200 OK\r\nContent-".to_vec())),
        "reset-in-body" => {
            let mut bytes = head("HTTP/1.1 200 OK", "Content-Length: 9000");
            bytes.extend(b"<html><p>The mill");
            Some(Reply::Reset(bytes))
        }
        _ => None,
    }
}

/// Too many header fields, or too large ones.
fn fields(name: &str) -> Option<Reply> {
    let numbered = |count: usize| {
        let fields: Vec<String> = (0..count).map(|n| format!("X-Field-{n}: {n}")).collect();
        Some(html_with(&fields.join("\n"), article_text()))
    };
    match name {
        "fields-101" => numbered(101),
        "fields-1000" => numbered(1000),
        "fields-endless" => Some(Reply::Repeat(
            b"HTTP/1.1 200 OK\r\n".to_vec(),
            b"X-Field: and more\r\n".repeat(64),
            usize::MAX,
        )),
        "value-megabyte" => Some(html_with(
            &format!("X-Large: {}", "a".repeat(1 << 20)),
            article_text(),
        )),
        "value-endless" => Some(Reply::Repeat(
            b"HTTP/1.1 200 OK\r\nX-Large: ".to_vec(),
            vec![b'a'; 16 << 10],
            usize::MAX,
        )),
        "name-long" => Some(html_with(
            &format!("{}: a", "N".repeat(60_000)),
            article_text(),
        )),
        "cookies" => {
            let cookie = |n: usize| format!("Set-Cookie: c{n}={}\n", "v".repeat(4 << 10));
            Some(html_with(
                &(0..50).map(cookie).collect::<String>(),
                article_text(),
            ))
        }
        "hints-10000" => {
            let hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";
            let page = [
                head("HTTP/1.1 200 OK", "Content-Type: text/html"),
                article_text().into(),
            ];
            Some(Reply::Bytes([hint.repeat(10_000), page.concat()].concat()))
        }
        "hints-3" => {
            let hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";
            let page = [
                head("HTTP/1.1 200 OK", "Content-Type: text/html"),
                article_text().into(),
            ];
            Some(Reply::Bytes([hint.repeat(3), page.concat()].concat()))
        }
        _ => None,
    }
}

/// Names and values that are none.
fn odd_fields(name: &str) -> Option<Reply> {
    let with = |field: &[u8]| {
        let start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
        Some(raw(
            &[start, field, b"\r\nConnection: close\r\n\r\n"].concat()
        ))
    };
    match name {
        "value-bytes" => with(b"X-Odd: a\x1b[2Jb\xff\xfe"),
        "value-nul" => with(b"X-Odd: a\0b"),
        "value-return" => with(b"X-Odd: a\rContent-Type: image/png"),
        "value-utf8" => with("X-Odd: Привіт".as_bytes()),
        "folded" => with(b"X-Odd: one\r\n\ttwo\r\n  three"),
        "folded-type" => with(b"X-Odd: one\r\n Content-Type: application/pdf"),
        "space-before-colon" => with(b"X-Odd : one"),
        "space-in-name" => with(b"X Odd Name: one"),
        "no-colon" => with(b"this is no header field"),
        "empty-name" => with(b": one"),
        "name-utf8" => with("Назва: one".as_bytes()),
        "upgrade" => Some(raw(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        )),
        "alt-svc" => Some(html_with(
            "Alt-Svc: h3=\":1\"; ma=86400, h2=\"127.0.0.2:1\"\nStrict-Transport-Security: \
             max-age=31536000; includeSubDomains; preload",
            article_text(),
        )),
        "type-twice" => Some(html_with("Content-Type: image/png", article_text())),
        "type-nonsense" => Some(raw(&head("HTTP/1.1 200 OK", "Content-Type: ;;;///"))),
        "type-none" => Some(raw(&head("HTTP/1.1 200 OK", ""))),
        "content-range" => Some(html_with("Content-Range: bytes 0-99/100000", article_text())),
        "attachment" => Some(html_with(
            "Content-Disposition: attachment; filename=\"../../etc/passwd\"",
            article_text(),
        )),
        _ => None,
    }
}
