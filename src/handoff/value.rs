//! A translator's text as a template's parameter can hold it.

use std::fmt::Write as _;

use crate::wikitext::plain_text;

/// Longer texts are no title and no quotation.
const LONGEST: usize = 2000;

/// Why a text cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Unwritable {
    /// It holds nothing that is seen.
    Empty,
    /// It is longer than any title.
    TooLong,
    /// It holds characters that act instead of being seen.
    Controls,
    /// Wikitext would show it as something else.
    Unreadable,
}

impl Unwritable {
    /// For messages: "it is …".
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "the translation is empty",
            Self::TooLong => "the translation is longer than 2,000 characters",
            Self::Controls => {
                "the translation holds control or direction characters, which nobody sees"
            }
            Self::Unreadable => "wikitext would show the translation as something else",
        }
    }
}

/// Writes a plain text so that wikitext shows just that text, whatever it holds: what would end the
/// parameter, the template or the reference, or be markup, is written as a character reference.
/// White space is folded.
///
/// # Errors
///
/// The text is empty, too long, holds characters that act, or is shown as another one all the same.
///
/// # Examples
///
/// ```
/// use citecheck::handoff::wikitext_value;
///
/// assert_eq!(wikitext_value(" A | B\n").unwrap(), "A &#124; B");
/// assert_eq!(wikitext_value("{{evil}}</ref>").unwrap(), "&#123;&#123;evil&#125;&#125;&lt;/ref&gt;");
/// ```
pub fn wikitext_value(text: &str) -> Result<String, Unwritable> {
    let plain = folded(text);
    if plain.is_empty() {
        return Err(Unwritable::Empty);
    }
    if LONGEST < plain.chars().count() {
        return Err(Unwritable::TooLong);
    }
    if plain.chars().any(acts) {
        return Err(Unwritable::Controls);
    }
    let mut written = String::with_capacity(plain.len());
    let mut previous = None;
    let mut rest = plain.chars().peekable();
    while let Some(c) = rest.next() {
        let doubled = previous == Some(c) || rest.peek() == Some(&c);
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '|' | '{' | '}' | '[' | ']' => reference(&mut written, c),
            // Italics, a signature, a switch: one alone is a character.
            '\'' | '~' | '_' if doubled => reference(&mut written, c),
            // An address of its own would become a link.
            ':' if rest.peek() == Some(&'/') => reference(&mut written, c),
            // A list, where the value happens to begin a line.
            '*' | '#' | ':' | ';' if previous.is_none() => reference(&mut written, c),
            c => written.push(c),
        }
        previous = Some(c);
    }
    if plain_text(&written) == plain {
        Ok(written)
    } else {
        Err(Unwritable::Unreadable)
    }
}

fn reference(written: &mut String, c: char) {
    let _ = write!(written, "&#{};", u32::from(c));
}

/// One line without what nobody sees: direction marks, byte order marks, soft hyphens.
pub(super) fn folded(text: &str) -> String {
    let seen = |c: &char| {
        !matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'
                ..='\u{2064}' | '\u{feff}'
        )
    };
    let text: String = text.chars().filter(seen).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn acts(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}'
                | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// Whether two texts are one but for marks, case and spaces, in which mending a title ends.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect()
    };
    let (folded_a, folded_b) = (letters(a), letters(b));
    if folded_a.is_empty() && folded_b.is_empty() {
        return folded(a) == folded(b);
    }
    folded_a == folded_b
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_translators_write_stays_text() {
        for text in [
            "The river that flows back",
            "Річка: сто років потому",
            "川が戻る町",
            "النهر يعود",
            "می\u{200c}خواهم",
            "a|b=c}}{{d}}<ref>e</ref><!-- f --><nowiki>g",
            "''i'' '''b''' ~~~~ __NOTOC__ -{x}-",
            "[[File:x|y]] [http://a.example b] https://a.example/x",
            "&amp; &lt; &#124; &",
            "* list",
            "# {{!}} {{=}} {{subst:x}}",
            "5 > 3 < 7",
        ] {
            let written = wikitext_value(text).unwrap();
            assert!(
                !written.contains(['|', '{', '}', '[', ']', '<', '>', '\n']),
                "{written}"
            );
            assert_eq!(plain_text(&written), folded(text), "{written}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_not_written() {
        let check = |text: &str, why| assert_eq!(wikitext_value(text), Err(why), "{text:?}");
        check(" \u{200f}\n", Unwritable::Empty);
        check("a\u{1b}[2J", Unwritable::Controls);
        check("a\u{202e}b", Unwritable::Controls);
        check(&"x".repeat(2001), Unwritable::TooLong);
    }
}
