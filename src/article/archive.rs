//! URLs of archived copies.

use crate::model::CitedDate;

/// Hosts that serve archived copies of other sites' pages.
const HOSTS: [&str; 18] = [
    "archive.org",
    "web.archive.org",
    "wayback.archive.org",
    "archive.today",
    "archive.is",
    "archive.ph",
    "archive.md",
    "archive.li",
    "archive.fo",
    "archive.vn",
    "webcitation.org",
    "wayback.archive-it.org",
    "arquivo.pt",
    "ghostarchive.org",
    "megalodon.jp",
    "perma.cc",
    "webarchive.nationalarchives.gov.uk",
    "wikiwix.com",
];

/// An archived copy, as its URL tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ArchivedCopy<'a> {
    /// The page that was archived, when the URL holds its address.
    pub(super) original: Option<&'a str>,
    /// The capture's day, when the URL holds its timestamp.
    pub(super) date: Option<CitedDate>,
}

/// Reads the URL of an archived copy; `None` when the URL is not one.
pub(super) fn read(url: &str) -> Option<ArchivedCopy<'_>> {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/')?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    if !HOSTS.iter().any(|known| host.eq_ignore_ascii_case(known)) {
        return None;
    }
    // archive.org itself serves much else: only its addresses of captures count.
    let holds_capture = path.starts_with("web/") || path.starts_with("wayback/");
    if host.eq_ignore_ascii_case("archive.org") && !holds_capture {
        return None;
    }
    let start = [
        "http://", "https://", "http%3A", "https%3A", "http:/", "https:/",
    ]
    .iter()
    .filter_map(|scheme| path.find(scheme))
    .min();
    let original = start
        .and_then(|start| path.get(start..))
        .filter(|original| !original.contains("%3A%2F"))
        .or_else(|| {
            path.splitn(3, '/')
                .nth(2)
                .filter(|rest| is_host_and_path(rest))
        });
    let before = start.and_then(|start| path.get(..start)).unwrap_or(path);
    let date = before.split(['/', '?', '=', '_']).find_map(timestamp);
    Some(ArchivedCopy { original, date })
}

/// The day of a timestamp of 8 to 14 digits, perhaps with a flag such as `id_` behind.
pub(super) fn timestamp(text: &str) -> Option<CitedDate> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(8..=14).contains(&digits) {
        return None;
    }
    let day = format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
    day.parse().ok()
}

fn is_host_and_path(rest: &str) -> bool {
    let host = rest.split('/').next().unwrap_or(rest);
    host.contains('.') && !host.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expect: Option<(Option<&str>, Option<&str>)>) {
        let found = read(url);
        let date = found
            .and_then(|copy| copy.date)
            .map(|date| date.to_string());
        let found = found.map(|copy| (copy.original, date.as_deref()));
        assert_eq!(found, expect, "{url}");
    }

    #[test]
    fn archive_addresses_tell_page_and_day() {
        check(
            "https://web.archive.org/web/20190102030405/http://a.example/x",
            Some((Some("http://a.example/x"), Some("2019-01-02"))),
        );
        check(
            "http://web.archive.org/web/20190102id_/a.example/x",
            Some((Some("a.example/x"), Some("2019-01-02"))),
        );
        check("https://archive.today/AbC12", Some((None, None)));
        check("https://archive.org/details/book", None);
        check(
            "https://a.example/web/20190102030405/http://b.example",
            None,
        );
        check(
            "https://web.archive.org/web/20199999000000/http://a.example/",
            Some((Some("http://a.example/"), None)),
        );
    }
}
