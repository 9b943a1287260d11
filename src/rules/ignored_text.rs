//! `CIT007` ignored-text.

use super::cs1;
use super::edits::in_value;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Evidence, Finding, Safety, Severity};

declare_rule! {
    /// ## What it does
    /// Reports text in a CS1 citation that belongs to no parameter.
    ///
    /// ## Why it matters
    /// Wikipedia shows an error and leaves the text out: mostly a parameter whose name, or whose
    /// `=`, was forgotten, or a `|` inside a title.
    ///
    /// ## Example
    /// `{{cite web |https://news.example/a |title=Rain}}`: the fix writes `url=` before the
    /// address, if the citation has none.
    ///
    /// ## Limits
    /// Only the templates of CS1; in other languages than English only addresses, since other wikis
    /// give such text a meaning.
    IGNORED_TEXT {
        code: "CIT007",
        name: "ignored-text",
        severity: Severity::Warning,
        fix: FixAvailability::Sometimes,
        check: Check::Source(check),
    }
}

/// Longer texts are cut in messages.
const SHOWN: usize = 40;

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    if !cs1::is_cs1(ctx.source) {
        return Vec::new();
    }
    let has_url = ctx.source.citation.fields.contains_key("url");
    let mut urls = 0;
    let parameters = ctx.source.parameters.iter();
    // Other wikis give such text a meaning: `{{Cite web|和書|…}}`. An address has none anywhere.
    let english = cs1::in_english(ctx);
    let counts = |value: &str| english || is_address(&cs1::given(value));
    let ignored =
        parameters.filter(|it| cs1::name(it).is_none() && cs1::is_set(it) && counts(&it.value));
    let found = ignored.map(|parameter| {
        let text = cs1::given(&parameter.value);
        let is_url = is_address(&text);
        let message = if is_url {
            "an address that belongs to no parameter is ignored".to_owned()
        } else {
            format!(
                "the text {} belongs to no parameter and is ignored",
                shown(&text)
            )
        };
        let mut finding = ctx.finding(&IGNORED_TEXT, message);
        finding.span = Some(parameter.value_span);
        let evidence = Evidence::new("ignored", parameter.value.clone(), "citation");
        finding.evidence.push(evidence);
        urls += usize::from(is_url);
        let unnamed = parameter.name.is_none();
        if is_url && unnamed && urls == 1 && !has_url {
            let edit = in_value(parameter, 0..0, "url=");
            let edits = edit.into_iter().collect();
            finding.fix = ctx.fix("name the parameter", Safety::Review, edits);
        }
        finding
    });
    found.collect()
}

/// Whether a text is an address and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www."))
        && !text.contains(char::is_whitespace)
}

fn shown(text: &str) -> String {
    let mut cut: String = text.chars().take(SHOWN).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    format!("“{cut}”")
}
