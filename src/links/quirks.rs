//! Sites whose answers mean something else than elsewhere.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use url::{Position, Url, form_urlencoded};

use crate::model::LinkVerdict;

static TABLE: &str = include_str!("data/quirks.tsv");

/// Something that is known of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quirk {
    /// The site's name; with a dot in front also all names below.
    pub host: &'static str,
    kind: Kind,
    /// What it does, for people: a lowercase fragment.
    pub why: &'static str,
    /// Year and month in which it was known to be so.
    pub since: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// An answer of the page with this status.
    Status(u16, LinkVerdict),
    /// An answer of another address, made by the template, with this status.
    Also(u16, LinkVerdict, &'static str),
}

/// A line of the table.
struct Line {
    quirk: Quirk,
    /// What path and query must match; `None` for any.
    path: Option<Regex>,
}

/// Lines by the site's name without a dot in front.
static QUIRKS: LazyLock<HashMap<&'static str, Vec<Line>>> = LazyLock::new(|| {
    let mut quirks: HashMap<&'static str, Vec<Line>> = HashMap::new();
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    for line in lines.filter_map(read) {
        let name = line.quirk.host.trim_start_matches('.');
        quirks.entry(name).or_default().push(line);
    }
    quirks
});

fn read(line: &'static str) -> Option<Line> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    let (host, path, kind, status) = (next()?, next()?, next()?, next()?);
    let (verdict, ask, why, since) = (next()?, next()?, next()?, next()?);
    let verdict = || {
        let mut all = LinkVerdict::ALL.into_iter();
        all.find(|known| known.as_str() == verdict)
    };
    let kind = match kind {
        "status" => Kind::Status(status.parse().ok()?, verdict()?),
        "also" => Kind::Also(status.parse().ok()?, verdict()?, ask),
        _ => return None,
    };
    let path = match path {
        "-" => None,
        path => Some(Regex::new(path).ok()?),
    };
    let quirk = Quirk {
        host,
        kind,
        why,
        since,
    };
    Some(Line { quirk, path })
}

/// What an answer with this status means at the address, where that is something else than
/// elsewhere, or can be explained.
#[must_use]
pub fn meaning(url: &Url, status: u16) -> Option<(LinkVerdict, Quirk)> {
    of(url).find_map(|quirk| match quirk.kind {
        Kind::Status(known, verdict) if known == status => Some((verdict, quirk)),
        Kind::Status(..) | Kind::Also(..) => None,
    })
}

/// Another address that tells whether there is a page at the address cited.
///
/// # Examples
///
/// ```
/// let video = url::Url::parse("https://youtu.be/abcdefghijk").unwrap();
/// let ask = citecheck::links::quirks::other_form(&video).unwrap();
/// assert!(ask.as_str().ends_with("&url=https%3A%2F%2Fyoutu.be%2Fabcdefghijk"));
/// ```
#[must_use]
pub fn other_form(url: &Url) -> Option<Url> {
    let template = of(url).find_map(|quirk| match quirk.kind {
        Kind::Also(_, _, template) => Some(template),
        Kind::Status(..) => None,
    })?;
    let encoded: String = form_urlencoded::byte_serialize(url.as_str().as_bytes()).collect();
    Url::parse(&template.replace("{url}", &encoded)).ok()
}

/// What the [`other_form`]'s answer with this status means for the address cited.
#[must_use]
pub fn meaning_of_other_form(url: &Url, status: u16) -> Option<(LinkVerdict, Quirk)> {
    of(url).find_map(|quirk| match quirk.kind {
        Kind::Also(known, verdict, _) if known == status => Some((verdict, quirk)),
        Kind::Status(..) | Kind::Also(..) => None,
    })
}

