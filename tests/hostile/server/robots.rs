//! `robots.txt` by the name of the host: `robots-404.example` has none, and so on.

use std::time::Duration;

use super::pages::article_text;
use super::{Reply, Request, answer, head, html};

pub(crate) fn reply(request: &Request) -> Reply {
    let rules = |rules: &str| Reply::Bytes(answer(200, "Content-Type: text/plain", rules));
    let name = request.host.split('.').next().unwrap_or_default();
    match name {
        "robots-500" => Reply::Bytes(answer(500, "", "broken")),
        "robots-silent" => Reply::Stall(Vec::new()),
        "robots-reset" => Reply::Reset(Vec::new()),
        "robots-drip" => Reply::Drip(
            head("HTTP/1.1 200 OK", "Content-Type: text/plain"),
            b"#",
            Duration::from_millis(40),
        ),
        "robots-huge" => Reply::Repeat(
            head("HTTP/1.1 200 OK", "Content-Type: text/plain"),
            b"User-agent: *\nDisallow: /private\n".repeat(1000),
            32_000,
        ),
        "robots-line" => Reply::Repeat(
            head("HTTP/1.1 200 OK", "Content-Type: text/plain"),
            vec![b'a'; 64 << 10],
            1000,
        ),
        "robots-html" => html(article_text()),
        "robots-binary" => rules("\0\u{1}User-agent\u{0}: *\nCrawl-delay: \u{7f}\n"),
        "robots-loop" => Reply::Bytes(answer(302, "Location: /robots.txt", "")),
        "robots-inside" => Reply::Bytes(answer(302, "Location: http://127.0.0.2:9/", "")),
        "robots-named" => rules("User-agent: citecheck\nDisallow: /\n\nUser-agent: *\nAllow: /\n"),
        "robots-all" => rules("User-agent: *\nDisallow: /\n"),
        "robots-others" => rules("User-agent: OtherBot\nDisallow: /\n"),
        "robots-day" => rules("User-agent: *\nCrawl-delay: 86400\n"),
        "robots-second" => rules("User-agent: *\nCrawl-delay: 1\n"),
        "robots-nonsense-delay" => rules("User-agent: *\nCrawl-delay: -1e308\nCrawl-delay: NaN\n"),
        "robots-overflow-delay" => rules("User-agent: *\nCrawl-delay: 1e400\n"),
        _ => Reply::Bytes(answer(404, "", "none")),
    }
}
