//! Pieces of Markdown (`CommonMark` with GitHub's tables) that hold the text of strangers.

use super::safe::{is_right_to_left, isolate, isolate_runs, shown_address, visible, web_address};

/// Characters that begin or end markup inside a line; `<`, `>` and `&` become entities, which
/// hold inside HTML too.
const MARKUP: &str = "\\`*_[]|~$#!";

/// Zero width space: parts what would otherwise be read as a mention or a bare address. Written as
/// an entity, so that it is seen in the source and copied from there without it.
const APART: &str = "&#8203;";

/// Letters of `https`.
const SCHEME: usize = 5;

/// Characters of an address in text that is made a link; a longer one is parted.
const LONGEST_ADDRESS: usize = 2048;

/// Text as text: nothing in it is markup, wherever on a line it stands.
///
/// Characters that are markup only at the start of a line (`-`, `+`, `=`, `1.`) are escaped there.
/// Where the report becomes an issue or a comment, nobody is called by it and no other issue is
/// told: `@name`, `#1`, `GH-1` and `www.` are parted, which no backslash does, since they are looked
/// for in what has been rendered. Addresses of the web become autolinks of their own, see [`address`].
pub(super) fn text(text: &str) -> String {
    isolate(&escape(&visible(text), Addresses::Linked))
}

/// A sentence of ours that quotes others; as [`text`], with each right-to-left quotation on its
/// own.
pub(super) fn sentence(text: &str) -> String {
    isolate_runs(&escape(&visible(text), Addresses::Linked))
}

/// What becomes of addresses inside text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Addresses {
    /// Each is a link of its own.
    Linked,
    /// None is a link: inside the label of one, it would take that link's place.
    Parted,
}

fn escape(shown: &str, addresses: Addresses) -> String {
    let mut escaped = String::with_capacity(shown.len());
    let mut only_digits = true;
    let mut previous = None;
    let mut rest = shown;
    while let Some(c) = rest.chars().next() {
        if let Some((address, after)) = leading_address(previous, rest, addresses) {
            escaped.push_str(&address);
            (previous, only_digits, rest) = (Some('>'), false, after);
            continue;
        }
        let behind = shown.get(..shown.len() - rest.len()).unwrap_or_default();
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let next_is_space = after.is_empty() || after.starts_with(' ');
        let starts_block = match (c, previous) {
            ('-' | '+' | '=' | ':', None) => true,
            ('.' | ')', Some(_)) => only_digits && next_is_space,
            _ => false,
        };
        let starts_target = c == '(' && previous == Some(']');
        if c == '.' && is_word(behind, "www") {
            escaped.push_str(APART);
        }
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            c if starts_block || starts_target || MARKUP.contains(c) => {
                escaped.extend(['\\', c]);
            }
            c => escaped.push(c),
        }
        if calls(behind, c, after) {
            escaped.push_str(APART);
        }
        only_digits &= c.is_ascii_digit();
        previous = Some(c);
        rest = after;
    }
    escaped
}

/// Whether a character and what follows it would be read as a mention (`@name`, `@group/team`),
/// another issue (`#1`, `owner/name#1`, `GH-1`) or a bare address (`ftp://…`).
fn calls(behind: &str, c: char, after: &str) -> bool {
    let next = after.chars().next();
    let number = next.is_some_and(|next| next.is_ascii_digit());
    match c {
        '@' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '_'),
        '#' => number,
        '-' => number && is_word(behind, "gh"),
        ':' => after.starts_with("//"),
        _ => false,
    }
}

/// Whether the last word is this one, in any case.
fn is_word(behind: &str, word: &str) -> bool {
    let mut last = behind.chars().rev();
    let same = word
        .chars()
        .rev()
        .all(|letter| last.next().is_some_and(|c| c.eq_ignore_ascii_case(&letter)));
    same && !last.next().is_some_and(char::is_alphanumeric)
}

/// The address of the web with which text goes on, as a link, and what follows it.
fn leading_address(
    previous: Option<char>,
    rest: &str,
    addresses: Addresses,
) -> Option<(String, &str)> {
    let letters = rest.chars().take(SCHEME + 1);
    let scheme = letters.take_while(char::is_ascii_alphabetic).count();
    let is_web = rest.get(..scheme).is_some_and(|scheme| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    });
    let apart = !previous.is_some_and(char::is_alphanumeric);
    if addresses == Addresses::Parted || !is_web || !apart {
        return None;
    }
    rest.get(scheme..)?.strip_prefix("://")?;
    let ends = |c: char| c.is_whitespace() || "<>\"`“”„«»‘’「」『』、。，（）".contains(c);
    let after = rest.char_indices().chain([(rest.len(), ' ')]);
    let (end, _) = after.take(LONGEST_ADDRESS).find(|(_, c)| ends(*c))?;
    let run = rest.get(..end)?;
    // Of a sentence around it, as a rule; a bracket is only when none was opened.
    let closes = |c: char| ".,;:!?'*_~]}".contains(c) || (c == ')' && !run.contains('('));
    let run = run.trim_end_matches(closes);
    web_address(run)?;
    Some((address(run, Place::Line), rest.get(run.len()..)?))
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
///
/// The address of an issue stands beside the text as code: see [`address`].
pub(super) fn link(label: &str, address: &str) -> String {
    let Some(target) = web_address(address) else {
        return text(label);
    };
    if is_thread(&target) {
        return format!("{} ({})", text(label), code(&target, Place::Line));
    }
    let label = isolate(&escape(&visible(label), Addresses::Parted));
    format!("[{label}](<{target}>)")
}

