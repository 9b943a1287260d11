//! The to-do list: Markdown check-boxes of the sources to translate, by language.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::languages;
use crate::model::{LanguageTag, Report, TodoItem, TodoState};

use super::handoff::{has_no_place, left_out, measure, own_quote, own_title, references};
use super::markup::{Place, address, code, text};
use super::tally::{Amount, LanguageTally, by_language, counted, listed, readers};

/// Claims shown for one source; a reference used all over an article supports many sentences.
const CLAIMS: usize = 5;

/// The list, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    let groups = by_language(report);
    let mut page = String::from("# Sources to translate\n\n");
    if report.run.partial {
        page.push_str("**Partial:** the run ended early; pages that were not read are judged by their titles.\n\n");
    }
    if groups.is_empty() {
        page.push_str(&nothing(report));
        notes(&mut page, report);
        return page;
    }
    let into = readers(report).map_or_else(String::new, |names| format!(" into {}", text(&names)));
    let _ = writeln!(
        page,
        "{}{into}: {}.\n",
        counted(listed(report).len(), "source"),
        Amount::total(listed(report)).describe()
    );
    totals(&mut page, report, &groups);
    notes(&mut page, report);
    for group in &groups {
        section(&mut page, report, group);
    }
    page
}

/// What the list does not show.
fn notes(page: &mut String, report: &Report) {
    for note in left_out(report) {
        let _ = writeln!(page, "\n{note}");
    }
}

fn nothing(report: &Report) -> String {
    if !report.run.pages {
        return "Not looked for: this run judged links alone (`--links-only`).\n".to_owned();
    }
    if 0 < report.counts.translated + report.counts.rejected {
        return "None is left.\n".to_owned();
    }
    match readers(report) {
        Some(names) => format!(
            "None: no source was found in another language than {}.\n",
            text(&names)
        ),
        None => "Not known: `--language` says what readers read.\n".to_owned(),
    }
}

/// A row for each pair of languages.
fn totals(page: &mut String, report: &Report, groups: &[LanguageTally<'_>]) {
    page.push_str("| From | Into | Sources | To translate |\n| --- | --- | ---: | ---: |\n");
    for group in groups {
        for (target, items) in by_target(group) {
            let into = target.map_or_else(|| "?".to_owned(), languages::english_name);
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} |",
                name(group),
                text(&into),
                items.len(),
                Amount::total(items.iter().copied()).describe()
            );
        }
    }
    if 1 < groups.len() {
        let items = listed(report);
        let all = Amount::total(items.iter().copied()).describe();
        let _ = writeln!(page, "| **Together** | | **{}** | **{all}** |", items.len());
    }
}

fn by_target<'a>(
    group: &LanguageTally<'a>,
) -> BTreeMap<Option<&'a LanguageTag>, Vec<&'a TodoItem>> {
    let mut targets: BTreeMap<Option<&LanguageTag>, Vec<&TodoItem>> = BTreeMap::new();
    for item in &group.items {
        targets.entry(item.target.as_ref()).or_default().push(item);
    }
    targets
}

/// "Ukrainian (українська)".
fn name(group: &LanguageTally<'_>) -> String {
    if group.native.is_empty() {
        return text(&group.english);
    }
    format!("{} ({})", text(&group.english), text(&group.native))
}

fn section(page: &mut String, report: &Report, group: &LanguageTally<'_>) {
    let sources = counted(group.items.len(), "source");
    let _ = writeln!(
        page,
        "\n## {}: {sources}, {}",
        name(group),
        group.amount.describe()
    );
    let several = 1 < report.articles.len();
    if !several {
        page.push('\n');
    }
    let mut article = None;
    for item in &group.items {
        if several && article != Some(&item.article) {
            article = Some(&item.article);
            let _ = writeln!(page, "\n### {}\n", text(&item.article));
        }
        entry(page, item);
    }
}

fn entry(page: &mut String, item: &TodoItem) {
    let title = match (&item.title, &item.page_title) {
        (Some(title), _) => text(title),
        (None, Some(page)) => format!("*no title cited;* the page has “{}”", text(page)),
        (None, None) => "*no title cited*".to_owned(),
    };
    let uses = if 1 < item.uses {
        format!(", cited {} times", item.uses)
    } else {
        String::new()
    };
    let tick = match item.state {
        TodoState::NeedsTranslation => ' ',
        TodoState::Translated | TodoState::Rejected => 'X',
    };
    let _ = writeln!(page, "- [{tick}] **{}{uses}:** {title}", references(item));
    if item.state == TodoState::Rejected {
        let why = item
            .reason
            .as_deref()
            .map_or_else(String::new, |why| format!(": {}", text(why)));
        let _ = writeln!(page, "  - Rejected{why}");
    }
    translations(page, item);
    let url = item
        .url
        .as_deref()
        .map_or_else(|| "none cited".to_owned(), |url| address(url, Place::Line));
    let _ = writeln!(page, "  - Address: {url}");
    let _ = writeln!(page, "  - To translate: {}", measure(item));
    for claim in item.claims.iter().take(CLAIMS) {
        let _ = writeln!(page, "  - Supports: “{}”", text(claim));
    }
    if CLAIMS < item.claims.len() {
        let more = counted(item.claims.len() - CLAIMS, "more sentence");
        let _ = writeln!(page, "  - Supports {more}");
    }
    if !item.wikitext.is_empty() {
        let _ = writeln!(
            page,
            "  - Add to the citation: {}",
            code(&item.wikitext, Place::Line)
        );
    }
    if has_no_place(item) {
        let template = item.template.as_deref().unwrap_or_default();
        let _ = writeln!(
            page,
            "  - {} is not known to take a translated title",
            code(&format!("{{{{{template}}}}}"), Place::Line)
        );
    }
    if !item.id.is_empty() {
        let _ = writeln!(page, "  - Id: {}", code(&item.id, Place::Line));
    }
}

fn translations(page: &mut String, item: &TodoItem) {
    let shown =
        |translated: Option<&str>| translated.map_or_else(|| "**missing**".to_owned(), text);
    if own_title(item).is_none()
        && let Some(other) = &item.trans_title
    {
        let _ = writeln!(page, "  - In the article’s language: {}", text(other));
    }
    let _ = writeln!(page, "  - Translated title: {}", shown(own_title(item)));
    if let Some(quote) = &item.quote {
        let _ = writeln!(page, "  - Quotation: “{}”", text(quote));
        let _ = writeln!(page, "  - Translated quotation: {}", shown(own_quote(item)));
    }
}
