//! A rendered citation → [`Citation`]: the machine-readable copy where there is one, then elements
//! whose class tells what they hold, links, and the text.

use scraper::ElementRef;

use super::coins;
use super::links::{self, Link};
use super::markup;
use super::place::Place;
use super::shown::Shown;
use crate::article::fields::{self, without_outer_quotes};
use crate::article::text as plain;
use crate::links::archive;
use crate::model::{Citation, Field, FieldSource, LanguageTag, Person, Span};

/// A citation while it is put together.
pub(super) struct Rendered<'p, 'r> {
    pub(super) citation: Citation,
    pub(super) shown: Shown,
    pub(super) place: &'r Place<'p>,
}

/// Reads a rendered citation; `copy` is the element with its machine-readable copy.
pub(super) fn read(
    element: ElementRef<'_>,
    copy: Option<ElementRef<'_>>,
    language: Option<&LanguageTag>,
    place: &Place<'_>,
) -> Citation {
    let shown = Shown::of(place.page, element);
    let mut citation = plain::citation(&shown.text, language);
    for field in citation.fields.values_mut() {
        let at = field.span.start..field.span.end;
        field.span = place.at(shown.in_source(&at));
    }
    let mut rendered = Rendered {
        citation,
        shown,
        place,
    };
    markup::read(&mut rendered, element, language);
    if let Some(copy) = copy {
        rendered.prefer(element, copy);
    }
    rendered.publisher_or_work();
    rendered.addresses(&links::of(element), copy.is_some());
    rendered.citation
}

impl Rendered<'_, '_> {
    pub(super) fn note(&mut self, name: &str, value: &str, source: FieldSource, span: Span) {
        let field = Field {
            parameter: None,
            value: value.to_owned(),
            span,
            source,
        };
        self.citation.fields.insert(name.to_owned(), field);
    }

    /// Takes what the page's own copy says over what the text seems to say.
    fn prefer(&mut self, element: ElementRef<'_>, copy: ElementRef<'_>) {
        let entry = |class: &str| class.starts_with("encyclop");
        let title = copy.value().attr("title").unwrap_or_default();
        let told = coins::read(title, element.value().classes().any(entry));
        for (name, field) in &told.fields {
            let mut value = without_outer_quotes(&field.value).to_owned();
            if *name == "pages" && value.contains('-') {
                // The copy has no dashes.
                let dashed = value.replace('-', "–");
                if self.shown.text.contains(&dashed) {
                    value = dashed;
                }
            }
            let coded = || self.place.pair(copy, field.key, &value);
            let at = self.shown.find(&value).or_else(coded);
            let span = self.place.at(at);
            // The date as readers see it says more than its ISO form.
            let keeps = *name == "date"
                && (told.date.is_none() || told.date == self.citation.date)
                && self.citation.fields.contains_key("date");
            if !keeps {
                self.note(name, &value, FieldSource::Coins, span);
            }
            self.set(name, value);
        }
        if let Some(date) = told.date {
            self.citation.date = Some(date);
        }
        if !told.authors.is_empty() {
            self.authors(&told.authors, copy);
            self.citation.authors = told.authors;
        }
        if let Some(url) = told.url {
            let at = self.place.pair(copy, url.key, &url.value);
            let span = self
                .place
                .at(at.or_else(|| self.link_place(element, &url.value)));
            self.note("url", &url.value, FieldSource::Coins, span);
            self.citation.url = Some(url.value);
        }
    }

    fn set(&mut self, name: &str, value: String) {
        let citation = &mut self.citation;
        match name {
            "title" => citation.title = Some(value),
            "work" => {
                if citation.publisher.as_ref() == Some(&value) {
                    citation.publisher = None;
                    citation.fields.remove("publisher");
                }
                citation.work = Some(value);
            }
            "publisher" => {
                if citation.work.as_ref() == Some(&value) {
                    citation.work = None;
                    citation.fields.remove("work");
                }
                citation.publisher = Some(value);
            }
            _ => {}
        }
    }

