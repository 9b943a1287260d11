//! The to-do list: Markdown check-boxes of the sources to translate, by language.

use std::fmt::Write as _;

use crate::model::{Report, TodoItem};

use super::markup::{Place, address, code, text};
use super::tally::{Amount, LanguageTally, by_language, counted, readers};

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
        return page;
    }
    let into = readers(report).map_or_else(String::new, |names| format!(" into {}", text(&names)));
    let _ = writeln!(
        page,
        "{}{into}: {}.\n",
        counted(report.todo.len(), "source"),
        Amount::total(&report.todo).describe()
    );
    totals(&mut page, report, &groups);
    for group in &groups {
        section(&mut page, report, group);
    }
    page
}

fn nothing(report: &Report) -> String {
    if !report.run.pages {
        return "Not looked for: this run judged links alone (`--links-only`).\n".to_owned();
    }
    match readers(report) {
        Some(names) => format!(
            "None: no source was found in another language than {}.\n",
            text(&names)
        ),
        None => "Not known: `--language` says what readers read.\n".to_owned(),
    }
}

fn totals(page: &mut String, report: &Report, groups: &[LanguageTally<'_>]) {
    page.push_str("| Language | Sources | To translate |\n| --- | ---: | ---: |\n");
    for group in groups {
        let _ = writeln!(
            page,
            "| {} | {} | {} |",
            name(group),
            group.items.len(),
            group.amount.describe()
        );
    }
    if 1 < groups.len() {
        let all = Amount::total(&report.todo).describe();
        let _ = writeln!(
            page,
            "| **Together** | **{}** | **{all}** |",
            report.todo.len()
        );
    }
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
    let title = item
        .title
        .as_deref()
        .map_or_else(|| "*no title cited*".to_owned(), text);
    let _ = writeln!(page, "- [ ] **Reference {}:** {title}", item.reference);
    let translated = item
        .trans_title
        .as_deref()
        .map_or_else(|| "**missing**".to_owned(), text);
    let _ = writeln!(page, "  - Translated title: {translated}");
    let url = item
        .url
        .as_deref()
        .map_or_else(|| "none cited".to_owned(), |url| address(url, Place::Line));
    let _ = writeln!(page, "  - Address: {url}");
    let _ = writeln!(page, "  - To translate: {}", Amount::of(item).describe());
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
}
