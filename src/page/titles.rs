//! Title candidates, and the best of them.
//!
//! Each place that names a page says something slightly other: the `<title>` has the site's name,
//! `og:title` is written for sharing, the first `<h1>` may be the logo. What they agree on, what
//! the address and the site's own names say, and how each place errs are weighed for every title
//! and every stretch of one.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use url::Url;

use super::json_ld::LdNode;
use super::outline::Outline;
use super::page_kind::name_of;
use super::text;
use super::title_candidates::{Candidate, candidates};
use super::title_parts::{Joint, key};
use super::title_site::{Likeness, SiteNames};
use super::title_sources::{Place, Written, lower_headings, written};
use super::title_weights::Trait;
use crate::model::TitleCandidate;

/// Titles kept of one page.
const MAX_TITLES: usize = 20;

/// Titles are compared by so many of the first bytes of their letters.
const COMPARED_BYTES: usize = 400;

/// Likeness from which a heading and another title are one.
const ALIKE: f64 = 0.6;

/// All titles, the likeliest first, duplicates removed; stretches of a title only where what was
/// cut off is the site's name, or where one is the likeliest of all.
pub(super) fn titles(
    outline: &Outline,
    nodes: &[LdNode],
    url: Option<&Url>,
) -> Vec<TitleCandidate> {
    let site = SiteNames::read(outline, nodes, url.and_then(Url::host_str));
    let written = written(outline, nodes);
    let page = PageTitles::new(outline, &written, &site, url);
    let mut scored: Vec<(f64, Candidate)> = candidates(&written, &site)
        .into_iter()
        .map(|candidate| (page.score(&candidate), candidate))
        .collect();
    scored.sort_by(|(a, left), (b, right)| b.total_cmp(a).then_with(|| left.key.cmp(&right.key)));
    let best = scored.first().map(|(_, best)| best.key.clone());
    let kept = scored.into_iter().filter(|(_, candidate)| {
        let cut_off = candidate.cut.map_or(0, |cut| cut.unknown);
        cut_off == 0 && !site_alone(&site, candidate) || best.as_deref() == Some(&candidate.key)
    });
    let mut list: Vec<TitleCandidate> = Vec::new();
    for (_, candidate) in kept.take(MAX_TITLES) {
        let source = match candidate.cut {
            None => candidate.source.to_owned(),
            Some(cut) if cut.unknown == 0 => {
                format!("{} without the site's name", candidate.source)
            }
            Some(_) => format!("part of {}", candidate.source),
        };
        let value = candidate.text;
        list.push(TitleCandidate { value, source });
    }
    list
}

/// Whether a stretch is nothing but the site's name.
fn site_alone(site: &SiteNames, candidate: &Candidate) -> bool {
    candidate.cut.is_some() && site.likeness(&candidate.text, &candidate.key) != Likeness::None
}

/// What candidates are weighed against.
struct PageTitles<'a> {
    site: &'a SiteNames,
    /// Titles written for machines: key and pairs of letters.
    others: Vec<(String, Pairs)>,
    /// Keys of all titles as written.
    keys: Vec<String>,
    lower: BTreeSet<String>,
    address: BTreeSet<String>,
    /// Those of the address.
    alphabets: BTreeSet<u32>,
    is_home: bool,
}

impl<'a> PageTitles<'a> {
    fn new(outline: &Outline, written: &[Written], site: &'a SiteNames, url: Option<&Url>) -> Self {
        let keys: Vec<String> = written.iter().map(|title| key(&title.text)).collect();
        let machine = written
            .iter()
            .zip(&keys)
            .filter(|(title, _)| title.place != Place::Heading);
        let address = url.map(address_words).unwrap_or_default();
        Self {
            site,
            others: machine.map(|(_, key)| (key.clone(), pairs(key))).collect(),
            keys,
            lower: lower_headings(outline).map(key).collect(),
            alphabets: alphabets(&address),
            address,
            is_home: url.is_some_and(|url| url.path() == "/" && url.query().is_none()),
        }
    }

