//! One spelling for the addresses of one page.

use url::Url;

use super::archive::without_scheme;
use super::percent;
use super::tracking;

/// Beginnings of fragments that scripts add to count readers: those of `XiTi`, Tynt and `AddThis`.
const COUNTING: [&str; 3] = ["xtor", "ixzz", "."];

/// The form of an address by which pages are compared: without scheme, `www.`, default port, last
/// slash, fragment and tracking parameters; host in lower case and ASCII, percent-encoding as
/// RFC 3986 normalises it, query parameters in order.
///
/// A fragment that begins with `!` or `/` names a page of its own and stays. An address that
/// cannot be read is given in lower case. Not for opening: the scheme is gone.
#[must_use]
pub fn canonical(url: &str) -> String {
    let rest = without_scheme(url.trim());
    let Ok(parsed) = Url::parse(&format!("http://{rest}")) else {
        return rest.trim_end_matches('/').to_lowercase();
    };
    let host = parsed.host_str().unwrap_or_default();
    let host = without_www(host).trim_end_matches('.');
    let mut form = host.to_owned();
    if let Some(port) = parsed.port().filter(|port| *port != 443) {
        form.push(':');
        form.push_str(&port.to_string());
    }
    form.push_str(percent::normalised(parsed.path()).trim_end_matches('/'));
    let query = parsed.query().unwrap_or_default();
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !tracking::is_tracking(pair, host))
        .map(percent::normalised)
        .collect();
    pairs.sort();
    if !pairs.is_empty() {
        form.push('?');
        form.push_str(&pairs.join("&"));
    }
    if let Some(fragment) = parsed.fragment()
        && fragment.starts_with(['!', '/'])
    {
        form.push('#');
        form.push_str(&percent::normalised(fragment));
    }
    form
}

/// The form of an address by which documents are compared, each part of a page a document of its
/// own: as [`canonical`], with the fragment that selects a part (`#page=3`).
///
/// A fragment that only counts readers, or leads to the top, goes. An address of neither http nor
/// https stays as it is: where it leads, no page of the web need be.
#[must_use]
pub fn canonical_part(url: &str) -> String {
    let url = url.trim();
    let rest = without_scheme(url);
    let scheme = url.strip_suffix(rest).unwrap_or_default();
    let scheme = scheme.trim_end_matches(['/', ':']).to_ascii_lowercase();
    let bare = rest.len() == url.len();
    if bare || !matches!(scheme.as_str(), "http" | "https" | "") {
        return url.to_owned();
    }
    let mut form = canonical(url);
    let kept = tracking::without_tracking(url);
    let fragment = kept.split_once('#').map_or("", |(_, fragment)| fragment);
    let counts = COUNTING.iter().any(|start| fragment.starts_with(start));
    // Those of `!` and `/` are in the form already.
    if !(counts || matches!(fragment, "" | "top") || fragment.starts_with(['!', '/'])) {
        form.push('#');
        form.push_str(&percent::normalised(fragment));
    }
    form
}

/// Whether two addresses lead to one page as far as their spelling tells; case and percent-encoding
/// do not count, since archives keep neither.
#[must_use]
pub fn same_page(a: &str, b: &str) -> bool {
    let folded = |url: &str| percent::decoded(&canonical(url)).trim_end().to_lowercase();
    folded(a) == folded(b)
}

/// The host of an address in lower case and ASCII, without `www.` and port; `None` without one.
#[must_use]
pub fn host(url: &str) -> Option<String> {
    let parsed = Url::parse(&format!("http://{}", without_scheme(url.trim()))).ok()?;
    let host = parsed.host_str()?;
    Some(without_www(host).to_owned())
}

/// A host without `www.`, `www2.` …
fn without_www(host: &str) -> &str {
    let Some(rest) = host.strip_prefix("www") else {
        return host;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix('.') {
        Some(bare) if bare.contains('.') => bare,
        Some(_) | None => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_page_are_one() {
        for (a, b) in [
            ("http://a.example", "https://www.a.example/"),
            ("http://a.example:80/x", "https://A.example:443/x/"),
            ("http://a.example/%7euser", "http://a.example/~user"),
            ("http://a.example/caf%c3%a9", "http://a.example/café"),
            ("http://кц.рф/ru", "http://xn--j1ay.xn--p1ai/ru/"),
            ("//a.example/x#top", "http://a.example/x"),
            (
                "http://a.example/x?b=2&a=1",
                "http://a.example/x?a=1&b=2&utm_source=feed",
            ),
            ("http://www2.a.example/x", "http://a.example/x"),
            (
                "http://a.example/新聞",
                "http://a.example/%E6%96%B0%E8%81%9E",
            ),
        ] {
            assert_eq!(canonical(a), canonical(b), "{a}");
        }
    }

    #[test]
    fn other_pages_are_others() {
        for (a, b) in [
            ("http://a.example/x", "http://a.example/y"),
            ("http://a.example/?id=1", "http://a.example/?id=2"),
            ("http://a.example/#!/x", "http://a.example/#!/y"),
            ("http://a.example:8080/", "http://a.example/"),
            ("http://www.example/", "http://example/"),
            ("http://a.example/%2F", "http://a.example/"),
        ] {
            assert_ne!(canonical(a), canonical(b), "{a}");
        }
        assert!(same_page("http://a.example/Page", "http://a.example/page"));
        assert!(same_page(
            "http://a.example/0,15,00",
            "http://a.example/0%2C15%2C00"
        ));
        assert!(!same_page(
            "http://a.example/?id=1",
            "http://a.example/?id=2"
        ));
    }

    #[test]
    fn parts_of_one_page_are_several() {
        for (a, b, same) in [
            ("http://www.a.example/x/", "https://a.example/x", true),
            (
                "https://a.example/x?utm_source=b&id=1",
                "https://A.example/x?id=1",
                true,
            ),
            ("https://a.example/x?fbclid=1", "https://a.example/x#", true),
            ("https://a.example/x#top", "https://a.example/x", true),
            ("https://a.example/x#ixzz1abc", "//a.example/x", true),
            (
                "https://a.example/x#xtor=RSS-1",
                "https://a.example/x",
                true,
            ),
            ("https://a.example/x#.Vabc", "https://a.example/x", true),
            (
                "https://a.example/x#utm_source=b",
                "https://a.example/x",
                true,
            ),
            (
                "https://a.example/x?b=1&a=2",
                "https://a.example/x?a=2&b=1",
                true,
            ),
            ("https://a.example/%7ex", "https://a.example/~x", true),
            ("https://a.example/#!/x", "http://a.example/#!/x", true),
            (
                "https://a.example/x#page=3",
                "https://a.example/x#page=4",
                false,
            ),
            ("https://a.example/x#c", "https://a.example/x", false),
            (
                "https://a.example/x?id=1",
                "https://a.example/x?id=2",
                false,
            ),
            ("https://a.example/X", "https://a.example/x", false),
            (
                "https://приклад.example/дощ",
                "https://приклад.example/дощ/",
                true,
            ),
            ("ftp://a.example/x", "https://a.example/x", false),
            ("urn:isbn:1", "urn:isbn:2", false),
            ("a", "A", false),
        ] {
            let (one, other) = (canonical_part(a), canonical_part(b));
            assert_eq!(one == other, same, "{a} {b}: {one} {other}");
        }
    }
}
