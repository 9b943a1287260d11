//! CSV (RFC 4180): a row for each finding, and one for each cited work that has none.
//!
//! UTF-8 without a byte order mark, which would become part of the first column's name in most
//! readers; a spreadsheet that asks for the encoding is told UTF-8. Cells that a spreadsheet would
//! take for a formula begin with an apostrophe.

use std::collections::BTreeMap;
use std::io;

use csv::{Terminator, Writer, WriterBuilder};

use crate::model::{
    CheckedArticle, CheckedReference, CitedDate, Finding, LanguageTag, Report, Span, Work,
};

use super::safe::{no_formula, shown_address, visible};
use super::tally::{by_reference, safety};

/// The columns; new ones are only ever added at the end.
const COLUMNS: [&str; 28] = [
    "article",
    "article_title",
    "reference",
    "work",
    "names",
    "title",
    "trans_title",
    "url",
    "archive_url",
    "cited_date",
    "page_date",
    "access_date",
    "language",
    "page_title",
    "verdict",
    "status",
    "final_url",
    "checked_at",
    "severity",
    "code",
    "rule",
    "message",
    "evidence",
    "line",
    "column",
    "fix",
    "fix_safety",
    "edit_summary",
];

/// Columns about the work, before those about the finding.
const OF_WORK: usize = 18;

/// Longest cell, in characters: a spreadsheet takes 32,767.
const CELL: usize = 32_000;

