//! The content of a reference → the works that it cites.

use std::borrow::Cow;

use super::copies::{self, Archived};
use super::links;
use crate::article::catalogue::{self, TemplateKind};
use crate::article::fields::{self, Reading, Written};
use crate::article::layout;
use crate::languages;
use crate::links::archive;
use crate::model::{Citation, LanguageTag, Source, UrlStatus};
use crate::wikitext::{
    Document, ExternalLink, Node, Places, Slice, Template, external_links, fold_name, plain_text,
};

/// The works cited by the reference at `node`, in order; never empty.
pub(super) fn of(
    document: &Document<'_>,
    places: &Places<'_>,
    node: &Node,
    reading: &Reading,
) -> Vec<Source> {
    read(document, places, document.inner(node).trim(), reading)
}

/// The works cited by a text that is the content of a reference; spans are those in the text.
pub(in crate::article) fn of_text(text: &str, reading: &Reading) -> Vec<Source> {
    let document = Document::parse(text);
    let places = Places::new(text);
    read(
        &document,
        &places,
        document.slice(0, text.len()).trim(),
        reading,
    )
}

fn read(
    document: &Document<'_>,
    places: &Places<'_>,
    content: Slice<'_>,
    reading: &Reading,
) -> Vec<Source> {
    let mut reader = Reader {
        document,
        places,
        reading,
        content,
        items: Vec::new(),
        unknown: None,
    };
    reader.collect();
    reader.sources()
}

