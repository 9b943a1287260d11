//! Addresses within other text.

/// The first address with a scheme in a text, or a bracketed one without, as CS1 looks for links in
/// titles and names (`is_parameter_ext_wikilink`).
///
/// Ends before white space and before the brackets, quotation marks and braces of wikitext.
#[must_use]
pub fn embedded_url(text: &str) -> Option<&str> {
    let mut slashes = text.match_indices("//");
    slashes.find_map(|(at, _)| address_at(text, at))
}

fn address_at(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at)?;
    let after = text.get(at + 2..)?;
    if !after.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let end = after.find(ends).unwrap_or(after.len());
    let start = match before.strip_suffix(':') {
        Some(scheme) => {
            let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
            let name = scheme.rfind(|c: char| !named(c)).map_or(0, |last| {
                last + scheme
                    .get(last..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(1, char::len_utf8)
            });
            let begins = scheme
                .get(name..)?
                .starts_with(|c: char| c.is_ascii_alphabetic());
            begins.then_some(name)?
        }
        // `[//a.example label]`, but not the page `[[//Hus]]`.
        None => (before.ends_with('[') && !before.ends_with("[[")).then_some(at)?,
    };
    text.get(start..at + 2 + end)
}

fn ends(c: char) -> bool {
    c.is_whitespace() || matches!(c, '[' | ']' | '<' | '>' | '"' | '{' | '}' | '|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_text() {
        for (text, expect) in [
            ("[http://a.example/x Label]", Some("http://a.example/x")),
            ("siehe http://a.example/x!", Some("http://a.example/x!")),
            ("新聞https://a.example", Some("https://a.example")),
            ("[//a.example label]", Some("//a.example")),
            ("[[//Hus]]", None),
            ("either//or", None),
            ("Genesis 1:1 // note", None),
            ("AC/DC", None),
            ("a: //b", None),
            ("", None),
        ] {
            assert_eq!(embedded_url(text), expect, "{text}");
        }
    }
}
