//! The languages that one stretch of text may be in, by all that its letters and words tell.
//!
//! whatlang gives the first opinion, the n-gram model by its [`Ranking`] the second; [`knowledge`]
//! says which alphabets the letters fit and which function words occur. A log-linear pool weighs
//! them into probabilities.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::han;
use super::knowledge::{self, Alphabet, Hits};
use super::letters::{Letters, small_words, without_capitals};
use super::names::canonical;
use super::ranking::Ranking;
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

/// From this share of the letters on, those of another script may be the text's language.
const LEAST_BESIDE: f64 = 0.1;

/// Fewer letters are a sign, as in "α-helix". In letters as scripts weigh them.
const LEAST_LETTERS_BESIDE: f64 = 2.0;

/// How fast the log odds of the other script grow with its share. With a fifth of the letters it has
/// one chance in nine.
const BESIDE_SLOPE: f64 = 7.0;

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
    /// English words stand in titles of every language, and to take a foreign title for English
    /// costs more than the reverse.
    pub(super) const ENGLISH: f64 = -1.0;
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
    /// What whatlang says, with its own confidence, if it was asked.
    pub(super) whatlang: Option<(&'static str, f64)>,
    /// What the n-gram model says.
    pub(super) ngrams: Option<&'static str>,
    /// Letters of the main script, as they were weighed.
    pub(super) weight: f64,
}

/// Forms an opinion on a text of moderate length; `None` when it has no letters of any script
/// that is known. whatlang need not be asked of every stretch of a text.
pub(super) fn form(text: &str, ask_whatlang: bool) -> Option<Opinion> {
    let composed = composed(text);
    let shares = script::shares(&composed);
    let (main, weight) = shares.first().copied()?;
    let mut opinion = of_script(&composed, main, ask_whatlang)?;
    opinion.weight = weight;
    if main == "Latn"
        && text.len() <= PARAGRAPH_BYTES
        && let Some((second, other)) = shares.get(1).copied()
        && LEAST_LETTERS_BESIDE <= other
    {
        let share = other / (weight + other);
        let beside = (LEAST_BESIDE <= share).then(|| of_script(&composed, second, false));
        if let Some(beside) = beside.flatten() {
            opinion.mix(beside, share);
        }
    }
    Some(opinion)
}

impl Opinion {
    /// Weighs in that a short text is in the language of its fewer letters, which are not Latin:
    /// names and brands in Latin letters may be most of a headline in Korean, while few headlines in
    /// English hold Korean letters.
    fn mix(&mut self, beside: Self, share: f64) {
        let odds = (BESIDE_SLOPE * (share - 0.5)).exp();
        let probability = odds / (1.0 + odds);
        for (_, own) in &mut self.languages {
            *own *= 1.0 - probability;
        }
        let others = beside.languages.into_iter();
        self.languages
            .extend(others.map(|(tag, own)| (tag, own * probability)));
        self.languages = ranked(std::mem::take(&mut self.languages));
    }
}

/// What the words of one script tell; their weight is for the caller to set.
fn of_script(composed: &str, main: ScriptCode, ask_whatlang: bool) -> Option<Opinion> {
    let words = script::words_in(composed, main);
    let whatlang = ask_whatlang.then(|| whatlang(&words)).flatten();
    let mut opinion = Opinion {
        script: main,
        languages: Vec::new(),
        whatlang,
        ngrams: None,
        weight: 0.0,
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

/// The text with letters and their marks in one piece (NFC), as the tables have them.
fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        IsNormalized::No | IsNormalized::Maybe => Cow::Owned(text.nfc().collect()),
    }
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

/// Whether whatlang knows a language, by the language's number.
static IN_WHATLANG: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let tags = knowledge::tags().iter();
    tags.map(|tag| WHATLANG_TAGS.values().any(|known| known == tag))
        .collect()
});