    /// Tells a publisher from a work by its type, where the page prints works in italics.
    fn publisher_or_work(&mut self) {
        let (from, to) = match (&self.citation.work, &self.citation.publisher) {
            (Some(_), None) => ("work", "publisher"),
            (None, Some(_)) => ("publisher", "work"),
            (Some(_), Some(_)) | (None, None) => return,
        };
        let fields = &self.citation.fields;
        let is_guess = |field: &&Field| field.source == FieldSource::Text;
        let Some(value) = fields.get(from).filter(is_guess).map(|f| f.value.clone()) else {
            return;
        };
        let wants_italic = to == "work";
        if self.shown.is_italic(&value) != Some(wants_italic) || !self.place.page.has_italic_works()
        {
            return;
        }
        if let Some(mut field) = self.citation.fields.remove(from) {
            field.source = FieldSource::Markup;
            self.citation.fields.insert(to.to_owned(), field);
        }
        let citation = &mut self.citation;
        std::mem::swap(&mut citation.work, &mut citation.publisher);
    }

    fn authors(&mut self, authors: &[Person], copy: ElementRef<'_>) {
        let names: Vec<String> = authors
            .iter()
            .map(|person| match person {
                Person::Split { last, first } => format!("{last}, {first}"),
                Person::Whole { name } => name.clone(),
            })
            .collect();
        let names = names.join("; ");
        let coded = || self.place.pair(copy, "rft.au", &names);
        let at = self.shown.find(&names).or_else(coded);
        let span = self.place.at(at);
        self.note("author", &names, FieldSource::Coins, span);
    }

    /// The bytes of the address of a link in the citation.
    fn link_place(&self, element: ElementRef<'_>, url: &str) -> Option<std::ops::Range<usize>> {
        let links = links::of(element);
        let link = links.iter().find(|link| link.url == url)?;
        self.place.attribute(link.element, "href", url)
    }

    /// Finds the address of the source and of its archived copy among the links.
    fn addresses(&mut self, links: &[Link<'_>], has_copy: bool) {
        let archived = links.iter().find(|link| archive::read(&link.url).is_some());
        let title = self.citation.title.clone();
        let is_title = |link: &&Link<'_>| {
            let label = without_outer_quotes(&link.label);
            title.as_ref().is_none_or(|title| {
                !label.is_empty() && (title.contains(label) || label.contains(title.as_str()))
            })
        };
        let live = || {
            links
                .iter()
                .filter(|link| archive::read(&link.url).is_none())
        };
        if self.citation.url.is_none() {
            let titled = live().find(is_title);
            let first = || live().find(|link| !has_copy && !links::is_resolver(&link.url));
            let original = || archived.and_then(|link| archive::read(&link.url)?.original);
            if let Some(link) = titled.or_else(first) {
                let at = self.place.attribute(link.element, "href", &link.url);
                let span = self.place.at(at);
                self.note("url", &link.url, FieldSource::Link, span);
                self.citation.url = Some(link.url.clone());
            } else if let Some(url) = original() {
                let span = self.place.item;
                self.note("url", &url, FieldSource::Link, span);
                self.citation.url = Some(url.into_owned());
            }
        }
        if let Some(link) = archived {
            let copy = archive::read(&link.url);
            self.citation.archive_url = None; // a text has none of its own
            let at = self.place.attribute(link.element, "href", &link.url);
            let field = Field {
                parameter: None,
                value: link.url.clone(),
                span: self.place.at(at),
                source: FieldSource::Link,
            };
            let date = copy.and_then(|copy| copy.date);
            fields::add_archive(&mut self.citation, &link.url, date, field);
        }
        if self.citation.title.is_none() || self.is_whole_text() {
            let mut labelled = live().chain(archived);
            let link = labelled.find(|link| !links::is_resolver(&link.url));
            let label = link.map(|link| without_outer_quotes(&link.label).to_owned());
            if let Some(label) = label.filter(|label| !label.is_empty() && !label.contains("://")) {
                let span = self.place.at(self.shown.find(&label));
                self.note("title", &label, FieldSource::Link, span);
                self.citation.title = Some(label);
            }
        }
    }

    /// Whether the text gave nothing but itself for a title.
    fn is_whole_text(&self) -> bool {
        let title = self.citation.title.as_ref();
        title.is_some() && title == self.citation.raw.get("text")
    }
}
