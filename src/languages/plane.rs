//! Tables of what characters are, filled once: Unicode's own are slower to ask.

use std::ops::RangeInclusive;

/// Stretches of the Basic Multilingual Plane whose characters are all alike: Chinese characters,
/// Korean syllables, surrogates and private use. Most of the plane.
const ALIKE: [RangeInclusive<u16>; 5] = [
    0x3400..=0x4dbf,
    0x4e00..=0x9fff,
    0xac00..=0xd7a3,
    0xd800..=0xdfff,
    0xe000..=0xf8ff,
];

/// What every character of the Basic Multilingual Plane is, by its code; `look_up` is asked for one
/// of those that are alike. Surrogates are no characters and get the default.
pub(crate) fn table<T: Clone + Default>(look_up: impl Fn(char) -> T) -> Vec<T> {
    let value = |unit: u16| {
        char::from_u32(unit.into())
            .map(&look_up)
            .unwrap_or_default()
    };
    let mut table = Vec::with_capacity(1 << 16);
    let mut next = Some(0u16);
    while let Some(unit) = next {
        let alike = ALIKE.iter().find(|range| *range.start() == unit);
        let end = alike.map_or(unit, |range| *range.end());
        table.resize(usize::from(end) + 1, value(unit));
        next = end.checked_add(1);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_said_to_be_alike_are() {
        let facts = |c: char| {
            (
                c.is_alphabetic(),
                c.is_numeric(),
                c.is_whitespace(),
                c.to_lowercase().eq([c]),
            )
        };
        let table = table(facts);
        assert_eq!(table.len(), 1 << 16);
        for c in '\0'..='\u{ffff}' {
            assert_eq!(table.get(c as usize), Some(&facts(c)), "{c:?}");
        }
    }
}
