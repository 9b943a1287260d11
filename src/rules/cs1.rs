//! What CS1 knows of templates and parameters, and which citations it speaks of.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::rule::SourceContext;
use crate::cs1::{self, Template};
use crate::model::{Evidence, Finding, LanguageTag, Parameter, Source};

static OWN: &str = include_str!("data/own-citations.tsv");

/// Longer names are no misspelt parameter: looking for the nearest would only cost time.
const LONGEST_NAME: usize = 40;

/// Name of each parameter, with `#` for its number → number of its line.
static PARAMETERS: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    let mut fields = HashMap::new();
    for (at, line) in lines(include_str!("data/cs1-parameters.tsv")).enumerate() {
        fields.extend(line.split(';').map(|name| (name.trim(), at)));
    }
    fields
});

/// The lines of a table without its comments.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The CS1 or CS2 template whose parameters have CS1's names; `None` for every other template and
/// for text.
pub(super) fn template(source: &Source) -> Option<Template> {
    let template = cs1::template(source.template.as_deref()?);
    template.filter(|_| source.citation.takes_cs1_names())
}

/// Whether the citation is one of CS1's, on whatever wiki: what CS1 makes of it is likely what
/// readers see.
pub(super) fn is_cs1(source: &Source) -> bool {
    template(source).is_some()
}

/// The CS1 or CS2 template where the module itself renders it, so that its demands and its errors
/// are in force: not on wikis that give the same names to templates of their own.
pub(super) fn rendered(ctx: &SourceContext<'_>) -> Option<Template> {
    let language = language(ctx);
    let own = lines(OWN).any(|line| line.split('\t').next() == language);
    template(ctx.source).filter(|_| !own)
}

/// Whether CS1's module renders the citation.
pub(super) fn is_rendered(ctx: &SourceContext<'_>) -> bool {
    rendered(ctx).is_some()
}

/// Whether the article is in English, where CS1 knows no names but its own.
pub(super) fn in_english(ctx: &SourceContext<'_>) -> bool {
    language(ctx) == Some("en")
}

fn language<'a>(ctx: &SourceContext<'a>) -> Option<&'a str> {
    let language = ctx.article.article.language.as_ref();
    language.map(LanguageTag::primary)
}

/// A parameter's name without its number: `last#` for `last2`, and the number as written.
fn numberless(name: &str) -> (String, &str) {
    let Some(start) = name.find(|c: char| c.is_ascii_digit()) else {
        return (format!("{name}#"), "");
    };
    let (before, rest) = name.split_at_checked(start).unwrap_or((name, ""));
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (number, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    (format!("{before}#{after}"), number)
}

/// The field that a CS1 parameter names, as a number with the number of a list (`last2`: 2);
/// `None` for a name that CS1 does not have.
pub(super) fn field(name: &str) -> Option<(usize, u32)> {
    // In the table `#` stands for a number; in a name it stands for itself.
    if name.contains('#') {
        return None;
    }
    if let Some(at) = PARAMETERS.get(name) {
        return Some((*at, 1));
    }
    let (pattern, number) = numberless(name);
    let listed = PARAMETERS.get(pattern.as_str()).copied();
    // `author-link` is `author-link1`, as is `author1-link`; the table writes the second as
    // `author#-link`, which without its number has a hyphen of its own.
    let number = if number.is_empty() {
        1
    } else {
        number.parse().ok()?
    };
    Some((listed?, number))
}

/// The CS1 parameter that a name is most like, if it is like one.
pub(super) fn nearest_parameter(name: &str) -> Option<String> {
    if LONGEST_NAME < name.len() {
        return None;
    }
    let spelt = name.to_lowercase().replace(['_', ' '], "-");
    let (pattern, number) = numberless(&spelt);
    let written = |name: &str| name.replace('#', number);
    if field(&spelt).is_some() {
        return Some(spelt);
    }
    let length = spelt.chars().count();
    // A third of the letters may differ, two at most: `acessdate`, not `a` for `at`.
    let most = (length / 3).min(2);
    let near = PARAMETERS.keys().filter_map(|known| {
        let distance = if known.contains('#') {
            strsim::osa_distance(&pattern, known)
        } else {
            strsim::osa_distance(&spelt, known)
        };
        (distance <= most).then_some((distance, *known))
    });
    near.min().map(|(_, known)| written(known))
}

/// A value without comments: what the template is given. No-break spaces at its ends say nothing.
pub(super) fn given(value: &str) -> Cow<'_, str> {
    match cs1::without_comments(value) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Whether the parameter says something.
pub(super) fn is_set(parameter: &Parameter) -> bool {
    !given(&parameter.value).is_empty()
}

/// The name of a parameter that has one. A number is a place, not a name.
pub(super) fn name(parameter: &Parameter) -> Option<&str> {
    let name = parameter.name.as_deref()?;
    (!name.is_empty() && !name.bytes().all(|byte| byte.is_ascii_digit())).then_some(name)
}

/// The parameters that have a name and say something, with their names.
pub(super) fn named(source: &Source) -> impl Iterator<Item = (&str, &Parameter)> {
    let set = source.parameters.iter().filter(|it| is_set(it));
    set.filter_map(|parameter| Some((name(parameter)?, parameter)))
}

/// A parameter as evidence.
pub(super) fn evidence(name: &str, parameter: &Parameter) -> Evidence {
    Evidence::new(
        format!("cited {name}"),
        parameter.value.clone(),
        format!("|{name}="),
    )
}

/// Sets a finding at a parameter's value.
pub(super) fn at_value(mut finding: Finding, name: &str, parameter: &Parameter) -> Finding {
    finding.span = Some(parameter.value_span);
    finding.evidence.push(evidence(name, parameter));
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_field_are_one() {
        let same = |a: &str, b: &str| {
            let (a, b) = (field(a), field(b));
            a.is_some() && a == b
        };
        assert!(same("last2", "author2"));
        assert!(same("last", "author-last1"));
        assert!(same("author-link2", "author2-link"));
        assert!(same("work", "newspaper"));
        assert!(same("page", "pages"));
        assert!(!same("last1", "last2"));
        assert!(!same("date", "access-date"));
        assert!(!same("volume", "issue"));
        assert_eq!(field("author1-link"), field("author-link"));
        for unknown in ["Title", "werk", "coauthors", "", "#", "1", "last#"] {
            assert_eq!(field(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn misspelt_names_have_a_neighbour() {
        for (name, expect) in [
            ("acess-date", Some("access-date")),
            ("Title", Some("title")),
            ("access date", Some("access-date")),
            ("tittle", Some("title")),
            ("lastt2", Some("last2")),
            ("werk", Some("work")),
            ("foo", None),
            ("titel", Some("title")),
        ] {
            assert_eq!(nearest_parameter(name).as_deref(), expect, "{name}");
        }
    }
}
