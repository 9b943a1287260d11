//! Facts that speak for an error page, a wall or a placeholder. No verdict.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::not_found;
use super::outline::Outline;
use super::phrases::{self, Phrases};
use super::text::head;
use crate::model::{PageSignal, SignalKind};

/// Visible characters up to which a page counts as nearly empty.
pub(super) const NEAR_EMPTY_CHARS: usize = 120;

/// Visible characters up to which a page may be one that a script fills.
const SCRIPT_ONLY_CHARS: usize = 300;

/// Visible characters up to which a wall can stand alone on a page; longer pages are articles
/// that happen to hold its words.
const WALL_CHARS: usize = 2_500;

/// Visible characters up to which the table of walls is looked at; its lines have limits of
/// their own.
const LONGEST_WALL_CHARS: usize = 8_000;

/// How much of a page's source is searched for markers of walls, which are small pages.
const MARKUP_BYTES: usize = 400_000;

/// How many signals of one kind are kept.
pub(super) const MAX_OF_KIND: usize = 4;

static SCRIPT_ONLY: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("data/script_only.tsv")));

/// Reads all signals of a page; `source` is its decoded text.
pub(super) fn signals(
    outline: &Outline,
    source: &str,
    main: &str,
    text_chars: usize,
) -> Vec<PageSignal> {
    let mut signals = Vec::new();
    not_found::collect(outline, main, text_chars, &mut signals);
    if text_chars < NEAR_EMPTY_CHARS {
        let excerpt = format!("{text_chars} characters: {}", outline.text);
        signals.push(signal(SignalKind::NearEmpty, &excerpt, "visible text"));
    }
    if text_chars < LONGEST_WALL_CHARS {
        challenge(outline, source, text_chars, &mut signals);
    }
    if text_chars < SCRIPT_ONLY_CHARS {
        script_only(outline, &mut signals);
    }
    signals
}

pub(super) fn signal(kind: SignalKind, excerpt: &str, source: &str) -> PageSignal {
    PageSignal {
        kind,
        excerpt: phrases::excerpt(excerpt),
        source: source.to_owned(),
    }
}

fn script_only(outline: &Outline, signals: &mut Vec<PageSignal>) {
    if outline.scripts == 0 {
        return;
    }
    for (text, source) in [
        (&outline.noscript, "<noscript>"),
        (&outline.text, "main text"),
    ] {
        if SCRIPT_ONLY.find(text).is_some() {
            signals.push(signal(SignalKind::ScriptOnly, text, source));
            return;
        }
    }
    if outline.mount_point {
        let excerpt = format!("{} scripts and an element to fill", outline.scripts);
        signals.push(signal(SignalKind::ScriptOnly, &excerpt, "markup"));
    }
}

/// A way to recognise a wall: markers that must all be there.
struct Wall {
    vendor: &'static str,
    in_markup: bool,
    /// Visible characters up to which the markers mean a wall.
    max_chars: usize,
    /// Indices of the markers in the search.
    markers: Vec<usize>,
}

struct Walls {
    all: Vec<Wall>,
    markers: Vec<&'static str>,
    search: Option<AhoCorasick>,
}

static WALLS: LazyLock<Walls> = LazyLock::new(|| {
    let mut walls = Vec::new();
    let mut markers: Vec<&'static str> = Vec::new();
    for line in include_str!("data/challenge.tsv").lines() {
        let mut columns = line.split('\t');
        let (Some(vendor), Some(place), Some(words)) =
            (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let mut indices = Vec::new();
        for word in words.split(" && ") {
            let at = markers.iter().position(|known| *known == word);
            indices.push(at.unwrap_or(markers.len()));
            if at.is_none() {
                markers.push(word);
            }
        }
        walls.push(Wall {
            vendor,
            in_markup: place == "markup",
            max_chars: columns
                .next()
                .and_then(|limit| limit.parse().ok())
                .unwrap_or(WALL_CHARS),
            markers: indices,
        });
    }
    // Markers may be parts of each other, so overlapping matches are asked for.
    let search = AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .build(&markers)
        .ok();
    Walls {
        all: walls,
        markers,
        search,
    }
});

impl Walls {
    fn present(&self, text: &str) -> Vec<bool> {
        let mut present = vec![false; self.markers.len()];
        if let Some(search) = &self.search {
            for found in search.find_overlapping_iter(text) {
                if let Some(slot) = present.get_mut(found.pattern().as_usize()) {
                    *slot = true;
                }
            }
        }
        present
    }
}

fn challenge(outline: &Outline, source: &str, text_chars: usize, signals: &mut Vec<PageSignal>) {
    // Longer pages are told by their words alone, which spares looking through their source.
    let markup = if text_chars < WALL_CHARS {
        head(source, MARKUP_BYTES)
    } else {
        ""
    };
    let in_markup = WALLS.present(markup);
    let visible = format!("{}\n{}\n{}", outline.title, outline.text, outline.noscript);
    let in_text = WALLS.present(&visible.to_lowercase().replace('’', "'"));
    let mut kept = 0usize;
    for wall in &WALLS.all {
        let present = if wall.in_markup { &in_markup } else { &in_text };
        let all = wall
            .markers
            .iter()
            .all(|marker| present.get(*marker).copied().unwrap_or(false));
        if !all || wall.max_chars < text_chars || MAX_OF_KIND <= kept {
            continue;
        }
        kept += 1;
        let words: Vec<&str> = wall
            .markers
            .iter()
            .filter_map(|marker| WALLS.markers.get(*marker).copied())
            .collect();
        let excerpt = format!("{}: {}", wall.vendor, words.join(" … "));
        // Words that an article could print too are named apart from those of one product.
        let place = match (wall.in_markup, wall.vendor) {
            (true, _) => "markup",
            (false, "site") => "main text",
            (false, _) => "visible text",
        };
        signals.push(signal(SignalKind::Challenge, &excerpt, place));
    }
}
