//! The parameters of a citation template, and edits of them.

use super::cs1;
use super::rule::SourceContext;
use crate::model::{Edit, Field, Fix, InputFormat, Parameter, Safety};

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

/// An empty parameter for a CS1 field.
pub(super) fn empty<'a>(ctx: &SourceContext<'a>, field: &str) -> Option<&'a Parameter> {
    let mut parameters = ctx.source.parameters.iter();
    let of_field = |parameter: &Parameter| parameter.field.as_deref() == Some(field);
    parameters.find(|parameter| of_field(parameter) && parameter.value.is_empty())
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

/// A fix that takes parameters out, each from its `|` on.
pub(super) fn removal(
    ctx: &SourceContext<'_>,
    description: &str,
    safety: Safety,
    parameters: &[&Parameter],
) -> Option<Fix> {
    let edits = parameters.iter().map(|parameter| Edit {
        start: parameter.span.start,
        end: parameter.span.end,
        replacement: String::new(),
    });
    fix(ctx, description, safety, edits.collect())
}

/// A fix that gives a parameter another value.
pub(super) fn replacement(
    ctx: &SourceContext<'_>,
    description: &str,
    safety: Safety,
    parameter: &Parameter,
    value: String,
) -> Option<Fix> {
    fix(ctx, description, safety, vec![set(parameter, value)])
}

/// The edit that gives a parameter another value.
pub(super) fn set(parameter: &Parameter, value: String) -> Edit {
    Edit {
        start: parameter.value_span.start,
        end: parameter.value_span.end,
        replacement: value,
    }
}

/// The edit that gives a field a value: in the empty parameter that stands for it, else in a new
/// one behind `after`, named as CS1 does.
pub(super) fn fill(ctx: &SourceContext<'_>, field: &str, value: &str, after: &Parameter) -> Edit {
    if let Some(parameter) = empty(ctx, field) {
        return set(parameter, value.to_owned());
    }
    Edit {
        start: after.value_span.end,
        end: after.value_span.end,
        replacement: format!(" |{field}={value}"),
    }
}

/// A fix of those edits, in order; `None` without any, and outside of wikitext.
pub(super) fn fix(
    ctx: &SourceContext<'_>,
    description: &str,
    safety: Safety,
    mut edits: Vec<Edit>,
) -> Option<Fix> {
    edits.sort_by_key(|edit| (edit.start, edit.end));
    let wikitext = ctx.article.article.format == InputFormat::Wikitext;
    (wikitext && !edits.is_empty()).then(|| Fix {
        description: description.to_owned(),
        safety,
        edits,
    })
}

/// The edit of a stretch of a field's value, in bytes of the value; `None` where the input does
/// not hold the value as it is.
pub(super) fn within(
    ctx: &SourceContext<'_>,
    field: &Field,
    stretch: std::ops::Range<usize>,
    replacement: &str,
) -> Option<Edit> {
    let span = field.span;
    let verbatim = span.start.checked_add(field.value.len()) == Some(span.end);
    let wikitext = ctx.article.article.format == InputFormat::Wikitext;
    (verbatim && wikitext && is_plain(&field.value)).then(|| Edit {
        start: span.start + stretch.start,
        end: span.start + stretch.end,
        replacement: replacement.to_owned(),
    })
}

fn folded(name: &str) -> impl Iterator<Item = char> {
    let counts = name.chars().filter(|c| *c != '-');
    counts.map(|c| c.to_ascii_lowercase())
}
