//! The content of a reference → the works that it cites.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::copies::{self, Archived};
use super::unclosed::{self, Unclosed};
use super::{links, short};
use crate::article::catalogue::{self, TemplateKind};
use crate::article::fields::{self, Reading, Written};
use crate::article::layout;
use crate::languages;
use crate::model::{Citation, FieldSource, LanguageTag, Problem, Source, UrlStatus};
use crate::wikitext::{
    Document, ExternalLink, NodeKind, Places, Slice, Template, external_links, plain_text,
};

/// Where the content of a reference stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// In a tag, where short footnotes belong to it.
    Tag,
    /// In a note, where they are footnotes of their own.
    Note,
}

/// The works cited by the content of a reference, in order; never empty. The problem is that of a
/// template that is never closed.
pub(super) fn of(
    document: &Document<'_>,
    places: &Places<'_>,
    content: Slice<'_>,
    within: Within,
    reading: &Reading,
) -> (Vec<Source>, Option<Problem>) {
    let content = content.trim();
    let Some(unclosed) = Unclosed::of(document, content) else {
        return (read(document, places, content, within, reading), None);
    };
    let mut sources = of_text(&unclosed.mended, reading);
    for source in &mut sources {
        unclosed::shift(source, document, content, places);
    }
    (sources, Some(unclosed.problem(places)))
}

/// The works cited by a text that is the content of a reference; spans are those in the text.
pub(in crate::article) fn of_text(text: &str, reading: &Reading) -> Vec<Source> {
    let document = Document::parse(text);
    let places = Places::new(text);
    let content = document.slice(0, text.len()).trim();
    read(&document, &places, content, Within::Tag, reading)
}

fn read(
    document: &Document<'_>,
    places: &Places<'_>,
    content: Slice<'_>,
    within: Within,
    reading: &Reading,
) -> Vec<Source> {
    let mut reader = Reader {
        document,
        places,
        reading,
        content,
        within,
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
    within: Within,
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
            if matches!(node.kind, NodeKind::Ref | NodeKind::References) {
                at = node.end; // a reference in a note is one of its own
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
        let key = catalogue::template_key(name);
        let known = catalogue::template_kind(&key, &self.reading.names);
        let item = match known {
            Some((TemplateKind::Citation, languages)) => {
                Some(Item::Citation(self.citation(template, &languages)))
            }
            Some((TemplateKind::Archive, languages)) => {
                let items = self.archives(template, &languages);
                self.items
                    .extend(items.into_iter().map(|item| (start, item)));
                None
            }
            Some((TemplateKind::DeadLink, _)) => Some(Item::DeadLink(template.whole())),
            Some((TemplateKind::Language, _)) => language_parameters(template),
            Some((TemplateKind::ShortFootnote, _)) if self.within == Within::Note => None,
            Some((TemplateKind::ShortFootnote | TemplateKind::ShortCitation, _)) => {
                let written = self.written(template);
                let whole = template.whole();
                let span = self.places.span(whole.start(), whole.end());
                let sources = short::sources(name, &written, span, self.reading);
                let items = sources
                    .into_iter()
                    .map(|found| (start, Item::Citation(found)));
                self.items.extend(items);
                None
            }
            Some((
                TemplateKind::Note(_)
                | TemplateKind::Footnote
                | TemplateKind::Use
                | TemplateKind::Anchor
                | TemplateKind::DateStyle(_),
                _,
            )) => None,
            Some((TemplateKind::ReferenceList(_) | TemplateKind::Other, _)) => return false,
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
        } else if self.within == Within::Tag {
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

    /// The copies that an archive template tells of: `{{webarchive|url=…|url2=…}}` has several.
    fn archives(&self, template: &Template<'_, 's>, languages: &[&str]) -> Vec<Item<'s>> {
        let name = template.name().text();
        let written = self.written(template);
        let mut copies: BTreeMap<u16, Vec<Written<'s>>> = BTreeMap::new();
        for mut parameter in written {
            let further = further_copy(&parameter.name);
            let further = further.map(|(name, number)| (name.to_owned(), number));
            let number = further.as_ref().map_or(1, |(_, number)| *number);
            if let Some((name, _)) = further {
                parameter.name = Cow::Owned(name);
            }
            copies.entry(number).or_default().push(parameter);
        }
        let copies = copies.into_values();
        copies
            .filter_map(|written| {
                let citation = fields::citation(name, &written, languages, self.reading);
                let first = written.iter().find(|parameter| parameter.name == "1");
                let (citation, url) =
                    copies::told(citation, first.map(|first| first.value), self.reading)?;
                Some(Item::Archive(Archived {
                    whole: template.whole(),
                    name,
                    citation,
                    url,
                }))
            })
            .collect()
    }

    fn sources(self) -> Vec<Source> {
        // Most references cite one work, and a vector that grows from nothing takes room for four.
        let mut sources: Vec<Source> = Vec::with_capacity(1);
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
                        let told = FieldSource::Template;
                        let citation = &mut source.citation;
                        links::note_from(told, citation, "dead-link", whole, self.places);
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

/// `url2`, `date2`, `title2` → the name and number of a further copy.
fn further_copy(name: &str) -> Option<(&str, u16)> {
    let end = name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (what, number) = name.split_at_checked(end)?;
    let number = number.parse().ok().filter(|number| 1 < *number)?;
    (!what.is_empty()).then_some((what, number))
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
