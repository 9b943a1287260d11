//! What to do next, the most important first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::{LinkVerdict, Network, Report, Safety, Severity};
use crate::report::tally::{Amount, counted, findings, listed, thousands};
use crate::rules::RULES;

use super::entry::severity_class;
use super::markup::{sentence, text};
use super::table::places;

/// Kinds of findings shown; the rest is folded away.
const SHOWN: usize = 6;
/// References named for each.
const NAMED: usize = 6;

/// The findings of one rule at one severity.
#[derive(Debug, Default)]
struct Task {
    count: usize,
    corrections: usize,
    /// The references that they are about: anchor and number, each once.
    references: Vec<(String, u32)>,
}

/// Writes the list; a sentence where there is nothing to do.
pub(super) fn write(html: &mut String, report: &Report) {
    html.push_str("<h2>What to do next</h2><div class=\"lead\"><div>");
    let mut tasks: BTreeMap<(Severity, &str), Task> = BTreeMap::new();
    let of_run = report.findings.iter().map(|finding| (None, finding));
    let of_articles = places(report).flat_map(|place| {
        let findings = place.article.findings.iter();
        findings.map(move |finding| (Some(place), finding))
    });
    for (place, finding) in of_run.chain(of_articles) {
        let key = (finding.severity, finding.name.as_ref());
        let task = tasks.entry(key).or_default();
        task.count += 1;
        task.corrections += usize::from(finding.fix.is_some());
        if let Some((place, number)) = place.zip(finding.reference)
            && place.has(number)
        {
            let anchor = place.anchor(number);
            if task
                .references
                .last()
                .is_none_or(|(last, _)| *last != anchor)
            {
                task.references.push((anchor, number));
            }
        }
    }
    let mut tasks: Vec<((Severity, &str), Task)> = tasks.into_iter().collect();
    tasks.sort_by(
        |((severity, name), task), ((other, other_name), other_task)| {
            let worst = other.cmp(severity);
            worst
                .then(other_task.count.cmp(&task.count))
                .then(name.cmp(other_name))
        },
    );
    if tasks.is_empty() && listed(report).is_empty() {
        html.push_str(nothing(report));
    }
    let shown = tasks.len().min(SHOWN);
    let (first, rest) = tasks.split_at_checked(shown).unwrap_or((&[], &[]));
    list(html, first);
    if !rest.is_empty() {
        let kinds = counted(rest.len(), "more kind");
        let number: usize = rest.iter().map(|(_, task)| task.count).sum();
        let _ = write!(
            html,
            "<details><summary>{kinds} of findings ({})</summary>",
            thousands(number)
        );
        list(html, rest);
        html.push_str("</details>");
    }
    html.push_str("</div>");
    also(html, report);
    html.push_str("</div>");
}

const fn nothing(report: &Report) -> &'static str {
    if 0 < report.counts.baselined {
        return "<p>Nothing new was found: all that was is known from the baseline.</p>";
    }
    match (report.run.partial, report.run.network) {
        (true, _) => "<p>Nothing was found so far.</p>",
        (false, Network::Offline) => {
            "<p>Nothing was found without the network: neither links nor pages were asked.</p>"
        }
        (false, _) => "<p>Nothing was found: there is nothing to do.</p>",
    }
}

fn list(html: &mut String, tasks: &[((Severity, &str), Task)]) {
    if tasks.is_empty() {
        return;
    }
    html.push_str("<ol class=\"tasks\">");
    for ((severity, name), task) in tasks {
        let label = text(&title(name));
        let (target, filter) = if task.references.is_empty() {
            ("beyond", String::new())
        } else {
            let wanted = format!("rule={}&amp;severity={}", text(name), severity.as_str());
            ("references", format!(" data-q=\"{wanted}\""))
        };
        let _ = write!(
            html,
            "<li><b class=\"s {}\">{}</b><div><a href=\"#{target}\"{filter}>{label}</a>",
            severity_class(*severity),
            counted(task.count, severity.as_str()),
        );
        if 0 < task.corrections {
            let ready = counted(task.corrections, "correction");
            let _ = write!(
                html,
                " <small class=\"ready\">{ready} ready to copy</small>"
            );
        }
        if let Some(why) = why(name) {
            let _ = write!(html, "<p>{}</p>", sentence(&why, None));
        }
        named(html, &task.references);
        html.push_str("</div></li>");
    }
    html.push_str("</ol>");
}

