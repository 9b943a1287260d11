//! Addresses of copies, and which addresses archives are never asked about or at.

use jiff::Timestamp;
use url::Url;

use super::stamp;
use crate::fetch::is_private;
use crate::links::{self, archive};

/// Names below these are for documents and tests, or of other networks (RFC 2606, 6761, 7686, 9476).
const RESERVED_NAMES: [&str; 8] = [
    "test",
    "example",
    "invalid",
    "onion",
    "alt",
    "example.com",
    "example.net",
    "example.org",
];

/// The address of a copy, taken apart: `https://a.example/web/` `20190102030405` `id_` `/` `http://…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyAddress {
    /// What stands before the timestamp.
    prefix: String,
    /// When the copy was made, UTC to the second, as the address says.
    pub captured: Timestamp,
    /// The page that was copied.
    pub original: Url,
    /// That page as the address writes it.
    written: String,
}

/// Takes the address of a copy apart; `None` where there is no 14-digit timestamp before the address
/// of a page.
///
/// Reads the addresses of the Wayback Machine, of `OpenWayback` and of pywb, whatever their host:
/// a timestamp, perhaps with a flag of two letters and `_`, as one segment of the path.
#[must_use]
pub fn copy_address(address: &Url) -> Option<CopyAddress> {
    let text = address.as_str();
    let path = text.find("://").map(|at| at + "://".len())?;
    let mut at = path + text.get(path..)?.find('/')? + 1;
    loop {
        let rest = text.get(at..)?;
        let end = rest.find(['/', '?', '#'])?;
        let segment = rest.get(..end)?;
        let captured = segment
            .get(..14)
            .filter(|_| is_flag(segment.get(14..).unwrap_or_default()))
            .and_then(stamp::read);
        if let Some(captured) = captured {
            let written = rest.get(end + 1..)?;
            return Some(CopyAddress {
                prefix: text.get(..at)?.to_owned(),
                captured,
                original: original(written)?,
                written: written.to_owned(),
            });
        }
        if !rest.get(end..)?.starts_with('/') {
            return None;
        }
        at += end + 1;
    }
}

impl CopyAddress {
    /// The address of the copy without what archives add to pages (`id_`).
    #[must_use]
    pub fn raw(&self) -> Option<Url> {
        self.flagged("id_")
    }

    /// The address of the copy for readers.
    #[must_use]
    pub fn view(&self) -> Option<Url> {
        self.flagged("")
    }

    /// The address of a copy of another page, made at the same time in the same archive.
    #[must_use]
    pub(super) fn raw_of(&self, original: &Url) -> Option<Url> {
        let written = original.to_string();
        Self {
            written,
            ..self.clone()
        }
        .raw()
    }

    /// Whether an address leads into the same archive.
    pub(super) fn is_same_archive(&self, other: &Self) -> bool {
        self.prefix == other.prefix
    }

    fn flagged(&self, flag: &str) -> Option<Url> {
        let stamp = stamp::write(self.captured);
        Url::parse(&format!("{}{stamp}{flag}/{}", self.prefix, self.written)).ok()
    }
}

/// Whether an address is that of an archived copy.
#[must_use]
pub fn is_copy_address(address: &Url) -> bool {
    archive::read(address.as_str()).is_some() || copy_address(address).is_some()
}

/// Whether an address leads to an archive that is never asked: one whose copies the English
/// Wikipedia no longer shows, under any of its names.
#[must_use]
pub fn never_asked(address: &Url) -> bool {
    archive::read(address.as_str()).is_some_and(|copy| copy.service.deprecated)
}

/// Whether an address is on no public network: one that is never [fetched](is_private) from
/// strangers' lists, or a name that only documents have. No public archive can have its pages.
#[must_use]
pub fn is_local(address: &Url) -> bool {
    is_private(address)
        || address.domain().is_some_and(|name| {
            let name = name.trim_end_matches('.');
            RESERVED_NAMES.iter().any(|suffix| {
                name.strip_suffix(suffix)
                    .is_some_and(|before| before.is_empty() || before.ends_with('.'))
            })
        })
}

/// Nothing, or `id_`, `if_`, `js_`.
fn is_flag(text: &str) -> bool {
    let letters = text.strip_suffix('_');
    text.is_empty()
        || letters.is_some_and(|letters| {
            letters.len() == 2 && letters.bytes().all(|byte| byte.is_ascii_lowercase())
        })
}

