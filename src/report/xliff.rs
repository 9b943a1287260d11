//! The sources to translate as XLIFF 1.2, the form that every translation tool reads.
//!
//! One `<file>` for each article and pair of languages. A rejected source is a unit with
//! `translate="no"`: the standard's own `rejected-…` qualifiers are about translations.
//! Source: OASIS, XLIFF Version 1.2, 1 February 2008.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::{Report, TodoItem, TodoState};

use super::handoff::{Pair, Unit, common, context, left_out, pairs, units, untitled};
use super::tally::listed;
use super::xml::xml;

/// The document, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    let items = listed(report);
    let mut page = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n",
    );
    let notes: Vec<String> = left_out(report)
        .into_iter()
        .chain(untitled(&items))
        .collect();
    let mut files = 0;
    for (article, items) in by_article(&items) {
        for pair in pairs(&items) {
            if pair.items.iter().any(|item| units(item).next().is_some()) {
                file(&mut page, report, (article, &pair), &notes);
                files += 1;
            }
        }
    }
    if files == 0 {
        empty(&mut page, report, &items, &notes);
    }
    page.push_str("</xliff>\n");
    page
}

/// Items by article, in the order of the list.
pub(super) fn by_article<'a>(items: &[&'a TodoItem]) -> Vec<(&'a str, Vec<&'a TodoItem>)> {
    let mut order: Vec<(&str, Vec<&TodoItem>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for item in items {
        let at = *places.entry(&item.article).or_insert(order.len());
        match order.get_mut(at) {
            Some((_, of_article)) => of_article.push(item),
            None => order.push((&item.article, vec![item])),
        }
    }
    order
}

fn file(page: &mut String, report: &Report, (article, pair): (&str, &Pair<'_>), notes: &[String]) {
    let into = pair
        .into
        .map_or_else(String::new, |tag| format!(" target-language=\"{tag}\""));
    let _ = writeln!(
        page,
        "  <file original=\"{}\" source-language=\"{}\"{into} datatype=\"plaintext\" date=\"{}\">",
        xml(article),
        pair.from,
        report.run.started
    );
    let mut told = vec![pair.describe()];
    told.extend_from_slice(notes);
    head(page, report, &told);
    page.push_str("    <body>\n");
    for item in &pair.items {
        for unit in units(item) {
            trans_unit(page, item, &unit);
        }
    }
    page.push_str("    </body>\n  </file>\n");
}

/// A document needs a file, and a file a language, even where there is nothing to translate.
fn empty(page: &mut String, report: &Report, items: &[&TodoItem], notes: &[String]) {
    let source = common(items.iter().map(|item| Some(&item.language)));
    let original = report
        .articles
        .first()
        .map_or("", |article| article.input.as_str());
    let _ = writeln!(
        page,
        "  <file original=\"{}\" source-language=\"{source}\" datatype=\"plaintext\" date=\"{}\">",
        xml(original),
        report.run.started
    );
    let mut told = vec!["Nothing to translate.".to_owned()];
    told.extend_from_slice(notes);
    head(page, report, &told);
    page.push_str("    <body/>\n  </file>\n");
}

fn head(page: &mut String, report: &Report, notes: &[String]) {
    let (tool, version) = (xml(&report.tool.name), xml(&report.tool.version));
    let _ = writeln!(
        page,
        "    <header>\n      <tool tool-id=\"{tool}\" tool-name=\"{tool}\" tool-version=\"{version}\"/>"
    );
    for note in notes {
        let _ = writeln!(page, "      <note>{}</note>", xml(note));
    }
    page.push_str("    </header>\n");
}

fn trans_unit(page: &mut String, item: &TodoItem, unit: &Unit<'_>) {
    let id = xml(&unit.id(item));
    let translate = match unit.state(item) {
        TodoState::Rejected => " translate=\"no\"",
        TodoState::Translated | TodoState::NeedsTranslation => "",
    };
    let _ = writeln!(
        page,
        "      <trans-unit id=\"{id}\" resname=\"{}\"{translate}>",
        unit.part.as_str()
    );
    let _ = writeln!(
        page,
        "        <source xml:lang=\"{}\">{}</source>",
        item.language,
        xml(unit.source)
    );
    let lang = item
        .target
        .as_ref()
        .map_or_else(String::new, |tag| format!(" xml:lang=\"{tag}\""));
    let _ = match unit.target {
        Some(text) => writeln!(
            page,
            "        <target{lang} state=\"translated\">{}</target>",
            xml(text)
        ),
        None => writeln!(page, "        <target{lang} state=\"needs-translation\"/>"),
    };
    place(page, item, &id);
    for (what, text) in context(item, unit) {
        let _ = writeln!(
            page,
            "        <note from=\"citecheck\">{}: {}</note>",
            xml(what),
            xml(&text)
        );
    }
    page.push_str("      </trans-unit>\n");
}

/// Where the citation stands, what it supports, and how much there is to read.
fn place(page: &mut String, item: &TodoItem, id: &str) {
    page.push_str("        <context-group purpose=\"location\">\n");
    let mut context = |kind: &str, text: &str| {
        let _ = writeln!(
            page,
            "          <context context-type=\"{kind}\">{}</context>",
            xml(text)
        );
    };
    context("sourcefile", &item.article);
    if let Some(span) = item.span.filter(|span| 0 < span.line) {
        context("linenumber", &span.line.to_string());
    }
    page.push_str("        </context-group>\n");
    if let Some(claim) = item.claims.first() {
        let _ = writeln!(
            page,
            "        <context-group purpose=\"information\">\n          \
             <context context-type=\"x-sentence\">{}</context>\n        </context-group>",
            xml(claim)
        );
    }
    // Names of count groups are told apart in a whole file, and say nothing.
    let _ = writeln!(
        page,
        "        <count-group name=\"{id}\">\n          \
         <count count-type=\"x-{}\" unit=\"word\">{}</count>\n        </count-group>",
        item.counted.as_str(),
        item.words
    );
}