/// The table, each row ending with a carriage return and a line feed.
pub(super) fn render(report: &Report) -> String {
    let mut bytes = Vec::new();
    // A vector takes what is written to it.
    let _ = write(report, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// As [`render`], written row by row.
pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut table = WriterBuilder::new();
    let mut table = table.terminator(Terminator::CRLF).from_writer(out);
    table.write_record(COLUMNS)?;
    for finding in &report.findings {
        row(&mut table, &Row::default(), Some(finding))?;
    }
    for article in &report.articles {
        rows(&mut table, article)?;
    }
    table.flush()
}

/// Findings about the article, then works in the order of the list with theirs.
fn rows<W: io::Write>(table: &mut Writer<W>, article: &CheckedArticle) -> io::Result<()> {
    let mut found = by_reference(article);
    for finding in found.remove(&None).unwrap_or_default() {
        row(table, &Row::of_article(article), Some(finding))?;
    }
    for block in article.references.blocks() {
        for reference in block.iter() {
            let findings = found.remove(&Some(reference.number)).unwrap_or_default();
            of_reference(table, article, reference, &findings)?;
        }
    }
    for finding in found.into_values().flatten() {
        let number = finding.reference.map(|number| number.to_string());
        let of_unlisted = Row::of_article(article).with("reference", number.unwrap_or_default());
        row(table, &of_unlisted, Some(finding))?;
    }
    Ok(())
}

fn of_reference<W: io::Write>(
    table: &mut Writer<W>,
    article: &CheckedArticle,
    reference: &CheckedReference,
    findings: &[&Finding],
) -> io::Result<()> {
    let spans: Vec<Span> = reference.further.iter().map(|source| source.span).collect();
    for (at, work) in reference.works().enumerate() {
        let row_of_work = Row::of_work(article, reference, at, work);
        let about_it = |finding: &&&Finding| work_of(finding, &spans) == at;
        let mut any = false;
        for finding in findings.iter().filter(about_it) {
            any = true;
            row(table, &row_of_work, Some(finding))?;
        }
        if !any {
            row(table, &row_of_work, None)?;
        }
    }
    Ok(())
}

/// Which work of a reference a finding stands in: 0 for the first, or what is not in any other.
fn work_of(finding: &Finding, further: &[Span]) -> usize {
    let Some(at) = finding.span else {
        return 0;
    };
    let within = |span: &Span| span.start <= at.start && at.start <= span.end;
    further.iter().position(within).map_or(0, |place| place + 1)
}

/// What a row says of the article and the work, by column.
#[derive(Debug, Default, Clone)]
struct Row(BTreeMap<&'static str, String>);

impl Row {
    fn with(mut self, column: &'static str, value: String) -> Self {
        self.0.insert(column, value);
        self
    }

    fn of_article(article: &CheckedArticle) -> Self {
        let title = article.title.clone().unwrap_or_default();
        Self::default()
            .with("article", shown_address(&article.input))
            .with("article_title", title)
    }

    fn of_work(
        article: &CheckedArticle,
        reference: &CheckedReference,
        at: usize,
        work: Work<'_>,
    ) -> Self {
        let citation = work.citation;
        let text = |value: Option<&String>| value.cloned().unwrap_or_default();
        let address = |value: Option<&String>| value.map(|url| shown_address(url));
        let date = |value: Option<CitedDate>| value.map(|date| date.to_string());
        let language = work
            .language
            .map(|known| &known.tag)
            .map(LanguageTag::as_str);
        let title = citation.title.as_ref().or(citation.script_title.as_ref());
        let row = Self::of_article(article)
            .with("reference", reference.number.to_string())
            .with("work", (at + 1).to_string())
            .with("names", reference.names.join("; "))
            .with("title", text(title))
            .with("trans_title", text(citation.trans_title.as_ref()))
            .with("url", address(citation.url.as_ref()).unwrap_or_default())
            .with(
                "archive_url",
                address(citation.archive_url.as_ref()).unwrap_or_default(),
            )
            .with("cited_date", date(citation.date).unwrap_or_default())
            .with(
                "access_date",
                date(citation.access_date).unwrap_or_default(),
            )
            .with("language", language.unwrap_or_default().to_owned());
        let page = work.cited_page();
        let published = page.and_then(|page| page.published.as_ref());
        let row = row
            .with(
                "page_date",
                date(published.map(|it| it.date)).unwrap_or_default(),
            )
            .with(
                "page_title",
                text(page.and_then(|page| page.title.as_ref())),
            );
        let Some(link) = work.link else {
            return row;
        };
        let moved = link
            .final_url
            .as_ref()
            .filter(|url| citation.url.as_ref() != Some(url));
        let number = |value: Option<u16>| value.map(|value| value.to_string());
        let asked = link.checked_at.map(|at| at.to_string());
        row.with("verdict", link.verdict.as_str().to_owned())
            .with("status", number(link.status).unwrap_or_default())
            .with("final_url", address(moved).unwrap_or_default())
            .with("checked_at", asked.unwrap_or_default())
    }
}

fn row<W: io::Write>(
    table: &mut Writer<W>,
    row: &Row,
    finding: Option<&Finding>,
) -> io::Result<()> {
    let of_work = COLUMNS.iter().take(OF_WORK);
    let mut cells: Vec<String> = of_work
        .map(|column| {
            row.0
                .get(column)
                .map(|value| cell(value))
                .unwrap_or_default()
        })
        .collect();
    if let Some(finding) = finding {
        cells.extend(of_finding(finding).map(|value| cell(&value)));
    }
    cells.resize(COLUMNS.len(), String::new());
    Ok(table.write_record(&cells)?)
}

fn of_finding(finding: &Finding) -> [String; COLUMNS.len() - OF_WORK] {
    let evidence = finding.evidence.iter();
    let evidence = evidence.map(|it| format!("{}: {} ({})", it.what, it.value, it.source));
    let fix = finding.fix.as_ref();
    let number = |value: Option<usize>| value.map(|value| value.to_string()).unwrap_or_default();
    [
        finding.severity.as_str().to_owned(),
        finding.rule.0.to_string(),
        finding.name.to_string(),
        finding.message.clone(),
        evidence.collect::<Vec<_>>().join("; "),
        number(finding.span.map(|span| span.line)),
        number(finding.span.map(|span| span.column)),
        fix.map(|fix| fix.description.clone()).unwrap_or_default(),
        fix.map(|fix| safety(fix).to_owned()).unwrap_or_default(),
        fix.map(|fix| fix.summary.clone()).unwrap_or_default(),
    ]
}

/// A value on one line that no spreadsheet computes.
fn cell(value: &str) -> String {
    no_formula(visible(value).chars().take(CELL).collect())
}
