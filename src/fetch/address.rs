//! Which addresses may be asked: the one place that decides.
//!
//! An article is written by strangers, and so are the redirects of the sites it cites. Neither
//! may make the machine of whoever checks it talk to its own network. The rules are asked before
//! every exchange, so that they hold for each redirect, and for each address a name resolves to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::model::{FailureKind, FetchFailure};

/// Ports of other protocols, which browsers refuse as well (WHATWG Fetch, "bad port").
const BAD_PORTS: &[u16] = &[
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
    102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
    465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
    993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 10080,
];

/// Special-purpose ranges of IPv4 (IANA registry, RFC 6890): network, prefix length, what it is.
const V4_RANGES: &[(Ipv4Addr, u32, &str)] = &[
    (Ipv4Addr::UNSPECIFIED, 8, "this host"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "private network"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "carrier-grade NAT"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "loopback"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "link-local"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "private network"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "protocol assignments"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "documentation"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "6to4 relay"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "private network"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "benchmarking"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "multicast"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "reserved"),
];

/// Ranges of IPv6 that are not the public internet, narrow before wide. Whatever is outside
/// `2000::/3` is refused in any case; the rows there only give it a name.
const V6_RANGES: &[(Ipv6Addr, u32, &str)] = &[
    (Ipv6Addr::UNSPECIFIED, 128, "this host"),
    (Ipv6Addr::LOCALHOST, 128, "loopback"),
    (v6(0, 0, 0xffff), 96, "IPv4-mapped"),
    (v6(0x64, 0xff9b, 0), 32, "NAT64"),
    (v6(0x2001, 0, 0), 32, "Teredo"),
    (v6(0x2001, 0xdb8, 0), 32, "documentation"),
    (v6(0x2001, 0, 0), 23, "protocol assignments"),
    (v6(0x2002, 0, 0), 16, "6to4"),
    (v6(0x3fff, 0, 0), 20, "documentation"),
    (v6(0xfc00, 0, 0), 7, "private network"),
    (v6(0xfe80, 0, 0), 10, "link-local"),
    (v6(0xff00, 0, 0), 8, "multicast"),
];

/// `first:second::` or, for the mapped range, `::sixth:0:0`.
const fn v6(first: u16, second: u16, sixth: u16) -> Ipv6Addr {
    Ipv6Addr::new(first, second, 0, 0, 0, sixth, 0, 0)
}

/// Endings of names that never lead to the public web (RFC 6761, RFC 6762, RFC 9476, ICANN).
const LOCAL_ENDINGS: &[&str] = &["localhost", "local", "internal", "lan", "home.arpa"];

/// Whether the URL may be asked as far as it tells by itself; names are judged again once they
/// are looked up.
///
/// # Errors
///
/// `UnsupportedScheme` for anything but `http` and `https` on an ordinary port, `PrivateAddress`
/// for a local name or address unless `allow_private`.
pub(super) fn check(url: &Url, allow_private: bool) -> Result<(), FetchFailure> {
    check_scheme(url)?;
    if let Some(port) = url.port().filter(|port| BAD_PORTS.contains(port)) {
        let detail = format!("port {port} belongs to another protocol");
        return Err(failure(FailureKind::UnsupportedScheme, detail));
    }
    if matches!(url.host(), Some(Host::Domain(name)) if has_ending(name, "onion")) {
        let detail = "an .onion address is reached by Tor only".to_owned();
        return Err(failure(FailureKind::UnsupportedScheme, detail));
    }
    match private_host(url) {
        Some(detail) if !allow_private => Err(failure(FailureKind::PrivateAddress, detail)),
        _ => Ok(()),
    }
}

/// Whether the URL's host is a local name or no public address, as far as it tells by itself.
#[must_use]
pub fn is_private(url: &Url) -> bool {
    private_host(url).is_some()
}