fn whatlang(text: &str) -> Option<(&'static str, f64)> {
    let info = whatlang::detect(text)?;
    let tag = WHATLANG_TAGS.get(info.lang().code())?;
    Some((tag, info.confidence()))
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
        lower_case: (!paragraph).then(|| Ranking::of(&text.to_lowercase(), alphabets)),
        small_words: (!paragraph).then(|| {
            if names_apart {
                Ranking::of(&small_words, alphabets)
            } else {
                Ranking::default()
            }
        }),
        as_written,
        whatlang,
        words: f64::from(u32::try_from(word_count.max(1)).unwrap_or(u32::MAX)),
    };
    let ranked = signs.candidates(alphabets.len());
    let few = alphabets.len() < 10;
    let mut languages = Languages::new();
    for (at, alphabet) in alphabets.iter().enumerate() {
        let fit = alphabet.fit(&letters);
        let found = hits.get(alphabet.number).copied().unwrap_or_default();
        let candidate = few
            || ranked.get(at).copied().unwrap_or_default()
            || whatlang == Some(alphabet.tag)
            || 0.0 < found.words
            || 0.0 < fit.telltale;
        if candidate {
            let fit_small = alphabet.fit(&small);
            let score = weight::MISFIT * fit.misfit
                + weight::TELLTALE * fit.telltale
                + weight::MISFIT_SMALL * fit_small.misfit
                + weight::TELLTALE_SMALL * fit_small.telltale
                + signs.score(at, alphabet, found);
            languages.push((alphabet.tag, score));
        }
    }
    let first = signs.as_written.first().and_then(|at| alphabets.get(at));
    (probabilities(languages), first.map(|alphabet| alphabet.tag))
}

struct Signs {
    as_written: Ranking,
    /// `None` where it is as the text as written.
    lower_case: Option<Ranking>,
    /// `None` where it is as the text as written.
    small_words: Option<Ranking>,
    whatlang: Option<&'static str>,
    words: f64,
}

impl Signs {
    /// Which of a script's alphabets are high enough in a ranking to be weighed.
    fn candidates(&self, alphabets: usize) -> Vec<bool> {
        let mut ranked = vec![false; alphabets];
        for ranking in [Some(&self.as_written), self.lower_case.as_ref()]
            .into_iter()
            .flatten()
        {
            for at in ranking.order.iter().take(CANDIDATES) {
                if let Some(slot) = ranked.get_mut(*at) {
                    *slot = true;
                }
            }
        }
        ranked
    }

    fn score(&self, at: usize, alphabet: &Alphabet, hits: Hits) -> f64 {
        let lower_case = self.lower_case.as_ref().unwrap_or(&self.as_written);
        let small_words = self.small_words.as_ref().unwrap_or(&self.as_written);
        let mut score = rank_weight(alphabet);
        for (ranking, weight, first) in [
            (&self.as_written, weight::AS_WRITTEN, weight::FIRST / 2.0),
            (lower_case, weight::LOWER_CASE, weight::FIRST / 2.0),
            (small_words, weight::SMALL_WORDS, 0.0),
        ] {
            score += weight * ranking.log(at).unwrap_or_default();
            if ranking.first() == Some(at) {
                score += first;
            }
        }
        if self.whatlang == Some(alphabet.tag) {
            score += weight::WHATLANG;
        }
        if !IN_WHATLANG
            .get(alphabet.number)
            .copied()
            .unwrap_or_default()
        {
            score += weight::NOT_IN_WHATLANG;
        }
        if alphabet.tag == "en" {
            score += weight::ENGLISH;
        }
        let distinct = hits.distinct.min(MOST_DISTINCT);
        score += weight::WORDS * hits.words.ln_1p()
            + weight::WORD_SHARE * hits.words / self.words
            + weight::DISTINCT * distinct;
        if self.as_written.log(at).is_none() {
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
    for (_, score) in &mut scores {
        *score = (*score - best).exp();
    }
    ranked(scores)
}

/// Odds → probabilities, likeliest first, the hopeless left out.
pub(super) fn ranked(mut odds: Languages) -> Languages {
    let sum: f64 = odds.iter().map(|(_, own)| own).sum();
    for (_, own) in &mut odds {
        *own /= sum;
    }
    odds.retain(|(_, probability)| LEAST_PROBABILITY <= *probability);
    odds.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    odds
}
