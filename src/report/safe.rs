//! Text of strangers, made safe to show.
//!
//! Terminal control (ECMA-48: C0, DEL, C1) and directional control (Unicode Annex 9: embeddings,
//! overrides, isolates) become visible escapes such as `\u{1b}`; white space of every kind is
//! folded. The joiners of Persian and Indic scripts are text and stay.

use std::fmt::Write as _;

use url::Url;

use crate::languages;

/// First Strong Isolate: what follows has a direction of its own.
pub(super) const ISOLATE: char = '\u{2068}';
/// Pop Directional Isolate.
pub(super) const END_ISOLATE: char = '\u{2069}';

/// The text on one line with nothing in it that acts on a terminal or hides other text.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            space = true;
            continue;
        }
        if is_invisible_mark(c) {
            continue;
        }
        if space && !shown.is_empty() {
            shown.push(' ');
        }
        space = false;
        if is_control(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Text of several lines as a terminal may show it: what would act on it becomes an escape such as
/// `\u{1b}`; line breaks, tabs and everything that is seen stay.
///
/// # Examples
///
/// ```
/// use citecheck::report::for_terminal;
///
/// assert_eq!(for_terminal("-a\u{1b}[2J\r\n+b\n"), "-a\\u{1b}[2J\r\n+b\n");
/// ```
#[must_use]
pub fn for_terminal(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let breaks_line = c == '\n' || (c == '\r' && rest.peek() == Some(&'\n'));
        if is_control(c) && !breaks_line && c != '\t' {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// A line that no build server takes for a command to itself: GitHub Actions obeys `::error::` where
/// it begins a line, white space aside; Azure Pipelines `##vso[…]` and `##[…]` wherever they stand,
/// and `TeamCity` `##teamcity[…]`.
pub(super) fn no_command(line: &str) -> String {
    let mut shown = line.to_owned();
    for mark in ["##[", "##vso[", "##teamcity["] {
        if shown.contains(mark) {
            let inert = mark.replacen('#', "\\u{23}", 1);
            shown = shown.replace(mark, &inert);
        }
    }
    let text = shown.trim_start();
    if text.starts_with("::") {
        let indent = shown.len() - text.len();
        shown.replace_range(indent..=indent, "\\u{3a}");
    }
    shown
}

/// A value that no spreadsheet computes: `'`, which spreadsheets take for the mark of a text, stands
/// before what they would, also where it hides behind what they pass over.
///
/// <https://owasp.org/www-community/attacks/CSV_Injection>, which names the full-width signs too.
pub(super) fn no_formula(shown: String) -> String {
    let hidden = |c: char| matches!(c, '\u{200B}'..='\u{200D}' | '\'');
    let first = shown.trim_start_matches(hidden).chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => format!("'{shown}"),
        Some(_) | None => shown,
    }
}

/// Characters that act instead of being seen.
pub(super) fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{2028}'..='\u{202E}' // separators, embeddings and overrides
            | '\u{2066}'..='\u{206F}' // isolates and deprecated format characters
            | '\u{FFF9}'..='\u{FFFB}' // interlinear annotation
            | '\u{E0000}'..='\u{E007F}' // tags: invisible text
        )
}

/// Marks that show nothing and mean nothing once the text stands in an isolate: direction marks,
/// byte order mark, word joiner, soft hyphen.
pub(super) fn is_invisible_mark(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
    )
}

/// Whether a character belongs to a script written from right to left.
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8FF}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}'
    )
}

/// A value of its own, kept from turning around what stands beside it.
pub(super) fn isolate(text: &str) -> String {
    if text.chars().any(is_right_to_left) {
        format!("{ISOLATE}{text}{END_ISOLATE}")
    } else {
        text.to_owned()
    }
}

/// A sentence of ours that quotes others: each stretch of right-to-left text is kept to itself.
pub(super) fn isolate_runs(text: &str) -> String {
    let (mut out, mut run, mut tail) = (String::new(), String::new(), String::new());
    for c in text.chars() {
        let number_in_run = c.is_numeric() && !run.is_empty() && tail.chars().all(|c| c == ' ');
        if is_right_to_left(c) || number_in_run {
            run.push_str(&tail);
            tail.clear();
            run.push(c);
        } else if run.is_empty() {
            out.push(c);
        } else if c.is_alphabetic() {
            close_run(&mut out, &mut run, &mut tail);
            out.push(c);
        } else {
            tail.push(c);
        }
    }
    close_run(&mut out, &mut run, &mut tail);
    out
}

fn close_run(out: &mut String, run: &mut String, tail: &mut String) {
    if !run.is_empty() {
        out.push(ISOLATE);
        out.push_str(run);
        out.push(END_ISOLATE);
    }
    out.push_str(tail);
    run.clear();
    tail.clear();
}

/// The address that a link may lead to: `http` and `https` only, in ASCII, without credentials
/// and without any character that ends a link in Markdown, HTML or a terminal.
pub(super) fn web_address(text: &str) -> Option<String> {
    let url = web_url(text)?;
    let mut address = String::new();
    for c in url.as_str().chars() {
        match c {
            '<' | '>' | '"' | '\'' | '`' | '|' | '\\' | '(' | ')' | '[' | ']' | ' '
                if !is_host_part(&url, c) =>
            {
                let _ = write!(address, "%{:02X}", u32::from(c));
            }
            c if is_control(c) => {}
            c => address.push(c),
        }
    }
    Some(address)
}

/// Brackets of an IPv6 host must stay.
fn is_host_part(url: &Url, c: char) -> bool {
    matches!(c, '[' | ']') && matches!(url.host(), Some(url::Host::Ipv6(_)))
}

