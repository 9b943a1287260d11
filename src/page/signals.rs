//! Facts that speak for an error page, a wall or a placeholder. No verdict.

use std::sync::LazyLock;

use super::outline::Outline;
use super::phrases::{self, Phrases};
use super::{leads_on, login, markers, not_found, paywall, takeover};
use crate::model::{PageSignal, SignalKind};

/// Visible characters up to which a page counts as nearly empty.
pub(super) const NEAR_EMPTY_CHARS: usize = 120;

/// Visible characters up to which a page may be one that a script fills.
const SCRIPT_ONLY_CHARS: usize = 300;

/// How many signals of one kind are kept.
pub(super) const MAX_OF_KIND: usize = 4;

/// Visible characters up to which a page may be a wall or a frame for scripts that nobody listed.
const SAME_FOR_ALL_CHARS: usize = 2_500;

static WALL_WORDS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("data/wall_words.tsv")));

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
    markers::collect(outline, source, text_chars, &mut signals);
    login::collect(outline, source, text_chars, &mut signals);
    leads_on::collect(outline, source, text_chars, &mut signals);
    paywall::collect(outline, &mut signals);
    takeover::collect(outline, &mut signals);
    if text_chars < SCRIPT_ONLY_CHARS {
        script_only(outline, &mut signals);
    }
    // What is told as such already needs no doubt.
    let told = |signal: &PageSignal| {
        matches!(
            signal.kind,
            SignalKind::ScriptOnly | SignalKind::Challenge | SignalKind::LoginForm
        )
    };
    if text_chars < SAME_FOR_ALL_CHARS && !signals.iter().any(told) {
        same_for_all(outline, &mut signals);
    }
    signals
}

/// The signals of plain text: whether there is any.
pub(super) fn of_text(text: &str) -> Vec<PageSignal> {
    let blank = text.trim().is_empty();
    blank.then(|| self::blank("text")).into_iter().collect()
}

/// Says that nothing is there to be seen.
pub(super) fn blank(source: &str) -> PageSignal {
    signal(SignalKind::Blank, "nothing to be seen", source)
}

pub(super) fn signal(kind: SignalKind, excerpt: &str, source: &str) -> PageSignal {
    PageSignal {
        kind,
        excerpt: phrases::excerpt(excerpt),
        source: source.to_owned(),
    }
}

fn same_for_all(outline: &Outline, signals: &mut Vec<PageSignal>) {
    let found = [
        (&outline.text, "visible text"),
        (&outline.noscript, "<noscript>"),
    ]
    .into_iter()
    .find(|(text, _)| WALL_WORDS.find(text).is_some());
    if let Some((text, source)) = found {
        signals.push(signal(SignalKind::SameForAll, text, source));
    } else if outline.mount_point && 0 < outline.scripts {
        let excerpt = format!("{} scripts and an element to fill", outline.scripts);
        signals.push(signal(SignalKind::SameForAll, &excerpt, "markup"));
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
    if outline.text.trim().is_empty() {
        let excerpt = format!("{} scripts and no text", outline.scripts);
        signals.push(signal(SignalKind::ScriptOnly, &excerpt, "markup"));
    } else if outline.mount_point {
        let excerpt = format!("{} scripts and an element to fill", outline.scripts);
        signals.push(signal(SignalKind::ScriptOnly, &excerpt, "markup"));
    }
}
