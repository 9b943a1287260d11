//! What a `robots.txt` (RFC 9309) disallows and the pace it asks for.

use std::time::Duration;

use memchr::memmem;
use url::Url;

/// What is read of the file; RFC 9309 asks for at least this.
pub(super) const MOST_BYTES: usize = 500 << 10;
/// What is kept of its patterns, for each host; a file of nothing but short ones would take up many
/// times its size. Whatever comes after is passed over.
const MOST_KEPT_BYTES: usize = 1 << 20;

/// What a site asks of one robot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rules {
    /// The `Crawl-delay`.
    pub(super) delay: Option<Duration>,
    lines: Vec<Line>,
    /// What the lines take up.
    bytes: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    allow: bool,
    pattern: Vec<u8>,
}

impl Rules {
    /// All is allowed, at this pace.
    pub(super) fn at_pace(delay: Duration) -> Self {
        Self {
            delay: Some(delay),
            ..Self::default()
        }
    }

    /// Reads what a file asks of the robot called `agent` (its product token, of any case), else
    /// of `*`. Groups for the same robot count as one. Whatever cannot be read is passed over.
    pub(super) fn parse(file: &[u8], agent: &str) -> Self {
        let file = file.get(..MOST_BYTES).unwrap_or(file);
        let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        let mut own = None;
        let mut others = Self::default();
        let (mut for_us, mut for_all, mut in_names) = (false, false, false);
        for line in file.split(|byte| matches!(byte, b'\r' | b'\n')) {
            let line = line.split(|byte| *byte == b'#').next().unwrap_or_default();
            let mut parts = line.splitn(2, |byte| *byte == b':');
            let key = parts.next().unwrap_or_default().trim_ascii();
            let Some(value) = parts.next().map(<[u8]>::trim_ascii) else {
                continue;
            };
            let key = key.to_ascii_lowercase();
            if key == b"user-agent" {
                if !in_names {
                    (for_us, for_all) = (false, false);
                }
                in_names = true;
                for_all |= value == b"*";
                if names(value, agent) {
                    for_us = true;
                    own.get_or_insert_with(Self::default);
                }
            } else if matches!(key.as_slice(), b"allow" | b"disallow" | b"crawl-delay") {
                in_names = false;
                if let Some(own) = own.as_mut().filter(|_| for_us) {
                    own.take(&key, value);
                }
                if for_all {
                    others.take(&key, value);
                }
            }
        }
        own.unwrap_or(others)
    }

    /// Whether the page may be asked for: the longest pattern that fits decides, and of two as
    /// long the one that allows.
    pub(super) fn allow(&self, page: &Url) -> bool {
        let mut path = page.path().to_owned();
        if let Some(query) = page.query() {
            path.push('?');
            path.push_str(query);
        }
        let path = normal(path.as_bytes());
        let fitting = self.lines.iter().filter(|line| fits(&line.pattern, &path));
        let decisive = fitting.max_by_key(|line| (line.pattern.len(), line.allow));
        decisive.is_none_or(|line| line.allow || path == b"/robots.txt")
    }

    fn take(&mut self, key: &[u8], value: &[u8]) {
        if key == b"crawl-delay" {
            let seconds = std::str::from_utf8(value)
                .ok()
                .and_then(|value| value.parse().ok());
            let delay = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            self.delay = self.delay.max(delay);
        } else if !value.is_empty() {
            let line = Line {
                allow: key == b"allow",
                pattern: normal(value),
            };
            let bytes = size_of::<Line>() + line.pattern.len();
            if self.lines.last() != Some(&line) && self.bytes + bytes <= MOST_KEPT_BYTES {
                self.bytes += bytes;
                self.lines.push(line);
            }
        }
    }
}

/// The name by which `robots.txt` calls whoever sends this `User-Agent`: its first word, without
/// the version.
pub(super) fn token(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic() && !matches!(c, '-' | '_'));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

fn names(value: &[u8], agent: &str) -> bool {
    let named = std::str::from_utf8(value).map(token).unwrap_or_default();
    !named.is_empty() && named.eq_ignore_ascii_case(agent)
}

/// One spelling for the same path: octets that need no percent sign go without, all others have
/// one, with upper-case digits.
fn normal(path: &[u8]) -> Vec<u8> {
    let mut normal = Vec::with_capacity(path.len());
    let mut rest = path;
    while let [byte, after @ ..] = rest {
        rest = after;
        let coded = match (byte, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(h, l)| h << 4 | l),
            _ => None,
        };
        let octet = coded.unwrap_or(*byte);
        if coded.is_some() {
            rest = after.get(2..).unwrap_or_default();
        }
        let unreserved = octet.is_ascii_alphanumeric() || b"-._~".contains(&octet);
        let plain = coded.is_none() && octet.is_ascii_graphic();
        if unreserved || plain {
            normal.push(octet);
        } else {
            normal.extend_from_slice(format!("%{octet:02X}").as_bytes());
        }
    }
    normal
}

