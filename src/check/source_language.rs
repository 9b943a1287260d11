//! The language of a source, by the best evidence at hand.

use url::Url;

use crate::languages::{self, DeclaredLanguage, LanguageSignal};
use crate::model::{
    Citation, LanguageOrigin, LanguageTag, PageEvidence, ReferenceLanguage, SignalKind,
};

/// From this confidence on, the page's own text settles its language.
const PAGE_SETTLES: f64 = 0.6;

/// From this confidence on, a title names its language; below, a guess would do harm.
const TITLE_SETTLES: f64 = 0.5;

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
    (TITLE_SETTLES <= found.confidence).then_some(ReferenceLanguage {
        tag: found.tag,
        confidence: found.confidence,
        from: LanguageOrigin::Title,
    })
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
