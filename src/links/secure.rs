//! Hosts that are known to answer by https.

use std::collections::HashMap;
use std::sync::LazyLock;

static TABLE: &str = include_str!("data/https-hosts.tsv");

/// How well known it is that a host answers by https.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Https {
    /// It has done so for years, or browsers ask in no other way.
    Sure,
    /// Most hosts of its kind do.
    Likely,
}

/// Longest name that DNS has, in bytes.
const LONGEST_HOST: usize = 253;

/// What is known of a host, and why.
type Known = (Https, &'static str);

/// Hosts by name; those whose hosts all count begin with a dot.
static HOSTS: LazyLock<HashMap<&'static str, Known>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let read = |line: &'static str| {
        let mut columns = line.split('\t');
        let (host, how, why) = (columns.next()?, columns.next()?, columns.next()?);
        let how = if how == "sure" {
            Https::Sure
        } else {
            Https::Likely
        };
        Some((host, (how, why)))
    };
    lines.filter_map(read).collect()
});

/// Whether the host of an address is known to answer by https, and why; `None` where nothing is
/// known.
#[must_use]
pub fn serves_https(url: &str) -> Option<(Https, &'static str)> {
    let host = super::host(url).filter(|host| host.contains('.') && host.len() <= LONGEST_HOST)?;
    if let Some(known) = HOSTS.get(host.as_str()) {
        return Some(*known);
    }
    if let Some(known) = HOSTS.get(format!(".{host}").as_str()) {
        return Some(*known);
    }
    let mut dots = host.match_indices('.');
    dots.find_map(|(at, _)| HOSTS.get(host.get(at..)?).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_hosts_are_known_and_others_are_not() {
        for (url, expect) in [
            ("http://www.nytimes.com/x", Some(Https::Sure)),
            ("http://uk.wikipedia.org/wiki/X", Some(Https::Sure)),
            ("http://any.thing.dev/", Some(Https::Sure)),
            ("http://old.office.gov/x", Some(Https::Likely)),
            ("http://query.nytimes.com/x", None),
            ("http://notwikipedia.org/", None),
            ("http://dev/", None),
            ("http://a.example/", None),
        ] {
            assert_eq!(serves_https(url).map(|(how, _)| how), expect, "{url}");
        }
    }

    #[test]
    fn every_table_line_names_host_certainty_and_reason() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert!(
                matches!(columns.as_slice(), [_, "sure" | "likely", _]),
                "{line}"
            );
        }
    }
}
