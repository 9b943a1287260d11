//! `JUnit` XML, as the schemas of Ant (Windy Road's `JUnit.xsd`) and of Jenkins' xUnit plugin both
//! take it: one suite per article, one case per reference.
//!
//! An error fails its case, as it fails the run by default. Warnings and notes fail none; they stand
//! in the suite's output. A link that was not asked skips its case.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::model::{
    CheckedArticle, CheckedReference, Evidence, Finding, LinkVerdict, Report, Severity,
};

use super::markdown::network;
use super::safe::{no_command, shown_address, visible};
use super::tally::{by_reference, safety};

/// Longest name of a case, in characters.
const NAME: usize = 200;

/// Longest value of evidence, in characters.
const VALUE: usize = 500;

/// The document, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    let mut bytes = Vec::new();
    // A vector takes what is written to it.
    let _ = write(report, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// As [`render`], written suite by suite.
pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("testsuites")
        .write_inner_content(|writer| {
            let articles = report.articles.iter();
            for (id, suite) in articles.map(Suite::of_article).enumerate() {
                suite.write(report, id, writer)?;
            }
            if !report.findings.is_empty() {
                Suite::of_run(report).write(report, report.articles.len(), writer)?;
            }
            Ok(())
        })?;
    writer.get_mut().write_all(b"\n")
}

/// What a case came to.
#[derive(Debug)]
enum Outcome {
    Passed,
    Failed {
        rule: String,
        message: String,
        text: String,
    },
    Skipped(&'static str),
}

/// A reference, an article or the run.
#[derive(Debug)]
struct Case {
    name: String,
    outcome: Outcome,
}

/// An article, or the run.
#[derive(Debug)]
struct Suite {
    name: String,
    cases: Vec<Case>,
    /// What fails no case.
    out: Vec<String>,
    /// What could not be read.
    err: Vec<String>,
}

impl Suite {
    fn of_article(article: &CheckedArticle) -> Self {
        let mut found = by_reference(article);
        let mut cases = Vec::new();
        let mut out = Vec::new();
        let mut add = |name: String, findings: &[&Finding], skipped: bool| {
            let outcome = match failed(findings, Some(article)) {
                Some(failure) => failure,
                None if skipped => Outcome::Skipped("the link was not asked"),
                None => Outcome::Passed,
            };
            let passing = findings.iter().filter(|it| it.severity != Severity::Error);
            out.extend(passing.map(|finding| format!("{name}: {}", told(finding, Some(article)))));
            cases.push(Case { name, outcome });
        };
        if let Some(of_article) = found.remove(&None) {
            add("the article".to_owned(), &of_article, false);
        }
        for block in article.references.blocks() {
            for reference in block.iter() {
                let findings = found.remove(&Some(reference.number)).unwrap_or_default();
                add(name(reference), &findings, is_skipped(reference));
            }
        }
        // A report of another hand may name references that its list does not have.
        for (number, findings) in found {
            add(
                format!("[{}]", number.unwrap_or_default()),
                &findings,
                false,
            );
        }
        let problem = |line, column, message: &str| {
            text(&format!(
                "line {line}, column {column}: {}",
                visible(message)
            ))
        };
        let problems = article.problems.iter();
        Self {
            name: named(&shown_address(&article.input)),
            cases,
            out,
            err: problems
                .map(|it| problem(it.line, it.column, &it.message))
                .collect(),
        }
    }

    fn of_run(report: &Report) -> Self {
        let findings: Vec<&Finding> = report.findings.iter().collect();
        let passing = findings.iter().filter(|it| it.severity != Severity::Error);
        Self {
            name: "this run".to_owned(),
            out: passing.map(|finding| told(finding, None)).collect(),
            err: Vec::new(),
            cases: vec![Case {
                name: "settings".to_owned(),
                outcome: failed(&findings, None).unwrap_or(Outcome::Passed),
            }],
        }
    }

    fn write<W: io::Write>(
        &self,
        report: &Report,
        id: usize,
        writer: &mut Writer<W>,
    ) -> io::Result<()> {
        let cases = self.cases.iter();
        let failures = cases
            .clone()
            .filter(|it| matches!(it.outcome, Outcome::Failed { .. }));
        let skipped = cases.filter(|it| matches!(it.outcome, Outcome::Skipped(_)));
        let suite = writer
            .create_element("testsuite")
            .with_attribute(("name", &*self.name))
            .with_attribute(("package", "citecheck"))
            .with_attribute(("id", &*id.to_string()))
            // Neither schema takes a zone; it is UTC.
            .with_attribute((
                "timestamp",
                &*report.run.started.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
            ))
            .with_attribute(("hostname", "localhost"))
            .with_attribute(("tests", &*self.cases.len().to_string()))
            .with_attribute(("failures", &*failures.count().to_string()))
            .with_attribute(("errors", "0"))
            .with_attribute(("skipped", &*skipped.count().to_string()))
            .with_attribute(("time", &*seconds(report)));
        suite.write_inner_content(|writer| {
            properties(report, writer)?;
            for case in &self.cases {
                self.case(case, writer)?;
            }
            let of = |lines: &[String]| no_command_lines(lines);
            let out = writer.create_element("system-out");
            out.write_text_content(BytesText::new(&of(&self.out)))?;
            let err = writer.create_element("system-err");
            err.write_text_content(BytesText::new(&of(&self.err)))?;
            Ok(())
        })?;
        Ok(())
    }

