//! The sources that readers of an article cannot read.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation;

use super::options::{CheckOptions, Remembered};
use super::todo_id::{id, source_key, title_key};
use crate::languages;
use crate::model::{
    Citation, Counted, InputFormat, LanguageTag, ReferenceKind, TodoItem, TodoState,
};
use crate::rules::{SourceContext, is_translated};

/// CS1's names of the parameters that a translation is written into.
const WRITTEN: [&str; 4] = ["trans-title", "trans-quote", "script-title", "language"];

/// What one work adds to the to-do list.
pub(super) enum Asked {
    /// A source that readers cannot read.
    Foreign(Box<TodoItem>),
    /// Nothing tells its language.
    Unknown,
    /// Nothing.
    No,
}

/// Whether the readers need a translation of a work.
pub(super) fn asked(ctx: &SourceContext<'_>) -> Asked {
    let Some(readers) = ctx.article.readers else {
        return Asked::No;
    };
    let citation = &ctx.source.citation;
    let Some(language) = ctx.language else {
        let says = citation.title.is_some() || citation.url.is_some();
        let cites = ctx.reference.kind != ReferenceKind::ShortFootnote && says;
        return if cites { Asked::Unknown } else { Asked::No };
    };
    if languages::same_language(&language.tag, readers) {
        return Asked::No;
    }
    Asked::Foreign(Box::new(item(ctx, &language.tag, readers)))
}

fn item(ctx: &SourceContext<'_>, language: &LanguageTag, readers: &LanguageTag) -> TodoItem {
    let citation = &ctx.source.citation;
    let title = citation.script_title.as_ref().or(citation.title.as_ref());
    let of_page = ctx.page.map(|page| page.words).filter(|words| 0 < *words);
    let title_words = title.map_or(0, |title| count(title));
    let article = ctx.article.article;
    // What stands in the article is for those who read it there.
    let into_article =
        (article.language.as_ref()).is_none_or(|own| languages::same_language(own, readers));
    let parameters = if into_article {
        parameters(ctx)
    } else {
        BTreeMap::new()
    };
    let wikitext = wikitext(citation, language, &parameters);
    TodoItem {
        id: source_key(citation),
        article: article.input.clone(),
        article_language: article.language.clone(),
        reference: ctx.reference.number,
        references: vec![ctx.reference.number],
        uses: ctx.reference.uses,
        language: language.clone(),
        target: Some(readers.clone()),
        title: title.cloned(),
        script_title: citation.script_title.clone(),
        page_title: ctx.page.and_then(|page| page.title.clone()),
        trans_title: citation.trans_title.clone(),
        quote: citation.quote.clone(),
        trans_quote: citation.trans_quote.clone(),
        url: citation.url.clone(),
        verdict: ctx.verdict.map(|verdict| verdict.link),
        words: of_page.unwrap_or(title_words),
        counted: if of_page.is_some() {
            Counted::Page
        } else {
            Counted::Title
        },
        title_words,
        claims: ctx.reference.claims.clone(),
        template: ctx.source.template.clone(),
        span: Some(ctx.source.span),
        state: state(ctx, readers, &parameters),
        reason: None,
        parameters,
        wikitext,
    }
}

/// A quotation counts only where its translation has a place.
fn state(
    ctx: &SourceContext<'_>,
    readers: &LanguageTag,
    parameters: &BTreeMap<String, String>,
) -> TodoState {
    let citation = &ctx.source.citation;
    let own = ctx.article.article.language.as_ref();
    let quote_waits = citation.quote.is_some()
        && citation.trans_quote.is_none()
        && parameters.contains_key("trans-quote");
    if is_translated(citation, own, readers) && !quote_waits {
        TodoState::Translated
    } else {
        TodoState::NeedsTranslation
    }
}

/// What the template calls the parameters of a translation, as far as that is proven. Behind text
/// that was copied from a page there nearly always is a template.
fn parameters(ctx: &SourceContext<'_>) -> BTreeMap<String, String> {
    let source = ctx.source;
    let own = |field: &str| -> Option<String> {
        match ctx.article.article.format {
            InputFormat::Wikitext => ctx.own_name(field),
            InputFormat::Html | InputFormat::Text => {
                source.citation.takes_cs1_names().then(|| field.to_owned())
            }
            InputFormat::Urls => None,
        }
    };
    let citation = &source.citation;
    let mut named = BTreeMap::new();
    for field in WRITTEN {
        // A name is looked for in the whole article where a template has several.
        let wanted = match field {
            "language" => citation.language.is_empty() || !named.contains_key("trans-title"),
            "trans-quote" => citation.quote.is_some(),
            _ => true,
        };
        let name = if wanted { own(field) } else { None };
        if let Some(name) = name {
            named.insert(field.to_owned(), name);
        }
    }
    named
}