fn web_url(text: &str) -> Option<Url> {
    let mut url = Url::parse(text.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    // Neither fails for an address with a host, which these schemes always have.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Some(url)
}

/// An address as people read it: as written, save that credentials are left out, and that a host
/// whose name mixes scripts, which is how names are made to look like others, is shown in its other
/// form as well.
pub(super) fn shown_address(text: &str) -> String {
    let Some(clean) = web_url(text) else {
        return visible(text);
    };
    let shown = if has_credentials(text) {
        visible(clean.as_str())
    } else {
        visible(text)
    };
    match other_host(&clean, &shown) {
        Some(host) => format!("{shown} ({})", visible(&host)),
        None => shown,
    }
}

/// The form of a host's name that is not shown yet, if its letters are of scripts that do not
/// belong together.
fn other_host(url: &Url, shown: &str) -> Option<String> {
    let ascii = url.host_str().filter(|host| host.contains("xn--"))?;
    let (written, _) = idna::domain_to_unicode(ascii);
    let mixed = written.split('.').any(languages::mixes_scripts);
    mixed.then(|| {
        if shown.to_ascii_lowercase().contains(ascii) {
            written
        } else {
            ascii.to_owned()
        }
    })
}

fn has_credentials(text: &str) -> bool {
    Url::parse(text.trim()).is_ok_and(|url| !url.username().is_empty() || url.password().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_seen_instead_of_obeyed() {
        let check = |text: &str, expect: &str| assert_eq!(visible(text), expect, "{text:?}");
        check("a\u{1b}[31mb", "a\\u{1b}[31mb");
        check("\u{9b}2J", "\\u{9b}2J");
        check("x\u{202e}gpj.exe", "x\\u{202e}gpj.exe");
        check("x\u{2066}y\u{2069}", "x\\u{2066}y\\u{2069}");
        check("  two\r\n lines\u{2028}here\u{a0} ", "two lines here");
        check("\u{200f}سلام\u{200e}", "سلام");
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("nul\0", "nul\\u{0}");
    }

    #[test]
    fn lines_keep_all_but_controls() {
        let check = |text: &str, expect: &str| assert_eq!(for_terminal(text), expect, "{text:?}");
        check(
            "-Річка\t川\r\n+می\u{200c}خواهم\n",
            "-Річка\t川\r\n+می\u{200c}خواهم\n",
        );
        check("a\u{1b}]0;x\u{7}b", "a\\u{1b}]0;x\\u{7}b");
        check("+new\r-old\n", "+new\\u{d}-old\n");
        check("\u{9b}2J\u{202e}x", "\\u{9b}2J\\u{202e}x");
        check("a\u{2028}\u{e0041}b", "a\\u{2028}\\u{e0041}b");
    }

    #[test]
    fn lines_are_no_commands_of_build_servers() {
        let check = |line: &str, expect: &str| assert_eq!(no_command(line), expect);
        check("::error::x", "\\u{3a}:error::x");
        check("  ::error::x", "  \\u{3a}:error::x");
        check("a ::error::x", "a ::error::x");
        check("std::fmt", "std::fmt");
        check("a ##vso[x]y ##[z]", "a \\u{23}#vso[x]y \\u{23}#[z]");
        check("## heading", "## heading");
    }

    #[test]
    fn right_to_left_text_is_kept_to_itself() {
        assert_eq!(isolate("Київ"), "Київ");
        assert_eq!(isolate("قطر 2022"), "\u{2068}قطر 2022\u{2069}");
        assert_eq!(
            isolate_runs("cited as “ישראל, חיפה 1” in “קטר” 2019"),
            "cited as “\u{2068}ישראל, חיפה 1\u{2069}” in “\u{2068}קטר\u{2069}” 2019"
        );
    }

    #[test]
    fn only_web_addresses_are_links() {
        for text in [
            "javascript:alert(1)",
            " data:text/html,x",
            "vbscript:x",
            "//x",
            "",
            "file:///etc",
        ] {
            assert_eq!(web_address(text), None, "{text}");
        }
        let check = |text: &str, expect: &str| assert_eq!(web_address(text).unwrap(), expect);
        check(
            "HTTPS://Uk.example/Київ",
            "https://uk.example/%D0%9A%D0%B8%D1%97%D0%B2",
        );
        check(
            "http://a.example/x)>|\\`<y",
            "http://a.example/x%29%3E%7C/%60%3Cy",
        );
        check("http://me:secret@a.example/", "http://a.example/");
        assert_eq!(
            shown_address("http://me:secret@a.example/ї"),
            "http://a.example/%D1%97"
        );
        assert_eq!(shown_address("http://a.example/ї"), "http://a.example/ї");
    }

    #[test]
    fn hosts_that_mix_scripts_are_shown_in_both_forms() {
        let check = |text: &str, expect: &str| assert_eq!(shown_address(text), expect);
        check(
            "https://p\u{430}ypal.example/x",
            "https://p\u{430}ypal.example/x (xn--pypal-4ve.example)",
        );
        check(
            "https://XN--pypal-4ve.example/x",
            "https://XN--pypal-4ve.example/x (p\u{430}ypal.example)",
        );
        // A name in one script, whatever the others are in, and what East Asia writes together.
        for usual in [
            "https://річка.example/x",
            "https://xn--80ak6aa92e.example/",
            "https://東京tower.example/",
            "https://ﾄｳｷｮｳタワー東京.example/",
        ] {
            check(usual, usual);
        }
    }
}
