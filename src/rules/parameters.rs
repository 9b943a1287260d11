//! The parameters of a citation template, by field and by name.

use super::cs1;
use super::rule::SourceContext;
use crate::model::{Field, Parameter};

/// The parameter that stands for a CS1 field and says something, as `MediaWiki` reads a template:
/// the last one counts.
pub(super) fn given<'a>(ctx: &SourceContext<'a>, field: &str) -> Option<&'a Parameter> {
    let mut parameters = ctx.source.parameters.iter().rev();
    parameters.find(|parameter| parameter.field.as_deref() == Some(field) && cs1::is_set(parameter))
}

/// The parameter of that very name that says something; hyphens and case do not count.
pub(super) fn parameter<'a>(ctx: &SourceContext<'a>, name: &str) -> Option<&'a Parameter> {
    let mut parameters = ctx.source.parameters.iter().rev();
    parameters.find(|parameter| is_named(parameter, name) && cs1::is_set(parameter))
}

/// Whether a parameter has that name; hyphens and case do not count.
pub(super) fn is_named(parameter: &Parameter, name: &str) -> bool {
    let own = parameter.name.as_deref();
    own.is_some_and(|own| folded(own).eq(folded(name)))
}

/// Whether a value is plain: without templates, tags and comments, so that what is written is what
/// the template gets.
pub(super) fn is_plain(value: &str) -> bool {
    !value.contains("{{") && !value.contains('<')
}

/// The fields that hold addresses of the source or of its copy, with their CS1 names.
pub(super) fn addresses<'a>(ctx: &SourceContext<'a>) -> impl Iterator<Item = (&'a str, &'a Field)> {
    let fields = ctx.source.citation.fields.iter();
    let named = fields.filter(|(name, _)| name.as_str() == "url" || name.ends_with("-url"));
    named.map(|(name, field)| (name.as_str(), field))
}

fn folded(name: &str) -> impl Iterator<Item = char> {
    let counts = name.chars().filter(|c| *c != '-');
    counts.map(|c| c.to_ascii_lowercase())
}
