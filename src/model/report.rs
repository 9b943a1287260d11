//! The result of a run: what `check --format json` prints.
//!
//! The types below are the wire format. Fields are only ever added within a schema version; a
//! field that changes meaning raises [`SCHEMA_VERSION`]. Absent values are `null`, never missing.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::todo::TodoItem;
use super::{
    Citation, CopySearch, Evidence, Finding, InputFormat, LanguageTag, LinkHistory, LinkVerdict,
    Memento, Packed, PageEvidence, Problem, ReferenceKind, SourceCounts, Span,
};

/// Version of the report format.
pub const SCHEMA_VERSION: u32 = 1;

/// A whole run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// [`SCHEMA_VERSION`].
    pub schema: u32,
    /// The program that made it.
    pub tool: Tool,
    /// When and how.
    pub run: Run,
    /// One entry per input, in the order given.
    pub articles: Vec<CheckedArticle>,
    /// Sources in another language than the readers', by article, then by reference: those to
    /// translate, and by their state those that are translated or rejected.
    pub todo: Vec<TodoItem>,
    /// Findings about the run itself, such as an ignore that matched nothing.
    pub findings: Vec<Finding>,
    /// Totals.
    pub counts: Counts,
}

/// The program that made a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `citecheck`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// When and how a run was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// The instant of the run, UTC: dates are judged against it.
    pub started: Timestamp,
    /// When it ended, UTC; equals `started` for a replay or a run at a given instant.
    pub finished: Timestamp,
    /// Where answers came from.
    pub network: Network,
    /// The language that readers have; `null` when each article's own is used and they differ.
    pub language: Option<LanguageTag>,
    /// Whether the run ended before every link was asked, because it was interrupted, its time
    /// was up or the network was away: links that were not reached are `skipped`.
    pub partial: bool,
    /// Whether the pages that answered were read; if not, only status and redirects are known,
    /// and rules that need a page's title, dates, language or text are silent.
    #[serde(default = "yes")]
    pub pages: bool,
    /// What kept the run from asking: a network that is away, a portal or a proxy in between;
    /// `null` when nothing did. Links that were not asked for it are `skipped`.
    #[serde(default)]
    pub trouble: Option<String>,
    /// Which part of the links the run took; `null` when it took all.
    #[serde(default)]
    pub shard: Option<Shard>,
    /// What the run was limited to, in words: `reference 12`, `changed since main`; `null` when it
    /// was about every reference. What it was not about is not in the report.
    #[serde(default)]
    pub limited_to: Option<String>,
    /// Whether to-do lists show the sources that are translated or rejected as well.
    #[serde(default)]
    pub all_todo: bool,
}

/// One of the equal parts in which a long audit is run.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Shard {
    /// Which one, from 1.
    pub index: u32,
    /// How many there are.
    pub of: u32,
}

/// What runs did before they could leave pages unread.
const fn yes() -> bool {
    true
}

/// Where a run's answers came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Network {
    /// The servers themselves.
    Live,
    /// A recording.
    Replay,
    /// Nowhere: only what needs no network was checked.
    Offline,
}

/// An article with what was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedArticle {
    /// The input as the user named it.
    pub input: String,
    /// How it was written.
    pub format: InputFormat,
    /// The article's title, when the input tells.
    pub title: Option<String>,
    /// The article's own language.
    pub language: Option<LanguageTag>,
    /// References in list order.
    pub references: Packed<CheckedReference>,
    /// What a wikitext source consists of; `null` for other formats.
    #[serde(default)]
    pub counts: Option<SourceCounts>,
    /// Findings, by place, then by rule.
    pub findings: Vec<Finding>,
    /// What could not be read, by place.
    pub problems: Vec<Problem>,
}

/// A reference with what was found out about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedReference {
    /// Position in the list, from 1.
    pub number: u32,
    /// What it is in the article.
    #[serde(default)]
    pub kind: ReferenceKind,
    /// `name` attributes.
    pub names: Vec<String>,
    /// `group` attribute.
    pub group: Option<String>,
    /// `details` of a sub-reference.
    #[serde(default)]
    pub details: Option<String>,
    /// Number of the reference whose part a sub-reference is, or to whose work a short footnote
    /// points.
    #[serde(default)]
    pub main: Option<u32>,
    /// How often the article cites it.
    pub uses: u32,
    /// The citation template's name as written.
    pub template: Option<String>,
    /// What the citation says.
    pub citation: Citation,
    /// The whole entry.
    pub span: Span,
    /// The entry as written, where the input is wikitext and the entry not longer than 16 KiB: what
    /// the edits of fixes are made in.
    #[serde(default)]
    pub source: Option<String>,
    /// Sentences of the article that it supports.
    pub claims: Vec<String>,
    /// The source's language, by the best evidence at hand.
    pub language: Option<ReferenceLanguage>,
    /// What the link did; `null` without a URL.
    pub link: Option<LinkReport>,
    /// What the page says; `null` when none was read.
    pub page: Option<PageEvidence>,
    /// Further works cited by the same reference, in order.
    pub further: Vec<CheckedSource>,
}

