//! Parsoid's `data-mw`: the template calls that a rendered citation came from.

use scraper::ElementRef;
use serde_json::Value;

use super::visible::{Step, is_aside, walk};

/// The wikitext of a stretch of Parsoid HTML, as far as citations need it: template calls and
/// external links as they were written, and the text between them. `None` when there is no
/// template call in it.
pub(super) fn wikitext(element: ElementRef<'_>) -> Option<String> {
    let mut out = String::new();
    let mut calls = false;
    // What one call printed carries its `about`; only the first element has the call.
    let mut about: Option<String> = None;
    if let Some(call) = call(&element) {
        return Some(call);
    }
    walk(element, &mut |step| {
        match step {
            Step::Text(text) => escape(text, &mut out),
            Step::Enter(inner) => {
                let value = inner.value();
                let own = value.attr("about");
                if own.is_some() && own == about.as_deref() {
                    return true;
                }
                if let Some(call) = call(&inner) {
                    calls = true;
                    about = own.map(str::to_owned);
                    out.push_str(&call);
                    return true;
                }
                if is_aside(&inner) || value.name() == "sup" {
                    return true;
                }
                if value.name() == "a"
                    && let Some(href) = value.attr("href").filter(|href| is_external(href))
                {
                    let label: String = inner.text().collect();
                    let mut shown = String::new();
                    escape(&label, &mut shown);
                    out.push('[');
                    out.push_str(&href.replace(' ', "%20"));
                    out.push(' ');
                    out.push_str(&shown);
                    out.push(']');
                    return true;
                }
            }
            Step::Leave(_) => {}
        }
        false
    });
    calls.then_some(out)
}

/// Whether an address leads out of the wiki.
pub(super) fn is_external(href: &str) -> bool {
    href.starts_with("http:") || href.starts_with("https:") || href.starts_with("//")
}

/// The template calls of an element, as wikitext.
fn call(element: &ElementRef<'_>) -> Option<String> {
    let data: Value = serde_json::from_str(element.value().attr("data-mw")?).ok()?;
    let parts = data.get("parts")?.as_array()?;
    let mut out = String::new();
    for part in parts {
        if let Some(text) = part.as_str() {
            out.push_str(text);
            continue;
        }
        let Some(template) = part.get("template") else {
            continue;
        };
        let name = template.get("target")?.get("wt")?.as_str()?;
        out.push_str("{{");
        out.push_str(name.trim());
        for (key, value) in template.get("params")?.as_object()? {
            let value = value.get("wt").and_then(Value::as_str).unwrap_or_default();
            out.push('|');
            out.push_str(key);
            out.push('=');
            out.push_str(value.trim());
        }
        out.push_str("}}");
    }
    out.contains("{{").then_some(out)
}

/// Adds text so that none of it is read as markup.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '[' | ']' | '{' | '}' | '<' | '|' | '&' | '\'' => {
                out.push_str("&#");
                out.push_str(&u32::from(c).to_string());
                out.push(';');
            }
            other => out.push(other),
        }
    }
}
