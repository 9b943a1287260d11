//! The languages that one stretch of text may be in, by all that its letters and words tell.
//!
//! whatlang gives the first opinion, [`ngrams`] the second; [`knowledge`] says which alphabets the
//! letters fit and which function words occur. A log-linear pool weighs them into probabilities.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::han;
use super::knowledge::{self, Alphabet, Hits};
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

/// Log probabilities are no more certain than this.
const LEAST_LOG: f64 = -12.0;

/// How much each sign counts, in natural log odds. Fitted as a conditional logit on headlines,
/// snippets and sentences in 156 languages, headlines weighing most; whatlang's own part is fixed
/// at what it is worth beside the second opinion.
mod weight {
    /// Log probability of the n-gram model for the text as written.
    pub(super) const AS_WRITTEN: f64 = 0.784;
    /// The same for the text in lower case: headlines are in Title Case.
    pub(super) const LOWER_CASE: f64 = 0.663;
    /// First of a ranking; half for each of the two.
    pub(super) const FIRST: f64 = 0.879;
    /// Not known to the n-gram model.
    pub(super) const NOT_IN_MODEL: f64 = -1.321;
    /// Named by whatlang.
    pub(super) const WHATLANG: f64 = 0.15;
    /// Not known to whatlang.
    pub(super) const NOT_IN_WHATLANG: f64 = -0.494;
    /// Letters that the language does not have.
    pub(super) const MISFIT: f64 = -4.083;
    /// Letters that only this language has.
    pub(super) const TELLTALE: f64 = 3.988;
    /// Function words: logarithm of one more than their number.
    pub(super) const WORDS: f64 = 1.736;
    /// Function words: share of the words.
    pub(super) const WORD_SHARE: f64 = 2.345;
    /// Function words, each shared by how many languages have it.
    pub(super) const DISTINCT: f64 = 0.33;
    /// The same again for languages that the n-gram model does not know.
    pub(super) const DISTINCT_ALONE: f64 = 3.248;
    /// How seldom sources in a language are cited, by rank.
    pub(super) const RANK: [f64; 4] = [0.0, -2.201, -1.78, -4.869];
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

fn whatlang(text: &str) -> Option<(&'static str, f64)> {
    let info = whatlang::detect(text)?;
    let tag = WHATLANG_TAGS.get(info.lang().code())?;
    Some((tag, info.confidence()))
}

/// One ranking of the n-gram model: log probabilities among the languages of a script.
#[derive(Default)]
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
            .filter(|(tag, _)| alphabets.iter().any(|alphabet| alphabet.tag == *tag))
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
    let letters = knowledge::letters(text);
    let (hits, word_count) = knowledge::function_words(text);
    let as_written = Ranking::of(&without_capitals(text), alphabets);
    let lower_case = Ranking::of(&text.to_lowercase(), alphabets);
    let ranked: BTreeSet<&str> = [&as_written, &lower_case]
        .into_iter()
        .flat_map(|ranking| ranking.order.iter().take(CANDIDATES).copied())
        .collect();
    let few = alphabets.len() < 10;
    let signs = Signs {
        as_written: &as_written,
        lower_case: &lower_case,
        whatlang,
        word_count,
    };
    let mut languages = Languages::new();
    for alphabet in alphabets {
        let fit = alphabet.fit(&letters, script);
        let found = hits.get(alphabet.tag).copied();
        let candidate = few
            || ranked.contains(alphabet.tag)
            || whatlang == Some(alphabet.tag)
            || found.is_some()
            || 0.0 < fit.telltale;
        if candidate {
            let score = weight::MISFIT * fit.misfit
                + weight::TELLTALE * fit.telltale
                + signs.score(alphabet, found.unwrap_or_default());
            languages.push((alphabet.tag, score));
        }
    }
    (probabilities(languages), as_written.first())
}

struct Signs<'a> {
    as_written: &'a Ranking,
    lower_case: &'a Ranking,
    whatlang: Option<&'static str>,
    word_count: usize,
}

impl Signs<'_> {
    fn score(&self, alphabet: &Alphabet, hits: Hits) -> f64 {
        let tag = alphabet.tag;
        let mut score = rank_weight(alphabet);
        for (ranking, weight) in [
            (self.as_written, weight::AS_WRITTEN),
            (self.lower_case, weight::LOWER_CASE),
        ] {
            score += weight * ranking.logs.get(tag).copied().unwrap_or_default();
            if ranking.first() == Some(tag) {
                score += weight::FIRST / 2.0;
            }
        }
        if self.whatlang == Some(tag) {
            score += weight::WHATLANG;
        }
        if !WHATLANG_TAGS.values().any(|known| *known == tag) {
            score += weight::NOT_IN_WHATLANG;
        }
        let words = f64::from(u32::try_from(self.word_count.max(1)).unwrap_or(u32::MAX));
        let distinct = hits.distinct.min(MOST_DISTINCT);
        score += weight::WORDS * hits.words.ln_1p()
            + weight::WORD_SHARE * hits.words / words
            + weight::DISTINCT * distinct;
        if !self.as_written.logs.contains_key(tag) {
            score += weight::NOT_IN_MODEL + weight::DISTINCT_ALONE * distinct;
        }
        score
    }
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