/// What stands in a reference.
enum Item<'s> {
    Citation(Source),
    Link(ExternalLink<'s>),
    Archive(Archived<'s>),
    DeadLink(Slice<'s>),
    Languages(Vec<LanguageTag>),
}

struct Reader<'d, 's> {
    document: &'d Document<'s>,
    places: &'d Places<'s>,
    reading: &'d Reading,
    content: Slice<'s>,
    /// By first byte.
    items: Vec<(usize, Item<'s>)>,
    /// The first template that no table knows.
    unknown: Option<Source>,
}

impl<'s> Reader<'_, 's> {
    fn collect(&mut self) {
        let mut stretches = vec![self.content];
        let mut at = self.content.start();
        for node in self
            .document
            .nodes_in(self.content.start(), self.content.end())
        {
            if node.start < at {
                continue;
            }
            let Some(template) = self.document.template(node) else {
                continue;
            };
            if self.template(&template) {
                at = node.end;
            } else {
                // A template around others: what is in it stands in the reference.
                stretches.extend(template.parameters().map(|parameter| parameter.value));
            }
        }
        for stretch in stretches {
            let found = external_links(self.document, stretch);
            let links = found
                .into_iter()
                .map(|link| (link.whole.start(), Item::Link(link)));
            self.items.extend(links);
        }
        self.items.sort_by_key(|(start, _)| *start);
    }

    /// Takes a template; `false` when what is in it must be looked at.
    fn template(&mut self, template: &Template<'_, 's>) -> bool {
        let start = template.whole().start();
        let name = template.name().text();
        let key = fold_name(name);
        let known = catalogue::template_kind(&key, &self.reading.names);
        let item = match known {
            Some((TemplateKind::Citation, languages)) => {
                Some(Item::Citation(self.citation(template, &languages)))
            }
            Some((TemplateKind::Archive, languages)) => self.archive(template, &languages),
            Some((TemplateKind::DeadLink, _)) => Some(Item::DeadLink(template.whole())),
            Some((TemplateKind::Language, _)) => language_parameters(template),
            Some((TemplateKind::ReferenceList | TemplateKind::Other, _)) => return false,
            None => match language_of_name(name) {
                Some(tag) if template.parameters().next().is_none() => {
                    Some(Item::Languages(vec![tag]))
                }
                _ => return self.unknown(template),
            },
        };
        self.items.extend(item.map(|item| (start, item)));
        true
    }

    fn unknown(&mut self, template: &Template<'_, 's>) -> bool {
        let source = self.citation(template, &[]);
        let cites = fields::looks_like_citation(&source.citation);
        if cites {
            let start = template.whole().start();
            self.items.push((start, Item::Citation(source)));
        } else {
            self.unknown.get_or_insert(source);
        }
        cites
    }

    fn citation(&self, template: &Template<'_, 's>, languages: &[&str]) -> Source {
        let whole = template.whole();
        let name = template.name().text();
        let written = self.written(template);
        Source {
            template: Some(name.to_owned()),
            citation: fields::citation(name, &written, languages, self.reading),
            layout: Some(layout::of(template)),
            parameters: fields::parameters(name, &written, languages, self.reading),
            span: self.places.span(whole.start(), whole.end()),
            ..Source::default()
        }
    }

    fn written(&self, template: &Template<'_, 's>) -> Vec<Written<'s>> {
        let mut position = 0;
        template
            .parameters()
            .map(|parameter| Written {
                name: parameter.name.map_or_else(
                    || {
                        position += 1;
                        Cow::Owned(position.to_string())
                    },
                    |name| Cow::Borrowed(name.text()),
                ),
                value: parameter.value.text(),
                named: parameter.name.is_some(),
                whole: self.places.span(
                    parameter.whole.start().saturating_sub(1),
                    parameter.whole.end(),
                ),
                span: self
                    .places
                    .span(parameter.value.start(), parameter.value.end()),
            })
            .collect()
    }

    fn archive(&self, template: &Template<'_, 's>, languages: &[&str]) -> Option<Item<'s>> {
        let name = template.name().text();
        let written = self.written(template);
        let mut citation = fields::citation(name, &written, languages, self.reading);
        let value = |name: &str| citation.fields.get(name).map(|field| field.value.clone());
        let first = written.iter().find(|parameter| parameter.name == "1");
        let url = citation
            .url
            .take()
            .or_else(|| fields::address(first?.value))?;
        let stamp = value("timestamp").or_else(|| value("date"));
        let stamp = stamp.filter(|stamp| archive::timestamp(stamp).is_some());
        let (original, archived) = match (archive::read(&url), stamp) {
            (Some(copy), _) => (copy.original.map(Cow::into_owned), url.clone()),
            (None, Some(stamp)) => {
                let archived = format!("https://web.archive.org/web/{}/{url}", stamp.trim());
                (Some(url.clone()), archived)
            }
            (None, None) => (Some(url.clone()), String::new()),
        };
        citation.archive_date = value("date")
            .and_then(|date| self.reading.date(&date))
            .or_else(|| value("timestamp").and_then(|stamp| archive::timestamp(&stamp)))
            .or_else(|| archive::read(&archived).and_then(|copy| copy.date));
        citation.date = None;
        copies::rename(&mut citation, "date", "archive-date");
        if original != Some(url) {
            copies::rename(&mut citation, "url", "archive-url");
        }
        citation.url = original;
        Some(Item::Archive(Archived {
            whole: template.whole(),
            name,
            citation,
            url: archived,
        }))
    }

    fn sources(self) -> Vec<Source> {
        let mut sources: Vec<Source> = Vec::new();
        let mut early: Vec<LanguageTag> = Vec::new();
        let alone = |items: &[(usize, Item<'_>)]| {
            let cites = |item: &Item<'_>| matches!(item, Item::Citation(_) | Item::Link(_));
            items.iter().filter(|(_, item)| cites(item)).count() <= 1
        };
        let alone = alone(&self.items);
        for (_, item) in self.items {
            match item {
                Item::Citation(source) => sources.push(source),
                Item::Link(link) => {
                    if !copies::attach_link(sources.last_mut(), &link, self.places) {
                        let entry = if alone { self.content } else { link.whole };
                        let mut source = copies::linked(&link, entry, self.places);
                        if alone {
                            let (document, places) = (self.document, self.places);
                            links::beside_link(&mut source, document, entry, places, self.reading);
                        }
                        sources.push(source);
                    }
                }
                Item::Archive(copy) => copies::archived(&mut sources, copy, self.places),
                Item::DeadLink(whole) => {
                    if let Some(source) = sources.last_mut() {
                        source.citation.url_status.get_or_insert(UrlStatus::Dead);
                        links::note(&mut source.citation, "dead-link", whole, self.places);
                    }
                }
                Item::Languages(tags) => match sources.last_mut() {
                    Some(source) => add_languages(&mut source.citation, tags),
                    None => early.extend(tags),
                },
            }
        }
        if let Some(first) = sources.first_mut() {
            add_languages(&mut first.citation, early);
        } else {
            sources.push(
                self.unknown
                    .unwrap_or_else(|| links::prose(self.content, self.places)),
            );
        }
        sources
    }
}

fn add_languages(citation: &mut Citation, tags: Vec<LanguageTag>) {
    for tag in tags {
        if !citation.language.contains(&tag) {
            citation.language.push(tag);
        }
    }
}

/// `{{in lang|de|fr}}`
fn language_parameters<'s>(template: &Template<'_, 's>) -> Option<Item<'s>> {
    let values = template
        .parameters()
        .filter(|parameter| parameter.name.is_none());
    let mut tags = Vec::new();
    for parameter in values {
        let text = plain_text(parameter.value.text());
        tags.extend(languages::tag_for_name(&text));
    }
    (!tags.is_empty()).then_some(Item::Languages(tags))
}

/// The language that a template without parameters names: `{{de icon}}`, `{{ref-uk}}`, `{{en}}`.
fn language_of_name(name: &str) -> Option<LanguageTag> {
    /// Codes that mean something else as a template: "citation needed", "see also".
    const NOT_LANGUAGES: [&str; 6] = ["cn", "dn", "vn", "an", "sa", "dl"];
    let name = name.to_lowercase().replace('_', " ");
    let bare = name
        .strip_suffix(" icon")
        .or_else(|| name.strip_prefix("ref-"))
        .or_else(|| name.strip_prefix("ref "));
    let code = bare.unwrap_or(&name);
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    let plausible = bare.is_some() || (is_code && !NOT_LANGUAGES.contains(&code));
    plausible.then(|| languages::tag_for_name(code)).flatten()
}
