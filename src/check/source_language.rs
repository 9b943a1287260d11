//! The language of a source, by the best evidence at hand.

use url::Url;

use crate::languages::{self, DeclaredLanguage, LanguageSignal};
use crate::model::{
    Citation, LanguageOrigin, LanguageTag, PageEvidence, ReferenceLanguage, SignalKind,
};

/// From this confidence on, the page's own text settles its language.
const PAGE_SETTLES: f64 = 0.6;

/// From this confidence on, a title names its language; below, a guess would do harm. Few words in
/// the alphabet of the article's own language are mostly names, which no detector can tell.
const TITLE_SETTLES: [(usize, f64); 3] = [(6, 0.5), (4, 0.7), (3, 0.85)];

/// From this confidence on, even a word or two in letters of their own names their language.
const WORD_SETTLES: f64 = 0.9;

/// Names a source's language: from the page, else as cited, else from the title.
///
/// A citation's `language` is an editor's word and outweighs a title, which may be a translation;
/// where several are cited, the title tells which one comes first. `article` is the article's own
/// language, in which most sources are: it weighs in where a title is too short to tell.
pub(super) fn source_language(
    citation: &Citation,
    page: Option<&PageEvidence>,
    article: Option<&LanguageTag>,
) -> Option<ReferenceLanguage> {
    // A handful of words (a page cut short, a viewer of images) says nothing of the rest.
    let whole = page.filter(|page| !page.signals.iter().any(|s| s.kind == SignalKind::NearEmpty));
    let from_page = whole.and_then(|page| page.language.as_ref());
    if let Some(found) = from_page.filter(|found| PAGE_SETTLES <= found.confidence) {
        return Some(ReferenceLanguage {
            tag: found.tag.clone(),
            confidence: found.confidence,
            from: LanguageOrigin::Page,
        });
    }
    let from_title = title_language(citation, article);
    if let Some(tag) = cited_language(&citation.language, from_title.as_ref()) {
        return Some(ReferenceLanguage {
            tag,
            confidence: 0.95,
            from: LanguageOrigin::Cited,
        });
    }
    from_title
}

fn cited_language(cited: &[LanguageTag], title: Option<&ReferenceLanguage>) -> Option<LanguageTag> {
    let of_title = title.and_then(|title| {
        cited
            .iter()
            .find(|tag| languages::same_language(tag, &title.tag))
    });
    of_title.or(cited.first()).cloned()
}

fn title_language(citation: &Citation, article: Option<&LanguageTag>) -> Option<ReferenceLanguage> {
    let title = citation.script_title.as_ref().or(citation.title.as_ref())?;
    let host = host(citation).and_then(|host| languages::host_language(&host));
    let article = article.map(|tag| DeclaredLanguage {
        tag: tag.clone(),
        signal: LanguageSignal::Article,
    });
    let declared: Vec<DeclaredLanguage> = host.into_iter().chain(article).collect();
    let found = languages::detect(title, &declared)?;
    (needed(title, &declared) <= found.confidence).then_some(ReferenceLanguage {
        tag: found.tag,
        confidence: found.confidence,
        from: LanguageOrigin::Title,
    })
}

/// The confidence from which on a title's language is believed; above 1 where nothing is enough.
fn needed(title: &str, declared: &[DeclaredLanguage]) -> f64 {
    let expected = |declared: &DeclaredLanguage| {
        languages::is_in_script_of(title, &declared.tag).unwrap_or(true)
    };
    let words = title.split_whitespace().count();
    let enough = TITLE_SETTLES.iter().find(|(fewest, _)| *fewest <= words);
    let own = declared
        .iter()
        .find(|declared| declared.signal == LanguageSignal::Article);
    match (own, enough) {
        // Without an article to compare with, or in a script that it does not use.
        (None, _) => 0.5,
        (Some(own), _) if !expected(own) => 0.5,
        (Some(_), Some((_, needed))) => *needed,
        (Some(_), None) if title.is_ascii() => f64::INFINITY,
        (Some(_), None) => WORD_SETTLES,
    }
}

/// The host that published the source: of its URL, or a work that is named by its host
/// ("spiegel.de").
fn host(citation: &Citation) -> Option<String> {
    let of_url = citation.url.as_deref().and_then(|url| Url::parse(url).ok());
    if let Some(host) = of_url.as_ref().and_then(Url::host_str) {
        return Some(host.to_owned());
    }
    let work = citation.work.as_deref().or(citation.publisher.as_deref())?;
    let host_like = work.contains('.') && !work.contains(char::is_whitespace);
    host_like.then(|| work.to_lowercase())
}
