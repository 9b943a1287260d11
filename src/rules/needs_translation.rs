//! `LNG001` needs-translation.

use super::rule::{Check, FixAvailability, Needs, SourceContext, declare_rule};
use crate::languages;
use crate::model::{Citation, Evidence, Finding, LanguageTag, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a source in another language than the readers' whose title is not translated.
    ///
    /// ## Why it matters
    /// Readers cannot tell what the source is about, nor check it. The to-do list
    /// (`--format todo`) collects all such sources, translated titles included.
    ///
    /// ## Example
    /// `|title=Нова мішень ЗСУ |language=uk` in an English article: add `|trans-title=`.
    ///
    /// ## Limits
    /// The language is read from the page where there is one, else from `language` or the title.
    /// A guess below even odds is left alone. The readers' language is the article's, or
    /// `--language`; a translation into the article's language is none into another.
    NEEDS_TRANSLATION {
        code: "LNG001",
        name: "needs-translation",
        severity: Severity::Note,
        fix: FixAvailability::Never,
        needs: Needs::Network,
        check: Check::Source(check),
    }
}

/// A language less likely than this is a guess that is wrong more often than right.
const EVEN_ODDS: f64 = 0.5;

/// Whether readers are told what the title means: `trans-title` is in the article's own language,
/// and no help to readers of another.
#[must_use]
pub fn is_translated(
    citation: &Citation,
    own: Option<&LanguageTag>,
    readers: &LanguageTag,
) -> bool {
    let theirs = own.is_none_or(|own| languages::same_language(own, readers));
    theirs && citation.trans_title.is_some()
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let (Some(language), Some(readers)) = (ctx.language, ctx.article.readers) else {
        return Vec::new();
    };
    let citation = &ctx.source.citation;
    let has_title = citation.title.is_some() || citation.script_title.is_some();
    if language.confidence < EVEN_ODDS
        || languages::same_language(&language.tag, readers)
        || is_translated(citation, ctx.article.article.language.as_ref(), readers)
        || !has_title
    {
        return Vec::new();
    }
    let message = format!(
        "the source is in {}; its title is not translated",
        languages::english_name(&language.tag)
    );
    let mut finding = ctx.finding_at(&NEEDS_TRANSLATION, "title", message);
    finding.evidence.push(Evidence::new(
        "language",
        language.tag.to_string(),
        origin(ctx),
    ));
    vec![finding]
}

fn origin(ctx: &SourceContext<'_>) -> &'static str {
    use crate::model::LanguageOrigin;
    match ctx.language.map(|language| language.from) {
        Some(LanguageOrigin::Page) => "page",
        Some(LanguageOrigin::Title) => "cited title",
        Some(LanguageOrigin::Cited) | None => "citation",
    }
}
