//! Addresses that only the readers of one library can open.

use super::archive::without_scheme;
use super::percent;

static TABLE: &str = include_str!("data/proxies.tsv");

/// An address through a library's proxy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxied {
    /// Whose proxy it is.
    pub whose: &'static str,
    /// The address behind it, where the proxy's address tells.
    pub original: Option<String>,
}

/// Reads an address through a library's proxy; `None` for any other.
#[must_use]
pub fn proxied(url: &str) -> Option<Proxied> {
    let rest = without_scheme(url);
    let scheme = url.strip_suffix(rest).unwrap_or_default();
    let end = rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end)?;
    let host = host.to_ascii_lowercase();
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    for line in lines {
        let mut columns = line.split('\t');
        let (Some(mark), Some(how), Some(whose)) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let Some(before) = before_proxy(&host, mark, how) else {
            continue;
        };
        let original = in_login(path).or_else(|| {
            let host = original_host(before)?;
            Some(format!("{scheme}{host}{path}"))
        });
        return Some(Proxied { whose, original });
    }
    None
}

/// What of the host stands before the proxy's own name.
fn before_proxy<'a>(host: &'a str, mark: &str, how: &str) -> Option<&'a str> {
    if how == "suffix" {
        let before = host.strip_suffix(mark)?;
        return (before.is_empty() || before.ends_with('.')).then_some(before);
    }
    let at = host
        .match_indices(mark)
        .map(|(at, _)| at)
        .find(|at| *at == 0 || host.get(at - 1..*at) == Some("."))?;
    // The proxy is a host of an institution: two labels at least follow its name.
    let own = host.get(at..)?;
    (2 <= own.matches('.').count()).then(|| host.get(..at))?
}

/// `www.jstor.org.` or `www-jstor-org.`, perhaps with the library's name behind.
fn original_host(before: &str) -> Option<String> {
    let before = before.trim_end_matches('.');
    let first = before.split('.').next()?;
    let hyphens = first.contains('-') && before.matches('.').count() <= 1;
    if hyphens {
        let host = first
            .replace("--", "\n")
            .replace('-', ".")
            .replace('\n', "-");
        return host.contains('.').then_some(host);
    }
    before.contains('.').then(|| before.to_owned())
}

/// `/login?url=http://…`
fn in_login(path: &str) -> Option<String> {
    let at = path.find("url=")? + "url=".len();
    let value = path.get(at..)?;
    let original = percent::decoded(value);
    original.starts_with("http").then_some(original)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proxies_are_known_with_the_address_behind_them() {
        for (url, expect) in [
            (
                "https://www-jstor-org.wikipedialibrary.idm.oclc.org/stable/1",
                Some("https://www.jstor.org/stable/1"),
            ),
            (
                "http://www.jstor.org.libproxy.u.example.edu/stable/1?seq=2",
                Some("http://www.jstor.org/stable/1?seq=2"),
            ),
            (
                "https://a--b-example.u.idm.oclc.org/x",
                Some("https://a-b.example/x"),
            ),
            (
                "https://ezproxy.u.example.edu/login?url=https://a.example/x",
                Some("https://a.example/x"),
            ),
            ("https://login.ezproxy.u.example.edu/menu", None),
        ] {
            let found = proxied(url);
            assert!(found.is_some(), "{url}");
            let original = found.and_then(|found| found.original);
            assert_eq!(original.as_deref(), expect, "{url}");
        }
        for other in [
            "https://ezproxy.example/docs",
            "https://www.oclc.org/en/ezproxy.html",
            "https://a.example/?url=http://b.example",
            "",
        ] {
            assert_eq!(proxied(other), None, "{other}");
        }
    }
}
