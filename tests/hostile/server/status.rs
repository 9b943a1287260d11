//! Status codes with what comes along with them.

use std::time::Duration;

use super::pages::{NOTHING, article_text, page};
use super::{Reply, Request, answer, html};

pub(crate) fn reply(name: &str, request: &Request) -> Option<Reply> {
    if let Ok(status) = name.parse::<u16>() {
        return Some(Reply::Bytes(answer(status, "Content-Type: text/html", "")));
    }
    by_request(name, request).or_else(|| fixed(name))
}

fn fixed(name: &str) -> Option<Reply> {
    let text = |status, headers: &str, body: &str| {
        let headers = format!("Content-Type: text/html\n{headers}");
        Some(Reply::Bytes(answer(status, &headers, body)))
    };
    let wait = |status, after: &str| text(status, &format!("Retry-After: {after}"), "later");
    match name {
        "404-challenge" => text(
            404,
            "cf-mitigated: challenge",
            "<title>Just a moment...</title>",
        ),
        "403-challenge" => text(
            403,
            "cf-mitigated: challenge",
            "<title>Just a moment...</title>",
        ),
        "429-challenge" => text(
            429,
            "cf-mitigated: challenge",
            "<title>Just a moment...</title>",
        ),
        "404-wall" => text(
            404,
            "",
            "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to \
             access this page on this server.<p>Reference #18.7d1a2f17.1700000000.1a2b3c4d<p>\
             https://errors.edgesuite.net/18.7d1a2f17.1700000000.1a2b3c4d",
        ),
        "403-region" => text(
            403,
            "",
            "<title>Sorry</title><h1>This content is not available in your region</h1>",
        ),
        "451-law" => text(
            451,
            "",
            "<title>Unavailable</title><h1>Removed for legal reasons</h1>",
        ),
        "401-basic" => text(401, "WWW-Authenticate: Basic realm=\"x\"", "log in"),
        "404-article" => text(404, "", &article_text()),
        "410-page" => text(410, "", NOTHING),
        "404-json" => text(404, "X-A: b", "{\"error\":\"not found\"}"),
        "wait-120" => wait(429, "120"),
        "wait-forever" => wait(429, "99999999999"),
        "wait-overflow" => wait(429, "99999999999999999999999999999999"),
        "wait-negative" => wait(429, "-5"),
        "wait-past" => wait(429, "Wed, 01 Jan 2020 00:00:00 GMT"),
        "wait-soon" => wait(429, "soon"),
        "wait-year-9999" => wait(503, "Fri, 31 Dec 9999 23:59:59 GMT"),
        "wait-date" => text(
            503,
            "Date: Thu, 01 Jan 2026 00:00:00 GMT\nRetry-After: Thu, 01 Jan 2026 00:00:30 GMT",
            "later",
        ),
        "empty" => text(200, "", ""),
        "blank" => text(200, "", " \r\n\t \n"),
        "206" | "206-article" => text(206, "Content-Range: bytes 0-99/100000", &article_text()),
        "226-article" => text(226, "IM: feed", &article_text()),
        "203-article" => text(203, "", &article_text()),
        "202-article" => text(202, "", &article_text()),
        "500-article" => text(500, "", &article_text()),
        "maintenance" => text(503, "Retry-After: 3600", &page("Maintenance", "Back soon.")),
        "520" => text(
            520,
            "cf-ray: 1",
            &page("520: Web server is returning an unknown error", ""),
        ),
        _ => None,
    }
}

/// Answers that depend on how the request looks.
fn by_request(name: &str, request: &Request) -> Option<Reply> {
    let article = || html(article_text());
    let nothing = || Reply::Bytes(answer(404, "Content-Type: text/html", NOTHING));
    let head = request.head.starts_with("HEAD ");
    let agent = request.header("user-agent").unwrap_or_default();
    let robot = agent.starts_with("citecheck/") && !agent.contains("Mozilla");
    let found = match name {
        "head-404" => !head,
        "get-404" if head => return Some(Reply::Bytes(answer(200, "", ""))),
        "get-404" => false,
        "agent-404" => !robot,
        "honest-agent" => robot,
        "credentials-404" => request.header("authorization").is_none(),
        "path-escaped" => request.target.ends_with("/%E3%83%91%E3%82%B9?q=%E5%80%A4"),
        "second-try" if request.before == 0 => return Some(Reply::Reset(Vec::new())),
        "third-try" if request.before < 2 => return Some(Reply::Bytes(answer(503, "", ""))),
        "second-try" | "third-try" => true,
        _ => return None,
    };
    Some(if found { article() } else { nothing() })
}

/// For runs of many addresses: `/many/10` takes so many milliseconds.
pub(crate) fn many(name: &str, request: &Request) -> Reply {
    let bytes = answer(200, "Content-Type: text/html", article_text());
    match name {
        "hang" => Reply::Stall(Vec::new()),
        "limit" if request.before == 0 => Reply::Bytes(answer(429, "Retry-After: 1", "")),
        millis => match millis.parse() {
            Ok(millis) => Reply::After(Duration::from_millis(millis), bytes),
            Err(_) => Reply::Bytes(bytes),
        },
    }
}
