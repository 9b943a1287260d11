//! An entry as written beside the entry corrected, with the change marked.

use std::fmt::Write as _;

use crate::fix::{Fixed, Unapplied, apply};
use crate::model::{CheckedReference, Edit, Finding, Fix};
use crate::report::safe::visible;
use crate::report::tally::safety;

use super::entry::Entry;
use super::markup::{exact, sentence, text};
use super::size::{Room, Sources};

/// Writes the entry as written and, where corrections are at hand, as it would be with them.
pub(super) fn write(html: &mut String, entry: &Entry<'_>, room: &Room) {
    let language = entry.place.article.language.as_ref();
    let lang = super::markup::lang(language);
    let fixes: Vec<Fix> = fixes(entry.findings).cloned().collect();
    let Some(source) = entry.reference.source.as_deref() else {
        without_source(html, &fixes);
        return;
    };
    let shifted: Vec<Fix> = fixes
        .iter()
        .map(|fix| shifted(fix, entry.reference))
        .collect();
    let fixed = apply(source, &shifted);
    if fixed.edits.is_empty() {
        let _ = write!(
            html,
            "<h3>Wikitext</h3><pre{lang} dir=\"auto\">{}</pre>",
            preformatted(&exact(source))
        );
    } else {
        if removes(source, &fixed.edits) {
            let _ = write!(
                html,
                "<h3>Correction</h3><p>Remove this entry:</p><pre{lang} dir=\"auto\">{}</pre>",
                preformatted(&together(source, &fixed.edits))
            );
        } else if room.sources == Sources::Corrected {
            let _ = write!(
                html,
                "<h3>Corrected wikitext</h3><div class=\"diff\"><div><pre class=\"c\"{lang} dir=\"auto\">{}</pre>\
                 {COPY}</div></div>",
                preformatted(&together(source, &fixed.edits))
            );
        } else {
            let (written, corrected) = marked(source, &fixed.edits);
            let _ = write!(
                html,
                "<h3>Corrected wikitext</h3><div class=\"diff\"><div><h4>As written</h4>\
                 <pre{lang} dir=\"auto\">{}</pre></div><div><h4>Corrected</h4>\
                 <pre class=\"c\"{lang} dir=\"auto\">{}</pre>{COPY}</div></div>",
                preformatted(&written),
                preformatted(&corrected)
            );
        }
        summary(html, &fixes, &fixed, &lang);
    }
    left_out(html, &fixes, &fixed);
}

/// The corrections that the corrected text does without.
fn left_out(html: &mut String, fixes: &[Fix], fixed: &Fixed) {
    let by_others = |reason: Unapplied| match reason {
        Unapplied::Conflict | Unapplied::NoChange => true,
        Unapplied::Invalid => false,
    };
    let groups = [
        (
            true,
            "Made needless by the others, or to be made after them",
        ),
        (false, "Not in it, to be made one at a time"),
    ];
    for (needless, heading) in groups {
        let skipped = fixed.skipped.iter();
        let skipped: Vec<Fix> = skipped
            .filter(|skipped| by_others(skipped.reason) == needless)
            .filter_map(|skipped| fixes.get(skipped.fix).cloned())
            .collect();
        if !skipped.is_empty() {
            let _ = write!(html, "<h4>{heading}</h4>");
            without_source(html, &skipped);
        }
    }
}

/// Whether the edits leave nothing of the entry.
fn removes(source: &str, edits: &[Edit]) -> bool {
    stretches(source, edits).iter().all(|(kept, change)| {
        let put_in = change.map_or("", |(_, new)| new);
        kept.trim().is_empty() && put_in.trim().is_empty()
    })
}

/// What `app.js` turns into the copying of what stands before it.
pub(super) const COPY: &str = "<button type=\"button\" class=\"copy js\">Copy</button>";

