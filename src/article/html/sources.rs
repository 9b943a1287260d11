//! The works that an entry of a rendered list cites.

use scraper::ElementRef;

use super::cite;
use super::embedded::Embedded;
use super::links;
use super::params;
use super::parsoid;
use super::place::Place;
use super::shown::Shown;
use super::visible::{Step, is_aside, is_entry, walk};
use crate::article::fields::{self, Reading};
use crate::links::archive;
use crate::model::{Citation, Field, FieldSource, Source};

/// What the entries of an article are read with.
pub(super) struct Reader<'r> {
    pub(super) reading: &'r Reading,
    pub(super) embedded: &'r Embedded,
}

impl Reader<'_> {
    /// The works that an entry cites; never empty. `name` is that of its tag.
    pub(super) fn of(
        &self,
        entry: ElementRef<'_>,
        name: Option<&str>,
        place: &Place<'_>,
    ) -> Vec<Source> {
        let body = body(entry);
        let cites = citations(body);
        if let Some(stretch) = parsoid::wikitext(body) {
            let mut sources = params::sources(&stretch, self.reading, place);
            if let ([source], [cite]) = (sources.as_mut_slice(), cites.as_slice())
                && !tells(&source.citation)
            {
                complete(&mut source.citation, self.rendered(*cite, place).citation);
            }
            let told = |source: &Source| source.template.is_some() || tells(&source.citation);
            if sources.iter().any(told) {
                return sources;
            }
        }
        let mut sources: Vec<Source> = cites
            .iter()
            .map(|cite| self.rendered(*cite, place))
            .collect();
        if !self.embedded.is_empty() {
            let title = sources
                .first()
                .and_then(|source| source.citation.title.as_deref());
            if let Some(mut written) = self.embedded.sources(name, title, self.reading) {
                for source in &mut written {
                    params::told_by_data(source, place.item);
                }
                return written;
            }
        }
        if sources.is_empty() {
            sources.push(self.rendered(body, place));
        }
        further(&mut sources, body, &cites, place);
        sources
    }

    fn rendered(&self, element: ElementRef<'_>, place: &Place<'_>) -> Source {
        let copy = machine_readable(element);
        let language = self.reading.language.as_ref();
        Source {
            citation: cite::read(element, copy, language, place),
            span: place.at(place.page.range(element)),
            ..Source::default()
        }
    }
}

/// Whether a citation names what it cites.
fn tells(citation: &Citation) -> bool {
    citation.title.is_some() || citation.script_title.is_some() || citation.url.is_some()
}

/// Gives a citation whose parameters name no work (`{{Cite Q|Q1}}`) what its rendering says.
fn complete(citation: &mut Citation, rendered: Citation) {
    let raw = std::mem::take(&mut citation.raw);
    let fields = std::mem::take(&mut citation.fields);
    *citation = rendered;
    citation.raw = raw;
    citation.fields.extend(fields);
}

/// The part of an entry that is its text.
pub(super) fn body(entry: ElementRef<'_>) -> ElementRef<'_> {
    const TEXT: [&str; 3] = ["reference-text", "mw-reference-text", "pcs-ref-body"];
    let mut found = None;
    walk(entry, &mut |step| {
        if let Step::Enter(element) = step {
            if element.value().classes().any(|class| TEXT.contains(&class)) {
                found.get_or_insert(element);
            }
            return found.is_some() || is_entry(&element);
        }
        false
    });
    found.unwrap_or(entry)
}

/// Whether an element is a rendered citation. French pages print only the title in `cite`, the
/// whole in `.ouvrage`.
fn is_citation(element: ElementRef<'_>) -> bool {
    let value = element.value();
    let has = |class: &str| value.classes().any(|own| own == class);
    value.name() == "cite" || has("ouvrage") || has("citation")
}

/// The rendered citations in an element, or that it is; none within another one.
pub(super) fn citations(body: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    if is_citation(body) {
        return vec![body];
    }
    let mut cites = Vec::new();
    walk(body, &mut |step| {
        let Step::Enter(element) = step else {
            return false;
        };
        if is_aside(&element) {
            return true;
        }
        let cites_a_work = is_citation(element);
        if cites_a_work {
            cites.push(element);
        }
        cites_a_work
    });
    cites
}

/// The `COinS` of a citation: in it, or behind it and before the next one.
fn machine_readable(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let is_copy = |element: &ElementRef<'_>| {
        let value = element.value();
        value.attr("title").is_some() && value.classes().any(|class| class == "Z3988")
    };
    let mut inner = None;
    walk(element, &mut |step| {
        if let Step::Enter(found) = step
            && is_copy(&found)
        {
            inner.get_or_insert(found);
        }
        inner.is_some()
    });
    let beside = || {
        let siblings = element.next_siblings().filter_map(ElementRef::wrap).take(6);
        siblings
            .take_while(|sibling| !is_citation(*sibling))
            .find(is_copy)
    };
    inner.or_else(beside)
}

/// Adds the links that stand beside the citations: archived copies to the last of them, others as
/// sources of their own.
fn further(
    sources: &mut Vec<Source>,
    body: ElementRef<'_>,
    cites: &[ElementRef<'_>],
    place: &Place<'_>,
) {
    let addresses = |source: &Source| {
        let citation = &source.citation;
        [citation.url.clone(), citation.archive_url.clone()]
    };
    let known: Vec<String> = sources.iter().flat_map(addresses).flatten().collect();
    let cited: Vec<String> = cites
        .iter()
        .flat_map(|cite| links::of(*cite))
        .map(|link| link.url)
        .collect();
    for link in links::of(body) {
        if known.contains(&link.url) || cited.contains(&link.url) || links::is_resolver(&link.url) {
            continue;
        }
        let field = Field {
            parameter: None,
            value: link.url.clone(),
            span: place.at(place.attribute(link.element, "href", &link.url)),
            source: FieldSource::Link,
        };
        if let Some(copy) = archive::read(&link.url) {
            if let Some(last) = sources.last_mut() {
                fields::add_archive(&mut last.citation, &link.url, copy.date, field);
            }
            continue;
        }
        let label = fields::without_outer_quotes(&link.label).to_owned();
        let mut citation = fields::text_citation(&link.label);
        if !label.is_empty() && !label.contains("://") {
            let shown = Shown::of(place.page, link.element);
            let title = Field {
                parameter: None,
                value: label.clone(),
                span: place.at(shown.find(&label)),
                source: FieldSource::Link,
            };
            citation.fields.insert("title".to_owned(), title);
            citation.title = Some(label);
        }
        citation.url = Some(link.url);
        citation.fields.insert("url".to_owned(), field);
        sources.push(Source {
            citation,
            span: place.at(place.page.range(link.element)),
            ..Source::default()
        });
    }
}
