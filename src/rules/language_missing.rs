//! `LNG003` language-missing.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::languages;
use crate::model::{Evidence, Finding, Fix, InputFormat, LanguageOrigin, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a source in another language than the article's whose citation does not say so.
    ///
    /// ## Why it matters
    /// "(in Ukrainian)" spares readers a click and lets translators find the source.
    ///
    /// ## Example
    /// `{{cite news |title=Нова мішень ЗСУ |url=…}}` in an English article: the fix adds
    /// `|language=uk`.
    ///
    /// ## Limits
    /// Needs certainty (0.9) from the page, or from the title where no page was read.
    ///
    /// ## Fix
    /// Safe where the page itself settles it (0.95), since the language is added and nothing that
    /// an editor wrote is changed; for review where only the title tells, which may be translated.
    /// The parameter has the template's own name: `|sprache=`, `|langue=`, `|язык=`.
    LANGUAGE_MISSING {
        code: "LNG003",
        name: "language-missing",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

/// Below this the source's language is not named.
const CERTAIN: f64 = 0.9;

/// From this confidence on, a page leaves nothing to judge.
const SETTLED: f64 = 0.95;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let (Some(language), Some(own)) = (ctx.language, ctx.article.article.language.as_ref()) else {
        return Vec::new();
    };
    let said = ctx.source.citation.fields.contains_key("language")
        || !ctx.source.citation.language.is_empty();
    let list = ctx.article.article.format == InputFormat::Urls;
    if list || said || language.confidence < CERTAIN || languages::same_language(&language.tag, own)
    {
        return Vec::new();
    }
    let message = format!(
        "the source is in {}, and the citation does not say so",
        languages::english_name(&language.tag)
    );
    let mut finding = ctx.finding(&LANGUAGE_MISSING, message);
    finding.evidence.push(Evidence::new(
        "language",
        language.tag.to_string(),
        match language.from {
            LanguageOrigin::Page => "page",
            LanguageOrigin::Title => "cited title",
            LanguageOrigin::Cited => "citation",
        },
    ));
    let fix = ctx.add_parameters(
        "name the source's language",
        &format!("|language={}", language.tag),
    );
    let settled = language.from == LanguageOrigin::Page && SETTLED <= language.confidence;
    finding.fix = fix.map(|fix| Fix {
        safety: if settled {
            Safety::Safe
        } else {
            Safety::Review
        },
        ..fix
    });
    vec![finding]
}
