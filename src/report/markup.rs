//! Pieces of Markdown (`CommonMark` with GitHub's tables) that hold the text of strangers.

use super::safe::{is_right_to_left, isolate, isolate_runs, shown_address, visible, web_address};

/// Characters that begin or end markup inside a line; `<`, `>` and `&` become entities, which
/// hold inside HTML too.
const MARKUP: &str = "\\`*_[]|~$#!";

/// Text as text: nothing in it is markup, wherever on a line it stands.
///
/// Characters that are markup only at the start of a line (`-`, `+`, `=`, `1.`) are escaped there.
pub(super) fn text(text: &str) -> String {
    isolate(&escape(&visible(text)))
}

/// A sentence of ours that quotes others; as [`text`], with each right-to-left quotation on its
/// own.
pub(super) fn sentence(text: &str) -> String {
    isolate_runs(&escape(&visible(text)))
}

fn escape(shown: &str) -> String {
    let mut escaped = String::with_capacity(shown.len());
    let mut only_digits = true;
    let mut previous = None;
    let mut rest = shown.chars();
    while let Some(c) = rest.next() {
        let next_is_space = rest.clone().next().is_none_or(|next| next == ' ');
        let starts_block = match (c, previous) {
            ('-' | '+' | '=' | ':', None) => true,
            ('.' | ')', Some(_)) => only_digits && next_is_space,
            _ => false,
        };
        let starts_target = c == '(' && previous == Some(']');
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            c if starts_block || starts_target || MARKUP.contains(c) => {
                escaped.extend(['\\', c]);
            }
            c => escaped.push(c),
        }
        only_digits &= c.is_ascii_digit();
        previous = Some(c);
    }
    escaped
}

/// Text as code, fenced by more backticks than it holds in a row.
///
/// In a table a pipe ends the cell even inside code, and GitHub takes `\|` for it there.
pub(super) fn code(text: &str, place: Place) -> String {
    let shown = visible(text);
    let (mut longest, mut run) = (0, 0);
    for c in shown.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let body = match place {
        Place::Line => shown,
        Place::Cell => shown.replace('|', "\\|"),
    };
    let space = if body.is_empty() || body.starts_with('`') || body.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{body}{space}{fence}")
}

/// Where code stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a paragraph or list.
    Line,
    /// In a cell of a table.
    Cell,
}

/// Text that links to an address, if that is one of the web; else the text alone.
pub(super) fn link(label: &str, address: &str) -> String {
    match web_address(address) {
        Some(address) => format!("[{}](<{address}>)", text(label)),
        None => text(label),
    }
}

/// An address to read and follow: `<https://…>`; as code when it is not one of the web.
pub(super) fn address(address: &str, place: Place) -> String {
    let Some(target) = web_address(address) else {
        return code(address, place);
    };
    let shown = shown_address(address);
    // Right-to-left letters turn the parts of an address around; the encoded form is shown.
    let plain = |c: char| !c.is_whitespace() && !"<>\\|\"`".contains(c) && !is_right_to_left(c);
    if shown.chars().all(plain) && web_address(&shown).as_ref() == Some(&target) {
        format!("<{shown}>")
    } else {
        format!("<{target}>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_text_is_markup() {
        let check = |given: &str, expect: &str| assert_eq!(text(given), expect);
        check("a|b", "a\\|b");
        check("[x](javascript:y)", "\\[x\\]\\(javascript:y)");
        check("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;");
        check("**bold** `code`", "\\*\\*bold\\*\\* \\`code\\`");
        check("- item", "\\- item");
        check("1. item", "1\\. item");
        check("# heading\n# two", "\\# heading \\# two");
        check("2024-11-03 at 10:00", "2024-11-03 at 10:00");
        check("&lt;", "&amp;lt;");
        check("0.1.0", "0.1.0");
    }

    #[test]
    fn code_holds_backticks_and_pipes() {
        assert_eq!(code("|language=uk", Place::Line), "`|language=uk`");
        assert_eq!(code("|language=uk", Place::Cell), "`\\|language=uk`");
        assert_eq!(code("a``b`", Place::Line), "``` a``b` ```");
    }

    #[test]
    fn addresses_are_links_only_on_the_web() {
        let check = |given: &str, expect: &str| assert_eq!(address(given, Place::Line), expect);
        check(
            "https://uk.example/Київ?a=b",
            "<https://uk.example/Київ?a=b>",
        );
        check("https://x.example/<b>", "<https://x.example/%3Cb%3E>");
        check("javascript:alert(1)", "`javascript:alert(1)`");
        check(
            "https://ar.example/قطر",
            "<https://ar.example/%D9%82%D8%B7%D8%B1>",
        );
        assert_eq!(link("t", "data:text/html,x"), "t");
        assert_eq!(
            link("t]", "https://x.example/a)b"),
            "[t\\]](<https://x.example/a%29b>)"
        );
    }
}
