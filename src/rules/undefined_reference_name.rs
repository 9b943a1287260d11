//! `CIT004` undefined-reference-name.

use std::collections::HashMap;

use super::rule::{ArticleContext, Check, FixAvailability, declare_rule};
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports the use of a reference name that no reference has.
    ///
    /// ## Why it matters
    /// Wikipedia shows an error where the source should be: the reference was deleted, or is in
    /// another article from which the text was copied.
    ///
    /// ## Example
    /// `<ref name="Vale 2019" />` without a `<ref name="Vale 2019">…</ref>`.
    ///
    /// ## Limits
    /// Wikitext only. A template may bring references along that are not seen here.
    UNDEFINED_REFERENCE_NAME {
        code: "CIT004",
        name: "undefined-reference-name",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Article(check),
    }
}

fn check(ctx: &ArticleContext<'_>) -> Vec<Finding> {
    if ctx.article.undefined.is_empty() {
        return Vec::new();
    }
    let mut known: HashMap<String, String> = HashMap::new();
    for block in ctx.article.references.blocks() {
        let names = block.iter().flat_map(|reference| &reference.names);
        known.extend(names.map(|name| (folded(name), name.clone())));
    }
    let undefined = ctx.article.undefined.iter();
    let found = undefined.map(|undefined| {
        let name = &undefined.name;
        let message = match &undefined.group {
            Some(group) => format!("no reference of the group {group} is called {name}"),
            None => format!("no reference is called {name}"),
        };
        let mut finding = ctx.finding(&UNDEFINED_REFERENCE_NAME, message);
        finding.span = Some(undefined.span);
        // Names differ in case and spacing more often than they are gone.
        let alike = known.get(&folded(name));
        finding.evidence.extend(
            alike.map(|other| Evidence::new("nearest name", other.clone(), "reference names")),
        );
        finding
    });
    found.collect()
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
