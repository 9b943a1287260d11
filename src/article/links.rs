//! Addresses for a list that was copied as text: taken from another reading of the same article.

use std::collections::{BTreeMap, BTreeSet};

use strsim::normalized_levenshtein;
use unicode_normalization::UnicodeNormalization;

use crate::model::{Article, Citation, CitedDate};

/// Most pairs of same-titled citations that are compared; a page with more repeats one title.
const MOST_PAIRS: usize = 10_000;
/// Least likeness of two titles that neighbours in the list pin to each other.
const LIKE: f64 = 0.9;
/// Longest title compared letter by letter, in characters.
const LONGEST_TITLE: usize = 300;

/// Fills in `url` and `archive_url`, where missing, of the citations of `article` from `source`,
/// another reading of the same article; gives how many citations were filled.
///
/// Citations are matched by title (letters and digits alone, Unicode-folded); dates that
/// contradict each other rule a match out. Where a title occurs more than once, date,
/// access-date, work and authors decide, and the order of the list only where everything else in
/// it has kept its order. What stays doubtful is left without a link: a wrong address would make
/// every later finding about it wrong.
pub fn attach_links(article: &mut Article, source: &Article) -> usize {
    let wanting = entries(article);
    let having = entries(source);
    let mut pairs = same_titles(&wanting, &having);
    pairs.extend(between_neighbours(&wanting, &having, &pairs));
    let found: Vec<(Place, Links)> = pairs
        .iter()
        .filter_map(|(to, from)| Some((wanting.get(*to)?.place, having.get(*from)?.links.clone())))
        .collect();
    let filled = found
        .into_iter()
        .filter(|(place, links)| fill(article, *place, links));
    filled.count()
}

/// Indices of a wanting and of a having citation.
type Pair = (usize, usize);

/// Index of a reference and of a source in it.
type Place = (usize, usize);

/// The addresses of a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Links {
    url: Option<String>,
    archive_url: Option<String>,
}

/// What a citation is matched by.
#[derive(Debug)]
struct Entry {
    place: Place,
    title: String,
    date: Option<CitedDate>,
    access_date: Option<CitedDate>,
    /// Work, publisher and agency: readings of one citation may tell them apart differently.
    bodies: BTreeSet<String>,
    people: BTreeSet<String>,
    links: Links,
}

fn entries(article: &Article) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (at, reference) in article.references.iter().enumerate() {
        for (part, source) in reference.sources.iter().enumerate() {
            entries.push(entry((at, part), &source.citation));
        }
    }
    entries
}

fn entry(place: Place, citation: &Citation) -> Entry {
    let titles = [&citation.title, &citation.script_title];
    let bodies = [&citation.work, &citation.publisher, &citation.agency];
    let people = citation.authors.iter().chain(&citation.editors);
    Entry {
        place,
        title: titles
            .into_iter()
            .flatten()
            .map(|title| folded(title))
            .collect(),
        date: citation.date,
        access_date: citation.access_date,
        bodies: bodies
            .into_iter()
            .flatten()
            .map(|body| folded(body))
            .collect(),
        people: people.map(person).collect(),
        links: Links {
            url: citation.url.clone(),
            archive_url: citation.archive_url.clone(),
        },
    }
}

fn person(person: &crate::model::Person) -> String {
    match person {
        crate::model::Person::Split { last, first } => folded(&format!("{first} {last}")),
        crate::model::Person::Whole { name } => folded(name),
    }
}

/// Letters and digits alone, in one form and case.
fn folded(text: &str) -> String {
    text.nfkc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// How much else two citations of one title share; `None` when they contradict each other.
fn likeness(a: &Entry, b: &Entry) -> Option<u32> {
    let agree = |a: Option<CitedDate>, b: Option<CitedDate>| Some(a?.overlaps(b?));
    let date = agree(a.date, b.date);
    if date == Some(false) {
        return None;
    }
    if let (Some(a), Some(b)) = (&a.links.url, &b.links.url)
        && a != b
    {
        return None;
    }
    let access = agree(a.access_date, b.access_date) == Some(true);
    let bodies = a
        .bodies
        .iter()
        .any(|a| b.bodies.iter().any(|b| a.contains(b) || b.contains(a)));
    let others = !a.bodies.is_empty() && !b.bodies.is_empty() && !bodies;
    if others && date != Some(true) {
        return None; // "Elvis Presley" of two museums
    }
    let people = !a.people.is_empty() && a.people == b.people;
    Some(
        8 * u32::from(date.is_some())
            + 4 * u32::from(access)
            + 2 * u32::from(bodies)
            + u32::from(people),
    )
}

/// Pairs (wanting, having) of one title that nothing makes doubtful.
fn same_titles(wanting: &[Entry], having: &[Entry]) -> Vec<Pair> {
    let mut groups: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, entry) in wanting.iter().enumerate() {
        groups.entry(&entry.title).or_default().0.push(at);
    }
    for (at, entry) in having.iter().enumerate() {
        if let Some(group) = groups.get_mut(entry.title.as_str()) {
            group.1.push(at);
        }
    }
    groups.remove("");
    let mut pairs = Vec::new();
    let mut doubtful = Vec::new();
    for (to, from) in groups.into_values() {
        if from.is_empty() || MOST_PAIRS < to.len() * from.len() {
            continue;
        }
        let (sure, tied) = best_pairs(&to, &from, wanting, having);
        pairs.extend(sure);
        doubtful.push(tied);
    }
    pairs.sort_unstable();
    let keeps_order = pairs
        .iter()
        .zip(pairs.iter().skip(1))
        .all(|(a, b)| a.1 <= b.1);
    if keeps_order && !pairs.is_empty() {
        pairs.extend(doubtful.into_iter().flatten());
    }
    pairs
}