fn hex(digit: u8) -> Option<u8> {
    let digit = char::from(digit).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// Whether a pattern fits the start of the path: `*` stands for anything, `$` at the end for the
/// path's end. Takes the first place for each piece, which is enough, so that no pattern takes
/// long.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = match pattern {
        [pattern @ .., b'$'] => (pattern, true),
        _ => (pattern, false),
    };
    let mut pieces = pattern.split(|byte| *byte == b'*');
    let Some(mut rest) = pieces.next().and_then(|start| path.strip_prefix(start)) else {
        return false;
    };
    let pieces: Vec<&[u8]> = pieces.collect();
    let Some((last, middle)) = pieces.split_last() else {
        return !to_end || rest.is_empty();
    };
    for piece in middle {
        let Some(place) = memmem::find(rest, piece) else {
            return false;
        };
        rest = rest.get(place + piece.len()..).unwrap_or_default();
    }
    if to_end {
        rest.ends_with(last)
    } else {
        memmem::find(rest, last).is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allowed(file: &str, path: &str) -> bool {
        let page = Url::parse(&format!("http://a.example{path}")).unwrap();
        Rules::parse(file.as_bytes(), "citecheck").allow(&page)
    }

    #[test]
    fn the_longest_pattern_decides() {
        let rules = "User-agent: *\nDisallow: /p\nAllow: /pub\nDisallow: /pub/x\nAllow: /a\n\
                     Disallow: /a\nDisallow: /*.pdf$\nDisallow: *q=1\nDisallow: /caf%c3%a9\n\
                     Disallow: /straße\nDisallow: /%7Ejoe\nDisallow: /end$\nDisallow:\n\
                     Allow: /r*b*t\nDisallow: /r";
        for (path, expect) in [
            ("/", true),
            ("/p", false),
            ("/private", false),
            ("/public", true),
            ("/pub/xy", false),
            ("/a", true), // as long: allowed
            ("/x.pdf", false),
            ("/x.pdf?a", true),
            ("/x?q=1", false),
            ("/café", false),
            ("/Caf%C3%A9", true),
            ("/stra%C3%9Fe", false),
            ("/~joe", false),
            ("/end", false),
            ("/end/", true),
            ("/rabbit", true),
            ("/rat", false),
            ("/robots.txt", true),
        ] {
            assert_eq!(allowed(rules, path), expect, "{path}");
        }
    }

    #[test]
    fn the_group_for_us_holds_else_the_one_for_all() {
        for (file, expect) in [
            ("", true),
            ("Disallow: /", true), // for nobody
            ("User-agent: *\nDisallow: /", false),
            ("\u{feff}USER-AGENT : *\r\nDISALLOW : / # all", false),
            ("User-agent: CiteCheck\nDisallow: /", false),
            ("User-agent: citecheck/2.0\nDisallow: /", false),
            ("User-agent: citechecker\nDisallow: /", true),
            ("User-agent: cite\nDisallow: /", true),
            (
                "User-agent: *\nDisallow: /\nUser-agent: citecheck\nAllow: /",
                true,
            ),
            ("User-agent: *\nDisallow: /\nUser-agent: citecheck\n", true),
            ("User-agent: x\nUser-agent: citecheck\nDisallow: /", false),
            ("User-agent: citecheck\nUser-agent: x\nDisallow: /", false),
            (
                "User-agent: citecheck\nDisallow: /z\nUser-agent: x\nDisallow: /",
                true,
            ),
            ("User-agent: citecheck\n\nSitemap: /s\n\nDisallow: /", false),
            (
                "User-agent: citecheck\nAllow: /z\nUser-agent: citecheck\nDisallow: /",
                false,
            ),
            ("<html>User-agent: *\nDisallow: /", true),
        ] {
            assert_eq!(allowed(file, "/page"), expect, "{file}");
        }
    }

    #[test]
    fn a_file_of_short_patterns_takes_up_no_more_than_is_kept() {
        let lines = (0..60_000).map(|n| format!("allow:{n:x}\n"));
        let file = format!("User-agent: *\nDisallow: /a\n{}", lines.collect::<String>());
        let rules = Rules::parse(file.as_bytes(), "citecheck");
        let taken = rules.lines.len() * size_of::<Line>();
        assert!(MOST_KEPT_BYTES / 2 < taken && taken <= MOST_KEPT_BYTES);
        assert!(!rules.allow(&Url::parse("http://a.example/a").unwrap()));
    }

    /// The obvious way: every place is tried.
    fn fits_slowly(pattern: &[u8], path: &[u8]) -> bool {
        match pattern {
            [] => true,
            b"$" => path.is_empty(),
            [b'*', rest @ ..] => {
                (0..=path.len()).any(|at| fits_slowly(rest, path.get(at..).unwrap()))
            }
            [first, rest @ ..] => path
                .strip_prefix(&[*first])
                .is_some_and(|path| fits_slowly(rest, path)),
        }
    }

    proptest! {
        #[test]
        fn patterns_fit_as_the_standard_says(pattern in "/[ab*]{0,8}[$]?", path in "/[ab]{0,10}") {
            let (pattern, path) = (pattern.as_bytes(), path.as_bytes());
            prop_assert_eq!(fits(pattern, path), fits_slowly(pattern, path));
        }

        #[test]
        fn any_file_is_read(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
            lines in "(user-agent: [*]\n|(dis)?allow: [/a*$%]{0,9}\n|crawl-delay: [0-9.e-]{0,9}\n){0,9}",
            path in "/[a%0-9]{0,9}",
        ) {
            let page = Url::parse("http://a.example").unwrap().join(&path).unwrap();
            for file in [bytes, lines.into_bytes()] {
                Rules::parse(&file, "citecheck").allow(&page);
            }
        }
    }
}
