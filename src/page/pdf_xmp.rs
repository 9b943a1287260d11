//! Properties of an XMP packet (ISO 16684-1): a document's metadata as RDF/XML.

use super::text::head;
use crate::html::{TextPlace, decoded};

/// The longest value that is read, in bytes.
const MAX_VALUE: usize = 4_000;

/// Tags of one name that are looked at.
const MAX_TAGS: usize = 64;

/// The value of a property such as `dc:title`, written as an element or as an attribute: of
/// several the one for readers of any language (`x-default`), else the first. Its prefix is taken
/// to be the one that the standard prefers. White space is folded.
pub(super) fn value(packet: &str, property: &str) -> Option<String> {
    let found = element(packet, property).or_else(|| attribute(packet, property))?;
    let value = decoded(head(found, MAX_VALUE), TextPlace::Content);
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then_some(value)
}

fn element<'a>(packet: &'a str, property: &str) -> Option<&'a str> {
    let rest = after_start_tag(packet, property)?;
    let (inside, _) = rest.split_once(&format!("</{property}"))?;
    let default = inside
        .split_once("x-default")
        .and_then(|(_, rest)| rest.split_once('>'));
    let first = || {
        inside
            .split_once("<rdf:li")
            .and_then(|(_, rest)| rest.split_once('>'))
    };
    let value = default.or_else(first).map_or(inside, |(_, rest)| rest);
    let end = value.find('<').unwrap_or(value.len());
    value.get(..end)
}

/// What follows the first start tag of that name which is not empty.
fn after_start_tag<'a>(packet: &'a str, property: &str) -> Option<&'a str> {
    let start = format!("<{property}");
    let mut tags = packet.split(start.as_str()).skip(1).take(MAX_TAGS);
    let tag = tags.find(|tag| {
        let (attributes, _) = tag.split_once('>').unwrap_or_default();
        let ends =
            attributes.is_empty() || attributes.starts_with(|c: char| c.is_ascii_whitespace());
        ends && !attributes.ends_with('/') && tag.contains('>')
    })?;
    let (_, rest) = tag.split_once('>')?;
    Some(rest)
}

fn attribute<'a>(packet: &'a str, property: &str) -> Option<&'a str> {
    let (_, rest) = packet.split_once(&format!(" {property}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split(quote).next()
}
