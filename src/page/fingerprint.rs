//! A sketch of fixed size by which two pages are compared.
//!
//! Min-hash (Broder 1997) in one permutation (Li, Owen, Zhang 2012): each run of words falls by
//! its hash into one of [`SLOTS`] slots, which keeps the smallest; empty slots borrow from the next
//! full one (Shrivastava and Li 2014), so that short texts can be compared, too.

use url::Url;

use super::char_class::{CharClasses, is_unspaced};
use super::text::head;
use crate::model::Fingerprint;

/// Values of a sketch: the estimate's standard error is at most 6 per cent.
const SLOTS: usize = 64;

/// Words of a run; characters count as words in scripts that write no spaces.
const RUN: usize = 3;

/// Text that is looked at, in bytes.
const MAX_BYTES: usize = 60_000;

/// The sketch of a page's title and text; `None` where there are no words.
///
/// Numbers are left out, since pages that are otherwise the same show times, counts and ids; so
/// are the words of the address, which error pages repeat.
pub(super) fn fingerprint(title: &str, text: &str, url: Option<&Url>) -> Option<Fingerprint> {
    let address = url.map(echoed).unwrap_or_default();
    let mut words: Vec<u64> = Vec::new();
    for part in [title, head(text, MAX_BYTES)] {
        add_words(part, &address, &mut words);
    }
    if words.is_empty() {
        return None;
    }
    let mut slots = [None; SLOTS];
    for run in words.windows(RUN.min(words.len())) {
        let hash = run.iter().fold(OFFSET, |hash, word| mixed(hash ^ word));
        let low = u32::try_from(hash & 0xffff_ffff).unwrap_or(u32::MAX);
        let slot = usize::try_from(hash >> 32).unwrap_or(0) % SLOTS;
        if let Some(least) = slots.get_mut(slot) {
            *least = Some(least.map_or(low, |least: u32| least.min(low)));
        }
    }
    Some(Fingerprint(filled(&slots)))
}

/// Hashes of the words of an address, escapes of other scripts undone.
fn echoed(url: &Url) -> Vec<u64> {
    let text = format!("{}?{}", url.path(), url.query().unwrap_or_default());
    let decoded: Vec<u8> = url::form_urlencoded::parse(text.as_bytes())
        .flat_map(|(name, value)| format!("{name} {value} ").into_bytes())
        .collect();
    String::from_utf8_lossy(&decoded)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| hashed(&word.to_lowercase()))
        .collect()
}

/// A word that is being read.
struct OpenWord {
    start: usize,
    /// Of its letters in lower case.
    hash: u64,
    has_letter: bool,
    /// Whether it has to be looked at as a whole.
    is_special: bool,
}

fn add_words(text: &str, address: &[u64], words: &mut Vec<u64>) {
    let classes = CharClasses::get();
    let mut open: Option<OpenWord> = None;
    for (at, c) in text.char_indices() {
        let class = classes.of(c);
        if !class.is_alphanumeric() {
            if let Some(word) = open.take() {
                add(&word, text.get(word.start..at), address, words);
            }
            continue;
        }
        let word = open.get_or_insert(OpenWord {
            start: at,
            hash: OFFSET,
            has_letter: false,
            is_special: false,
        });
        word.has_letter |= class.is_letter();
        // Which small sigma a capital one becomes depends on where it stands.
        word.is_special |= class.is_unspaced() || c == 'Σ';
        if c.is_ascii() {
            word.hash = stepped(word.hash, c.to_ascii_lowercase() as u8);
        } else if class.is_capital() {
            for c in c.to_lowercase() {
                word.hash = hashed_on(word.hash, c.encode_utf8(&mut [0; 4]));
            }
        } else {
            word.hash = hashed_on(word.hash, c.encode_utf8(&mut [0; 4]));
        }
    }
    if let Some(word) = open {
        add(&word, text.get(word.start..), address, words);
    }
}

fn add(word: &OpenWord, written: Option<&str>, address: &[u64], words: &mut Vec<u64>) {
    if !word.has_letter {
        return;
    }
    let mut hash = word.hash;
    if word.is_special {
        let lower = written.unwrap_or_default().to_lowercase();
        if lower.chars().any(is_unspaced) {
            words.extend(lower.chars().map(|c| hashed(c.encode_utf8(&mut [0; 4]))));
            return;
        }
        hash = hashed(&lower);
    }
    if !address.contains(&hash) {
        words.push(hash);
    }
}

