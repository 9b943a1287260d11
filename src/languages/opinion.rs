//! The languages that one stretch of text may be in, by all that its letters and words tell.
//!
//! whatlang gives the first opinion, [`ngrams`] the second; [`knowledge`] says which alphabets the
//! letters fit and which function words occur. A log-linear pool weighs them into probabilities.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::han;
use super::knowledge::{self, Alphabet, Hits, Letters};
use super::names::canonical;
use super::ngrams;
use super::script::{self, ScriptCode};
use crate::model::LanguageTag;

/// Languages less likely than this are left out; declarations could hardly make up for it.
const LEAST_PROBABILITY: f64 = 1e-5;

/// A script that only one language uses decides; what remains is for quotations and names.
const SCRIPT_DECIDES: f64 = 0.995;

/// Chinese characters that Japan and China write alike may be either.
const CHINESE_OR_JAPANESE: f64 = 0.85;

/// So many candidates of each n-gram ranking are worth weighing.
const CANDIDATES: usize = 12;

/// Longer texts are not looked at three ways.
const PARAGRAPH_BYTES: usize = 280;

/// Log probabilities are no more certain than this.
const LEAST_LOG: f64 = -12.0;

/// How much each sign counts, in natural log odds. Fitted as a conditional logit on headlines,
/// snippets and sentences in 156 languages, headlines weighing most, a sixth of them with
/// foreign names put in; whatlang's own part is fixed at what it is worth beside the second
/// opinion.
mod weight {
    /// Log probability of the n-gram model for the text as written.
    pub(super) const AS_WRITTEN: f64 = 0.759;
    /// The same for the text in lower case: headlines are in Title Case.
    pub(super) const LOWER_CASE: f64 = 0.327;
    /// The same for the words that begin with a small letter: names do not.
    pub(super) const SMALL_WORDS: f64 = 0.319;
    /// First of a ranking; half for each of the first two.
    pub(super) const FIRST: f64 = 0.945;
    /// Not known to the n-gram model.
    pub(super) const NOT_IN_MODEL: f64 = -1.306;
    /// Named by whatlang.
    pub(super) const WHATLANG: f64 = 0.15;
    /// Not known to whatlang.
    pub(super) const NOT_IN_WHATLANG: f64 = -0.535;
    /// Letters that the language does not have.
    pub(super) const MISFIT: f64 = -0.643;
    /// The same in words that begin with a small letter.
    pub(super) const MISFIT_SMALL: f64 = -3.124;
    /// Letters that only this language has.
    pub(super) const TELLTALE: f64 = 0.962;
    /// The same in words that begin with a small letter.
    pub(super) const TELLTALE_SMALL: f64 = 3.534;
    /// Common words: logarithm of one more than their number.
    pub(super) const WORDS: f64 = 1.764;
    /// Common words: share of the words.
    pub(super) const WORD_SHARE: f64 = 2.52;
    /// Common words, each shared by how many languages have it.
    pub(super) const DISTINCT: f64 = 0.843;
    /// The same again for languages that the n-gram model does not know.
    pub(super) const DISTINCT_ALONE: f64 = 2.996;
    /// How seldom sources in a language are cited, by rank.
    pub(super) const RANK: [f64; 4] = [0.0, -1.944, -1.459, -4.525];
}

/// Distinct words beyond this number add nothing.
const MOST_DISTINCT: f64 = 4.0;

