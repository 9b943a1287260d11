//! Fixes in the wiki's own words: parameters added, replaced, renamed and removed so that nothing
//! else of the citation changes.

use crate::dates;
use crate::model::{Blank, Edit, Fix, InputFormat, Layout, Parameter, Safety};

use super::rule::SourceContext;
use super::written_names;

impl SourceContext<'_> {
    /// A fix that adds parameters, given as `|language=uk |trans-title=A day` in CS1's names.
    ///
    /// As [`SourceContext::add_fields`], which takes values with `|`, too.
    #[must_use]
    pub fn add_parameters(&self, description: &str, parameters: &str) -> Option<Fix> {
        let pairs = parameters.split('|').filter_map(|text| {
            let (field, value) = text.split_once('=')?;
            Some((field.trim(), value.trim()))
        });
        let pairs: Vec<(&str, &str)> = pairs.collect();
        self.add_fields(description, &pairs)
    }

    /// A fix that gives the citation fields that it lacks, by their CS1 names.
    ///
    /// Each gets the template's own name, the one used elsewhere in the article if there are
    /// several, and is laid out as the citation's other parameters are, behind the last of them; a
    /// parameter that is there and empty is filled instead. `None` where a name is not proven, a
    /// field has a value already, or there is no template in wikitext.
    #[must_use]
    pub fn add_fields(&self, description: &str, fields: &[(&str, &str)]) -> Option<Fix> {
        let layout = self.layout()?;
        let mut edits = Vec::new();
        let mut added = String::new();
        for (field, value) in fields {
            if let Some(written) = self.parameter(field) {
                edits.push(self.filled(written, &layout, value)?);
            } else {
                let name = self.own_name(field)?;
                let text = layout.parameter(&name, value);
                let open = added.is_empty() && layout.open;
                added.push_str(if open { after_bar(&text) } else { &text });
            }
        }
        if !added.is_empty() {
            edits.push(insertion(layout.end, added));
        }
        edits.sort_by_key(|edit| edit.start);
        fix(description, edits)
    }

    /// A fix that puts a parameter behind another one, both by their CS1 names; behind the last
    /// one where the citation lacks the other. Otherwise as [`SourceContext::add_fields`].
    #[must_use]
    pub fn insert_after(
        &self,
        description: &str,
        after: &str,
        (field, value): (&str, &str),
    ) -> Option<Fix> {
        let layout = self.layout()?;
        let place = self
            .parameter(after)
            .filter(|found| !found.value.is_empty());
        match place {
            Some(place) if self.parameter(field).is_none() => {
                let text = layout.parameter(&self.own_name(field)?, value);
                fix(description, vec![insertion(place.value_span.end, text)])
            }
            Some(_) | None => self.add_fields(description, &[(field, value)]),
        }
    }

    /// A fix that replaces a field's value; the white space around it stays.
    #[must_use]
    pub fn replace_field(&self, description: &str, field: &str, value: String) -> Option<Fix> {
        // Only a parameter has a value of its own; text is left to the editor.
        let found = self.source.citation.fields.get(field)?;
        found.parameter.as_ref()?;
        if self.article.article.format != InputFormat::Wikitext {
            return None;
        }
        let edit = Edit {
            start: found.span.start,
            end: found.span.end,
            replacement: value,
        };
        fix(description, vec![edit])
    }

    /// A fix that gives a date field another day, in the words and the order in which the field
    /// is written; `None` where those are not understood.
    #[must_use]
    pub fn replace_date(
        &self,
        description: &str,
        field: &str,
        day: jiff::civil::Date,
    ) -> Option<Fix> {
        let written = self.source.citation.fields.get(field)?;
        let language = self.article.article.language.as_ref();
        let value = dates::write_like(&written.value, day, language)?;
        self.replace_field(description, field, value)
    }

    /// A fix that takes a parameter out, with the white space before its `|`.
    #[must_use]
    pub fn remove_parameter(&self, description: &str, parameter: &Parameter) -> Option<Fix> {
        self.layout()?;
        let parameters = &self.source.parameters;
        let at = parameters.iter().position(|other| other == parameter)?;
        let before = at.checked_sub(1).and_then(|before| parameters.get(before));
        let (start, end) = match before {
            // What stands behind the value belongs to what follows.
            Some(before) => (end_of_value(before), end_of_value(parameter)),
            None => (parameter.span.start, parameter.span.end),
        };
        let edit = Edit {
            start,
            end,
            replacement: String::new(),
        };
        fix(description, vec![edit])
    }

    /// A fix that gives a parameter another name, as it is to be written; `None` where its name
    /// does not stand alone between `|` and `=`.
    #[must_use]
    pub fn rename_parameter(
        &self,
        description: &str,
        parameter: &Parameter,
        name: &str,
    ) -> Option<Fix> {
        let layout = self.layout()?;
        let old = parameter.name.as_deref()?;
        let (start, end) = (parameter.span.start, parameter.value_span.start);
        let blanks = end
            .checked_sub(start)?
            .checked_sub(old.len() + "|=".len())?;
        let as_laid_out = format!("|{}{}", layout.after_bar, layout.named(old));
        let tight = Layout::default();
        let layout = if blanks == 0 {
            &tight
        } else if as_laid_out.len() == end - start {
            &layout
        } else {
            return None;
        };
        let edit = Edit {
            start,
            end,
            replacement: format!("|{}{}", layout.after_bar, layout.named(name)),
        };
        fix(description, vec![edit])
    }

    /// The template's own name for a field, by its CS1 name: the one that the article uses most
    /// in templates of that name, else the usual one. `None` where no name is proven.
    #[must_use]
    pub fn own_name(&self, field: &str) -> Option<String> {
        let language = self.article.article.language.as_ref();
        let mut takes = written_names::of(self.source, language).iter();
        let takes = takes.find(|takes| takes.field == field)?;
        let of_template = |template: &Option<String>| {
            let own = self.source.template.as_deref().unwrap_or_default();
            template
                .as_deref()
                .is_some_and(|other| other.eq_ignore_ascii_case(own))
        };
        let references = self.article.article.references.iter();
        let used = references
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

    /// The parameter that stands for a field.
    fn parameter(&self, field: &str) -> Option<&Parameter> {
        let mut parameters = self.source.parameters.iter();
        parameters.find(|parameter| parameter.field.as_deref() == Some(field))
    }

    /// How the citation is laid out, where it is a template in wikitext.
    fn layout(&self) -> Option<Layout> {
        if self.article.article.format != InputFormat::Wikitext {
            return None;
        }
        self.source.layout
    }

    /// Fills a parameter that is there and empty.
    fn filled(&self, parameter: &Parameter, layout: &Layout, value: &str) -> Option<Edit> {
        if !parameter.value.is_empty() || parameter.name.is_none() {
            return None;
        }
        let at = parameter.value_span.start;
        let next = self
            .source
            .parameters
            .iter()
            .find(|other| parameter.span.end <= other.span.start);
        let same_line = next.map_or(layout.before_bar.line_break.is_empty(), |next| {
            next.span.line == parameter.span.line
        });
        let there = parameter.span.end.saturating_sub(at);
        let Blank { line_break, .. } = layout.after_equals;
        let wanted = layout.after_equals.len();
        Some(if !line_break.is_empty() {
            insertion(at, value.to_owned())
        } else if same_line && (wanted < there || (wanted == there && next.is_some())) {
            // The space behind `=` is there already, that before the next `|` perhaps.
            let lacking = if there == wanted {
                layout.before_bar
            } else {
                Blank::default()
            };
            insertion(at + wanted, format!("{value}{lacking}"))
        } else {
            insertion(at, format!("{}{value}", layout.after_equals))
        })
    }
}

