//! Folded names of templates and parameters that need no memory of their own.

use std::hash::Hasher;

use crate::article::catalogue::digit;
use crate::wikitext;

/// Longest folded name, in bytes; no table has a longer one.
const LONGEST: usize = 96;

/// A name folded as [`wikitext::fold_name`] does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Folded {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Folded {
    const EMPTY: Self = Self {
        bytes: [0; LONGEST],
        length: 0,
    };

    /// Folds a name; `None` when it is longer than any that a table has.
    pub(super) fn of(name: &str) -> Option<Self> {
        let mut folded = Self::EMPTY;
        for byte in name.bytes() {
            match byte {
                b'-' | b'_' | b'\t'..=b'\r' | b' ' => {}
                0x80.. => return Self::of_characters(name),
                _ => folded.push(byte.to_ascii_lowercase())?,
            }
        }
        Some(folded)
    }

    fn of_characters(name: &str) -> Option<Self> {
        let mut folded = Self::EMPTY;
        wikitext::folded(name).try_for_each(|c| folded.push_char(c))?;
        Some(folded)
    }

    /// The name of a positional parameter.
    pub(super) fn of_position(position: usize) -> Self {
        let mut folded = Self::EMPTY;
        let mut unit = 1;
        while unit <= position / 10 {
            unit *= 10;
        }
        while 0 < unit {
            let digit = u8::try_from(position / unit % 10).unwrap_or_default();
            let pushed = folded.push(b'0' + digit);
            unit = if pushed.is_some() { unit / 10 } else { 0 };
        }
        folded
    }

    fn push(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.length)? = byte;
        self.length += 1;
        Some(())
    }

    fn push_char(&mut self, c: char) -> Option<()> {
        let mut buffer = [0; 4];
        let encoded = c.encode_utf8(&mut buffer);
        encoded.bytes().try_for_each(|byte| self.push(byte))
    }

    /// The name in UTF-8.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// The name with the first number in it replaced by `#`, in any digits, and that number if it
    /// is not too large for one; `None` when no number is in it.
    pub(super) fn numbered(&self) -> Option<(Self, Option<u16>)> {
        let bytes = self.bytes();
        if !bytes
            .iter()
            .any(|byte| byte.is_ascii_digit() || !byte.is_ascii())
        {
            return None;
        }
        let text = std::str::from_utf8(bytes).ok()?;
        let start = text.find(|c| digit(c).is_some())?;
        let (before, rest) = text.split_at_checked(start)?;
        let end = rest.find(|c| digit(c).is_none()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at_checked(end)?;
        let mut digits = digits.chars().filter_map(digit);
        let number = digits.try_fold(0_u16, |number, digit| {
            number.checked_mul(10)?.checked_add(digit)
        });
        let mut folded = Self::EMPTY;
        let parts = [before, "#", after];
        let mut all = parts.iter().flat_map(|part| part.bytes());
        all.try_for_each(|byte| folded.push(byte))?;
        Some((folded, number))
    }
}

/// A fast hash for keys that are fixed when the program is built: nobody can choose them so that
/// they collide.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct NameHasher {
    state: u64,
}

impl NameHasher {
    fn mix(&mut self, word: u64) {
        self.state = (self.state.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for NameHasher {
    fn write(&mut self, bytes: &[u8]) {
        // The last word overlaps the one before it, so that no byte is taken alone.
        if let Some(last) = bytes.last_chunk::<8>() {
            for word in bytes.as_chunks::<8>().0 {
                self.mix(u64::from_le_bytes(*word));
            }
            self.mix(u64::from_le_bytes(*last));
        } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            let half = |bytes: &[u8; 4]| u64::from(u32::from_le_bytes(*bytes));
            self.mix(half(first) << 32 | half(last));
        } else {
            let rest = bytes.iter();
            self.mix(rest.fold(0, |rest, byte| rest << 8 | u64::from(*byte)));
        }
    }

    fn write_usize(&mut self, length: usize) {
        self.mix(length as u64);
    }

    fn finish(&self) -> u64 {
        self.state ^ (self.state >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::Folded;
    use crate::wikitext::fold_name;

    #[test]
    fn names_fold_as_everywhere_else() {
        for name in [
            "Cite web",
            "access-date",
            "Prénom_2",
            "نام خانوادگی۲",
            "İl",
            "標題",
            "",
        ] {
            let folded = Folded::of(name).unwrap();
            assert_eq!(folded.bytes(), fold_name(name).as_bytes(), "{name}");
        }
        assert!(Folded::of(&"a".repeat(1000)).is_none());
    }

    #[test]
    fn the_first_number_of_a_name_is_told() {
        let numbered = |name: &str| {
            let (folded, number) = Folded::of(name)?.numbered()?;
            Some((String::from_utf8(folded.bytes().to_vec()).ok()?, number))
        };
        assert_eq!(
            numbered("author12-link"),
            Some(("author#link".into(), Some(12)))
        );
        assert_eq!(numbered("نام۲"), Some(("نام#".into(), Some(2))));
        assert_eq!(numbered("s2cid"), Some(("s#cid".into(), Some(2))));
        assert_eq!(numbered("a99999"), Some(("a#".into(), None)));
        assert_eq!(numbered("назва"), None);
        assert_eq!(Folded::of_position(107).bytes(), b"107");
    }
}
