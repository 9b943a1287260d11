//! Instants as archives write them.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// The instant of a 14-digit timestamp (`20190102030405`), UTC; `None` for anything else, and for
/// instants that no calendar has.
pub(super) fn read(digits: &str) -> Option<Timestamp> {
    if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i8>().ok();
    let at = DateTime::new(
        digits.get(..4)?.parse().ok()?,
        number(4, 6)?,
        number(6, 8)?,
        number(8, 10)?,
        number(10, 12)?,
        number(12, 14)?,
        0,
    );
    let zoned = at.ok()?.to_zoned(TimeZone::UTC).ok()?;
    Some(zoned.timestamp())
}

/// The 14 digits of an instant, UTC.
pub(super) fn write(at: Timestamp) -> String {
    at.strftime("%Y%m%d%H%M%S").to_string()
}

/// The instant of an HTTP date (`Memento-Datetime`); `None` if it is none.
pub(super) fn read_http_date(text: &str) -> Option<Timestamp> {
    let at = httpdate::parse_http_date(text.trim()).ok()?;
    Timestamp::try_from(at).ok()
}

/// An instant as an HTTP date (`Accept-Datetime`).
pub(super) fn write_http_date(at: Timestamp) -> String {
    httpdate::fmt_http_date(SystemTime::from(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps_are_read_and_written() {
        let check = |digits: &str, expect: Option<&str>| {
            let read = read(digits);
            assert_eq!(read.map(|at| at.to_string()).as_deref(), expect, "{digits}");
            if let Some(at) = read {
                assert_eq!(write(at), digits);
            }
        };
        check("20190102030405", Some("2019-01-02T03:04:05Z"));
        check("20240229235959", Some("2024-02-29T23:59:59Z"));
        check("20230229000000", None);
        check("20190002030405", None);
        check("20190102", None);
        check("2019010203040x", None);
        check("٢٠١٩٠١٠٢٠٣٠٤٠٥", None);
        check("", None);
    }

    #[test]
    fn http_dates_are_read_and_written() {
        let text = "Fri, 24 Nov 2017 15:13:15 GMT";
        let at = read_http_date(text).unwrap_or_default();
        assert_eq!(at.to_string(), "2017-11-24T15:13:15Z");
        assert_eq!(write_http_date(at), text);
        assert_eq!(read_http_date("yesterday"), None);
    }
}
