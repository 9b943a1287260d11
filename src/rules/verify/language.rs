//! A cited language against the language of a page.

use super::Verification;
use crate::languages;
use crate::model::{Evidence, LanguageTag, PageEvidence};

/// Below this a page's language does not contradict an editor.
const CERTAIN: f64 = 0.9;

/// Holds the cited languages against the page's. Languages that text alone cannot tell apart
/// (Croatian and Bosnian, Indonesian and Malay) never contradict each other.
#[must_use]
pub fn verify_language(cited: &[LanguageTag], page: &PageEvidence) -> Verification<()> {
    let Some(language) = &page.language else {
        return Verification::unknown();
    };
    let by = Evidence::new("language", language.tag.to_string(), "page");
    let agrees = cited
        .iter()
        .any(|tag| languages::same_language(tag, &language.tag));
    if agrees {
        Verification::supported(by)
    } else if cited.is_empty() || language.confidence < CERTAIN {
        Verification::unknown()
    } else {
        Verification::contradicted(by)
    }
}
