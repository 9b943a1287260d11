//! The sources that readers of an article cannot read.

use unicode_segmentation::UnicodeSegmentation;

use crate::languages;
use crate::model::{CheckedArticle, CheckedReference, Citation, LanguageTag, TodoItem};

/// Lists the sources of an article in another language than the readers', in list order.
pub(super) fn todo(article: &CheckedArticle, readers: Option<&LanguageTag>) -> Vec<TodoItem> {
    let Some(readers) = readers else {
        return Vec::new();
    };
    article
        .references
        .iter()
        .flat_map(|reference| items(&article.input, reference, readers))
        .collect()
}

fn items(input: &str, reference: &CheckedReference, readers: &LanguageTag) -> Vec<TodoItem> {
    let main = (&reference.citation, &reference.language, &reference.page);
    let further = reference
        .further
        .iter()
        .map(|source| (&source.citation, &source.language, &source.page));
    std::iter::once(main)
        .chain(further)
        .filter_map(|(citation, language, page)| {
            let language = language.as_ref()?;
            if languages::same_language(&language.tag, readers) {
                return None;
            }
            let title = citation.script_title.as_ref().or(citation.title.as_ref());
            let words_of_page = page
                .as_ref()
                .map(|page| page.words)
                .filter(|words| 0 < *words);
            Some(TodoItem {
                article: input.to_owned(),
                reference: reference.number,
                language: language.tag.clone(),
                title: title.cloned(),
                trans_title: citation.trans_title.clone(),
                url: citation.url.clone(),
                words: words_of_page.unwrap_or_else(|| title.map_or(0, |title| count(title))),
                claims: reference.claims.clone(),
                wikitext: wikitext(citation, &language.tag),
            })
        })
        .collect()
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
