//! One entry of the reference list.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Citation, Layout, Span};

/// A numbered reference.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// Position in the list, from 1, as readers see it. References of other groups are numbered
    /// on, then the works that no footnote holds, so that a number is unique in its article.
    pub number: u32,
    /// What it is in the article.
    pub kind: ReferenceKind,
    /// `name` attributes under which the article uses it, or its letter back-links in plain text
    /// never: empty for an unnamed reference.
    pub names: Vec<String>,
    /// `group` attribute.
    pub group: Option<String>,
    /// `details` of a sub-reference, such as a page number.
    pub details: Option<String>,
    /// Number of the reference whose part a sub-reference is.
    pub main: Option<u32>,
    /// How often the article cites it; at least 1 unless it is never used.
    pub uses: u32,
    /// The whole entry, tags included.
    pub span: Span,
    /// Sentences of the article that the reference supports, in order, without markup or
    /// reference marks.
    pub claims: Vec<String>,
    /// The works cited in it, in order; never empty. Most references cite one.
    pub sources: Vec<Source>,
}

/// What a reference is in its article.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReferenceKind {
    /// A footnote made by a `<ref>` tag, or an entry of a rendered list.
    #[default]
    Footnote,
    /// An explanatory note: `{{efn}}`, `{{refn}}`.
    Note,
    /// A short footnote that names a work by author and year: `{{sfn}}`.
    ShortFootnote,
    /// A citation that stands in the article and in no footnote: a bibliography, further reading.
    Work,
}

/// One work cited by a reference.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The citation template's name as written, trimmed; `None` for text without a template.
    pub template: Option<String>,
    /// What the citation says.
    pub citation: Citation,
    /// The template with its braces, or the text of the entry.
    pub span: Span,
    /// Every parameter of the template in the order written, those that are empty, unknown or
    /// given twice too; empty for text.
    pub parameters: Vec<Parameter>,
    /// Number of the reference that a short footnote points to.
    pub cites: Option<u32>,
    /// How the template is written; `None` for what is no template in wikitext.
    pub layout: Option<Layout>,
}

/// A parameter of a citation template as the editor wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name, trimmed; `None` for a positional parameter.
    pub name: Option<String>,
    /// Its value, trimmed, markup included.
    pub value: String,
    /// CS1's name for it (`access-date` for `abruf`, `author2-first` …); `None` where no table
    /// knows the parameter.
    pub field: Option<String>,
    /// The parameter from its `|` to the next one, white space included.
    pub span: Span,
    /// Where the trimmed value stands.
    pub value_span: Span,
}
