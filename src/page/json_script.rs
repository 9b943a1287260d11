//! JSON as scripts of pages hold it: wrapped, broken, cut off.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// Values of a script, which may hold several; repaired when it is not JSON as it stands.
pub(super) fn parse(script: &str) -> Vec<Value> {
    let bare = unwrapped(script);
    let read = |text: &str| -> Option<Vec<Value>> {
        let stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
        stream.collect::<Result<Vec<_>, _>>().ok()
    };
    read(bare)
        .or_else(|| read(&repaired(bare)))
        .unwrap_or_else(|| salvaged(bare).into_iter().collect())
}

/// What can be read of a script that is broken beyond repair: the first value of each property, as
/// one node. Templates of articles write the article first.
fn salvaged(script: &str) -> Option<Value> {
    const PROPERTIES: [&str; 6] = [
        "@type",
        "headline",
        "datePublished",
        "dateModified",
        "dateCreated",
        "inLanguage",
    ];
    // What comes after these is of something else.
    let foreign = [
        "\"comment\"",
        "\"review\"",
        "\"itemListElement\"",
        "\"Comment\"",
    ];
    let own = foreign.iter().filter_map(|key| script.find(key)).min();
    let own = own.and_then(|end| script.get(..end)).unwrap_or(script);
    let first = |name: &&str| {
        let (_, rest) = own.split_once(&format!("\"{name}\""))?;
        let value = rest.trim_start().strip_prefix(':')?.trim_start();
        let (value, _) = value.strip_prefix('"')?.split_once('"')?;
        let plain = !value.contains(['\n', '\\']);
        plain.then(|| ((*name).to_owned(), Value::String(value.to_owned())))
    };
    let found: Map<String, Value> = PROPERTIES.iter().filter_map(first).collect();
    found.contains_key("@type").then_some(Value::Object(found))
}

/// The script without the comments and CDATA marks that old advice puts around it.
fn unwrapped(script: &str) -> &str {
    let mut text = script.trim();
    for prefix in [
        "//<![CDATA[",
        "/*<![CDATA[*/",
        "// <![CDATA[",
        "<![CDATA[",
        "<!--",
    ] {
        text = text.strip_prefix(prefix).unwrap_or(text).trim_start();
    }
    for suffix in ["//]]>", "/*]]>*/", "// ]]>", "]]>", "-->", ";"] {
        text = text.strip_suffix(suffix).unwrap_or(text).trim_end();
    }
    text
}

/// Repairs what templates break most: raw control characters and bad escapes inside strings,
/// commas before a closing bracket.
fn repaired(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in text.chars() {
        if in_string {
            match c {
                _ if escaped => {
                    escaped = false;
                    if matches!(c, '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u') {
                        out.push('\\');
                    }
                    out.push(if c.is_control() { ' ' } else { c });
                }
                '\\' => escaped = true,
                _ if c.is_control() => out.push(' '),
                _ => {
                    in_string = c != '"';
                    out.push(c);
                }
            }
            continue;
        }
        if matches!(c, '}' | ']') {
            let kept = out.trim_end();
            if kept.ends_with(',') {
                out.truncate(kept.len() - 1);
            }
        }
        in_string = c == '"';
        out.push(c);
    }
    Cow::Owned(out)
}
