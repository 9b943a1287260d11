//! The sources that readers of an article cannot read.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LanguageTag, LinkVerdict, Span};

/// A source that readers of the article cannot read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TodoItem {
    /// Names it for good: made of the article's file name, the address (else the citation) and the
    /// two languages, so that it stays when references are added or the title is mended. Letters,
    /// digits, `.`, `-` and `_`; empty in reports older than it.
    #[serde(default)]
    pub id: String,
    /// The article's input.
    pub article: String,
    /// The article's language, into which `trans-title` and `trans-quote` are; `null` where it is not
    /// known, and in reports older than it.
    #[serde(default)]
    pub article_language: Option<LanguageTag>,
    /// Number of the first reference that cites it.
    pub reference: u32,
    /// Numbers of all references that cite it, ascending.
    #[serde(default)]
    pub references: Vec<u32>,
    /// How often the article cites it, by all of those references together.
    #[serde(default)]
    pub uses: u32,
    /// The source's language.
    pub language: LanguageTag,
    /// The readers' language, into which it is to be translated.
    #[serde(default)]
    pub target: Option<LanguageTag>,
    /// The title as cited, in its own script where the citation gives it in two.
    pub title: Option<String>,
    /// `script-title`, without its prefix.
    #[serde(default)]
    pub script_title: Option<String>,
    /// The title that the page has, where it was read: what there is to translate for a citation
    /// without a title.
    #[serde(default)]
    pub page_title: Option<String>,
    /// `trans-title`, in the language of the article; `null` when it is missing.
    pub trans_title: Option<String>,
    /// `quote`.
    #[serde(default)]
    pub quote: Option<String>,
    /// `trans-quote`, in the language of the article.
    #[serde(default)]
    pub trans_quote: Option<String>,
    /// `url`.
    pub url: Option<String>,
    /// How its link is judged; `null` without a URL.
    #[serde(default)]
    pub verdict: Option<LinkVerdict>,
    /// Words to translate: of the page if it was read, else of the title. Characters where the
    /// language is written without spaces between words.
    pub words: usize,
    /// What `words` counts.
    #[serde(default)]
    pub counted: Counted,
    /// Words of the title alone.
    #[serde(default)]
    pub title_words: usize,
    /// Sentences of the article that the source supports.
    pub claims: Vec<String>,
    /// The citation template's name as written.
    #[serde(default)]
    pub template: Option<String>,
    /// Where the first citation of it stands.
    #[serde(default)]
    pub span: Option<Span>,
    /// What the template calls `trans-title`, `script-title`, `trans-quote` (where there is a
    /// quotation) and `language` (where it is lacking), by those names; one that it has no proven
    /// parameter for is missing, and all are where the readers are not those of the article, into
    /// which nothing is to be written then.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// Whether it is still to be translated.
    #[serde(default)]
    pub state: TodoState,
    /// Why it was rejected, in the words of whoever did.
    #[serde(default)]
    pub reason: Option<String>,
    /// What to add to the citation: `|language=uk |trans-title=`; empty when nothing is missing, or
    /// there is no template that surely takes it.
    pub wikitext: String,
}

/// What the words of a source are counted in.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Counted {
    /// The page, which was read.
    #[default]
    Page,
    /// The title: the page was not read, or is not there any more.
    Title,
}

impl Counted {
    /// The word used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Title => "title",
        }
    }
}

/// Whether a source is still to be translated.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TodoState {
    /// It is.
    #[default]
    NeedsTranslation,
    /// The citation has a translated title, or a translation is remembered.
    Translated,
    /// Somebody decided that it is not to be translated.
    Rejected,
}

impl TodoState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::NeedsTranslation, Self::Translated, Self::Rejected];

    /// The word used in reports, to-do lists and the file that remembers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NeedsTranslation => "needs-translation",
            Self::Translated => "translated",
            Self::Rejected => "rejected",
        }
    }

    /// The state of that name.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}
