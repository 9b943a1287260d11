//! Interfaces for programs that answer with a success and tell the error in JSON.

use serde_json::{Map, Value};

use super::not_found;
use super::signals::signal;
use crate::model::{PageEvidence, PageSignal, SignalKind};

/// Errors are short; a longer answer is a document, whatever its members are called.
const MOST_BYTES: usize = 4_000;

/// Members that hold the words of an error.
const WORDS: [&str; 7] = [
    "error",
    "message",
    "msg",
    "detail",
    "reason",
    "error_description",
    "errorMessage",
];

/// Members that hold its number.
const NUMBERS: [&str; 6] = [
    "status",
    "code",
    "statusCode",
    "status_code",
    "errorCode",
    "error_code",
];

/// Reads a body that is a JSON object and says that there is no such page, whatever type it is
/// declared as; `None` for any other body.
///
/// A number decides nothing alone: records have members called `code`, too.
pub(super) fn read(body: &[u8]) -> Option<PageEvidence> {
    let body = body.trim_ascii();
    if MOST_BYTES < body.len() || body.first() != Some(&b'{') {
        return None;
    }
    let Ok(Value::Object(object)) = serde_json::from_slice(body) else {
        return None;
    };
    let inner = object.get("error").and_then(Value::as_object);
    let objects: Vec<&Map<String, Value>> = [Some(&object), inner].into_iter().flatten().collect();
    let number = objects.iter().find_map(|object| number(object));
    let words = objects
        .iter()
        .find_map(|object| words(object, number.is_some()))?;
    let mut signals: Vec<PageSignal> = vec![signal(SignalKind::NotFound, words, "JSON")];
    signals.extend(number.map(|number| signal(SignalKind::NotFoundWords, number, "JSON")));
    // The error is all that there is.
    signals.push(signal(SignalKind::NearEmpty, words, "JSON"));
    Some(PageEvidence {
        media_type: "application/json".to_owned(),
        text_chars: words.chars().count(),
        signals,
        ..PageEvidence::default()
    })
}

fn number(object: &Map<String, Value>) -> Option<&'static str> {
    let mut values = NUMBERS.iter().filter_map(|name| object.get(*name));
    values.find_map(|value| {
        let text = value.as_str().map(str::to_owned);
        match text.unwrap_or_else(|| value.to_string()).as_str() {
            "404" => Some("404"),
            "410" => Some("410"),
            _ => None,
        }
    })
}

/// `title` is what RFC 9457 calls it, and what records have, so that it needs the number.
fn words(object: &Map<String, Value>, numbered: bool) -> Option<&str> {
    let titled = numbered.then_some("title");
    let mut texts = WORDS
        .into_iter()
        .chain(titled)
        .filter_map(|name| object.get(name)?.as_str());
    texts.find(|text| not_found::says_only(text))
}
