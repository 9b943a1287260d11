//! A look at a stretch of text that asks no model: whether it is in a language that was found
//! elsewhere in the text.

use super::knowledge;
use super::same::grouped;
use super::script::{self, ScriptCode};

/// So many common words more, and another language fits better than the one found.
const CLEARLY_MORE: f64 = 1.0;

/// So many common words at least make a language plausible.
const LEAST_WORDS: f64 = 2.0;

/// A language found in a text, and the script of that section.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) language: &'static str,
    pub(super) script: ScriptCode,
}

/// Which of the languages found a stretch is in, with its weight in letters; `None` where it may be
/// in none of them, so that it deserves a closer look.
pub(super) fn survey(stretch: &str, found: &[Found]) -> Option<(&'static str, f64)> {
    let (main, weight) = script::shares(stretch).into_iter().next()?;
    let mut written = found.iter().filter(|known| known.script == main);
    let first = written.next()?;
    if knowledge::written_in(main).len() < 2 {
        return Some((first.language, weight));
    }
    let (hits, _) = knowledge::common_words(stretch);
    let words = |language: &str| {
        let at = knowledge::number_of(language);
        at.and_then(|at| hits.get(at))
            .map_or(0.0, |hits| hits.words)
    };
    let best = written.fold(first.language, |best, known| {
        if words(best) < words(known.language) {
            known.language
        } else {
            best
        }
    });
    let own = words(best);
    let beyond = own + CLEARLY_MORE;
    // Hardly any language gets past the first comparison, the quick one.
    let rivalled = hits
        .iter()
        .zip(knowledge::tags())
        .any(|(hits, tag)| beyond < hits.words && !grouped(tag, best));
    (LEAST_WORDS <= own && !rivalled).then_some((best, weight))
}
