//! The table of references: a row for each, its details folded into the row.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::languages;
use crate::model::{CitedDate, Report, Safety};
use crate::report::tally::counted;

use super::detail;
use super::entry::{Entry, Kind, Place, by_reference, date, day, severity_class, words};
use super::markup::{foreign, link, sentence, text};
use super::size::Room;

/// Rows that a browser lays out together: a part of the table that is out of sight costs nothing.
const CHUNK: usize = 12;

/// References from which on the parts of a table are laid out when they come into sight.
pub(super) const LONG: usize = 300;

/// The columns: what they are sorted by, and their headings.
const COLUMNS: [(&str, &str); 8] = [
    ("number", "No."),
    ("verdict", "Link"),
    ("title", "Source"),
    ("host", "Host"),
    ("cited", "Cited date"),
    ("page", "Page’s date"),
    ("language", "Language"),
    ("findings", "Findings"),
];

/// Writes the section.
pub(super) fn write(html: &mut String, report: &Report, room: &Room) {
    let total: usize = report
        .articles
        .iter()
        .map(|article| article.references.len())
        .sum();
    let _ = write!(
        html,
        "<section id=\"references\" class=\"view\" aria-labelledby=\"h-references\">\
         <h2 id=\"h-references\">References</h2>{FILTERS}\
         <p id=\"count\" role=\"status\">{}</p>",
        counted(total, "reference")
    );
    if total == 0 {
        html.push_str("<p>No reference was found.</p></section>\n");
        return;
    }
    let long = if LONG < total { " long" } else { "" };
    let _ = write!(
        html,
        "<table class=\"refs{long}\" aria-labelledby=\"h-references\"><thead><tr>"
    );
    for (key, heading) in COLUMNS {
        let _ = write!(html, "<th scope=\"col\" data-k=\"{key}\">{heading}");
    }
    html.push_str("<th scope=\"col\"><span class=\"sr\">Details</span></thead>\n");
    for place in places(report) {
        article(html, place, room);
    }
    html.push_str("</table></section>\n");
}

/// Every article with its place.
pub(super) fn places(report: &Report) -> impl Iterator<Item = Place<'_>> {
    let several = 1 < report.articles.len();
    report
        .articles
        .iter()
        .enumerate()
        .map(move |(at, article)| Place {
            article,
            position: at + 1,
            started: report.run.started,
            several,
        })
}

fn article(html: &mut String, place: Place<'_>, room: &Room) {
    if place.article.references.is_empty() {
        return;
    }
    if place.several {
        let _ = writeln!(
            html,
            "<tbody class=\"g\"><tr><th \
             scope=\"rowgroup\" colspan=\"9\" data-a=\"a{}\">{}</tbody>",
            place.position,
            foreign(place.name(), place.article.language.as_ref())
        );
    }
    let findings = by_reference(place.article);
    let mut seen = BTreeSet::new();
    let mut in_chunk = 0;
    for block in place.article.references.blocks() {
        for reference in block.iter() {
            // A saved report may number two references alike: the first has anchor and findings.
            let first = seen.insert(reference.number);
            let found = findings.get(&reference.number).filter(|_| first);
            let entry = Entry {
                place,
                reference,
                findings: found.map_or(&[], Vec::as_slice),
            };
            if in_chunk == 0 {
                html.push_str("<tbody>\n");
            }
            row(html, &entry, first, room);
            in_chunk += 1;
            if in_chunk == CHUNK {
                html.push_str("</tbody>\n");
                in_chunk = 0;
            }
        }
    }
    if 0 < in_chunk {
        html.push_str("</tbody>\n");
    }
}

fn row(html: &mut String, entry: &Entry<'_>, first: bool, room: &Room) {
    let reference = entry.reference;
    let anchor = entry.place.anchor(reference.number);
    html.push_str("<tr");
    if first {
        let _ = write!(html, " id=\"{anchor}\"");
    }
    data(html, entry);
    let _ = write!(
        html,
        "><th scope=\"row\"><a href=\"#{anchor}\">{}</a>",
        reference.number
    );
    html.push_str("<td>");
    let verdicts = entry.verdicts();
    for verdict in &verdicts {
        let _ = write!(
            html,
            "<span class=\"v {}\">{}</span> ",
            Kind::of(*verdict).class(),
            words(*verdict)
        );
    }
    if verdicts.is_empty() {
        html.push_str("<span class=\"v none\">no link</span>");
    }
    let _ = write!(html, "<td>{}", source(entry));
    let hosts = entry.hosts();
    let more = if 1 < hosts.len() {
        format!(" <small>and {} more</small>", hosts.len() - 1)
    } else {
        String::new()
    };
    let host = hosts.first();
    let host = host.map_or_else(String::new, |host| format!("<bdi>{}</bdi>", text(host)));
    let _ = write!(html, "<td>{host}{more}");
    dates(html, entry);
    let language = entry.language().map(languages::english_name);
    let _ = write!(
        html,
        "<td>{}<td>",
        language.map_or_else(String::new, |name| text(&name))
    );
    badges(html, entry);
    html.push_str("<td class=\"d\"><details><summary>");
    match entry.findings.split_first() {
        Some((worst, rest)) => {
            html.push_str(&sentence(&worst.message, entry.language()));
            if !rest.is_empty() {
                let _ = write!(html, " <small>and {} more</small>", rest.len());
            }
        }
        None => html.push_str("Details"),
    }
    html.push_str("</summary><div>");
    detail::write(html, entry, room);
    html.push_str("</div></details>\n");
}

