//! One text of a hand-off.

use crate::model::LanguageTag;

/// A text that a translator was given, with what came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The name of the text: that of a to-do item, with `.quote` or `.transliteration` behind it
    /// where it is not the title's translation. Empty where the tool lost it.
    pub id: String,
    /// The text that was given.
    pub source: String,
    /// What came back; empty for nothing.
    pub target: String,
    /// The title in other letters, where the file gives it.
    pub transliteration: String,
    /// What the tool says of it.
    pub state: EntryState,
    /// Why it was rejected.
    pub reason: Option<String>,
}

/// What a translation tool says of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum EntryState {
    /// There is no translation.
    #[default]
    Untranslated,
    /// There is one that somebody has to look at: fuzzy, needs review.
    Unsure,
    /// There is one.
    Translated,
    /// It is not to be translated.
    Rejected,
}

/// Which text of a source an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// Its title's translation.
    Title,
    /// The translation of what the citation quotes.
    Quote,
    /// The title in other letters.
    Transliteration,
}

/// An entry's name, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name<'a> {
    pub(super) article: &'a str,
    /// As [`source_key`](crate::check::source_key) gives it.
    pub(super) source: &'a str,
    pub(super) from: LanguageTag,
    pub(super) into: LanguageTag,
    pub(super) part: Part,
    /// The to-do item's own name.
    pub(super) item: &'a str,
}

impl Entry {
    /// The name's parts; `None` where it is none of ours.
    pub(super) fn name(&self) -> Option<Name<'_>> {
        let id = self.id.trim();
        let (item, part) = if let Some(item) = id.strip_suffix(".quote") {
            (item, Part::Quote)
        } else if let Some(item) = id.strip_suffix(".transliteration") {
            (item, Part::Transliteration)
        } else {
            (id, Part::Title)
        };
        let mut pieces = item.split('.');
        let (article, source) = (pieces.next()?, pieces.next()?);
        let (from, into) = pieces.next()?.split_once('_')?;
        // What tells titles of one address apart is of no use here: the title itself is at hand.
        let source = source.split('-').next().unwrap_or(source);
        let hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let ours = pieces.next().is_none()
            && (article.len(), source.len()) == (8, 10)
            && hex(article)
            && hex(source);
        if !ours {
            return None;
        }
        let (from, into) = (LanguageTag::parse(from)?, LanguageTag::parse(into)?);
        Some(Name {
            article,
            source,
            from,
            into,
            part,
            item,
        })
    }
}
