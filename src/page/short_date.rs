//! Numeric dates whose year has two digits, which only their place makes dates: `02.12.19`.

use jiff::civil::Date;

use crate::model::{CitedDate, LanguageTag};

/// A date of two-digit numbers with one separator between them, its first byte and the byte after
/// its last; `None` where it can be read two ways.
///
/// Whoever calls knows that the text stands where pages have their date: elsewhere such numbers
/// are versions and parts.
pub(super) fn find(
    text: &str,
    language: Option<&LanguageTag>,
) -> Option<(CitedDate, usize, usize)> {
    let bytes = text.as_bytes();
    bytes.windows(8).enumerate().find_map(|(start, window)| {
        let stands_alone = |byte: Option<&u8>| {
            byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && !b"./-".contains(byte))
        };
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        if !stands_alone(before) || !stands_alone(bytes.get(start + 8)) {
            return None;
        }
        let (&[a1, a2, sep, b1, b2, other, c1, c2], b'.' | b'/' | b'-') = (window, window.get(2)?)
        else {
            return None;
        };
        let numbers = [pair(a1, a2)?, pair(b1, b2)?, pair(c1, c2)?];
        let date = dated(numbers, sep, language).filter(|_| sep == other)?;
        Some((CitedDate::day(date), start, start + 8))
    })
}

fn pair(tens: u8, ones: u8) -> Option<i8> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    i8::try_from(digit(tens)? * 10 + digit(ones)?).ok()
}

/// Reads the numbers in the order of the language.
fn dated([first, second, third]: [i8; 3], sep: u8, language: Option<&LanguageTag>) -> Option<Date> {
    let tag = language.map(LanguageTag::as_str);
    let primary = language.map_or("", LanguageTag::primary);
    let date = |year: i8, month: i8, day: i8| {
        let century = match year {
            0..=49 => 2000,
            95.. => 1900,
            _ => return None,
        };
        Date::new(century + i16::from(year), month, day).ok()
    };
    match primary {
        "ja" | "ko" | "zh" | "hu" | "lt" | "mn" => return date(first, second, third),
        _ => {}
    }
    let (day_first, month_first) = (date(third, second, first), date(third, first, second));
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other && sep != b'.' => match tag {
            Some("en-US" | "en-PH") => Some(other),
            Some(_) if primary != "en" => Some(one),
            Some(_) | None => None,
        },
        (Some(one), _) => Some(one),
        (None, other) => other.filter(|_| primary == "en"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digit_years_are_read_in_the_order_of_the_language() {
        for (text, language, expect) in [
            ("02.12.19", Some("de"), Some("2019-12-02")),
            ("Stand 28.09.19, 12:44", Some("de"), Some("2019-09-28")),
            ("03/11/24", Some("fr"), Some("2024-11-03")),
            ("03/11/24", Some("en-US"), Some("2024-03-11")),
            ("03/11/24", Some("en"), None),
            ("03/21/24", Some("en"), Some("2024-03-21")),
            ("24.11.03", Some("ja"), Some("2024-11-03")),
            ("опубліковано 03.11.98", Some("uk"), Some("1998-11-03")),
            ("10.11.12.13", Some("de"), None),
            ("v10.11.12", Some("de"), None),
            ("02.13.19", Some("de"), None),
            ("02.12-19", Some("de"), None),
            ("02.12.70", Some("de"), None),
            ("", None, None),
        ] {
            let tag = language.and_then(LanguageTag::parse);
            let found = find(text, tag.as_ref()).map(|(date, ..)| date.to_string());
            assert_eq!(found.as_deref(), expect, "{text} {language:?}");
        }
    }
}
