//! Pieces of XML 1.0 that hold the text of strangers.

use super::safe::visible;

/// Text between tags or in an attribute's quotes: one line, no control, nothing that XML forbids.
pub(super) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // Not characters of XML 1.0, though of Unicode.
            '\u{fffe}' | '\u{ffff}' => escaped.extend(c.escape_unicode()),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text_in_xml() {
        assert_eq!(
            xml("a ]]> <b>&amp;\0\u{ffff}"),
            "a ]]&gt; &lt;b&gt;&amp;amp;\\u{0}\\u{ffff}"
        );
        assert_eq!(xml("\"x\" y='z'"), "&quot;x&quot; y=&apos;z&apos;");
    }
}
