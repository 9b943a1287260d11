//! Sources without a citation template: links and prose.

use crate::article::fields::{Reading, address, text_citation, without_outer_quotes};
use crate::article::text as plain;
use crate::model::{Citation, Field, FieldSource, Source};
use crate::wikitext::{Document, ExternalLink, Places, Slice, plain_text, plain_text_of};

/// Longest entry that is looked through for dates and names, in bytes.
const LONGEST: usize = 2_000;

/// The source that a link names; `entry` is the text that stands for it.
pub(super) fn linked(link: &ExternalLink<'_>, entry: Slice<'_>, places: &Places<'_>) -> Source {
    let mut citation = text_citation(entry.text());
    citation.url = address(link.url.text());
    note(&mut citation, "url", link.url, places);
    if let Some(label) = link.label {
        let title = plain_text(label.text());
        let title = without_outer_quotes(&title);
        if !title.is_empty() {
            citation.title = Some(title.to_owned());
            note(&mut citation, "title", label, places);
        }
    }
    Source {
        template: None,
        citation,
        span: places.span(entry.start(), entry.end()),
        ..Source::default()
    }
}

/// A source that names no address.
pub(super) fn prose(entry: Slice<'_>, places: &Places<'_>) -> Source {
    Source {
        template: None,
        citation: text_citation(entry.text()),
        span: places.span(entry.start(), entry.end()),
        ..Source::default()
    }
}

/// Reads what an editor wrote beside the only link of a reference, in the order in which the
/// templates print it: names, work, dates. Used only as far as the two readings agree: when the
/// text's title is the link's label; the access date, which has a phrase of its own, always.
pub(super) fn beside_link(
    source: &mut Source,
    document: &Document<'_>,
    entry: Slice<'_>,
    places: &Places<'_>,
    reading: &Reading,
) {
    if LONGEST < entry.text().len() {
        return;
    }
    let read = plain::citation(&plain_text_of(document, entry), reading.language.as_ref());
    let citation = &mut source.citation;
    let fold = |title: &Option<String>| {
        let title = title
            .as_deref()
            .map(|title| title.trim_end_matches('.').to_lowercase());
        title.unwrap_or_default()
    };
    let agrees = citation.title.is_some() && fold(&read.title) == fold(&citation.title);
    for (name, field) in &read.fields {
        let known = citation.fields.contains_key(name);
        let wanted = name == "access-date" || (agrees && name != "url" && name != "archive-url");
        let at = entry.text().find(&field.value).filter(|_| wanted && !known);
        if let Some(at) = at {
            let start = entry.start() + at;
            let slice = document.slice(start, start + field.value.len());
            note_from(FieldSource::Text, citation, name, slice, places);
        }
    }
    citation.access_date = read.access_date;
    if agrees {
        citation.authors = read.authors;
        citation.editors = read.editors;
        citation.work = read.work;
        citation.publisher = read.publisher;
        citation.agency = read.agency;
        citation.via = read.via;
        citation.date = read.date;
        citation.archive_date = citation.archive_date.or(read.archive_date);
        if citation.language.is_empty() {
            citation.language = read.language;
        }
    }
}

/// Keeps where a field stands.
fn note(citation: &mut Citation, name: &str, slice: Slice<'_>, places: &Places<'_>) {
    note_from(FieldSource::Link, citation, name, slice, places);
}

/// Keeps where a field stands, and what told it.
pub(super) fn note_from(
    source: FieldSource,
    citation: &mut Citation,
    name: &str,
    slice: Slice<'_>,
    places: &Places<'_>,
) {
    let field = Field {
        parameter: None,
        value: slice.text().to_owned(),
        span: places.span(slice.start(), slice.end()),
        source,
    };
    citation.fields.insert(name.to_owned(), field);
}