fn original(written: &str) -> Option<Url> {
    let whole = match written.split_once(":/") {
        // Browsers that copy an address collapse its slashes.
        Some((scheme @ ("http" | "https"), rest)) => {
            format!("{scheme}://{}", rest.trim_start_matches('/'))
        }
        Some(_) | None => format!("http://{written}"),
    };
    let url = Url::parse(&whole).ok()?;
    links::host(url.as_str()).is_some().then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Option<Url> {
        Url::parse(text).ok()
    }

    #[track_caller]
    fn check(address: &str, expect: Option<(&str, &str)>) {
        let read = url(address).and_then(|address| copy_address(&address));
        let found = read.as_ref().map(|copy| {
            let at = stamp::write(copy.captured);
            (copy.original.to_string(), at)
        });
        let expect = expect.map(|(page, at)| (page.to_owned(), at.to_owned()));
        assert_eq!(found, expect, "{address}");
    }

    #[test]
    fn addresses_of_copies_are_taken_apart() {
        let at = "20190102030405";
        let page = Some(("http://a.example/x", at));
        for address in [
            "https://web.archive.org/web/20190102030405/http://a.example/x",
            "https://web.archive.org/web/20190102030405id_/http://a.example/x",
            "https://web.archive.org/web/20190102030405if_/http:/a.example/x",
            "https://web.archive.org/20190102030405/a.example/x",
            "http://127.0.0.1:8080/coll/20190102030405mp_/http://a.example/x",
        ] {
            check(address, page);
        }
        check(
            "https://web.archive.org/web/20190102030405/http://a.example/x?y=/20200101000000/#z",
            Some(("http://a.example/x?y=/20200101000000/#z", at)),
        );
        for address in [
            "https://web.archive.org/web/2019/http://a.example/x",
            "https://web.archive.org/web/20191302030405/http://a.example/x",
            "https://web.archive.org/web/20190102030405",
            "https://web.archive.org/web/20190102030405/",
            "https://archive.example/AbC12",
            "https://a.example/?q=/20190102030405/http://b.example/",
            "mailto:a@b.example",
        ] {
            check(address, None);
        }
    }

    #[test]
    fn copies_have_an_address_for_readers_and_one_without_additions() {
        let copy = url("http://w.example/web/20190102030405if_/http://a.example:80/x");
        let copy = copy.and_then(|copy| copy_address(&copy));
        let of = |made: Option<Url>| made.map(String::from);
        let raw = copy.as_ref().and_then(CopyAddress::raw);
        let view = copy.as_ref().and_then(CopyAddress::view);
        assert_eq!(
            of(raw).as_deref(),
            Some("http://w.example/web/20190102030405id_/http://a.example:80/x")
        );
        assert_eq!(
            of(view).as_deref(),
            Some("http://w.example/web/20190102030405/http://a.example:80/x")
        );
    }

    #[test]
    fn local_addresses_are_told_from_public_ones() {
        let local = |address: &str| url(address).is_some_and(|url| is_local(&url));
        for page in [
            "https://news.com/a",
            "http://8.8.8.8/",
            "http://[2606:4700::1]/",
            "https://xn--80ak6aa92e.com/",
            "https://contest.org/",
        ] {
            assert!(!local(page), "{page}");
        }
        for page in [
            "http://127.0.0.1:8080/a",
            "http://2130706433/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://localhost/a",
            "http://wiki/a",
            "http://printer.local/",
            "http://printer.lan/",
            "http://100.64.0.1/",
            "http://198.18.0.1/",
            "http://[2002:7f00:1::]/",
            "http://[64:ff9b::7f00:1]/",
            "http://abcdef.onion/",
            "https://river.example/spring",
            "https://www.example.com/",
            "mailto:a@news.com",
        ] {
            assert!(local(page), "{page}");
        }
    }

    #[test]
    fn some_archives_are_never_asked() {
        let never = |address: &str| url(address).is_some_and(|url| never_asked(&url));
        for top in ["today", "is", "ph", "fo", "li", "md", "vn"] {
            assert!(never(&format!("https://archive.{top}/AbC12")), "{top}");
            assert!(never(&format!("http://www.archive.{top}")), "{top}");
        }
        assert!(!never("https://archive.org/details/a"));
        assert!(!never(
            "https://web.archive.org/web/2019/http://archive.is/"
        ));
    }
}
