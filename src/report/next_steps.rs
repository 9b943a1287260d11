//! What to do after a run, most useful first, each with the command as it is typed.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{
    CheckedArticle, CheckedReference, Fix, InputFormat, LinkVerdict, Network, Report, Safety,
    Severity,
};
use crate::rules::by_name;

use super::safe::visible;
use super::tally::{counted, findings, listed, severities};

/// Inputs that one command names; more are left to the reader.
const INPUTS: usize = 3;

/// Longest input that a command names, in bytes.
const LONGEST: usize = 300;

/// A step: a command, if one does it, and what it is for.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) command: Option<String>,
    pub(super) text: String,
}

impl Step {
    fn say(text: impl Into<String>) -> Self {
        Self {
            command: None,
            text: text.into(),
        }
    }

    fn run(command: String, text: impl Into<String>) -> Self {
        Self {
            command: Some(command),
            text: text.into(),
        }
    }
}

/// What is worth doing next: first what makes the report whole, then what mends most at once.
pub(super) fn next_steps(report: &Report) -> Vec<Step> {
    let mut steps = Vec::new();
    if report.run.partial {
        steps.push(Step::say(again(report)));
    }
    let skipped = report.counts.verdicts.get(LinkVerdict::Skipped.as_str());
    if let Some(skipped) = skipped.filter(|_| report.run.network == Network::Replay) {
        let links = counted(*skipped, "link");
        let text = format!("the recording lacks {links}: record again to check them");
        steps.push(Step::say(text));
    }
    if report.articles.iter().any(lacks_addresses) {
        steps.push(Step::say(
            "a copied list has no addresses: `--links-from ARTICLE` takes them from the article, \
             its HTML or its wikitext",
        ));
    }
    steps.extend(fixes(report));
    if !listed(report).is_empty() {
        let sources = counted(listed(report).len(), "source");
        steps.push(Step::say(format!(
            "add `--format todo`: a check-list of the {sources} to translate"
        )));
    }
    if let Some(rule) = commonest_rule(report) {
        steps.push(Step::run(
            format!("citecheck explain {rule}"),
            "what the commonest of them means and what to do",
        ));
    }
    if report.run.network == Network::Offline && 0 < report.counts.urls {
        let links = counted(report.counts.urls, "link");
        let text = format!("leave out `--offline`: check the {links} as well");
        steps.push(Step::say(text));
    }
    steps
}

/// How the rest of a run that ended early is done; what was reached need not be asked twice, where it
/// is remembered.
fn again(report: &Report) -> &'static str {
    // Parts of an audit that were put together, but not all.
    let parts = report.run.limited_to.as_deref();
    if parts.is_some_and(|parts| parts.contains("shards ")) {
        return "put the reports of the missing shards with these";
    }
    let mut blocks = report.articles.iter().flat_map(|it| it.references.blocks());
    let remembers = blocks.any(|block| {
        let mut works = block.iter().flat_map(CheckedReference::works);
        works.any(|work| work.link.is_some_and(|link| link.history.is_some()))
    });
    match report.run.network {
        Network::Live if remembers => {
            "run it again with `--max-age 1d`: only links that were not reached are asked"
        }
        Network::Live => {
            "run it again for the links that were not reached; with a history (without \
             `--no-history`) and `--max-age 1d` it goes on where it ended"
        }
        Network::Replay | Network::Offline => "run it again for the links that were not reached",
    }
}

/// What `citecheck fix` can do, with the inputs that it can do it to.
fn fixes(report: &Report) -> Option<Step> {
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
    let (unseen, text) = match (safe.len(), review.len()) {
        (0, 0) => return None,
        (0, review) => (" --unsafe", format!("{} to review", named(review, ""))),
        (safe, 0) => ("", named(safe, "safe ")),
        (safe, review) => (
            "",
            format!(
                "{}; {review} more to review with `--unsafe`",
                named(safe, "safe ")
            ),
        ),
    };
    let command = format!("citecheck fix {}{unseen} --diff{source}", inputs(report));
    Some(Step::run(
        command,
        format!("{text}; `--write` in place of `--diff` makes them"),
    ))
}

/// The inputs that have fixes as a shell takes them; a word in their place where they are many or
/// cannot be typed.
fn inputs(report: &Report) -> String {
    let fixable = report.articles.iter().filter(|article| {
        let mut findings = article.findings.iter();
        findings.any(|finding| finding.fix.is_some())
    });
    let names: Vec<Option<String>> = fixable.map(|it| typed(&it.input)).collect();
    let known: Option<Vec<String>> = names.into_iter().collect();
    match known {
        Some(known) if !known.is_empty() && known.len() <= INPUTS => known.join(" "),
        Some(_) | None => "INPUT".to_owned(),
    }
}

/// A path or an address as a shell takes it; `None` for standard input and what has characters that
/// cannot be shown.
fn typed(input: &str) -> Option<String> {
    if input == "-" || LONGEST < input.len() || visible(input) != input {
        return None;
    }
    if input.is_empty() {
        return None;
    }
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%,=".contains(c);
    let input = if input.starts_with('-') {
        format!("./{input}")
    } else {
        input.to_owned()
    };
    if input.chars().all(plain) {
        return Some(input);
    }
    Some(format!("'{}'", input.replace('\'', r"'\''")))
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
fn commonest_rule(report: &Report) -> Option<&'static str> {
    let (worst, _) = *severities(report).first()?;
    if worst == Severity::Note {
        return None;
    }
    let mut rules: BTreeMap<&'static str, usize> = BTreeMap::new();
    for finding in findings(report).filter(|finding| finding.severity == worst) {
        // A name that no rule has, in a report from elsewhere, is no word for a command.
        if let Some(rule) = by_name(&finding.name) {
            *rules.entry(rule.name).or_default() += 1;
        }
    }
    let commonest = rules
        .into_iter()
        .max_by_key(|(name, count)| (*count, Reverse(*name)));
    commonest.map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_typed_as_a_shell_takes_them() {
        let check = |input: &str, expect: Option<&str>| {
            assert_eq!(typed(input).as_deref(), expect, "{input}");
        };
        check("lists/Річка.wiki", Some("lists/Річка.wiki"));
        check("my list.wiki", Some("'my list.wiki'"));
        check("it's.wiki", Some(r"'it'\''s.wiki'"));
        check("$(rm x).wiki", Some("'$(rm x).wiki'"));
        check("--write", Some("./--write"));
        check(
            "https://uk.example/w/index.php?title=A&action=raw",
            Some("'https://uk.example/w/index.php?title=A&action=raw'"),
        );
        check("-", None);
        check("a\u{1b}[2J.wiki", None);
        check("a\nb", None);
    }
}
