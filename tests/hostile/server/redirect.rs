//! Redirects of every kind: by status, by `Refresh`, by markup.

use super::pages::{article_text, page};
use super::{Reply, Request, answer, head, html, html_with};

/// `/redirect/302?to=TARGET` leads to the percent-decoded TARGET, byte by byte.
pub(crate) fn reply(name: &str, request: &Request) -> Option<Reply> {
    let to = request.target.split_once("?to=").map_or("", |(_, to)| to);
    if let Ok(status) = name.parse::<u16>() {
        return Some(located(status, &decoded(to)));
    }
    by_status(name, request).or_else(|| by_page(name, &String::from_utf8_lossy(&decoded(to))))
}

fn located(status: u16, location: &[u8]) -> Reply {
    let start = format!("HTTP/1.1 {status} Found\r\nContent-Length: 0\r\nLocation: ");
    Reply::Bytes([start.as_bytes(), location, b"\r\nConnection: close\r\n\r\n"].concat())
}

fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let code = (byte == b'%').then(|| rest.clone().take(2).collect::<Vec<u8>>());
        let code = code.and_then(|code| String::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(&code, 16).ok()) {
            Some(value) => {
                bytes.push(value);
                rest.nth(1);
            }
            None => bytes.push(byte),
        }
    }
    bytes
}

fn by_status(name: &str, request: &Request) -> Option<Reply> {
    let port = request.port();
    let plain = |status, headers: &str| Reply::Bytes(answer(status, headers, ""));
    Some(match name {
        "two-locations" => plain(302, "Location: /page/first\nLocation: /page/second"),
        "empty-location" => plain(302, "Location:"),
        "no-location" => plain(302, ""),
        "itself" => plain(302, "Location: itself\nSet-Cookie: seen=1"),
        "circle-a" => plain(302, "Location: circle-b"),
        "circle-b" => plain(302, "Location: circle-c"),
        "circle-c" => plain(302, "Location: circle-a"),
        // Grows for ever, so that no address comes twice.
        "endless" => plain(302, &format!("Location: {}x", request.target)),
        "chain" => {
            let left: u32 = request.target.rsplit('/').next()?.parse().unwrap_or(0);
            match left {
                0 => html(article_text()),
                _ => plain(302, &format!("Location: /redirect/chain/{}", left - 1)),
            }
        }
        "300-list" => Reply::Bytes(answer(
            300,
            "Content-Type: text/html",
            "<title>Choices</title><a href='/page/a'>one</a> <a href='/page/b'>two</a>",
        )),
        "304" => plain(304, ""),
        "long" => plain(302, &format!("Location: /page/{}", "a".repeat(100_000))),
        "other-domain" => plain(
            301,
            &format!("Location: http://bought.example:{port}/page/x"),
        ),
        "location-in-200" => html_with("Location: /not-here", article_text()),
        "nul" => located(302, b"/page/a\0b"),
        "folded" => Reply::Bytes(
            [head(
                "HTTP/1.1 302 Found",
                "Content-Length: 0\nLocation:\n /page/folded",
            )]
            .concat(),
        ),
        _ => return None,
    })
}

fn by_page(name: &str, to: &str) -> Option<Reply> {
    let stub = |text: &str| html(page("One moment", text));
    let refresh = |value: &str| html_with(&format!("Refresh: {value}"), page("One moment", ""));
    let meta = |content: &str| {
        html(format!(
            "<html><head><meta http-equiv=\"refresh\" content=\"{content}\"><title>One moment\
             </title></head><body>One moment.</body></html>"
        ))
    };
    Some(match name {
        "refresh" => refresh(&format!("0; url={to}")),
        "refresh-plain" => refresh(&format!("0;{to}")),
        "refresh-quoted" => refresh(&format!("0;URL='{to}'")),
        "refresh-upper-case" => refresh(&format!("3 ; URL = \"{to}\"")),
        "refresh-fraction" => refresh(&format!("0.5, url={to}")),
        "refresh-empty" => html_with("Refresh: 0;url=", article_text()),
        "refresh-self" => html_with("Refresh: 0", article_text()),
        "refresh-later" => html_with("Refresh: 300; url=/not-here", article_text()),
        "refresh-nonsense" => html_with("Refresh: soon; url=/not-here", article_text()),
        "meta" => meta(&format!("0;url={to}")),
        "meta-quoted" => meta(&format!("1; URL=&#39;{to}&#39;")),
        "meta-later" => html(
            article_text().replace("<title>", "<meta http-equiv=refresh content='600'><title>"),
        ),
        "meta-comment" => within("<!--", "-->"),
        "meta-noscript" => within("<noscript>", "</noscript>"),
        "meta-script" => within("<script>var a = \"", "\";</script>"),
        "meta-template" => within("<template>", "</template>"),
        "meta-textarea" => within("<textarea>", "</textarea>"),
        "meta-far" => {
            let far = "<p>The mill has many more pages like this one.</p>".repeat(24_000);
            html(article_text().replace("</body>", &format!("{far}{META}</body>")))
        }
        "script" => stub(&format!("<script>window.location=\"{to}\"</script>")),
        _ => return None,
    })
}

const META: &str = "<meta http-equiv=refresh content='0;url=/not-here'>";

/// An article in which the redirect stands where browsers with scripts do not obey it.
fn within(open: &str, close: &str) -> Reply {
    html(article_text().replace("<h1>", &format!("{open}{META}{close}<h1>")))
}
