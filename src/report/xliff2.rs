//! The sources to translate as XLIFF 2.0.
//!
//! A document of version 2 has one source language, and each `<source>` must be in it. Where there
//! are several the document says `mul`, BCP 47's tag for several languages, and each file says its
//! own in a note; a list of one language (`--source-language`) gives a document that tools can
//! translate by machine. A `<file>` is an article with one pair of languages.
//! Source: OASIS, XLIFF Version 2.0, 5 August 2014.

use std::fmt::Write as _;

use crate::model::{LanguageTag, Report, TodoItem, TodoState};

use super::handoff::{Pair, Unit, common, context, left_out, pairs, units, untitled};
use super::tally::listed;
use super::xliff::by_article;
use super::xml::xml;

/// The document, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    let items = listed(report);
    let source = common(items.iter().map(|item| Some(&item.language)));
    let target = common(items.iter().map(|item| item.target.as_ref()));
    let into = if target == "und" {
        String::new()
    } else {
        format!(" trgLang=\"{target}\"")
    };
    let mut page = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xliff version=\"2.0\" xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" \
         srcLang=\"{source}\"{into}>\n"
    );
    let mut notes: Vec<String> = left_out(report)
        .into_iter()
        .chain(untitled(&items))
        .collect();
    if source == "mul" {
        notes.push("Several languages: --source-language TAG makes a file of one.".to_owned());
    }
    let mut files = 0;
    for (article, items) in by_article(&items) {
        for pair in pairs(&items) {
            if pair.items.iter().any(|item| units(item).next().is_some()) {
                files += 1;
                file(&mut page, files, (article, &pair), &notes);
            }
        }
    }
    if files == 0 {
        empty(&mut page, report, &notes);
    }
    page.push_str("</xliff>\n");
    page
}

fn file(page: &mut String, number: usize, (article, pair): (&str, &Pair<'_>), notes: &[String]) {
    let _ = writeln!(
        page,
        "  <file id=\"f{number}\" original=\"{}\">",
        xml(article)
    );
    page.push_str("    <notes>\n");
    let mut note = |category: &str, text: &str| {
        let _ = writeln!(
            page,
            "      <note category=\"{category}\">{}</note>",
            xml(text)
        );
    };
    note("source-language", pair.from.as_str());
    note(
        "target-language",
        pair.into.map_or("und", LanguageTag::as_str),
    );
    note("total", &pair.describe());
    for text in notes {
        note("run", text);
    }
    page.push_str("    </notes>\n");
    for item in &pair.items {
        for text in units(item) {
            unit(page, item, &text);
        }
    }
    page.push_str("  </file>\n");
}

/// A file must have a unit, so that "nothing" takes one as well.
fn empty(page: &mut String, report: &Report, notes: &[String]) {
    let original = report
        .articles
        .first()
        .map_or("", |article| article.input.as_str());
    let _ = writeln!(page, "  <file id=\"f1\" original=\"{}\">", xml(original));
    page.push_str("    <notes>\n      <note>Nothing to translate.</note>\n");
    for text in notes {
        let _ = writeln!(page, "      <note category=\"run\">{}</note>", xml(text));
    }
    page.push_str(
        "    </notes>\n    <unit id=\"nothing\" translate=\"no\">\n      \
         <segment>\n        <source/>\n      </segment>\n    </unit>\n  </file>\n",
    );
}

fn unit(page: &mut String, item: &TodoItem, unit: &Unit<'_>) {
    let translate = match item.state {
        TodoState::Rejected => " translate=\"no\"",
        TodoState::Translated | TodoState::NeedsTranslation => "",
    };
    let _ = writeln!(
        page,
        "    <unit id=\"{}\" name=\"{}\"{translate}>\n      <notes>",
        xml(&unit.id(item)),
        unit.part.as_str()
    );
    for (what, text) in context(item, unit) {
        let category = what.replace(' ', "-");
        let _ = writeln!(
            page,
            "        <note category=\"{category}\">{}</note>",
            xml(&text)
        );
    }
    page.push_str("      </notes>\n");
    let source = xml(unit.source);
    let _ = match unit.target {
        Some(text) => writeln!(
            page,
            "      <segment state=\"translated\">\n        <source>{source}</source>\n        \
             <target>{}</target>\n      </segment>",
            xml(text)
        ),
        None => writeln!(
            page,
            "      <segment state=\"initial\">\n        <source>{source}</source>\n      </segment>"
        ),
    };
    page.push_str("    </unit>\n");
}
