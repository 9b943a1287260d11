//! Parsoid's parameters → the sources of an entry, with the bytes of their values.

use std::ops::Range;

use super::parsoid::{Call, Stretch};
use super::place::{Place, spelled};
use crate::article::fields::Reading;
use crate::article::wikitext;
use crate::model::{Citation, Field, FieldSource, Source, Span};

/// Values that are looked for in vain before the rest is not looked for.
const MOST_MISSES: usize = 32;

/// The works that the template calls of an entry cite, with their parameters as `data-mw` has
/// them; empty when none of them cites anything.
///
/// The span of a parameter is that of the tag which carries it. The span of its value is the exact
/// bytes where the attribute spells the value without JSON's escapes, else that of the entry.
pub(super) fn sources(stretch: &Stretch<'_>, reading: &Reading, place: &Place<'_>) -> Vec<Source> {
    let mut sources = wikitext::sources_of(&stretch.text, reading);
    let mut calls = stretch.calls.iter();
    let mut search = Search::default();
    for source in &mut sources {
        let name = source.template.clone();
        let call = name.and_then(|name| {
            let mut rest = calls.clone();
            let found = rest.find(|call| {
                call.name == name && call.parameters.len() == source.parameters.len()
            })?;
            calls = rest;
            Some(found)
        });
        told_by_data(source, place.item);
        if let Some(call) = call {
            restore(source, call, place, &mut search);
        }
    }
    sources
}

/// A source out of wikitext that the page holds in an attribute: all of it stands in the entry.
pub(super) fn told_by_data(source: &mut Source, item: Span) {
    source.span = item;
    for parameter in &mut source.parameters {
        parameter.span = item;
        parameter.value_span = item;
        if parameter.name.as_deref().is_some_and(is_position) {
            parameter.name = None;
        }
    }
    for field in source.citation.fields.values_mut() {
        field.span = item;
        if field.source == FieldSource::Template {
            field.source = FieldSource::DataMw;
        }
    }
}

/// Gives the parameters of a call their values as they were, and their places.
fn restore(source: &mut Source, call: &Call<'_>, place: &Place<'_>, search: &mut Search) {
    let tag = place.at(place.page.tag(call.element));
    let citation = &mut source.citation;
    citation.raw.clear();
    for (parameter, (key, value)) in source.parameters.iter_mut().zip(&call.parameters) {
        let found = search.find(call, key, value, place);
        parameter.name = Some(key.clone()).filter(|key| !is_position(key));
        parameter.value.clone_from(value);
        parameter.span = tag;
        parameter.value_span = place.at(found);
        citation.raw.insert(key.clone(), value.clone());
        let span = parameter.value_span;
        set_field(citation, key, value, span);
    }
}

fn set_field(citation: &mut Citation, key: &str, value: &str, span: Span) {
    let named =
        |field: &&mut Field| field.parameter.as_deref().map(unescaped).as_deref() == Some(key);
    for field in citation.fields.values_mut().filter(named) {
        field.parameter = Some(key.to_owned());
        value.clone_into(&mut field.value);
        field.span = span;
    }
}

/// A name that was written with character references.
fn unescaped(name: &str) -> String {
    crate::wikitext::decode_entities(name)
}

fn is_position(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

/// Looks for values in `data-mw`, each behind the one before it.
#[derive(Debug, Default)]
struct Search {
    /// The first byte of the tag that is searched and the bytes of its attribute that are left.
    attribute: Option<(usize, Range<usize>)>,
    misses: usize,
}

impl Search {
    fn find(
        &mut self,
        call: &Call<'_>,
        key: &str,
        value: &str,
        place: &Place<'_>,
    ) -> Option<Range<usize>> {
        if !place.own || value.is_empty() || MOST_MISSES <= self.misses {
            return None;
        }
        let id = place.page.tag(call.element)?.start;
        if self.attribute.as_ref().map(|(own, _)| *own) != Some(id) {
            let range = place.page.attribute(call.element, "data-mw")?;
            self.attribute = Some((id, range));
        }
        let (_, left) = self.attribute.as_mut()?;
        let found = find(place.source(), left.clone(), key, value);
        match &found {
            Some(found) => left.start = found.end,
            None => self.misses += 1,
        }
        found
    }
}

/// The bytes of `"key":{"wt":"value"`, in either kind of quotation mark, that spell the value.
fn find(source: &str, within: Range<usize>, key: &str, value: &str) -> Option<Range<usize>> {
    let text = source.get(within.clone())?;
    // The first member, or the end of the value before, tells which marks are written.
    let first = text.find(['"', '&', '<']).and_then(|at| text.get(at..))?;
    let quote = if first.starts_with('"') {
        "\""
    } else {
        "&quot;"
    };
    let open = format!("{quote}{key}{quote}:{{{quote}wt{quote}:{quote}");
    let at = text.find(&open)? + open.len();
    let rest = text.get(at..)?;
    let start = at + (rest.len() - without_blanks(rest).len());
    let length = spelled(text.get(start..)?, value)?;
    let behind = without_blanks(text.get(start + length..)?);
    let whole = within.start + start..within.start + start + length;
    behind.starts_with(quote).then_some(whole)
}

/// The rest behind white space, as JSON writes it too.
fn without_blanks(text: &str) -> &str {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start();
        let next = ["\\n", "\\t", "\\r"]
            .iter()
            .find_map(|blank| trimmed.strip_prefix(blank));
        match next {
            Some(next) => rest = next,
            None => return trimmed,
        }
    }
}
