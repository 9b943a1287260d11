//! What is about no single reference: the run, articles as a whole, places that could not be read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::model::{CheckedArticle, CheckedReference, Excerpt, Finding, Report};
use crate::report::tally::counted;

use super::detail;
use super::entry::Place;
use super::markup::{exact, foreign, sentence, text};
use super::size::Room;
use super::table::places;

/// Writes the section, if there is anything to tell.
pub(super) fn write(html: &mut String, report: &Report, room: &Room) {
    let mut body = String::new();
    if !report.findings.is_empty() {
        body.push_str("<h3>This run</h3>");
        let all: Vec<&Finding> = report.findings.iter().collect();
        list(&mut body, &all, room);
    }
    for place in places(report) {
        article(&mut body, place, room);
    }
    if !body.is_empty() {
        let _ = writeln!(
            html,
            "<section id=\"beyond\" class=\"view\" aria-labelledby=\"h-beyond\">\
             <h2 id=\"h-beyond\">Beyond single references</h2>{body}</section>"
        );
    }
}

fn article(html: &mut String, place: Place<'_>, room: &Room) {
    let article = place.article;
    let whole = of_no_reference(article);
    if whole.is_empty() && article.problems.is_empty() {
        return;
    }
    let name = foreign(place.name(), article.language.as_ref());
    if !whole.is_empty() {
        let _ = write!(html, "<h3>{name} as a whole</h3>");
        list(html, &whole, room);
    }
    if !article.problems.is_empty() {
        let places = counted(article.problems.len(), "unreadable place");
        let _ = write!(html, "<h3>{name}: {places}</h3><ul>");
        for problem in &article.problems {
            let _ = write!(
                html,
                "<li>line {}, column {}: {}</li>",
                problem.line,
                problem.column,
                sentence(&problem.message, article.language.as_ref())
            );
        }
        html.push_str("</ul>");
    }
}

/// Findings of the article as a whole, and of numbers that no reference of it has.
fn of_no_reference(article: &CheckedArticle) -> Vec<&Finding> {
    let named = |number: &Option<u32>| number.is_some();
    let numbers: BTreeSet<u32> = if article.findings.iter().any(|it| named(&it.reference)) {
        let blocks = article.references.blocks();
        blocks
            .flat_map(|block| {
                block
                    .iter()
                    .map(|it: &CheckedReference| it.number)
                    .collect::<Vec<_>>()
            })
            .collect()
    } else {
        BTreeSet::new()
    };
    let shown = |finding: &&Finding| {
        finding
            .reference
            .is_none_or(|number| !numbers.contains(&number))
    };
    article.findings.iter().filter(shown).collect()
}

fn list(html: &mut String, findings: &[&Finding], room: &Room) {
    html.push_str("<ul class=\"F\">");
    for found in findings {
        detail::finding(html, found, true, None, room);
        if let Some(excerpt) = &found.excerpt {
            line(html, excerpt);
        }
    }
    html.push_str("</ul>");
}

/// The line of the source with the place marked.
fn line(html: &mut String, excerpt: &Excerpt) {
    let part = |range: std::ops::Range<usize>| exact(excerpt.text.get(range).unwrap_or_default());
    let (start, end) = (excerpt.start, excerpt.end);
    let (before, after) = (
        if excerpt.cut_before { "…" } else { "" },
        if excerpt.cut_after { "…" } else { "" },
    );
    if excerpt.text.get(start..end).is_none() {
        let _ = write!(
            html,
            "<li><pre dir=\"auto\">{}</pre></li>",
            text(&excerpt.text)
        );
        return;
    }
    let _ = write!(
        html,
        "<li class=\"line\"><pre dir=\"auto\">{before}{}<mark>{}</mark>{}{after}</pre></li>",
        part(0..start),
        part(start..end),
        part(end..excerpt.text.len()),
    );
}