/// Every slot with a value: empty ones take the next full one's, marked by the distance.
fn filled(slots: &[Option<u32>; SLOTS]) -> Vec<u32> {
    let next = |at: usize| {
        let following = slots.iter().cycle().skip(at).take(SLOTS).enumerate();
        following
            .into_iter()
            .find_map(|(distance, slot)| slot.map(|value| (distance, value)))
    };
    (0..SLOTS)
        .map(|at| {
            let (distance, value) = next(at).unwrap_or((0, 0));
            let distance = u32::try_from(distance).unwrap_or(0);
            value.wrapping_add(distance.wrapping_mul(0x9e37_79b9))
        })
        .collect()
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a.
fn hashed(text: &str) -> u64 {
    hashed_on(OFFSET, text)
}

fn hashed_on(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, stepped)
}

fn stepped(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// The finaliser of `SplitMix64`: spreads what FNV leaves close together.
const fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> f64 {
        let of = |text| fingerprint("", text, None).unwrap_or(Fingerprint(Vec::new()));
        of(a).similarity(&of(b))
    }

    #[test]
    fn the_same_text_is_alike_and_another_is_not_whatever_the_script() {
        for (text, changed, other) in [
            (
                "The harbour of the island was rebuilt after the storm of the winter, and the council voted for a new quay that shall stand for a hundred years.",
                "The harbour of the island was rebuilt after the storm of the winter, and the council voted for a new pier that shall stand for a hundred years.",
                "Cut the apples into slices, put them on the dough and bake the cake for forty minutes until its edge is golden and the kitchen smells of it.",
            ),
            (
                "Гавань острова відбудували після зимового шторму, і рада проголосувала за новий причал, який має простояти сто років без великого ремонту.",
                "Гавань острова відбудували після зимового шторму, і рада проголосувала за новий причал, який має простояти двісті років без великого ремонту.",
                "Наріжте яблука скибочками, викладіть на тісто та печіть пиріг сорок хвилин, доки краї не стануть золотавими.",
            ),
            (
                "島の港は冬の嵐のあとに再建され、議会は百年もつ新しい岸壁の建設を決めた。",
                "島の港は冬の嵐のあとに再建され、議会は二百年もつ新しい岸壁の建設を決めた。",
                "りんごを薄く切って生地に並べ、縁が黄金色になるまで四十分焼いてください。",
            ),
            (
                "ท่าเรือของเกาะถูกสร้างใหม่หลังพายุฤดูหนาวและสภาลงมติให้สร้างท่าใหม่",
                "ท่าเรือของเกาะถูกสร้างใหม่หลังพายุฤดูหนาวและสภาลงมติให้สร้างท่าเก่า",
                "หั่นแอปเปิลเป็นชิ้นบางวางบนแป้งแล้วอบสี่สิบนาทีจนขอบเป็นสีทอง",
            ),
        ] {
            assert!(0.99 < likeness(text, text), "{text}");
            let near = likeness(text, changed);
            assert!(0.5 < near && near < 1.0, "{near} {text}");
            assert!(likeness(text, other) < 0.15, "{text}");
        }
    }

    #[test]
    fn numbers_and_the_address_do_not_count() {
        let sketch = |url: &str, id: u32| {
            let url = Url::parse(url).ok();
            let path = url.as_ref().map(Url::path).unwrap_or_default();
            let text = format!("Nothing here under {path}, sorry. Request {id}, try the search.");
            fingerprint("Oops", &text, url.as_ref())
        };
        let (a, b) = (
            sketch("https://a.example/news/quake-coast", 71),
            sketch("https://a.example/news/zqxvkj", 5044),
        );
        assert_eq!(a, b);
        assert!(fingerprint("", "2024 — 11", None).is_none());
    }

    #[test]
    fn a_text_of_a_word_is_alike_itself() {
        assert!(0.99 < likeness("Oops", "Oops"));
        assert!(likeness("Oops", "Welcome") < 0.1);
    }
}
