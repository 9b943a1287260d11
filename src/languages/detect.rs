//! The language of a text with the declarations around it.

use crate::model::{DetectedLanguage, Evidence, LanguageShare, LanguageTag};

use super::declared::{self, DeclaredLanguage};
use super::han;
use super::knowledge;
use super::opinion::{self, Opinion};
use super::same::grouped;
use super::sample;
use super::script::ScriptCode;

/// Below this probability no language is named, unless it is far ahead of the next.
const LEAST_CONFIDENCE: f64 = 0.35;

/// So many times likelier than the next language is "far ahead".
const FAR_AHEAD: f64 = 2.0;

/// Alternatives below this are not plausible.
const LEAST_ALTERNATIVE: f64 = 0.05;

/// The same for languages that text cannot tell from the one named.
const LEAST_IN_GROUP: f64 = 0.005;

/// Log odds of a declared language that the text gives no reason for.
const NOT_IN_TEXT: f64 = -9.2;

/// The same when the language is not even written in the text's script.
const NOT_IN_SCRIPT: f64 = -13.8;

/// Log odds, beside the declarations, that a page without text is in another language.
const ANOTHER_LANGUAGE: f64 = 1.0;

/// A stretch belongs to the winner's part of a mixed text from this probability on.
const BELONGS: f64 = 0.05;

/// No language of one stretch is less likely than this when stretches are taken together.
const LEAST_IN_STRETCH: f64 = 1e-4;

/// The language of a text, with the declared signals weighed in.
///
/// `None` when the text has no letters and nothing is declared, or the evidence is too thin to
/// name one language. Works on titles of three words as on whole pages, of which it reads a few
/// thousand characters spread over the text and lets paragraphs vote. Words in another script
/// than most of the text do not count.
///
/// Croatian, Bosnian and Serbian in Latin script, Indonesian and Malay, and the two kinds of
/// Norwegian cannot always be told apart: the likeliest is named, the others are `alternatives`,
/// and the confidence is the group's, which
/// [`same_language`](super::same_language) compares. Chinese is named
/// `zh-Hans` or `zh-Hant` where the characters tell. In a text of several languages the one with
/// the largest share is named and alternatives carry their shares.
///
/// # Examples
///
/// ```
/// use citecheck::languages::detect;
///
/// let found = detect("Військові з КНДР почали злагодження", &[]).unwrap();
/// assert_eq!(found.tag.as_str(), "uk");
/// assert!(detect("2024-11-03", &[]).is_none());
/// ```
#[must_use]
pub fn detect(text: &str, declared: &[DeclaredLanguage]) -> Option<DetectedLanguage> {
    let stretches = sample::stretches(text);
    let longest = stretches.iter().map(String::len).max();
    let mut asked = false;
    let opinions: Vec<Opinion> = stretches
        .iter()
        .filter_map(|stretch| {
            // whatlang takes as long as all else together, and what it says of one stretch more
            // changed the language named on no page of 2,180.
            let ask = !asked && Some(stretch.len()) == longest;
            asked |= ask;
            opinion::form(stretch, ask)
        })
        .collect();
    let script = opinions
        .iter()
        .max_by(|a, b| a.weight.total_cmp(&b.weight))
        .map(|it| it.script);
    let reading = read_together(&opinions);
    let weights = declared::weigh(declared);
    let languages = match script {
        Some(script) => with_declared(&reading.languages, &weights, script),
        None => declared_alone(weights),
    };
    let (first, probability) = languages.first().cloned()?;
    let alike = |tag: &str| tag == first || grouped(&first, tag);
    let group: f64 = languages
        .iter()
        .filter(|(tag, _)| alike(tag))
        .map(|(_, p)| p)
        .sum();
    let next = languages
        .iter()
        .find(|(tag, _)| !alike(tag))
        .map_or(0.0, |(_, p)| *p);
    let thin = match script {
        Some(_) => group < LEAST_CONFIDENCE && group < FAR_AHEAD * next,
        None => group < 0.5,
    };
    if thin {
        return None;
    }
    let mut alternatives: Vec<LanguageShare> = Vec::new();
    let shares = reading
        .shares
        .iter()
        .map(|(tag, share)| ((*tag).to_owned(), *share));
    for (language, share) in languages.iter().skip(1).cloned().chain(shares) {
        let least = if alike(&language) {
            LEAST_IN_GROUP
        } else {
            LEAST_ALTERNATIVE
        };
        if language == first || share < least {
            continue;
        }
        let tag = full_tag(&language, script, text)?;
        if alternatives.iter().all(|known| known.tag != tag) {
            alternatives.push(LanguageShare {
                tag,
                confidence: rounded(share),
            });
        }
    }
    alternatives.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    Some(DetectedLanguage {
        tag: full_tag(&first, script, text)?,
        confidence: rounded(group.max(probability) * reading.certainty),
        alternatives,
        evidence: evidence(&opinions, script, declared),
    })
}

