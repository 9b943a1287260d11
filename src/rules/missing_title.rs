//! `TTL002` missing-title.

use super::cs1;
use super::missing_pipe::swallowed;
use super::rule::{Check, FixAvailability, SourceContext, declare_rule};
use crate::model::{Finding, Severity};

declare_rule! {
    /// ## What it does
    /// Reports a CS1 citation that has no title.
    ///
    /// ## Why it matters
    /// When the link dies, nothing says what was cited; Wikipedia shows an error in the title's
    /// place, and a link without a title shows its address.
    ///
    /// ## Example
    /// `{{cite web |url=https://news.example/a |date=3 May 2019}}`.
    ///
    /// ## Limits
    /// Only the templates of CS1 demand one. `title=none`, by which an editor says that there is
    /// none, passes, as does an episode that names its series or an entry its encyclopedia. An
    /// empty citation and a lone `trans-title` are other rules' findings, and where a wiki's own
    /// parameter is not known here it may be the title.
    MISSING_TITLE {
        code: "TTL002",
        name: "missing-title",
        severity: Severity::Warning,
        fix: FixAvailability::Never,
        check: Check::Source(check),
    }
}

/// Parameters by which a citation has a title, or the lack of one is another rule's finding.
const TITLES: [&str; 3] = ["title", "script-title", "trans-title"];

fn check(ctx: &SourceContext<'_>) -> Vec<Finding> {
    let Some(template) = cs1::template(ctx.source) else {
        return Vec::new();
    };
    let fields = &ctx.source.citation.fields;
    let set: Vec<_> = cs1::named(ctx.source).collect();
    let titled = set.iter().any(|(name, parameter)| {
        let is = |names: &[&str]| {
            names.contains(name)
                || parameter
                    .field
                    .as_deref()
                    .is_some_and(|field| names.contains(&field))
        };
        is(&TITLES)
            || match template.class {
                "encyclopaedia" => is(&["encyclopedia", "encyclopaedia", "dictionary"]),
                "episode" | "serial" => is(&["series"]),
                "map" => is(&["map", "trans-map", "script-map"]),
                "conference" => is(&["book-title", "conference"]),
                _ => false,
            }
    });
    let strange = !cs1::in_english(ctx) && set.iter().any(|(_, it)| it.field.is_none());
    // A title that stands after a pipe without its name is no missing title but ignored text.
    let ignored = ctx
        .source
        .parameters
        .iter()
        .any(|it| cs1::name(it).is_none() && cs1::is_set(it));
    let misplaced = set.iter().any(|(name, it)| hides_title(name, &it.value));
    if set.is_empty() || titled || strange || ignored || misplaced {
        return Vec::new();
    }
    let link = ["url", "archive-url"]
        .into_iter()
        .find(|field| fields.contains_key(*field));
    let message = match link {
        Some(_) => "a link without a title: readers see its address",
        None => "the citation has no title",
    };
    let mut finding = ctx.finding(&MISSING_TITLE, message);
    finding
        .evidence
        .extend(link.and_then(|field| ctx.cited(field)));
    vec![finding]
}

/// Whether a title stands where CS1 does not see it, which is another rule's finding: behind a
/// missing pipe, or under a misspelt name.
fn hides_title(name: &str, value: &str) -> bool {
    let is_title = |name: &str| TITLES.contains(&name);
    let behind = swallowed(value).is_some_and(|(_, name)| is_title(&name));
    let misspelt = cs1::field(name).is_none()
        && cs1::nearest_parameter(name).is_some_and(|meant| is_title(&meant));
    behind || misspelt
}