/// The corrections of findings.
pub(super) fn fixes<'a>(findings: &'a [&'a Finding]) -> impl Iterator<Item = &'a Fix> {
    findings.iter().filter_map(|finding| finding.fix.as_ref())
}

/// The summary to save the correction with: what every fix in it does.
fn summary(html: &mut String, fixes: &[Fix], fixed: &Fixed, lang: &str) {
    let mut parts: Vec<String> = Vec::new();
    for fix in fixed.applied.iter().filter_map(|at| fixes.get(*at)) {
        let words = visible(&fix.summary);
        if !words.is_empty() && !parts.contains(&words) {
            parts.push(words);
        }
    }
    if parts.is_empty() {
        return;
    }
    let _ = write!(
        html,
        "<h4>Edit summary</h4><p class=\"sum\"><span class=\"c\"{lang} dir=\"auto\">{}</span>{COPY}</p>",
        text(&parts.join("; "))
    );
}

/// The edits of a fix as places in the entry alone.
fn shifted(fix: &Fix, reference: &CheckedReference) -> Fix {
    let start = reference.span.start;
    let mut edits = Vec::new();
    for edit in &fix.edits {
        // An edit outside of the entry leads past its end, where nothing is applied.
        let place = |at: usize| at.checked_sub(start).unwrap_or(usize::MAX);
        edits.push(Edit {
            start: place(edit.start),
            end: place(edit.end),
            replacement: edit.replacement.clone(),
        });
    }
    Fix {
        edits,
        ..fix.clone()
    }
}

/// The stretches between the edits, each with the edit behind it; the last has none.
fn stretches<'a>(source: &'a str, edits: &'a [Edit]) -> Vec<(&'a str, Option<(&'a str, &'a str)>)> {
    let mut at = 0;
    let mut parts = Vec::new();
    for edit in edits {
        let kept = source.get(at..edit.start).unwrap_or_default();
        let old = source.get(edit.start..edit.end).unwrap_or_default();
        parts.push((kept, Some((old, edit.replacement.as_str()))));
        at = edit.end;
    }
    parts.push((source.get(at..).unwrap_or_default(), None));
    parts
}

fn element(name: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<{name}>{}</{name}>", exact(text))
}

/// The text with what is taken out marked, and the new text with what is put in marked.
fn marked(source: &str, edits: &[Edit]) -> (String, String) {
    let (mut written, mut corrected) = (String::new(), String::new());
    for (kept, change) in stretches(source, edits) {
        let kept = exact(kept);
        written.push_str(&kept);
        corrected.push_str(&kept);
        if let Some((old, new)) = change {
            written.push_str(&element("del", old));
            corrected.push_str(&element("ins", new));
        }
    }
    (written, corrected)
}

/// The new text with what is taken out marked in it too; a copy goes without that.
fn together(source: &str, edits: &[Edit]) -> String {
    let mut html = String::new();
    for (kept, change) in stretches(source, edits) {
        let (old, new) = change.unwrap_or_default();
        html.push_str(&exact(kept));
        html.push_str(&element("del", old));
        html.push_str(&element("ins", new));
    }
    html
}

/// A line feed that begins a `<pre>` is not part of it.
fn preformatted(html: &str) -> String {
    if html.starts_with('\n') {
        format!("\n{html}")
    } else {
        html.to_owned()
    }
}

/// Corrections where the entry is not at hand: what is to be written, each by itself.
fn without_source(html: &mut String, fixes: &[Fix]) {
    for fix in fixes {
        let _ = write!(
            html,
            "<p>{} <small>({})</small></p>",
            sentence(&fix.description, None),
            safety(fix)
        );
        for edit in &fix.edits {
            if !edit.replacement.trim().is_empty() {
                let _ = write!(
                    html,
                    "<pre class=\"c\" dir=\"auto\">{}</pre>{COPY}",
                    preformatted(&exact(&edit.replacement))
                );
            }
        }
        if !fix.summary.is_empty() {
            let _ = write!(
                html,
                "<p class=\"sum\">Edit summary: <span class=\"c\" dir=\"auto\">{}</span>{COPY}</p>",
                text(&fix.summary)
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_marked_on_both_sides() {
        let edit = |start, end, replacement: &str| Edit {
            start,
            end,
            replacement: replacement.to_owned(),
        };
        let edits = [edit(1, 2, "в"), edit(3, 3, "<")];
        let (written, corrected) = marked("abc|d", &edits);
        assert_eq!(written, "a<del>b</del>c|d");
        assert_eq!(corrected, "a<ins>в</ins>c<ins>&lt;</ins>|d");
        assert!(!removes("abc|d", &edits));
        assert!(removes("abc\n", &[edit(0, 3, " ")]));
        let both = together("abc|d", &edits);
        assert_eq!(both, "a<del>b</del><ins>в</ins>c<ins>&lt;</ins>|d");
    }
}
