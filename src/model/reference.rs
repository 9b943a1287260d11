//! One entry of the reference list.

use super::{Citation, Span};

/// A numbered reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Position in the list, from 1, as readers see it. References of other groups are numbered
    /// on, so that a number is unique in its article.
    pub number: u32,
    /// `name` attributes under which the article uses it, or its letter back-links in plain text
    /// never: empty for an unnamed reference.
    pub names: Vec<String>,
    /// `group` attribute.
    pub group: Option<String>,
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

/// One work cited by a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The citation template's name as written, trimmed; `None` for text without a template.
    pub template: Option<String>,
    /// What the citation says.
    pub citation: Citation,
    /// The template with its braces, or the text of the entry.
    pub span: Span,
}
