//! The dates of a citation as CS1 judges them, where CS1 renders it.

use std::borrow::Cow;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::edits::{self, set};
use super::rule::{ArticleContext, Rule, SourceContext};
use crate::cs1;
use crate::cs1::dates::{self, FieldVerdict, Verdict};
use crate::model::{Evidence, Finding, Fix, InputFormat, Safety, Source};

impl ArticleContext<'_> {
    /// The day of the run in UTC.
    pub(super) fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::UTC).date()
    }

    /// CS1's verdicts on the dates of a work; `None` where CS1 does not render it as English
    /// Wikipedia does: other templates, other wikis, text and HTML.
    pub(super) fn cs1_dates<'s>(&self, source: &'s Source) -> Option<Vec<FieldVerdict<'s>>> {
        let article = self.article;
        let english = article
            .language
            .as_ref()
            .is_none_or(|tag| tag.primary() == "en");
        let renders = article.format == InputFormat::Wikitext
            && english
            && source.template.as_deref().is_some_and(cs1::is_template);
        // A citation that was read without its parameters has nothing to be strict about.
        (renders && !source.parameters.is_empty())
            .then(|| dates::template(&source.parameters, self.today()))
    }
}

/// Whether CS1 rejects one of the dates; it then looks no further.
pub(super) fn any_rejected(fields: &[FieldVerdict<'_>]) -> bool {
    fields
        .iter()
        .any(|field| matches!(field.verdict, Verdict::Rejected(_)))
}

/// A field with the parameter that it was written as.
pub(super) fn evidence(field: &FieldVerdict<'_>) -> Evidence {
    let name = field.parameter.name.as_deref().unwrap_or_default();
    Evidence::new(
        format!("cited {}", field.named.as_str()),
        field.parameter.value.clone(),
        Cow::Owned(format!("|{name}=")),
    )
}

/// Starts a finding at a field's value.
pub(super) fn finding_at(
    ctx: &SourceContext<'_>,
    rule: &'static Rule,
    field: &FieldVerdict<'_>,
    message: String,
) -> Finding {
    let mut finding = ctx.finding(rule, message);
    finding.span = Some(field.parameter.value_span);
    finding.evidence.push(evidence(field));
    finding
}

/// A fix that replaces a field's value; `None` where a comment would be lost with it.
pub(super) fn replace(
    field: &FieldVerdict<'_>,
    description: &str,
    replacement: String,
    safety: Safety,
) -> Option<Fix> {
    let whole = *field.value == *field.parameter.value;
    let edits = whole.then(|| vec![set(field.parameter, replacement)])?;
    edits::fix(description, safety, edits)
}
