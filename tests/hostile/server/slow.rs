//! Servers that take their time, or never end.

use std::time::Duration;

use super::pages::{PARAGRAPHS, article_text};
use super::{Reply, answer, head};

const TICK: Duration = Duration::from_millis(40);
const CHUNKED: &str = "Content-Type: text/html\nTransfer-Encoding: chunked";

pub(crate) fn reply(name: &str) -> Option<Reply> {
    let html = || head("HTTP/1.1 200 OK", "Content-Type: text/html");
    Some(match name {
        "silent" => Reply::Stall(Vec::new()),
        "status-line" => Reply::Drip(b"HTTP/1.1 2".to_vec(), b"0", TICK),
        "headers" => Reply::Drip(b"HTTP/1.1 200 OK\r\nX-Slow: ".to_vec(), b"a", TICK),
        "header-lines" => Reply::Drip(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-Slow: a\r\n", TICK),
        "no-head-end" => Reply::Stall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n".to_vec()),
        "body-after-text" => {
            let start = [html(), article_text().into_bytes()].concat();
            Reply::Drip(start, b" ", TICK)
        }
        "body-without-text" => Reply::Drip([html(), b"<html><p>".to_vec()].concat(), b"a", TICK),
        "chunk-size" => Reply::Drip(head("HTTP/1.1 200 OK", CHUNKED), b"0", TICK),
        "empty-body" => Reply::Stall(head(
            "HTTP/1.1 200 OK",
            "Content-Type: text/html\nContent-Length: 9000",
        )),
        "endless" => {
            let start = [html(), article_text().into_bytes()].concat();
            Reply::Repeat(start, PARAGRAPHS.repeat(8).into_bytes(), usize::MAX)
        }
        "chunk-extensions" => {
            let chunk = format!("1;{}\r\na\r\n", "x".repeat(8 << 10));
            let start = head("HTTP/1.1 200 OK", CHUNKED);
            Reply::Repeat(start, chunk.into_bytes(), usize::MAX)
        }
        "tiny-chunks" => {
            let start = head("HTTP/1.1 200 OK", CHUNKED);
            Reply::Repeat(start, b"1\r\na\r\n".repeat(512), usize::MAX)
        }
        "trailers" => {
            let mut start = head("HTTP/1.1 200 OK", CHUNKED);
            let text = article_text();
            start.extend(format!("{:x}\r\n{text}\r\n0\r\n", text.len()).bytes());
            Reply::Repeat(start, b"X-Trailer: more\r\n".to_vec(), usize::MAX)
        }
        "early-hints" => {
            let hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n".to_vec();
            Reply::Repeat(hint.clone(), hint, usize::MAX)
        }
        "continue" => {
            let hint = b"HTTP/1.1 100 Continue\r\n\r\n".to_vec();
            Reply::Drip(hint, b"HTTP/1.1 100 Continue\r\n\r\n", TICK)
        }
        "pause" => Reply::After(Duration::from_millis(200), answer(200, "", article_text())),
        "redirect-body" => Reply::Repeat(
            head("HTTP/1.1 302 Found", "Location: /page/after-endless-body"),
            vec![b' '; 4096],
            usize::MAX,
        ),
        "error-body" => Reply::Repeat(
            head("HTTP/1.1 404 Not Found", "Content-Type: text/html"),
            PARAGRAPHS.as_bytes().to_vec(),
            usize::MAX,
        ),
        _ => return None,
    })
}
