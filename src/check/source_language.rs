//! The language of a source, by the best evidence at hand.

use url::Url;

use crate::languages;
use crate::model::{Citation, LanguageOrigin, LanguageTag, PageEvidence, ReferenceLanguage};

/// From this confidence on, the page's own text settles its language.
const PAGE_SETTLES: f64 = 0.6;

/// Names a source's language: from the page, else as cited, else from the title.
///
/// A citation's `language` is an editor's word and outweighs a title, which may be a translation;
/// where several are cited, the title tells which one comes first.
pub(super) fn source_language(
    citation: &Citation,
    page: Option<&PageEvidence>,
) -> Option<ReferenceLanguage> {
    let from_page = page.and_then(|page| page.language.as_ref());
    if let Some(found) = from_page.filter(|found| PAGE_SETTLES <= found.confidence) {
        return Some(ReferenceLanguage {
            tag: found.tag.clone(),
            confidence: found.confidence,
            from: LanguageOrigin::Page,
        });
    }
    let from_title = title_language(citation);
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

fn title_language(citation: &Citation) -> Option<ReferenceLanguage> {
    let title = citation.script_title.as_ref().or(citation.title.as_ref())?;
    let declared = host(citation).and_then(|host| languages::host_language(&host));
    let found = languages::detect(title, declared.as_slice())?;
    Some(ReferenceLanguage {
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
