//! The sources to translate, as a view of its own; what is done is kept in the browser.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::{LanguageTag, Report, TodoItem, TodoState};
use crate::report::handoff::{has_no_place, left_out, measure, own_title, references};
use crate::report::tally::{Amount, LanguageTally, by_language, counted, listed, readers};

use super::correction::COPY;
use super::entry::Place;
use super::markup::{exact, foreign, lang, link, sentence, text};
use super::size::Room;
use super::table::{LONG, places};

/// Writes the section.
pub(super) fn write(html: &mut String, report: &Report, room: &Room) {
    let items = listed(report);
    let long = if LONG < items.len() { " long" } else { "" };
    let _ = write!(
        html,
        "<section id=\"todo\" class=\"view{long}\" aria-labelledby=\"h-todo\"><h2 id=\"h-todo\">To translate</h2>",
    );
    if items.is_empty() {
        let _ = write!(html, "<p>{}</p>", nothing(report));
        notes(html, report);
        html.push_str("</section>\n");
        return;
    }
    let into = readers(report).map_or_else(String::new, |names| format!(" into {}", text(&names)));
    let _ = write!(
        html,
        "<p>{}{into}: {}.</p><div class=\"js done\"><label for=\"all\">Translated</label>\
         <progress id=\"all\" value=\"0\" max=\"{}\"></progress><span id=\"told\" role=\"status\"></span>\
         <label class=\"check\"><input type=\"checkbox\" id=\"hide\"> Hide what is done</label></div>",
        counted(items.len(), "source"),
        Amount::total(items.iter().copied()).describe(),
        items.len()
    );
    html.push_str(HAND_OFF);
    notes(html, report);
    let groups = by_language(report);
    if 1 < groups.len() {
        html.push_str("<ul class=\"jump\">");
        for group in &groups {
            let _ = write!(
                html,
                "<li><a href=\"#todo-{}\">{}</a> <small>{}</small></li>",
                tag(group),
                text(&group.english),
                group.items.len()
            );
        }
        html.push_str("</ul>");
    }
    // Items name their article by its input.
    let articles: BTreeMap<&str, Place<'_>> = places(report)
        .map(|place| (place.article.input.as_str(), place))
        .collect();
    for group in &groups {
        section(html, group, &articles, room);
    }
    html.push_str("</section>\n");
}

/// How the list leaves the page, for whoever translates in a tool.
const HAND_OFF: &str = "<p class=\"facts\">Translate in a tool: <code>citecheck check … --output po=FILE</code> \
(or <code>xliff</code>, <code>xliff2</code>, <code>todo-csv</code>), then \
<code>citecheck todo apply FILE --article ARTICLE</code>. Not to be translated: \
<code>citecheck todo reject ID</code>.<span class=\"js\"> Ticks are kept in this browser only.</span></p>";

/// What the list does not show.
fn notes(html: &mut String, report: &Report) {
    for note in left_out(report) {
        let _ = write!(html, "<p class=\"facts\">{}</p>", sentence(&note, None));
    }
}

fn nothing(report: &Report) -> String {
    if !report.run.pages {
        return "Not looked for: this run judged links alone (<code>--links-only</code>)."
            .to_owned();
    }
    if 0 < report.counts.translated + report.counts.rejected {
        return "None is left.".to_owned();
    }
    match readers(report) {
        Some(names) => format!(
            "None: no source was found in another language than {}.",
            text(&names)
        ),
        None => "Not known: <code>--language</code> says what readers read.".to_owned(),
    }
}

fn tag(group: &LanguageTally<'_>) -> String {
    let first = group.items.first();
    first.map_or_else(String::new, |item| text(item.language.as_str()))
}

fn section(
    html: &mut String,
    group: &LanguageTally<'_>,
    articles: &BTreeMap<&str, Place<'_>>,
    room: &Room,
) {
    let language = group.items.first().map(|item| &item.language);
    let native = if group.native.is_empty() {
        String::new()
    } else {
        format!(" ({})", foreign(&group.native, language))
    };
    let _ = writeln!(
        html,
        "<section class=\"lang\" aria-labelledby=\"todo-{tag}\"><h3 id=\"todo-{tag}\">{}{native}</h3>\
         <p class=\"facts\"><span class=\"js left\"></span>{}, {}</p><ul class=\"T\">",
        text(&group.english),
        counted(group.items.len(), "source"),
        group.amount.describe(),
        tag = tag(group)
    );
    for todo in &group.items {
        let place = articles.get(todo.article.as_str()).copied();
        item(html, todo, place, room);
    }
    html.push_str("</ul></section>\n");
}

