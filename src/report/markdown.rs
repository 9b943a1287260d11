//! Markdown for a job summary or a pull request: counts first, findings in a table, the rest
//! folded away.

use std::fmt::Write as _;

use crate::model::{CheckedArticle, CheckedReference, Finding, Network, Report, Severity};

use super::markup::{Place, address, code, link, sentence, text};
use super::tally::{
    Amount, by_language, by_number, counted, held_back, limits, listed, readers, safety,
    severity_line, thousands, verdict_line,
};

/// The report, ending with a line feed.
pub(super) fn render(report: &Report) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "## citecheck: {}\n", severity_line(report));
    if report.run.partial {
        page.push_str("**Partial:** the run ended before every link was asked.\n\n");
    }
    if let Some(limits) = limits(report) {
        let _ = writeln!(page, "**Limited to:** {}.\n", text(&limits));
    }
    if let Some(trouble) = &report.run.trouble {
        let _ = writeln!(page, "**No network:** {}.\n", text(trouble));
    }
    if !report.run.pages {
        page.push_str(
            "**Pages not read:** only status and redirects were looked at, not titles, dates, \
             languages nor error pages that answer 200.\n\n",
        );
    }
    counts(&mut page, report);
    if !report.findings.is_empty() {
        page.push_str("\n### This run\n\n");
        table(&mut page, None, &report.findings);
    }
    for article in &report.articles {
        section(&mut page, article);
    }
    to_translate(&mut page, report);
    let _ = writeln!(
        page,
        "\n<sub>{} {}, {}, {}</sub>",
        text(&report.tool.name),
        text(&report.tool.version),
        network(report.run.network),
        report.run.started.strftime("%Y-%m-%d %H:%M UTC")
    );
    page
}

/// Where answers came from, in words.
pub(super) const fn network(network: Network) -> &'static str {
    match network {
        Network::Live => "live",
        Network::Replay => "replayed from a recording",
        Network::Offline => "offline",
    }
}

fn counts(page: &mut String, report: &Report) {
    page.push_str("| | |\n| --- | --- |\n");
    let _ = writeln!(
        page,
        "| References | {} in {} |",
        thousands(report.counts.references),
        counted(report.articles.len(), "article")
    );
    let verdicts = verdict_line(report);
    let separator = if verdicts.is_empty() { "" } else { ": " };
    let _ = writeln!(
        page,
        "| Links | {}{separator}{verdicts} |",
        thousands(report.counts.urls)
    );
    let held_back = held_back(report).map_or_else(String::new, |parts| format!(" ({parts})"));
    let _ = writeln!(page, "| Findings | {}{held_back} |", severity_line(report));
    let amount = if listed(report).is_empty() {
        "nothing".to_owned()
    } else {
        let sources = counted(listed(report).len(), "source");
        format!("{sources}, {}", Amount::total(listed(report)).describe())
    };
    let _ = writeln!(page, "| To translate | {amount} |");
}

fn section(page: &mut String, article: &CheckedArticle) {
    let _ = write!(page, "\n### {}", text(&article.input));
    if let Some(title) = &article.title {
        let _ = write!(page, ": {}", text(title));
    }
    let _ = writeln!(
        page,
        "\n\n{}",
        counted(article.references.len(), "reference")
    );
    if !article.findings.is_empty() {
        page.push('\n');
        table(page, Some(article), &article.findings);
        details(page, &article.findings);
    }
    if !article.problems.is_empty() {
        page.push_str("\n<details><summary>");
        let _ = writeln!(
            page,
            "{}</summary>\n",
            counted(article.problems.len(), "unreadable place")
        );
        for problem in &article.problems {
            let _ = writeln!(
                page,
                "- line {}, column {}: {}",
                problem.line,
                problem.column,
                sentence(&problem.message)
            );
        }
        page.push_str("\n</details>\n");
    }
}

fn table(page: &mut String, article: Option<&CheckedArticle>, findings: &[Finding]) {
    page.push_str("| Reference | | Finding | Rule |\n| --- | --- | --- | --- |\n");
    let numbered = article.map(by_number).unwrap_or_default();
    for finding in findings {
        let number = finding.reference;
        let reference = number.and_then(|number| numbered.get(&number));
        let source = match (reference, finding.reference) {
            (Some(reference), _) => format!("{}. {}", reference.number, source(reference)),
            (None, Some(number)) => number.to_string(),
            (None, None) => String::new(),
        };
        let _ = writeln!(
            page,
            "| {source} | {} | {} | {} |",
            mark(finding.severity),
            sentence(&finding.message),
            code(&finding.name, Place::Cell)
        );
    }
}

/// The title, linked to the address cited.
fn source(reference: &CheckedReference) -> String {
    let citation = &reference.citation;
    let title = citation
        .title
        .as_deref()
        .or(citation.script_title.as_deref());
    match (title, citation.url.as_deref()) {
        (Some(title), Some(url)) => link(title, url),
        (Some(title), None) => text(title),
        (None, Some(url)) => address(url, Place::Cell),
        (None, None) => "*no title*".to_owned(),
    }
}

const fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "❌ error",
        Severity::Warning => "⚠️ warning",
        Severity::Note => "ℹ️ note",
    }
}

/// Evidence and proposed corrections, folded away.
fn details(page: &mut String, findings: &[Finding]) {
    page.push_str("\n<details><summary>Evidence and corrections</summary>\n\n");
    for finding in findings {
        let place = finding.reference.map_or_else(
            || "The article".to_owned(),
            |number| format!("Reference {number}"),
        );
        let _ = write!(page, "- **{place}**, {}", code(&finding.name, Place::Line));
        if let Some(span) = finding.span {
            let _ = write!(page, ", line {}, column {}", span.line, span.column);
        }
        page.push('\n');
        for evidence in &finding.evidence {
            let _ = writeln!(
                page,
                "  - {}: {} ({})",
                text(&evidence.what),
                text(&evidence.value),
                text(&evidence.source)
            );
        }
        if let Some(fix) = &finding.fix {
            let _ = writeln!(
                page,
                "  - Correction ({}): {}",
                safety(fix),
                sentence(&fix.description)
            );
            for edit in fix
                .edits
                .iter()
                .filter(|edit| !edit.replacement.trim().is_empty())
            {
                let _ = writeln!(page, "    - {}", code(&edit.replacement, Place::Line));
            }
            if !fix.summary.is_empty() {
                let summary = code(&fix.summary, Place::Line);
                let _ = writeln!(page, "    - Edit summary: {summary}");
            }
        }
    }
    page.push_str("\n</details>\n");
}

fn to_translate(page: &mut String, report: &Report) {
    if listed(report).is_empty() {
        return;
    }
    let into = readers(report).map_or_else(String::new, |names| format!(" into {}", text(&names)));
    let sources = counted(listed(report).len(), "source");
    let _ = writeln!(
        page,
        "\n<details><summary>{sources} to translate{into}</summary>\n"
    );
    page.push_str(
        "| Language | Reference | Source | To translate |\n| --- | ---: | --- | ---: |\n",
    );
    for group in by_language(report) {
        for item in &group.items {
            let title = item.title.as_deref().unwrap_or("no title");
            let source = item
                .url
                .as_deref()
                .map_or_else(|| text(title), |url| link(title, url));
            let _ = writeln!(
                page,
                "| {} | {} | {source} | {} |",
                text(&group.english),
                item.reference,
                Amount::of(item).describe()
            );
        }
    }
    page.push_str("\n</details>\n");
}
