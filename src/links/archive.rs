//! Addresses of archived copies.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::percent;
use crate::model::CitedDate;

static TABLE: &str = include_str!("data/archives.tsv");

/// A service that keeps copies of other sites' pages.
#[derive(Debug, PartialEq, Eq)]
pub struct Service {
    /// What it is called.
    pub name: &'static str,
    /// Whether the address of a copy holds the time at which it was made.
    pub stamped: bool,
    /// Whether the English Wikipedia has stopped showing links to it.
    pub deprecated: bool,
    /// What the path of a copy begins with; empty for anything.
    prefixes: Vec<&'static str>,
}

/// An archived copy, as its address tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedCopy<'a> {
    /// Who keeps it.
    pub service: &'static Service,
    /// The page that was archived, when the address holds its address.
    pub original: Option<Cow<'a, str>>,
    /// The day of the copy, when the address holds it.
    pub date: Option<CitedDate>,
    /// The digits of the timestamp, 4 to 14 of them, as far as the address holds one.
    pub stamp: Option<&'a str>,
}

static SERVICES: LazyLock<HashMap<&'static str, Service>> = LazyLock::new(|| {
    let mut services = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(hosts), Some(prefixes), Some(name), Some(kind), Some(state)) = (
            columns.next(),
            columns.next(),
            columns.next(),
            columns.next(),
            columns.next(),
        ) else {
            continue;
        };
        for host in hosts.split(';') {
            let prefixes = prefixes.split(';').filter(|prefix| *prefix != "-");
            let service = Service {
                name,
                stamped: kind == "stamp",
                deprecated: state == "deprecated",
                prefixes: prefixes.collect(),
            };
            services.insert(host, service);
        }
    }
    services
});

/// Reads the address of an archived copy; `None` when the address is not one.
#[must_use]
pub fn read(url: &str) -> Option<ArchivedCopy<'_>> {
    let (host, path) = host_and_path(url)?;
    let service = SERVICES.get(host.as_str())?;
    let prefixes = &service.prefixes;
    if !prefixes.is_empty() && !prefixes.iter().any(|prefix| path.starts_with(prefix)) {
        return None;
    }
    let start = scheme_within(path);
    let before = start.and_then(|start| path.get(..start)).unwrap_or(path);
    let stamp = stamp_in(before);
    let original = match start {
        Some(start) => path.get(start..).map(|rest| original(before, rest)),
        None => bare_original(path, stamp).map(Cow::Borrowed),
    };
    let pieces = || before.split(['/', '?', '=', '_', '&']);
    Some(ArchivedCopy {
        service,
        original,
        date: pieces().find_map(timestamp),
        stamp,
    })
}

/// The hosts that keep copies of pages and nothing else, sorted.
#[must_use]
pub fn playback_hosts() -> Vec<&'static str> {
    let alone = SERVICES
        .iter()
        .filter(|(_, service)| service.prefixes.is_empty());
    let mut hosts: Vec<&str> = alone.map(|(host, _)| *host).collect();
    hosts.sort_unstable();
    hosts
}

/// The hosts of services whose copies the English Wikipedia no longer shows, sorted.
#[must_use]
pub fn deprecated_hosts() -> Vec<&'static str> {
    let deprecated = SERVICES.iter().filter(|(_, service)| service.deprecated);
    let mut hosts: Vec<&str> = deprecated.map(|(host, _)| *host).collect();
    hosts.sort_unstable();
    hosts
}

/// The day of a timestamp of 8 to 14 digits, perhaps with a flag such as `id_` behind, or with
/// the dots and dash of `2016.05.31-193800`.
#[must_use]
pub fn timestamp(text: &str) -> Option<CitedDate> {
    let text = text.trim();
    let dotted = text.get(4..5) == Some(".") && text.get(7..8) == Some(".");
    let compact = if dotted {
        Cow::Owned(text.replace(['.', '-'], ""))
    } else {
        Cow::Borrowed(text)
    };
    let digits = compact.bytes().take_while(u8::is_ascii_digit).count();
    if !(8..=14).contains(&digits) {
        return None;
    }
    let (year, month) = (compact.get(..4)?, compact.get(4..6)?);
    format!("{year}-{month}-{}", compact.get(6..8)?)
        .parse()
        .ok()
}

/// Host in lower case without `www.` and port, and what follows its slash.
pub(super) fn host_and_path(url: &str) -> Option<(String, &str)> {
    let rest = without_scheme(url.trim_start());
    let (host, path) = rest.split_once('/')?;
    let host = host.split(':').next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    Some((host, path))
}

/// What follows `http://`, `https:/` or `//`; the text itself without one.
pub(super) fn without_scheme(url: &str) -> &str {
    let letters = url.bytes().take_while(u8::is_ascii_alphabetic).count();
    let after = url.get(letters..).unwrap_or_default();
    let after = after.strip_prefix(':').filter(|_| 0 < letters);
    match after.or((letters == 0).then_some(url)) {
        Some(slashes) if slashes.starts_with('/') => slashes.trim_start_matches('/'),
        Some(_) | None => url,
    }
}