/// The pairs of a group that are each other's best, and those that only their order decides.
fn best_pairs(
    to: &[usize],
    from: &[usize],
    wanting: &[Entry],
    having: &[Entry],
) -> (Vec<Pair>, Vec<Pair>) {
    let score = |a: usize, b: usize| likeness(wanting.get(a)?, having.get(b)?);
    let links = |b: usize| having.get(b).map(|entry| &entry.links);
    let best_of = |scores: Vec<(u32, usize)>| -> Vec<usize> {
        let top = scores.iter().map(|(score, _)| *score).max();
        let best = scores.into_iter().filter(|(score, _)| Some(*score) == top);
        best.map(|(_, at)| at).collect()
    };
    let (mut sure, mut tied) = (Vec::new(), Vec::new());
    for a in to {
        let best = best_of(
            from.iter()
                .filter_map(|b| Some((score(*a, *b)?, *b)))
                .collect(),
        );
        let Some(first) = best.first().copied() else {
            continue;
        };
        let one_address = best.iter().all(|b| links(*b) == links(first));
        let rivals = best_of(
            to.iter()
                .filter_map(|other| Some((score(*other, first)?, *other)))
                .collect(),
        );
        let repeats = from.len() < to.len() && 1 < rivals.len();
        if one_address && (rivals == [*a] || 1 < best.len() && !repeats && rivals.contains(a)) {
            sure.push((*a, first));
        } else if rivals.contains(a) {
            tied.push(*a);
        }
    }
    let left: Vec<usize> = from
        .iter()
        .filter(|b| sure.iter().all(|(_, used)| used != *b))
        .copied()
        .collect();
    let in_order =
        tied.len() == left.len() && tied.iter().zip(&left).all(|(a, b)| score(*a, *b).is_some());
    let tied = if in_order {
        tied.into_iter().zip(left).collect()
    } else {
        Vec::new()
    };
    (sure, tied)
}

/// Pairs whose titles differ a little, alone between the same two matched neighbours.
fn between_neighbours(wanting: &[Entry], having: &[Entry], pairs: &[Pair]) -> Vec<Pair> {
    let matched: BTreeMap<usize, usize> = pairs.iter().copied().collect();
    let used: BTreeSet<usize> = matched.values().copied().collect();
    let mut found = Vec::new();
    for (at, entry) in wanting.iter().enumerate() {
        if matched.contains_key(&at) {
            continue;
        }
        let before = at
            .checked_sub(1)
            .map(|before| matched.get(&before).copied());
        let after = matched.get(&(at + 1)).copied();
        let place = match (before, after) {
            (Some(Some(before)), Some(after)) if before + 2 == after => before + 1,
            (None, Some(1)) => 0,
            (Some(Some(before)), None) if at + 1 == wanting.len() && before + 2 == having.len() => {
                before + 1
            }
            _ => continue,
        };
        let like = having
            .get(place)
            .filter(|other| !used.contains(&place) && likeness(entry, other).is_some())
            .is_some_and(|other| resemble(&entry.title, &other.title));
        if like {
            found.push((at, place));
        }
    }
    found
}

/// Whether two titles are one, mistyped or with the publisher run into it.
fn resemble(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let letters = short.chars().count();
    if letters < 8 || LONGEST_TITLE < long.chars().count() {
        return false;
    }
    long.starts_with(short) && long.len() <= 2 * short.len() || LIKE <= normalized_levenshtein(a, b)
}

/// Fills the missing addresses of one citation; whether anything was filled.
fn fill(article: &mut Article, (at, part): Place, links: &Links) -> bool {
    let reference = article.references.get_mut(at);
    let Some(source) = reference.and_then(|found| found.sources.get_mut(part)) else {
        return false;
    };
    let citation = &mut source.citation;
    let mut filled = false;
    let slots = [
        (&mut citation.url, &links.url),
        (&mut citation.archive_url, &links.archive_url),
    ];
    for (slot, link) in slots {
        if slot.is_none() && link.is_some() {
            slot.clone_from(link);
            filled = true;
        }
    }
    filled
}