/// A further work cited by a reference. Fields as in [`CheckedReference`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedSource {
    /// The citation template's name as written.
    pub template: Option<String>,
    /// What the citation says.
    pub citation: Citation,
    /// The template or text.
    pub span: Span,
    /// The source's language.
    pub language: Option<ReferenceLanguage>,
    /// What the link did.
    pub link: Option<LinkReport>,
    /// What the page says.
    pub page: Option<PageEvidence>,
}

/// One of the works that a reference cites, the first or a further one.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// The citation template's name as written.
    pub template: Option<&'a str>,
    /// What the citation says.
    pub citation: &'a Citation,
    /// The source's language.
    pub language: Option<&'a ReferenceLanguage>,
    /// What the link did.
    pub link: Option<&'a LinkReport>,
    /// What the page says.
    pub page: Option<&'a PageEvidence>,
}

impl CheckedReference {
    /// The works that it cites, in order.
    pub fn works(&self) -> impl Iterator<Item = Work<'_>> {
        let first = Work {
            template: self.template.as_deref(),
            citation: &self.citation,
            language: self.language.as_ref(),
            link: self.link.as_ref(),
            page: self.page.as_ref(),
        };
        let further = self.further.iter().map(|source| Work {
            template: source.template.as_deref(),
            citation: &source.citation,
            language: source.language.as_ref(),
            link: source.link.as_ref(),
            page: source.page.as_ref(),
        });
        std::iter::once(first).chain(further)
    }
}

impl<'a> Work<'a> {
    /// The page, if it is the one that is cited: no error page, wall or front page.
    #[must_use]
    pub fn cited_page(&self) -> Option<&'a PageEvidence> {
        let verdict = self.link?.verdict;
        self.page.filter(|_| verdict.is_cited_page())
    }
}

/// The language of a source and how it is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReferenceLanguage {
    /// The language.
    pub tag: LanguageTag,
    /// Probability that it is right, 0 to 1, rounded to three decimals.
    pub confidence: f64,
    /// What it was read from.
    pub from: LanguageOrigin,
}

/// What a source's language was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LanguageOrigin {
    /// The page itself.
    Page,
    /// The cited title.
    Title,
    /// The citation's `language`.
    Cited,
}

/// What a link did and how that is judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LinkReport {
    /// The judgement.
    pub verdict: LinkVerdict,
    /// Why, for people.
    pub reason: String,
    /// Probability that the judgement is right, 0 to 1, rounded to two decimals.
    #[serde(default)]
    pub confidence: f64,
    /// The facts that decided.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// HTTP status of the last answer.
    pub status: Option<u16>,
    /// Where the last redirect led; equals the cited URL when there was none.
    pub final_url: Option<String>,
    /// Redirects followed: each address that answered with one, and its status.
    pub hops: Vec<LinkHop>,
    /// How often the URL was asked; 0 when it was not.
    pub attempts: u32,
    /// When, UTC; `null` when it was not asked.
    pub checked_at: Option<Timestamp>,
    /// What earlier runs saw; `null` without a history.
    #[serde(default)]
    pub history: Option<LinkHistory>,
    /// Archived copies that were found, the best first.
    #[serde(default)]
    pub copies: Vec<Memento>,
    /// How the search for them ended; `null` if no archive was asked.
    #[serde(default)]
    pub copy_search: Option<CopySearch>,
}

/// A redirect that was followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LinkHop {
    /// The address that answered with a redirect.
    pub url: String,
    /// Its status.
    pub status: u16,
}

/// Totals of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// References read.
    pub references: usize,
    /// Works cited with a URL.
    pub urls: usize,
    /// Sources that are still to be translated.
    pub todo: usize,
    /// Sources in a foreign language whose title is translated.
    #[serde(default)]
    pub translated: usize,
    /// Sources that somebody decided not to translate.
    #[serde(default)]
    pub rejected: usize,
    /// Works cited whose language nothing tells, so that they are in no to-do list.
    #[serde(default)]
    pub unknown_language: usize,
    /// Findings that settings, comments in the source or its `{{cbignore}}` ignore; they are
    /// counted here and nowhere else.
    #[serde(default)]
    pub ignored: usize,
    /// Findings that a baseline knows; they are counted here and nowhere else.
    #[serde(default)]
    pub baselined: usize,
    /// Findings by severity.
    pub severities: BTreeMap<String, usize>,
    /// Findings by rule name.
    pub rules: BTreeMap<String, usize>,
    /// Links by verdict.
    pub verdicts: BTreeMap<String, usize>,
    /// Sources by language tag.
    pub languages: BTreeMap<String, usize>,
}
