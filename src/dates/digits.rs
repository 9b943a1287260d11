//! Decimal digits of every script, and Chinese numerals.

/// The zero of each block of ten decimal digits, general category Nd of Unicode 16, ascending.
/// Mathematical digits and scripts without a living press are left out.
const ZEROS: [u32; 37] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66,
    0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
    0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xAA50, 0xABF0, 0xFF10,
    0x1E950,
];

/// The digits `۰` to `۹`, which Persian, Pashto, Kurdish and Urdu use.
pub(super) const PERSIAN_ZERO: u32 = 0x6F0;
/// The zero of Thai digits.
pub(super) const THAI_ZERO: u32 = 0xE50;
/// The Bengali zero.
pub(super) const BENGALI_ZERO: u32 = 0x9E6;
/// What stands for the block of Chinese numerals, which have no block.
pub(super) const CHINESE: u32 = 0x3007;

/// The value of a decimal digit and the zero of its block.
pub(super) fn decimal(c: char) -> Option<(u32, u32)> {
    let code = u32::from(c);
    if code < 0x660 {
        return c.to_digit(10).map(|digit| (digit, 0x30));
    }
    if (0x2000..0xA620).contains(&code) {
        return None;
    }
    let after = ZEROS.partition_point(|zero| *zero <= code);
    let zero = *ZEROS.get(after.checked_sub(1)?)?;
    (code < zero + 10).then_some((code - zero, zero))
}

/// A Chinese numeral: 0 to 9, or 10, 100, 1000.
pub(super) fn chinese(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

/// The number that Chinese numerals write: digit by digit (二〇二四) or with tens and hundreds
/// (二千二十四, 十一). `None` for what is neither or has more than four digits.
pub(super) fn chinese_number(numerals: impl Iterator<Item = u32> + Clone) -> Option<u32> {
    if numerals.clone().all(|value| value < 10) {
        let mut count = 0;
        let value = numerals.fold(0, |sum, digit| {
            count += 1;
            if count <= 4 { sum * 10 + digit } else { 0 }
        });
        return (count <= 4).then_some(value);
    }
    let (mut sum, mut digit, mut last_unit) = (0, None, 10_000);
    for value in numerals {
        if value < 10 {
            if digit.replace(value).is_some_and(|before| before != 0) {
                return None;
            }
        } else {
            if last_unit <= value {
                return None;
            }
            sum += digit.take().unwrap_or(1) * value;
            last_unit = value;
        }
    }
    Some(sum + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script_have_their_value() {
        for (text, expected) in [("٣", 3), ("۴", 4), ("๗", 7), ("९", 9), ("৫", 5), ("６", 6)]
        {
            let c = text.chars().next().unwrap();
            assert_eq!(decimal(c).map(|(value, _)| value), Some(expected), "{text}");
        }
        for c in ['a', 'ж', '三', 'เ', 'ע', '²'] {
            assert_eq!(decimal(c), None, "{c}");
        }
    }

    #[test]
    fn chinese_numerals_are_read_both_ways() {
        for (text, expected) in [
            ("二〇二一", Some(2021)),
            ("二千二十一", Some(2021)),
            ("十", Some(10)),
            ("二十五", Some(25)),
            ("三十", Some(30)),
            ("十十", None),
            ("一二三四五", None),
        ] {
            let numerals = text.chars().filter_map(chinese).collect::<Vec<_>>();
            assert_eq!(chinese_number(numerals.iter().copied()), expected, "{text}");
        }
    }
}