/// The quirks that an address meets with.
fn of(url: &Url) -> impl Iterator<Item = Quirk> + '_ {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let own = ["www.", "m."]
        .iter()
        .find_map(|lead| host.strip_prefix(lead));
    let own = own.unwrap_or(host);
    let above = own.match_indices('.').map(|(at, _)| at + 1);
    let names = std::iter::once(0)
        .chain(above)
        .filter_map(move |at| Some((at, own.get(at..)?)));
    let asked = &url[Position::BeforePath..Position::AfterQuery];
    names
        .filter_map(|(at, name)| Some((at, QUIRKS.get(name)?)))
        .flat_map(|(at, lines)| lines.iter().map(move |line| (at, line)))
        .filter(|(at, line)| *at == 0 || line.quirk.host.starts_with('.'))
        .filter(move |(_, line)| line.path.as_ref().is_none_or(|path| path.is_match(asked)))
        .map(|(_, line)| line.quirk)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn statuses_mean_what_the_site_means_by_them() {
        for (address, status, expect) in [
            (
                "https://www.linkedin.com/in/x",
                999,
                Some(LinkVerdict::Blocked),
            ),
            (
                "https://de.linkedin.com/in/x",
                999,
                Some(LinkVerdict::Blocked),
            ),
            ("https://notlinkedin.com/", 999, None),
            ("https://linkedin.com.example/", 999, None),
            ("https://www.linkedin.com/in/x", 404, None),
            ("https://m.facebook.com/x", 400, Some(LinkVerdict::Blocked)),
            ("https://amazon.co.uk/x", 503, Some(LinkVerdict::Blocked)),
            ("https://aws.amazon.com/x", 503, None),
            ("http://[::1]/", 503, None),
        ] {
            let found = meaning(&url(address), status).map(|(verdict, _)| verdict);
            assert_eq!(found, expect, "{address} {status}");
        }
    }

    #[test]
    fn another_form_is_asked_only_of_what_has_one() {
        for (address, expect) in [
            ("https://www.youtube.com/watch?v=abcdefghijk&t=1", true),
            ("https://m.youtube.com/watch?t=1&v=abc-efg_ijk", true),
            ("https://www.youtube.com/watch?list=abcdefghijk", false),
            ("https://www.youtube.com/@channel", false),
            ("https://youtu.be/abcdefghijk?si=x", true),
            ("https://youtu.be/", false),
            ("https://vimeo.com/123456", true),
            ("https://vimeo.com/123456/abc", true),
            ("https://vimeo.com/about", false),
            ("https://vimeo.com/blog/2019-awards", false),
            ("https://x.com/someone/status/1", true),
            ("https://x.com/someone", false),
            ("https://box.com/status/1", false),
        ] {
            assert_eq!(other_form(&url(address)).is_some(), expect, "{address}");
        }
        let video = url("https://www.youtube.com/watch?v=abcdefghijk&t=1");
        let ask = other_form(&video).unwrap();
        let cited = ask.query_pairs().find(|(name, _)| name == "url").unwrap().1;
        assert_eq!(
            cited,
            video.as_str(),
            "encoded, so that nothing of it is lost"
        );
        let gone = meaning_of_other_form(&video, 404).map(|(verdict, _)| verdict);
        assert_eq!(gone, Some(LinkVerdict::Gone));
        assert_eq!(meaning_of_other_form(&video, 401), None);
    }

    #[test]
    fn every_table_line_is_read_and_says_why_and_since_when() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let quirk = read(line).unwrap_or_else(|| panic!("{line}")).quirk;
            assert_eq!(line.split('\t').count(), 8, "{line}");
            assert!(!quirk.why.is_empty(), "{line}");
            let month = quirk.since.split_once('-').unwrap();
            assert!(month.0.len() == 4 && month.1.len() == 2, "{line}");
            assert_eq!(quirk.host, quirk.host.to_ascii_lowercase(), "{line}");
            if let Kind::Also(_, _, template) = quirk.kind {
                assert!(template.starts_with("https://") && template.contains("{url}"));
            }
        }
    }
}
