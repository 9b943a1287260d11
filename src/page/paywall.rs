//! What a page says of who may read all of it.
//!
//! Publishers mark restricted articles for search engines: schema.org's `isAccessibleForFree` in
//! JSON-LD, `article:content_tier` in a `<meta>` tag. Texts ("Subscribe to read on") are not
//! looked at: they stand under articles that are free, too.

use serde_json::{Map, Value};

use super::json_script;
use super::outline::Outline;
use super::signals::signal;
use crate::model::{PageSignal, SignalKind};

/// How many values of the scripts are looked at.
const MAX_VALUES: usize = 20_000;

const KEY: &str = "isAccessibleForFree";

/// Looks for a mark that only subscribers read all.
pub(super) fn collect(outline: &Outline, signals: &mut Vec<PageSignal>) {
    let scripts = outline.json_ld.iter().filter(|text| text.contains(KEY));
    let values: Vec<Value> = scripts
        .flat_map(|script| json_script::parse(script))
        .collect();
    if is_restricted(&values) {
        let excerpt = format!("{KEY}: false");
        signals.push(signal(SignalKind::Paywall, &excerpt, "JSON-LD"));
        return;
    }
    let tier = outline.meta("article:content_tier").next();
    if let Some(tier) = tier.filter(|tier| tier.eq_ignore_ascii_case("locked")) {
        let source = "<meta article:content_tier>";
        signals.push(signal(SignalKind::Paywall, tier, source));
    }
}

/// Whether a work of the page, or a part of it, is not free; a work that says of itself that it is
/// free is believed before what is said of its parts.
fn is_restricted(values: &[Value]) -> bool {
    let mut open: Vec<&Value> = values.iter().collect();
    let (mut seen, mut parts) = (0usize, false);
    let (mut free, mut closed) = (false, false);
    while let Some(value) = open.pop() {
        seen += 1;
        if MAX_VALUES < seen {
            break;
        }
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(map) => {
                match map.get(KEY).and_then(truth) {
                    Some(said) if is_part(map) => parts |= !said,
                    Some(true) => free = true,
                    Some(false) => closed = true,
                    None => {}
                }
                let own = map.iter().filter(|(key, _)| is_own(key));
                open.extend(own.map(|(_, inner)| inner));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    closed || (parts && !free)
}

/// `false`, and what templates write for it.
fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(said) => Some(*said),
        Value::String(said) => {
            let said = said.rsplit('/').next().unwrap_or_default().trim();
            let no = ["false", "no", "0"]
                .iter()
                .any(|no| said.eq_ignore_ascii_case(no));
            let yes = ["true", "yes", "1"]
                .iter()
                .any(|yes| said.eq_ignore_ascii_case(yes));
            (no || yes).then_some(yes)
        }
        Value::Number(said) => said.as_u64().map(|said| said != 0),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn is_part(map: &Map<String, Value>) -> bool {
    let named = map.get("@type").and_then(Value::as_str);
    map.contains_key("cssSelector") || named.is_some_and(|name| name.ends_with("PageElement"))
}

/// Whether what stands under a property is the page's own work, and not another one.
fn is_own(key: &str) -> bool {
    matches!(
        key,
        "@graph" | "mainEntity" | "mainEntityOfPage" | "hasPart"
    )
}
