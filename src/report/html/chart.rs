//! Small charts. Each is a table of labels and numbers, which is its text, with a bar in each row.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::languages;
use crate::model::{CheckedReference, LanguageTag, LinkVerdict, Report, Work};
use crate::report::tally::{thousands, verdicts};

use super::entry::{Kind, words};
use super::markup::{foreign, host, text};

/// Rows shown; the rest is folded away.
const ROWS: usize = 7;
/// Hosts told of; a list of all would be as long as the table of references.
const HOSTS: usize = 30;

/// One row of a chart.
#[derive(Debug)]
struct Bar {
    /// Markup.
    label: String,
    /// What `app.js` filters by when the label is followed; empty for none.
    filter: String,
    count: usize,
    /// Markup behind the number.
    note: String,
    class: &'static str,
}

/// Writes the charts of a report.
pub(super) fn write(html: &mut String, report: &Report) {
    let gathered = Gathered::of(report);
    html.push_str("<div class=\"charts\">");
    links(html, report);
    figure(
        html,
        "Languages of the sources",
        "source",
        &languages_of(report),
    );
    figure(html, "Age of the sources", "source", &gathered.ages());
    figure(html, "Hosts", "link", &gathered.hosts());
    html.push_str("</div>\n");
}

/// What takes a pass over all references.
#[derive(Debug, Default)]
struct Gathered {
    /// Links by host, and how many of them are broken.
    hosts: BTreeMap<String, (usize, usize)>,
    ages: [usize; AGES.len()],
    undated: usize,
}

/// Years that a source of each group is old at most.
const AGES: [(i64, &str); 5] = [
    (1, "up to 1 year"),
    (2, "1 to 2 years"),
    (5, "2 to 5 years"),
    (10, "5 to 10 years"),
    (i64::MAX, "over 10 years"),
];

impl Gathered {
    fn of(report: &Report) -> Self {
        let today = report.run.started.to_zoned(TimeZone::UTC).date();
        let mut gathered = Self::default();
        for article in &report.articles {
            for block in article.references.blocks() {
                for work in block.iter().flat_map(CheckedReference::works) {
                    gathered.take(&work, today);
                }
            }
        }
        gathered
    }

    fn take(&mut self, work: &Work<'_>, today: Date) {
        if let Some(host) = work.citation.url.as_deref().and_then(host) {
            let (links, broken) = self.hosts.entry(host).or_default();
            *links += 1;
            let verdict = work.link.map(|link| Kind::of(link.verdict));
            *broken += usize::from(verdict == Some(Kind::Broken));
        }
        let published = || work.cited_page()?.published.as_ref().map(|page| page.date);
        let Some(date) = work.citation.date.or_else(published) else {
            self.undated += 1;
            return;
        };
        let days = i64::from(
            today
                .since(date.earliest())
                .map_or(0, |span| span.get_days()),
        );
        let groups = self.ages.iter_mut().zip(AGES);
        for (count, (years, _)) in groups {
            if days <= years.saturating_mul(366) {
                *count += 1;
                return;
            }
        }
    }

    fn ages(&self) -> Vec<Bar> {
        let groups = AGES
            .iter()
            .zip(self.ages)
            .map(|((_, label), count)| (*label, count));
        groups
            .chain([("no date", self.undated)])
            .map(|(label, count)| Bar {
                label: label.to_owned(),
                filter: String::new(),
                count,
                note: String::new(),
                class: if label == "no date" { "open" } else { "one" },
            })
            .collect()
    }

    fn hosts(self) -> Vec<Bar> {
        let mut hosts: Vec<(String, (usize, usize))> = self.hosts.into_iter().collect();
        hosts.sort_by_key(|(_, (links, broken))| (Reverse(*links), Reverse(*broken)));
        hosts
            .into_iter()
            .take(HOSTS)
            .map(|(host, (links, broken))| Bar {
                label: foreign(&host, None),
                filter: format!("host={host}"),
                count: links,
                note: if broken == 0 {
                    String::new()
                } else {
                    format!("<b class=\"v bad\">{} broken</b>", thousands(broken))
                },
                class: "one",
            })
            .collect()
    }
}

fn languages_of(report: &Report) -> Vec<Bar> {
    let mut counts: Vec<(&String, &usize)> = report.counts.languages.iter().collect();
    counts.sort_by_key(|(_, count)| Reverse(**count));
    counts
        .into_iter()
        .map(|(tag, count)| {
            let name = LanguageTag::parse(tag)
                .map_or_else(|| tag.clone(), |tag| languages::english_name(&tag));
            Bar {
                label: text(&name),
                filter: format!("language={tag}"),
                count: *count,
                note: String::new(),
                class: "one",
            }
        })
        .collect()
}

