//! Reference marks in the prose: which entry each names, and the sentence it supports.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::digit;
use crate::article::claims::without_gaps;
use crate::article::sentences::Sentences;

/// Most claims kept per reference; a source that a whole article rests on needs no more.
const MOST_CLAIMS: usize = 100;

/// What the prose says of one entry.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// How many marks name it.
    pub(super) count: u32,
    /// The sentences that the marks stand behind, each once, in order, without marks.
    pub(super) claims: Vec<String>,
}

/// The marks `[n]` of `prose`, by number.
pub(super) fn read(prose: &str) -> BTreeMap<u32, Uses> {
    let (text, marks) = without_marks(prose);
    let mut positions: Vec<usize> = marks.iter().map(|(position, _)| *position).collect();
    positions.dedup();
    let sentences = Sentences::new(&text, &positions);
    let mut uses: BTreeMap<u32, (Uses, Option<Range<usize>>)> = BTreeMap::new();
    for (position, number) in marks {
        let (found, last) = uses.entry(number).or_default();
        found.count = found.count.saturating_add(1);
        let range = sentences.supporting(position);
        if range == *last || MOST_CLAIMS <= found.claims.len() {
            continue;
        }
        if let Some(sentence) = range.clone().and_then(|range| text.get(range)) {
            found.claims.push(without_gaps(without_bullet(sentence)));
        }
        *last = range;
    }
    uses.into_iter()
        .map(|(number, (uses, _))| (number, uses))
        .collect()
}

/// A sentence without the bullet that a copied list shows.
fn without_bullet(sentence: &str) -> &str {
    let bare = sentence.trim_start_matches(['*', '•', '·', '▪', '◦']);
    if bare.starts_with(char::is_whitespace) {
        bare
    } else {
        sentence
    }
}

/// The prose without marks, and where each numbered mark stood.
fn without_marks(prose: &str) -> (String, Vec<(usize, u32)>) {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(clippy::expect_used, reason = "a constant pattern, compiled by the tests")]
        Regex::new(concat!(
            // [12], with the pages that {{rp}} prints behind: [12]:34–36
            r"[\[［]\s?(\p{Nd}{1,5})\s?[\]］](?::\p{Nd}+(?:[–\-,]\s?\p{Nd}+)*)?",
            // Notes and complaints: [a], [note 1], [citation needed]
            r"|\[(?:[a-zα-ωа-я]|(?:note|nb|n|lower-alpha|Note|Anm\.|Anm|A|N|注|注釈|註|прим\.|ש) ?\p{Nd}{1,3}",
            r"|citation needed|better source needed|clarification needed|when\?|who\?|edit)\]",
        ))
        .expect("the pattern is valid")
    });
    let (mut text, mut marks) = (String::with_capacity(prose.len()), Vec::new());
    let mut copied = 0;
    for found in MARK.captures_iter(prose) {
        let Some(whole) = found.get(0) else {
            continue;
        };
        text.push_str(prose.get(copied..whole.start()).unwrap_or_default());
        copied = whole.end();
        if let Some(digits) = found.get(1) {
            let number = digits
                .as_str()
                .chars()
                .try_fold(0u32, |value, c| Some(value * 10 + digit(c)?));
            marks.extend(number.map(|number| (text.len(), number)));
        }
    }
    text.push_str(prose.get(copied..).unwrap_or_default());
    (text, marks)
}