/// The stretches of a text taken together.
#[derive(Default)]
struct Reading {
    /// Languages of the largest part, likeliest first.
    languages: Vec<(&'static str, f64)>,
    /// Shares of the whole text, largest first.
    shares: Vec<(&'static str, f64)>,
    /// How clear it is which part is the largest, 0.5 to 1.
    certainty: f64,
}

/// Lets stretches vote, then decides among close languages with all stretches of the winning part.
fn read_together(opinions: &[Opinion]) -> Reading {
    if let [only] = opinions {
        return Reading {
            languages: only.languages.clone(),
            shares: Vec::new(),
            certainty: 1.0,
        };
    }
    let all: f64 = opinions.iter().map(|opinion| opinion.weight).sum();
    let mut shares: Vec<(&'static str, f64)> = Vec::new();
    for opinion in opinions {
        for (tag, probability) in &opinion.languages {
            let share = probability * opinion.weight / all;
            match shares.iter_mut().find(|(known, _)| known == tag) {
                Some((_, sum)) => *sum += share,
                None => shares.push((tag, share)),
            }
        }
    }
    shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let Some((winner, share)) = shares.first().copied() else {
        return Reading {
            certainty: 1.0,
            ..Reading::default()
        };
    };
    let likelihood = |opinion: &Opinion, tag: &str| {
        let found = opinion.languages.iter().find(|(known, _)| *known == tag);
        found.map_or(LEAST_IN_STRETCH, |(_, probability)| {
            probability.max(LEAST_IN_STRETCH)
        })
    };
    let part: Vec<&Opinion> = opinions
        .iter()
        .filter(|opinion| BELONGS <= likelihood(opinion, winner))
        .collect();
    let root = f64::from(u32::try_from(part.len().max(1)).unwrap_or(u32::MAX)).sqrt();
    let scores = shares.iter().map(|(tag, _)| {
        let sum: f64 = part
            .iter()
            .map(|opinion| likelihood(opinion, tag).ln())
            .sum();
        (*tag, sum / root)
    });
    let languages = opinion::probabilities(scores.collect());
    // Close languages share the winner's stretches; a rival has stretches of its own.
    let rival = shares
        .iter()
        .filter(|(tag, _)| {
            part.iter()
                .all(|opinion| likelihood(opinion, tag) < BELONGS)
        })
        .map(|(_, share)| *share)
        .fold(0.0, f64::max);
    let certainty = 1.0 - (rival / share).min(1.0).powi(2) / 2.0;
    shares.retain(|(tag, _)| {
        part.iter()
            .all(|opinion| likelihood(opinion, tag) < BELONGS)
    });
    Reading {
        languages,
        shares,
        certainty,
    }
}

/// Adds the log odds of declarations to those of the text.
fn with_declared(
    languages: &[(&'static str, f64)],
    weights: &[(String, f64)],
    script: ScriptCode,
) -> Vec<(String, f64)> {
    let mut scores: Vec<(String, f64)> = languages
        .iter()
        .map(|(tag, probability)| ((*tag).to_owned(), probability.ln()))
        .collect();
    // A language that was no candidate is no likelier than the last of them; where the text has one
    // candidate alone, no other is likely at all.
    let last = scores
        .get(1..)
        .and_then(<[_]>::last)
        .map_or(NOT_IN_TEXT, |(_, score)| score.max(NOT_IN_TEXT));
    for (language, weight) in weights {
        // The pool holds a rarely cited language to be unlikely, which a declaration answers:
        // hardly anyone declares Albanian by mistake.
        let weight = weight + opinion::rarity(language, script).min(*weight);
        if let Some((_, score)) = scores.iter_mut().find(|(known, _)| known == language) {
            *score += weight;
        } else {
            let fits = knowledge::is_written_in(language, script).unwrap_or(true);
            let start = if fits { last } else { NOT_IN_SCRIPT };
            scores.push((language.clone(), start + weight));
        }
    }
    normalised(scores, None)
}

/// Probabilities of declared languages when there is no text to ask.
fn declared_alone(weights: Vec<(String, f64)>) -> Vec<(String, f64)> {
    normalised(weights, Some(ANOTHER_LANGUAGE))
}

fn normalised(mut scores: Vec<(String, f64)>, beside: Option<f64>) -> Vec<(String, f64)> {
    let best = scores
        .iter()
        .map(|(_, score)| *score)
        .chain(beside)
        .fold(f64::MIN, f64::max);
    let sum: f64 = scores
        .iter()
        .map(|(_, score)| *score)
        .chain(beside)
        .map(|score| (score - best).exp())
        .sum();
    for (_, score) in &mut scores {
        *score = (*score - best).exp() / sum;
    }
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    scores
}

/// The tag with its script, where a language is written in two and this is the less usual one.
fn full_tag(language: &str, script: Option<ScriptCode>, text: &str) -> Option<LanguageTag> {
    match (language, script) {
        ("zh", Some("Hani")) => {
            let sample = sample::stretches(text).concat();
            Some(LanguageTag::from_static(han::chinese_tag(&sample)))
        }
        ("sr", Some("Latn")) => Some(LanguageTag::from_static("sr-Latn")),
        ("az" | "uz" | "tk", Some("Cyrl")) => LanguageTag::parse(&format!("{language}-Cyrl")),
        _ => LanguageTag::parse(language),
    }
}

/// Each opinion with where it comes from: script, whatlang and the n-gram model as they speak of
/// most of the text, then the declarations as given.
fn evidence(
    opinions: &[Opinion],
    script: Option<ScriptCode>,
    declared: &[DeclaredLanguage],
) -> Vec<Evidence> {
    let mut evidence = Vec::new();
    if let Some(script) = script {
        evidence.push(Evidence::new("script", script, "text"));
    }
    let whatlang = opinions
        .iter()
        .filter_map(|it| Some((it.whatlang?.0, it.weight)));
    if let Some(tag) = heaviest(whatlang) {
        let sure = opinions
            .iter()
            .filter_map(|it| it.whatlang)
            .filter(|(known, _)| *known == tag)
            .map(|(_, confidence)| confidence)
            .fold(0.0, f64::max);
        evidence.push(Evidence::new(
            "whatlang",
            format!("{tag} ({sure:.2})"),
            "text",
        ));
    }
    if let Some(tag) = heaviest(
        opinions
            .iter()
            .filter_map(|it| Some((it.ngrams?, it.weight))),
    ) {
        evidence.push(Evidence::new("py3langid", tag, "text"));
    }
    evidence.extend(declared.iter().map(|DeclaredLanguage { tag, signal }| {
        Evidence::new("declared", tag.as_str(), signal.place())
    }));
    evidence
}

fn heaviest(votes: impl Iterator<Item = (&'static str, f64)>) -> Option<&'static str> {
    let mut sums: Vec<(&'static str, f64)> = Vec::new();
    for (tag, weight) in votes {
        match sums.iter_mut().find(|(known, _)| *known == tag) {
            Some((_, sum)) => *sum += weight,
            None => sums.push((tag, weight)),
        }
    }
    sums.into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(tag, _)| tag)
}

fn rounded(probability: f64) -> f64 {
    (probability.clamp(0.0, 1.0) * 1000.0).round() / 1000.0
}
