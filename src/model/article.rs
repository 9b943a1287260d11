//! An article as read: its references, and what could not be read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LanguageTag, Packed, Reference, Span};

/// How an input is written.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum InputFormat {
    /// `MediaWiki` source.
    Wikitext,
    /// A rendered page.
    Html,
    /// Text copied from a rendered page.
    Text,
    /// A list of addresses, one on each line.
    Urls,
}

/// An article with its references.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The input as the user named it: a path, `-` or an address.
    pub input: String,
    /// How it was written.
    pub format: InputFormat,
    /// The source that [`Span`]s point into; empty where the input is no wikitext, whose lines mean
    /// nothing to an editor.
    pub text: String,
    /// The article's title, when the input tells.
    pub title: Option<String>,
    /// The article's own language; `None` when neither setting nor text tells.
    pub language: Option<LanguageTag>,
    /// References in list order.
    pub references: Packed<Reference>,
    /// Names of references that are used and nowhere defined, by place.
    pub undefined: Vec<UndefinedName>,
    /// Marks by which editors say that findings are known, by place.
    pub ignores: Vec<IgnoreMark>,
    /// How the article says that its dates are written: `{{use dmy dates}}`.
    pub date_style: Option<DateStyle>,
    /// What the source consists of; `None` where the input is no wikitext.
    pub counts: Option<SourceCounts>,
    /// What could not be read, by place.
    pub problems: Vec<Problem>,
}

/// A use of a reference name that no reference has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UndefinedName {
    /// The name.
    pub name: String,
    /// Its group.
    pub group: Option<String>,
    /// The first tag that uses it.
    pub span: Span,
}

/// A mark in the source by which findings about a reference are to be ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoreMark {
    /// How it is made.
    pub kind: IgnoreKind,
    /// Rules as written, names or codes; empty for a template.
    pub rules: Vec<String>,
    /// Why, as far as it says.
    pub reason: Option<String>,
    /// Number of the reference that it is meant for; `None` where it stands at none.
    pub reference: Option<u32>,
    /// The comment or template.
    pub span: Span,
}

/// How a mark is made by which findings are to be ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum IgnoreKind {
    /// `<!-- citecheck-ignore: dead-link -- reason -->`: of those rules.
    Comment,
    /// `{{cbignore}}`: of all that concerns the link and its copy.
    Template,
}

/// How an article declares that its dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DateStyle {
    /// 3 May 2019
    DayMonthYear,
    /// May 3, 2019
    MonthDayYear,
    /// 2019-05-03
    YearMonthDay,
}

/// How many constructs of each kind a wikitext consists of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceCounts {
    /// `<ref>` tags in the source, self-closing ones included.
    pub ref_tags: usize,
    /// Tags such as `<ref name="x" />`.
    pub self_closing: usize,
    /// Tags that hold something.
    pub with_content: usize,
    /// Different `name` attributes.
    pub names: usize,
    /// Templates inside references, those in other templates included.
    pub templates: usize,
    /// Parameters of those templates.
    pub parameters: usize,
    /// Different addresses of external links inside references.
    pub distinct_urls: usize,
}

/// Something in an input that could not be read as meant; the rest was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
    /// What is wrong: a lowercase fragment.
    pub message: String,
}
