//! `CIT005` unused-reference.

use super::edits::{fix, replaced};
use super::rule::{ArticleContext, Check, FixAvailability, declare_rule};
use crate::model::{Evidence, Finding, InputFormat, Reference, ReferenceKind, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a reference that is defined in the reference list and used nowhere.
    ///
    /// ## Why it matters
    /// It supports nothing, and Wikipedia shows an error: the text it belonged to is gone, or its
    /// name was changed in one place.
    ///
    /// ## Example
    /// `{{reflist|refs=<ref name="Vale 2019">…</ref>}}` without a `<ref name="Vale 2019" />`.
    ///
    /// ## Limits
    /// Wikitext only. The fix, which removes the definition, is for an editor to look at.
    UNUSED_REFERENCE {
        code: "CIT005",
        name: "unused-reference",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Article(check),
    }
}

fn check(ctx: &ArticleContext<'_>) -> Vec<Finding> {
    if ctx.article.format != InputFormat::Wikitext {
        return Vec::new();
    }
    let mut found = Vec::new();
    for block in ctx.article.references.blocks() {
        let unused = block
            .iter()
            .filter(|it| it.uses == 0 && it.kind == ReferenceKind::Footnote);
        found.extend(unused.map(|reference| unused_reference(ctx, reference)));
    }
    found
}

fn unused_reference(ctx: &ArticleContext<'_>, reference: &Reference) -> Finding {
    let message = match reference.names.first() {
        Some(name) => format!("the reference {name} is used nowhere"),
        None => "the reference is used nowhere".to_owned(),
    };
    let mut finding = ctx.finding(&UNUSED_REFERENCE, message);
    finding.reference = Some(reference.number);
    finding.span = Some(reference.span);
    let names = reference.names.iter();
    finding
        .evidence
        .extend(names.map(|name| Evidence::new("name", name.clone(), "<ref name>")));
    let span = reference.span;
    // Without its end nobody knows how far the definition goes.
    let place = (span.line, span.column);
    let problems = ctx.article.problems.iter();
    if problems
        .map(|it| (it.line, it.column))
        .all(|it| it != place)
    {
        let removed = replaced(span.start..span.end, String::new());
        finding.fix = fix("remove the definition", Safety::Review, vec![removed]);
    }
    finding
}
