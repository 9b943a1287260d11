//! Where a redirect leads.

use url::Url;

use super::transport::{WireResponse, latin1_bytes};
use crate::model::{FailureKind, FetchFailure};

/// The address that a redirect names; `None` when the answer is no redirect.
///
/// Redirects are 301, 302, 303, 307 and 308; 300, 304 and 305 ask for nothing that a GET could
/// follow. `Location` is resolved against `base` per the WHATWG URL standard.
///
/// # Errors
///
/// `BadRedirect` when `Location` is missing, empty, no URL, or no web address.
pub(super) fn target(base: &Url, response: &WireResponse) -> Option<Result<Url, FetchFailure>> {
    let status = response.status;
    if !matches!(status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let bad = |detail: String| FetchFailure {
        kind: FailureKind::BadRedirect,
        detail,
    };
    let location = match response.header("location").map(str::trim) {
        None | Some("") => return Some(Err(bad(format!("{status} without a location")))),
        Some(location) => utf8(location),
    };
    let Ok(target) = base.join(&location) else {
        let detail = format!(
            "{status} to `{}`, no URL",
            short(&without_user_info(&location))
        );
        return Some(Err(bad(detail)));
    };
    if !matches!(target.scheme(), "http" | "https") {
        let detail = format!(
            "{status} to `{}`, no web address",
            short(&without_user_info(&location))
        );
        return Some(Err(bad(detail)));
    }
    Some(Ok(super::request_url(&target)))
}

/// Servers send `Location` in UTF-8 where it should be ASCII, and browsers read it so.
fn utf8(header: &str) -> String {
    String::from_utf8(latin1_bytes(header)).unwrap_or_else(|_| header.to_owned())
}

/// The text without the credentials that stand before the host, whether or not it is a URL.
fn without_user_info(location: &str) -> String {
    // Web and file transfer addresses have a host even without slashes, as the URL standard has it.
    let scheme = location.split(':').next().unwrap_or_default();
    let special = ["http", "https", "ftp", "ws", "wss"]
        .iter()
        .any(|name| scheme.eq_ignore_ascii_case(name));
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let start = if special {
        scheme.len() + 1
    } else {
        let slashes = location.find("//").or_else(|| location.find("\\\\"));
        match slashes {
            Some(slashes) => slashes,
            None => return location.to_owned(),
        }
    };
    let (before, rest) = location.split_at_checked(start).unwrap_or((location, ""));
    let host = rest.trim_start_matches(is_slash);
    let slashes = rest.strip_suffix(host).unwrap_or_default();
    let end = host.find(|c| is_slash(c) || matches!(c, '?' | '#'));
    let (authority, after) = host
        .split_at_checked(end.unwrap_or(host.len()))
        .unwrap_or((host, ""));
    let name = authority.rsplit('@').next().unwrap_or_default();
    format!("{before}{slashes}{name}{after}")
}

fn short(text: &str) -> String {
    const SHOWN: usize = 80;
    let shown: String = text
        .chars()
        .take(SHOWN)
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if shown.len() < text.len() && text.chars().nth(SHOWN).is_some() {
        return format!("{shown}…");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::transport::latin1;
    use super::*;

    fn check(location: &str, expect: Result<&str, &str>) {
        let base = Url::parse("https://a.example/dir/page?q=1").unwrap();
        let response = WireResponse {
            status: 302,
            headers: vec![("location".to_owned(), latin1(location.as_bytes()))],
            body: Vec::new(),
            truncated: None,
            peer: None,
        };
        let found = target(&base, &response).unwrap();
        let found = found.as_ref().map(Url::as_str);
        assert_eq!(found.map_err(|failure| failure.detail.as_str()), expect);
    }

    #[test]
    fn locations_are_resolved_as_browsers_do() {
        check("/x", Ok("https://a.example/x"));
        check("x?y#z", Ok("https://a.example/dir/x?y"));
        check("//b.example", Ok("https://b.example/"));
        check(" http://b.example/ ", Ok("http://b.example/"));
        check("http://me:pw@b.example/", Ok("http://b.example/"));
        check("\\\\b.example\\c d", Ok("https://b.example/c%20d"));
        check(
            "/стаття",
            Ok("https://a.example/%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F"),
        );
        check("/50%-off", Ok("https://a.example/50%-off"));
        check("?r=2", Ok("https://a.example/dir/page?r=2"));
    }

    #[test]
    fn locations_that_lead_nowhere_are_named() {
        check("", Err("302 without a location"));
        check("http://", Err("302 to `http://`, no URL"));
        check("http://a b/", Err("302 to `http://a b/`, no URL"));
        check(
            "file:///etc/passwd",
            Err("302 to `file:///etc/passwd`, no web address"),
        );
        check(
            "javascript:alert(1)",
            Err("302 to `javascript:alert(1)`, no web address"),
        );
        check(
            "data:text/html,x",
            Err("302 to `data:text/html,x`, no web address"),
        );
        check(
            "mailto:a@b.example",
            Err("302 to `mailto:a@b.example`, no web address"),
        );
    }

    #[test]
    fn credentials_of_locations_are_not_shown() {
        check(
            "ftp://me:p@w@b.example/x@y?z",
            Err("302 to `ftp://b.example/x@y?z`, no web address"),
        );
        check(
            "FTP:me:pw@b.example",
            Err("302 to `FTP:b.example`, no web address"),
        );
        check("http://me:pw@a b/@x", Err("302 to `http://a b/@x`, no URL"));
        check("//me:pw@a b", Err("302 to `//a b`, no URL"));
        check(
            "https:\\/\\me:pw@b:99999",
            Err("302 to `https:\\/\\b:99999`, no URL"),
        );
        check(
            "git+ssh://me@b.example",
            Err("302 to `git+ssh://b.example`, no web address"),
        );
        check("git:/a/b@c", Err("302 to `git:/a/b@c`, no web address"));
    }
}