/// An address to read and follow: `<https://…>`; as code when it is not one of the web.
///
/// So are addresses of issues, pull requests and discussions on GitHub: a link to one is told to all
/// who follow it, as often as a report is written.
pub(super) fn address(address: &str, place: Place) -> String {
    let Some(target) = web_address(address) else {
        return code(address, place);
    };
    if is_thread(&target) {
        return code(&target, place);
    }
    let shown = shown_address(address);
    // Right-to-left letters turn the parts of an address around; the encoded form is shown.
    let plain = |c: char| !c.is_whitespace() && !"<>\\|\"`".contains(c) && !is_right_to_left(c);
    if shown.chars().all(plain) && web_address(&shown).as_ref() == Some(&target) {
        format!("<{shown}>")
    } else {
        format!("<{target}>")
    }
}

/// Whether an address, as [`web_address`] writes it, is an issue, pull request or discussion on
/// GitHub.
fn is_thread(target: &str) -> bool {
    let Some((_, place)) = target.split_once("://") else {
        return false;
    };
    let mut parts = place.split(['/', '?', '#']);
    let host = parts.next().unwrap_or_default();
    let of_github = matches!(host, "github.com" | "www.github.com");
    let kind = parts.nth(2).unwrap_or_default();
    of_github && ["issues", "pull", "discussions"].contains(&kind)
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
    fn nobody_is_called_and_no_issue_is_told() {
        let check = |given: &str, expect: &str| assert_eq!(text(given), expect, "{given}");
        check("by @name", "by @&#8203;name");
        check("@org/team", "@&#8203;org/team");
        check("редакція@пошта.example", "редакція@пошта.example");
        check("me@post.example", "me@&#8203;post.example");
        check("5 @ 3 @", "5 @ 3 @");
        check("Fixes #12", "Fixes \\#&#8203;12");
        check("owner/name#1", "owner/name\\#&#8203;1");
        check("C# and #tag", "C\\# and \\#tag");
        check("GH-7, gh-7", "GH-&#8203;7, gh-&#8203;7");
        check("high-5, GH-x", "high-5, GH-x");
        check("www.x.example", "www&#8203;.x.example");
        check("(WWW.x.example)", "(WWW&#8203;.x.example)");
        check("awww.", "awww.");
        check("ftp://x.example", "ftp:&#8203;//x.example");
        check("mailto:me@x.example", "mailto:me@&#8203;x.example");
        // Where a label links already, a second link would take its place.
        assert_eq!(
            link("see https://x.example @you", "https://y.example/"),
            "[see https:&#8203;//x.example @&#8203;you](<https://y.example/>)"
        );
    }

    #[test]
    fn addresses_in_text_are_links_of_their_own() {
        let check = |given: &str, expect: &str| assert_eq!(text(given), expect, "{given}");
        check(
            "at https://x.example/a_b*.",
            "at <https://x.example/a_b>\\*.",
        );
        check("(http://x.example/a)", "(<http://x.example/a>)");
        check("http://x.example/a_(b)", "<http://x.example/a_(b)>");
        check("“HTTPS://x.example/a”, b", "“<HTTPS://x.example/a>”, b");
        check("「https://x.example/川」", "「<https://x.example/川>」");
        check("https://x.example/<b>", "<https://x.example/>&lt;b&gt;");
        check("https://x.example/a|b", "<https://x.example/a%7Cb>");
        check("https://me:pw@x.example/", "<https://x.example/>");
        check("http:// alone", "http:&#8203;// alone");
        check("xhttps://x.example", "xhttps:&#8203;//x.example");
        let long = format!("https://x.example/{}", "a".repeat(LONGEST_ADDRESS));
        assert!(text(&long).starts_with("https:&#8203;//x"));
    }

    #[test]
    fn threads_on_github_are_not_linked() {
        let check = |given: &str, expect: &str| assert_eq!(address(given, Place::Line), expect);
        check(
            "https://github.com/o/n/issues/1",
            "`https://github.com/o/n/issues/1`",
        );
        check(
            "https://www.GitHub.com/o/n/pull/1#x",
            "`https://www.github.com/o/n/pull/1#x`",
        );
        check("https://github.com/o/n", "<https://github.com/o/n>");
        check(
            "https://x.example/o/n/issues/1",
            "<https://x.example/o/n/issues/1>",
        );
        assert_eq!(
            link("t", "https://github.com/o/n/discussions/1"),
            "t (`https://github.com/o/n/discussions/1`)"
        );
        assert_eq!(
            text("see https://github.com/o/n/issues/1."),
            "see `https://github.com/o/n/issues/1`."
        );
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
