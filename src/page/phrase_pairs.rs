//! Pairs of words that say something together, in whatever order: "page" and "not found".

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::phrases::{fold, joins};

/// Bytes that a pair may span: two words far apart belong to two statements.
const WIDEST_SPAN: usize = 120;

/// Which side of a row a word stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Subject,
    Predicate,
}

/// The pairs of a data file of lines `language <TAB> words <TAB> words`, parted by `|`.
pub(super) struct PhrasePairs {
    search: Option<AhoCorasick>,
    /// Row and side of each word of the search.
    places: Vec<(usize, Side)>,
}

/// What says that a page does not exist.
pub(super) static NOT_FOUND_PAIRS: LazyLock<PhrasePairs> =
    LazyLock::new(|| PhrasePairs::read(include_str!("data/not_found_pairs.tsv")));

impl PhrasePairs {
    fn read(data: &'static str) -> Self {
        let mut words = Vec::new();
        let mut places = Vec::new();
        let lines = data.lines().filter(|line| !line.starts_with('#'));
        for (row, line) in lines.enumerate() {
            let mut columns = line.split('\t').skip(1);
            for side in [Side::Subject, Side::Predicate] {
                for word in columns.next().unwrap_or_default().split('|') {
                    let word = fold(word);
                    if !word.is_empty() {
                        words.push(word);
                        places.push((row, side));
                    }
                }
            }
        }
        let search = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build(words)
            .ok();
        Self { search, places }
    }

    /// Where the two words of the nearest pair stand in a folded text, from the first to the end
    /// of the last. Words match from their beginning, whatever their ending.
    pub(super) fn find(&self, folded: &str) -> Option<(usize, usize)> {
        let begins = |start: usize| {
            let before = folded
                .get(..start)
                .and_then(|head| head.chars().next_back());
            !joins(before)
        };
        let found: Vec<((usize, Side), usize, usize)> = self
            .search
            .as_ref()?
            .find_overlapping_iter(folded)
            .filter(|found| begins(found.start()))
            .filter_map(|found| {
                let place = self.places.get(found.pattern().as_usize())?;
                Some((*place, found.start(), word_end(folded, found.end())))
            })
            .collect();
        let spans = found.iter().flat_map(|(place, start, end)| {
            let partners = found.iter().filter(move |(other, _, _)| {
                place.0 == other.0 && place.1 == Side::Subject && other.1 == Side::Predicate
            });
            partners.map(move |(_, from, to)| (*start.min(from), *end.max(to)))
        });
        spans
            .filter(|(start, end)| end - start <= WIDEST_SPAN)
            .min_by_key(|(start, end)| end - start)
    }
}

/// The end of the word that a stem begins, in scripts that part words by spaces.
fn word_end(text: &str, stem_end: usize) -> usize {
    let tail = text.get(stem_end..).unwrap_or_default();
    let ending: usize = tail
        .chars()
        .take_while(|c| joins(Some(*c)))
        .map(char::len_utf8)
        .sum();
    stem_end + ending
}
