//! What a citation template calls the fields that a fix may add.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::{Parameter, Takes};
use crate::wikitext::fold_name;

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

/// The fields that a template takes, by its folded name and the parameters written.
///
/// Templates of one name on several wikis are told apart by the names that the citation itself
/// uses, then by the language. Empty where no name is proven: a template that nobody described, or
/// a citation whose title has a name that the template's description lacks.
pub(super) fn of(
    template: &str,
    written: &[Parameter],
    language: Option<&str>,
) -> &'static [Takes] {
    let table = &*TABLE;
    let mut rows: Vec<&Row> = table.rows_of(template).collect();
    rows.sort_by_key(|row| Some(row.language) != language);
    let known = rows.iter().find(|row| row.is_used_by(written));
    let cs1 = table.rows.first();
    let fallback = || {
        // CS1's names where the template is CS1's, or takes them and the citation uses them.
        let row = cs1.filter(|_| rows.iter().any(|row| row.cs1))?;
        let named_so = rows.iter().any(|own| own.language == row.language);
        (named_so || row.is_used_by(written)).then_some(row)
    };
    known
        .copied()
        .or_else(fallback)
        .map_or(&[], |row| row.takes.as_slice())
}

impl Row {
    /// Whether the citation's title has one of the template's names; without a title its address.
    fn is_used_by(&self, written: &[Parameter]) -> bool {
        let uses = |field: &str| {
            let mut of_field = written
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

/// Whether two names are one to the template: spaces and `_`, and the first letter's case.
fn same(a: &str, b: &str) -> bool {
    fold_name(a) == fold_name(b)
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
                    Some(prefix) => table.by_prefix.push((fold_name(prefix), row)),
                    None => table
                        .by_template
                        .entry(fold_name(name))
                        .or_default()
                        .push(row),
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
