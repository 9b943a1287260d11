//! The report for a person at a terminal: by article, then by reference, with a summary last.
//!
//! A place is `path:line:column` in plain text, which terminals and editors open at the line; a link
//! of a terminal (OSC 8) could name the file only, so links lead to web pages alone.

use crate::languages;
use crate::model::{
    CheckedArticle, CheckedReference, Evidence, Finding, Fix, InputFormat, Report, Severity, Span,
};

use super::correction;
use super::format::Style;
use super::layout::{columns, shorten};
use super::page::{Bidi, Block, Ink, Page};
use super::safe::{shown_address, visible};
use super::source_line;
use super::summary;
use super::tally::{by_number, by_reference, counted, none_found, safety};
use crate::rules::help_page;

/// Where the text of a reference begins; its number stands left of it.
const REFERENCE: usize = 6;
/// Where the text of a finding begins; its severity stands left of it.
const FINDING: usize = 15;
/// Longest title of a reference, in lines of the terminal.
const TITLE_LINES: usize = 2;
/// Longest value of evidence, in lines of the terminal.
const VALUE_LINES: usize = 3;
/// Widest label of evidence, in columns.
const LABEL: usize = 20;
/// Longest path or address, in columns: longer ones are no use to a reader.
const PATH: usize = 2000;
/// Places listed of those that could not be read.
const PROBLEMS: usize = 10;

/// The report, ending with a line feed.
pub(super) fn render(report: &Report, style: Style) -> String {
    let mut page = Page::new(style);
    for article in &report.articles {
        heading(&mut page, report, article);
        problems(&mut page, article);
        let numbered = by_number(article);
        for (number, findings) in by_reference(article) {
            page.blank();
            let reference = number.and_then(|number| numbered.get(&number));
            match reference {
                Some(reference) => reference_heading(&mut page, reference),
                None => page.block(&Block {
                    ink: Ink::Strong,
                    ..Block::at(REFERENCE, "the article as a whole")
                }),
            }
            let mut line_of = None;
            for found in findings {
                finding(&mut page, Some(article), found);
                // A place that was just shown is not shown again.
                let again = line_of == found.span;
                line_of = found.span;
                details(&mut page, reference, found, again);
            }
        }
        page.blank();
    }
    if !report.findings.is_empty() {
        page.block(&Block {
            ink: Ink::Strong,
            ..Block::at(0, "this run")
        });
        for found in &report.findings {
            finding(&mut page, None, found);
            details(&mut page, None, found, false);
        }
        page.blank();
    }
    summary::write(&mut page, report);
    page.finish()
}

fn heading(page: &mut Page, report: &Report, article: &CheckedArticle) {
    let title = article.title.as_deref().map(visible).unwrap_or_default();
    let input = shown_input(article);
    let beside = columns(&input) + 2;
    let column = if beside <= page.width() / 2 {
        beside
    } else {
        2
    };
    page.block(&Block {
        lead: &input,
        lead_ink: Ink::Heading,
        ink: Ink::Strong,
        bidi: Bidi::Value,
        most: TITLE_LINES,
        ..Block::at(column, &title)
    });
    let mut facts = Vec::new();
    facts.extend(article.language.as_ref().map(languages::english_name));
    facts.push(format_name(article.format).to_owned());
    facts.push(counted(article.references.len(), "reference"));
    if article.findings.is_empty() {
        facts.push(none_found(report).to_owned());
    }
    page.block(&Block {
        ink: Ink::Faint,
        ..Block::at(2, &facts.join(", "))
    });
}

const fn format_name(format: InputFormat) -> &'static str {
    match format {
        InputFormat::Wikitext => "wikitext",
        InputFormat::Html => "HTML",
        InputFormat::Text => "plain text",
        InputFormat::Urls => "list of addresses",
    }
}

fn problems(page: &mut Page, article: &CheckedArticle) {
    for problem in article.problems.iter().take(PROBLEMS) {
        let place = format!("unreadable at {}:{}:", problem.line, problem.column);
        let text = format!("{place} {}", visible(&problem.message));
        page.block(&Block {
            ink: Ink::Warning,
            most: VALUE_LINES,
            ..Block::at(2, &text)
        });
    }
    if PROBLEMS < article.problems.len() {
        let more = counted(article.problems.len() - PROBLEMS, "more unreadable place");
        page.block(&Block {
            ink: Ink::Faint,
            ..Block::at(2, &format!("{more}; all are in the JSON report"))
        });
    }
}

