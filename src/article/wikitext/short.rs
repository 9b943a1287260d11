//! Short footnotes: `{{sfn|Smith|2005|p=3}}` and its relatives.

use std::collections::BTreeMap;

use crate::article::catalogue;
use crate::article::fields::{Reading, Written};
use crate::model::{Citation, Parameter, Person, Source, Span};
use crate::wikitext::plain_text;

/// Most works that one template points to.
const MOST: usize = 50;

/// The works that the template points to: one, or several for `{{sfnm|1a1=…|1y=…|2a1=…}}`.
///
/// Such a template has no fields of its own: they are those of the work. Names and year are kept
/// for readers.
pub(super) fn sources(
    template: &str,
    written: &[Written<'_>],
    span: Span,
    reading: &Reading,
) -> Vec<Source> {
    let mut works: BTreeMap<u16, Vec<&Written<'_>>> = BTreeMap::new();
    for parameter in written {
        let number = of_several(&parameter.name).map_or(0, |(number, _)| number);
        works.entry(number).or_default().push(parameter);
    }
    let common = works.remove(&0).unwrap_or_default();
    if works.is_empty() {
        return vec![source(template, &common, span, reading)];
    }
    let works = works.into_values().take(MOST);
    works
        .map(|work| source(template, &work, span, reading))
        .collect()
}

/// `1a2` → work 1, `a2`.
fn of_several(name: &str) -> Option<(u16, &str)> {
    let end = name.find(|c: char| !c.is_ascii_digit())?;
    let (number, what) = name.split_at_checked(end)?;
    Some((number.parse().ok()?, what))
}

fn source(template: &str, written: &[&Written<'_>], span: Span, reading: &Reading) -> Source {
    let mut citation = Citation::default();
    let mut names: Vec<String> = Vec::new();
    for parameter in written {
        let value = parameter.value.to_owned();
        citation.raw.insert(parameter.name.to_string(), value);
        let text = plain_text(parameter.value);
        if text.is_empty() {
            continue;
        }
        match role(parameter) {
            Role::Name if is_year(&text) => citation.date = reading.date(year_of(&text)),
            Role::Name => names.push(text),
            Role::Year => citation.date = reading.date(year_of(&text)),
            Role::Other => {}
        }
    }
    citation.authors = names
        .into_iter()
        .map(|name| Person::Whole { name })
        .collect();
    let parameters = written.iter().map(|parameter| Parameter {
        name: parameter.named.then(|| parameter.name.trim().to_owned()),
        value: parameter.value.to_owned(),
        field: None,
        span: parameter.whole,
        value_span: parameter.span,
    });
    Source {
        template: Some(template.to_owned()),
        citation,
        span,
        parameters: parameters.collect(),
        ..Source::default()
    }
}

enum Role {
    Name,
    Year,
    Other,
}

fn role(parameter: &Written<'_>) -> Role {
    if !parameter.named {
        return Role::Name;
    }
    match of_several(&parameter.name) {
        Some((_, "y")) => Role::Year,
        Some((_, name)) if name == "a" || name.starts_with('a') && name.len() == 2 => Role::Name,
        None if parameter.name.parse::<u16>().is_ok() => Role::Name,
        Some(_) | None => Role::Other,
    }
}

fn is_year(text: &str) -> bool {
    year_of(text).chars().filter(|c| c.is_numeric()).count() >= 3
        && text.chars().filter(|c| c.is_alphabetic()).count() <= 4
}

/// A year without the letter that tells it from others of its author: `2005a`.
fn year_of(text: &str) -> &str {
    let bare = text.strip_suffix(|c: char| c.is_lowercase());
    bare.filter(|bare| bare.ends_with(char::is_numeric))
        .unwrap_or(text)
}

/// The name under which `MediaWiki` keeps such a footnote: equal ones are one entry of the list.
pub(super) fn footnote_name<'a>(values: impl Iterator<Item = &'a str>) -> String {
    let mut name = String::from("FOOTNOTE");
    values.for_each(|value| name.push_str(value));
    name
}

/// The anchors that a short footnote may point to, the likeliest first.
pub(super) fn targets(source: &Source, reading: &Reading) -> Vec<String> {
    let mut positional = Vec::new();
    let mut given = Vec::new();
    for parameter in &source.parameters {
        let text = plain_text(&parameter.value);
        let name = parameter.name.as_deref().unwrap_or("1");
        let of_work = of_several(name).map(|(_, what)| what);
        let names = parameter.name.is_none()
            || name.parse::<u16>().is_ok()
            || of_work.is_some_and(|what| what == "y" || what.starts_with('a') && what != "at");
        let what = catalogue::parameter_of("short-footnote", name, &reading.names);
        if names {
            positional.push(text);
        } else if what == Some("anchor") && !text.is_empty() {
            given.push(anchor(&text));
        }
    }
    let whole = positional.concat();
    // `{{cita|Rossi|p. 12}}`: what follows the name is no year.
    if let (Some(first), Some(last)) = (positional.first(), positional.last())
        && !is_year(last)
        && 1 < positional.len()
    {
        given.push(anchor(&whole));
        given.push(anchor(first));
    } else {
        given.push(anchor(&whole));
    }
    given.retain(|anchor| !anchor.is_empty());
    given
}

/// An anchor as it is compared: without `CITEREF`, spaces and `_`.
pub(super) fn anchor(text: &str) -> String {
    let text = text.trim().trim_start_matches('#');
    let text = text.strip_prefix("CITEREF").unwrap_or(text);
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '_')
        .collect()
}
