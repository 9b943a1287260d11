//! Short footnotes and the works that they point to.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::short::{anchor, targets};
use crate::article::catalogue::{self, TemplateKind};
use crate::article::claims;
use crate::article::fields::Reading;
use crate::model::{Packed, Person, Problem, Reference, ReferenceKind, Source};
use crate::wikitext::{Document, plain_text};

/// Names that go into an anchor.
const MOST_NAMES: usize = 4;

/// Whether [`link`] has something to say of a reference.
pub(super) fn concern(reference: &Reference, reading: &Reading) -> bool {
    reference.main.is_some()
        || reference.kind == ReferenceKind::Work
        || (reference.sources.iter()).any(|source| is_short(source, reading))
}

/// Says of each short footnote where its work is, of each work and main reference what cites it.
/// A short footnote whose work is nowhere is a problem.
pub(super) fn link(
    references: &mut Packed<Reference>,
    document: &Document<'_>,
    reading: &Reading,
) -> Vec<Problem> {
    let works = works(references, reading);
    let mut problems = Vec::new();
    let mut others: Option<HashSet<String>> = None;
    references.edit(|reference| {
        let sources = reference.sources.iter_mut();
        for source in sources.filter(|source| is_short(source, reading)) {
            let wanted = targets(source, reading);
            source.cites = wanted.iter().find_map(|anchor| works.get(anchor).copied());
            let known = others.get_or_insert_with(|| other_anchors(document));
            if source.cites.is_none() && !wanted.iter().any(|anchor| known.contains(anchor)) {
                problems.push(unlinked(source));
            }
        }
    });
    pass_on(references);
    problems
}

fn is_short(source: &Source, reading: &Reading) -> bool {
    match kind(source, reading) {
        Some(TemplateKind::ShortFootnote | TemplateKind::ShortCitation) => true,
        Some(_) | None => false,
    }
}

fn kind(source: &Source, reading: &Reading) -> Option<TemplateKind> {
    let key = catalogue::template_key(source.template.as_deref()?);
    catalogue::template_kind(&key, &reading.names).map(|(kind, _)| kind)
}

/// Numbers of the references by the anchors of what they cite; a work that stands by itself
/// rather than one in a footnote, the first of several.
fn works(references: &Packed<Reference>, reading: &Reading) -> HashMap<String, u32> {
    let mut numbers = HashMap::new();
    for apart in [true, false] {
        for block in references.blocks() {
            let of_kind = block.iter().filter(|reference| {
                reference.main.is_none() && (reference.kind == ReferenceKind::Work) == apart
            });
            for reference in of_kind {
                for anchor in own_anchors(reference, reading) {
                    numbers.entry(anchor).or_insert(reference.number);
                }
            }
        }
    }
    numbers
}

/// The anchors of the works that a reference cites in full.
fn own_anchors(reference: &Reference, reading: &Reading) -> Vec<String> {
    let full = (reference.sources.iter())
        .filter(|source| source.template.is_some() && !is_short(source, reading));
    full.flat_map(anchors).collect()
}

/// The anchors that a citation may have: those that its `ref` names, names and year, and names
/// alone where it has no date.
fn anchors(source: &Source) -> Vec<String> {
    let citation = &source.citation;
    let value = |name: &str| citation.fields.get(name).map(|field| field.value.as_str());
    let years = ["year", "date", "publication-date"];
    let years: Vec<String> = years.into_iter().filter_map(value).flat_map(year).collect();
    let mut anchors = Vec::new();
    for given in ["ref", "id"].into_iter().filter_map(value) {
        let names = named(given);
        anchors.extend(years.iter().map(|year| anchor(&format!("{names}{year}"))));
        anchors.push(anchor(&names));
    }
    let vancouver = value("vauthors").or_else(|| value("veditors")).is_some();
    for people in [&citation.authors, &citation.editors] {
        let families: Vec<String> = people
            .iter()
            .take(MOST_NAMES)
            .map(|person| family(person, vancouver))
            .collect();
        let families = families.concat();
        if !families.is_empty() {
            anchors.extend(
                years
                    .iter()
                    .map(|year| anchor(&format!("{families}{year}"))),
            );
            if years.is_empty() {
                anchors.push(anchor(&families));
            }
        }
    }
    anchors
}

