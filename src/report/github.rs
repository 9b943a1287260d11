//! Annotations of GitHub Actions: workflow commands, grouped by article.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>. GitHub
//! shows ten errors, ten warnings and ten notices of a step. What goes beyond is printed as text, and
//! a last notice says so; the job summary (`--output markdown=FILE`) has everything.

use std::fmt::Write as _;

use crate::model::{CheckedArticle, Finding, Report, Severity};

use super::safe::{no_command, shown_address, visible};
use super::subject::{Region, Subject, region, subjects};
use super::tally::{counted, findings, safety, severity_line};

/// Annotations of a kind that GitHub shows of one step.
const SHOWN: usize = 10;

/// Longest message, in characters: GitHub cuts longer ones at 4 KB.
const MESSAGE: usize = 1_000;

/// Longest value of evidence, and of whatever else is others', in characters.
const VALUE: usize = 300;

/// The commands, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    let mut page = String::new();
    let mut room = Room::of(report);
    if !report.findings.is_empty() {
        group(&mut page, "this run", |page| {
            for finding in &report.findings {
                room.add(page, None, finding, None);
            }
        });
    }
    for article in report.articles.iter().filter(|it| !it.findings.is_empty()) {
        let subjects = subjects(article);
        let name = format!(
            "{}: {}",
            told(&shown_address(&article.input)),
            counted(article.findings.len(), "finding")
        );
        let mut sorted: Vec<&Finding> = article.findings.iter().collect();
        sorted.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        group(&mut page, &name, |page| {
            for finding in sorted {
                let subject = finding.reference.and_then(|number| subjects.get(&number));
                room.add(page, Some(article), finding, subject);
            }
        });
    }
    if 0 < room.left_out {
        let text = format!(
            "{}; {} more than GitHub shows as annotations are in the log of this step and in the \
             job summary",
            severity_line(report),
            room.left_out
        );
        let _ = writeln!(page, "::notice title=citecheck::{}", data(&text));
    }
    let _ = writeln!(
        page,
        "{}",
        no_command(&format!("citecheck: {}", severity_line(report)))
    );
    page
}

/// A group that the log folds; its name is never a command, since it stands behind one.
fn group(page: &mut String, name: &str, body: impl FnOnce(&mut String)) {
    let _ = writeln!(page, "::group::{}", data(name));
    body(page);
    page.push_str("::endgroup::\n");
}

/// How many annotations of each kind may still be made.
#[derive(Debug)]
struct Room {
    errors: usize,
    warnings: usize,
    notices: usize,
    left_out: usize,
}

impl Room {
    fn of(report: &Report) -> Self {
        let count = |severity| {
            findings(report)
                .filter(|it| it.severity == severity)
                .count()
        };
        let severities = [Severity::Error, Severity::Warning, Severity::Note];
        let crowded = severities
            .into_iter()
            .any(|severity| SHOWN < count(severity));
        Self {
            errors: SHOWN,
            warnings: SHOWN,
            // The last is kept for saying that there is more.
            notices: SHOWN - usize::from(crowded),
            left_out: 0,
        }
    }

    fn add(
        &mut self,
        page: &mut String,
        article: Option<&CheckedArticle>,
        finding: &Finding,
        subject: Option<&Subject>,
    ) {
        let (command, room) = match finding.severity {
            Severity::Error => ("error", &mut self.errors),
            Severity::Warning => ("warning", &mut self.warnings),
            Severity::Note => ("notice", &mut self.notices),
        };
        let text = message(finding, subject);
        if let Some(left) = room.checked_sub(1) {
            *room = left;
            let place = properties(article, finding, subject);
            let _ = writeln!(page, "::{command} {place}::{}", data(&text));
        } else {
            self.left_out += 1;
            let line = text.replace('\n', "; ");
            let line = format!("{}: {line}", place(article, finding));
            let _ = writeln!(
                page,
                "{}",
                no_command(&format!("{}: {line}", finding.severity.as_str()))
            );
        }
    }
}

/// "rivers.wiki:12:3"
fn place(article: Option<&CheckedArticle>, finding: &Finding) -> String {
    let name = article.map_or_else(
        || "this run".to_owned(),
        |it| told(&shown_address(&it.input)),
    );
    match finding.span {
        Some(span) => format!("{name}:{}:{}", span.line, span.column),
        None => name,
    }
}

/// `file`, `line` and the like, and the rule as title. An article given by address or on standard
/// input is no file of the repository.
fn properties(
    article: Option<&CheckedArticle>,
    finding: &Finding,
    subject: Option<&Subject>,
) -> String {
    let mut properties = Vec::new();
    let file = article.map(|article| &article.input);
    let file = file.filter(|input| *input != "-" && !input.contains("://"));
    if let Some(file) = file {
        let file = no_command(&visible(file).replace('\\', "/"));
        properties.push(format!("file={}", property(file.trim_start_matches("./"))));
        if let Some(span) = finding.span {
            let found = region(span, finding.excerpt.as_ref(), subject);
            properties.push(lines(found));
        }
    }
    let title = match finding.reference {
        Some(number) => format!("{} (reference {number})", told(&finding.name)),
        None => told(&finding.name),
    };
    properties.push(format!("title={}", property(&title)));
    properties.join(",")
}

/// GitHub takes no columns where the place goes over several lines.
fn lines(region: Region) -> String {
    let ((line, column), (end_line, end_column)) = (region.start, region.end);
    if line == end_line && column < end_column {
        return format!("line={line},endLine={end_line},col={column},endColumn={end_column}");
    }
    format!("line={line},endLine={end_line}")
}

fn message(finding: &Finding, subject: Option<&Subject>) -> String {
    let mut lines = vec![told(&finding.message)];
    let url = subject.and_then(|subject| subject.work(finding)?.url.as_deref());
    lines.extend(url.map(|url| told(&shown_address(url))));
    for evidence in &finding.evidence {
        let (what, value) = (told(&evidence.what), told(&evidence.value));
        lines.push(format!("{what}: {value} ({})", told(&evidence.source)));
    }
    if let Some(fix) = &finding.fix {
        lines.push(format!(
            "correction ({}): {}",
            safety(fix),
            told(&fix.description)
        ));
    }
    let text = lines.join("\n");
    text.chars().take(MESSAGE).collect()
}

/// Text of others on one line; no mark by which other build servers know a command.
fn told(text: &str) -> String {
    let text: String = visible(text).chars().take(VALUE).collect();
    no_command(&text)
}

/// A message, as the runner decodes it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property, as the runner decodes it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