    fn case<W: io::Write>(&self, case: &Case, writer: &mut Writer<W>) -> io::Result<()> {
        let element = writer
            .create_element("testcase")
            .with_attribute(("classname", &*self.name))
            .with_attribute(("name", &*case.name))
            .with_attribute(("time", "0"));
        match &case.outcome {
            Outcome::Passed => element.write_empty()?,
            Outcome::Skipped(why) => element.write_inner_content(|writer| {
                let skipped = writer.create_element("skipped");
                skipped.with_attribute(("message", *why)).write_empty()?;
                Ok(())
            })?,
            Outcome::Failed {
                rule,
                message,
                text,
            } => element.write_inner_content(|writer| {
                let failure = writer.create_element("failure");
                failure
                    .with_attribute(("type", &**rule))
                    .with_attribute(("message", &**message))
                    .write_text_content(BytesText::new(text))?;
                Ok(())
            })?,
        };
        Ok(())
    }
}

fn properties<W: io::Write>(report: &Report, writer: &mut Writer<W>) -> io::Result<()> {
    let partial = if report.run.partial { "yes" } else { "no" };
    let properties = [
        ("citecheck", text(&report.tool.version)),
        ("answers", network(report.run.network).to_owned()),
        ("partial", partial.to_owned()),
        (
            "trouble",
            text(report.run.trouble.as_deref().unwrap_or_default()),
        ),
    ];
    writer
        .create_element("properties")
        .write_inner_content(|writer| {
            for (name, value) in properties.iter().filter(|(_, value)| !value.is_empty()) {
                let property = writer.create_element("property");
                let property = property.with_attribute(("name", *name));
                property.with_attribute(("value", &**value)).write_empty()?;
            }
            Ok(())
        })?;
    Ok(())
}

/// How long the run took: the time of one suite, and of each where there are several, since its
/// articles are asked together.
fn seconds(report: &Report) -> String {
    let run = report.run.finished.duration_since(report.run.started);
    run.as_secs().max(0).to_string()
}

fn is_skipped(reference: &CheckedReference) -> bool {
    let mut links = reference.works().filter_map(|work| work.link);
    links.any(|link| link.verdict == LinkVerdict::Skipped)
}

/// "[12] Title"
fn name(reference: &CheckedReference) -> String {
    let citation = &reference.citation;
    let title = citation
        .title
        .as_deref()
        .or(citation.script_title.as_deref());
    let shown = match (title, &citation.url) {
        (Some(title), _) => text(title),
        (None, Some(url)) => legal(&shown_address(url)),
        (None, None) => String::new(),
    };
    named(&format!("[{}] {shown}", reference.number))
}

/// A name as both schemas take it: not empty, not long, no space around it.
fn named(name: &str) -> String {
    let name: String = legal(name).chars().take(NAME).collect();
    let name = name.trim();
    if name.is_empty() {
        return "unnamed".to_owned();
    }
    name.to_owned()
}

/// The failure that a reference's errors make; `None` if it has none.
fn failed(findings: &[&Finding], article: Option<&CheckedArticle>) -> Option<Outcome> {
    let errors = || findings.iter().filter(|it| it.severity == Severity::Error);
    let first = errors().next()?;
    let more = errors().count() - 1;
    let message = text(&first.message);
    let message = match more {
        0 => message,
        more => format!("{message} (and {more} more)"),
    };
    let lines: Vec<String> = errors().map(|finding| told(finding, article)).collect();
    Some(Outcome::Failed {
        rule: named(&visible(&first.name)),
        message,
        text: no_command_lines(&lines),
    })
}

/// Severity, message, rule and place on a line, then evidence and correction, each on its own.
fn told(finding: &Finding, article: Option<&CheckedArticle>) -> String {
    let mut lines = vec![format!(
        "{}: {} [{}]",
        finding.severity.as_str(),
        text(&finding.message),
        text(&finding.name)
    )];
    if let Some((article, span)) = article.zip(finding.span) {
        let input = text(&shown_address(&article.input));
        lines.push(format!("  at {input}:{}:{}", span.line, span.column));
    }
    lines.extend(finding.evidence.iter().map(evidence));
    if let Some(fix) = &finding.fix {
        lines.push(format!(
            "  correction ({}): {}",
            safety(fix),
            text(&fix.description)
        ));
    }
    lines.join("\n")
}

fn evidence(evidence: &Evidence) -> String {
    let value: String = text(&evidence.value).chars().take(VALUE).collect();
    format!(
        "  {}: {value} ({})",
        text(&evidence.what),
        text(&evidence.source)
    )
}

/// Text of others, on one line.
fn text(text: &str) -> String {
    legal(&visible(text))
}

/// What XML 1.0 cannot hold, once controls are told as escapes, are the two noncharacters.
fn legal(text: &str) -> String {
    text.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
}

/// Lines that no build server takes for commands, should it print them.
fn no_command_lines(lines: &[String]) -> String {
    let lines = lines.iter().flat_map(|text| text.split('\n'));
    lines.map(no_command).collect::<Vec<_>>().join("\n")
}
