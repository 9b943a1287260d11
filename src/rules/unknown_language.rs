//! `LNG004` unknown-language.

use super::cs1;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::languages;
use crate::model::{Evidence, Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a `language` that names no known language.
    ///
    /// ## Why it matters
    /// Readers are told a language that does not exist, and lists of sources by language miss it.
    ///
    /// ## Example
    /// `|language=Ukranian`: the fix proposes `uk`.
    ///
    /// ## Limits
    /// Knows the names of 600 languages in the languages of many wikis, their codes and common
    /// mistakes. A value with a template that is not known here passes.
    UNKNOWN_LANGUAGE {
        code: "LNG004",
        name: "unknown-language",
        severity: Severity::Note,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

/// A code of something else, such as `ua` for `uk`: what is meant is known, but not to CS1.
fn another_code(ctx: &SourceContext<'_>, value: &str) -> Option<Finding> {
    let is_code = value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_code || !cs1::is_cs1(ctx.source) {
        return None;
    }
    let meant = languages::known_tag(value).err()??;
    let name = languages::english_name(&meant);
    let message = format!("no language has the code {value}; that of {name} is {meant}");
    let mut finding = ctx.finding_at(&UNKNOWN_LANGUAGE, "language", message);
    finding.evidence.extend(ctx.cited("language"));
    finding.fix = ctx.replace_field("give the language's code", "language", meant.to_string());
    Some(finding)
}

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(field) = ctx.source.citation.fields.get("language") else {
        return Vec::new();
    };
    if let Some(finding) = another_code(ctx, &field.value) {
        return vec![finding];
    }
    let (known, unknown) = languages::read_cited(&field.value);
    let Some(first) = unknown.first() else {
        return Vec::new();
    };
    // What a template makes of its arguments is not known, and a sentence is no name.
    let is_name = |name: &String| {
        name.chars().any(char::is_alphabetic) && !name.contains(['{', '}', '<', '[', '='])
    };
    // Polish Wikipedia writes codes with spaces between them.
    let codes = |name: &String| {
        let mut words = name.split_whitespace();
        words.all(|word| languages::tag_for_name(word).is_some())
    };
    if !unknown.iter().all(is_name) || unknown.iter().all(codes) {
        return Vec::new();
    }
    let meant = languages::nearest_language(first);
    let mut message = format!("no language is called {first}");
    if let Some((name, _)) = &meant {
        message = format!("{message}; perhaps {name} is meant");
    }
    let mut finding = ctx.finding_at(&UNKNOWN_LANGUAGE, "language", message);
    finding.evidence.extend(ctx.cited("language"));
    let alone = known.is_empty() && unknown.len() == 1;
    if let Some((name, tag)) = meant {
        finding.evidence.push(Evidence::new(
            "nearest",
            format!("{name} ({tag})"),
            "language names",
        ));
        if alone {
            finding.fix = ctx.replace_field("name the language", "language", tag.to_string());
        }
    }
    vec![finding]
}
