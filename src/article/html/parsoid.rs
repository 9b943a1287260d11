//! Parsoid's `data-mw`: the template calls that a rendered citation came from.
//!
//! The form is that of the specification of `MediaWiki` DOM (`mw:Transclusion`: `parts` with
//! `template.target.wt` and `template.params.NAME.wt`; what one call printed shares its `about`).

use scraper::ElementRef;

use super::json::Json;
use super::visible::{Step, is_aside, walk};
use crate::wikitext::{Document, Slice};

/// A template call as `data-mw` holds it.
#[derive(Debug)]
pub(super) struct Call<'p> {
    /// The template's name, trimmed.
    pub(super) name: String,
    /// Names and values of its parameters, trimmed, in the order written.
    pub(super) parameters: Vec<(String, String)>,
    /// The element that carries the attribute.
    pub(super) element: ElementRef<'p>,
}

/// A stretch of a Parsoid page as wikitext.
#[derive(Debug, Default)]
pub(super) struct Stretch<'p> {
    pub(super) text: String,
    pub(super) calls: Vec<Call<'p>>,
}

/// The wikitext of an element, as far as citations need it: template calls and external links as
/// they were written, and the text between them. `None` when there is no template call in it.
pub(super) fn wikitext(element: ElementRef<'_>) -> Option<Stretch<'_>> {
    let mut out = Stretch::default();
    // What one call printed carries its `about`; only the first element has the call.
    let mut about: Option<String> = None;
    if out.add_calls(element) {
        return Some(out);
    }
    walk(element, &mut |step| {
        match step {
            Step::Text(text) => escape(text, &mut out.text),
            Step::Enter(inner) => {
                let value = inner.value();
                let own = value.attr("about");
                if own.is_some() && own == about.as_deref() {
                    return true;
                }
                if out.add_calls(inner) {
                    about = own.map(str::to_owned);
                    return true;
                }
                if is_aside(&inner) || value.name() == "sup" {
                    return true;
                }
                if value.name() == "a"
                    && let Some(href) = value.attr("href").filter(|href| is_external(href))
                {
                    let label: String = inner.text().collect();
                    out.text.push('[');
                    escape_address(href, &mut out.text);
                    out.text.push(' ');
                    escape(&label, &mut out.text);
                    out.text.push(']');
                    return true;
                }
            }
            Step::Leave(_) => {}
        }
        false
    });
    (!out.calls.is_empty()).then_some(out)
}

/// Whether an address leads out of the wiki.
pub(super) fn is_external(href: &str) -> bool {
    href.starts_with("http:") || href.starts_with("https:") || href.starts_with("//")
}

impl<'p> Stretch<'p> {
    /// Adds the template calls of an element and the text between them; whether it has any.
    fn add_calls(&mut self, element: ElementRef<'p>) -> bool {
        let before = self.calls.len();
        let data = element.value().attr("data-mw").and_then(Json::read);
        let parts = data.as_ref().and_then(|data| data.get("parts"));
        let mut out = String::new();
        for part in parts.map(Json::list).unwrap_or_default() {
            if let Some(text) = part.text() {
                out.push_str(text);
            } else if let Some(call) = call(part, element) {
                write(&call, &mut out);
                self.calls.push(call);
            }
        }
        let found = before < self.calls.len();
        if found {
            self.text.push_str(&out);
        }
        found
    }
}

fn call<'p>(part: &Json, element: ElementRef<'p>) -> Option<Call<'p>> {
    let template = part.get("template")?;
    let name = template.get("target")?.get("wt")?.text()?.trim().to_owned();
    let parameters = template.get("params").map(Json::members);
    let value = |json: &Json| json.get("wt").and_then(Json::text).map(str::to_owned);
    let parameters = parameters
        .unwrap_or_default()
        .iter()
        .map(|(key, json)| {
            let value = value(json).or_else(|| json.text().map(str::to_owned));
            let value = value.unwrap_or_default();
            (key.trim().to_owned(), value.trim().to_owned())
        })
        .collect();
    Some(Call {
        name,
        parameters,
        element,
    })
}

/// Writes a call as wikitext from which the same parameters are read.
fn write(call: &Call<'_>, out: &mut String) {
    out.push_str("{{");
    if is_kept(&call.name, None) {
        out.push_str(&call.name);
    } else {
        escape(&call.name, out);
    }
    for (key, value) in &call.parameters {
        out.push('|');
        if is_kept(key, Some(value)) {
            out.push_str(key);
            out.push('=');
            out.push_str(value);
        } else {
            escape(key, out);
            out.push('=');
            escape(value, out);
        }
    }
    out.push_str("}}");
}

/// Whether a template's name, or a parameter, is read as it is, whatever comes behind it.
fn is_kept(name: &str, value: Option<&str>) -> bool {
    /// What closes all that an unfinished value may have opened; alone it closes nothing.
    const PROBE: &str = "</ref></nowiki></pre></gallery></math></references>-->]]";
    let text = match value {
        Some(value) => format!("{{{{x|{name}={value}|z={PROBE}}}}}"),
        None => format!("{{{{{name}|z={PROBE}}}}}"),
    };
    let document = Document::parse(&text);
    let mut nodes = document.nodes().iter();
    let template = nodes
        .find(|node| node.start == 0 && node.end == text.len())
        .and_then(|node| document.template(node));
    let Some(template) = template else {
        return false;
    };
    let read = template
        .parameters()
        .map(|own| (own.name.map(Slice::text), own.value.text()));
    let own = value.map(|value| (Some(name), value));
    read.eq(own.into_iter().chain([(Some("z"), PROBE)]))
        && (value.is_some() || template.name().text() == name)
}

/// Adds text so that none of it is read as markup.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '[' | ']' | '{' | '}' | '<' | '>' | '|' | '&' | '\'' | '=' => {
                out.push_str("&#");
                out.push_str(&u32::from(c).to_string());
                out.push(';');
            }
            other => out.push(other),
        }
    }
}

/// Adds an address so that it ends where it ends.
fn escape_address(href: &str, out: &mut String) {
    for c in href.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '[' => out.push_str("%5B"),
            ']' => out.push_str("%5D"),
            '|' => out.push_str("%7C"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '"' => out.push_str("%22"),
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            other => out.push(other),
        }
    }
}