    fn score(&self, candidate: &Candidate) -> f64 {
        let mut traits = Vec::with_capacity(32);
        self.of_places(candidate, &mut traits);
        let alike = self.of_neighbours(candidate, &mut traits);
        of_heading(candidate, alike, &mut traits);
        self.of_text(candidate, &mut traits);
        let weighed = traits.iter().map(|(found, value)| found.weight() * value);
        weighed.sum()
    }

    #[expect(clippy::cast_precision_loss, reason = "a page has few titles")]
    fn of_places(&self, candidate: &Candidate, traits: &mut Traits) {
        for place in &candidate.wholes {
            let found = match place {
                Place::Citation => Trait::InCitation,
                Place::Heading => Trait::InHeading,
                Place::LdHeadline => Trait::InLdHeadline,
                Place::OpenGraph => Trait::InOpenGraph,
                Place::Title => Trait::InTitle,
                Place::LdName => Trait::InLdName,
                Place::Twitter | Place::OtherMeta => continue,
            };
            traits.push((found, 1.0));
        }
        let machines = |places: &BTreeSet<Place>| {
            places
                .iter()
                .filter(|place| **place != Place::Heading)
                .count()
        };
        traits.push((
            Trait::Wholes,
            machines(&candidate.wholes).min(3) as f64 / 3.0,
        ));
        traits.push((
            Trait::Places,
            machines(&candidate.places).min(4) as f64 / 4.0,
        ));
        let part = candidate.places.contains(&Place::Heading)
            && !candidate.wholes.contains(&Place::Heading);
        hold(traits, Trait::PartOfHeading, part);
        hold(traits, Trait::Begins, candidate.begins_another);
        hold(
            traits,
            Trait::LowerHeading,
            self.lower.contains(&candidate.key),
        );
        if let Some(cut) = candidate.cut {
            traits.push((Trait::UnknownCut, cut.unknown.min(2) as f64));
            let only = self.keys.len() == 1;
            hold(traits, Trait::Unconfirmed, only && cut.dash);
            hold(traits, Trait::ColonBefore, cut.colon_before);
            hold(traits, Trait::ColonBehind, cut.colon_behind);
        }
    }

    /// Says how alike the likeliest of the others is.
    #[expect(clippy::cast_precision_loss, reason = "a page has few titles")]
    fn of_neighbours(&self, candidate: &Candidate, traits: &mut Traits) -> f64 {
        let own = pairs(&candidate.key);
        let others = self.others.iter().filter(|(key, _)| *key != candidate.key);
        let alike: Vec<f64> = others.map(|(_, other)| likeness(&own, other)).collect();
        let best = alike.iter().copied().fold(0.0, f64::max);
        if alike.is_empty() {
            hold(traits, Trait::Alone, true);
        } else {
            let mean = alike.iter().sum::<f64>() / alike.len() as f64;
            traits.push((Trait::Likeness, mean));
            traits.push((Trait::BestLikeness, best));
        }
        let own = candidate.key.as_str();
        let mut others = self.keys.iter().filter(|key| *key != own);
        hold(
            traits,
            Trait::Within,
            others.clone().any(|key| key.contains(own)),
        );
        let contains = others.any(|key| 12 <= key.chars().count() && own.contains(key.as_str()));
        hold(traits, Trait::Contains, contains);
        best
    }

    #[expect(clippy::cast_precision_loss, reason = "titles have few letters")]
    fn of_text(&self, candidate: &Candidate, traits: &mut Traits) {
        let joint = |joint| candidate.joints.contains(&joint);
        hold(traits, Trait::BarWithin, joint(Joint::Bar));
        hold(traits, Trait::DashWithin, joint(Joint::Dash));
        hold(traits, Trait::ColonWithin, joint(Joint::Colon));
        hold(traits, Trait::EndsInSite, candidate.ends_in_site);
        let site = self.site.likeness(&candidate.text, &candidate.key);
        hold(traits, Trait::IsSite, site == Likeness::Same);
        hold(
            traits,
            Trait::SiteOnHomePage,
            self.is_home && site != Likeness::None,
        );
        // What is written in another script tells nothing, nor do scripts without words apart.
        let own = plain_words(&candidate.text);
        if !self.alphabets.is_disjoint(&alphabets(&own)) {
            let shared = self.address.intersection(&own).count();
            traits.push((
                Trait::AddressWords,
                shared as f64 / self.address.len() as f64,
            ));
            hold(traits, Trait::NoAddressWord, shared == 0);
        }
        let weight = |c: char| if wide(c) { 3 } else { 1 };
        let length: usize = candidate.key.chars().map(weight).sum();
        traits.push((Trait::Length, ((1 + length) as f64).ln() / 5.0));
        hold(traits, Trait::Short, length <= 12);
        hold(traits, Trait::VeryShort, length <= 5);
    }
}

