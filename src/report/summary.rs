//! The end of a report for the terminal: totals, and what to do next.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{LinkVerdict, Report, Severity};

use super::layout::{columns, pad, shorten};
use super::markdown::network;
use super::next_steps::next_steps;
use super::page::{Block, Ink, Page};
use super::safe::{isolate, isolate_runs, no_command, visible};
use super::tally::{
    Amount, by_language, counted, findings, held_back, limits, listed, readers, remembered,
    severities, thousands, verdicts,
};

/// Where the values of the summary begin.
const VALUES: usize = 14;

/// Errors that are named; all are in the report above.
const ERRORS: usize = 12;

/// Rules that are named.
const RULES: usize = 8;

/// Width of the column that counts sources.
const COUNT: usize = 6;

/// Writes it.
pub(super) fn write(page: &mut Page, report: &Report) {
    page.line_across();
    if report.run.partial {
        entry(
            page,
            "partial",
            Ink::Warning,
            "the run ended before every link was asked; those not reached are skipped",
        );
    }
    if let Some(limits) = limits(report) {
        entry(page, "limited to", Ink::Warning, &visible(&limits));
    }
    if let Some(trouble) = &report.run.trouble {
        entry(page, "no network", Ink::Error, &visible(trouble));
    }
    if !report.run.pages {
        entry(
            page,
            "not read",
            Ink::Warning,
            "the pages: links were judged alone, by status and redirects; not titles, dates, \
             languages and the rest of the citations, nor error pages that answer 200",
        );
    }
    let articles = counted(report.articles.len(), "article");
    let references = format!("{} in {articles}", thousands(report.counts.references));
    entry(page, "references", Ink::Plain, &references);
    links(page, report);
    found(page, report);
    to_translate(page, report);
    let started = report.run.started.strftime("%Y-%m-%d %H:%M UTC");
    let run = format!("{}, {started}", network(report.run.network));
    entry(page, "run", Ink::Plain, &run);
    if let Some((links, oldest)) = remembered(report) {
        let links = counted(links, "link");
        let oldest = oldest.strftime("%Y-%m-%d");
        let text = format!("{links} not asked again: as seen before, the oldest on {oldest}");
        entry(page, "history", Ink::Plain, &text);
    }
    next(page, report);
}

fn entry(page: &mut Page, label: &str, ink: Ink, text: &str) {
    page.block(&Block {
        lead: &pad(&format!(" {label}"), VALUES - 1),
        lead_ink: Ink::Strong,
        ink,
        ..Block::at(VALUES, text)
    });
}

fn links(page: &mut Page, report: &Report) {
    let mut pieces = Vec::new();
    for (verdict, words, count) in verdicts(report) {
        pieces.push((
            verdict_ink(verdict),
            format!("{} {words}", thousands(count)),
        ));
    }
    let total = thousands(report.counts.urls);
    page.flow(&pad(" links", VALUES), &total, &pieces);
}

const fn verdict_ink(verdict: LinkVerdict) -> Ink {
    match verdict {
        LinkVerdict::Alive | LinkVerdict::Paywalled => Ink::Good,
        LinkVerdict::Soft404
        | LinkVerdict::Gone
        | LinkVerdict::NoSuchHost
        | LinkVerdict::Refused
        | LinkVerdict::Parked
        | LinkVerdict::Usurped
        | LinkVerdict::TlsError => Ink::Error,
        LinkVerdict::Moved
        | LinkVerdict::RedirectedToHomePage
        | LinkVerdict::Unstable
        | LinkVerdict::Blocked
        | LinkVerdict::LoginWall
        | LinkVerdict::ConsentWall
        | LinkVerdict::Drifted
        | LinkVerdict::UnsupportedScheme
        | LinkVerdict::PrivateAddress => Ink::Warning,
        LinkVerdict::Skipped | LinkVerdict::Unknown => Ink::Plain,
    }
}

fn found(page: &mut Page, report: &Report) {
    let mut pieces = Vec::new();
    for (severity, count) in severities(report) {
        pieces.push((ink(severity), counted(count, severity.as_str())));
    }
    pieces.extend(held_back(report).map(|parts| (Ink::Faint, parts)));
    // Of one kind alone, "52: 52 notes" would say it twice.
    let total = match pieces.len() {
        1 => String::new(),
        _ => thousands(findings(report).count()),
    };
    page.flow(&pad(" findings", VALUES), &total, &pieces);
    worst(page, report);
    let unreadable: usize = report
        .articles
        .iter()
        .map(|article| article.problems.len())
        .sum();
    if 0 < unreadable {
        entry(
            page,
            "unreadable",
            Ink::Warning,
            &counted(unreadable, "place"),
        );
    }
}

fn none_to_translate(report: &Report) -> &'static str {
    match readers(report) {
        Some(_) => "nothing",
        None => "not known: `--language` says what readers read",
    }
}