/// Says why the host is none of the public internet.
fn private_host(url: &Url) -> Option<String> {
    match url.host() {
        Some(Host::Domain(name)) => {
            local_name(name).then(|| format!("`{name}` is a name of the local network"))
        }
        Some(Host::Ipv4(ip)) => private_detail(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => private_detail(IpAddr::V6(ip)),
        None => Some("the address has no host".to_owned()),
    }
}

/// Whether the scheme is one that is fetched.
///
/// # Errors
///
/// `UnsupportedScheme` for anything but `http` and `https`.
pub(super) fn check_scheme(url: &Url) -> Result<(), FetchFailure> {
    if matches!(url.scheme(), "http" | "https") {
        return Ok(());
    }
    let detail = format!("`{}:` is no web address", url.scheme());
    Err(failure(FailureKind::UnsupportedScheme, detail))
}

/// Which special-purpose range the address lies in; `None` for the public internet.
pub(super) fn special_range(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(ip) => V4_RANGES
            .iter()
            .find(|(net, bits, _)| ip.to_bits() >> (32 - bits) == net.to_bits() >> (32 - bits))
            .map(|(.., what)| *what),
        IpAddr::V6(ip) => V6_RANGES
            .iter()
            .find(|(net, bits, _)| ip.to_bits() >> (128 - bits) == net.to_bits() >> (128 - bits))
            .map(|(.., what)| *what)
            .or_else(|| (ip.to_bits() >> 125 != 1).then_some("reserved")),
    }
}

/// Says why an address is refused; `None` for the public internet.
pub(super) fn private_detail(ip: IpAddr) -> Option<String> {
    special_range(ip).map(|range| format!("{ip} is no public address ({range})"))
}

fn local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    !name.contains('.') || LOCAL_ENDINGS.iter().any(|ending| has_ending(name, ending))
}

/// Whether `name` is `ending` or a name below it.
pub(super) fn has_ending(name: &str, ending: &str) -> bool {
    name.trim_end_matches('.')
        .strip_suffix(ending)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn failure(kind: FailureKind, detail: String) -> FetchFailure {
    FetchFailure { kind, detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(url: &str) -> Option<FailureKind> {
        check(&Url::parse(url).unwrap(), false)
            .err()
            .map(|failure| failure.kind)
    }

    #[test]
    fn every_spelling_of_a_local_address_is_refused() {
        for host in [
            "127.0.0.1",
            "127.0.0.1.",
            "2130706433",
            "0x7f.1",
            "017700000001",
            "0",
            "127.1",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::1]",
            "[2002:7f00:1::]",
            "[2001:0:53aa:64c::1]",
            "[2001:db8::1]",
            "[3fff::1]",
            "[fc00::1]",
            "[fd12:3456::1]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[::127.0.0.1]",
            "[4000::1]",
            "10.0.0.5",
            "100.64.0.1",
            "169.254.169.254",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "%31%32%37.0.0.1",
            "１２７.0.0.1",
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "printer.local",
            "db.internal",
            "intranet",
        ] {
            let url = format!("http://{host}/");
            assert_eq!(kind(&url), Some(FailureKind::PrivateAddress), "{url}");
        }
    }

    #[test]
    fn public_addresses_are_asked() {
        for host in [
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "[2606:4700::1111]",
            "[2a00:1450::1]",
            "пример.испытание",
            "例え.テスト",
            "notlocalhost.example",
            "mylocal.example",
        ] {
            assert_eq!(kind(&format!("https://{host}/a?b#c")), None, "{host}");
        }
    }

    #[test]
    fn other_schemes_and_ports_are_refused() {
        for url in [
            "ftp://a.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:a@b.example",
            "http://a.example:22/",
            "https://a.example:6667/",
            "http://a.example:0/",
            "http://abcdef.onion/",
        ] {
            assert_eq!(kind(url), Some(FailureKind::UnsupportedScheme), "{url}");
        }
    }

    #[test]
    fn private_addresses_are_asked_where_allowed() {
        for url in [
            "http://127.0.0.1:8080/",
            "http://[::1]:8080/",
            "http://printer/",
        ] {
            assert_eq!(check(&Url::parse(url).unwrap(), true), Ok(()), "{url}");
        }
    }
}
