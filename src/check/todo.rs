//! The sources that readers of an article cannot read.

use unicode_segmentation::UnicodeSegmentation;

use crate::languages;
use crate::model::{Article, CheckedReference, Citation, InputFormat, LanguageTag, TodoItem, Work};

/// Lists the works of a reference in another language than the readers', in order.
pub(super) fn todo(
    article: &Article,
    reference: &CheckedReference,
    readers: Option<&LanguageTag>,
) -> Vec<TodoItem> {
    let Some(readers) = readers else {
        return Vec::new();
    };
    let foreign = reference.works().filter_map(|work| {
        let language = &work.language?.tag;
        (!languages::same_language(language, readers)).then_some((work, language))
    });
    foreign
        .map(|(work, language)| {
            let citation = work.citation;
            let title = citation.script_title.as_ref().or(citation.title.as_ref());
            let of_page = work
                .cited_page()
                .map(|page| page.words)
                .filter(|words| 0 < *words);
            TodoItem {
                article: article.input.clone(),
                reference: reference.number,
                language: language.clone(),
                title: title.cloned(),
                trans_title: citation.trans_title.clone(),
                url: citation.url.clone(),
                words: of_page.unwrap_or_else(|| title.map_or(0, |title| count(title))),
                claims: reference.claims.clone(),
                wikitext: if takes_parameters(article.format, work) {
                    wikitext(citation, language)
                } else {
                    String::new()
                },
            }
        })
        .collect()
}

/// Whether there is a template to add parameters to, by names that are known. Behind text that was
/// copied from a page there nearly always is one.
fn takes_parameters(format: InputFormat, work: Work<'_>) -> bool {
    let templated = match format {
        InputFormat::Wikitext => work.template.is_some(),
        InputFormat::Html | InputFormat::Text => true,
        InputFormat::Urls => false,
    };
    templated && work.citation.takes_cs1_names()
}

/// What the citation still needs: `|language=uk |trans-title=`.
fn wikitext(citation: &Citation, tag: &LanguageTag) -> String {
    let mut parts = Vec::new();
    if citation.language.is_empty() {
        parts.push(format!("|language={tag}"));
    }
    if citation.trans_title.is_none() {
        parts.push("|trans-title=".to_owned());
    }
    parts.join(" ")
}

/// Words by Unicode's word boundaries, which make one of each character where a script writes no
/// spaces: the unit of [`PageEvidence::words`](crate::model::PageEvidence::words).
fn count(title: &str) -> usize {
    title.unicode_words().count()
}
