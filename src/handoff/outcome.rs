//! What becomes of the texts of a translated file.

use super::value::Unwritable;

/// What becomes of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The to-do item's name; the entry's own where it has none of ours.
    pub id: String,
    /// The text that was to be translated.
    pub source: String,
    /// Number of the reference; `None` where there is none.
    pub reference: Option<u32>,
    /// What becomes of it.
    pub what: What,
    /// Why it was rejected, where the file says so.
    pub reason: Option<String>,
}

/// What becomes of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// It is to be written.
    Write,
    /// The citation has it already.
    Written,
    /// Nothing came back.
    Untranslated,
    /// The tool says that somebody has to look at it.
    Unsure,
    /// It was rejected.
    Rejected,
    /// The article cites no such source.
    Unknown,
    /// It is of another article, which cites the source and this one does not.
    OtherArticle,
    /// The citation's text is not the one that was translated.
    Changed,
    /// The citation has another translation.
    OtherTranslation,
    /// The file has several translations of it.
    TwoTranslations,
    /// The translation is the text itself.
    SameText,
    /// The template is not known to take it, or there is none.
    NoPlace,
    /// The article is in another language than the translation.
    OtherLanguage,
    /// The text cannot be written.
    Unwritable(Unwritable),
}

impl What {
    /// Why nothing is written, for messages; `None` where something is, or nothing was to be.
    #[must_use]
    pub const fn refusal(self) -> Option<&'static str> {
        match self {
            Self::Write | Self::Written | Self::Untranslated | Self::Rejected => None,
            Self::Unsure => Some("it is marked as fuzzy or in need of review"),
            Self::Unknown => Some("the article cites no such source"),
            Self::OtherArticle => Some("it is of another article"),
            Self::Changed => Some("the citation has another text now; make a new list"),
            Self::OtherTranslation => Some("the citation has another translation already"),
            Self::TwoTranslations => Some("two translations of it are in the file; keep one"),
            Self::SameText => Some("the translation is the same as the text"),
            Self::NoPlace => Some("its template is not known to take it"),
            Self::OtherLanguage => Some("the article is in another language than the translation"),
            Self::Unwritable(why) => Some(why.as_str()),
        }
    }
}
