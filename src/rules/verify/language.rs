//! A cited language against the language of a page.

use super::Verification;
use crate::languages;
use crate::model::{Evidence, LanguageTag, PageEvidence};

/// Below this a page's language does not contradict an editor.
const CERTAIN: f64 = 0.9;

/// A smaller share of a page's text is a quotation, or a menu.
const OF_PAGE: f64 = 0.2;

/// Holds the cited languages against the page's. Languages that text alone cannot tell apart
/// (Croatian and Bosnian, Indonesian and Malay) never contradict each other.
#[must_use]
pub fn verify_language(cited: &[LanguageTag], page: &PageEvidence) -> Verification<()> {
    let Some(language) = &page.language else {
        return Verification::unknown();
    };
    let by = Evidence::new("language", language.tag.to_string(), "page");
    // A page in two languages is in either.
    let sections = language.shares.iter();
    let sections = sections.filter(|section| OF_PAGE <= section.share);
    let agrees = sections
        .map(|section| &section.tag)
        .chain([&language.tag])
        .any(|found| cited.iter().any(|tag| languages::same_language(tag, found)));
    if agrees {
        Verification::supported(by)
    } else if cited.is_empty() || language.confidence < CERTAIN {
        Verification::unknown()
    } else {
        Verification::contradicted(by)
    }
}