/// The first references by their numbers.
fn named(html: &mut String, references: &[(String, u32)]) {
    if references.is_empty() {
        return;
    }
    let links: Vec<String> = references
        .iter()
        .take(NAMED)
        .map(|(anchor, number)| format!("<a href=\"#{anchor}\">{number}</a>"))
        .collect();
    let noun = if references.len() == 1 {
        "Reference"
    } else {
        "References"
    };
    let more = if NAMED < references.len() {
        format!(" and {} more", thousands(references.len() - NAMED))
    } else {
        String::new()
    };
    let _ = write!(
        html,
        "<p class=\"named\">{noun} {}{more}</p>",
        links.join(" ")
    );
}

/// `dead-link` as a heading: `Dead link`.
fn title(name: &str) -> String {
    let words = name.replace('-', " ");
    let words = words.replace("url", "URL").replace("isbn", "ISBN");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The first sentence of what a rule's documentation says of why it matters.
fn why(name: &str) -> Option<String> {
    let rule = RULES.iter().find(|rule| rule.name == name)?;
    let mut lines = rule.docs.lines().map(str::trim);
    lines.find(|line| *line == "## Why it matters")?;
    let paragraph: Vec<&str> = lines
        .skip_while(|line| line.is_empty())
        .take_while(|line| !line.is_empty())
        .collect();
    let paragraph = paragraph.join(" ");
    let sentence = match paragraph.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => paragraph,
    };
    (!sentence.is_empty()).then_some(sentence)
}

/// What concerns the run rather than a kind of finding.
fn also(html: &mut String, report: &Report) {
    let mut steps: Vec<String> = Vec::new();
    if report.run.partial {
        steps.push("Run the same command again for the links that were not reached.".to_owned());
    }
    let skipped = report.counts.verdicts.get(LinkVerdict::Skipped.as_str());
    if let Some(skipped) = skipped.filter(|_| report.run.network == Network::Replay) {
        let links = counted(*skipped, "link");
        steps.push(format!(
            "The recording lacks {links}: record again to check them."
        ));
    }
    if report.run.network == Network::Offline && 0 < report.counts.urls {
        let links = counted(report.counts.urls, "link");
        steps.push(format!(
            "Leave out <code>--offline</code> to check the {links} as well."
        ));
    }
    let to_translate = listed(report);
    if !to_translate.is_empty() {
        let sources = counted(to_translate.len(), "source");
        steps.push(format!(
            "<a href=\"#todo\">{sources} to translate</a>: {}.",
            Amount::total(to_translate).describe()
        ));
    }
    steps.extend(corrections(report));
    if steps.is_empty() {
        return;
    }
    html.push_str("<div class=\"also\"><h3>Also</h3><ul>");
    for step in steps {
        let _ = write!(html, "<li>{step}</li>");
    }
    html.push_str("</ul></div>");
}

/// The corrections by themselves: many are made faster by the command than by hand.
fn corrections(report: &Report) -> Option<String> {
    let fixes = || findings(report).filter_map(|finding| finding.fix.as_ref());
    let safe = fixes().filter(|fix| fix.safety == Safety::Safe).count();
    let review = fixes().count() - safe;
    let safe = (0 < safe).then(|| {
        format!(
            "<a href=\"#references\" data-q=\"fix=safe\">{}</a> to make without a second look \
             (<code>citecheck fix</code> makes them)",
            counted(safe, "correction")
        )
    });
    let review = (0 < review).then(|| {
        format!(
            "<a href=\"#references\" data-q=\"fix=review\">{}</a> to review",
            counted(review, "correction")
        )
    });
    let parts: Vec<String> = safe.into_iter().chain(review).collect();
    (!parts.is_empty()).then(|| format!("{}.", parts.join("; ")))
}
