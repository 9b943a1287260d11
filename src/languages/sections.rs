//! The sections of a text by language, from what its stretches tell.

use super::opinion::{self, Opinion};
use super::same::grouped;
use super::script::ScriptCode;

/// A stretch belongs to a section in a language from this probability on.
const BELONGS: f64 = 0.05;

/// No language of one stretch is less likely than this when stretches are taken together.
const LEAST_IN_STRETCH: f64 = 1e-4;

/// A text has at most so many sections; what is left over is in none of them.
const MOST_SECTIONS: usize = 4;

/// Beside the first section, one counts from this share of the text on; headings and names in
/// another language make none.
const LEAST_SHARE: f64 = 0.04;

/// Beside the first section, one counts from this probability of its language on.
const LEAST_LIKELY: f64 = 0.5;

/// The stretches of a text that are in one language.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    /// The language with other readings of the same stretches, likeliest first.
    pub(super) languages: Vec<(&'static str, f64)>,
    /// Script of most of it.
    pub(super) script: ScriptCode,
    /// Part of the whole text, 0 to 1.
    pub(super) share: f64,
}

impl Section {
    /// Whether the section is in a language, or in one that text cannot tell from it.
    pub(super) fn is_in(&self, language: &str) -> bool {
        let first = self.languages.first();
        first.is_some_and(|(tag, _)| *tag == language || grouped(tag, language))
    }
}

/// Parts the stretches of a text into sections, the largest first; their shares sum to 1. Close
/// languages share stretches, so that Danish and Norwegian readings of one text are one section.
/// `surveyed` are languages found elsewhere with the letters of stretches that were only surveyed.
pub(super) fn sections(opinions: &[Opinion], surveyed: &[(&str, f64)]) -> Vec<Section> {
    let mut rest: Vec<&Opinion> = opinions.iter().collect();
    let mut found: Vec<Section> = Vec::new();
    while let Some(winner) = heaviest(&rest).filter(|_| found.len() < MOST_SECTIONS) {
        let (part, others): (Vec<&Opinion>, Vec<&Opinion>) = rest
            .into_iter()
            .partition(|opinion| BELONGS <= likelihood(opinion, winner));
        rest = others;
        // Readings so many that none of them belongs anywhere.
        let Some(section) = section(&part) else {
            break;
        };
        found.push(section);
    }
    for (language, weight) in surveyed {
        let own = found.iter_mut().find(|section| section.is_in(language));
        if let Some(section) = own {
            section.share += weight;
        }
    }
    let all: f64 = found.iter().map(|section| section.share).sum();
    let mut first = true;
    found.retain(|section| {
        let likely = section.languages.first();
        let likely = likely.is_some_and(|(_, probability)| LEAST_LIKELY <= *probability);
        std::mem::take(&mut first) || (likely && LEAST_SHARE * all <= section.share)
    });
    merge_alike(&mut found);
    let all: f64 = found.iter().map(|section| section.share).sum();
    for section in &mut found {
        section.share /= all.max(f64::MIN_POSITIVE);
    }
    found
}

/// The language of the largest share of some stretches.
fn heaviest(opinions: &[&Opinion]) -> Option<&'static str> {
    let mut sums: Vec<(&'static str, f64)> = Vec::new();
    for opinion in opinions {
        for (tag, probability) in &opinion.languages {
            let weight = probability * opinion.weight;
            match sums.iter_mut().find(|(known, _)| known == tag) {
                Some((_, sum)) => *sum += weight,
                None => sums.push((tag, weight)),
            }
        }
    }
    let first = sums
        .into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0)));
    first.map(|(tag, _)| tag)
}

fn likelihood(opinion: &Opinion, tag: &str) -> f64 {
    let found = opinion.languages.iter().find(|(known, _)| *known == tag);
    found.map_or(LEAST_IN_STRETCH, |(_, probability)| {
        probability.max(LEAST_IN_STRETCH)
    })
}

/// Decides among close languages with all stretches of a section; its share is in letters yet.
fn section(part: &[&Opinion]) -> Option<Section> {
    let heaviest = part.iter().max_by(|a, b| a.weight.total_cmp(&b.weight))?;
    let languages = match part {
        [only] => only.languages.clone(),
        _ => together(part),
    };
    Some(Section {
        languages,
        script: heaviest.script,
        share: part.iter().map(|opinion| opinion.weight).sum(),
    })
}

fn together(part: &[&Opinion]) -> Vec<(&'static str, f64)> {
    let mut tags: Vec<&'static str> = part
        .iter()
        .flat_map(|opinion| opinion.languages.iter().map(|(tag, _)| *tag))
        .collect();
    tags.sort_unstable();
    tags.dedup();
    let root = f64::from(u32::try_from(part.len().max(1)).unwrap_or(u32::MAX)).sqrt();
    let scores = tags.into_iter().map(|tag| {
        let sum: f64 = part
            .iter()
            .map(|opinion| likelihood(opinion, tag).ln())
            .sum();
        (tag, sum / root)
    });
    opinion::probabilities(scores.collect())
}

/// Sections in languages that are one for a reader are one section.
fn merge_alike(sections: &mut Vec<Section>) {
    let mut merged: Vec<Section> = Vec::new();
    for section in sections.drain(..) {
        let first = section.languages.first().map_or("", |(tag, _)| tag);
        let alike = merged.iter_mut().find(|known| known.is_in(first));
        match alike {
            Some(known) => known.share += section.share,
            None => merged.push(section),
        }
    }
    merged.sort_by(|a, b| b.share.total_cmp(&a.share));
    *sections = merged;
}
