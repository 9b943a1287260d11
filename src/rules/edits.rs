//! Fixes in the wiki's own words: parameters added, replaced, renamed and removed so that nothing
//! else of the citation changes.

use std::ops::Range;

use super::parameters::is_plain;
use super::rule::SourceContext;
use crate::cs1;
use crate::dates::{self, DateReading};
use crate::model::{
    Blank, CitedDate, Edit, Field, Fix, InputFormat, Layout, LineBreak, Parameter, Safety,
};

/// Fewer bytes beside a parameter's name hold nothing but white space.
const SHORTEST_COMMENT: usize = "<!-->".len();

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
        self.fix(description, Safety::Review, edits)
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
        let place = self
            .parameter(after)
            .filter(|found| !found.value.is_empty());
        match place {
            Some(place) => {
                let edit = self.added(field, value, place)?;
                self.fix(description, Safety::Review, vec![edit])
            }
            None => self.add_fields(description, &[(field, value)]),
        }
    }

    /// A fix that replaces a field's value; the white space around it stays.
    #[must_use]
    pub fn replace_field(&self, description: &str, field: &str, value: String) -> Option<Fix> {
        // Only a parameter has a value of its own; text is left to the editor.
        let found = self.source.citation.fields.get(field)?;
        found.parameter.as_ref()?;
        let edit = replaced(found.span.start..found.span.end, value);
        self.fix(description, Safety::Review, vec![edit])
    }

    /// A fix that gives a date field another day, in the words and the order in which the field
    /// is written: in CS1's form where it has one, so that CS1 takes it. `None` where they are not
    /// understood.
    #[must_use]
    pub fn replace_date(
        &self,
        description: &str,
        field: &str,
        day: jiff::civil::Date,
    ) -> Option<Fix> {
        let written = self.source.citation.fields.get(field)?;
        let language = self.article.article.language.as_ref();
        // 2566-01-02 is a day of another calendar, in which it is written again.
        let is_read_so = |at: &jiff::civil::Date| {
            let read = dates::read(&written.value, language);
            read == DateReading::Date(CitedDate::day(*at))
        };
        let value = match cs1::dates::day(&written.value).filter(|(at, _)| is_read_so(at)) {
            Some((_, form)) => cs1::dates::write_day(day, form),
            None => dates::write_like(&written.value, day, language)?,
        };
        self.replace_field(description, field, value)
    }

    /// A fix that takes a parameter out, with the white space before its `|`.
    #[must_use]
    pub fn remove_parameter(&self, description: &str, parameter: &Parameter) -> Option<Fix> {
        self.removal(description, Safety::Review, &[parameter])
    }

    /// As [`SourceContext::remove_parameter`], of several at once.
    pub(super) fn removal(
        &self,
        description: &str,
        safety: Safety,
        removed: &[&Parameter],
    ) -> Option<Fix> {
        let edits: Option<Vec<Edit>> = removed.iter().map(|it| self.removed(it)).collect();
        // An editor's comment is lost only after a look.
        let safety = if removed.iter().any(|it| it.value.contains("<!--")) {
            Safety::Review
        } else {
            safety
        };
        self.fix(description, safety, edits?)
    }

    fn removed(&self, parameter: &Parameter) -> Option<Edit> {
        self.layout()?;
        let parameters = &self.source.parameters;
        let at = parameters.iter().position(|other| other == parameter)?;
        let before = at.checked_sub(1).and_then(|before| parameters.get(before));
        Some(match before {
            // What stands behind the value belongs to what follows.
            Some(before) => replaced(
                before.value_span.end..parameter.value_span.end,
                String::new(),
            ),
            None => replaced(parameter.span.start..parameter.span.end, String::new()),
        })
    }

    /// A fix of a parameter's whole value.
    pub(super) fn replacement(
        &self,
        description: &str,
        safety: Safety,
        parameter: &Parameter,
        value: String,
    ) -> Option<Fix> {
        self.fix(description, safety, vec![set(parameter, value)])
    }

    /// The edit that gives the citation a field that it lacks, by its CS1 name: in the empty
    /// parameter that stands for it, else in a new one behind `after`, laid out as the others are.
    pub(super) fn added(&self, field: &str, value: &str, after: &Parameter) -> Option<Edit> {
        let layout = self.layout()?;
        if let Some(written) = self.parameter(field) {
            return self.filled(written, &layout, value);
        }
        let text = layout.parameter(&self.own_name(field)?, value);
        Some(insertion(after.value_span.end, text))
    }

    /// As [`SourceContext::added`], before a parameter.
    pub(super) fn added_before(&self, field: &str, value: &str, next: &Parameter) -> Option<Edit> {
        let layout = self.layout()?;
        if let Some(written) = self.parameter(field) {
            return self.filled(written, &layout, value);
        }
        let named = layout.named(&self.own_name(field)?);
        let text = format!("|{}{named}{value}{}", layout.after_bar, layout.before_bar);
        Some(insertion(next.span.start, text))
    }

    /// A fix of those edits; `None` without any, and outside of wikitext.
    pub(super) fn fix(&self, description: &str, safety: Safety, edits: Vec<Edit>) -> Option<Fix> {
        let wikitext = self.article.article.format == InputFormat::Wikitext;
        fix(description, safety, edits).filter(|_| wikitext)
    }

    /// A fix that gives a parameter another name, as it is to be written, laid out as the others
    /// are; `None` where its name does not stand alone between `|` and `=`.
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
        } else if as_laid_out.len() == end - start || blanks < SHORTEST_COMMENT {
            &layout
        } else {
            return None;
        };
        let edit = replaced(
            start..end,
            format!("|{}{}", layout.after_bar, layout.named(name)),
        );
        self.fix(description, Safety::Review, vec![edit])
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
        let same_line = next.map_or(layout.before_bar.line_break == LineBreak::None, |next| {
            next.span.line == parameter.span.line
        });
        let there = parameter.span.end.saturating_sub(at);
        let Blank { line_break, .. } = layout.after_equals;
        let wanted = layout.after_equals.len();
        Some(if line_break != LineBreak::None {
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

/// The edit that puts a text at a byte.
pub(super) const fn insertion(at: usize, replacement: String) -> Edit {
    replaced(at..at, replacement)
}

/// The edit that puts a text in place of a stretch of the input.
pub(super) const fn replaced(stretch: Range<usize>, replacement: String) -> Edit {
    Edit {
        start: stretch.start,
        end: stretch.end,
        replacement,
    }
}

/// The edit that gives a parameter another value.
pub(super) const fn set(parameter: &Parameter, value: String) -> Edit {
    let span = parameter.value_span;
    replaced(span.start..span.end, value)
}

/// The edit of a stretch of a parameter's value, in bytes of the value; `None` where the input
/// does not hold the value as it is.
pub(super) fn in_value(
    parameter: &Parameter,
    stretch: Range<usize>,
    replacement: &str,
) -> Option<Edit> {
    let exact = parameter.value_span.len() == parameter.value.len() && !parameter.span.is_empty();
    let at = parameter.value_span.start;
    exact.then(|| replaced(at + stretch.start..at + stretch.end, replacement.to_owned()))
}

/// As [`in_value`], of a field's value that is plain text.
pub(super) fn in_field(field: &Field, stretch: Range<usize>, replacement: &str) -> Option<Edit> {
    let start = field.span.start;
    let verbatim = start.checked_add(field.value.len()) == Some(field.span.end);
    (verbatim && is_plain(&field.value)).then(|| {
        let stretch = start + stretch.start..start + stretch.end;
        replaced(stretch, replacement.to_owned())
    })
}

/// A fix of those edits, in order; `None` without any. An insertion that touches another edit
/// becomes one with it: what stands first in the list comes first of two at one place.
pub(super) fn fix(description: &str, safety: Safety, mut edits: Vec<Edit>) -> Option<Fix> {
    edits.sort_by_key(|edit| (edit.start, edit.end));
    edits.dedup_by(|next, before| {
        let inserts = next.start == next.end || before.start == before.end;
        let touches = before.end == next.start && inserts;
        if touches {
            before.end = next.end;
            before.replacement.push_str(&next.replacement);
        }
        touches
    });
    (!edits.is_empty()).then(|| Fix {
        description: description.to_owned(),
        safety,
        edits,
        summary: String::new(),
    })
}

/// A parameter without its `|` and what stands before it.
fn after_bar(text: &str) -> &str {
    text.split_once('|')
        .map_or(text, |(_, after)| after.trim_start())
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

/// The address of the page that an archive copied, as a parameter's value; `None` for what is no
/// plain address.
pub(super) fn page_address(original: &str) -> Option<String> {
    let address = if original.contains("://") {
        original.to_owned()
    } else {
        format!("http://{original}")
    };
    let odd = address.contains(|c: char| c.is_whitespace() || matches!(c, '|' | '{' | '}' | '<'));
    (!odd).then_some(address)
}
