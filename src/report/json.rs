//! JSON: the report as it is, and the schema of it.

use std::fmt::Write as _;

use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::model::Report;

use super::safe::{is_control, is_invisible_mark};

/// The report, indented, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    pretty(report)
}

/// The JSON Schema (draft 2020-12) of a report, indented, ending with a line feed.
#[must_use]
pub fn schema() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    pretty(&settings.into_generator().into_root_schema_for::<Report>())
}

/// Any of our values as indented JSON that is safe to print.
///
/// JSON itself escapes C0 only. The other characters that act on a terminal, turn text around or
/// cannot be seen are escaped as well; they occur in strings alone, so the values stay what they are.
#[must_use]
pub fn pretty(value: &impl Serialize) -> String {
    escape_controls(&written(serde_json::to_string_pretty(value))) + "\n"
}

/// As [`pretty`], on one line without a line feed.
#[must_use]
pub fn line(value: &impl Serialize) -> String {
    escape_controls(&written(serde_json::to_string(value)))
}

/// Our values have string keys, which is all that could fail; should one fail, the text says so.
fn written(json: serde_json::Result<String>) -> String {
    json.unwrap_or_else(|problem| serde_json::json!({ "error": problem.to_string() }).to_string())
}

fn escape_controls(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && (is_control(c) || is_invisible_mark(c)) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(safe, "\\u{unit:04x}");
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_controls_are_the_same_value() {
        let value = "\u{1b}]8;;x\u{7} \u{9b}31m \u{202e}abc \u{e0041} سلام\u{200c}";
        let json = pretty(&value);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), value);
        assert!(!json.trim_end().chars().any(is_control), "{json}");
    }
}
