//! Characters of a parameter's value that nobody sees.

/// An invisible character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Invisible {
    /// What it is, in CS1's words.
    pub(super) name: &'static str,
    /// Place in the value, in characters from 1.
    pub(super) position: usize,
    /// First byte in the value.
    pub(super) start: usize,
    /// Length in bytes.
    pub(super) length: usize,
    /// What is to be done.
    pub(super) cure: Cure,
}

/// What to do with an invisible character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cure {
    /// Take it out.
    Remove,
    /// Write a space.
    Space,
    /// Nothing: what stood there is lost.
    None,
}

/// The invisible characters of a value, in order, that stand outside comments, templates and tags.
///
/// `spaces_too` counts those that other languages than English set on purpose: no-break and hair
/// spaces and soft hyphens.
pub(super) fn find(value: &str, spaces_too: bool) -> Vec<Invisible> {
    let mut found: Vec<Invisible> = Vec::new();
    let mut before: Option<char> = None;
    for (position, (start, c, plain)) in (1..).zip(marked(value)) {
        let end = start + c.len_utf8();
        let after = value.get(end..).and_then(|rest| rest.chars().next());
        if plain && let Some((name, cure)) = judge(c, before, after, spaces_too) {
            // Several in a row, as in a line break and its indentation, are one space.
            let doubled = cure == Cure::Space
                && (before.is_some_and(char::is_whitespace) || after == Some(' '));
            found.push(Invisible {
                name,
                position,
                start,
                length: c.len_utf8(),
                cure: if doubled { Cure::Remove } else { cure },
            });
        }
        before = Some(c);
    }
    found
}

fn judge(
    c: char,
    before: Option<char>,
    after: Option<char>,
    spaces_too: bool,
) -> Option<(&'static str, Cure)> {
    let beside = |is: fn(char) -> bool| before.is_some_and(is) || after.is_some_and(is);
    match c {
        '\u{fffd}' => Some(("replacement character", Cure::None)),
        '\u{200d}' => (!beside(joins)).then_some(("zero width joiner", Cure::Remove)),
        '\u{200b}' => (!beside(is_unspaced)).then_some(("zero width space", Cure::Remove)),
        '\u{200a}' => spaces_too.then_some(("hair space", Cure::Space)),
        '\u{a0}' => spaces_too.then_some(("no-break space", Cure::Space)),
        '\u{ad}' => spaces_too.then_some(("soft hyphen", Cure::Remove)),
        '\t' => Some(("horizontal tab", Cure::Space)),
        '\n' => Some(("line feed", Cure::Space)),
        '\r' => Some(("carriage return", Cure::Space)),
        '\u{7f}' => Some(("delete character", Cure::Remove)),
        '\0'..='\u{1f}' => Some(("C0 control character", Cure::Remove)),
        '\u{80}'..='\u{9f}' => Some(("C1 control character", Cure::Remove)),
        _ => None,
    }
}

/// Whether a zero-width joiner has work beside this character: cursive and Indic scripts, emoji.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{18af}' | '\u{1b00}'..='\u{1c4f}' | '\u{a8e0}'..='\u{aaff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{fe0f}'
        | '\u{2190}'..='\u{2bff}' | '\u{11000}'..='\u{11fff}' | '\u{1e900}'..='\u{1e95f}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Whether the character is of a script without spaces, which breaks lines at zero-width ones.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{1950}'..='\u{19ff}' | '\u{1a20}'..='\u{1aaf}' | '\u{1b00}'..='\u{1b7f}'
        | '\u{a980}'..='\u{a9df}' | '\u{aa60}'..='\u{aa7f}')
}

/// The characters of a value, each with its first byte and whether it stands outside comments,
/// templates and tags. Runs in linear time.
pub(super) fn marked(value: &str) -> impl Iterator<Item = (usize, char, bool)> {
    let mut braces = 0_usize;
    let mut until = 0;
    let (mut tags_close, mut comments_close) = (true, true);
    value.char_indices().map(move |(at, c)| {
        if at < until {
            return (at, c, false);
        }
        let rest = value.get(at..).unwrap_or_default();
        if rest.starts_with("{{") {
            braces += 1;
            until = at + 2;
        } else if rest.starts_with("}}") && 0 < braces {
            braces -= 1;
            until = at + 2;
        } else if rest.starts_with("<!--") && comments_close {
            let end = rest.find("-->").map(|end| at + end + 3);
            comments_close = end.is_some();
            until = end.unwrap_or(value.len());
        } else if c == '<' && tags_close {
            let end = end_of_tag(rest).map(|end| at + end);
            tags_close = end.is_some();
            until = end.unwrap_or(at);
        }
        (at, c, at >= until && braces == 0)
    })
}

/// The end of a tag, or of the element where its content is not the value's: `<nowiki>`, `<math>`.
fn end_of_tag(rest: &str) -> Option<usize> {
    let end = rest.find('>')? + 1;
    let tag = rest.get(1..end)?;
    let name: String = tag
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .flat_map(char::to_lowercase)
        .collect();
    let opaque = matches!(name.as_str(), "nowiki" | "math" | "ref" | "pre") && !tag.ends_with("/>");
    if !opaque {
        return Some(end);
    }
    let close = format!("</{name}>");
    let content = rest.get(end..)?;
    Some(end + content.find(&close)? + close.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_found_where_they_have_no_work() {
        for (value, english, expect) in [
            ("Rain\u{200b} in Kyiv", false, vec![("zero width space", 5)]),
            ("Rain\u{a0}in", true, vec![("no-break space", 5)]),
            ("« Pluie\u{a0}»", false, vec![]),
            ("a\u{ad}b", true, vec![("soft hyphen", 2)]),
            ("lost \u{fffd}", false, vec![("replacement character", 6)]),
            ("one\ntwo", false, vec![("line feed", 4)]),
            (
                "a\u{7f}\u{1}\u{85}",
                false,
                vec![
                    ("delete character", 2),
                    ("C0 control character", 3),
                    ("C1 control character", 4),
                ],
            ),
            ("می\u{200c}خواهم", false, vec![]),
            ("क्\u{200d}ष", false, vec![]),
            ("ख\u{200d}", false, vec![]),
            ("👩\u{200d}💻 at work", true, vec![]),
            ("a\u{200d}b", false, vec![("zero width joiner", 2)]),
            ("ฝน\u{200b}ตก", false, vec![]),
            ("ភ្លៀង\u{200b}ធ្លាក់", false, vec![]),
            ("شمال\u{200f}", false, vec![]),
            ("東京\u{200b}で大雪", false, vec![("zero width space", 3)]),
            ("Дощ\u{200b}", false, vec![("zero width space", 4)]),
            ("<!-- a\nb -->c", false, vec![]),
            ("{{lang|uk|\nДощ}}", false, vec![]),
            ("<nowiki>\n</nowiki>", false, vec![]),
            ("{{x}}\t", false, vec![("horizontal tab", 6)]),
        ] {
            let found: Vec<_> = find(value, english)
                .into_iter()
                .map(|found| (found.name, found.position))
                .collect();
            assert_eq!(found, expect, "{value:?}");
        }
    }

    #[test]
    fn line_break_and_indentation_become_one_space() {
        let cures = |value| -> Vec<Cure> {
            find(value, true)
                .into_iter()
                .map(|found| found.cure)
                .collect()
        };
        assert_eq!(cures("a\n  b"), [Cure::Remove]);
        assert_eq!(cures("a\r\nb"), [Cure::Space, Cure::Remove]);
        assert_eq!(cures("a \u{a0}b"), [Cure::Remove]);
    }
}
