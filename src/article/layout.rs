//! How a template's parameters are laid out.

use crate::model::{Blank, Layout};
use crate::wikitext::{Parameter, Slice, Template};

/// Reads the layout off the last named parameter; `=` in one column are looked for in all.
///
/// A template without named parameters has the layout of its `|`, and no spaces around `=`.
pub(super) fn of(template: &Template<'_, '_>) -> Layout {
    let name_end = template.name().end();
    let mut layout = Layout {
        end: name_end,
        ..Layout::default()
    };
    let mut columns: Vec<(usize, usize)> = Vec::new();
    let mut last = None;
    let mut value_end = name_end;
    for parameter in template.parameters() {
        let bar = parameter.whole.start().saturating_sub(1);
        let gap = source_between(template, value_end, bar);
        value_end = end_of(parameter.whole);
        layout.open = parameter.name.is_none() && parameter.whole.is_blank();
        layout.end = value_end;
        let Some(named) = Around::of(&parameter) else {
            if layout.open {
                layout.after_bar = blank(parameter.whole.text());
            }
            last = last.or(Some((gap, None)));
            continue;
        };
        columns.push((named.name_width, named.before_equals.chars().count()));
        if let Some(after_equals) = named.after_equals {
            layout.after_equals = blank(after_equals);
        }
        last = Some((gap, Some(named)));
    }
    let Some((gap, named)) = last else {
        layout.before_bar = Blank {
            count: 1,
            ..Blank::default()
        };
        return layout;
    };
    layout.before_bar = blank(gap);
    if let Some(named) = named {
        layout.after_bar = blank(named.after_bar);
        layout.before_equals = blank(named.before_equals);
    }
    let broken =
        !layout.before_bar.line_break.is_empty() || !layout.after_bar.line_break.is_empty();
    if broken {
        layout.name_width = common_column(&columns);
    }
    layout
}

/// The white space in a parameter.
struct Around<'s> {
    after_bar: &'s str,
    before_equals: &'s str,
    /// `None` where no value follows.
    after_equals: Option<&'s str>,
    /// In characters.
    name_width: usize,
}

impl<'s> Around<'s> {
    fn of(parameter: &Parameter<'s>) -> Option<Self> {
        let name = parameter.name?;
        let (before, rest) = parameter.whole.split_at(name.start())?;
        let (_, rest) = rest.split_at(name.end())?;
        let (before_equals, after) = rest.text().split_once('=')?;
        let is_blank = |text: &str| text.trim().is_empty();
        if !is_blank(before.text()) || !is_blank(before_equals) {
            return None; // a comment beside the name
        }
        let (after_equals, value) =
            after.split_at_checked(after.len() - after.trim_start().len())?;
        // What follows `=` in an empty parameter leads to the next one.
        let after_equals = (!value.is_empty()).then_some(after_equals);
        Some(Self {
            after_bar: before.text(),
            before_equals,
            after_equals,
            name_width: name.text().chars().count(),
        })
    }
}

fn end_of(whole: Slice<'_>) -> usize {
    whole.start() + whole.text().trim_end().len()
}

fn source_between<'s>(template: &Template<'_, 's>, start: usize, end: usize) -> &'s str {
    let whole = template.whole();
    let cut = whole
        .split_at(start)
        .and_then(|(_, rest)| rest.split_at(end));
    let gap = cut.map_or("", |(gap, _)| gap.text());
    if gap.trim().is_empty() { gap } else { "" }
}

/// White space as far as it matters: its last line break and what follows.
fn blank(text: &str) -> Blank {
    let (line_break, rest) = match text.rsplit_once('\n') {
        Some((before, rest)) if before.ends_with('\r') => ("\r\n", rest),
        Some((_, rest)) => ("\n", rest),
        None => ("", text),
    };
    Blank {
        line_break,
        fill: rest.chars().next().unwrap_or(' '),
        count: rest.chars().count(),
    }
}

/// The width that most names are padded to, where names of different lengths are.
fn common_column(columns: &[(usize, usize)]) -> usize {
    let mut widths: Vec<usize> = columns
        .iter()
        .map(|(name, padding)| name + padding)
        .collect();
    widths.sort_unstable();
    let commonest = widths.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
    let Some((width, count)) = commonest.and_then(|same| Some((*same.first()?, same.len()))) else {
        return 0;
    };
    let mut aligned = columns
        .iter()
        .filter(|(name, padding)| name + padding == width);
    let differ = aligned
        .next()
        .is_some_and(|(first, _)| aligned.any(|(name, _)| name != first));
    if differ && columns.len() <= count * 3 / 2 {
        width
    } else {
        0
    }
}