/// The verdicts: one bar of the four kinds, then each verdict.
fn links(html: &mut String, report: &Report) {
    let counted = verdicts(report);
    let mut bars: Vec<Bar> = Vec::new();
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for (verdict, _, count) in counted {
        *kinds.entry(Kind::of(verdict)).or_default() += count;
        bars.push(bar(verdict, count));
    }
    bars.sort_by_key(|bar| Reverse(bar.count));
    let total: usize = kinds.values().sum();
    html.push_str("<figure class=\"chart\"><figcaption>Links</figcaption>");
    if 0 < total {
        strip(html, &kinds, total);
    }
    table(html, "link", &bars);
    html.push_str("</figure>");
}

fn bar(verdict: LinkVerdict, count: usize) -> Bar {
    let class = Kind::of(verdict).class();
    Bar {
        label: format!("<span class=\"v {class}\">{}</span>", words(verdict)),
        filter: format!("verdict={}", verdict.as_str()),
        count,
        note: String::new(),
        class,
    }
}

/// One bar, parted by kind, as a picture with a title and a description.
fn strip(html: &mut String, kinds: &BTreeMap<Kind, usize>, total: usize) {
    let told: Vec<String> = kinds
        .iter()
        .map(|(kind, count)| format!("{} {}", thousands(*count), kind.words()))
        .collect();
    let _ = write!(
        html,
        "<svg class=\"strip\" role=\"img\" aria-labelledby=\"strip-t strip-d\" viewBox=\"0 0 1000 20\" \
         preserveAspectRatio=\"none\"><title id=\"strip-t\">Links by what they lead to</title>\
         <desc id=\"strip-d\">{}</desc>",
        told.join(", ")
    );
    let mut at = 0;
    for kind in Kind::ALL {
        let count = kinds.get(&kind).copied().unwrap_or_default();
        let width = count * 1000 / total;
        if 0 < count {
            // A gap between parts: neighbours differ without colour.
            let _ = write!(
                html,
                "<rect class=\"{}\" x=\"{at}\" y=\"0\" width=\"{}\" height=\"20\"/>",
                kind.class(),
                width.saturating_sub(4).max(4)
            );
        }
        at += width;
    }
    let _ = write!(html, "</svg><p class=\"told\">{}</p>", told.join(" · "));
}

fn figure(html: &mut String, heading: &str, noun: &str, bars: &[Bar]) {
    if bars.iter().all(|bar| bar.count == 0) {
        return;
    }
    let _ = write!(
        html,
        "<figure class=\"chart\"><figcaption>{heading}</figcaption>"
    );
    table(html, noun, bars);
    html.push_str("</figure>");
}

fn table(html: &mut String, noun: &str, bars: &[Bar]) {
    let longest = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let (shown, folded) = bars.split_at_checked(ROWS).unwrap_or((bars, &[]));
    // Folding one row away would take the room of the row.
    let (shown, folded) = if folded.len() == 1 {
        (bars, &[][..])
    } else {
        (shown, folded)
    };
    rows(html, noun, shown, longest);
    if !folded.is_empty() {
        let _ = write!(html, "<details><summary>{} more</summary>", folded.len());
        rows(html, noun, folded, longest);
        html.push_str("</details>");
    }
}

fn rows(html: &mut String, noun: &str, bars: &[Bar], longest: usize) {
    let _ = write!(html, "<table aria-label=\"Number of {noun}s\"><tbody>");
    for bar in bars {
        let label = if bar.filter.is_empty() {
            bar.label.clone()
        } else {
            format!(
                "<a href=\"#references\" data-q=\"{}\">{}</a>",
                text(&bar.filter),
                bar.label
            )
        };
        let _ = write!(
            html,
            "<tr><th scope=\"row\">{label}</th><td class=\"num\">{}</td><td><div>\
             <svg class=\"bar\" aria-hidden=\"true\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\">\
             <rect class=\"{}\" width=\"{}\" height=\"8\"/></svg>{}</div></td></tr>",
            thousands(bar.count),
            bar.class,
            (bar.count * 100).div_ceil(longest),
            bar.note
        );
    }
    html.push_str("</tbody></table>");
}
