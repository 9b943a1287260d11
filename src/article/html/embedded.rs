//! References that a template holds in its parameters: `{{reflist|refs=…}}`, infoboxes.
//!
//! Parsoid keeps such a template's wikitext, but no template call beside the citations that come
//! of it.

use std::collections::HashMap;
use std::sync::LazyLock;

use scraper::{Html, Selector};

use super::json::Json;
use super::page::selector;
use crate::article::fields::Reading;
use crate::article::wikitext;
use crate::model::Source;
use crate::wikitext::{Document, NodeKind, decode_entities};

/// The content of `<ref>` tags that stand in the parameters of templates, as wikitext.
#[derive(Debug, Default)]
pub(super) struct Embedded {
    /// By name; `None` where two tags of that name differ.
    named: HashMap<String, Option<String>>,
    /// Of those without a name, by the title of the first work cited; `None` where two differ.
    titled: HashMap<String, Option<String>>,
}

impl Embedded {
    pub(super) fn collect(page: &Html, reading: &Reading) -> Self {
        static DATA: LazyLock<Selector> = LazyLock::new(|| selector("[data-mw*='<ref']"));
        let mut found = Self::default();
        for element in page.select(&DATA) {
            let data = element.value().attr("data-mw").and_then(Json::read);
            let parts = data.as_ref().and_then(|data| data.get("parts"));
            for part in parts.map(Json::list).unwrap_or_default() {
                let parameters = part.get("template").and_then(|call| call.get("params"));
                for (_, value) in parameters.map(Json::members).unwrap_or_default() {
                    if let Some(text) = value.get("wt").and_then(Json::text) {
                        found.add(text, reading);
                    }
                }
            }
        }
        found
    }

    fn add(&mut self, text: &str, reading: &Reading) {
        if !text.contains("<ref") {
            return;
        }
        let document = Document::parse(text);
        let references = document.nodes().iter();
        for node in references.filter(|node| node.kind == NodeKind::Ref) {
            let content = document.inner(node).trim().text();
            if !content.contains("{{") {
                continue;
            }
            let name = document.attributes(node).get("name");
            let name = name.map(|name| decode_entities(name.text()).trim().to_owned());
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                note(&mut self.named, name, content);
            } else if let Some(title) = title_of(content, reading) {
                note(&mut self.titled, title, content);
            }
        }
    }

    /// The works cited by the entry of that name, else of the rendered title.
    pub(super) fn sources(
        &self,
        name: Option<&str>,
        title: Option<&str>,
        reading: &Reading,
    ) -> Option<Vec<Source>> {
        let named = name.and_then(|name| self.named.get(name));
        let found = match named {
            Some(content) => content.as_ref(),
            None if name.is_none() => self.titled.get(&folded(title?))?.as_ref(),
            None => None,
        };
        let sources = wikitext::sources_of(found?, reading);
        let cites = sources
            .iter()
            .any(|source| source.template.is_some() && !source.citation.fields.is_empty());
        cites.then_some(sources)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.named.is_empty() && self.titled.is_empty()
    }
}

fn note(map: &mut HashMap<String, Option<String>>, key: String, content: &str) {
    let new = Some(content.to_owned());
    let slot = map.entry(key).or_insert_with(|| new.clone());
    if *slot != new {
        *slot = None;
    }
}

fn title_of(content: &str, reading: &Reading) -> Option<String> {
    let sources = wikitext::sources_of(content, reading);
    let title = sources.first()?.citation.title.as_deref()?;
    Some(folded(title)).filter(|title| !title.is_empty())
}

/// Letters and digits alone: rendering changes marks and space.
fn folded(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}
