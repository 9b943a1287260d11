//! The fields of a citation, in the terms of CS1.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CitedDate, LanguageTag, Span};

/// What a reference says about the work it cites, in CS1's terms whatever the wiki's own names.
///
/// Text values are as a reader sees them: markup, outer quotation marks and surrounding space
/// removed, inner quotation marks kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// `title`.
    pub title: Option<String>,
    /// `trans-title`: the title translated into the article's language.
    pub trans_title: Option<String>,
    /// `script-title`: the title in its own script, without the language prefix.
    pub script_title: Option<String>,
    /// `quote`: words of the source that the citation quotes.
    #[serde(default)]
    pub quote: Option<String>,
    /// `trans-quote`: the quotation translated into the article's language.
    #[serde(default)]
    pub trans_quote: Option<String>,
    /// Authors in the order written.
    pub authors: Vec<Person>,
    /// Editors in the order written.
    pub editors: Vec<Person>,
    /// `work`, `website`, `newspaper`, `journal` …: what the source appeared in.
    pub work: Option<String>,
    /// `publisher`.
    pub publisher: Option<String>,
    /// `agency`: the news agency that supplied the text.
    pub agency: Option<String>,
    /// `via`: who delivers the copy, if not the publisher.
    pub via: Option<String>,
    /// `date`; `None` when absent or unreadable: [`Citation::fields`] keeps the text.
    pub date: Option<CitedDate>,
    /// `access-date`.
    pub access_date: Option<CitedDate>,
    /// `archive-url`.
    pub archive_url: Option<String>,
    /// `archive-date`.
    pub archive_date: Option<CitedDate>,
    /// Languages named by `language` or by "(in German)"; names that no table knows are left out
    /// here and kept in [`Citation::fields`].
    pub language: Vec<LanguageTag>,
    /// `url`, as written.
    pub url: Option<String>,
    /// `url-status`.
    pub url_status: Option<UrlStatus>,
    /// Every parameter of the template as the editor named and wrote it, markup included; for
    /// plain text one entry `text` with the whole entry.
    pub raw: BTreeMap<String, String>,
    /// Fields by CS1 name (`title`, `access-date` …) with where each stands, for fixes and
    /// messages. Only fields that were found.
    pub fields: BTreeMap<String, Field>,
}

impl Citation {
    /// Whether a parameter may be added to the template by its CS1 name.
    ///
    /// `false` where the template has names of its own (`titel`, `назва`): what it would do with
    /// `language` is not known.
    #[must_use]
    pub fn takes_cs1_names(&self) -> bool {
        let title = self
            .fields
            .get("title")
            .or_else(|| self.fields.get("script-title"));
        let parameter = title.and_then(|field| field.parameter.as_deref());
        parameter.is_none_or(|name| name.to_ascii_lowercase().ends_with("title"))
    }
}

/// One field as the editor wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Field {
    /// The parameter's name as written (`abruf` for `access-date`); `None` where the field has no
    /// name of its own, as in plain text.
    pub parameter: Option<String>,
    /// The value as written, trimmed.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
    /// Which part of the input told it.
    #[serde(default)]
    pub source: FieldSource,
}

/// Which part of an input told a field.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FieldSource {
    /// A parameter of a citation template in wikitext.
    Template,
    /// A parameter in Parsoid's `data-mw`.
    DataMw,
    /// `COinS` in `span.Z3988`.
    Coins,
    /// An element whose class says what it holds, such as `span.reference-accessdate`.
    Markup,
    /// A link's address or label.
    Link,
    /// Visible text, by its place and wording.
    #[default]
    Text,
    /// Visible text that could as well be another field: a lone name behind a title is a work or
    /// its publisher.
    Guess,
}

/// A person or body.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub enum Person {
    /// Family and given name told apart by the citation.
    Split {
        /// Family name.
        last: String,
        /// Given names.
        first: String,
    },
    /// A name in one piece.
    Whole {
        /// The name as written.
        name: String,
    },
}

/// CS1 `url-status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum UrlStatus {
    /// The original still works.
    Live,
    /// The original is gone.
    Dead,
    /// The original answers with something else.
    Deviated,
    /// The original must not be linked.
    Unfit,
    /// The domain has another owner.
    Usurped,
    /// A bot could not tell.
    #[serde(rename = "bot: unknown")]
    BotUnknown,
}