/// What `app.js` filters by and cannot read in the cells.
fn data(html: &mut String, entry: &Entry<'_>) {
    let verdicts = entry.verdicts();
    let verdicts: Vec<&str> = verdicts.iter().map(|verdict| verdict.as_str()).collect();
    let _ = write!(html, " data-v=\"{}\"", verdicts.join(" "));
    if let Some(language) = entry.language() {
        let _ = write!(html, " data-l=\"{}\"", text(language.as_str()));
    }
    let hosts = entry.hosts();
    if 1 < hosts.len() {
        let _ = write!(html, " data-h=\"{}\"", text(&hosts.join(" ")));
    }
    if entry.findings.is_empty() {
        return;
    }
    let mut rules: Vec<&str> = entry
        .findings
        .iter()
        .map(|finding| finding.name.as_ref())
        .collect();
    rules.dedup();
    let _ = write!(html, " data-r=\"{}\"", text(&rules.join(" ")));
    let mut severities: Vec<&str> = Vec::new();
    for finding in entry.findings {
        let word = finding.severity.as_str();
        if severities.last() != Some(&word) {
            severities.push(word);
        }
    }
    let _ = write!(html, " data-s=\"{}\"", severities.join(" "));
    if let Some(safety) = entry.correction() {
        let word = match safety {
            Safety::Safe => "safe",
            Safety::Review => "review",
        };
        let _ = write!(html, " data-x=\"{word}\"");
    }
}

fn source(entry: &Entry<'_>) -> String {
    let citation = &entry.reference.citation;
    let shown = match (entry.title(), citation.url.as_deref()) {
        (Some(title), _) => foreign(title, entry.language()),
        (None, Some(_)) => "<em>no title: bare address</em>".to_owned(),
        (None, None) => "<em>no title</em>".to_owned(),
    };
    let name = citation
        .url
        .as_deref()
        .map_or_else(|| shown.clone(), |url| link(&shown, url));
    let further = entry.reference.further.len();
    let more = if 0 < further {
        format!(" <small>and {}</small>", counted(further, "further work"))
    } else {
        String::new()
    };
    // Sorted or filtered, rows of several articles stand beside each other.
    let article = if entry.place.several {
        let language = entry.place.article.language.as_ref();
        format!(
            " <small class=\"in\">{}</small>",
            foreign(entry.place.name(), language)
        )
    } else {
        String::new()
    };
    format!("{name}{more}{article}")
}

/// The cited date beside the page's; one that a rule disagrees with says so.
fn dates(html: &mut String, entry: &Entry<'_>) {
    let shown = |day: Option<CitedDate>| day.map_or_else(String::new, date);
    let key = |day: Option<CitedDate>| match day {
        // What is shown of a full date sorts as it is.
        Some(day) if day.as_day().is_none() => format!(" data-d=\"{}\"", day.earliest()),
        Some(_) | None => String::new(),
    };
    let citation = &entry.reference.citation;
    let (cited, page) = (citation.date, entry.published());
    let readers = entry.place.article.language.as_ref();
    let written = day(citation, "date", cited, readers).unwrap_or_default();
    let differs = entry
        .findings
        .iter()
        .any(|finding| finding.name == "date-mismatch");
    let mark = if differs && page.is_some() {
        "<span class=\"ne\" aria-hidden=\"true\">≠</span><span class=\"sr\">differs: </span>"
    } else {
        ""
    };
    let _ = write!(
        html,
        "<td{}>{}<td{}>{mark}{}",
        key(cited),
        written,
        key(page),
        shown(page)
    );
}

fn badges(html: &mut String, entry: &Entry<'_>) {
    let mut counts: Vec<(crate::model::Severity, usize)> = Vec::new();
    for finding in entry.findings {
        match counts.last_mut() {
            Some((severity, count)) if *severity == finding.severity => *count += 1,
            Some(_) | None => counts.push((finding.severity, 1)),
        }
    }
    for (severity, count) in counts {
        let _ = write!(
            html,
            "<b class=\"s {}\">{}</b> ",
            severity_class(severity),
            counted(count, severity.as_str())
        );
    }
}

/// Filled by `app.js`, which alone can filter.
const FILTERS: &str = "<form id=\"filters\" class=\"js\" role=\"search\" aria-label=\"Filter references\">\
<label class=\"q\">Search<input id=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"title, address, sentence …\"></label>\
<label>Link<select id=\"f-verdict\"><option value=\"\">any</option></select></label>\
<label>Finding<select id=\"f-rule\"><option value=\"\">any</option></select></label>\
<label>Severity<select id=\"f-severity\"><option value=\"\">any</option></select></label>\
<label>Language<select id=\"f-language\"><option value=\"\">any</option></select></label>\
<label>Host<input id=\"f-host\" list=\"hosts\" autocomplete=\"off\" spellcheck=\"false\"><datalist id=\"hosts\"></datalist></label>\
<label>Correction<select id=\"f-fix\"><option value=\"\">any</option></select></label>\
<label class=\"several\">Article<select id=\"f-article\"><option value=\"\">any</option></select></label>\
<button type=\"reset\">Clear</button></form>";
