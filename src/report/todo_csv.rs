//! The sources to translate for a spreadsheet: CSV as RFC 4180 has it, in UTF-8.
//!
//! One row for each text to translate. A cell that a spreadsheet would calculate begins with `'`,
//! which it shows as text (OWASP, CSV injection).

use crate::model::{Report, TodoItem};

use super::handoff::{Part, Unit, elsewhere, has_no_place, numbers, units};
use super::safe::{no_formula, shown_address, visible, web_address};
use super::tally::listed;

/// The columns; `translation`, `state` and `transliteration` are what an editor fills in.
const COLUMNS: [&str; 19] = [
    "id",
    "state",
    "source_language",
    "target_language",
    "part",
    "source",
    "translation",
    "transliteration",
    "words",
    "counted",
    "title_words",
    "uses",
    "references",
    "article",
    "url",
    "supports",
    "template",
    "parameter",
    "note",
];

/// The table with its header; lines end with CR LF.
pub(super) fn render(report: &Report) -> String {
    let mut page = row(&COLUMNS.map(str::to_owned));
    for item in listed(report) {
        let mut texts = units(item).peekable();
        if texts.peek().is_none() {
            let nothing = Unit {
                part: Part::Title,
                source: "",
                target: None,
            };
            page.push_str(&row(&cells(item, &nothing)));
        }
        for unit in texts {
            page.push_str(&row(&cells(item, &unit)));
        }
    }
    page
}

fn cells(item: &TodoItem, unit: &Unit<'_>) -> [String; 19] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let url =
        (item.url.as_deref()).map(|url| web_address(url).unwrap_or_else(|| shown_address(url)));
    let note = match (&item.page_title, &item.reason) {
        (_, Some(reason)) => reason.clone(),
        (Some(page), None) if unit.source.is_empty() => {
            format!("no title cited; the page has: {page}")
        }
        (None, None) if unit.source.is_empty() => "no title cited".to_owned(),
        _ if has_no_place(item) => {
            "the template is not known to take a translated title".to_owned()
        }
        _ => elsewhere(item, unit).unwrap_or_default(),
    };
    let parameter = item.parameters.get(unit.part.parameter()).cloned();
    [
        unit.id(item),
        unit.state(item).as_str().to_owned(),
        item.language.to_string(),
        item.target
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        unit.part.as_str().to_owned(),
        unit.source.to_owned(),
        unit.target.unwrap_or_default().to_owned(),
        String::new(),
        item.words.to_string(),
        item.counted.as_str().to_owned(),
        item.title_words.to_string(),
        item.uses.to_string(),
        numbers(item),
        item.article.clone(),
        url.unwrap_or_default(),
        item.claims.join(" • "),
        text(&item.template),
        text(&parameter),
        note,
    ]
}

fn row(cells: &[String; 19]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    cells.join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    let shown = no_formula(visible(text));
    if shown.contains(['"', ',', ';', '\t']) || shown.starts_with('\'') {
        format!("\"{}\"", shown.replace('"', "\"\""))
    } else {
        shown
    }
}
