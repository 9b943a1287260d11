//! A title taken apart where a site's name, a section or a subtitle is joined to it.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// Titles of more parts are lists of keywords: they are not taken apart.
const MAX_PARTS: usize = 8;

/// What stands between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// `|` and signs that look like it: hardly ever within a headline.
    Bar,
    /// A dash with space around it, or between two characters of a script without spaces.
    Dash,
    /// A colon.
    Colon,
    /// `»`, `·`, `/`, `::` and the like.
    Sign,
}

/// A title with the places where it may be cut.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    title: &'a str,
    ranges: Vec<Range<usize>>,
    joints: Vec<Joint>,
}

impl<'a> Parts<'a> {
    /// Takes a title apart; a title of many parts stays whole.
    pub(super) fn of(title: &'a str) -> Self {
        let mut parts = Self {
            title,
            ranges: Vec::new(),
            joints: Vec::new(),
        };
        let (mut start, mut pending) = (0usize, None);
        for (joint, place) in joints(title) {
            if place.start < start || !has_words(title.get(start..place.start)) {
                continue;
            }
            parts.joints.extend(pending.replace(joint));
            parts.ranges.push(start..place.start);
            start = place.end;
        }
        if has_words(title.get(start..)) {
            parts.joints.extend(pending);
            parts.ranges.push(start..title.len());
        }
        if MAX_PARTS < parts.ranges.len() {
            parts.ranges = std::iter::once(0..title.len()).collect();
            parts.joints.clear();
        }
        parts
    }

    /// How many parts there are: none where the title has no letters.
    pub(super) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// The text from one part to another, both included.
    pub(super) fn text(&self, from: usize, to: usize) -> &'a str {
        if from == 0 && to + 1 == self.len() {
            return self.title;
        }
        let ends = self.ranges.get(from).zip(self.ranges.get(to));
        let text = ends.and_then(|(from, to)| self.title.get(from.start..to.end));
        text.unwrap_or_default().trim()
    }

    /// What stands behind a part.
    pub(super) fn joint_after(&self, part: usize) -> Option<Joint> {
        self.joints.get(part).copied()
    }

    /// What stands between the parts of a stretch.
    pub(super) fn joints_within(&self, from: usize, to: usize) -> &[Joint] {
        self.joints.get(from..to).unwrap_or_default()
    }
}

fn has_words(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.chars().any(char::is_alphanumeric))
}

/// The places where a title may be cut, in order, with the space around them.
fn joints(title: &str) -> Vec<(Joint, Range<usize>)> {
    let mut found = Vec::new();
    let mut chars = title.char_indices().peekable();
    let mut before = None;
    while let Some((at, c)) = chars.next() {
        let Some(kind) = kind(c) else {
            before = Some(c);
            continue;
        };
        let mut end = at + c.len_utf8();
        // `::`, `//`, `--` are one sign.
        while let Some((next, again)) = chars.peek().copied()
            && again == c
        {
            end = next + again.len_utf8();
            chars.next();
        }
        let next = chars.peek().map(|(_, next)| *next);
        if let Some(joint) = stands(c, kind, before, next) {
            found.push((joint, at..end));
        }
        before = Some(c);
    }
    found
}

fn kind(c: char) -> Option<Joint> {
    match c {
        '|' | '│' | '┃' | '｜' | '¦' | 'ㅣ' | '∣' => Some(Joint::Bar),
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '－' => Some(Joint::Dash),
        ':' | '：' => Some(Joint::Colon),
        '»' | '«' | '›' | '‹' | '·' | '•' | '/' | '~' | '_' | '>' | '<' | '≫' | '⋆' | '✦'
        | '＞' => Some(Joint::Sign),
        _ => None,
    }
}

/// Whether a sign parts two texts, by what stands before and after it.
fn stands(c: char, joint: Joint, before: Option<char>, next: Option<char>) -> Option<Joint> {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let spaced = space(before) && space(next);
    match joint {
        Joint::Bar => Some(joint),
        Joint::Dash if spaced => Some(joint),
        Joint::Dash => (unspaced(before) && unspaced(next)).then_some(joint),
        // With space before it, a colon stands where other sites put a bar.
        Joint::Colon if spaced => Some(Joint::Sign),
        Joint::Colon => (c == '：' || space(next)).then_some(joint),
        Joint::Sign => (spaced || c == '_').then_some(joint),
    }
}

/// Whether a character belongs to a script that writes no spaces, or closes a quotation in it.
fn unspaced(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '！' | '？' | '」' | '』' | '】')
    })
}

/// Letters and digits in lower case and compatible form: how names and titles are compared.
pub(super) fn key(text: &str) -> String {
    let letters = |c: &char| c.is_alphanumeric();
    if text.is_ascii() {
        let chars = text.chars().filter(letters);
        return chars.map(|c| c.to_ascii_lowercase()).collect();
    }
    let chars = text.nfkc().flat_map(char::to_lowercase);
    chars.filter(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_parted_at_signs_that_stand_alone() {
        for (title, expect) in [
            ("Bread | Example News", vec!["Bread", "Example News"]),
            ("Bread|Example", vec!["Bread", "Example"]),
            ("Well-known bread", vec!["Well-known bread"]),
            ("Bread - a history -", vec!["Bread", "a history"]),
            ("Bread: a history", vec!["Bread", "a history"]),
            ("At 12:30 sharp", vec!["At 12:30 sharp"]),
            ("A :: B » C", vec!["A", "B", "C"]),
            ("パンの値段-例新聞", vec!["パンの値段", "例新聞"]),
            ("パンの値段｜例新聞", vec!["パンの値段", "例新聞"]),
            ("| |", vec![]),
            ("", vec![]),
        ] {
            let parts = Parts::of(title);
            let texts: Vec<&str> = (0..parts.len()).map(|at| parts.text(at, at)).collect();
            if 1 < expect.len() {
                assert_eq!(texts, expect, "{title}");
            } else {
                assert_eq!(parts.len(), expect.len(), "{title}");
            }
        }
    }
}
