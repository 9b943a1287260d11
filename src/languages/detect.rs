//! The language of a text with the declarations around it.

use crate::model::{DetectedLanguage, Evidence, LanguageAlternative, LanguageShare, LanguageTag};

use super::declared::{self, DeclaredLanguage, LanguageSignal};
use super::han;
use super::knowledge;
use super::opinion::{self, Opinion};
use super::same::grouped;
use super::sample;
use super::script::ScriptCode;
use super::sections::{self, Section};
use super::survey::{Found, survey};

/// Below this probability no language is named, unless it is far ahead of the next.
const LEAST_CONFIDENCE: f64 = 0.2;

/// So many times likelier than the next language is "far ahead".
const FAR_AHEAD: f64 = 1.3;

/// Alternatives below this are not plausible.
const LEAST_ALTERNATIVE: f64 = 0.05;

/// The same for languages that text cannot tell from the one named.
const LEAST_IN_GROUP: f64 = 0.005;

/// Log odds of a declared language that the text gives no reason for.
const NOT_IN_TEXT: f64 = -9.2;

/// The most of it for a language that was no candidate, where those that were are few and likely.
const NO_CANDIDATE: f64 = -7.0;

/// The same when the language is not even written in the text's script.
const NOT_IN_SCRIPT: f64 = -13.8;

/// How fast the odds fall that a text is named by a smaller section: those of one half as large as
/// the largest are 1 to 8.
const OF_SMALLER_SECTION: f64 = 3.0;

/// So many stretches are read closely because a survey did not know their language.
const MOST_DOUBTFUL: usize = 6;

/// Log odds, beside the declarations, that a page without text is in another language.
const ANOTHER_LANGUAGE: f64 = 1.0;

/// With a section in another language that is as large as this, nobody can be surer than that of
/// what *the* language of the text is.
const LARGE_SECTION: f64 = 0.3;
const BILINGUAL: f64 = 0.85;

/// The language of a text, with the declared signals weighed in.
///
/// `None` when the text has no letters and nothing is declared, or no language is likelier than the
/// others; a language that is named on thin evidence has a low confidence. Works on titles of three words as on whole pages, of which it looks at a few
/// thousand characters spread over the text and lets paragraphs vote. Words in another script
/// than most of the text do not count.
///
/// Croatian, Bosnian and Serbian in Latin script, Indonesian and Malay, and the two kinds of
/// Norwegian cannot always be told apart: the likeliest is named, the others are `alternatives`,
/// and the confidence is the group's, which
/// [`same_language`](super::same_language) compares. Chinese is named
/// `zh-Hans` or `zh-Hant` where the characters tell. Of a text whose sections are in several
/// languages the one with the largest share is named, of two of nearly equal size the one that is
/// declared; `shares` tells of all.
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
    let (opinions, surveyed) = look_at(&stretches);
    let sections = sections::sections(&opinions, &surveyed);
    let script = sections.first().map(|section| section.script);
    let weights = declared::weigh(declared);
    let languages = match sections.first() {
        Some(section) => with_declared(&readings(section, &sections), &weights, section.script),
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
    let text = stretches.concat();
    let full_tag = |language: &str| {
        let own = sections.iter().find(|section| section.is_in(language));
        full_tag(
            language,
            own.map(|section| section.script).or(script),
            &text,
        )
    };
    let mut alternatives: Vec<LanguageAlternative> = Vec::new();
    for (language, probability) in languages.iter().skip(1) {
        let least = if alike(language) {
            LEAST_IN_GROUP
        } else {
            LEAST_ALTERNATIVE
        };
        let elsewhere = sections
            .iter()
            .skip(1)
            .any(|section| section.is_in(language));
        if *probability < least || (elsewhere && !alike(language)) {
            continue;
        }
        let tag = full_tag(language)?;
        if alternatives.iter().all(|known| known.tag != tag) {
            alternatives.push(LanguageAlternative {
                tag,
                confidence: rounded(*probability),
            });
        }
    }
    let tag = full_tag(&first)?;
    let shares = shares(&tag, &sections, &text);
    let other = |section: &LanguageShare| section.tag != tag && LARGE_SECTION <= section.share;
    let most = if shares.iter().any(other) {
        BILINGUAL
    } else {
        1.0
    };
    Some(DetectedLanguage {
        confidence: rounded(group.max(probability).min(most)),
        shares,
        tag,
        alternatives,
        evidence: evidence(&opinions, script, declared),
    })
}