/// Where a parameter's value ends; the white space of an empty one counts as that before the next
/// `|`.
const fn end_of_value(parameter: &Parameter) -> usize {
    parameter.value_span.end
}

fn insertion(at: usize, replacement: String) -> Edit {
    Edit {
        start: at,
        end: at,
        replacement,
    }
}

fn fix(description: &str, edits: Vec<Edit>) -> Option<Fix> {
    (!edits.is_empty()).then(|| Fix {
        description: description.to_owned(),
        safety: Safety::Review,
        edits,
    })
}

/// A parameter without its `|` and what stands before it.
fn after_bar(text: &str) -> &str {
    text.split_once('|')
        .map_or(text, |(_, after)| after.trim_start())
}

fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// An address as a parameter's value can hold it: what would end the parameter, the template or
/// the reference is escaped.
pub(super) fn parameter_address(address: &str) -> String {
    let mut written = String::new();
    for c in address.chars() {
        match c {
            '|' => written.push_str("%7C"),
            '{' => written.push_str("%7B"),
            '}' => written.push_str("%7D"),
            '<' => written.push_str("%3C"),
            '>' => written.push_str("%3E"),
            '[' => written.push_str("%5B"),
            ']' => written.push_str("%5D"),
            '"' => written.push_str("%22"),
            ' ' => written.push_str("%20"),
            c => written.push(c),
        }
    }
    // Two of them open italics.
    written.replace("''", "%27%27")
}
