//! Words beside a date that say what it is the date of.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::phrases::fold;

/// What a label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateLabel {
    Published,
    Modified,
    /// The date of something else: an event, a comment, a copyright.
    Other,
}

struct Labels {
    words: Vec<(String, DateLabel)>,
    search: Option<AhoCorasick>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let mut words = Vec::new();
    for line in include_str!("data/date_labels.tsv").lines() {
        let mut columns = line.split('\t');
        let label = match columns.next() {
            Some("published") => DateLabel::Published,
            Some("modified") => DateLabel::Modified,
            Some("other") => DateLabel::Other,
            _ => continue,
        };
        let phrases = columns.nth(1).unwrap_or_default().split(';');
        words.extend(phrases.map(|phrase| (fold(phrase), label)));
    }
    let search = AhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words.iter().map(|(word, _)| word))
        .ok();
    Labels { words, search }
});

/// How far before a date its label may stand, in characters: names and weekdays come between.
const REACH_CHARS: usize = 60;

/// How many characters may stand between label and date.
const GAP_CHARS: usize = 32;

/// Reads the label of a date from the text before and after it on its line.
pub(super) fn label(before: &str, after: &str) -> Option<DateLabel> {
    if before.contains(['©', '℗']) {
        return Some(DateLabel::Other);
    }
    let skipped = before.chars().count().saturating_sub(REACH_CHARS);
    let near: String = before.chars().skip(skipped).collect();
    last_label(&near).or_else(|| first_label(after))
}

/// The label nearest to the end of a text.
fn last_label(text: &str) -> Option<DateLabel> {
    let folded = fold(text);
    let search = LABELS.search.as_ref()?;
    let mut nearest = None;
    for found in search.find_iter(folded.as_str()) {
        let gap = folded.get(found.end()..).unwrap_or_default();
        let known = LABELS.words.get(found.pattern().as_usize());
        // Prepositions ("from", "до") mean a span of time only right before the date.
        let reach = match known {
            Some((word, DateLabel::Other)) if word.chars().count() <= 6 => 1,
            _ => GAP_CHARS,
        };
        if stands_alone(&folded, found.start(), found.end()) && gap.chars().count() <= reach {
            nearest = known;
        }
    }
    nearest.map(|(_, label)| *label)
}

/// A label right after the date, as in Japanese or Korean.
fn first_label(after: &str) -> Option<DateLabel> {
    let near: String = after.chars().take(16).collect();
    let folded = fold(&near);
    let found = LABELS.search.as_ref()?.find(folded.as_str())?;
    let at_start = found.start() <= 1 && stands_alone(&folded, found.start(), found.end());
    let (_, label) = LABELS.words.get(found.pattern().as_usize())?;
    // "5 May 2024 by …", "… from …" say nothing about the date before them.
    (at_start && *label != DateLabel::Other).then_some(*label)
}

/// Whether no letter of a script that parts words by spaces goes on at either end.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let continues = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && c < '\u{0e00}');
    let before = text.get(..start).and_then(|head| head.chars().next_back());
    let after = text.get(end..).and_then(|tail| tail.chars().next());
    !continues(before) && !continues(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_many_languages() {
        for (before, after, expect) in [
            ("Published on ", "", Some(DateLabel::Published)),
            ("Last updated: Mon, ", "", Some(DateLabel::Modified)),
            ("Posted by Jane Doe on ", "", Some(DateLabel::Published)),
            ("Veröffentlicht am ", "", Some(DateLabel::Published)),
            ("Stand: ", "", Some(DateLabel::Modified)),
            ("Опубліковано ", "", Some(DateLabel::Published)),
            ("Оновлено: ", "", Some(DateLabel::Modified)),
            ("تاريخ النشر: ", "", Some(DateLabel::Published)),
            ("آخرین به‌روزرسانی: ", "", Some(DateLabel::Modified)),
            ("公開日：", "", Some(DateLabel::Published)),
            ("", " 更新", Some(DateLabel::Modified)),
            ("เผยแพร่เมื่อ ", "", Some(DateLabel::Published)),
            ("© ", "", Some(DateLabel::Other)),
            ("Abgerufen am ", "", Some(DateLabel::Other)),
            ("Kyiv, ", "", None),
            ("", "", None),
        ] {
            assert_eq!(label(before, after), expect, "{before:?} {after:?}");
        }
    }
}
