//! The end of a report for the terminal: totals, and what to do next.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{
    CheckedArticle, CheckedReference, Fix, InputFormat, LinkVerdict, Network, Report, Safety,
    Severity,
};

use super::layout::{columns, pad};
use super::markdown::network;
use super::page::{Block, Ink, Page};
use super::safe::visible;
use super::tally::{
    Amount, by_language, counted, findings, held_back, limits, listed, readers, remembered,
    severities, thousands, verdicts,
};

/// Where the values of the summary begin.
const VALUES: usize = 14;

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
        let ink = match severity {
            Severity::Error => Ink::Error,
            Severity::Warning => Ink::Warning,
            Severity::Note => Ink::Note,
        };
        pieces.push((ink, counted(count, severity.as_str())));
    }
    pieces.extend(held_back(report).map(|parts| (Ink::Faint, parts)));
    // Of one kind alone, "52: 52 notes" would say it twice.
    let total = match pieces.len() {
        1 => String::new(),
        _ => thousands(findings(report).count()),
    };
    page.flow(&pad(" findings", VALUES), &total, &pieces);
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

/// What to do next, most useful first.
fn next(page: &mut Page, report: &Report) {
    let mut steps = Vec::new();
    if report.run.partial {
        steps.push("run the same command again for the links that were not reached".to_owned());
    }
    let skipped = report.counts.verdicts.get(LinkVerdict::Skipped.as_str());
    if let Some(skipped) = skipped.filter(|_| report.run.network == Network::Replay) {
        let links = counted(*skipped, "link");
        steps.push(format!(
            "the recording lacks {links}: record again to check them"
        ));
    }
    if report.articles.iter().any(lacks_addresses) {
        steps.push(
            "a copied list has no addresses: `--links-from ARTICLE` takes them from the article, \
             its HTML or its wikitext"
                .to_owned(),
        );
    }
    if let Some(rule) = commonest_rule(report) {
        steps.push(format!(
            "`citecheck explain {rule}`: what it means and what to do"
        ));
    }
    steps.extend(fixes(report));
    if !listed(report).is_empty() {
        let sources = counted(listed(report).len(), "source");
        steps.push(format!(
            "add `--format todo`: a check-list of the {sources} to translate"
        ));
    }
    if report.run.network == Network::Offline && 0 < report.counts.urls {
        let links = counted(report.counts.urls, "link");
        steps.push(format!("leave out `--offline`: check the {links} as well"));
    }
    for (at, step) in steps.iter().enumerate() {
        let label = if at == 0 { "next" } else { "" };
        entry(page, label, Ink::Plain, step);
    }
}

/// What `citecheck fix` can do.
fn fixes(report: &Report) -> Option<String> {
    let found = findings(report).filter_map(|finding| finding.fix.as_ref());
    let (safe, review): (Vec<&Fix>, Vec<&Fix>) = found.partition(|fix| fix.safety == Safety::Safe);
    let source = match report.run.network {
        Network::Offline => "",
        Network::Replay => " --replay FILE",
        Network::Live => " --online",
    };
    let named = |fixes: usize, kind: &str| {
        format!("{fixes} {kind}fix{}", if fixes == 1 { "" } else { "es" })
    };
    match (safe.len(), review.len()) {
        (0, 0) => None,
        (0, review) => Some(format!(
            "`citecheck fix INPUT --unsafe --diff{source}`: {} to review",
            named(review, "")
        )),
        (safe, 0) => Some(format!(
            "`citecheck fix INPUT --diff{source}`: {}",
            named(safe, "safe ")
        )),
        (safe, review) => Some(format!(
            "`citecheck fix INPUT --diff{source}`: {}; {review} more to review with `--unsafe`",
            named(safe, "safe ")
        )),
    }
}

/// Whether it is a list copied as text that has lost the addresses of its links.
fn lacks_addresses(article: &CheckedArticle) -> bool {
    article.format == InputFormat::Text
        && !article.references.is_empty()
        && article.references.blocks().all(|block| {
            let mut works = block.iter().flat_map(CheckedReference::works);
            works.all(|work| work.link.is_none())
        })
}

/// The rule behind most findings of the worst severity; none where there are only notes.
fn commonest_rule(report: &Report) -> Option<String> {
    let (worst, _) = *severities(report).first()?;
    if worst == Severity::Note {
        return None;
    }
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings(report).filter(|finding| finding.severity == worst) {
        *rules.entry(&finding.name).or_default() += 1;
    }
    let commonest = rules
        .into_iter()
        .max_by_key(|(name, count)| (*count, Reverse(*name)));
    commonest.map(|(name, _)| visible(name))
}