fn item(html: &mut String, item: &TodoItem, place: Option<Place<'_>>, room: &Room) {
    let readers: Option<&LanguageTag> = place.and_then(|place| place.article.language.as_ref());
    let title = item.title.as_deref().filter(|title| !title.is_empty());
    let shown = title.map_or_else(
        || "<em>no title cited</em>".to_owned(),
        |title| foreign(title, Some(&item.language)),
    );
    let _ = write!(
        html,
        "<li data-a=\"{}\"><label><input type=\"checkbox\">{shown}</label>",
        text(&item.article)
    );
    let mut facts = Vec::new();
    facts.push(cited_at(item, place));
    if let Some(place) = place.filter(|place| place.several) {
        facts.push(foreign(place.name(), readers));
    }
    if let Some(url) = &item.url {
        facts.push(match super::markup::host(url) {
            Some(host) => link(&foreign(&host, None), url),
            None => foreign(url, None),
        });
    }
    facts.push(text(&measure(item)));
    if room.once {
        facts.push(format!("<code>{}</code>", text(&item.id)));
    }
    let _ = write!(html, "<p class=\"facts\">{}</p>", facts.join(" · "));
    match own_title(item) {
        Some(translated) => {
            let _ = write!(
                html,
                "<p>Title translated: {}</p>",
                foreign(translated, readers)
            );
        }
        None => html.push_str("<p><strong>Title not translated</strong></p>"),
    }
    quotation(html, item, readers, room);
    let claims = if room.once { 0 } else { room.claims.min(3) };
    for claim in item.claims.iter().take(claims) {
        let _ = write!(
            html,
            "<blockquote{} dir=\"auto\">{}</blockquote>",
            lang(readers),
            text(claim)
        );
    }
    let left = item.claims.len().saturating_sub(claims);
    // The reference, which is linked to, has them.
    if 0 < left && 0 < claims {
        let _ = write!(html, "<p>and {}</p>", counted(left, "more sentence"));
    }
    if item.state == TodoState::Rejected {
        let why = item.reason.as_deref();
        let why = why.map_or_else(String::new, |why| format!(": {}", foreign(why, None)));
        let _ = write!(html, "<p>Rejected{why}</p>");
    }
    if has_no_place(item) {
        let template = item.template.as_deref().unwrap_or_default();
        let _ = write!(
            html,
            "<p><code>{}</code> is not known to take a translated title</p>",
            text(&format!("{{{{{template}}}}}"))
        );
    }
    if !item.wikitext.is_empty() {
        let _ = write!(
            html,
            "<p class=\"sum\">Add: <code class=\"c\">{}</code>{COPY}</p>",
            exact(&item.wikitext)
        );
    }
    if !room.once {
        let _ = write!(
            html,
            "<p class=\"sum\"><small>Id</small> <code class=\"c\">{}</code>{COPY}</p>",
            text(&item.id)
        );
    }
    html.push_str("</li>\n");
}

/// What the citation quotes, and whether that is translated.
fn quotation(html: &mut String, item: &TodoItem, readers: Option<&LanguageTag>, room: &Room) {
    let Some(quote) = item.quote.as_deref().filter(|it| !it.is_empty()) else {
        return;
    };
    let mut shown: String = quote.chars().take(room.value).collect();
    if shown.len() < quote.len() {
        shown.push('…');
    }
    let _ = write!(
        html,
        "<p>Quotation: {}</p>",
        foreign(&shown, Some(&item.language))
    );
    match item.trans_quote.as_deref().filter(|it| !it.is_empty()) {
        Some(translated) => {
            let translated = foreign(translated, readers);
            let _ = write!(html, "<p>Quotation translated: {translated}</p>");
        }
        None => html.push_str("<p><strong>Quotation not translated</strong></p>"),
    }
}

/// Where the article cites a source, linked to the first of these places.
fn cited_at(item: &TodoItem, place: Option<Place<'_>>) -> String {
    let uses = if 1 < item.uses {
        format!(", cited {} times", item.uses)
    } else {
        String::new()
    };
    let told = text(&format!("{}{uses}", references(item)));
    let linked = place.filter(|place| place.has(item.reference));
    linked.map_or_else(
        || told.clone(),
        |place| format!("<a href=\"#{}\">{told}</a>", place.anchor(item.reference)),
    )
}
