//! Quotation marks: where a title ends that may hold quotations itself, and what brackets enclose.

use std::ops::Range;

use super::place::{char_at, char_before};

/// Marks that close what `open` opens, or `None` when it opens no title.
pub(super) fn closers(open: char) -> Option<&'static [char]> {
    let closers: &[char] = match open {
        '"' => &['"'],
        '„' => &['“', '”', '"'],
        '“' | '”' => &['”'],
        '«' => &['»'],
        '»' => &['«'],
        '‘' => &['’'],
        '「' => &['」'],
        '『' => &['』'],
        '《' => &['》'],
        '〈' => &['〉'],
        '〝' => &['〞', '〟'],
        '＂' => &['＂'],
        _ => return None,
    };
    Some(closers)
}

/// Whether the closing mark is told from the opening one by its place alone.
fn is_same(open: char) -> bool {
    matches!(open, '"' | '”' | '＂')
}

/// The range between the quotation marks of the quotation that opens at `start`, and where the
/// text goes on behind it; `None` when nothing opens there or nothing closes it.
///
/// Marks nest, of one kind too: in `""A": b".` the first mark belongs to the last. Where marks
/// do not pair up, the title ends at the first closing mark that a separator follows.
pub(super) fn quotation(text: &str, start: usize) -> Option<(Range<usize>, usize)> {
    let open = char_at(text, start)?;
    let closers = closers(open)?;
    let inner = start + open.len_utf8();
    let (mut depth, mut paired, mut separated) = (1usize, None, None);
    let mut before = Some(open);
    for (at, c) in text.get(inner..)?.char_indices() {
        let at = inner + at;
        let next = at + c.len_utf8();
        if is_same(open) && c == open {
            if opens(text, before, next) {
                depth += 1;
            } else {
                depth = depth.saturating_sub(1);
                let ends = is_end(text, before, next);
                if depth == 0 {
                    paired = paired.or(Some(at));
                    if ends {
                        separated = Some(at);
                        break;
                    }
                } else if ends {
                    separated = Some(at);
                }
            }
        } else if closers.contains(&c) && c != open {
            if c == '’' && char_at(text, next).is_some_and(char::is_alphabetic) {
                continue; // an apostrophe
            }
            depth = depth.saturating_sub(1);
            if depth == 0 {
                paired = paired.or(Some(at));
                if is_end(text, before, next) || is_east_asian(open) {
                    separated = Some(at);
                    break;
                }
            }
        } else if c == open {
            depth += 1;
        }
        before = Some(c);
    }
    // «Буря»: что дальше — the marks enclose the first words of a title, not all of it.
    let begins_more = |close: &usize| {
        let behind = text.get(close + char_at(text, *close).map_or(0, char::len_utf8)..);
        let behind = behind.unwrap_or_default();
        let joined = behind.starts_with(|c: char| c.is_alphanumeric() || c == '：');
        let behind = behind.trim_start();
        behind.starts_with(':')
            || !is_same(open) && (joined || behind.starts_with(char::is_lowercase))
    };
    let close = separated.or(paired.filter(|close| !begins_more(close)))?;
    Some((inner..close, close + char_at(text, close)?.len_utf8()))
}

/// Marks behind which any text may follow at once.
fn is_east_asian(open: char) -> bool {
    matches!(open, '「' | '『' | '《' | '〈' | '〝')
}

/// Whether a straight mark between `before` and `next` opens a quotation.
fn opens(text: &str, before: Option<char>, next: usize) -> bool {
    let opens_after = before.is_none_or(|c| {
        c.is_whitespace()
            || closers(c).is_some()
            || matches!(c, '(' | '[' | '–' | '—' | '-' | '/' | '\'')
    });
    let follows = char_at(text, next);
    opens_after
        && follows.is_some_and(|c| {
            c.is_alphanumeric()
                || closers(c).is_some()
                || matches!(c, '¿' | '¡' | '$' | '#' | '\'' | '…' | '[' | '(' | '@')
        })
}

/// Whether a citation can go on behind a title that ends before `next`.
fn is_end(text: &str, before: Option<char>, next: usize) -> bool {
    let Some(follows) = char_at(text, next) else {
        return true;
    };
    if matches!(
        follows,
        '.' | ',' | ';' | '。' | '、' | '，' | '．' | '،' | '؛' | '『' | '《' | '（'
    ) {
        return true;
    }
    if !follows.is_whitespace() {
        return false;
    }
    let then = text.get(next..).map_or("", str::trim_start);
    then.is_empty()
        || then.starts_with(['[', '(', '–', '—', '（', '『', '《'])
        || before
            .is_some_and(|c| matches!(c, '.' | ',' | '?' | '!' | '…' | '。' | '？' | '！' | '؟'))
            && then.starts_with(|c: char| !c.is_lowercase())
}

/// The outermost groups in round or square brackets, each with its marks; brackets without a
/// partner are text.
pub(super) fn brackets(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.get(within.clone()).unwrap_or_default().char_indices() {
        let at = within.start + at;
        let closer = match c {
            '(' => ')',
            '[' => ']',
            '（' => '）',
            '［' => '］',
            '【' => '】',
            _ => {
                if let Some(depth) = open.iter().rposition(|(_, closer)| *closer == c)
                    && let Some((start, _)) = open.get(depth).copied()
                {
                    open.truncate(depth);
                    while groups.pop_if(|inner| start < inner.start).is_some() {}
                    groups.push(start..at + c.len_utf8());
                }
                continue;
            }
        };
        if open.len() < 16 {
            open.push((at, closer));
        }
    }
    groups
}

/// The range between the brackets of a group.
pub(super) fn inside(text: &str, group: &Range<usize>) -> Range<usize> {
    let first = char_at(text, group.start).map_or(0, char::len_utf8);
    let last = char_before(text, group.end).map_or(0, char::len_utf8);
    let start = (group.start + first).min(group.end);
    start..(group.end - last.min(group.len())).max(start)
}
