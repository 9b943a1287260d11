//! Numeric dates whose year has two digits, which only their place makes dates: `02.12.19`.

use jiff::civil::Date;

use crate::model::{CitedDate, LanguageTag};

/// A date of short numbers with one separator between them, its first byte and the byte after its
/// last; `None` where it can be read two ways.
///
/// Whoever calls knows that the text stands where pages have their date: elsewhere such numbers
/// are versions and parts.
pub(super) fn find(
    text: &str,
    language: Option<&LanguageTag>,
) -> Option<(CitedDate, usize, usize)> {
    let bytes = text.as_bytes();
    let starts = (0..bytes.len()).filter(|start| {
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        before.is_none_or(|byte| !is_part(*byte))
    });
    starts.take(MAX_TRIED).find_map(|start| {
        let (first, at) = number(bytes, start)?;
        let separator = *bytes.get(at).filter(|byte| b"./-".contains(byte))?;
        let (second, at) = number(bytes, at + 1)?;
        let (third, end) = number(bytes, at + 1).filter(|_| bytes.get(at) == Some(&separator))?;
        let ends = bytes.get(end).is_none_or(|byte| !is_part(*byte)) || ends_sentence(bytes, end);
        let date = dated([first, second, third], separator, language).filter(|_| ends)?;
        Some((CitedDate::day(date), start, end))
    })
}

/// How many places of a line are tried.
const MAX_TRIED: usize = 200;

/// Whether a byte beside the numbers makes them something else: a version, an address.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"./-".contains(&byte)
}

fn ends_sentence(bytes: &[u8], end: usize) -> bool {
    bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_none_or(u8::is_ascii_whitespace)
}

/// A number of one or two digits, and the byte after it.
fn number(bytes: &[u8], start: usize) -> Option<(Number, usize)> {
    let digits = bytes.get(start..)?.iter().take(3);
    let digits: Vec<i8> = digits
        .take_while(|byte| byte.is_ascii_digit())
        .filter_map(|byte| i8::try_from(*byte - b'0').ok())
        .collect();
    match digits.as_slice() {
        [one] => Some((
            Number {
                value: *one,
                digits: 1,
            },
            start + 1,
        )),
        [tens, ones] => Some((
            Number {
                value: tens * 10 + ones,
                digits: 2,
            },
            start + 2,
        )),
        _ => None,
    }
}

/// A number as it is written.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: i8,
    digits: usize,
}

/// Reads the numbers in the order of the language.
fn dated(
    [first, second, third]: [Number; 3],
    sep: u8,
    language: Option<&LanguageTag>,
) -> Option<Date> {
    let tag = language.map(LanguageTag::as_str);
    let primary = language.map_or("", LanguageTag::primary);
    let date = |year: Number, month: Number, day: Number| {
        let century = match year.value {
            _ if year.digits != 2 => return None,
            0..=39 => 2000,
            95.. => 1900,
            _ => return None,
        };
        Date::new(century + i16::from(year.value), month.value, day.value).ok()
    };
    match primary {
        "ja" | "ko" | "zh" | "hu" | "lt" | "mn" => return date(first, second, third),
        // Years of two digits are of another calendar there as often as not.
        "fa" | "ps" | "ckb" | "th" | "lo" | "km" | "ne" | "am" | "ti" | "he" => return None,
        _ => {}
    }
    let (day_first, month_first) = (date(third, second, first), date(third, first, second));
    // With hyphens the year may come first anywhere, as in ISO 8601.
    if sep == b'-' && date(first, second, third).is_some() {
        return None;
    }
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other && (sep != b'.' || primary == "en") => match tag {
            Some("en-US" | "en-PH") if sep != b'.' => Some(other),
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
            (
                "von Eva Beispiel am 30.1.21.",
                Some("de"),
                Some("2021-01-30"),
            ),
            (
                "Posted 9/18/04 by A. Example",
                Some("en-US"),
                Some("2004-09-18"),
            ),
            ("24-11-03", Some("sv"), None),
            ("24-11-03", Some("en-US"), None),
            ("03.11.24", Some("en-US"), None),
            ("30.11.24", Some("en-GB"), Some("2024-11-30")),
            ("03/05/12", Some("fa"), None),
            ("05/03/40", Some("th"), None),
            ("1.2.3", Some("de"), None),
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
