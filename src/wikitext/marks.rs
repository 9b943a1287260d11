//! The bytes at which the parser stops, looked for eight at a time.

/// A byte repeated in every place of a word.
const fn every(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The next byte from `from` on that may be one of `< = [ ] { | }`, with its place.
///
/// Gives `;` and a few other bytes too, which the caller passes over: the seven marks and these
/// are the bytes that are 0x7B, 0x7C or 0x7D once bits 5 and 6 are set, which tells eight of them
/// apart from all other bytes in a handful of operations.
pub(super) fn next(bytes: &[u8], from: usize) -> Option<(usize, u8)> {
    let rest = bytes.get(from..)?;
    let (words, tail) = rest.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let found = candidates(u64::from_le_bytes(*word));
        if found != 0 {
            let place = (found.trailing_zeros() / 8) as usize;
            return Some((from + index * 8 + place, *word.get(place)?));
        }
    }
    let skip = tail.iter().position(|byte| is_candidate(*byte))?;
    Some((from + words.len() * 8 + skip, *tail.get(skip)?))
}

/// The highest bit of every byte of `word` that may be a mark.
const fn candidates(word: u64) -> u64 {
    let folded = (word | every(0x60)) & every(0x7f);
    let at_least_7b = folded + every(0x80 - 0x7b);
    let above_7d = folded + every(0x80 - 0x7e);
    at_least_7b & !above_7d & !word & every(0x80)
}

const fn is_candidate(byte: u8) -> bool {
    matches!(byte | 0x60, 0x7b..=0x7d)
}

#[cfg(test)]
mod tests {
    use super::{is_candidate, next};

    #[test]
    fn no_mark_is_missed_at_any_place() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut bytes = [b'a'; 20];
                if let Some(at) = bytes.get_mut(place) {
                    *at = byte;
                }
                let expect = is_candidate(byte).then_some((place, byte));
                assert_eq!(next(&bytes, 0), expect, "{byte} at {place}");
            }
        }
        assert!(b"<=[]{|}".iter().all(|mark| is_candidate(*mark)));
        assert!(!(0x80..=u8::MAX).any(is_candidate));
    }
}
