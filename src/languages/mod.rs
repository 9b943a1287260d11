//! Language names ↔ BCP 47 tags, and the language of a text.

use crate::model::{DetectedLanguage, LanguageTag};

/// A language that a page or server declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredLanguage {
    /// The tag declared.
    pub tag: LanguageTag,
    /// Where.
    pub signal: LanguageSignal,
}

/// Where a language is declared. How far each is trusted differs: see the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LanguageSignal {
    /// `<html lang>`.
    HtmlLang,
    /// HTTP `Content-Language`.
    HttpHeader,
    /// `<meta http-equiv=content-language>`, `<meta name=language>` or `dc.language`.
    Meta,
    /// `og:locale`.
    OpenGraph,
    /// JSON-LD `inLanguage`.
    JsonLd,
    /// The `hreflang` link of the page to itself.
    Hreflang,
    /// The host's country or language label.
    Host,
    /// A language code in the URL's path.
    UrlPath,
}

/// The language of a text, with the declared signals weighed in; `None` when the text has no
/// letters and nothing is declared, or the evidence is too thin to name one.
#[must_use]
pub fn detect(text: &str, declared: &[DeclaredLanguage]) -> Option<DetectedLanguage> {
    let _ = (text, declared);
    None
}

/// The tag that a language name or code stands for, in any of the languages of the name table:
/// "German", "de-AT", "ukrainisch", "англійська", "iw".
#[must_use]
pub fn tag_for_name(name: &str) -> Option<LanguageTag> {
    LanguageTag::parse(name)
}

/// Reads the value of a `language` parameter, which may name several: "German and French",
/// "uk, ru", "{{de icon}}". Gives the tags, and the names that no table knows.
#[must_use]
pub fn read_cited(value: &str) -> (Vec<LanguageTag>, Vec<String>) {
    let _ = value;
    (Vec::new(), Vec::new())
}

/// The English name of a language ("Ukrainian"), or the tag itself.
#[must_use]
pub fn english_name(tag: &LanguageTag) -> String {
    tag.to_string()
}

/// A language's own name for itself ("українська"), or its English name.
#[must_use]
pub fn native_name(tag: &LanguageTag) -> String {
    tag.to_string()
}

/// Whether two tags are one language for a reader: same macrolanguage or group that text cannot
/// tell apart (`no` and `nb`; `hr`, `bs` and `sr-Latn`; `id` and `ms`; `zh` and `zh-Hant`).
#[must_use]
pub fn same_language(a: &LanguageTag, b: &LanguageTag) -> bool {
    a.primary() == b.primary()
}

/// The language that a host name declares by its country or language label; `None` for hosts of
/// no or many languages (`.com`, `.ch`).
#[must_use]
pub fn host_language(host: &str) -> Option<DeclaredLanguage> {
    let _ = host;
    None
}
