//! The language of an article, as its wikitext tells.

use std::collections::BTreeMap;

use crate::article::catalogue::{self, Preference, TemplateKind};
use crate::article::read::beginning;
use crate::languages::{self, DeclaredLanguage, LanguageSignal};
use crate::model::LanguageTag;
use crate::wikitext::{Document, NodeKind, namespace};

/// How much prose its language is read from, in bytes.
const SAMPLE: usize = 20_000;
/// Shorter paragraphs, in bytes, may be no sentences.
const LONG_PARAGRAPH: usize = 150;
/// Fewer letters than this tell no language that is written in Latin ones.
const FEW: usize = 12;
/// Detection that is surer than this needs no other evidence.
const SURE: f64 = 0.9;

/// The language of an article: of its prose where that is clear, else of the wiki whose templates
/// and namespaces it uses.
pub(super) fn of(document: &Document<'_>, prose: &str) -> Option<LanguageTag> {
    let thin = prose.trim().len() < LONG_PARAGRAPH;
    if thin && cites_in_english(document) {
        let english = LanguageTag::from_static("en");
        // A bare list: a few words above it are no evidence against its templates.
        if is_few_latin_letters(prose) {
            return wiki(document).or(Some(english));
        }
        let templates = DeclaredLanguage {
            tag: english.clone(),
            signal: LanguageSignal::Templates,
        };
        let weighed = || languages::detect(prose, &[templates]).map(|weighed| weighed.tag);
        // A few letters tell no language: then the templates do.
        return wiki(document).or_else(weighed).or(Some(english));
    }
    let detected = languages::detect(&sentences(prose), &[]);
    if let Some(detected) = detected
        .as_ref()
        .filter(|detected| SURE < detected.confidence)
    {
        return Some(detected.tag.clone());
    }
    wiki(document).or_else(|| detected.map(|detected| detected.tag))
}

/// Whether a text is in plain Latin letters, and in too few of them to be told by.
fn is_few_latin_letters(prose: &str) -> bool {
    let mut letters = prose.chars().filter(|c| c.is_alphabetic());
    letters.all(|c| c.is_ascii()) && prose.chars().filter(char::is_ascii_alphabetic).count() < FEW
}

/// The beginning of an article's running text: boxes, tables and lists of names come in short
/// paragraphs and often in another language. All of the text when there is little else.
fn sentences(text: &str) -> String {
    let long = text
        .split('\n')
        .filter(|paragraph| LONG_PARAGRAPH < paragraph.len());
    let mut sample = String::new();
    for paragraph in long {
        if SAMPLE < sample.len() {
            break;
        }
        sample.push_str(beginning(paragraph, SAMPLE));
        sample.push('\n');
    }
    let few = sample.len() < LONG_PARAGRAPH * 3;
    if few {
        beginning(text, SAMPLE).to_owned()
    } else {
        sample
    }
}

/// Whether some work is cited with a template by its English name.
fn cites_in_english(document: &Document<'_>) -> bool {
    let names = Preference::of(None);
    let mut templates = document
        .nodes()
        .iter()
        .filter_map(|node| document.template(node));
    templates.any(|template| {
        let key = catalogue::template_key(template.name().text());
        let kind = catalogue::template_kind(&key, &names);
        kind.is_some_and(|(kind, languages)| {
            kind == TemplateKind::Citation && languages.first() == Some(&"en")
        })
    })
}

/// The language whose wiki has the names that the article uses and no other wiki has.
fn wiki(document: &Document<'_>) -> Option<LanguageTag> {
    let names = Preference::of(None);
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut english = 0;
    for node in document.nodes() {
        if let Some(template) = document.template(node) {
            let key = catalogue::template_key(template.name().text());
            match catalogue::template_kind(&key, &names) {
                Some((TemplateKind::Citation, languages)) => match languages.as_slice() {
                    ["en", ..] => english += 1,
                    [only] => *votes.entry(only).or_default() += 1,
                    _ => {}
                },
                Some((TemplateKind::ReferenceList(_), languages)) => {
                    if let [only] = languages.as_slice() {
                        *votes.entry(only).or_default() += usize::from(*only != "en");
                    }
                }
                Some((
                    TemplateKind::Archive
                    | TemplateKind::DeadLink
                    | TemplateKind::Note(_)
                    | TemplateKind::Footnote
                    | TemplateKind::Use
                    | TemplateKind::ShortFootnote
                    | TemplateKind::ShortCitation
                    | TemplateKind::Anchor
                    | TemplateKind::DateStyle(_)
                    | TemplateKind::Language
                    | TemplateKind::Other,
                    _,
                ))
                | None => {}
            }
        } else if node.kind == NodeKind::Link {
            let target = document.inner(node).text();
            if let Some((_, language)) = namespace(target).filter(|(_, language)| *language != "en")
            {
                *votes.entry(language).or_default() += 1;
            }
        }
    }
    let (language, most) = votes.into_iter().max_by_key(|(_, count)| *count)?;
    // English templates work everywhere, so many of them speak against a few others only.
    (english < most * 20)
        .then(|| LanguageTag::parse(language))
        .flatten()
}