fn reference_heading(page: &mut Page, reference: &CheckedReference) {
    let citation = &reference.citation;
    let title = citation
        .title
        .as_deref()
        .or(citation.script_title.as_deref());
    let number = format!("[{}]", reference.number);
    let language = reference.language.as_ref();
    let language = language.map(|known| languages::english_name(&known.tag));
    page.block(&Block {
        lead: &format!(
            "{}{number}",
            " ".repeat((REFERENCE - 1).saturating_sub(number.len()))
        ),
        lead_ink: Ink::Faint,
        tail: &language.unwrap_or_default(),
        ink: Ink::Strong,
        bidi: Bidi::Value,
        most: TITLE_LINES,
        ..Block::at(REFERENCE, &visible(title.unwrap_or("(no title)")))
    });
    if let Some(url) = &citation.url {
        page.address(REFERENCE, &shorten(&shown_address(url), PATH), url);
    }
}

const fn ink(severity: Severity) -> Ink {
    match severity {
        Severity::Error => Ink::Error,
        Severity::Warning => Ink::Warning,
        Severity::Note => Ink::Note,
    }
}

/// What is found, by which rule and where.
fn finding(page: &mut Page, article: Option<&CheckedArticle>, finding: &Finding) {
    page.block(&Block {
        lead: &format!("{}{}", " ".repeat(REFERENCE), finding.severity.as_str()),
        lead_ink: ink(finding.severity),
        bidi: Bidi::Runs,
        ..Block::at(FINDING, &visible(&finding.message))
    });
    let place = article
        .zip(finding.span)
        .map(|(article, span)| place(article, span));
    let name = shorten(&visible(&finding.name), page.width() - FINDING);
    let help = help_page(&finding.name);
    page.origin(FINDING, &name, help, &place.unwrap_or_default());
}

/// What a finding rests on, and what to do about it.
fn details(
    page: &mut Page,
    reference: Option<&CheckedReference>,
    finding: &Finding,
    line_is_shown: bool,
) {
    let line = finding.excerpt.as_ref().zip(finding.span);
    if let Some((excerpt, span)) = line.filter(|_| !line_is_shown) {
        source_line::write(page, excerpt, span.line, FINDING, ink(finding.severity));
    }
    let widest = finding
        .evidence
        .iter()
        .map(|evidence| columns(&visible(&evidence.what)));
    let widest = widest.max().unwrap_or(0).clamp(3, LABEL);
    for value in &finding.evidence {
        evidence(page, value, FINDING + widest + 2);
    }
    if let Some(fix) = &finding.fix {
        correction(page, reference, fix, FINDING + widest + 2);
    }
}

/// `path:line:column`, which terminals and editors open; words for what is no file.
fn place(article: &CheckedArticle, span: Span) -> String {
    if article.input.contains("://") {
        return format!("line {}, column {}", span.line, span.column);
    }
    format!("{}:{}:{}", shown_input(article), span.line, span.column)
}

fn shown_input(article: &CheckedArticle) -> String {
    shorten(&visible(&article.input), PATH)
}

fn evidence(page: &mut Page, evidence: &Evidence, column: usize) {
    page.block(&Block {
        lead: &format!(
            "{}{}",
            " ".repeat(FINDING),
            shorten(&visible(&evidence.what), LABEL)
        ),
        lead_ink: Ink::Faint,
        tail: &format!("({})", visible(&evidence.source)),
        bidi: Bidi::Value,
        most: VALUE_LINES,
        ..Block::at(column, &visible(&evidence.value))
    });
}

fn correction(page: &mut Page, reference: Option<&CheckedReference>, fix: &Fix, column: usize) {
    page.block(&Block {
        lead: &format!("{}{}", " ".repeat(FINDING), "fix"),
        lead_ink: Ink::Good,
        tail: &format!("({})", safety(fix)),
        bidi: Bidi::Runs,
        ..Block::at(column, &visible(&fix.description))
    });
    if !correction::write(page, reference, fix, FINDING) {
        replacements(page, fix, column);
    }
    let summary = visible(&fix.summary);
    if !summary.is_empty() && summary != visible(&fix.description) {
        page.block(&Block {
            lead: &format!("{}{}", " ".repeat(FINDING), "summary"),
            lead_ink: Ink::Faint,
            bidi: Bidi::Runs,
            ..Block::at(column.max(FINDING + "summary".len() + 2), &summary)
        });
    }
}

/// What the edits write, where the lines that they change are not at hand.
fn replacements(page: &mut Page, fix: &Fix, column: usize) {
    for edit in fix
        .edits
        .iter()
        .filter(|edit| !edit.replacement.trim().is_empty())
    {
        page.block(&Block {
            ink: Ink::Good,
            bidi: Bidi::Value,
            most: VALUE_LINES,
            ..Block::at(column, &visible(&edit.replacement))
        });
    }
}