fn to_translate(page: &mut Page, report: &Report) {
    if listed(report).is_empty() {
        if report.run.pages {
            entry(page, "to translate", Ink::Plain, none_to_translate(report));
        }
        return;
    }
    let sources = counted(listed(report).len(), "source");
    let amount = Amount::total(listed(report)).describe();
    let into = readers(report).map_or_else(String::new, |names| format!(", into {names}"));
    entry(
        page,
        "to translate",
        Ink::Plain,
        &format!("{sources}, {amount}{into}"),
    );
    let groups = by_language(report);
    let widest = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let names = widest(&mut groups.iter().map(|group| columns(&group.english)));
    let natives = widest(&mut groups.iter().map(|group| columns(&group.native)));
    let amounts: Vec<String> = groups.iter().map(|group| group.amount.describe()).collect();
    let amount = widest(&mut amounts.iter().map(|amount| columns(amount)));
    // On a narrow terminal the languages' own names have no place.
    let narrow = names + 2 + COUNT + amount;
    let roomy = VALUES + narrow + natives + 2 <= page.width();
    let column = if VALUES + narrow <= page.width() {
        VALUES
    } else {
        2
    };
    for (group, amount) in groups.iter().zip(&amounts) {
        let count = format!("{:>4}", group.items.len());
        let mut cells = vec![(Ink::Plain, group.english.as_str(), names + 2)];
        if roomy {
            cells.push((Ink::Faint, &group.native, natives + 2));
        }
        cells.push((Ink::Plain, &count, COUNT));
        cells.push((Ink::Plain, amount, 0));
        page.row(column, &cells);
    }
}

/// The errors by reference, and what was found by rule: the end of a long report says where to look.
fn worst(page: &mut Page, report: &Report) {
    let mut errors: Vec<(Ink, String)> = Vec::new();
    let several = 1 < report.articles.len();
    for article in &report.articles {
        let of_article = article.findings.iter();
        let found = of_article.filter(|finding| finding.severity == Severity::Error);
        for finding in found {
            let number = finding.reference.map(|number| format!("[{number}] "));
            let place = if several {
                format!("{} ", shorten(&visible(&article.input), VALUES * 2))
            } else {
                String::new()
            };
            let name = shorten(&visible(&finding.name), VALUES * 2);
            let text = format!("{place}{}{name}", number.unwrap_or_default());
            errors.push((Ink::Error, isolate_runs(&no_command(&text))));
        }
    }
    let more = errors.len().saturating_sub(ERRORS);
    errors.truncate(ERRORS);
    if 0 < more {
        errors.push((Ink::Faint, format!("{} more", thousands(more))));
    }
    if !errors.is_empty() {
        page.flow(&pad(" errors", VALUES), "", &errors);
    }
    let rules = by_rule(report);
    let more = rules.len().saturating_sub(RULES);
    let shown = rules.iter().take(RULES);
    let mut pieces: Vec<(Ink, String)> = shown
        .map(|((severity, name), count)| {
            let text = format!("{} {}", thousands(*count), shorten(name, VALUES * 3));
            (ink(*severity), isolate_runs(&no_command(&text)))
        })
        .collect();
    if 0 < more {
        pieces.push((Ink::Faint, format!("{more} more rules")));
    }
    if 1 < rules.len() {
        page.flow(&pad(" by rule", VALUES), "", &pieces);
    }
}

/// Findings by rule with the worst severity that it has, the worst and then the commonest first.
fn by_rule(report: &Report) -> Vec<((Severity, String), usize)> {
    let mut rules: BTreeMap<&str, (Severity, usize)> = BTreeMap::new();
    for finding in findings(report) {
        let known = rules.entry(&finding.name);
        let (worst, count) = known.or_insert((finding.severity, 0));
        *worst = (*worst).max(finding.severity);
        *count += 1;
    }
    let mut rules: Vec<_> = rules.into_iter().collect();
    rules.sort_by_key(|(_, counted)| Reverse(*counted));
    let rules = rules.into_iter();
    rules
        .map(|(name, (severity, count))| ((severity, visible(name)), count))
        .collect()
}

const fn ink(severity: Severity) -> Ink {
    match severity {
        Severity::Error => Ink::Error,
        Severity::Warning => Ink::Warning,
        Severity::Note => Ink::Note,
    }
}

/// What to do next. A command stands on a line of its own and is never broken, so that it can be
/// copied.
fn next(page: &mut Page, report: &Report) {
    let mut label = " next";
    for step in next_steps(report) {
        match &step.command {
            None => entry(page, label.trim(), Ink::Plain, &step.text),
            Some(command) => {
                let lead = pad(label, VALUES);
                let command = isolate(&no_command(command));
                if VALUES + columns(&command) <= page.width() {
                    page.line(0, &[(Ink::Strong, &lead), (Ink::Address, &command)]);
                } else {
                    if !label.is_empty() {
                        page.line(0, &[(Ink::Strong, label)]);
                    }
                    page.line(2, &[(Ink::Address, &command)]);
                }
                page.block(&Block::at(VALUES + 2, &step.text));
            }
        }
        label = "";
    }
}