/// Where the address of the original begins.
fn scheme_within(path: &str) -> Option<usize> {
    const SCHEMES: [&str; 3] = ["http", "https", "ftp"];
    const BEHIND: [&str; 3] = [":/", "%3a", "%3A"];
    let starts = SCHEMES.iter().flat_map(|scheme| {
        path.match_indices(scheme).filter_map(move |(at, _)| {
            let rest = path.get(at + scheme.len()..)?;
            BEHIND
                .iter()
                .any(|behind| rest.starts_with(behind))
                .then_some(at)
        })
    });
    starts.min()
}

/// The original's address, from its scheme on.
fn original<'a>(before: &str, rest: &'a str) -> Cow<'a, str> {
    let in_query = before.ends_with('=') && before.contains('?');
    let encoded = rest.find('%').is_some_and(|percent| percent < 6);
    if encoded {
        let value = if in_query {
            rest.split('&').next()
        } else {
            Some(rest)
        };
        return Cow::Owned(percent::decoded(value.unwrap_or(rest)));
    }
    // WebCite's `?url=http://…&date=…` is not encoded: only its own parameter ends it.
    let rest = if in_query {
        rest.split("&date=").next().unwrap_or(rest)
    } else {
        rest
    };
    match rest.split_once(":/") {
        // Browsers that copy an address collapse its slashes.
        Some((scheme, after)) if !after.starts_with('/') => {
            Cow::Owned(format!("{scheme}://{after}"))
        }
        Some(_) | None => Cow::Borrowed(rest),
    }
}

/// An original without a scheme: `web/20190102030405/a.example/x`.
fn bare_original<'a>(path: &'a str, stamp: Option<&str>) -> Option<&'a str> {
    let mut rest = path;
    while let Some((segment, after)) = rest.split_once('/') {
        if stamp.is_some_and(|stamp| segment.starts_with(stamp)) || segment == "*" {
            return Some(after).filter(|after| is_host_and_path(after));
        }
        rest = after;
    }
    None
}

fn stamp_in(before: &str) -> Option<&str> {
    before.split(['/', '?', '=', '&']).find_map(|piece| {
        let dotted = piece.get(4..5) == Some(".") && timestamp(piece).is_some();
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let flag = piece.get(digits..).unwrap_or_default();
        let flagged = flag.is_empty() || flag == "*" || flag.ends_with('_');
        if dotted {
            Some(piece)
        } else {
            piece
                .get(..digits)
                .filter(|_| (4..=14).contains(&digits) && flagged)
        }
    })
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
            .as_ref()
            .and_then(|copy| copy.date)
            .map(|date| date.to_string());
        let found = found
            .as_ref()
            .map(|copy| (copy.original.as_deref(), date.as_deref()));
        assert_eq!(found, expect, "{url}");
    }

    #[test]
    fn archive_addresses_tell_page_and_day() {
        let page = Some("http://a.example/x");
        let day = Some("2019-01-02");
        check(
            "https://web.archive.org/web/20190102030405/http://a.example/x",
            Some((page, day)),
        );
        check(
            "http://web.archive.org/web/20190102id_/a.example/x",
            Some((Some("a.example/x"), day)),
        );
        check(
            "web.archive.org/web/20190102030405/http:/a.example/x",
            Some((page, day)),
        );
        check(
            "https://web.archive.org/20190102030405/http://a.example/x",
            Some((page, day)),
        );
        check("https://web.archive.org/web/2019/http://a.example/x", {
            Some((page, None))
        });
        check("https://archive.today/AbC12", Some((None, None)));
        check(
            "https://archive.ph/2019.01.02-030405/http://a.example/x",
            Some((page, day)),
        );
        check(
            "http://www.webcitation.org/query?url=http%3A%2F%2Fa.example%2Fx&date=2019-01-02",
            Some((page, None)),
        );
        check(
            "http://www.webcitation.org/5abcdefgh?url=http://a.example/x",
            Some((page, None)),
        );
        check("http://wikiwix.com/cache/?url=http://a.example/x", {
            Some((page, None))
        });
        check(
            "https://arquivo.pt/wayback/20190102030405/http://a.example/x",
            Some((page, day)),
        );
        check("https://megalodon.jp/2019-0102-0304-05/a.example/x", {
            Some((None, None))
        });
        check("https://archive.org/details/book", None);
        check("https://wikiwix.com/", None);
        check(
            "https://a.example/web/20190102030405/http://b.example",
            None,
        );
        check(
            "https://web.archive.org/web/20199999000000/http://a.example/",
            Some((Some("http://a.example/"), None)),
        );
    }

    #[test]
    fn every_table_line_has_five_columns() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 5, "{line}");
        }
    }
}