/// Readings of the largest section, and the languages of the others as far as they come near its
/// size: a declaration may say which of two is the page's own.
fn readings(largest: &Section, sections: &[Section]) -> Vec<(&'static str, f64)> {
    let mut readings = largest.languages.clone();
    for section in sections.iter().skip(1) {
        let first = section.languages.first();
        let odds = (section.share / largest.share).powf(OF_SMALLER_SECTION);
        match first {
            Some((tag, _)) if readings.iter().all(|(known, _)| known != tag) => {
                readings.push((tag, odds));
            }
            Some((tag, _)) => {
                let known = readings.iter_mut().find(|(known, _)| known == tag);
                if let Some((_, probability)) = known {
                    *probability = probability.max(odds);
                }
            }
            None => {}
        }
    }
    opinion::ranked(readings)
}

/// Opinions on the stretches that are read closely, and what language the others are in. Those that
/// are in no language found so far are read closely as well, as long as they are not too many.
fn look_at(stretches: &[String]) -> (Vec<Opinion>, Vec<(&'static str, f64)>) {
    let closely = sample::read_closely(stretches);
    let chosen = || stretches.iter().zip(&closely);
    let longest = chosen()
        .filter(|(_, closely)| **closely)
        .map(|(stretch, _)| stretch.len())
        .max();
    let mut asked = false;
    let mut opinions: Vec<Opinion> = chosen()
        .filter(|(_, closely)| **closely)
        .filter_map(|(stretch, _)| {
            // whatlang takes as long as all else together, and what it says of one stretch more
            // changed the language named on no page of 2,180.
            let ask = !asked && Some(stretch.len()) == longest;
            asked |= ask;
            opinion::form(stretch, ask)
        })
        .collect();
    let sections = sections::sections(&opinions, &[]);
    let found: Vec<Found> = sections
        .iter()
        .filter_map(|section| {
            Some(Found {
                language: section.languages.first()?.0,
                script: section.script,
            })
        })
        .collect();
    let mut surveyed = Vec::new();
    let mut doubtful = 0;
    for (stretch, _) in chosen().filter(|(_, closely)| !**closely) {
        match survey(stretch, &found) {
            Some(told) => surveyed.push(told),
            None if doubtful < MOST_DOUBTFUL => {
                doubtful += 1;
                opinions.extend(opinion::form(stretch, false));
            }
            None => {}
        }
    }
    (opinions, surveyed)
}

/// The sections' languages with their shares; the first section is in the language that was named.
fn shares(named: &LanguageTag, sections: &[Section], text: &str) -> Vec<LanguageShare> {
    let mut shares: Vec<LanguageShare> = Vec::new();
    let own = sections
        .iter()
        .position(|section| section.is_in(named.primary()));
    for (at, section) in sections.iter().enumerate() {
        let first = section.languages.first();
        let tag = if own == Some(at) {
            Some(named.clone())
        } else {
            first.and_then(|(language, _)| full_tag(language, Some(section.script), text))
        };
        let Some(tag) = tag else {
            continue;
        };
        match shares
            .iter_mut()
            .find(|known| known.tag.primary() == tag.primary())
        {
            Some(known) => known.share += section.share,
            None => shares.push(LanguageShare {
                tag,
                share: section.share,
            }),
        }
    }
    shares.sort_by(|a, b| b.share.total_cmp(&a.share));
    let all: f64 = shares.iter().map(|known| known.share).sum();
    for known in &mut shares {
        known.share = rounded(known.share / all);
    }
    shares
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
        .map_or(NOT_IN_TEXT, |(_, score)| {
            score.clamp(NOT_IN_TEXT, NO_CANDIDATE)
        });
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
        ("zh", Some(_)) => Some(LanguageTag::from_static(han::chinese_tag(text))),
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
        // An article declares nothing of the pages that it cites; it makes a language likelier.
        let what = if *signal == LanguageSignal::Article {
            "article language"
        } else {
            "declared"
        };
        Evidence::new(what, tag.as_str(), signal.place())
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
