//! The trade of those who take lapsed domains over, where a page says what it is about.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::outline::Outline;
use super::phrases::Phrases;
use super::signals::signal;
use crate::model::{PageSignal, SignalKind};

static WORDS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("data/takeover.tsv")));

/// Places that must speak of the trade: one is a subject that articles have too.
const PLACES: usize = 2;

/// Looks at title, description and first headings; gives one signal for each place that names the
/// trade, if enough of them do.
pub(super) fn collect(outline: &Outline, signals: &mut Vec<PageSignal>) {
    let title = [("<title>", outline.title.as_str())].into_iter();
    let description = outline
        .meta("description")
        .map(|text| ("description", text));
    let keywords = outline.meta("keywords").map(|text| ("keywords", text));
    let headings = outline.blocks.iter().filter(|block| block.heading == 1);
    let headings = headings.map(|block| ("<h1>", outline.block_text(*block)));
    let mut places = BTreeSet::new();
    let mut found = Vec::new();
    for (place, text) in title
        .chain(description.take(1))
        .chain(keywords.take(1))
        .chain(headings.take(2))
    {
        if WORDS.find(text).is_some() && places.insert(place) {
            found.push(signal(SignalKind::TakeoverTrade, text, place));
        }
    }
    if PLACES <= found.len() {
        signals.extend(found);
    }
}
