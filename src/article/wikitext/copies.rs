//! Archived copies told beside a source.

use super::links;
use crate::article::fields;
use crate::article::fields::Reading;
use crate::links::{archive, same_page};
use crate::model::{Citation, Field, FieldSource, Source};
use crate::wikitext::{ExternalLink, Places, Slice};

/// What an archive template tells.
pub(super) struct Archived<'s> {
    pub(super) whole: Slice<'s>,
    pub(super) name: &'s str,
    pub(super) citation: Citation,
    pub(super) url: String,
}

/// What the parameters of an archive template say: the citation of the archived page, and the
/// address of the copy, `""` where there is none. `first` is the first positional parameter.
pub(super) fn told(
    mut citation: Citation,
    first: Option<&str>,
    reading: &Reading,
) -> Option<(Citation, String)> {
    let value = |name: &str| citation.fields.get(name).map(|field| field.value.clone());
    let url = citation.url.clone().or_else(|| fields::address(first?))?;
    let stamp = value("timestamp").or_else(|| value("date"));
    let stamp = stamp.filter(|stamp| archive::timestamp(stamp).is_some());
    let (original, archived) = match (archive::read(&url), stamp) {
        (Some(copy), _) => (copy.original.map(std::borrow::Cow::into_owned), url.clone()),
        (None, Some(stamp)) => {
            let archived = format!("https://web.archive.org/web/{}/{url}", stamp.trim());
            (Some(url.clone()), archived)
        }
        (None, None) => (Some(url.clone()), String::new()),
    };
    citation.archive_date = value("date")
        .and_then(|date| reading.date(&date))
        .or_else(|| value("timestamp").and_then(|stamp| archive::timestamp(&stamp)))
        .or_else(|| archive::read(&archived).and_then(|copy| copy.date));
    citation.date = None;
    rename(&mut citation, "date", "archive-date");
    if original != Some(url) {
        rename(&mut citation, "url", "archive-url");
    }
    citation.url = original;
    Some((citation, archived))
}

/// Gives a field the name that it has in a citation.
fn rename(citation: &mut Citation, from: &str, to: &str) {
    if let Some(field) = citation.fields.remove(from) {
        citation.fields.entry(to.to_owned()).or_insert(field);
    }
}

/// A link to an archived copy cites the page that was archived.
pub(super) fn linked(link: &ExternalLink<'_>, entry: Slice<'_>, places: &Places<'_>) -> Source {
    let mut source = links::linked(link, entry, places);
    let url = source.citation.url.clone().unwrap_or_default();
    let copy = archive::read(&url);
    if let Some(copy) = copy
        && let Some(original) = copy.original
        && let Some(field) = source.citation.fields.remove("url")
    {
        source.citation.url = Some(original.into_owned());
        fields::add_archive(&mut source.citation, &url, copy.date, field);
    }
    source
}

/// Takes a link to an archived copy for one of the source before it.
pub(super) fn attach_link(
    source: Option<&mut Source>,
    link: &ExternalLink<'_>,
    places: &Places<'_>,
) -> bool {
    let (Some(source), Some(url)) = (source, fields::address(link.url.text())) else {
        return false;
    };
    let Some(copy) = archive::read(&url) else {
        return false;
    };
    let same = match (copy.original.as_deref(), source.citation.url.as_deref()) {
        (Some(original), Some(cited)) => same_page(original, cited),
        (None, Some(_)) => true,
        (_, None) => false,
    };
    if !same || source.citation.archive_url.is_some() {
        return false;
    }
    let field = Field {
        parameter: None,
        value: link.url.text().to_owned(),
        span: places.span(link.url.start(), link.url.end()),
        source: FieldSource::Link,
    };
    fields::add_archive(&mut source.citation, &url, copy.date, field);
    true
}

/// Adds what an archive template tells to the source before it, or makes it a source.
pub(super) fn archived(sources: &mut Vec<Source>, copy: Archived<'_>, places: &Places<'_>) {
    let whole = copy.whole;
    let field = Field {
        parameter: None,
        value: whole.text().to_owned(),
        span: places.span(whole.start(), whole.end()),
        source: FieldSource::Template,
    };
    let original = copy.citation.url.as_deref();
    let belongs = |source: &&mut Source| match (original, source.citation.url.as_deref()) {
        (Some(original), Some(cited)) => same_page(original, cited),
        (None, _) => true,
        (Some(_), None) => false,
    };
    if let Some(source) = sources.last_mut().filter(belongs) {
        if !copy.url.is_empty() {
            fields::add_archive(
                &mut source.citation,
                &copy.url,
                copy.citation.archive_date,
                field,
            );
        }
        return;
    }
    let mut citation = copy.citation;
    if !copy.url.is_empty() {
        citation.archive_url = Some(copy.url);
    }
    sources.push(Source {
        template: Some(copy.name.to_owned()),
        citation,
        span: places.span(whole.start(), whole.end()),
        ..Source::default()
    });
}