/// What the citation still needs: `|language=uk |trans-title=`.
fn wikitext(
    citation: &Citation,
    tag: &LanguageTag,
    parameters: &BTreeMap<String, String>,
) -> String {
    let mut parts = Vec::new();
    if let Some(name) = parameters.get("language")
        && citation.language.is_empty()
    {
        parts.push(format!("|{name}={tag}"));
    }
    if let Some(name) = parameters.get("trans-title")
        && citation.trans_title.is_none()
    {
        parts.push(format!("|{name}="));
    }
    if let Some(name) = parameters.get("trans-quote")
        && citation.quote.is_some()
        && citation.trans_quote.is_none()
    {
        parts.push(format!("|{name}="));
    }
    parts.join(" ")
}

/// The items of one article: a source that is cited more than once is one, each has its name, and
/// what is remembered of them is told.
pub(super) fn settled(items: Vec<TodoItem>, options: &CheckOptions) -> Vec<TodoItem> {
    let mut titles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut places: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut merged: Vec<TodoItem> = Vec::new();
    for item in items {
        let text = item.title.as_deref().map(title_key).unwrap_or_default();
        let key = (format!("{}.{}", item.id, item.language), text.clone());
        if let Some(first) = places.get(&key).and_then(|at| merged.get_mut(*at)) {
            join(first, item);
            continue;
        }
        titles.entry(item.id.clone()).or_default().push(text);
        places.insert(key, merged.len());
        merged.push(item);
    }
    for item in &mut merged {
        name(item, &titles);
        recall(item, &options.remembered);
    }
    merged
}

/// A further citation of a source that is in the list.
fn join(first: &mut TodoItem, other: TodoItem) {
    first.uses = first.uses.saturating_add(other.uses);
    if !first.references.contains(&other.reference) {
        first.references.push(other.reference);
    }
    for claim in other.claims {
        if !first.claims.contains(&claim) {
            first.claims.push(claim);
        }
    }
    // What the first lacks is missing as long as any lacks it.
    if other.state < first.state {
        first.state = other.state;
        first.wikitext = other.wikitext;
        first.parameters = other.parameters;
        first.template = other.template;
    }
    first.trans_title = first.trans_title.take().or(other.trans_title);
    first.quote = first.quote.take().or(other.quote);
    first.trans_quote = first.trans_quote.take().or(other.trans_quote);
}

fn name(item: &mut TodoItem, titles: &BTreeMap<String, Vec<String>>) {
    let several = titles.get(&item.id).is_some_and(|titles| {
        let first = titles.first();
        titles.iter().any(|title| Some(title) != first)
    });
    let source = match &item.title {
        Some(title) if several => format!("{}-{}", item.id, title_key(title)),
        Some(_) | None => item.id.clone(),
    };
    if let Some(target) = &item.target {
        item.id = id(&item.article, &source, &item.language, target);
    }
}

/// Whether editors decided that the source, whose item has no name yet, is not to be translated.
pub(super) fn is_rejected(item: &TodoItem, remembered: &BTreeMap<String, Remembered>) -> bool {
    let Some(target) = item.target.as_ref().filter(|_| !remembered.is_empty()) else {
        return false;
    };
    let of_title = (item.title.as_ref()).map(|title| format!("{}-{}", item.id, title_key(title)));
    let mut sources = std::iter::once(item.id.clone()).chain(of_title);
    sources.any(|source| {
        let known = remembered.get(&id(&item.article, &source, &item.language, target));
        known.is_some_and(|known| known.state == TodoState::Rejected)
    })
}

/// A translation or a rejection that is remembered ends an item.
fn recall(item: &mut TodoItem, remembered: &BTreeMap<String, Remembered>) {
    if let Some(known) = remembered.get(&item.id)
        && item.state == TodoState::NeedsTranslation
    {
        item.state = known.state;
        item.reason.clone_from(&known.reason);
    }
}

/// Words by Unicode's word boundaries, which make one of each character where a script writes no
/// spaces: the unit of [`PageEvidence::words`](crate::model::PageEvidence::words).
fn count(title: &str) -> usize {
    title.unicode_words().count()
}
