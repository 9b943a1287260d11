//! `CIT012` generic-name.

use super::cs1;
use super::generic;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports an author, editor or translator whose name is no person's.
    ///
    /// ## Why it matters
    /// A tool took it from the page's code: the site, a form's field, a word such as "Author". The
    /// site belongs in `work` or `agency`.
    ///
    /// ## Example
    /// `|last=Reuters |first=Staff`, `|author=About Us`.
    ///
    /// ## Limits
    /// Only CS1's templates, and only what CS1 lists (`src/rules/data/generic-names.tsv`).
    /// `((Editors of Example))` says that the name is meant so.
    GENERIC_NAME {
        code: "CIT012",
        name: "generic-name",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

/// Lists of persons, as their parameters begin.
const LISTS: [&str; 8] = [
    "author",
    "last",
    "first",
    "editor",
    "translator",
    "contributor",
    "interviewer",
    "surname",
];

/// What other parameters of such lists end in.
const OTHER: [&str; 3] = ["-link", "-mask", "link"];

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_cs1(ctx.source) {
        return Vec::new();
    }
    let found = cs1::named(ctx.source).filter_map(|(name, parameter)| {
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let is_list = LISTS.iter().any(|list| name.starts_with(list));
        if !is_list || OTHER.iter().any(|end| bare.ends_with(end)) || bare.ends_with('s') {
            return None;
        }
        let value = cs1::given(&parameter.value);
        let accepted =
            value.starts_with("((") || value.contains("{{") || value.contains("(author)");
        let text = generic::generic_name(&value).filter(|_| !accepted)?;
        let message = format!(
            "{name} has a word that is no part of a person's name: CS1 rejects “{}”",
            text.trim()
        );
        let mut finding = ctx.finding(&GENERIC_NAME, message);
        let listed = Evidence::new("rejected", text, "names that CS1 rejects");
        finding.evidence.push(listed);
        Some(cs1::at_value(finding, name, parameter))
    });
    // Family and given name are one name.
    found.take(1).collect()
}