/// What a stretch of text tells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opinion {
    /// Script of most of the text.
    pub(super) script: ScriptCode,
    /// Languages with their probabilities, likeliest first. Chinese is `zh` here.
    pub(super) languages: Vec<(&'static str, f64)>,
    /// What whatlang says, with its own confidence.
    pub(super) whatlang: Option<(&'static str, f64)>,
    /// What the n-gram model says.
    pub(super) ngrams: Option<&'static str>,
    /// Letters of the main script, as they were weighed.
    pub(super) weight: f64,
}

/// Forms an opinion on a text of moderate length; `None` when it has no letters of any script
/// that is known.
pub(super) fn form(text: &str) -> Option<Opinion> {
    let composed: String = text.nfc().collect();
    let (main, letters) = script::shares(&composed).into_iter().next()?;
    let words = script::words_in(&composed, main);
    let whatlang = whatlang(&words);
    let mut opinion = Opinion {
        script: main,
        languages: Vec::new(),
        whatlang,
        ngrams: None,
        weight: letters,
    };
    match knowledge::written_in(main) {
        _ if main == "Jpan" => opinion.languages = vec![("ja", SCRIPT_DECIDES)],
        _ if main == "Hani" => opinion.languages = chinese(&words),
        [] => return None,
        [only] => opinion.languages = vec![(only.tag, SCRIPT_DECIDES)],
        // "T" is no word of any language, though some wear letters off words ("'t").
        _ if words.chars().filter(|c| c.is_alphabetic()).nth(1).is_none() => return None,
        alphabets => {
            let (languages, ngrams) = pool(&words, main, alphabets, whatlang.map(|(tag, _)| tag));
            opinion.languages = languages;
            opinion.ngrams = ngrams;
        }
    }
    Some(opinion)
}

fn chinese(text: &str) -> Vec<(&'static str, f64)> {
    match han::chinese_tag(text) {
        "zh" => vec![
            ("zh", CHINESE_OR_JAPANESE),
            ("ja", 1.0 - CHINESE_OR_JAPANESE),
        ],
        _ => vec![("zh", SCRIPT_DECIDES)],
    }
}

static WHATLANG_TAGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let tag = |code: &'static str| {
        let tag = canonical(&LanguageTag::from_static(code));
        knowledge::known_tag(tag.primary()).map(|tag| (code, tag))
    };
    whatlang::Lang::all()
        .iter()
        .filter_map(|lang| tag(lang.code()))
        .collect()
});

static WHATLANG_LANGUAGES: LazyLock<BTreeSet<&'static str>> =
    LazyLock::new(|| WHATLANG_TAGS.values().copied().collect());

fn whatlang(text: &str) -> Option<(&'static str, f64)> {
    let info = whatlang::detect(text)?;
    let tag = WHATLANG_TAGS.get(info.lang().code())?;
    Some((tag, info.confidence()))
}

/// One ranking of the n-gram model: log probabilities among the languages of a script.
#[derive(Default, Clone)]
struct Ranking {
    logs: HashMap<&'static str, f64>,
    order: Vec<&'static str>,
}

impl Ranking {
    /// Longer texts are not as much surer as naive Bayes believes: its scores are divided by the
    /// square root of the length, as the model's authors do.
    fn of(text: &str, alphabets: &[Alphabet]) -> Self {
        let Some(scores) = ngrams::score(text) else {
            return Self::default();
        };
        let length = f64::from(u32::try_from(scores.bytes.max(1)).unwrap_or(u32::MAX));
        let mut found: Vec<(&'static str, f64)> = scores
            .by_tag
            .into_iter()
            .filter(|(tag, _)| {
                alphabets
                    .binary_search_by_key(tag, |alphabet| alphabet.tag)
                    .is_ok()
            })
            .map(|(tag, score)| (tag, f64::from(score) / length.sqrt()))
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        let best = found.first().map_or(0.0, |(_, score)| *score);
        let sum: f64 = found.iter().map(|(_, score)| (score - best).exp()).sum();
        let log = |score: f64| (score - best - sum.ln()).max(LEAST_LOG);
        Self {
            order: found.iter().map(|(tag, _)| *tag).collect(),
            logs: found
                .into_iter()
                .map(|(tag, score)| (tag, log(score)))
                .collect(),
        }
    }

    fn first(&self) -> Option<&'static str> {
        self.order.first().copied()
    }
}

