//! What a rule is made of.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::model::{
    Article, Evidence, Finding, LanguageTag, LinkFacts, LinkVerdict, PageEvidence, Reference,
    ReferenceLanguage, RuleCode, Severity, Source, Span, Verdict,
};

/// A check: its identity, its documentation and the function that runs it.
#[derive(Debug)]
pub struct Rule {
    /// Stable code, for example `DAT001`; never reused.
    pub code: &'static str,
    /// Kebab-case name that reads well after "allow": `allow date-mismatch`.
    pub name: &'static str,
    /// Markdown shown by `citecheck explain`: what, why, example, limits.
    pub docs: &'static str,
    /// Severity unless a finding says less or the settings say otherwise.
    pub severity: Severity,
    /// Whether a correction can be proposed.
    pub fix: FixAvailability,
    /// What the rule must know to speak.
    pub needs: Needs,
    /// The check itself.
    pub check: Check,
}

/// What a rule must know to speak. A run that does not know it proves nothing by the rule's
/// silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Needs {
    /// The article alone: the rule says all that it has to say without network.
    Article,
    /// What links answered: without network the rule is silent, or may say less.
    Network,
}

impl Needs {
    /// The word used in lists of rules.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Network => "network",
        }
    }
}

/// What a rule looks at. Checks are pure: no input or output, no clock, no settings.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Check {
    /// One cited work at a time.
    Source(fn(&SourceContext<'_>) -> Vec<Finding>),
    /// One article at a time.
    Article(fn(&ArticleContext<'_>) -> Vec<Finding>),
    /// The settings of the run against what came out of it; made where ignores are applied.
    Run,
}

/// Whether a rule can propose an edit to the citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FixAvailability {
    /// An editor must decide.
    Never,
    /// Proposed when the evidence allows.
    Sometimes,
}

/// An article under the run's conditions.
#[derive(Debug, Clone, Copy)]
pub struct ArticleContext<'a> {
    /// The article.
    pub article: &'a Article,
    /// The instant of the run.
    pub now: Timestamp,
    /// The language that the article's readers have; `None` when nothing tells.
    pub readers: Option<&'a LanguageTag>,
}

/// All that is known of one cited work.
#[derive(Debug, Clone, Copy)]
pub struct SourceContext<'a> {
    /// Its article.
    pub article: ArticleContext<'a>,
    /// The reference that cites it.
    pub reference: &'a Reference,
    /// What the citation says.
    pub source: &'a Source,
    /// What is known of its URL; `None` without one that can be asked.
    pub link: Option<&'a LinkFacts>,
    /// What is known of the archived copy that it cites; `None` where no archive was asked for it.
    pub copy: Option<&'a LinkFacts>,
    /// How the link is judged; `None` without a URL.
    pub verdict: Option<&'a Verdict>,
    /// What was read from the page; `None` when there was none or it is not the cited page.
    pub page: Option<&'a PageEvidence>,
    /// The source's language by the best evidence at hand.
    pub language: Option<&'a ReferenceLanguage>,
}

impl SourceContext<'_> {
    /// Starts a finding of `rule` about this work, at its citation.
    #[must_use]
    pub fn finding(&self, rule: &'static Rule, message: impl Into<String>) -> Finding {
        finding(
            rule,
            Some(self.reference.number),
            Some(self.source.span),
            message.into(),
        )
    }

    /// Starts a finding of `rule` at one field of the citation.
    #[must_use]
    pub fn finding_at(
        &self,
        rule: &'static Rule,
        field: &str,
        message: impl Into<String>,
    ) -> Finding {
        let span = self.field_span(field).unwrap_or(self.source.span);
        finding(
            rule,
            Some(self.reference.number),
            Some(span),
            message.into(),
        )
    }

    /// Starts a finding of `rule` at the URL, if its link is judged so, with the evidence that decided.
    /// `message` is given the reason of the judgement.
    #[must_use]
    pub fn finding_if(
        &self,
        rule: &'static Rule,
        link: LinkVerdict,
        message: impl FnOnce(&str) -> String,
    ) -> Option<Finding> {
        let verdict = self.verdict.filter(|verdict| verdict.link == link)?;
        let mut finding = self.finding_at(rule, "url", message(&verdict.reason));
        finding.evidence.clone_from(&verdict.evidence);
        Some(finding)
    }

    /// Where a field's value stands, by its CS1 name.
    #[must_use]
    pub fn field_span(&self, field: &str) -> Option<Span> {
        self.source
            .citation
            .fields
            .get(field)
            .map(|field| field.span)
    }

    /// A field's value as evidence.
    #[must_use]
    pub fn cited(&self, field: &'static str) -> Option<Evidence> {
        let found = self.source.citation.fields.get(field)?;
        let source = match &found.parameter {
            Some(parameter) => Cow::Owned(format!("|{parameter}=")),
            None => Cow::Borrowed("citation"),
        };
        Some(Evidence::new(
            format!("cited {field}"),
            found.value.clone(),
            source,
        ))
    }
}

impl ArticleContext<'_> {
    /// Starts a finding of `rule` about the article.
    #[must_use]
    pub fn finding(&self, rule: &'static Rule, message: impl Into<String>) -> Finding {
        finding(rule, None, None, message.into())
    }
}

fn finding(
    rule: &'static Rule,
    reference: Option<u32>,
    span: Option<Span>,
    message: String,
) -> Finding {
    Finding {
        rule: RuleCode(Cow::Borrowed(rule.code)),
        name: Cow::Borrowed(rule.name),
        severity: rule.severity,
        reference,
        message,
        evidence: Vec::new(),
        span,
        excerpt: None,
        fix: None,
    }
}

impl Rule {
    /// Starts a finding of this rule about the run.
    #[must_use]
    pub fn run_finding(&'static self, message: impl Into<String>) -> Finding {
        finding(self, None, None, message.into())
    }
}

/// Declares a rule; its doc comment becomes the text of `citecheck explain`. A rule that looks at
/// links or pages says `needs: Needs::Network`; without the line it needs the article alone.
macro_rules! declare_rule {
    ($(#[doc = $doc:literal])+ $name:ident {
        code: $code:expr,
        name: $rule:expr,
        severity: $severity:expr,
        fix: $fix:expr,
        check: $check:expr $(,)?
    }) => {
        $crate::rules::rule::declare_rule! {
            $(#[doc = $doc])+
            $name {
                code: $code,
                name: $rule,
                severity: $severity,
                fix: $fix,
                needs: $crate::rules::Needs::Article,
                check: $check,
            }
        }
    };
    ($(#[doc = $doc:literal])+ $name:ident { $($field:ident: $value:expr),+ $(,)? }) => {
        $(#[doc = $doc])+
        pub(super) static $name: $crate::rules::Rule = $crate::rules::Rule {
            docs: concat!($($doc, "\n"),+),
            $($field: $value),+
        };
    };
}
pub(super) use declare_rule;
