//! Parameters of addresses that tell where a reader came from.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::canonical::host;

static TABLE: &str = include_str!("data/tracking.tsv");

/// Hosts by parameter name, and by what a name begins with.
#[derive(Debug, Default)]
struct Names {
    whole: HashMap<&'static str, Vec<&'static str>>,
    beginnings: Vec<(&'static str, Vec<&'static str>)>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (Some(name), Some(hosts)) = (columns.next(), columns.next()) else {
            continue;
        };
        let hosts: Vec<&str> = hosts.split(';').collect();
        match name.strip_suffix('*') {
            Some(beginning) => names.beginnings.push((beginning, hosts)),
            None => {
                names.whole.insert(name, hosts);
            }
        }
    }
    names
});

/// The stretches of an address, in bytes, to delete so that its tracking parameters are gone and
/// everything else stays as it is; in order, empty for none.
///
/// `&amp;` separates as `&` does. A fragment goes when it holds nothing else.
#[must_use]
pub fn tracking_parameters(url: &str) -> Vec<Range<usize>> {
    if !url.contains(['?', '#']) {
        return Vec::new();
    }
    let Some(host) = host(url) else {
        return Vec::new();
    };
    let hash = url.find('#').unwrap_or(url.len());
    let question = url.get(..hash).and_then(|before| before.find('?'));
    let mut found = match question {
        Some(at) => in_pairs(url, at..hash, &host, false),
        None => Vec::new(),
    };
    if hash < url.len() {
        found.extend(in_pairs(url, hash..url.len(), &host, true));
    }
    found
}

/// The address without its tracking parameters.
#[must_use]
pub fn without_tracking(url: &str) -> String {
    let mut kept = String::with_capacity(url.len());
    let mut at = 0;
    for range in tracking_parameters(url) {
        kept.push_str(url.get(at..range.start).unwrap_or_default());
        at = range.end;
    }
    kept.push_str(url.get(at..).unwrap_or_default());
    kept
}

/// Whether `name=value` is a tracking parameter on that host.
pub(super) fn is_tracking(pair: &str, host: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    let on = |hosts: &Vec<&str>| hosts.iter().any(|pattern| is_of(host, pattern));
    if NAMES.whole.get(name.as_str()).is_some_and(on) {
        return true;
    }
    let mut beginnings = NAMES.beginnings.iter();
    beginnings.any(|(beginning, hosts)| name.starts_with(beginning) && on(hosts))
}

fn is_of(host: &str, pattern: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    if let Some(site) = pattern.strip_suffix('*') {
        return host.starts_with(site) || host.contains(&format!(".{site}"));
    }
    host.strip_suffix(pattern)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// The tracking parameters of the query or fragment at `part`, its `?` or `#` included.
fn in_pairs(url: &str, part: Range<usize>, host: &str, whole: bool) -> Vec<Range<usize>> {
    let pairs = pairs(url, part.start + 1, part.end);
    let tracks: Vec<bool> = pairs
        .iter()
        .map(|pair| {
            let text = url.get(pair.clone()).unwrap_or_default();
            text.contains('=') && is_tracking(text, host)
        })
        .collect();
    let Some(first) = tracks.iter().position(|tracks| !tracks) else {
        return vec![part];
    };
    if whole {
        return Vec::new();
    }
    let mut found = Vec::new();
    if 0 < first {
        let kept = pairs.get(first).map_or(part.end, |pair| pair.start);
        found.push(part.start + 1..kept);
    }
    let after = pairs.windows(2).zip(tracks.iter().skip(1)).skip(first);
    for (neighbours, tracks) in after {
        if let ([before, pair], true) = (neighbours, tracks) {
            found.push(before.end..pair.end);
        }
    }
    found
}

fn pairs(url: &str, start: usize, end: usize) -> Vec<Range<usize>> {
    let mut pairs = Vec::new();
    let mut from = start;
    let text = url.get(start..end).unwrap_or_default();
    for (at, _) in text.match_indices('&') {
        pairs.push(from..start + at);
        let rest = text.get(at..).unwrap_or_default();
        let width = if rest.starts_with("&amp;") { 5 } else { 1 };
        from = start + at + width;
    }
    pairs.push(from..end);
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracking_parameters_go_and_the_rest_stays() {
        for (url, expect) in [
            ("https://a.example/x?utm_source=b", "https://a.example/x"),
            (
                "https://a.example/?utm_source=b#top",
                "https://a.example/#top",
            ),
            (
                "https://a.example/?id=1&utm_source=b&utm_medium=c&p=2",
                "https://a.example/?id=1&p=2",
            ),
            (
                "https://a.example/?utm_source=b&fbclid=c&id=1",
                "https://a.example/?id=1",
            ),
            (
                "https://a.example/?id=1&amp;utm_source=b&amp;p=2",
                "https://a.example/?id=1&amp;p=2",
            ),
            (
                "https://a.example/?gclid=b&id=1&UTM_Source=b",
                "https://a.example/?id=1",
            ),
            ("https://a.example/x#utm_source=b", "https://a.example/x"),
            ("https://a.example/x#xtor=RSS-1", "https://a.example/x"),
            (
                "https://a.example/x#:~:text=utm_source=b",
                "https://a.example/x#:~:text=utm_source=b",
            ),
            (
                "https://www.youtube.com/watch?v=abc&feature=share&t=5",
                "https://www.youtube.com/watch?v=abc&t=5",
            ),
            (
                "https://a.example/?feature=share",
                "https://a.example/?feature=share",
            ),
            (
                "https://books.google.de/books?id=x&pg=PA5&dq=y&ei=z&ots=q",
                "https://books.google.de/books?id=x&pg=PA5&dq=y",
            ),
            (
                "https://books.google.co.uk/books?ei=z&id=x",
                "https://books.google.co.uk/books?id=x",
            ),
            (
                "https://новини.example/а?utm_campaign=б&п=1",
                "https://новини.example/а?п=1",
            ),
            (
                "https://a.example/?utm_source",
                "https://a.example/?utm_source",
            ),
            ("https://a.example/?a=1&&b=2", "https://a.example/?a=1&&b=2"),
            ("https://a.example/?", "https://a.example/?"),
            ("no address?utm_source=x", "no address?utm_source=x"),
        ] {
            assert_eq!(without_tracking(url), expect, "{url}");
            let again = without_tracking(expect);
            assert_eq!(again, expect);
        }
    }

    #[test]
    fn every_table_line_names_parameter_hosts_and_source() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 3, "{line}");
            let name = line.split('\t').next().unwrap_or_default();
            assert_eq!(
                name,
                name.to_ascii_lowercase(),
                "names are folded to lower case"
            );
        }
    }
}