fn of_heading(candidate: &Candidate, alike: f64, traits: &mut Traits) {
    let Some(heading) = candidate.heading else {
        return;
    };
    // Too short to be compared by pairs of letters, it may still be a part of a title.
    let part = candidate
        .places
        .iter()
        .any(|place| *place != Place::Heading);
    let alike = if part { 1.0 } else { alike };
    traits.push((Trait::HeadingLikeness, alike));
    hold(traits, Trait::HeadingAlike, ALIKE <= alike);
    hold(traits, Trait::HeadingFirst, heading.first);
    hold(traits, Trait::HeadingOnly, heading.only);
    hold(traits, Trait::HeadingLinked, heading.linked);
    hold(traits, Trait::HeadingInArticle, heading.in_article);
    hold(
        traits,
        Trait::HeadingInTitle,
        candidate.places.contains(&Place::Title),
    );
}

type Traits = Vec<(Trait, f64)>;

fn hold(traits: &mut Traits, found: Trait, holds: bool) {
    if holds {
        traits.push((found, 1.0));
    }
}

/// Whether a character says as much as several letters.
fn wide(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Neighbouring letters, ascending, each pair once: compare titles in scripts with and without
/// spaces alike.
type Pairs = Vec<(char, char)>;

fn pairs(key: &str) -> Pairs {
    let letters = text::head(key, COMPARED_BYTES).chars();
    let next = letters.clone().skip(1);
    let mut pairs: Pairs = letters.zip(next).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The share of the smaller list that the other has too.
fn likeness(a: &Pairs, b: &Pairs) -> f64 {
    let (smaller, larger) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if smaller.len() < 4 {
        return 0.0;
    }
    let shared = smaller
        .iter()
        .filter(|pair| larger.binary_search(pair).is_ok())
        .count();
    #[expect(clippy::cast_precision_loss, reason = "titles have few letters")]
    let share = shared as f64 / smaller.len() as f64;
    share
}

/// The words of the part of the address that has most of them, without digits and the file's
/// ending.
fn address_words(url: &Url) -> BTreeSet<String> {
    let Some(segments) = url.path_segments() else {
        return BTreeSet::new();
    };
    let words = segments.take(12).map(|segment| {
        let mut words = plain_words(&name_of(text::head(segment, COMPARED_BYTES)));
        words.retain(|word| 1 < word.chars().count() && word.contains(char::is_alphabetic));
        words
    });
    // Of equals the last: sections come first.
    words.max_by_key(BTreeSet::len).unwrap_or_default()
}

/// The alphabets that words are written in, by the blocks of Unicode; only such as write spaces.
fn alphabets(words: &BTreeSet<String>) -> BTreeSet<u32> {
    let letters = words.iter().flat_map(|word| word.chars());
    let blocks = letters
        .filter(|c| c.is_alphabetic())
        .filter_map(|c| match c {
            '\0'..='\u{24f}' => Some(0),
            '\u{400}'..='\u{52f}' => Some(0x400),
            '\u{250}'..='\u{dff}' | '\u{10a0}'..='\u{10ff}' => Some(c as u32 & !0x7f),
            _ => None,
        });
    blocks.collect()
}

/// Words in lower case without accents.
fn plain_words(text: &str) -> BTreeSet<String> {
    let folded: String = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
        plain.flat_map(char::to_lowercase).collect()
    };
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