/// `{{sfnref|Smith|2005}}` or the anchor itself.
fn named(value: &str) -> String {
    let document = Document::parse(value);
    let first = document.nodes().first();
    let Some(template) = first.and_then(|node| document.template(node)) else {
        return plain_text(value);
    };
    let parts = template.parameters();
    let parts = parts.filter(|part| {
        let name = part.name.map_or("", |name| name.text());
        name.bytes().all(|byte| byte.is_ascii_digit())
    });
    parts.map(|part| plain_text(part.value.text())).collect()
}

/// The years that a date gives to an anchor: with the letter behind, and the date as it is.
fn year(date: &str) -> Vec<String> {
    let text = plain_text(date);
    let mut years = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find(char::is_numeric) {
        rest = rest.get(start..).unwrap_or_default();
        let digits = rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len());
        let (number, after) = rest.split_at_checked(digits).unwrap_or((rest, ""));
        if matches!(number.chars().count(), 3 | 4) {
            let letter = after.chars().next().filter(char::is_ascii_lowercase);
            let ends = after.chars().nth(1).is_none_or(|c| !c.is_alphanumeric());
            let letter = letter.filter(|_| ends);
            years.push(format!(
                "{number}{}",
                letter.map_or_else(String::new, String::from)
            ));
        }
        rest = after;
    }
    years.push(text);
    years
}

fn family(person: &Person, vancouver: bool) -> String {
    match person {
        Person::Split { last, .. } => last.clone(),
        // `Smith JB`
        Person::Whole { name } if vancouver => {
            let initials = name.rsplit_once(' ').filter(|(_, last)| {
                last.chars().count() <= 3 && last.chars().all(char::is_uppercase)
            });
            initials
                .map_or(name.as_str(), |(family, _)| family)
                .to_owned()
        }
        Person::Whole { name } => name.clone(),
    }
}

/// Anchors that the article sets by other means than a citation template.
fn other_anchors(document: &Document<'_>) -> HashSet<String> {
    let source = document.source();
    let places = memchr::memmem::find_iter(source.as_bytes(), b"CITEREF");
    let set = places.filter_map(|at| source.get(at..));
    let set = set.map(|rest| {
        let ends = |c: char| matches!(c, '"' | '\'' | '|' | '}' | '>' | ']' | '\n');
        anchor(rest.split(ends).next().unwrap_or_default())
    });
    set.filter(|anchor| anchor.len() < 200).collect()
}

fn unlinked(source: &Source) -> Problem {
    let parts = source.parameters.iter().filter(|part| part.name.is_none());
    let mut parts: Vec<&str> = parts.map(|part| part.value.as_str()).collect();
    if parts.is_empty() {
        parts = source
            .parameters
            .iter()
            .map(|part| part.value.as_str())
            .collect();
    }
    Problem {
        line: source.span.line,
        column: source.span.column,
        message: format!(
            "short footnote `{}` points to no work here",
            parts.join(" ")
        ),
    }
}

/// What cites a part of a reference, or a work by a short footnote, cites the whole. A footnote
/// that holds the work of a short one is cited by its own marks alone.
fn pass_on(references: &mut Packed<Reference>) {
    let mut works: HashSet<u32> = HashSet::new();
    for block in references.blocks() {
        let of_kind = (block.iter()).filter(|reference| reference.kind == ReferenceKind::Work);
        works.extend(of_kind.map(|reference| reference.number));
    }
    let mut from: BTreeMap<u32, Vec<(u32, Vec<String>)>> = BTreeMap::new();
    for reference in references.blocks().flat_map(Cow::into_owned) {
        let pointed = reference.sources.iter().filter_map(|source| source.cites);
        let pointed = pointed.filter(|number| works.contains(number));
        let mut numbers: Vec<u32> = reference.main.into_iter().chain(pointed).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let passed = (reference.uses, reference.claims.clone());
            from.entry(number).or_default().push(passed);
        }
    }
    references.edit(|reference| {
        for (uses, claims) in from.remove(&reference.number).unwrap_or_default() {
            reference.uses = reference.uses.saturating_add(uses);
            for claim in claims {
                let known = reference.claims.contains(&claim);
                if reference.claims.len() < claims::MOST && !known {
                    reference.claims.push(claim);
                }
            }
        }
        if works.contains(&reference.number) {
            reference.uses = reference.uses.max(1);
        }
    });
}
