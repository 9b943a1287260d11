//! How a template's parameters are laid out.

use crate::model::{Blank, Layout, LineBreak};
use crate::wikitext::{Parameter, Slice, Template};

/// Reads the layout off the last named parameter; `=` in one column are looked for in all.
///
/// A template without named parameters has the layout of its `|`, and no spaces around `=`.
pub(super) fn of(template: &Template<'_, '_>) -> Layout {
    let mut layout = Layout {
        end: template.name().end(),
        before_bar: Blank {
            count: 1,
            ..Blank::default()
        },
        ..Layout::default()
    };
    // Reading is to stay fast: of most parameters nothing but the end is looked at.
    let (mut last, mut valued) = (None, None);
    for parameter in template.parameters() {
        let before = layout.end;
        layout.end = end_of(parameter.whole);
        layout.open = parameter.name.is_none() && parameter.whole.is_blank();
        if layout.open {
            layout.after_bar = blank(parameter.whole.text());
        } else if parameter.name.is_some() || last.is_none() {
            last = Some((before, parameter));
        }
        if parameter.name.is_some() && !parameter.value.text().is_empty() {
            valued = Some(parameter);
        }
    }
    let Some((before, last)) = last else {
        return layout;
    };
    let bar = last.whole.start().saturating_sub(1);
    layout.before_bar = blank(source_between(template, before, bar));
    if let Some(around) = Around::of(&last) {
        layout.after_bar = blank(around.after_bar);
        layout.before_equals = blank(around.before_equals);
    }
    if let Some(around) = valued.as_ref().and_then(Around::of) {
        layout.after_equals = blank(around.after_equals);
    }
    if layout.before_bar.line_break != LineBreak::None
        || layout.after_bar.line_break != LineBreak::None
    {
        layout.name_width = common_column(template);
    }
    layout
}

/// The white space in a parameter.
struct Around<'s> {
    after_bar: &'s str,
    before_equals: &'s str,
    after_equals: &'s str,
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
        let blanks = after.len() - after.trim_start().len();
        let (after_equals, _) = after.split_at_checked(blanks)?;
        Some(Self {
            after_bar: before.text(),
            before_equals,
            after_equals,
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
        Some((before, rest)) if before.ends_with('\r') => (LineBreak::CrLf, rest),
        Some((_, rest)) => (LineBreak::Lf, rest),
        None => (LineBreak::None, text),
    };
    Blank {
        line_break,
        fill: rest.chars().next().unwrap_or(' '),
        count: rest.chars().count(),
    }
}

/// The width that most names are padded to, where names of different lengths are.
fn common_column(template: &Template<'_, '_>) -> usize {
    let columns: Vec<(usize, usize)> = template
        .parameters()
        .filter_map(|parameter| {
            let name = parameter.name?.text().chars().count();
            Some((
                name,
                name + Around::of(&parameter)?.before_equals.chars().count(),
            ))
        })
        .collect();
    let mut widths: Vec<usize> = columns.iter().map(|(_, width)| *width).collect();
    widths.sort_unstable();
    let commonest = widths.chunk_by(|a, b| a == b).max_by_key(|same| same.len());
    let Some((width, count)) = commonest.and_then(|same| Some((*same.first()?, same.len()))) else {
        return 0;
    };
    let mut aligned = columns.iter().filter(|(_, own)| *own == width);
    let differ = aligned
        .next()
        .is_some_and(|(first, _)| aligned.any(|(name, _)| name != first));
    if differ && columns.len() <= count * 3 / 2 {
        width
    } else {
        0
    }
}
