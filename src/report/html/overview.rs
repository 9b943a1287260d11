//! The head of the page: what was checked, what the run lacked, the numbers.

use std::fmt::Write as _;

use crate::languages;
use crate::model::{CheckedArticle, Report, Severity};
use crate::report::markdown::network;
use crate::report::tally::{
    Amount, counted, findings, held_back, limits, listed, readers, remembered, thousands,
};

use super::entry::severity_class;
use super::markup::{foreign, text};
use super::table::places;
use super::{chart, next};

/// Writes heading and summary.
pub(super) fn write(html: &mut String, report: &Report, left_out: &str) {
    html.push_str("<section id=\"summary\" class=\"view\" aria-label=\"Summary\">");
    notices(html, report, left_out);
    numbers(html, report);
    next::write(html, report);
    html.push_str("<h2>At a glance</h2>");
    chart::write(html, report);
    articles(html, report);
    html.push_str("</section>\n");
}

/// What an article is called: its title, else the name of its file without the folders.
pub(super) fn name(article: &CheckedArticle) -> &str {
    if let Some(title) = article.title.as_deref().filter(|title| !title.is_empty()) {
        return title;
    }
    let input = article.input.as_str();
    if input.contains("://") {
        return input;
    }
    let file = input.rsplit(['/', '\\']).next();
    file.filter(|file| !file.is_empty()).unwrap_or(input)
}

/// The name of what was checked, as the heading of the page.
pub(super) fn heading(html: &mut String, report: &Report) {
    html.push_str("<h1>");
    match report.articles.as_slice() {
        [article] => {
            html.push_str(&foreign(name(article), article.language.as_ref()));
        }
        articles => html.push_str(&counted(articles.len(), "article")),
    }
    html.push_str("</h1>");
    let mut facts = Vec::new();
    if let [article] = report.articles.as_slice() {
        if name(article) != article.input {
            facts.push(foreign(&article.input, None));
        }
        facts.extend(
            article
                .language
                .as_ref()
                .map(|tag| text(&languages::english_name(tag))),
        );
    }
    facts.push(counted(report.counts.references, "reference"));
    facts.push(counted(report.counts.urls, "link"));
    facts.push(format!(
        "{}, {}",
        network(report.run.network),
        report.run.started.strftime("%Y-%m-%d %H:%M UTC")
    ));
    let _ = write!(html, "<p class=\"facts\">{}</p>", facts.join(" · "));
}

/// What keeps the report from being whole.
fn notices(html: &mut String, report: &Report, left_out: &str) {
    let mut notices: Vec<(&str, String)> = Vec::new();
    if report.run.partial {
        notices.push((
            "Partial",
            "the run ended before every link was asked; those not reached are skipped".to_owned(),
        ));
    }
    if let Some(limits) = limits(report) {
        notices.push(("Limited to", text(&limits)));
    }
    if let Some(trouble) = &report.run.trouble {
        notices.push(("No network", text(trouble)));
    }
    if !report.run.pages {
        notices.push((
            "Pages not read",
            "links were judged alone, by status and redirects; not titles, dates, languages and \
             the rest of the citations, nor error pages that answer 200"
                .to_owned(),
        ));
    }
    if let Some((links, oldest)) = remembered(report) {
        let links = counted(links, "link");
        let oldest = oldest.strftime("%Y-%m-%d");
        notices.push((
            "History",
            format!("{links} not asked again: as seen before, the oldest on {oldest}"),
        ));
    }
    if !left_out.is_empty() {
        notices.push((
            "Shortened",
            format!("so that the page stays small it leaves out {left_out}; all of it is in <code>--format json</code>"),
        ));
    }
    for (label, told) in notices {
        let _ = write!(
            html,
            "<p class=\"notice\"><strong>{label}:</strong> {told}.</p>"
        );
    }
}

fn numbers(html: &mut String, report: &Report) {
    html.push_str("<ul class=\"numbers\">");
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = findings(report)
            .filter(|finding| finding.severity == severity)
            .count();
        let ending = if count == 1 { "" } else { "s" };
        let word = severity.as_str();
        let _ = write!(
            html,
            "<li><a href=\"#references\" data-q=\"severity={word}\"><b>{}</b> \
             <span class=\"s {}\">{word}{ending}</span></a></li>",
            thousands(count),
            severity_class(severity),
        );
    }
    let _ = write!(
        html,
        "<li><a href=\"#todo\"><b>{}</b> <span>to translate</span></a></li></ul>",
        thousands(listed(report).len())
    );
    let mut asides = Vec::new();
    if let Some(parts) = held_back(report) {
        let by_whom = " ignored (settings or comments in the article)";
        let parts = parts.replacen(" ignored", by_whom, 1);
        asides.push(format!("findings not listed: {parts}"));
    }
    let unreadable: usize = report
        .articles
        .iter()
        .map(|article| article.problems.len())
        .sum();
    if 0 < unreadable {
        let places = counted(unreadable, "place");
        asides.push(format!(
            "<a href=\"#beyond\">{places} could not be read</a>"
        ));
    }
    let to_translate = listed(report);
    if !to_translate.is_empty() {
        let into =
            readers(report).map_or_else(String::new, |names| format!(" into {}", text(&names)));
        let amount = Amount::total(to_translate).describe();
        asides.push(format!("to translate: {amount}{into}"));
    }
    if !asides.is_empty() {
        let _ = write!(html, "<p class=\"facts\">{}</p>", asides.join(" · "));
    }
}

/// The articles of a run of several, each with its numbers.
fn articles(html: &mut String, report: &Report) {
    if report.articles.len() < 2 {
        return;
    }
    html.push_str(
        "<h2>Articles</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Articles\"><table class=\"plain\"><thead><tr>\
         <th scope=\"col\">Article</th><th scope=\"col\">References</th><th scope=\"col\">Errors</th>\
         <th scope=\"col\">Warnings</th><th scope=\"col\">Notes</th></tr></thead><tbody>",
    );
    for place in places(report) {
        let of = |severity: Severity| {
            let findings = place.article.findings.iter();
            thousands(
                findings
                    .filter(|finding| finding.severity == severity)
                    .count(),
            )
        };
        let _ = write!(
            html,
            "<tr><th scope=\"row\"><a href=\"#references\" data-q=\"article=a{}\">{}</a></th>\
             <td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>",
            place.position,
            foreign(place.name(), place.article.language.as_ref()),
            thousands(place.article.references.len()),
            of(Severity::Error),
            of(Severity::Warning),
            of(Severity::Note),
        );
    }
    html.push_str("</tbody></table></div>");
}
