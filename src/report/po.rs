//! The sources to translate as a gettext catalogue (PO).
//!
//! A PO file has one target language (`Language`) and says nothing of source languages, which here
//! are many: each entry names its own in a comment, and the header has `X-Source-Language` where
//! there is but one. `msgctxt` is the item's name, so that two sources of one title stay apart.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::tz::TimeZone;

use crate::model::{Report, TodoItem, TodoState};

use super::handoff::{Unit, common, context, left_out, pairs, units, untitled};
use super::safe::visible;
use super::tally::listed;

/// First Strong Isolate and its end: what gettext puts around file names with spaces.
const ISOLATES: (char, char) = ('\u{2068}', '\u{2069}');

/// The catalogue, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    let items = listed(report);
    let mut page = header(report, &items);
    // A catalogue with one text under one name twice is none; reports that are put together may.
    let mut told = BTreeSet::new();
    for item in &items {
        for unit in units(item) {
            if told.insert((escaped(&unit.id(item)), escaped(unit.source))) {
                entry(&mut page, item, &unit);
            }
        }
    }
    page
}

fn header(report: &Report, items: &[&TodoItem]) -> String {
    let mut page = String::from("# Sources to translate\n#\n");
    for pair in pairs(items) {
        comment(&mut page, "#", &pair.describe());
    }
    for note in left_out(report).into_iter().chain(untitled(items)) {
        comment(&mut page, "#", &note);
    }
    page.push_str(
        "#\n# A comment of yours that begins with `rejected` leaves a source out for good:\n\
         # rejected: the title is a name\n\
         # (put it above the entry, then give the file to `citecheck todo apply`)\n#\n",
    );
    let source = common(items.iter().map(|item| Some(&item.language)));
    let target = common(items.iter().map(|item| item.target.as_ref()));
    let made = report.run.started.to_zoned(TimeZone::UTC);
    let made = made.strftime("%Y-%m-%d %H:%M+0000");
    let tool = visible(&format!("{} {}", report.tool.name, report.tool.version));
    let mut fields = vec![
        format!("Project-Id-Version: {tool}"),
        format!("POT-Creation-Date: {made}"),
        format!("PO-Revision-Date: {made}"),
        "Last-Translator: Automatically generated".to_owned(),
        "Language-Team: none".to_owned(),
        format!("Language: {}", target.replace('-', "_")),
        "MIME-Version: 1.0".to_owned(),
        "Content-Type: text/plain; charset=UTF-8".to_owned(),
        "Content-Transfer-Encoding: 8bit".to_owned(),
        format!("X-Generator: {tool}"),
    ];
    if !matches!(source, "mul" | "und") {
        fields.push(format!("X-Source-Language: {source}"));
    }
    page.push_str("msgid \"\"\nmsgstr \"\"\n");
    for field in fields {
        let _ = writeln!(page, "\"{}\\n\"", escaped(&field));
    }
    page
}

fn entry(page: &mut String, item: &TodoItem, unit: &Unit<'_>) {
    page.push('\n');
    let rejected = item.state == TodoState::Rejected;
    if rejected {
        let why = item
            .reason
            .as_deref()
            .map_or_else(String::new, |why| format!(": {why}"));
        comment(page, "#", &format!("rejected{why}"));
    }
    for (what, text) in context(item, unit) {
        comment(page, "#.", &format!("{what}: {text}"));
    }
    if let Some(place) = place(item).filter(|_| !rejected) {
        let _ = writeln!(page, "#: {place}");
    }
    // Nobody is to be asked for it: gettext's own way to keep such an entry.
    let mark = if rejected { "#~ " } else { "" };
    let translated = unit.target.unwrap_or_default();
    let _ = writeln!(page, "{mark}msgctxt \"{}\"", escaped(&unit.id(item)));
    let _ = writeln!(page, "{mark}msgid \"{}\"", escaped(unit.source));
    let _ = writeln!(page, "{mark}msgstr \"{}\"", escaped(translated));
}

/// A line of a comment. To gettext's lexer a backslash at the end of any line joins the next one to it,
/// so a comment that ends with one would swallow the entry.
fn comment(page: &mut String, mark: &str, text: &str) {
    let text = visible(text);
    let end = if text.ends_with('\\') { "." } else { "" };
    let _ = writeln!(page, "{mark} {text}{end}");
}

/// The file and line of the citation, as gettext writes them.
fn place(item: &TodoItem) -> Option<String> {
    let file = visible(&item.article);
    let file = if file.contains(' ') {
        // An isolate of its own would end ours.
        format!("{}{file}{}", ISOLATES.0, ISOLATES.1)
    } else {
        file
    };
    let span = item.span.filter(|span| 0 < span.line)?;
    (!item.article.is_empty()).then(|| format!("{file}:{}", span.line))
}

fn escaped(text: &str) -> String {
    visible(text).replace('\\', "\\\\").replace('"', "\\\"")
}
