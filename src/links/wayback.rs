//! Addresses of the Wayback Machine, as strictly as CS1 reads them.

use jiff::civil::Date;

use super::archive::host_and_path;

/// Why CS1 takes a Wayback Machine address for malformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WaybackFault {
    /// `/save/…` makes a new copy with every click.
    SaveCommand,
    /// `liveweb.archive.org` is gone.
    LiveWeb,
    /// A `*`: a calendar, no copy.
    Calendar,
    /// No timestamp at all.
    NoTimestamp,
    /// Fewer than 14 digits: the service chooses a copy.
    ShortTimestamp,
    /// More than 14 digits, or a day that no calendar has, or one before 1996.
    ImpossibleTimestamp,
    /// Something else than `web/` before the timestamp.
    Path,
    /// A flag that is not two letters and `_`, or one in an address without `web/`.
    Flag,
}

/// Days of captures begin here.
const FIRST_YEAR: i16 = 1996;

/// Reads the day of capture out of a Wayback Machine address.
///
/// Gives the UTC day; `None` for other archives and for addresses without a full 14-digit
/// timestamp (`/web/2024*/…`).
#[must_use]
pub fn capture_day(url: &str) -> Option<Date> {
    let (host, path) = host_and_path(url)?;
    let of_archive_org = host == "archive.org" || host.ends_with(".archive.org");
    let path = path.strip_prefix("web/").filter(|_| of_archive_org)?;
    day_of(path.get(..14)?)
}

/// What is wrong with a Wayback Machine address, by the rules of Module:Citation/CS1
/// (`archive_url_check`); `None` for sound ones and for addresses of other services.
#[must_use]
pub fn wayback_fault(url: &str) -> Option<WaybackFault> {
    let (host, path) = host_and_path(url)?;
    match host.as_str() {
        "liveweb.archive.org" => return Some(WaybackFault::LiveWeb),
        "web.archive.org" | "wayback.archive.org" => {}
        "archive.org" if path.starts_with("web/") || path.starts_with("save/") => {}
        _ => return None,
    }
    if path.starts_with("save/") {
        return Some(WaybackFault::SaveCommand);
    }
    let (web, rest) = path
        .strip_prefix("web/")
        .map_or((false, path), |rest| (true, rest));
    let segment = rest.split('/').next().unwrap_or(rest);
    if segment.contains('*') {
        return Some(WaybackFault::Calendar);
    }
    let digits = segment.bytes().take_while(u8::is_ascii_digit).count();
    let (stamp, flag) = segment.split_at_checked(digits)?;
    match digits {
        0 if stamp_follows(rest) => return Some(WaybackFault::Path),
        0 => return Some(WaybackFault::NoTimestamp),
        1..14 => return Some(WaybackFault::ShortTimestamp),
        14 => {}
        _ => return Some(WaybackFault::ImpossibleTimestamp),
    }
    let day = day_of(stamp).filter(|day| FIRST_YEAR <= day.year());
    if day.is_none() {
        return Some(WaybackFault::ImpossibleTimestamp);
    }
    let sound = flag.is_empty() || (web && is_flag(flag));
    (!sound).then_some(WaybackFault::Flag)
}

/// `foo/20190102030405/…`
fn stamp_follows(path: &str) -> bool {
    let second = path.split('/').nth(1).unwrap_or_default();
    second
        .get(..14)
        .is_some_and(|stamp| day_of(stamp).is_some())
}

fn is_flag(flag: &str) -> bool {
    let parts = flag.as_bytes().windows(3);
    let mut parts = parts.filter_map(|part| <[u8; 3]>::try_from(part).ok());
    parts.any(|[a, b, end]| a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && end == b'_')
}

fn day_of(stamp: &str) -> Option<Date> {
    let number = |from: usize, to: usize| {
        let digits = stamp.get(from..to)?;
        let only = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<i16>().ok().filter(|_| only)
    };
    stamp
        .get(8..14)?
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some(())?;
    let month = i8::try_from(number(4, 6)?).ok()?;
    let day = i8::try_from(number(6, 8)?).ok()?;
    Date::new(number(0, 4)?, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capture_day_is_read_from_full_timestamps_only() {
        let day = |url| capture_day(url).map(|day| day.to_string());
        let wayback = "https://web.archive.org/web/20240102235959id_/https://a.example/";
        assert_eq!(day(wayback).as_deref(), Some("2024-01-02"));
        assert_eq!(
            day("http://archive.org/web/20240102030405/x").as_deref(),
            Some("2024-01-02")
        );
        for none in [
            "https://web.archive.org/web/2024/https://a.example/",
            "https://web.archive.org/web/20241302030405/https://a.example/",
            "https://web.archive.org/save/https://a.example/",
            "https://notarchive.org/web/20240102030405/https://a.example/",
            "not a url",
            "",
        ] {
            assert_eq!(day(none), None, "{none}");
        }
    }

    #[test]
    fn addresses_are_judged_as_cs1_does() {
        use WaybackFault as F;
        for (path, expect) in [
            ("web/20190102030405/http://a.example/", None),
            ("20190102030405/http://a.example/", None),
            ("web/20190102030405if_/http://a.example/", None),
            ("web/http://a.example/", Some(F::NoTimestamp)),
            ("http://a.example/1", Some(F::NoTimestamp)),
            ("web/2019/http://a.example/", Some(F::ShortTimestamp)),
            (
                "web/201901020304/http://a.example/",
                Some(F::ShortTimestamp),
            ),
            ("web/*/http://a.example/", Some(F::Calendar)),
            ("web/2019*/http://a.example/", Some(F::Calendar)),
            ("save/http://a.example/", Some(F::SaveCommand)),
            (
                "web/20191302030405/http://a.example/",
                Some(F::ImpossibleTimestamp),
            ),
            (
                "web/19950102030405/http://a.example/",
                Some(F::ImpossibleTimestamp),
            ),
            (
                "web/201901020304055/http://a.example/",
                Some(F::ImpossibleTimestamp),
            ),
            ("wab/20190102030405/http://a.example/", Some(F::Path)),
            ("web/20190102030405i_/http://a.example/", Some(F::Flag)),
            ("20190102030405if_/http://a.example/", Some(F::Flag)),
        ] {
            let url = format!("https://web.archive.org/{path}");
            assert_eq!(wayback_fault(&url), expect, "{url}");
        }
        let live = "http://liveweb.archive.org/http://a.example/";
        assert_eq!(wayback_fault(live), Some(F::LiveWeb));
        assert_eq!(wayback_fault("https://archive.org/details/book"), None);
        assert_eq!(wayback_fault("https://archive.today/2019/x"), None);
    }
}
