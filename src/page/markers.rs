//! Marks that products leave in pages: bot walls, parked domains, hosting errors, consent walls.

use std::cell::LazyCell;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};

use super::login;
use super::outline::Outline;
use super::signals::{MAX_OF_KIND, signal};
use super::text::head;
use crate::model::{PageSignal, SignalKind};

/// Visible characters up to which the marks mean what they say unless their line has a limit of
/// its own; longer pages are articles that happen to hold the words.
const ALONE_CHARS: usize = 2_500;

/// Visible characters up to which the tables are looked at at all.
const LONGEST_CHARS: usize = 8_000;

/// How much of a page's source is searched: walls and placeholders are small pages.
const MARKUP_BYTES: usize = 400_000;

/// The tables with what their lines speak for; the comments at their heads explain the columns.
const TABLES: [(&str, SignalKind); 6] = [
    (include_str!("data/challenge.tsv"), SignalKind::Challenge),
    (include_str!("data/parked.tsv"), SignalKind::Parked),
    (include_str!("data/host_gone.tsv"), SignalKind::HostGone),
    (
        include_str!("data/consent.tsv"),
        SignalKind::ConsentQuestion,
    ),
    (include_str!("data/login.tsv"), SignalKind::LoginForm),
    (
        include_str!("data/not_found_markup.tsv"),
        SignalKind::NotFoundMarkup,
    ),
];

/// One line of a table: markers that must all be there.
struct Row {
    kind: SignalKind,
    vendor: &'static str,
    in_markup: bool,
    /// Visible characters up to which the markers count.
    max_chars: usize,
    /// Indices of the markers in the search.
    markers: Vec<usize>,
}

struct Table {
    rows: Vec<Row>,
    markup: Markers,
    text: Markers,
}

/// The markers that are looked for in one place.
#[derive(Default)]
struct Markers {
    words: Vec<&'static str>,
    search: Option<AhoCorasick>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut rows = Vec::new();
    let (mut markup, mut text) = (Markers::default(), Markers::default());
    for (data, kind) in TABLES {
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            rows.extend(row(line, kind, &mut markup.words, &mut text.words));
        }
    }
    // Sources are long and their markers few: the table of the faster automaton is small.
    markup.build(Some(AhoCorasickKind::DFA));
    text.build(None);
    Table { rows, markup, text }
});

fn row(
    line: &'static str,
    kind: SignalKind,
    markup: &mut Vec<&'static str>,
    text: &mut Vec<&'static str>,
) -> Option<Row> {
    let mut columns = line.split('\t');
    let (vendor, place, words) = (columns.next()?, columns.next()?, columns.next()?);
    let in_markup = place == "markup";
    let known = if in_markup { markup } else { text };
    let mut markers = Vec::new();
    for word in words.split(" && ") {
        let at = known.iter().position(|marker| *marker == word);
        markers.push(at.unwrap_or(known.len()));
        if at.is_none() {
            known.push(word);
        }
    }
    let limit = columns.next().and_then(|limit| limit.parse().ok());
    Some(Row {
        kind,
        vendor,
        in_markup,
        max_chars: limit.unwrap_or(ALONE_CHARS),
        markers,
    })
}

impl Markers {
    fn build(&mut self, kind: Option<AhoCorasickKind>) {
        // Markers may be parts of each other, so overlapping matches are asked for.
        self.search = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(kind)
            .build(&self.words)
            .ok();
    }

    fn present(&self, text: &str) -> Vec<bool> {
        let mut present = vec![false; self.words.len()];
        if let Some(search) = &self.search {
            for found in search.find_overlapping_iter(text) {
                if let Some(slot) = present.get_mut(found.pattern().as_usize()) {
                    *slot = true;
                }
            }
        }
        present
    }

    /// The row's markers as evidence, if all of them are there.
    fn told_by(&self, row: &Row, present: &[bool]) -> Option<String> {
        let there = |marker: &usize| present.get(*marker).copied().unwrap_or(false);
        if !row.markers.iter().all(there) {
            return None;
        }
        let words = row.markers.iter();
        let words: Vec<&str> = words
            .filter_map(|marker| self.words.get(*marker).copied())
            .collect();
        Some(format!("{}: {}", row.vendor, words.join(" … ")))
    }
}

/// Looks for all marks; a page with much text has none that mean anything.
pub(super) fn collect(
    outline: &Outline,
    source: &str,
    text_chars: usize,
    signals: &mut Vec<PageSignal>,
) {
    if LONGEST_CHARS <= text_chars {
        return;
    }
    // Longer pages are told by their words alone, which spares looking through their source.
    let markup = if text_chars < ALONE_CHARS {
        head(source, MARKUP_BYTES)
    } else {
        ""
    };
    let in_markup = TABLE.markup.present(markup);
    let visible = format!("{}\n{}\n{}", outline.title, outline.text, outline.noscript);
    let lower = |text: &str| text.to_lowercase().replace('’', "'");
    let in_text = TABLE.text.present(&lower(&visible));
    // Asked for once for all lines of the table that need it.
    let in_own_lines = LazyCell::new(|| TABLE.text.present(&lower(&login::own_lines(outline))));
    for row in &TABLE.rows {
        let (markers, present) = if row.in_markup {
            (&TABLE.markup, &in_markup)
        } else if row.kind == SignalKind::LoginForm && row.vendor == "site" {
            if TABLE.text.told_by(row, &in_text).is_none() {
                continue;
            }
            (&TABLE.text, &*in_own_lines)
        } else {
            (&TABLE.text, &in_text)
        };
        let known = signals.iter().filter(|signal| signal.kind == row.kind);
        if row.max_chars < text_chars || MAX_OF_KIND <= known.count() {
            continue;
        }
        // Words that an article could print too are named apart from those of one product.
        let place = match (row.in_markup, row.vendor) {
            (true, _) => "markup",
            (false, "site") => "main text",
            (false, _) => "visible text",
        };
        if let Some(excerpt) = markers.told_by(row, present) {
            signals.push(signal(row.kind, &excerpt, place));
        }
    }
}
