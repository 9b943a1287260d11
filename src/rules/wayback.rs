//! What the address of an archived copy says of itself.

use jiff::civil::Date;
use url::Url;

/// Reads the day of capture out of a Wayback Machine address.
///
/// Gives the UTC day; `None` for other archives and for addresses without a full 14-digit
/// timestamp (`/web/2024*/…`).
pub(super) fn capture_day(archive_url: &str) -> Option<Date> {
    let url = Url::parse(archive_url).ok()?;
    let host = url.host_str()?;
    if host != "archive.org" && !host.ends_with(".archive.org") {
        return None;
    }
    let mut segments = url.path_segments()?.skip_while(|segment| *segment != "web");
    segments.next()?;
    let stamp = segments.next()?;
    // `20240102030405id_`: flags may follow the digits.
    let digits = stamp
        .get(..14)
        .filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?;
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
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
}
