//! How the n-gram model ranks the languages of one script for a text.

use std::sync::LazyLock;

use super::knowledge::{self, Alphabet};
use super::ngrams;

/// Log probabilities are no more certain than this.
const LEAST_LOG: f64 = -12.0;

/// Where the n-gram model has a language, by the language's number.
static IN_MODEL: LazyLock<Vec<Option<usize>>> = LazyLock::new(|| {
    let places = |tag| ngrams::tags().iter().position(|known| known == tag);
    knowledge::tags().iter().map(places).collect()
});

/// One ranking of the n-gram model among the languages of a script.
#[derive(Default)]
pub(super) struct Ranking {
    /// Log probability of each of the script's alphabets; `None` for those not in the model.
    logs: Vec<Option<f64>>,
    /// Places of the alphabets, the likeliest first.
    pub(super) order: Vec<usize>,
}

impl Ranking {
    /// Longer texts are not as much surer as naive Bayes believes: its scores are divided by the
    /// square root of the length, as the model's authors do.
    pub(super) fn of(text: &str, alphabets: &[Alphabet]) -> Self {
        let Some(scores) = ngrams::score(text) else {
            return Self::default();
        };
        let length = f64::from(u32::try_from(scores.bytes.max(1)).unwrap_or(u32::MAX)).sqrt();
        let score_of = |alphabet: &Alphabet| {
            let place = IN_MODEL.get(alphabet.number).copied().flatten()?;
            let score = scores.logs.get(place).copied()?;
            Some(f64::from(score) / length)
        };
        let mut logs: Vec<Option<f64>> = alphabets.iter().map(score_of).collect();
        let mut found: Vec<(usize, f64)> = logs
            .iter()
            .enumerate()
            .filter_map(|(at, score)| Some((at, (*score)?)))
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        let best = found.first().map_or(0.0, |(_, score)| *score);
        let sum: f64 = found.iter().map(|(_, score)| (score - best).exp()).sum();
        for score in logs.iter_mut().flatten() {
            *score = (*score - best - sum.ln()).max(LEAST_LOG);
        }
        Self {
            order: found.into_iter().map(|(at, _)| at).collect(),
            logs,
        }
    }

    pub(super) fn first(&self) -> Option<usize> {
        self.order.first().copied()
    }

    pub(super) fn log(&self, at: usize) -> Option<f64> {
        self.logs.get(at).copied().flatten()
    }
}
