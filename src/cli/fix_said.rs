//! What `citecheck fix` says of its fixes, and how it shows them.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use citecheck::fix::{AppliedFix, Dropped, Selection, Settled};
use citecheck::report::for_terminal;
use citecheck::rules::joined_edit_summary;

use super::input::Named;
use super::voice::say;

/// Says on standard error what was fixed, or is `planned` to be, and what was not.
pub(super) fn tell(named: &Named, settled: &Settled, selection: &Selection, planned: bool) {
    let mut by_rule: Vec<(&str, usize)> = Vec::new();
    for fix in &settled.applied {
        match by_rule.iter_mut().find(|(rule, _)| *rule == fix.rule) {
            Some((_, count)) => *count += 1,
            None => by_rule.push((&fix.rule, 1)),
        }
    }
    let name = &named.name;
    if !by_rule.is_empty() {
        let rules: Vec<String> = by_rule
            .iter()
            .map(|(rule, count)| format!("{count} {rule}"))
            .collect();
        let made = if planned { "to make" } else { "made" };
        let fixes = counted(settled.applied.len());
        say(&format!("{name}: {fixes} {made}: {}", rules.join(", ")));
    }
    let made = settled.applied.iter();
    let made = made.map(|fix| (fix.rule.as_str(), fix.description.as_str()));
    let summary = joined_edit_summary(made, settled.article.language.as_ref());
    if !summary.is_empty() {
        say(&format!("{name}: edit summary: {summary}"));
    }
    for dropped in &settled.dropped {
        let why = match dropped.why {
            Dropped::Invalid => "it does not fit the text",
            Dropped::Harmful => "the article would not be read as before",
            Dropped::Useless => "its finding would stay",
            Dropped::Untried => "it was not tried, for the article has too many that do no good",
            _ => "it did no good",
        };
        say(&format!(
            "{name}: left out {}: {why}",
            described(&dropped.fix)
        ));
    }
    let left = selection.left_for_review(&settled.article);
    if 0 < left {
        say(&format!(
            "{name}: {} left for review: --unsafe makes them",
            counted(left)
        ));
    }
}

fn counted(fixes: usize) -> String {
    format!("{fixes} fix{}", if fixes == 1 { "" } else { "es" })
}

fn described(fix: &AppliedFix) -> String {
    let of = fix
        .reference
        .map_or_else(String::new, |number| format!(" of reference {number}"));
    format!("{}{of} ({})", fix.rule, fix.description)
}

/// A diff in colours for a terminal, on which nothing of the text acts.
pub(super) fn painted(diff: &str) -> String {
    let mut page = String::new();
    for line in for_terminal(diff).lines() {
        let style = match line.chars().next() {
            _ if line.starts_with("--- ") || line.starts_with("+++ ") => Style::new().bold(),
            Some('-') => AnsiColor::Red.on_default(),
            Some('+') => AnsiColor::Green.on_default(),
            Some('@') => AnsiColor::Cyan.on_default(),
            _ => Style::new(),
        };
        let _ = writeln!(page, "{style}{line}{style:#}");
    }
    page
}
