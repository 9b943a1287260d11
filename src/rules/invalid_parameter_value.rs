//! `URL009` invalid-parameter-value.

use super::cs1;
use super::parameters::{is_named, is_plain};
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Evidence, Finding, Fix, Parameter, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a parameter that takes one of a few words and has another one: `url-status`,
    /// `url-access`, `doi-access` and their likes (CS1: Invalid `|url-status=yes`).
    ///
    /// ## Why it matters
    /// CS1 drops the value: a dead link is shown as if nothing were said of it.
    ///
    /// ## Example
    /// `|url-status=broken`: the fix makes it `dead`.
    ///
    /// ## Limits
    /// Only templates of CS1. `yes` is left to the editor: it may mean dead (as in `dead-url=yes`)
    /// or live.
    INVALID_PARAMETER_VALUE {
        code: "URL009",
        name: "invalid-parameter-value",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

static TABLE: &str = include_str!("data/keywords.tsv");

/// What a parameter may say.
struct Keywords {
    words: &'static str,
    others: &'static str,
}

/// Whether a parameter that takes one of a few words has none of them.
pub(super) fn is_invalid(parameter: &Parameter) -> bool {
    keywords(parameter).is_some_and(|keywords| !keywords.has(&parameter.value))
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_rendered(ctx) {
        return Vec::new();
    }
    let parameters = ctx.source.parameters.iter();
    let found = parameters.filter_map(|parameter| {
        let keywords = keywords(parameter)?;
        if parameter.value.is_empty() || !is_plain(&parameter.value) {
            return None;
        }
        if keywords.has(&parameter.value) {
            return None;
        }
        let name = parameter.name.as_deref().unwrap_or_default();
        let words = keywords.words.replace(';', ", ");
        let message = format!(
            "{name} cannot be `{}`, but one of: {words}",
            parameter.value
        );
        let mut finding = ctx.finding(&INVALID_PARAMETER_VALUE, message);
        finding.span = Some(parameter.value_span);
        let written = format!("|{name}=");
        finding
            .evidence
            .push(Evidence::new("cited", parameter.value.clone(), written));
        finding.fix = keywords.correction(ctx, parameter);
        Some(finding)
    });
    found.collect()
}

fn keywords(parameter: &Parameter) -> Option<Keywords> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    let mut rows = lines.filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?, columns.next()?))
    });
    let row = rows.find(|(name, ..)| is_named(parameter, name));
    row.map(|(_, words, others)| Keywords { words, others })
}

impl Keywords {
    fn has(&self, value: &str) -> bool {
        let mut words = self.words.split(';');
        words.any(|word| word.eq_ignore_ascii_case(value))
    }

    fn correction(&self, ctx: &SourceContext<'_>, parameter: &Parameter) -> Option<Fix> {
        let pairs = self
            .others
            .split(';')
            .filter_map(|pair| pair.split_once('='));
        let mut meant = pairs.filter(|(word, _)| word.eq_ignore_ascii_case(&parameter.value));
        let (_, keyword) = meant.next()?;
        if keyword.is_empty() {
            let description = "take away what says nothing";
            return ctx.removal(description, Safety::Safe, &[parameter]);
        }
        let description = format!("say `{keyword}`");
        let keyword = keyword.to_owned();
        ctx.replacement(&description, Safety::Review, parameter, keyword)
    }
}