type Languages = Vec<(&'static str, f64)>;

fn pool(
    text: &str,
    script: ScriptCode,
    alphabets: &[Alphabet],
    whatlang: Option<&'static str>,
) -> (Languages, Option<&'static str>) {
    let written = without_capitals(text);
    let small_words = small_words(&written);
    let (hits, word_count) = knowledge::common_words(text);
    let names_apart = small_words.len() < text.len() && !small_words.is_empty();
    let letters = Letters::of(text, script);
    // In Title Case every word may be a name; scripts without capitals hide which is one.
    let small = if small_words.is_empty() && !script::has_capitals(script) {
        Letters::of(text, script)
    } else {
        Letters::of(&small_words, script)
    };
    let as_written = Ranking::of(&written, alphabets);
    // Capitals and names matter in titles; in a paragraph they are few.
    let paragraph = PARAGRAPH_BYTES < text.len();
    let signs = Signs {
        lower_case: if paragraph {
            as_written.clone()
        } else {
            Ranking::of(&text.to_lowercase(), alphabets)
        },
        small_words: if paragraph {
            as_written.clone()
        } else if names_apart {
            Ranking::of(&small_words, alphabets)
        } else {
            Ranking::default()
        },
        as_written,
        whatlang,
        words: f64::from(u32::try_from(word_count.max(1)).unwrap_or(u32::MAX)),
    };
    let ranked: BTreeSet<&str> = [&signs.as_written, &signs.lower_case]
        .into_iter()
        .flat_map(|ranking| ranking.order.iter().take(CANDIDATES).copied())
        .collect();
    let few = alphabets.len() < 10;
    let mut languages = Languages::new();
    for alphabet in alphabets {
        let fit = alphabet.fit(&letters);
        let found = hits.get(alphabet.tag).copied();
        let candidate = few
            || ranked.contains(alphabet.tag)
            || whatlang == Some(alphabet.tag)
            || found.is_some()
            || 0.0 < fit.telltale;
        if candidate {
            let fit_small = alphabet.fit(&small);
            let score = weight::MISFIT * fit.misfit
                + weight::TELLTALE * fit.telltale
                + weight::MISFIT_SMALL * fit_small.misfit
                + weight::TELLTALE_SMALL * fit_small.telltale
                + signs.score(alphabet, found.unwrap_or_default());
            languages.push((alphabet.tag, score));
        }
    }
    (probabilities(languages), signs.as_written.first())
}

struct Signs {
    as_written: Ranking,
    lower_case: Ranking,
    small_words: Ranking,
    whatlang: Option<&'static str>,
    words: f64,
}

impl Signs {
    fn score(&self, alphabet: &Alphabet, hits: Hits) -> f64 {
        let tag = alphabet.tag;
        let mut score = rank_weight(alphabet);
        for (ranking, weight, first) in [
            (&self.as_written, weight::AS_WRITTEN, weight::FIRST / 2.0),
            (&self.lower_case, weight::LOWER_CASE, weight::FIRST / 2.0),
            (&self.small_words, weight::SMALL_WORDS, 0.0),
        ] {
            score += weight * ranking.logs.get(tag).copied().unwrap_or_default();
            if ranking.first() == Some(tag) {
                score += first;
            }
        }
        if self.whatlang == Some(tag) {
            score += weight::WHATLANG;
        }
        if !WHATLANG_LANGUAGES.contains(tag) {
            score += weight::NOT_IN_WHATLANG;
        }
        let distinct = hits.distinct.min(MOST_DISTINCT);
        score += weight::WORDS * hits.words.ln_1p()
            + weight::WORD_SHARE * hits.words / self.words
            + weight::DISTINCT * distinct;
        if !self.as_written.logs.contains_key(tag) {
            score += weight::NOT_IN_MODEL + weight::DISTINCT_ALONE * distinct;
        }
        score
    }
}

/// The words that begin with a small letter: no names, if the text is not in Title Case.
fn small_words(text: &str) -> String {
    let small = |word: &&str| {
        word.chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_lowercase)
    };
    text.split_whitespace()
        .filter(small)
        .collect::<Vec<_>>()
        .join(" ")
}

fn rank_weight(alphabet: &Alphabet) -> f64 {
    let place = usize::from(alphabet.rank).saturating_sub(1);
    weight::RANK.get(place).copied().unwrap_or_default()
}

/// What the pool takes off a language, in log odds, because sources in it are seldom cited.
pub(super) fn rarity(language: &str, script: ScriptCode) -> f64 {
    let mut alphabets = knowledge::written_in(script).iter();
    alphabets
        .find(|alphabet| alphabet.tag == language)
        .map_or(0.0, |found| -rank_weight(found))
}

/// Scores in log odds → probabilities, likeliest first, the hopeless left out.
pub(super) fn probabilities(mut scores: Languages) -> Languages {
    let best = scores
        .iter()
        .map(|(_, score)| *score)
        .fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = scores.iter().map(|(_, score)| (score - best).exp()).sum();
    for (_, score) in &mut scores {
        *score = (*score - best).exp() / sum;
    }
    scores.retain(|(_, probability)| LEAST_PROBABILITY <= *probability);
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    scores
}

/// The text in lower case if it shouts, else as it is.
fn without_capitals(text: &str) -> String {
    let count = |is: fn(char) -> bool| text.chars().filter(|c| is(*c)).count();
    if count(char::is_lowercase) < count(char::is_uppercase) {
        text.to_lowercase()
    } else {
        text.to_owned()
    }
}
