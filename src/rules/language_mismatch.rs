//! `LNG002` language-mismatch.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use super::verify::{Answer, verify_language};
use crate::languages;
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a `language` that the page contradicts.
    ///
    /// ## Why it matters
    /// Readers and translators are sent to a page in a language that they did not expect.
    ///
    /// ## Example
    /// `|language=ru` where the page is in Ukrainian.
    ///
    /// ## Limits
    /// Only the page itself can contradict, and only when its language is certain (0.9); a title
    /// may be a translation. Languages that text alone cannot tell apart (Croatian and Bosnian,
    /// Indonesian and Malay) never contradict each other.
    ///
    /// ## Fix
    /// For review: the editor may mean another part of the source than the one that was read.
    LANGUAGE_MISMATCH {
        code: "LNG002",
        name: "language-mismatch",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let cited = &ctx.source.citation.language;
    let Some((page, language)) = ctx
        .page
        .and_then(|page| Some((page, page.language.as_ref()?)))
    else {
        return Vec::new();
    };
    if verify_language(cited, page).answer != Answer::Contradicted {
        return Vec::new();
    }
    let names: Vec<String> = cited.iter().map(languages::english_name).collect();
    let message = format!(
        "cited as {}, but the page is in {}",
        names.join(", "),
        languages::english_name(&language.tag)
    );
    let mut finding = ctx.finding_at(&LANGUAGE_MISMATCH, "language", message);
    finding.evidence.extend(ctx.cited("language"));
    finding
        .evidence
        .push(Evidence::new("language", language.tag.to_string(), "page"));
    finding.evidence.extend(language.evidence.iter().cloned());
    if cited.len() == 1 {
        finding.fix = ctx.replace_field(
            "name the page's language",
            "language",
            language.tag.to_string(),
        );
    }
    vec![finding]
}
