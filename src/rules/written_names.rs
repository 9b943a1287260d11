//! What a citation template calls the fields that a fix may add.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::cs1;
use super::rule::SourceContext;
use crate::model::{LanguageTag, Source};

/// References that tell which names an article uses: more would say the same.
const SAMPLE: usize = 256;

/// A field that a template takes.
#[derive(Debug)]
pub(super) struct Takes {
    /// CS1's name: `access-date`.
    pub(super) field: &'static str,
    /// The template's own names for it, the usual one first; never empty.
    pub(super) names: Vec<&'static str>,
}

/// What one group of templates takes.
#[derive(Debug)]
struct Row {
    language: &'static str,
    /// Whether CS1's own names work, too.
    cs1: bool,
    takes: Vec<Takes>,
}

#[derive(Debug, Default)]
struct Table {
    rows: Vec<Row>,
    /// Rows by folded template name.
    by_template: HashMap<String, Vec<usize>>,
    /// Rows by the beginning of a folded template name.
    by_prefix: Vec<(String, usize)>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::read(include_str!("data/written-names.tsv")));

/// The fields that a source's template takes.
///
/// Templates of one name on several wikis are told apart by the names that the citation itself
/// uses, then by the article's language. Empty where no name is proven: a template that nobody
/// described, or a citation whose title has a name that the template's description lacks.
pub(super) fn of(source: &Source, language: Option<&LanguageTag>) -> &'static [Takes] {
    let table = &*TABLE;
    let Some(template) = source.template.as_deref().map(folded) else {
        return &[];
    };
    let mut rows: Vec<&Row> = table.rows_of(&template).collect();
    let own = language.map(LanguageTag::primary);
    rows.sort_by_key(|row| Some(row.language) != own);
    let used = rows.iter().find(|row| row.is_used_by(source)).copied();
    let cs1 = || {
        // CS1's names where the template is CS1's, or takes them and the citation uses them.
        let row = table.rows.first()?;
        let named_so = rows.iter().any(|own| own.language == row.language);
        let takes = rows.iter().any(|row| row.cs1) && row.is_used_by(source);
        (named_so || takes).then_some(row)
    };
    used.or_else(cs1).map_or(&[], |row| row.takes.as_slice())
}

impl Row {
    /// Whether the citation's title has one of the template's names; without a title its address.
    fn is_used_by(&self, source: &Source) -> bool {
        let uses = |field: &str| {
            let mut of_field = source
                .parameters
                .iter()
                .filter(|parameter| parameter.field.as_deref() == Some(field))
                .filter_map(|parameter| parameter.name.as_deref())
                .peekable();
            of_field.peek()?;
            let takes = self.takes.iter().find(|takes| takes.field == field);
            Some(takes.is_some_and(|takes| {
                of_field.any(|name| takes.names.iter().any(|own| same(own, name)))
            }))
        };
        uses("title").or_else(|| uses("url")).unwrap_or(false)
    }
}

impl SourceContext<'_> {
    /// The template's own name for a field, by its CS1 name: the one that the article uses most
    /// in templates of that name, as far as its first hundreds of references tell, else the usual one. `None` where no name is proven; what
    /// CS1's module renders takes all of CS1's names.
    #[must_use]
    pub fn own_name(&self, field: &str) -> Option<String> {
        let language = self.article.article.language.as_ref();
        let mut takes = of(self.source, language).iter();
        let Some(takes) = takes.find(|takes| takes.field == field) else {
            let known = cs1::is_rendered(self) && cs1::field(field).is_some();
            return known.then(|| field.to_owned());
        };
        let of_template = |template: &Option<String>| {
            let own = self.source.template.as_deref().unwrap_or_default();
            template
                .as_deref()
                .is_some_and(|other| other.eq_ignore_ascii_case(own))
        };
        let references = self.article.article.references.iter();
        let used = references
            .take(SAMPLE)
            .flat_map(|reference| &reference.sources)
            .filter(|source| of_template(&source.template))
            .flat_map(|source| &source.parameters)
            .filter_map(|parameter| parameter.name.as_deref());
        let mut counts: Vec<(usize, &str)> = takes.names.iter().map(|name| (0, *name)).collect();
        if 1 < counts.len() {
            for name in used {
                let known = counts
                    .iter_mut()
                    .find(|(_, own)| own.to_lowercase() == name.to_lowercase());
                if let Some((count, _)) = known {
                    *count += 1;
                }
            }
        }
        // The first of the most used.
        let (_, name) = counts.into_iter().rev().max_by_key(|(count, _)| *count)?;
        Some(if self.is_capitalised() {
            capitalised(name)
        } else {
            name.to_owned()
        })
    }

    /// Whether the citation writes its parameters with a capital letter: `|Titel=`.
    fn is_capitalised(&self) -> bool {
        let title = self.source.citation.fields.get("title");
        let name = title.and_then(|title| title.parameter.as_deref());
        name.and_then(|name| name.chars().next())
            .is_some_and(char::is_uppercase)
    }
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Whether two names are one to the template.
fn same(a: &str, b: &str) -> bool {
    folded(a) == folded(b)
}

/// A name without what wikis do not tell apart: case, spaces, `_`, `-` and invisible joiners.
fn folded(name: &str) -> String {
    let counts = |c: &char| !c.is_whitespace() && !matches!(c, '_' | '-' | '\u{200b}'..='\u{200f}');
    let kept = name.chars().filter(counts);
    kept.flat_map(char::to_lowercase).collect()
}

impl Table {
    fn read(text: &'static str) -> Self {
        let mut table = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(language), Some(templates), Some(kind), Some(fields)) = (
                columns.next(),
                columns.next(),
                columns.next(),
                columns.next(),
            ) else {
                continue;
            };
            let row = table.rows.len();
            for name in templates.split(';').map(str::trim) {
                match name.strip_suffix('*') {
                    Some(prefix) => table.by_prefix.push((folded(prefix), row)),
                    None => table.by_template.entry(folded(name)).or_default().push(row),
                }
            }
            table.rows.push(Row {
                language,
                cs1: kind == "cs1",
                takes: fields.split(';').filter_map(field).collect(),
            });
        }
        table
    }

    fn rows_of(&self, template: &str) -> impl Iterator<Item = &Row> {
        let named = self.by_template.get(template).into_iter().flatten();
        let begun = self
            .by_prefix
            .iter()
            .filter(|(prefix, _)| template.starts_with(prefix.as_str()))
            .map(|(_, row)| row);
        named.chain(begun).filter_map(|row| self.rows.get(*row))
    }
}

/// `field=name, name`
fn field(text: &'static str) -> Option<Takes> {
    let (field, names) = text.split_once('=')?;
    Some(Takes {
        field: field.trim(),
        names: names.split(',').map(str::trim).collect(),
    })
}
