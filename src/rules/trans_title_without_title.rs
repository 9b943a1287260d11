//! `TTL004` trans-title-without-title.

use super::cs1;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a translated title, chapter, work or quotation whose original is not given.
    ///
    /// ## Why it matters
    /// Nobody finds the source by a title that it does not have; Wikipedia shows an error.
    ///
    /// ## Example
    /// `{{cite news |trans-title=Rain in Kyiv |language=uk |url=…}}` without `title` and
    /// `script-title`.
    ///
    /// ## Limits
    /// Only the templates of CS1. The translation is often the only title at hand: the fault may
    /// lie in the parameter's name, so no fix is proposed.
    TRANS_TITLE_WITHOUT_TITLE {
        code: "TTL004",
        name: "trans-title-without-title",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

/// Translations that CS1 wants the original of, by CS1's name for it.
const TRANSLATED: [&str; 4] = ["title", "chapter", "work", "quote"];

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_cs1(ctx.source) {
        return Vec::new();
    }
    let found = TRANSLATED.iter().filter_map(|original| {
        let named = |prefix: &str| {
            let field = format!("{prefix}{original}");
            cs1::named(ctx.source).find(|(_, it)| it.field.as_deref() == Some(field.as_str()))
        };
        let (name, translation) = named("trans-")?;
        // The names differ among works: `script-journal`, `script-website`.
        let script = cs1::named(ctx.source).any(|(name, it)| {
            let known = it.field.as_deref().unwrap_or(name);
            known.starts_with("script-") && (*original == "work" || known.ends_with(original))
        });
        if script || named("").is_some() {
            return None;
        }
        let message = format!("{name} translates a {original} that the citation does not give");
        let finding = ctx.finding(&TRANS_TITLE_WITHOUT_TITLE, message);
        Some(cs1::at_value(finding, name, translation))
    });
    found.collect()
}
