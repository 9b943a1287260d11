//! `TTL005` translation-in-wrong-script.

use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::languages;
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a `trans-title` that the article's readers cannot read, or that repeats the title.
    ///
    /// ## Why it matters
    /// `trans-title` holds the title in the article's language: `title` and `trans-title` may have
    /// been exchanged.
    ///
    /// ## Example
    /// `|title=Rain in Kyiv |trans-title=Дощ у Києві` in an English article.
    ///
    /// ## Limits
    /// Compares scripts, not languages, so a German translation in an English article passes.
    /// Names are the same in many languages: a repeated title is only a note.
    TRANSLATION_IN_WRONG_SCRIPT {
        code: "TTL005",
        name: "translation-in-wrong-script",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

/// Fewer letters than this are a thin ground to judge on.
const FEW_LETTERS: usize = 8;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let citation = &ctx.source.citation;
    let Some(translation) = &citation.trans_title else {
        return Vec::new();
    };
    let originals = [&citation.title, &citation.script_title];
    let mut originals = originals.into_iter().flatten();
    let repeated = originals.any(|title| letters(title) == letters(translation));
    let message = if let Some(own) = ctx.article.article.language.as_ref()
        && languages::is_in_script_of(translation, own) == Some(false)
    {
        let name = languages::english_name(own);
        format!("trans-title is in a script that {name} is not written in")
    } else if repeated {
        "trans-title repeats the title".to_owned()
    } else {
        return Vec::new();
    };
    let mut finding = ctx.finding_at(&TRANSLATION_IN_WRONG_SCRIPT, "trans-title", message);
    if repeated || letters(translation).chars().count() < FEW_LETTERS {
        finding.severity = Severity::Note;
    }
    finding.evidence.extend(ctx.cited("title"));
    finding.evidence.extend(ctx.cited("script-title"));
    finding.evidence.extend(ctx.cited("trans-title"));
    vec![finding]
}

/// The letters of a text in lower case.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
