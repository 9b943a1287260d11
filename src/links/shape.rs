//! What CS1 takes for the address of a page.

use strsim::damerau_levenshtein;

/// What keeps a value from being an address, in the order in which it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UrlFault {
    /// White space within.
    Space,
    /// No scheme: `www.a.example/x`.
    NoScheme,
    /// A scheme that `MediaWiki` makes no links of: `htp://`.
    Scheme,
    /// One slash, three, or none after the scheme: `http:/a.example`.
    Slashes,
    /// A scheme within the host's place: `http://https://a.example`.
    TwoSchemes,
    /// A host in another script than ASCII, which CS1 wants in its `xn--` form.
    UnicodeHost,
    /// No host where one must be.
    Host,
}

/// Schemes that `MediaWiki` makes links of (`$wgUrlProtocols`) and that name a host.
const SCHEMES: [&str; 18] = [
    "http",
    "https",
    "ftp",
    "ftps",
    "sftp",
    "git",
    "gopher",
    "irc",
    "ircs",
    "mms",
    "nntp",
    "redis",
    "rtsp",
    "ssh",
    "svn",
    "telnet",
    "worldwind",
    "matrix",
];

/// What is wrong with an address, by the rules of Module:Citation/CS1 (`check_url`); `None` for a
/// sound one.
///
/// Differs from CS1 in two ways: a scheme that `MediaWiki` does not link is a fault, and so is a
/// second scheme where the host belongs.
#[must_use]
pub fn url_fault(url: &str) -> Option<UrlFault> {
    if url.contains(|c: char| c.is_ascii_whitespace()) {
        return Some(UrlFault::Space);
    }
    if let Some(rest) = url.strip_prefix("//") {
        return host_fault(rest);
    }
    let Some((scheme, rest)) = split_scheme(url) else {
        return Some(UrlFault::NoScheme);
    };
    if scheme.eq_ignore_ascii_case("news") {
        return (!rest.contains('.')).then_some(UrlFault::Host);
    }
    let slashes = rest.bytes().take_while(|byte| *byte == b'/').count();
    if !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
        // `www.a.example:80/x` begins with no scheme.
        let dotted = scheme.contains('.') && slashes == 0;
        return Some(if dotted {
            UrlFault::NoScheme
        } else {
            UrlFault::Scheme
        });
    }
    if slashes != 2 {
        return Some(UrlFault::Slashes);
    }
    host_fault(rest.get(slashes..).unwrap_or_default())
}

/// The address with its scheme or slashes put right, where only one reading is likely.
#[must_use]
pub fn repaired(url: &str, fault: UrlFault) -> Option<String> {
    let sound = |url: String| url_fault(&url).is_none().then_some(url);
    match fault {
        UrlFault::NoScheme => {
            let rest = url.strip_prefix(':').unwrap_or(url);
            if split_scheme(rest).is_some() && url_fault(rest).is_none() {
                return Some(rest.to_owned());
            }
            let rest = rest.trim_start_matches('/');
            let host = rest.split(['/', '?', '#', ':']).next()?;
            let (before, last) = host.rsplit_once('.')?;
            let letters = last.len() >= 2 && last.bytes().all(|byte| byte.is_ascii_alphabetic());
            let plausible = host.starts_with("www.") || url.starts_with(':') || rest.contains('/');
            (letters && plausible && !before.is_empty())
                .then(|| sound(format!("https://{rest}")))
                .flatten()
        }
        UrlFault::Scheme => {
            let (scheme, rest) = split_scheme(url)?;
            let folded = Some(scheme.to_ascii_lowercase()).filter(|scheme| scheme.len() <= 10)?;
            let near = ["http", "https"]
                .into_iter()
                .map(|known| (damerau_levenshtein(&folded, known), known))
                .min()?;
            let rest = rest.trim_start_matches('/');
            (near.0 <= 2 && folded.len() >= 2)
                .then(|| sound(format!("{}://{rest}", near.1)))
                .flatten()
        }
        UrlFault::Slashes => {
            let (scheme, rest) = split_scheme(url)?;
            sound(format!("{scheme}://{}", rest.trim_start_matches('/')))
        }
        UrlFault::TwoSchemes => {
            let (_, rest) = split_scheme(url)?;
            sound(rest.trim_start_matches('/').to_owned())
        }
        UrlFault::UnicodeHost => {
            let (before, rest) = url.split_once("//")?;
            let host = rest.split(['/', '?', '#', ':']).next()?;
            let ascii = super::host(host)?;
            let www = if host.starts_with("www.") { "www." } else { "" };
            let after = rest.get(host.len()..)?;
            sound(format!("{before}//{www}{ascii}{after}"))
        }
        UrlFault::Space | UrlFault::Host => None,
    }
}

fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    let mut letters = scheme.bytes();
    let begins = letters.next()?.is_ascii_alphabetic();
    let goes_on = letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    (begins && goes_on).then_some((scheme, rest))
}

fn host_fault(rest: &str) -> Option<UrlFault> {
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let letters = host.bytes().take_while(u8::is_ascii_alphabetic).count();
    if 0 < letters && host.get(letters..) == Some(":") {
        return Some(UrlFault::TwoSchemes);
    }
    match host.chars().next() {
        Some(first) if first.is_ascii_alphanumeric() => None,
        Some(first) if first.is_alphanumeric() => Some(UrlFault::UnicodeHost),
        Some('[') if host.ends_with(']') || host.contains("]:") => None,
        Some(_) | None => Some(UrlFault::Host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expect: Option<UrlFault>, repair: Option<&str>) {
        assert_eq!(url_fault(url), expect, "{url}");
        let repaired = expect.and_then(|fault| repaired(url, fault));
        assert_eq!(repaired.as_deref(), repair, "{url}");
    }

    #[test]
    fn sound_addresses_have_no_fault() {
        for url in [
            "http://a.example/x",
            "//a.example/x",
            "ftp://a.example",
            "news:comp.lang.c",
            "https://a.example?x=1",
            "https://müller.example/",
            "http://192.0.2.1/x",
            "http://[2001:db8::1]/",
        ] {
            check(url, None, None);
        }
    }

    #[test]
    fn faults_are_named_and_repaired_where_one_reading_is_likely() {
        use UrlFault as F;
        let http = Some("http://a.example/x");
        let https = Some("https://a.example/x");
        for (url, fault, repair) in [
            ("http://a.example/x y", F::Space, None),
            ("a.example/x", F::NoScheme, https),
            (
                "www.a.example:80",
                F::NoScheme,
                Some("https://www.a.example:80"),
            ),
            ("://a.example/x", F::NoScheme, https),
            (":http://a.example/x", F::NoScheme, http),
            ("yes", F::NoScheme, None),
            ("報告.pdf", F::NoScheme, None),
            ("", F::NoScheme, None),
            ("http:/a.example/x", F::Slashes, http),
            ("http:a.example/x", F::Slashes, http),
            ("https:///a.example/x", F::Slashes, https),
            ("htp://a.example/x", F::Scheme, http),
            ("htttps://a.example/x", F::Scheme, https),
            ("hhttp:/a.example/x", F::Scheme, http),
            ("doi:10.1000/182", F::Scheme, None),
            ("http://https://a.example/x", F::TwoSchemes, https),
            (
                "http://кц.рф/x",
                F::UnicodeHost,
                Some("http://xn--j1ay.xn--p1ai/x"),
            ),
            (
                "http://日本.example/",
                F::UnicodeHost,
                Some("http://xn--wgv71a.example/"),
            ),
            ("http://", F::Host, None),
            ("http://.a.example", F::Host, None),
        ] {
            check(url, Some(fault), repair);
        }
    }
}
