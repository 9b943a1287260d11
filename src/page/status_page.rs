//! Pages that servers put in the place of a refusal or a fault, whatever their status says.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::outline::Outline;
use super::phrases::fold;
use super::signals::{NEAR_EMPTY_CHARS, signal};
use crate::model::{PageSignal, SignalKind};

/// Headings with what they mean, folded.
static HEADINGS: LazyLock<BTreeMap<String, SignalKind>> = LazyLock::new(|| {
    let lines = include_str!("data/status_pages.tsv").lines();
    let rows = lines.filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| {
        let mut columns = line.split('\t');
        let kind = match columns.next()? {
            "refused" => SignalKind::Challenge,
            "trouble" => SignalKind::ServerTrouble,
            _ => return None,
        };
        Some((fold(columns.nth(1)?), kind))
    })
    .collect()
});

/// Looks for such a heading; the page must have little text of its own. Where there is hardly any,
/// the first line is one: `502 Bad Gateway` without any markup.
pub(super) fn collect(outline: &Outline, text_chars: usize, signals: &mut Vec<PageSignal>) {
    let near_empty = text_chars < NEAR_EMPTY_CHARS;
    let title = [outline.title.as_str()].into_iter();
    let headings = outline.blocks.iter().filter(|block| block.heading == 1);
    let headings = headings.map(|block| outline.block_text(*block)).take(3);
    let first = outline.blocks.iter().take(usize::from(near_empty));
    let first = first.map(|block| outline.block_text(*block));
    for heading in title.chain(headings).chain(first) {
        let parts = heading.split(['|', '–', '—', ':', '•', '»']);
        let parts = parts.flat_map(|part| part.split(" - "));
        if let Some(kind) = parts.chain([heading]).find_map(meaning) {
            signals.push(signal(kind, heading, "main text"));
            return;
        }
    }
}

fn meaning(heading: &str) -> Option<SignalKind> {
    let folded = fold(heading);
    let is_status = |word: &&str| {
        matches!(*word, "http" | "error" | "status" | "code" | "fehler") || number(word).is_some()
    };
    let words: Vec<&str> = folded.split(' ').collect();
    let rest: Vec<&str> = words.iter().copied().skip_while(is_status).collect();
    // "Error 503" and "HTTP 502": a number beside a word for it.
    if let ([], [_, _, ..]) = (rest.as_slice(), words.as_slice()) {
        return words.iter().find_map(|word| number(word));
    }
    let rest = rest.join(" ");
    let rest = rest.trim_end_matches([' ', '0', '1', '2', '3', '4', '5']);
    HEADINGS.get(rest).copied()
}

fn number(word: &str) -> Option<SignalKind> {
    match word {
        "401" | "403" => Some(SignalKind::Challenge),
        "500" | "502" | "503" | "504" => Some(SignalKind::ServerTrouble),
        _ => None,
    }
}
