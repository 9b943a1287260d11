//! Language tags and what detection found.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

use super::Evidence;

/// A BCP 47 language tag in its usual case: `uk`, `pt-BR`, `sr-Latn`.
///
/// Holds what it is given; names ("German") and aliases (`iw`) become tags in
/// [`crate::languages`](../languages/index.html).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct LanguageTag(Cow<'static, str>);

impl LanguageTag {
    /// Wraps a tag known at compile time.
    #[must_use]
    pub const fn from_static(tag: &'static str) -> Self {
        Self(Cow::Borrowed(tag))
    }

    /// Wraps a tag, putting its subtags into the usual case: language lower, script title,
    /// region upper. `None` when the text does not have the shape of a tag.
    ///
    /// # Examples
    ///
    /// ```
    /// use citecheck::model::LanguageTag;
    ///
    /// assert_eq!(LanguageTag::parse("PT_br").unwrap().as_str(), "pt-BR");
    /// assert_eq!(LanguageTag::parse("sr-latn").unwrap().as_str(), "sr-Latn");
    /// assert!(LanguageTag::parse("Deutsch (Österreich)").is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(['-', '_']);
        let primary = parts.next()?;
        let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !(2..=3).contains(&primary.len()) || !letters(primary) {
            return None;
        }
        let mut tag = primary.to_ascii_lowercase();
        for part in parts {
            if part.is_empty() || 8 < part.len() || !part.bytes().all(|b| b.is_ascii_alphanumeric())
            {
                return None;
            }
            tag.push('-');
            match part.len() {
                2 if letters(part) => tag.push_str(&part.to_ascii_uppercase()),
                4 if letters(part) => {
                    let (head, rest) = part.split_at(1);
                    tag.push_str(&head.to_ascii_uppercase());
                    tag.push_str(&rest.to_ascii_lowercase());
                }
                _ => tag.push_str(&part.to_ascii_lowercase()),
            }
        }
        Some(Self(Cow::Owned(tag)))
    }

    /// The whole tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language subtag alone: `pt` of `pt-BR`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for LanguageTag {
    /// As [`LanguageTag::parse`]: a saved report may come from anywhere.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let no_tag = || D::Error::custom(format_args!("`{text}` is no language tag such as uk"));
        Self::parse(&text).ok_or_else(no_tag)
    }
}

impl JsonSchema for LanguageTag {
    fn schema_name() -> Cow<'static, str> {
        "LanguageTag".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "BCP 47 language tag",
            "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
        })
    }
}

/// A language that was detected, with what speaks for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DetectedLanguage {
    /// The most likely language.
    pub tag: LanguageTag,
    /// Calibrated probability that `tag` is right, 0 to 1, rounded to three decimals.
    pub confidence: f64,
    /// Other languages that the same text may be in, likeliest first; empty when none is plausible.
    pub alternatives: Vec<LanguageAlternative>,
    /// The languages of the text's sections, the largest share first: one entry for a text in one
    /// language. Empty for a language that was declared around no text, and in reports of versions
    /// that told no shares.
    #[serde(default)]
    pub shares: Vec<LanguageShare>,
    /// What was weighed: text opinions and declared signals, each with where it was read.
    pub evidence: Vec<Evidence>,
}

/// Another reading of a text's language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LanguageAlternative {
    /// The language.
    pub tag: LanguageTag,
    /// Probability, 0 to 1, rounded to three decimals.
    pub confidence: f64,
}

/// A language that some of a text's sections are in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LanguageShare {
    /// The language.
    pub tag: LanguageTag,
    /// Part of the text, 0 to 1, rounded to three decimals; the shares of a text sum to 1. Estimated
    /// from sections spread over the text; a Chinese character counts as three letters.
    pub share: f64,
}

/// The writing system of a stretch of text, as far as languages are told apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Script {
    /// Arabic letters.
    Arabic,
    /// Armenian letters.
    Armenian,
    /// Bengali-Assamese letters.
    Bengali,
    /// Cyrillic letters.
    Cyrillic,
    /// Devanagari.
    Devanagari,
    /// Ethiopic syllables.
    Ethiopic,
    /// Georgian letters.
    Georgian,
    /// Greek letters.
    Greek,
    /// Chinese characters without kana.
    Han,
    /// Korean syllables.
    Hangul,
    /// Hebrew letters.
    Hebrew,
    /// Kana, with or without Chinese characters.
    Kana,
    /// Khmer letters.
    Khmer,
    /// Lao letters.
    Lao,
    /// Latin letters.
    Latin,
    /// Burmese letters.
    Myanmar,
    /// Sinhala letters.
    Sinhala,
    /// Tamil, Telugu, Kannada, Malayalam, Gujarati, Gurmukhi or Oriya letters.
    OtherIndic,
    /// Thai letters.
    Thai,
    /// Tibetan letters.
    Tibetan,
    /// Any other writing system.
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_are_read_from_json() {
        let check = |json: &str, expect: Option<&str>| {
            let read = serde_json::from_str::<LanguageTag>(json).ok();
            assert_eq!(read.as_ref().map(LanguageTag::as_str), expect, "{json}");
        };
        check(r#""uk""#, Some("uk"));
        check(r#""zh-Hans""#, Some("zh-Hans"));
        check(r#""be-tarask""#, Some("be-tarask"));
        check(r#""u\u001b[31mk""#, None);
        check(r#""Ukrainian""#, None);
        check(r#""uk\n- [x] done""#, None);
        check("null", None);
    }
}
